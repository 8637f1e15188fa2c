"""L6: what belongs to years gone by: measures and plans that have ended; `reference/format.md` §5.6, §5.7."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.dates import tells_of_before
from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Diagnostic
from plangen.plan.calendar import EPIDEMIC_OVER, POVERTY_OVER

_EPIDEMIC: Final = re.compile(
    "(?<![病感物])(?:常态化|新冠(?:肺炎)?|校园)?疫情(?:常态化)?防控(?!经验)|核酸检测|停课不停学|健康码|行程码|新冠|疫情期间|复学复课"
)
_POVERTY: Final = re.compile(
    "脱贫攻坚(?!成果|精神|任务完成)|(?<!原)建档立卡(?!制度)|决胜全面建成小康社会|决战脱贫|教育扶贫"
)
_ENDED_PLAN: Final = re.compile(
    r"(?:计划|规划|方案|纲要|行动|意见)”?（(?P<first>(?:19|20)\d\d)年?[—\-－~～至]{1,2}(?P<last>(?:19|20)\d\d)年?）"
)


def epidemic_leftover(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find measures against COVID-19 in a plan for 2023 or later.

    Bad: 做好常态化疫情防控，落实核酸检测要求。
    Good: 做好流感等传染病防控，总结疫情防控经验。
    """
    if manuscript.plan.year >= EPIDEMIC_OVER:
        yield from _leftovers(manuscript, _EPIDEMIC, "L612", "疫情时的措施")


def poverty_leftover(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find the fight against poverty in a plan for 2021 or later, which speaks of what was reached.

    Bad: 打赢脱贫攻坚战，资助建档立卡学生。
    Good: 巩固拓展脱贫攻坚成果，资助脱贫家庭学生。
    """
    if manuscript.plan.year >= POVERTY_OVER:
        yield from _leftovers(manuscript, _POVERTY, "L613", "2020年以前的提法")


def _leftovers(manuscript: Manuscript, pattern: re.Pattern[str], code: str, what: str) -> Iterator[Diagnostic]:
    for passage in manuscript.passages:
        for found in pattern.finditer(passage.plain):
            if not tells_of_before(passage, found.start()):
                message = f"“{found[0]}”是{what}，计划是{manuscript.plan.year}年的"
                yield passage.warn(code, message, *found.span(), "换成现在的提法，或者删去")


def ended_plan(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a plan or programme to be carried out whose last year is over.

    Bad: 实施特殊教育提升计划（2022—2024年）。
    Good: 总结特殊教育提升计划（2022—2024年），落实《教育强国建设规划纲要（2024—2035年）》。
    """
    year = manuscript.plan.year
    for passage in manuscript.passages:
        for found in _ENDED_PLAN.finditer(passage.plain) if "（" in passage.plain else ():
            if int(found["last"]) < year and not tells_of_before(passage, found.start()):
                message = f"这个计划到{found['last']}年为止，现在是{year}年的计划"
                yield passage.warn("L614", message, *found.span(), "核对有没有新的一期")
