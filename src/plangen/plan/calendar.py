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
)


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
