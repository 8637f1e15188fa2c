"""What depends on the year: five-year plans, the Party's meetings, the days, weeks and months that are counted.

Facts with their evidence, from `reference/format.md` section 5 (the tags in square brackets are its sources). A fact
that is not sure is not here: what is missing is not checked.
"""

import re
from datetime import date
from typing import Final, NamedTuple

_FIRST_YEAR_OF_THE_TWELFTH: Final = 2011
_YEARS: Final = 5


def five_year_plan(number: int) -> tuple[int, int]:
    """Return the first and the last year of the `number`-th five-year plan: of the 15th 2026 and 2030 [Y1]."""
    first = _FIRST_YEAR_OF_THE_TWELFTH + _YEARS * (number - 12)
    return first, first + _YEARS - 1


class CountedEvent(NamedTuple):
    """A day, week or month that is counted year by year: the ordinal is the year less `base`.

    `names` matches what it is called, `counted` is the word it is counted with (第43个, 第30届).
    """

    name: str
    names: re.Pattern[str]
    base: int
    counted: str

    def ordinal(self, year: int) -> int:
        """Return which one takes place in a year; below 1 there is none."""
        return year - self.base


def _event(name: str, names: str, base: int, counted: str = "个") -> CountedEvent:
    return CountedEvent(name, re.compile(names), base, counted)


COUNTED_EVENTS: Final = (
    _event("教师节", "教师节", 1984),  # 2020: 36, 2024: 40, 2025: 41 [Y14]
    _event("全国推广普通话宣传周", "推广普通话宣传周|推普宣传周|推普周", 1997, "届"),  # 2018: 21, 2025: 28 [Y15]
    _event("全民终身学习活动周", "全民终身学习活动周", 2004, "届"),  # 2018: 14, 2024: 20 [Y16]
    _event("全国学前教育宣传月", "学前教育宣传月", 2011),  # 2019: 8, 2024: 13, 2025: 14 [Y17]
    _event("全国中小学生安全教育日", "(?:中小学生)?安全教育日", 1995),  # 2019: 24, 2021: 26, 2025: 30 [Y18]
    _event("全民国家安全教育日", "国家安全教育日", 2015),  # 2021: 6, 2024: 9, 2025: 10 [Y19]
    _event("国家宪法日", "国家宪法日", 2013),  # 2021: 8, 2025: 12 [Y20]
    _event("宪法宣传周", "宪法宣传周", 2017),  # 2021: 4, 2024: 7, 2025: 8 [Y20]
    _event("学生“学宪法 讲宪法”活动", "学生“学宪法[ 、]?讲宪法”活动", 2015, "届"),  # 2023: 8, 2024: 9 [Y20]
    _event("职业教育活动周", "职业教育活动周", 2014, "届"),  # 2017: 第三年, 2024: 十周年 [Y21]
)


class FixedDay(NamedTuple):
    """A day that falls on the same date every year; `names` matches what it is called."""

    name: str
    names: str
    month: int
    day: int


FIXED_DAYS: Final = (
    FixedDay("教师节", "教师节", 9, 10),
    FixedDay("全民国家安全教育日", "全民国家安全教育日|国家安全教育日", 4, 15),
    FixedDay("国家宪法日", "国家宪法日|宪法日", 12, 4),
    FixedDay("全国爱眼日", "爱眼日", 6, 6),
    FixedDay("植树节", "植树节", 3, 12),
    FixedDay("青年节", "(?:五四)?青年节", 5, 4),
    FixedDay("儿童节", "(?:六一)?(?:国际)?儿童节", 6, 1),
    FixedDay("国庆节", "国庆节", 10, 1),
    FixedDay("全国防灾减灾日", "防灾减灾日", 5, 12),
    FixedDay("全国消防日", "消防日", 11, 9),
    FixedDay("烈士纪念日", "烈士纪念日", 9, 30),
    FixedDay("国家公祭日", "国家公祭日", 12, 13),
)
"""§5.4 for the first four; the others by 全国年节及纪念日放假办法, 森林法, 消防法, 英雄烈士保护法 and decisions of the
State Council and the National People's Congress."""


class Anniversary(NamedTuple):
    """What is remembered, and the year it happened: its 周年 is the year less that one."""

    name: str
    names: str
    year: int


ANNIVERSARIES: Final = (
    Anniversary("新中国成立", "新中国成立|中华人民共和国成立|建国", 1949),  # 2024: 75 [Y24]
    Anniversary("中国共产党成立", "中国共产党成立|建党", 1921),  # 2021: 100 [Y19]
    Anniversary("抗战胜利", "抗战胜利|抗日战争(?:暨世界反法西斯战争)?胜利", 1945),  # 2015: 70 [Y25], 2025: 80 [Y1]
    Anniversary("改革开放", "改革开放", 1978),  # 2018: 40 [Y21]
    Anniversary("现行宪法公布施行", "现行宪法(?:公布施行|颁布实施|公布|施行|颁布)", 1982),  # 2022: 40 [Y20]
    Anniversary("建军", "建军|中国人民解放军建军", 1927),
    Anniversary("五四运动", "五四运动", 1919),
    Anniversary("红军长征胜利", "长征胜利", 1936),
)
"""§5.5."""

EPIDEMIC_OVER: Final = 2023
"""The first year whose plans have no measures against COVID-19 any more, §5.7."""

POVERTY_OVER: Final = 2021
"""The first year whose plans speak of what was reached against poverty and not of the fight, §5.7."""


class Meeting(NamedTuple):
    """A congress of the Party or a plenum of its Central Committee, and the day it ended."""

    name: str
    ended: date


CONGRESSES: Final = (
    Meeting("十八大", date(2012, 11, 14)),  # [Y8]
    Meeting("十九大", date(2017, 10, 24)),  # [Y8]
    Meeting("二十大", date(2022, 10, 22)),  # [Y8]
)
"""The congresses, in order. The next one is expected in 2027, its day is not known."""

PLENUMS: Final = (
    Meeting("十九届二中全会", date(2018, 1, 19)),
    Meeting("十九届三中全会", date(2018, 2, 28)),
    Meeting("十九届四中全会", date(2019, 10, 31)),  # [Y9]
    Meeting("十九届五中全会", date(2020, 10, 29)),
    Meeting("十九届六中全会", date(2021, 11, 11)),  # [Y8]
    Meeting("十九届七中全会", date(2022, 10, 12)),
    Meeting("二十届一中全会", date(2022, 10, 23)),  # [Y10]
    Meeting("二十届二中全会", date(2023, 2, 28)),  # [Y10]
    Meeting("二十届三中全会", date(2024, 7, 18)),  # [Y10]
    Meeting("二十届四中全会", date(2025, 10, 23)),  # [Y1]
)
"""The plenums, in order."""
