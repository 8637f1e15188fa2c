"""What one unit did to a document: each paragraph as it was sent, and as this unit alone would have it."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from plangen.importing.word import Revision, Stretch, WordParagraph

Mine = Callable[[Revision | None], bool]
"""Whether a tracked change is one of the unit's."""

Range = tuple[int, int]
"""Where something begins and ends, in characters of the old text of a line."""


class Line(NamedTuple):
    """A paragraph, or what an inserted paragraph mark has made of a part of one.

    `old` is how it was sent, `new` how the unit would have it. `comments` are the places of comments in the old text,
    by their ids. `merges` says that the unit has deleted the mark at its end.
    """

    old: str
    new: str
    comments: dict[str, Range]
    merges: bool = False

    @property
    def is_added(self) -> bool:
        """Whether all of it is the unit's."""
        return not self.old.strip() and bool(self.new.strip())

    @property
    def is_gone(self) -> bool:
        """Whether the unit has deleted all of it."""
        return bool(self.old.strip()) and not self.new.strip()


def lines(paragraph: WordParagraph, mine: Mine) -> list[Line]:
    """Return a paragraph as a unit sees it; what others changed stands as it was sent."""
    found: list[Line] = []
    parts: list[Stretch] = []
    for stretch in paragraph.stretches:
        stood, stands = _stood(stretch, mine), _stands(stretch, mine)
        if not stretch.is_mark:
            parts.append(stretch)
        elif stood or stands:
            found.append(_line(parts, mine)._replace(merges=stood and not stands))
            parts = []
    last = _line(parts, mine)
    return [*found, last] if last.old or last.new or last.comments else found


def _line(stretches: Sequence[Stretch], mine: Mine) -> Line:
    old, new, length = [], [], 0
    comments: dict[str, Range] = {}
    for stretch in stretches:
        text, start = flat(stretch.text), length
        if _stood(stretch, mine):
            old.append(text)
            length += len(text)
        if _stands(stretch, mine):
            new.append(text)
        for name in stretch.comments:
            comments[name] = (comments.get(name, (start, 0))[0], length)
    return Line("".join(old), "".join(new), comments)


def flat(text: str) -> str:
    """Return a text on one line: a line break within a paragraph divides no words in Chinese."""
    return text.replace("\n", "").replace("\t", " ")


def _stood(stretch: Stretch, mine: Mine) -> bool:
    """Whether a unit found a text there: it was sent so, or another one had inserted it and the unit deleted it."""
    return stretch.inserted is None or (not mine(stretch.inserted) and mine(stretch.deleted))


def _stands(stretch: Stretch, mine: Mine) -> bool:
    """Whether a text stands when only the unit's changes are made."""
    return (stretch.inserted is None or mine(stretch.inserted)) and not mine(stretch.deleted)
