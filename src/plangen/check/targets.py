"""L5: indicators and their goals."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Final, NamedTuple

from plangen.check.manuscript import HANZI, Manuscript, Passage
from plangen.diagnostics import Diagnostic, Related, Severity, Span
from plangen.plan.goals import Comparator, change, read_baseline
from plangen.plan.model import Target

_WHOLE: Final = 100
_SHARE: Final = re.compile("(?:率|比例|占比|比重|覆盖面)$")
_MAY_EXCEED: Final = re.compile("毛入[园学]率|增长率|增幅|完成率|升学率|利用率|投资")
"""Gross enrolment counts pupils of any age, so it may pass 100%, and so may growth and completion."""

_BETTER_LOW: Final = re.compile(
    "近视|辍学|流失|大班额|大校额|事故|发生|肥胖|投诉|超标|违规|空置|失学|缺勤|负担|差错|差距|信访"
)
_DOWNWARD: Final = re.compile("降|减|压|缩|控制")
_NAME_END: Final = "率|比例|占比|比重|覆盖面"
STATED: Final = re.compile(
    rf"(?<![{HANZI}“”0-9])([{HANZI}“”0-9]{{2,40}}?(?:{_NAME_END}))"
    r"(?:分别)?(?:要|应|力争|确保|均|全部)?(?:(?:从|由)\d+(?:\.\d+)?%)?"
    r"(?:达到|达|提高到|提升到|提高至|提升至|保持在|稳定在|巩固在|控制在|降到|降至|下降到|下降至|不低于|不少于|不超过|超过|为)*"
    r"(\d+(?:\.\d+)?)%(?![～~—\-－])"
)
_LEAD_IN: Final = re.compile(
    "^(?:确保|力争|努力|推动|促进|实现|使|将|把|要|让|到年底|年底前|年内|全年|全市|全县|全区|全校|我市|我县|我区|我校|其中|稳步|不断|进一步|提高|提升|巩固|保持|保障)+(?=.{3})"
)
_PAST: Final = re.compile("去年|上年(?!末)|上一年|过去一年|一年来|目前|现有|已达|已经|已提|曾|原来|原有")


class _Statement(NamedTuple):
    """The value an indicator is to reach, as a target says or prose (in per cent); `target` is `None` for prose."""

    indicator: str
    value: Decimal
    unit: str
    written: str
    span: Span | None
    target: Target | None


def two_values(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find an indicator that is to reach one value here and another there, as target or in prose.

    Bad: {text: 确保巩固率达到98%。, tasks: [{heading: 甲, targets: [{indicator: 巩固率, goal: 97%以上}]}]}
    Good: {text: 确保巩固率达到97%。, tasks: [{heading: 甲, targets: [{indicator: 巩固率, goal: 97%以上}]}]}
    """
    first: dict[str, _Statement] = {}
    for stated in chain(_of_targets(manuscript), _of_prose(manuscript)):
        before = first.setdefault(stated.indicator, stated)
        if before.value == stated.value or before.unit != stated.unit or _is_baseline(before, stated):
            continue
        message = f"指标“{stated.indicator}”这里是{stated.written}，另一处是{before.written}"
        related = (Related(before.span, f"这里是{before.written}"),) if before.span else ()
        hint = "两处改成一致；数只写在 targets 里，正文写 {@编码}"
        yield Diagnostic("L501", message, stated.span, hint, Severity.WARNING, related)


def _of_targets(manuscript: Manuscript) -> Iterator[_Statement]:
    """Yield what targets are to reach, but for changes (新增10所), of which there may be several."""
    for target in all_targets(manuscript):
        goal = target.goal
        if not goal.is_change and goal.amount is not None:
            name, unit = indicator_name(target.indicator), goal.unit.replace("％", "%")
            yield _Statement(name, goal.amount, unit, str(goal), target.place.span("goal"), target)


def _of_prose(manuscript: Manuscript) -> Iterator[_Statement]:
    for passage in manuscript.passages:
        if isinstance(passage.record, Target):
            continue
        for found in STATED.finditer(passage.plain):
            if not speaks_of_before(manuscript, passage, found.start()):
                name = indicator_name(found[1])
                yield _Statement(
                    name, Decimal(found[2]), "%", f"{found[2]}%", passage.span(found.start(2), found.end()), None
                )


def indicator_name(written: str) -> str:
    """Return the name of an indicator without the words that lead to it (确保, 全市)."""
    return _LEAD_IN.sub("", written)


def speaks_of_before(manuscript: Manuscript, passage: Passage, at: int) -> bool:
    """Whether the sentence around an offset tells how things were, or names last year and not the plan's."""
    sentence, year = passage.sentence_around(at), manuscript.plan.year
    return bool(_PAST.search(sentence)) or (f"{year - 1}年" in sentence and f"{year}年" not in sentence)


