"""The outline: the plan's tree after numbering, every node with its label and its prose as it will read.

Templates see outlines and nothing else. An inline entry (一是……。二是……。) has no paragraph of its own: its text
stands in the paragraph it runs on in, which may belong to its section, its task or the entry before it.
"""

from enum import Enum
from typing import NamedTuple

from plangen.plan.markers import Marker


class Change(Enum):
    """What became of a segment between two revisions of a plan; in a single plan every segment is kept."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"


class Segment(NamedTuple):
    """A stretch of text with one history; `refers_to` is the id of the node whose number or phrase it states, or ""."""

    text: str
    refers_to: str = ""
    change: Change = Change.KEPT


class Text(NamedTuple):
    """A run of prose as segments; `str()` of it is how it reads, without what was deleted."""

    segments: tuple[Segment, ...]

    def __str__(self) -> str:
        if len(self.segments) == 1 and self.segments[0].change is not Change.DELETED:
            return self.segments[0].text
        return "".join(segment.text for segment in self.segments if segment.change is not Change.DELETED)


class Number(NamedTuple):
    """The number of an entry that opens a paragraph, as the lists of a word processor count it.

    `values` are the numbers the label shows, the entry's own last: one for each numeral of the marker. Entries that
    are counted together have the same `series`; series are numbered from 0 in the order they begin. `id` is the id
    of the section or task, or "".
    """

    marker: Marker
    values: tuple[int, ...]
    series: int
    id: str = ""

    @property
    def label(self) -> str:
        """The number as printed."""
        return self.marker.label(self.values)


class Run(NamedTuple):
    """A stretch of a paragraph in one role: `run-in` (a run-in heading with its mark) or `text`.

    `layer` is the layer, 1 to 5, of the entry a run-in heading opens (GB/T 9704-2012 §7.3.3); 0 for text.
    """

    role: str
    text: Text
    layer: int = 0


class Paragraph(NamedTuple):
    """A paragraph; `label` is the number of the entry it opens, or "".

    The runs are the whole paragraph: with a label, the first segment of the first run is the label. `number` is the
    same number for a list to count; `None` where no list can: without a number, and in clauses that run on (一是).
    """

    label: str
    runs: tuple[Run, ...]
    number: Number | None = None

    def __str__(self) -> str:
        return "".join([str(run.text) for run in self.runs])


class Heading(NamedTuple):
    """A heading on its own line.

    `layer` (1 to 5) is the layer its marker shows and decides its look; `depth` (from 1) is its depth in the tree.
    `number` is what the label says, for a list to count; `None` without one.
    """

    label: str
    text: Text
    layer: int
    depth: int
    number: Number | None = None

    def __str__(self) -> str:
        return self.label + str(self.text)


class Entry(NamedTuple):
    """A task, an item, or a target that stands by itself; `kind` is `task`, `item` or `target`.

    `heading` is `None` unless it stands on its own line. `paragraphs` is empty where the entry runs on in another one.
    """

    kind: str
    id: str
    heading: Heading | None
    paragraphs: tuple[Paragraph, ...]
    entries: "tuple[Entry, ...]" = ()


class Section(NamedTuple):
    """A section: heading, prose, then targets and tasks as entries, then sub-sections."""

    id: str
    heading: Heading
    paragraphs: tuple[Paragraph, ...]
    entries: tuple[Entry, ...]
    sections: "tuple[Section, ...]"


class Notice(NamedTuple):
    """The notice that carries the plan."""

    title: str
    paragraphs: tuple[Paragraph, ...]


class Attachment(NamedTuple):
    """An attachment: prose, sections, or the name of a table made from the plan (`tasks`, `targets`, or "")."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    table: str


class Outline(NamedTuple):
    """A plan as it will read; `title_lines` is empty where the title may be broken by sense."""

    title: str
    title_lines: tuple[str, ...]
    year: int
    issuer: str
    opening: tuple[Paragraph, ...]
    guiding_thought: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]
    notice: Notice | None
    attachments: tuple[Attachment, ...]
