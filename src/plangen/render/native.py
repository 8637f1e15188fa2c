"""What the templates of a Word document ask when its numbers are lists: where a number stands, what a reference is.

The order in which numbers are printed, and which are, is a template's to say. So a document is made twice: a `Survey`
notes what the templates ask for, and `NativeNumbering` answers the same questions in the document that is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from zlib import crc32

from plangen.outline.model import Change, Heading, Number, Paragraph, Segment, Text
from plangen.render.lists import TEXT, Lists, Slot, arrange


class Bookmark(NamedTuple):
    """A bookmark: its `w:id` and its name."""

    id: int
    name: str


class Stretch(NamedTuple):
    """A stretch of prose: `text`, or a reference as a `field` or a `link` to the bookmark `target`.

    `layer` is that of the run-in heading it is part of, 0 for text.
    """

    kind: str
    text: str
    layer: int = 0
    target: str = ""


class Laid(NamedTuple):
    """A heading or paragraph: where its number stands, the bookmark around it, if any, and the rest of its text."""

    slot: Slot
    bookmark: Bookmark | None
    stretches: Sequence[Stretch]


_UNKNOWN: Final = Laid(TEXT, None, ())
"""What a survey answers."""


class Survey:
    """Notes the numbers and references of a document, and answers as if there were none."""

    def __init__(self) -> None:
        self.numbers: list[Number] = []
        self.layers: set[int] = set()
        """The layers of numbered headings."""
        self.referred: set[str] = set()
        self.lists = arrange(())

    def heading(self, heading: Heading) -> Laid:
        """Note what is in a heading."""
        if heading.number is not None:
            self.layers.add(heading.layer)
        return self._note(heading.number, (heading.text,))

    def paragraph(self, paragraph: Paragraph) -> Laid:
        """Note what is in a paragraph."""
        return self._note(paragraph.number, [run.text for run in paragraph.runs])

    def arranged(self) -> Lists:
        """Return the lists that count the numbers."""
        return arrange(self.numbers, sorted(self.layers))

    def _note(self, number: Number | None, texts: Iterable[Text]) -> Laid:
        if number is not None:
            self.numbers.append(number)
        for text in texts:
            self.referred.update([segment.refers_to for segment in text.segments if segment.refers_to])
        return _UNKNOWN


class _Target(NamedTuple):
    r"""What prose refers to: where the number stands, and what Word makes of a `REF` field with `\n` to it."""

    position: int
    bookmark: Bookmark
    field: str


class NativeNumbering:
    """Answers for a document whose numbers and references have been noted, in the order they were.

    The `lists` are those that count the numbers.
    """

    def __init__(self, survey: Survey, lists: Lists) -> None:
        self.lists = lists
        self._targets = dict(_targets(survey, self.lists.slots))
        self._bookmarks = {target.position: target.bookmark for target in self._targets.values()}
        self._places = enumerate(self.lists.slots)

    def heading(self, heading: Heading) -> Laid:
        """Return how a heading is set, its number as text where it is in no list."""
        slot, bookmark = self._place(heading.number)
        label = "" if slot.instance else heading.label
        return Laid(slot, bookmark, self._stretches((Segment(label), *heading.text.segments), 0))

    def paragraph(self, paragraph: Paragraph) -> Laid:
        """Return how a paragraph is set, its number as text where it is in no list."""
        slot, bookmark = self._place(paragraph.number)
        stretches: list[Stretch] = []
        for nth, (_, text, layer) in enumerate(paragraph.runs):
            labelled = nth == 0 and slot.instance
            stretches += self._stretches(text.segments[1:] if labelled else text.segments, layer)
        return Laid(slot, bookmark, stretches)

    def _place(self, number: Number | None) -> tuple[Slot, Bookmark | None]:
        if number is None:
            return TEXT, None
        position, slot = next(self._places)
        return slot, self._bookmarks.get(position)

    def _stretches(self, segments: Iterable[Segment], layer: int) -> list[Stretch]:
        """Return prose taken apart where it refers to numbers, without what was deleted."""
        found: list[Stretch] = []
        plain = ""
        for text, refers_to, change in segments:
            target = self._targets.get(refers_to)
            if change is Change.DELETED:
                continue
            if target is None:
                plain += text
                continue
            if plain:
                found.append(Stretch("text", plain, layer))
            plain = ""
            found.append(Stretch("field" if target.field == text else "link", text, layer, target.bookmark.name))
        return [*found, Stretch("text", plain, layer)] if plain else found


def _targets(survey: Survey, slots: Iterable[Slot]) -> Iterator[tuple[str, _Target]]:
    """Yield the ids that are referred to and printed, each with its first place."""
    wanted, names = set(survey.referred), _BookmarkNames()
    for position, (number, slot) in enumerate(zip(survey.numbers, slots, strict=True)):
        if number.id in wanted:
            wanted.remove(number.id)
            field = number.label.rstrip(".") if slot.instance else ""
            yield number.id, _Target(position, names.bookmark(number.id), field)


class _BookmarkNames:
    """Names bookmarks `_Ref` and a number, as Word does: a checksum of the id, so that names stay when others come."""

    def __init__(self) -> None:
        self._ids: dict[int, int] = {}
        """How many ids have a checksum."""
        self._count = 0

    def bookmark(self, name: str) -> Bookmark:
        """Return a bookmark for an id; ids with the same checksum are told apart by a further number."""
        checksum = crc32(name.encode())
        further = self._ids.get(checksum, 0)
        self._ids[checksum] = further + 1
        self._count += 1
        return Bookmark(self._count, f"_Ref{checksum}" + (f"_{further}" if further else ""))