def _is_baseline(before: _Statement, stated: _Statement) -> bool:
    """Whether prose states last year's value of a target."""
    baseline = read_baseline(before.target.baseline) if before.target else None
    return stated.target is None and baseline is not None and baseline.amount == stated.value


def over_whole(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a share of more than 100%, as a target or in prose.

    Bad: {text: 巩固率保持在102%。, targets: [{indicator: 课后服务覆盖率, goal: 105%}]}
    Good: {text: 毛入园率达到101%。, targets: [{indicator: 高中阶段教育毛入学率, goal: 102%}]}
    """
    for target in all_targets(manuscript):
        goal = target.goal
        if not _SHARE.search(target.indicator) or _MAY_EXCEED.search(target.indicator) or goal.is_change:
            continue
        if goal.unit in ("%", "％") and max(goal.value, goal.upper or goal.value) > _WHOLE:
            message = f"“{target.indicator}”的目标超过100%"
            yield Diagnostic("L502", message, target.place.span("goal"), "核对这个数", Severity.WARNING)
    for stated in _of_prose(manuscript):
        if stated.value > _WHOLE and not _MAY_EXCEED.search(stated.indicator):
            message = f"“{stated.indicator}”超过100%"
            yield Diagnostic("L502", message, stated.span, "核对这个数", Severity.WARNING)


def worse_than_before(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a goal below last year's figure, without a word that says so and for an indicator that is better high.

    Bad: {targets: [{indicator: 学前三年毛入园率, goal: 96%以上, baseline: 97%}]}
    Good: {targets: [{indicator: 大班额比例, goal: 2%以内, baseline: 3%}]}
    """
    for target in all_targets(manuscript):
        goal, found = target.goal, change(target.baseline, target.goal)
        if found is None or found.amount is None or found.amount >= 0 or goal.is_change:
            continue
        down = goal.comparator is Comparator.AT_MOST or _DOWNWARD.search(goal.verb + target.text)
        if not down and not _BETTER_LOW.search(target.indicator):
            message = f"目标“{goal}”比基数“{target.baseline}”低"
            hint = "核对两个数；本来就是要降的，目标写成“下降到”"
            yield Diagnostic("L503", message, target.place.span("goal"), hint, Severity.WARNING)


def other_unit(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a baseline in another unit than the goal, so that the two cannot be compared.

    Bad: {targets: [{indicator: 市级示范园, goal: 达到20所, baseline: 15个}]}
    Good: {targets: [{indicator: 近视率, goal: 下降0.5个百分点, baseline: 52%}]}
    """
    for target in all_targets(manuscript):
        goal, before = target.goal, read_baseline(target.baseline) if target.baseline else None
        relative = goal.is_change and goal.unit in ("%", "％", "个百分点", "个千分点")
        if before and before.unit != goal.unit and not relative and not goal.is_ratio and not before.is_ratio:
            message = f"基数的单位“{before.unit}”与目标的单位“{goal.unit}”不同"
            yield Diagnostic("L504", message, target.place.span("baseline"), "改成同一个单位", Severity.WARNING)


def target_without_lead(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a target of the whole plan or of a section without a responsible unit, where most of them have one.

    Bad: {targets: [{indicator: 甲, goal: 1个, lead: 子}, {indicator: 乙, goal: 1个, lead: 子},
        {indicator: 丙, goal: 1个, lead: 子}, {indicator: 丁, goal: 1个}]}
    Good: {targets: [{indicator: 甲, goal: 1个}, {indicator: 乙, goal: 1个}]}
    """
    yield from _lacking(manuscript, "lead", "L505", "牵头单位")


def target_without_due(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a target of the whole plan or of a section without a due date, where most of them have one.

    Bad: {targets: [{indicator: 甲, goal: 1个, due: 5月}, {indicator: 乙, goal: 1个, due: 5月},
        {indicator: 丙, goal: 1个, due: 5月}, {indicator: 丁, goal: 1个}]}
    Good: {targets: [{indicator: 甲, goal: 1个}, {indicator: 乙, goal: 1个}]}
    """
    yield from _lacking(manuscript, "due", "L506", "时限")


def _lacking(manuscript: Manuscript, name: str, code: str, called: str) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each target outside tasks that lacks a key most of the others have."""
    targets = [*manuscript.plan.targets, *(target for section in manuscript.sections for target in section.targets)]
    without = [target for target in targets if not getattr(target, name)]
    having = len(targets) - len(without)
    if having < 3 or having < 3 * len(without):
        return
    for target in without:
        message = f"指标“{target.indicator}”没有{called}，别的指标大多有"
        yield Diagnostic(code, message, target.place.span("indicator"), f"补上 {name}", Severity.WARNING)


def all_targets(manuscript: Manuscript) -> Iterator[Target]:
    """Yield every target of the plan itself."""
    yield from manuscript.plan.targets
    for section in manuscript.sections:
        yield from section.targets
        for task in section.tasks:
            yield from task.targets
