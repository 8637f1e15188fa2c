"""L5: figures in prose – parts and their total, changes and their direction, shares, what no target holds."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from plangen.check.manuscript import HANZI, Manuscript, Passage
from plangen.check.targets import STATED, all_targets, indicator_name, speaks_of_before
from plangen.diagnostics import Diagnostic, Severity
from plangen.plan.goals import Comparator
from plangen.plan.model import Target

_NUMBER: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOTAL: Final = re.compile(
    rf"(?<![\d.,—～~\-第])(?P<number>{_NUMBER})(?P<power>[万亿]?)(?P<unit>[{HANZI}]{{1,3}}?)"
    r"(?:[，、]其中[，：:]?|（(?:其中[，：:]?)?)(?=[^，。；）]{0,30}\d)"
)
_PART: Final = re.compile(
    rf"[{HANZI}“”]{{1,16}}?(?P<number>{_NUMBER})(?P<power>[万亿]?)(?P<unit>[{HANZI}]{{0,3}})(?P<end>[、，。；）和]|$)"
)
_POWERS: Final = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_BOUND: Final = "[余多近约超]|以上|以下|以内|左右|不少于|不低于|不超过"
_INEXACT: Final = re.compile(_BOUND)
_NO_PART: Final = re.compile(
    f"{_BOUND}|平均|人均|生均|每|比|率|增长|减少|同时|兼|达到|第|另|不含|新[建增改]|改[造建扩]|扩建|建[成设]|培训|完成|投入|开工|完工|招收|引进|评选"
)
"""Words that make a sum of parts no plain sum."""

_INCLUDED: Final = ("含", "包含", "包括", "另", "不含")
"""Words before parts that are not all the total is made of."""

_FEWEST_PARTS: Final = 2
_MOST_PARTS: Final = 40
"""Most parts of one total that are added up."""

_MANY: Final = 3
"""Fewest targets that show that a plan keeps its figures as targets, and how many there must be to one that is not."""

_NO_SUM: Final = ("%", "年", "月", "日", "岁", "倍", "级", "分", "时", "个百分点", "小时", "分钟", "课时", "年级")

_ROSE: Final = "提高|提升|上升|增长|增加|扩大"
_FELL: Final = "下降|降低|降|减少|压减|压缩|缩小"
_CHANGE: Final = re.compile(
    rf"(?:从|由|较[^，。；\d]{{0,6}}的?|比[^，。；\d]{{0,6}}的?)(?P<before>{_NUMBER})(?P<unit>%|[{HANZI}]{{1,2}}?)?[，]?"
    rf"(?P<verb>{_ROSE}|{_FELL})(?:到|至|为)(?P<after>{_NUMBER})(?P<unit_after>%|[{HANZI}])"
)
_SHARE_CHANGED: Final = re.compile(
    rf"(?P<share>[{HANZI}]{{1,10}}(?:率|比例|占比|比重))(?:要|应|力争|较上年|比上年|每年|再|平均|同比){{0,2}}"
    rf"(?:{_ROSE}|{_FELL})(?:了|约|近)?(?P<figure>\d+(?:\.\d+)?%)(?![～~—\-－以])"
)
_NO_SHARE: Final = re.compile("(?:效率|频率|功率|速率|增长率|增幅|费率|利率|工作率)$")
_COMPARED: Final = re.compile(
    "以上|以内|以下|不低于|不少于|不高于|不超过|控制在|达到|提高到|提升到|保持在|稳定在|降到|降至"
)


class _Parts(NamedTuple):
    """Parts of a total and their sum.

    `exhaustive` says that the list is all the total is made of, `partial` that it is not, `sure` that it is a list of
    parts for certain: after a ， something else may follow in the same unit.
    """

    total: Decimal
    sum: Decimal
    unit: str
    start: int
    end: int
    exhaustive: bool
    partial: bool
    sure: bool


def parts_and_total(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a total with two parts or more that do not add up to it.

    Parts that are more than their total are a warning, and so is any difference where the parts stand alone in a
    bracket; after 其中 there may be parts nobody named, so that too little is only something to look at.

    Bad: 新增学位9000个，其中小学6000个、初中3500个。
    Good: 新增学位9000个，其中小学6000个、初中3000个；投资1.36亿元（市级8000万元、县级0.56亿元），其中设备300万元。
    """
    for passage in manuscript.passages:
        for found in _parts(passage):
            more = found.sum > found.total
            if more or (found.sum < found.total and not found.partial):
                severity = Severity.WARNING if found.sure and (more or found.exhaustive) else Severity.INFO
                message = _difference(found.sum, found.total, found.unit)
                yield passage.warn("L507", message, found.start, found.end, "核对总数和各项", severity=severity)
    for total, parts in _parted_targets(manuscript):
        whole, added = total.goal.value, sum((part.goal.value for part in parts), Decimal())
        if added != whole:
            severity = Severity.WARNING if added > whole else Severity.INFO
            message = _difference(added, whole, total.goal.unit)
            yield Diagnostic("L507", message, total.place.span("goal"), "核对总数和各项", severity)


def _difference(added: Decimal, total: Decimal, unit: str) -> str:
    more = "多" if added > total else "少"
    return f"各项合计{_written(added)}{unit}，比总数{more}{_written(abs(added - total))}{unit}"


