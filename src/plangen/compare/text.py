"""Changes as text for people at a terminal."""

from collections.abc import Iterator, Sequence
from typing import Final

from plangen.compare.changes import Changes, PartChange, What
from plangen.compare.values import Difference
from plangen.diagnostics.text import printable
from plangen.outline.model import Change, Segment

_SIGNS: Final = {What.ADDED: "+", What.REMOVED: "-", What.CHANGED: "~"}
_COLORS: Final = {What.ADDED: "32", What.REMOVED: "31", What.CHANGED: "36"}
"""Colours of what became of a part (ECMA-48, SGR): green, red, cyan."""

_PLAIN_MARKS: Final = {Change.KEPT: "{}", Change.DELETED: "[-{}-]", Change.INSERTED: "{{+{}+}}"}
_COLORED_MARKS: Final = {
    Change.KEPT: "{}",
    Change.DELETED: "\x1b[9;31m{}\x1b[0m",
    Change.INSERTED: "\x1b[1;32m{}\x1b[0m",
}
"""How wording is marked: as `git diff --word-diff` does, or struck through in red and bold in green."""

BREAK: Final = "¶"
"""Stands for the end of a paragraph."""

_LONGEST_STRETCH: Final = 60
"""Most unchanged characters between two changes that are shown in full; of more, the ends are."""

_SHOWN_END: Final = 24
"""How many characters are shown at the end of an unchanged stretch that is not shown in full."""


def render_text(changes: Changes, *, color: bool = False) -> str:
    """Return the changes as lines for people, the summary first; `color` is for terminals only."""
    return "".join(f"{line}\n" for line in _lines(changes, color=color))


def _lines(changes: Changes, *, color: bool) -> Iterator[str]:
    yield changes.summary
    for part in changes.parts:
        yield _opening(part, color=color)
        for difference in part.differences:
            yield f"    {_difference(part, difference, color=color)}"
    for hint in changes.hints:
        yield printable(f"? {hint.said}")


def _opening(part: PartChange, *, color: bool) -> str:
    """Return the line that says of which part what became what."""
    sign = _tinted(_SIGNS[part.what], _COLORS[part.what] if color else "")
    news = f"（{part.news}）" if part.news else ""
    return f"{sign} {printable(part.where + news)}"


def _difference(part: PartChange, difference: Difference, *, color: bool) -> str:
    if part.what is not What.CHANGED:
        return printable(f"{difference.name}：{difference.new or difference.old}".replace("\n", BREAK))
    note = f"（{difference.note}）" if difference.note else ""
    if difference.wording:
        return f"{printable(difference.name)}：{marked(difference.wording, color=color)}{printable(note)}"
    if not (difference.old or difference.new):
        return printable(f"{difference.name}：{difference.note}")
    return printable(f"{difference.name}：{difference.old or '无'} → {difference.new or '无'}{note}")


def marked(wording: Sequence[Segment], *, color: bool = False) -> str:
    """Return a revised text with marks around what was deleted and inserted, long unchanged stretches shortened."""
    marks = _COLORED_MARKS if color else _PLAIN_MARKS
    last = len(wording) - 1
    return "".join(
        marks[segment.change].format(printable(shortened(segment, first=n == 0, last=n == last).replace("\n", BREAK)))
        for n, segment in enumerate(wording)
    )


def shortened(segment: Segment, *, first: bool, last: bool) -> str:
    """Return the text of a segment; of a long unchanged one, what stands next to the changes before and after it."""
    text = segment.text
    if segment.change is not Change.KEPT or len(text) <= _LONGEST_STRETCH:
        return text
    head = "" if first else text[:_SHOWN_END]
    tail = "" if last else text[-_SHOWN_END:]
    return f"{head}…{tail}"


def _tinted(text: str, tint: str) -> str:
    return f"\x1b[1;{tint}m{text}\x1b[0m" if tint else text
