"""The difference between two states of a file, as `diff -u` shows it.

Compared by lines that are unique in both states and stand in the same order (patience diff); only what lies between
them is left to difflib, whose time grows with the square of what it is given.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_CONTEXT: Final = 3
"""Unchanged lines shown around a change, as `diff -u` has it."""

_MOST_COMPARED: Final = 2000
"""Most lines between two unique ones that are compared; more are shown as replaced."""


class _Change(NamedTuple):
    """Lines `old_start` to `old_end` of the old state that lines `new_start` to `new_end` of the new one replace."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def unified_difference(name: str, before: str, after: str) -> Iterator[str]:
    """Yield the lines that show how a file was changed, without line breaks; nothing when it was not.

    `name` is what the user calls the file. There are no times, so that the same change always looks the same.
    """
    old, new = _lines(before), _lines(after)
    hunks = list(_hunks(list(_changes(old, new))))
    if hunks:
        yield from (f"--- {name}", f"+++ {name}")
    for hunk in hunks:
        start, new_start = max(0, hunk[0].old_start - _CONTEXT), max(0, hunk[0].new_start - _CONTEXT)
        end, new_end = min(len(old), hunk[-1].old_end + _CONTEXT), min(len(new), hunk[-1].new_end + _CONTEXT)
        yield f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@"
        at = start
        for change in hunk:
            yield from _shown(" ", old, at, change.old_start)
            yield from _shown("-", old, change.old_start, change.old_end)
            yield from _shown("+", new, change.new_start, change.new_end)
            at = change.old_end
        yield from _shown(" ", old, at, end)


def _lines(text: str) -> list[str]:
    """Return the lines of a text; a last one without a line break says so, on a line of its own."""
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n\\ 文件末尾没有换行"] if last else lines


def _shown(sign: str, lines: list[str], start: int, end: int) -> Iterator[str]:
    for line in lines[start:end]:
        yield from (sign + line).split("\n")


def _range(start: int, end: int) -> str:
    """Return lines as unified diffs write them: counted from 1, the line before it for an empty range."""
    return f"{start + (end > start)},{end - start}"


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    """Yield changes that are shown together because their contexts touch."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.old_start - hunk[-1].old_end > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _changes(old: list[str], new: list[str]) -> Iterator[_Change]:
    """Yield what was changed, in order."""
    old_done, new_done = 0, 0
    for old_at, new_at in [*_anchors(old, new), (len(old), len(new))]:
        yield from _between(old, new, _Change(old_done, old_at, new_done, new_at))
        old_done, new_done = old_at + 1, new_at + 1


def _between(old: list[str], new: list[str], gap: _Change) -> Iterator[_Change]:
    """Yield what was changed between two lines that were not."""
    old_start, old_end, new_start, new_end = gap
    while old_start < old_end and new_start < new_end and old[old_start] == new[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    if old_end - old_start + new_end - new_start > _MOST_COMPARED:
        yield _Change(old_start, old_end, new_start, new_end)
        return
    matcher = SequenceMatcher(None, old[old_start:old_end], new[new_start:new_end], autojunk=False)
    for tag, from_, to, new_from, new_to in matcher.get_opcodes():
        if tag != "equal":
            yield _Change(old_start + from_, old_start + to, new_start + new_from, new_start + new_to)


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the most lines that occur once in both states and stand in the same order, as pairs of their numbers."""
    in_old, in_new = Counter(old), Counter(new)
    place = {line: number for number, line in enumerate(new) if in_new[line] == 1}
    pairs = [(number, place[line]) for number, line in enumerate(old) if in_old[line] == 1 and line in place]
    ends: list[int] = []
    """For each length, the smallest number a rising run of new lines of that length ends with."""
    last: list[int] = []
    before: list[int] = []
    for nth, (_, number) in enumerate(pairs):
        length = bisect_left(ends, number)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        last[length : length + 1] = [nth]
    found: list[tuple[int, int]] = []
    nth = last[-1] if last else -1
    while nth >= 0:
        found.append(pairs[nth])
        nth = before[nth]
    return found[::-1]