def _parted_targets(manuscript: Manuscript) -> Iterator[tuple[Target, list[Target]]]:
    """Yield targets followed by others that are their parts (其中：小学), all exact and in one unit."""
    total: Target | None = None
    parts: list[Target] = []
    for target in (*all_targets(manuscript), None):
        if target and total and target.indicator.startswith("其中"):
            parts.append(target)
            continue
        if total and len(parts) >= _FEWEST_PARTS and all(_can_be_added(each, total) for each in (total, *parts)):
            yield total, parts
        total, parts = target, []


def _can_be_added(target: Target, total: Target) -> bool:
    goal = target.goal
    exact = goal.amount is not None and goal.comparator in (Comparator.EQUAL, Comparator.INCREASE_BY)
    return exact and goal.unit == total.goal.unit and goal.unit not in _NO_SUM


def _parts(passage: Passage) -> Iterator[_Parts]:
    """Yield the totals of a passage whose parts are given, all in the unit of the total."""
    text = passage.plain
    for found in _TOTAL.finditer(text) if "其中" in text or "（" in text else ():
        unit = found["unit"]
        if unit in _NO_SUM or _INEXACT.search(text[max(0, found.start() - 4) : found.start()] + unit):
            continue
        parts, end, marks = _parts_after(text, found.end(), unit)
        named = text[found.end() : end]
        if len(parts) >= _FEWEST_PARTS and not _NO_PART.search(named):
            partial = named.startswith(_INCLUDED)
            whole = marks[-1] == "）" and "其中" not in found[0]
            added = sum(parts, Decimal())
            yield _Parts(_amount(found), added, unit, found.start(), end, whole, partial, "，" not in marks)


def _parts_after(text: str, at: int, unit: str) -> tuple[list[Decimal], int, str]:
    """Return the parts listed from an offset on, where the list ends, and the marks after the parts."""
    parts: list[Decimal] = []
    marks = ""
    while len(parts) < _MOST_PARTS and (found := _PART.match(text, at)):
        if found["unit"] not in ("", unit) or (found["power"] and not found["unit"]):
            break
        parts.append(_amount(found))
        marks += found["end"] or "。"
        if marks[-1] in "。；）":
            return parts, found.end("unit"), marks
        at = found.end()
    return [], at, marks


def changed_the_other_way(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a figure that is said to rise to a smaller one, or to fall to a larger one.

    Bad: 就业率由97%提高到96.5%。
    Good: 就业率由96.5%提高到97%，近视率从52%下降到51%。
    """
    for passage in manuscript.passages:
        for found in _CHANGE.finditer(passage.plain):
            if found["unit"] and found["unit_after"] != found["unit"][:1]:
                continue
            before, after = _decimal(found["before"]), _decimal(found["after"])
            rises = re.fullmatch(_ROSE, found["verb"]) is not None
            if (after < before) if rises else (after > before):
                message = f"从{found['before']}到{found['after']}，不是{found['verb']}"
                yield passage.warn("L508", message, found.start("before"), found.end(), "核对两个数")


def share_changed_by_percent(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a share that changes by a percentage: whether of itself or in 百分点, readers cannot tell.

    Bad: 对口就业率提高2%。
    Good: 对口就业率提高2个百分点，工作效率提高20%，覆盖率提高到90%。
    """
    for passage in manuscript.passages:
        for found in _SHARE_CHANGED.finditer(passage.plain):
            if not _NO_SHARE.search(found["share"]):
                points = found["figure"].replace("%", "个百分点")
                message = f"比率的增减写成“{found['figure']}”，说不清是百分之几还是百分点"
                yield passage.warn("L509", message, *found.span("figure"), f"是百分点的，写成“{points}”")


def figure_without_target(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a percentage an indicator is to reach that only prose states, in a plan that keeps most such as targets.

    Bad: {text: 毛入园率达到98%以上。, targets: [{indicator: 巩固率, goal: 97%}, {indicator: 甲率, goal: 9%},
        {indicator: 乙率, goal: 8%}]}
    Good: {text: 去年毛入园率达到98%以上。, targets: [{indicator: 巩固率, goal: 97%}, {indicator: 甲率, goal: 9%},
        {indicator: 乙率, goal: 8%}]}
    """
    held = {indicator_name(target.indicator) for target in all_targets(manuscript) if target.goal.unit == "%"}
    bare = [
        (passage, found)
        for passage in (manuscript.passages if len(held) >= _MANY else ())
        if not isinstance(passage.record, Target)
        for found in STATED.finditer(passage.plain)
        if indicator_name(found[1]) not in held
        and _COMPARED.search(passage.clause_around(found.start(2)))
        and not speaks_of_before(manuscript, passage, found.start())
    ]
    for passage, found in bare if _MANY * len(bare) <= len(held) else ():
        message = f"“{indicator_name(found[1])}”{found[2]}%只写在正文里，targets 里没有"
        hint = "要统计、对比的，写进 targets，正文用 {@编码} 引用"
        yield passage.warn("L510", message, found.start(2), found.end(), hint, severity=Severity.INFO)


def _amount(found: re.Match[str]) -> Decimal:
    return _decimal(found["number"]) * _POWERS[found["power"]]


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _written(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing; with 万 where it is a round one."""
    if number >= _POWERS["万"] and not number % 100:
        return f"{(number / _POWERS['万']).normalize():f}万"
    return f"{number.normalize():f}"
