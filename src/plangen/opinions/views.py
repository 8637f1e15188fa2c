"""What one unit did to a document: each paragraph as it was sent, and as this unit alone would have it."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from plangen.importing.word import Revision, Stretch, WordParagraph
from plangen.opinions.phrases import Edit

Mine = Callable[[Revision | None], bool]
"""Whether a tracked change is one of the unit's."""

Range = tuple[int, int]
"""Where something begins and ends, in characters of the old text of a line."""


class Line(NamedTuple):
    """A paragraph, or what an inserted paragraph mark has made of a part of one.

    `old` is how it was sent, `new` how the unit would have it. `comments` are the places of comments in the old text,
    by their ids, `typed` the changes as the unit made them. `merges` says that it has deleted the mark at its end.
    """

    old: str
    new: str
    comments: dict[str, Range]
    typed: tuple[Edit, ...] = ()
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
    old: list[str] = []
    new: list[str] = []
    typed, length = [], 0
    comments: dict[str, Range] = {}
    for (stood, stands), run in groupby(stretches, lambda each: (_stood(each, mine), _stands(each, mine))):
        begun, written = length, []
        for stretch in run:
            start = length
            written.append(flat(stretch.text))
            length += len(written[-1]) * stood
            for name in stretch.comments:
                comments[name] = (comments.get(name, (start, 0))[0], length)
        old += written if stood else ()
        new += written if stands else ()
        if stood != stands:
            typed.append(Edit(begun, length, "".join(written) if stands else ""))
    return Line("".join(old), "".join(new), comments, tuple(_paired(typed)))


def _paired(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Yield the changes, what was deleted and what was inserted in its place as one."""
    last: Edit | None = None
    for edit in edits:
        if last and last.end == edit.start and bool(last.inserted) != bool(edit.inserted):
            yield Edit(last.start, edit.end, last.inserted + edit.inserted)
            last = None
            continue
        if last:
            yield last
        last = edit
    if last:
        yield last


def flat(text: str) -> str:
    """Return a text on one line: a line break within a paragraph divides no words in Chinese."""
    return text.replace("\n", "").replace("\t", " ")


def _stood(stretch: Stretch, mine: Mine) -> bool:
    """Whether a unit found a text there: it was sent so, or another one had inserted it and the unit deleted it."""
    return stretch.inserted is None or (not mine(stretch.inserted) and mine(stretch.deleted))


def _stands(stretch: Stretch, mine: Mine) -> bool:
    """Whether a text stands when only the unit's changes are made."""
    return (stretch.inserted is None or mine(stretch.inserted)) and not mine(stretch.deleted)
