"""The outline: the plan's tree after numbering, every node with its label and its prose as it will read.

Templates see outlines and nothing else. An inline entry (一是……。二是……。) has no paragraph of its own: its text
stands in the paragraph it runs on in, which may belong to its section, its task or the entry before it.
"""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from plangen.diagnostics import NOWHERE, Place

if TYPE_CHECKING:
    from datetime import date

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
    `label` is the number of the entry as printed, wherever that stands, or "".
    """

    kind: str
    id: str
    heading: Heading | None
    paragraphs: tuple[Paragraph, ...]
    entries: "tuple[Entry, ...]" = ()
    label: str = ""


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


class Column(NamedTuple):
    """A column of a table: its name, how many characters wide it is beside the others, and whether it is centred."""

    name: str
    width: int
    centred: bool = False


class Cell(NamedTuple):
    """A cell of a table.

    `value` is the number or day that the text states, `None` where it states none. `rows` says how many rows the cell
    spans; a cell that is covered by the one above it spans none and is empty.
    """

    text: Text
    value: "Decimal | date | None" = None
    rows: int = 1


class Row(NamedTuple):
    """A row of a table: a cell for each column, or none when it carries the heading of the rows below it (`group`)."""

    cells: tuple[Cell, ...]
    group: Heading | None = None


class Table(NamedTuple):
    """A table made from the plan itself, or about the plan; there are no rows when there is nothing to list.

    `kind` says which: `tasks` is 重点任务分解表, `targets` 主要指标表; `changes` is 修改情况对照表, `opinions`
    征求意见汇总表.
    """

    kind: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Tables:
    """The tables made from a plan, each when it is first asked for: most documents have none, and they take time."""

    def __init__(self, make_tasks: Callable[[], Table], make_targets: Callable[[], Table]) -> None:
        self._make_tasks = make_tasks
        self._make_targets = make_targets

    @cached_property
    def tasks(self) -> Table:
        """The table of all tasks (重点任务分解表)."""
        return self._make_tasks()

    @cached_property
    def targets(self) -> Table:
        """The table of all targets (主要指标表)."""
        return self._make_targets()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Tables):
            return NotImplemented
        return (self.tasks, self.targets) == (other.tasks, other.targets)

    def __hash__(self) -> int:
        return hash((self.tasks, self.targets))


class Attachment(NamedTuple):
    """An attachment: prose, sections, or a table made from the plan; `table` is `None` when it is none.

    `label` is what it is called: 附件 when it is the only one, else 附件1, 附件2 … (§7.3.4, §7.3.7).
    """

    label: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    table: Table | None


class Outline(NamedTuple):
    """A plan as it will read.

    `genre` is the one that suits it: `notice` where its author wrote a notice to carry it, else `work-plan`.
    `title_lines` is empty where the title may be broken by sense. `official` is `None` where no element is given.
    `place` is where the plan stands, so that what is wrong with its look can be pointed at; templates do not see it.
    A table of `tables` bears the title of the first attachment that is this table, or else one made from the plan's.
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
    tables: Tables
    place: Place = NOWHERE
