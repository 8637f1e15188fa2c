"""The outline: the plan's tree after numbering, every node with its label and its prose as it will read.

Templates see outlines and nothing else. An inline entry (一是……。二是……。) has no paragraph of its own: its text
stands in the paragraph it runs on in, which may belong to its section, its task or the entry before it.
"""

from enum import Enum
from typing import NamedTuple

from plangen.diagnostics import NOWHERE, Place


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


class Run(NamedTuple):
    """A stretch of a paragraph in one role: `run-in` (a run-in heading with its mark) or `text`.

    `layer` is the layer, 1 to 5, of the entry a run-in heading opens (GB/T 9704-2012 §7.3.3); 0 for text.
    """

    role: str
    text: Text
    layer: int = 0


class Paragraph(NamedTuple):
    """A paragraph; `label` is the number of the entry it opens, or "".

    The runs are the whole paragraph: with a label, the first segment of the first run is the label.
    """

    label: str
    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join([str(run.text) for run in self.runs])


class Heading(NamedTuple):
    """A heading on its own line.

    `layer` (1 to 5) is the layer its marker shows and decides its look; `depth` (from 1) is its depth in the tree.
    """

    label: str
    text: Text
    layer: int
    depth: int

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


class NumberLine(NamedTuple):
    """A line of the head: what stands at its left, and at its right with a label before it; "" for nothing."""

    left: str
    label: str
    right: str


class Official(NamedTuple):
    """The elements of GB/T 9704-2012 around the text, each as it is printed; "" and () where there is none.

    `head` is `document` or `letter`. `organ_mark` holds the names of the organs, `mark_suffix` the 文件 that stands to
    the right of them. `number_lines` are the lines of the document number and of those who sign. `note` has its
    brackets, `recipients`, `copies_to` and `printed_on` all their words and marks.
    """

    head: str
    copy_number: str
    secrecy: str
    urgency: str
    organ_mark: tuple[str, ...]
    mark_suffix: str
    document_number: str
    signatories: tuple[str, ...]
    number_lines: tuple[NumberLine, ...]
    recipients: str
    signature: tuple[str, ...]
    date: str
    sealed: bool
    note: str
    copies_to: str
    printed_by: str
    printed_on: str


class Notice(NamedTuple):
    """The notice that carries the plan."""

    title: str
    paragraphs: tuple[Paragraph, ...]


class Attachment(NamedTuple):
    """An attachment: prose, sections, or the name of a table made from the plan (`tasks`, `targets`, or "").

    `label` is what it is called: 附件 when it is the only one, else 附件1, 附件2 … (§7.3.4, §7.3.7).
    """

    label: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    table: str


class Outline(NamedTuple):
    """A plan as it will read.

    `genre` is the one that suits it: `notice` where its author wrote a notice to carry it, else `work-plan`.
    `title_lines` is empty where the title may be broken by sense. `official` is `None` where no element is given.
    `place` is where the plan stands, so that what is wrong with its look can be pointed at; templates do not see it.
    """

    genre: str
    title: str
    title_lines: tuple[str, ...]
    year: int
    issuer: str
    opening: tuple[Paragraph, ...]
    guiding_thought: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]
    official: Official | None
    notice: Notice
    attachments: tuple[Attachment, ...]
    place: Place = NOWHERE
