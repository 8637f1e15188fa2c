"""What became of the paragraphs and headings of a plan: which line of one revision is which line of the other."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from plangen.compare.alignment import Alignment, Match
from plangen.compare.nodes import Node, Tree
from plangen.compare.wording import likeness, longest_increasing, revise_text
from plangen.outline.model import Change, Entry, Heading, Paragraph, Section, Segment

_NUMERAL: Final = re.compile(r"[0-9０-９]+|[〇零一二三四五六七八九十百千]+|.", re.DOTALL)
"""What a label is made of: numerals, which are never cut, and the signs around them."""

_SAME_PARAGRAPH: Final = 0.3
"""Least likeness of two paragraphs of one part of which one is the other reworded."""


class Line(NamedTuple):
    """A paragraph or heading as it is printed: the number it begins with, its heading, and the rest."""

    label: str
    heading: str
    text: str

    @property
    def unlabelled(self) -> str:
        """How it reads where a list counts its number."""
        return self.heading + self.text

    def __str__(self) -> str:
        return self.label + self.heading + self.text


class Revision(NamedTuple):
    """The lines of two revisions of a plan, in the order in which they are printed.

    `pairs` are the positions of lines that became each other, in order on either side; what is in no pair came, went,
    or changed its place. `notes` say where new lines came from, by their positions.
    """

    old: tuple[Line, ...] = ()
    new: tuple[Line, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    notes: Mapping[int, str] = {}


NO_REVISION: Final = Revision()


def revise(alignment: Alignment) -> Revision:
    """Return what became of the lines of a plan, as the alignment of its parts has it."""
    old, new = _Lines(alignment.old), _Lines(alignment.new)
    stayed = _Stayed(alignment)
    found: list[tuple[int, int]] = []
    for part, lines in new.parts.items():
        twin = stayed.twin(part)
        if twin is not None and twin in old.parts:
            found += _pair_lines(old, old.parts[twin], new, lines)
    found.sort()
    pairs = tuple([found[n] for n in longest_increasing([q for _, q in found])])
    notes = {new.first[part]: note for part, note in stayed.notes.items() if part in new.first}
    return Revision(tuple(old.lines), tuple(new.lines), pairs, notes)


def revise_line(old: Line, new: Line) -> tuple[Segment, ...]:
    """Return what became of a line: number, heading and text each for itself."""
    label = _revise_label(old.label, new.label)
    if old.heading and new.heading:
        return (*label, *revise_text(old.heading, new.heading), *revise_text(old.text, new.text))
    return (*label, *revise_text(old.unlabelled, new.unlabelled))


def _revise_label(old: str, new: str) -> tuple[Segment, ...]:
    """Return what became of a number: 第[-十一-]{+十二+}条."""
    before, after = _NUMERAL.findall(old), _NUMERAL.findall(new)
    head = tail = 0
    shorter = min(len(before), len(after))
    while head < shorter and before[head] == after[head]:
        head += 1
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    parts = (
        (before[:head], Change.KEPT),
        (before[head : len(before) - tail], Change.DELETED),
        (after[head : len(after) - tail], Change.INSERTED),
        (before[len(before) - tail :], Change.KEPT),
    )
    return tuple([Segment("".join(tokens), change=change) for tokens, change in parts if tokens])


Part = Hashable
"""What names a part of a document: the identity of a section or entry of the outline, or a word and a number."""


class _Lines:
    """The lines of one revision; `parts` holds the positions of those of each part, `first` where a part begins."""

    def __init__(self, tree: Tree) -> None:
        self.lines: list[Line] = []
        self.parts: dict[Part, list[int]] = defaultdict(list)
        self.headings: set[int] = set()
        self.first: dict[Part, int] = {}
        outline = tree.outline
        self._prose("notice", outline.notice.paragraphs)
        self._prose("opening", outline.opening)
        self._prose("thought", outline.guiding_thought)
        self._sections(outline.sections)
        self._prose("closing", outline.closing)
        for number, attachment in enumerate(outline.attachments):
            self._prose(("attachment", number), attachment.paragraphs)
            self._sections(attachment.sections)

    def _sections(self, sections: Iterable[Section]) -> None:
        for section in sections:
            self._part(section)
            self._entries(section.entries)
            self._sections(section.sections)

    def _entries(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._part(entry)
            self._entries(entry.entries)

    def _part(self, part: Section | Entry) -> None:
        if part.heading:
            self.headings.add(len(self.lines))
            self._add(id(part), _heading_line(part.heading))
        self._prose(id(part), part.paragraphs)

    def _prose(self, part: Part, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            self._add(part, _paragraph_line(paragraph))

    def _add(self, part: Part, line: Line) -> None:
        self.first.setdefault(part, len(self.lines))
        self.parts[part].append(len(self.lines))
        self.lines.append(line)


def _heading_line(heading: Heading) -> Line:
    return Line(heading.label, str(heading.text), "")


def _paragraph_line(paragraph: Paragraph) -> Line:
    first, *others = [str(run.text) for run in paragraph.runs] or [""]
    opening = first[len(paragraph.label) :]
    if paragraph.runs and paragraph.runs[0].role == "run-in":
        return Line(paragraph.label, opening, "".join(others))
    return Line(paragraph.label, "", opening + "".join(others))


class _Stayed:
    """Which parts are where they were, and what to note of those that came from elsewhere."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._twins: dict[Part, Part] = {name: name for name in ("notice", "opening", "thought", "closing")}
        self.notes: dict[Part, str] = {}
        for before, after in alignment.attachments:
            if before is not None and after is not None:
                self._twins["attachment", after] = ("attachment", before)
        for node in _top(alignment.new):
            self._visit(node, in_place=True)
        for one, several in alignment.splits:
            for node in several:
                if alignment.of_new(node) is None:
                    self.notes[id(node.outline)] = f"{node.address}由原{one.address}拆出"
        for one, several in alignment.merges:
            if alignment.of_new(one) is None:
                self.notes[id(one.outline)] = f"{one.address}由原{'、'.join(node.address for node in several)}合并"

    def twin(self, part: Part) -> Part | None:
        """Return the part of the old revision that a new part was in the same place; `None` when there is none."""
        return self._twins.get(part)

    def _visit(self, node: Node, *, in_place: bool) -> None:
        match = self._alignment.of_new(node)
        if match and in_place and (self._alignment.moved(match) or self._alignment.crosses(match)):
            self._note(match)
            in_place = False
        if match and in_place:
            self._twins[id(node.outline)] = id(match.old.outline)
        for below in (*node.targets, *node.entries, *node.sections):
            self._visit(below, in_place=in_place)

    def _note(self, match: Match) -> None:
        self.notes[id(match.new.outline)] = f"{match.new.address}由原{match.old.address}移来"


def _top(tree: Tree) -> Iterator[Node]:
    yield from tree.targets
    yield from tree.sections
    for attachment in tree.attachments:
        yield from attachment


def _pair_lines(old: _Lines, before: Sequence[int], new: _Lines, after: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the lines of a part that became each other: the heading on its own line, and paragraphs that are alike.

    What a part opens with, its number and its heading, became what it opens with now.
    """
    opens = [bool(old.lines[before[0]].label), bool(new.lines[after[0]].label)]
    if (before[0] in old.headings and after[0] in new.headings) or all(opens):
        yield before[0], after[0]
        before, after = before[1:], after[1:]
    i = 0
    for q in after:
        line = str(new.lines[q])
        found = max(range(i, len(before)), key=lambda n: likeness(str(old.lines[before[n]]), line), default=None)
        if found is not None and likeness(str(old.lines[before[found]]), line) >= _SAME_PARAGRAPH:
            yield before[found], q
            i = found + 1
