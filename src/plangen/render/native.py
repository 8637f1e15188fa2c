"""What the templates of a Word document ask when its numbers are lists: where a number stands, what a reference is.

The order in which numbers are printed, and which are, is a template's to say. So a document is made twice: a `Survey`
notes what the templates ask for, and `NativeNumbering` answers the same questions in the document that is kept.
"""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Final, NamedTuple
from zlib import crc32

from plangen.outline.model import Change, Number, Segment
from plangen.render.lists import TEXT, Slot, arrange

_NAMES: Final = 2**32
"""How many names there are for bookmarks."""


class Bookmark(NamedTuple):
    """A bookmark: its `w:id` and its name."""

    id: int
    name: str


class Place(NamedTuple):
    """Where a number stands, and the bookmark around the paragraph; `None` where nothing refers to it."""

    slot: Slot
    bookmark: Bookmark | None = None


NO_PLACE: Final = Place(TEXT)
"""The place of a paragraph without a number."""


class Stretch(NamedTuple):
    """A stretch of prose: `text`, or a reference to a bookmark, as a `field` or as a `link`."""

    kind: str
    text: str
    bookmark: str = ""


class Survey:
    """Notes the numbers and references of a document, and answers as if there were none."""

    def __init__(self) -> None:
        self.numbers: list[Number] = []
        self.referred: set[str] = set()
        self.lists = arrange(())

    def place(self, number: Number | None) -> Place:
        """Note a number."""
        if number is not None:
            self.numbers.append(number)
        return NO_PLACE

    def stretches(self, segments: Iterable[Segment]) -> list[Stretch]:
        """Note what prose refers to."""
        self.referred.update([segment.refers_to for segment in segments if segment.refers_to])
        return []


class _Target(NamedTuple):
    r"""What prose refers to: where the number stands, and what Word makes of a `REF` field with `\n` to it."""

    position: int
    bookmark: Bookmark
    field: str


class NativeNumbering:
    """Answers for a document whose numbers and references have been noted."""

    def __init__(self, survey: Survey) -> None:
        self.lists = arrange(survey.numbers)
        self._targets = dict(_targets(survey, self.lists.slots))
        bookmarks = {target.position: target.bookmark for target in self._targets.values()}
        self._places = iter([Place(slot, bookmarks.get(nth)) for nth, slot in enumerate(self.lists.slots)])

    def place(self, number: Number | None) -> Place:
        """Return the place of the number printed next."""
        return NO_PLACE if number is None else next(self._places)

    def stretches(self, segments: Iterable[Segment]) -> list[Stretch]:
        """Return prose taken apart where it refers to numbers, without what was deleted."""
        found: list[Stretch] = []
        for text, refers_to, change in segments:
            if change is Change.DELETED:
                continue
            target = self._targets.get(refers_to)
            if target is not None:
                found.append(Stretch("field" if target.field == text else "link", text, target.bookmark.name))
            elif found and found[-1].kind == "text":
                found[-1] = Stretch("text", found[-1].text + text)
            else:
                found.append(Stretch("text", text))
        return found


def _targets(survey: Survey, slots: Iterable[Slot]) -> Iterator[tuple[str, _Target]]:
    """Yield the ids that are referred to and printed, each with its first place."""
    wanted, taken = set(survey.referred), set[str]()
    for position, (number, slot) in enumerate(zip(survey.numbers, slots, strict=True)):
        if number.id in wanted:
            wanted.remove(number.id)
            name = _bookmark_name(number.id, taken)
            field = number.label.rstrip(".") if slot.instance else ""
            yield number.id, _Target(position, Bookmark(len(taken), name), field)


def _bookmark_name(name: str, taken: set[str]) -> str:
    """Return the name of an id's bookmark, `_Ref` and a number like Word's own, and take it.

    Names stay the same when other ids come and go, unless two ids have the same checksum.
    """
    numbers = (crc32(name.encode()) + further for further in count())
    chosen = next(found for found in (f"_Ref{number % _NAMES}" for number in numbers) if found not in taken)
    taken.add(chosen)
    return chosen
