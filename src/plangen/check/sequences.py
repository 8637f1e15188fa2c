"""L4: points counted off in prose (一是……二是……), and how many there are said to be."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from plangen.check.manuscript import Manuscript, Passage
from plangen.diagnostics import Diagnostic
from plangen.plan.model import Item, Task
from plangen.plan.numerals import chinese

_NUMERALS: Final = "一二三四五六七八九十"
_POINT: Final = re.compile(rf"(?:^|(?<=[，。；：、]))([{_NUMERALS}])([是要])(?![否]|求)")
_ANNOUNCED: Final = re.compile(
    r"(?:以下|下列|如下|抓好|做好|做到|实现|落实|突出|开展|完成|推进|实施|坚持|强化)的?([两二三四五六七八九十])(?:个|项|方面|大|点|件|类)"
    r"[^，。；：、]{0,10}[：:]$"
)
_NEAR: Final = 40
"""Characters before the first point that may announce how many there are."""


def broken_sequence(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find points that are not counted off in order, or a 一是 that no 二是 follows.

    Bad: 一是压实责任，二是排查隐患，四是强化演练。
    Good: 一是压实责任，二是排查隐患。一要健全制度；二要强化演练。
    """
    points = [(passage, found) for passage in manuscript.passages for found in _POINT.finditer(passage.plain)]
    for kind in "是要":
        yield from _broken([(passage, found) for passage, found in points if found[2] == kind])


def _broken(points: Sequence[tuple[Passage, re.Match[str]]]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the points of one kind (一是 or 一要), which may run on over paragraphs."""
    numbers = [_number(found[1]) for _, found in points]
    for nth, (passage, found) in enumerate(points):
        before = numbers[nth - 1] if nth else 0
        if numbers[nth] == 1:
            if numbers[nth + 1 : nth + 2] in ([], [1]):
                message = f"只有“{found[0]}”，没有“二{found[2]}”"
                yield passage.warn("L411", message, *found.span(), "补上第二点，或者删去这几个字")
        elif numbers[nth] != before + 1:
            right = f"{_NUMERALS[before : before + 1]}{found[2]}"
            yield passage.warn("L411", f"数到这里应该是“{right}”", *found.span(), "按顺序写，或者补上漏掉的一点")


def other_count(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a number of points announced that is not the number of points that follow.

    Bad: {tasks: [{heading: 甲, text: 抓好三项工作：, items: [第一点。, 第二点。]}]}
    Good: {text: 抓好三项改革：一是甲，二是乙，三是丙。,
        tasks: [{heading: 甲, text: 抓好两项工作：, items: [第一点。, 第二点。]}]}
    """
    for passage in manuscript.passages:
        points = list(_POINT.finditer(passage.plain))
        counts = [
            (found.start(), _counted(points[nth : nth + len(_NUMERALS)]))
            for nth, found in enumerate(points)
            if found[1] == "一"
        ]
        record = passage.record
        if isinstance(record, Task | Item) and record.items and passage.text == "".join(record.text[-1:]):
            counts.append((len(passage.plain), len(record.items)))
        for at, count in counts:
            start = max(0, at - _NEAR)
            found = _ANNOUNCED.search(passage.plain[start:at])
            if found and count != _number(found[1]):
                message = f"前面说有{found[1]}项，后面是{chinese(count)}项"
                yield passage.warn("L412", message, start + found.start(1), start + found.end(1), "核对项数")


def _counted(points: Sequence[re.Match[str]]) -> int:
    """Return how far points that begin with 一是 are counted off."""
    expected = zip(_NUMERALS, points, strict=False)
    wrong = (nth for nth, (numeral, found) in enumerate(expected) if (found[1], found[2]) != (numeral, points[0][2]))
    return next(wrong, len(points))


def _number(numeral: str) -> int:
    return _NUMERALS.index("二" if numeral == "两" else numeral) + 1
