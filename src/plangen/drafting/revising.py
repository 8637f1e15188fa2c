"""Revising files by position: edits, notes on places, and where those places are once the edits are made."""

from bisect import bisect_right
from collections.abc import Iterable
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from plangen.diagnostics import Fix, Span
from plangen.source.edits import apply_fixes


class Group(Enum):
    """What a drafter is told, by what is to be done about it; the value is the heading in the checklist."""

    GOALS = "要定的目标"
    TASKS = "去年的任务，定下是不是延续"
    BLANKS = "要填的地方"
    DOUBTS = "没有改，要核对的年份和提法"
    RELATIVE = "“去年”“今年”这样的说法，没有改"
    CARRIED = "已经改过的年份和提法"
    DUES = "已经推后一年的时限"
    IMPORTED = "导入时拿不准的地方"
    LEFT = "别处还写着上年的年份"


class Step(NamedTuple):
    """What is done at a place of last year's plan: the edits, and what the drafter is told of it."""

    group: Group
    span: Span
    said: str
    fixes: tuple[Fix, ...] = ()


class Revised(NamedTuple):
    """A text with edits made in it, and these edits in the order of the text."""

    text: str
    made: list[Fix]
    moved: list[int]
    """By how many characters what follows each edit has moved."""

    def offset(self, old: int) -> int:
        """Return where a character of the old text, or what took its place, is now."""
        nth = bisect_right(self.made, old, key=lambda fix: fix.span.end) - 1
        return old + (self.moved[nth] if nth >= 0 else 0)


def revise(text: str, fixes: Iterable[Fix]) -> Revised:
    """Return a text with edits made in it; see `apply_fixes`."""
    new, made = apply_fixes(text, fixes)
    moved = list(accumulate(len(fix.text) - (fix.span.end - fix.span.start) for fix in made))
    return Revised(new, made, moved)


def end_of_line(text: str, offset: int) -> int:
    """Return where the line of an offset ends, before its line break."""
    end = text.find("\n", offset)
    return len(text) if end < 0 else end


def start_of_line(text: str, offset: int) -> int:
    """Return where the line of an offset starts."""
    return text.rfind("\n", 0, offset) + 1
