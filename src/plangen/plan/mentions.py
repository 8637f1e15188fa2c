"""How prose mentions what depends on the year: years, counted events, five-year plans, meetings (`plan.calendar`)."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.plan.calendar import CONGRESSES, COUNTED_EVENTS, five_year_plan
from plangen.plan.numerals import chinese, read_chinese

YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
"""Four digits that may be a year; group 1 is the year."""

SCHOOL_YEAR: Final = re.compile("学年")
"""In the title of a plan: it is for a school year, which ends in the year after its own."""

BOOK_TITLE: Final = re.compile("《[^》]{0,80}》")
"""The title of a document."""

ORDINAL: Final = r"第\s*(\d+|[一二三四五六七八九十百]+)\s*"
"""第42, 第四十二: the beginning of a pattern; its group is the number."""

_AROUND: Final = r"[个届次][“‘]?(?:全国|全民|全市|全省|全县)*"
COUNTED: Final = tuple((event, re.compile(f"{ORDINAL}{_AROUND}(?:{event.names.pattern})")) for event in COUNTED_EVENTS)
"""The counted events, each with how prose numbers it; group 1 is the number."""

_FIVE_YEARS: Final = "(?<![一二三四五六七八九])十([一二三四五六七八九])五"
_LABEL: Final = re.compile(_FIVE_YEARS + '[”’"]?[^，。；：“]{0,12}?(开局|收官)(?:之年|年)')
_PLAN_BASE: Final = 10
_LAST_PLAN: Final = 20
"""Five-year plans between these are called by a digit between 十 and 五."""

CONGRESS: Final = re.compile(f"(?<=党的)(?:{'|'.join(meeting.name for meeting in CONGRESSES)})")
"""A congress of the Party."""

_PLENUMS: Final = re.compile(r"(?<![省市县区委])(十九|二十)届((?:[一二三四五六七]中[、和])*[一二三四五六七]中)全会")
_PLENUM: Final = re.compile("[一二三四五六七]中")


class FiveYearPlan(NamedTuple):
    """A mention of a five-year plan: its digit (五 of 十五五) stands at `digit`; `found` is the whole of it."""

    found: re.Match[str]

    @property
    def digit(self) -> tuple[int, int]:
        """Where the digit stands that tells the plans apart."""
        return self.found.span(1)

    @property
    def number(self) -> int:
        """Which five-year plan it is: 15 of 十五五."""
        return _PLAN_BASE + (read_chinese(self.found[1]) or 0)

    @property
    def name(self) -> str:
        """What it is called, without quotes."""
        return f"十{self.found[1]}五"

    @property
    def years(self) -> tuple[int, int]:
        """Its first and its last year."""
        return five_year_plan(self.number)


class FiveYearLabel(NamedTuple):
    """开局之年 or 收官之年 of a five-year plan."""

    plan: FiveYearPlan

    @property
    def word(self) -> str:
        """开局 or 收官."""
        return self.plan.found[2]

    @property
    def year(self) -> int:
        """The year that is meant."""
        first, last = self.plan.years
        return first if self.word == OPENING else last


OPENING: Final = "开局"
CLOSING: Final = "收官"
"""The words for the first and the last year of a five-year plan."""


def five_year_plans(text: str, followed_by: str = "") -> Iterator[FiveYearPlan]:
    """Yield the five-year plans a text mentions; `followed_by` is a pattern of what must follow."""
    return map(FiveYearPlan, re.finditer(_FIVE_YEARS + followed_by, text))


def five_year_labels(text: str) -> Iterator[FiveYearLabel]:
    """Yield the first and last years of five-year plans that a text mentions."""
    return (FiveYearLabel(FiveYearPlan(found)) for found in _LABEL.finditer(text))


def five_year_digit(number: int) -> str:
    """Return the digit of a five-year plan: 五 for the 15th; "" beyond the 19th."""
    return chinese(number - _PLAN_BASE) if _PLAN_BASE < number < _LAST_PLAN else ""


class MentionedMeeting(NamedTuple):
    """A meeting by its full name, and where it is mentioned; `alone` says that it is not one of several in a row."""

    name: str
    start: int
    end: int
    alone: bool


def meetings(text: str) -> Iterator[MentionedMeeting]:
    """Yield the congresses, then the plenums a text mentions."""
    for found in CONGRESS.finditer(text):
        yield MentionedMeeting(found[0], *found.span(), alone=True)
    for found in _PLENUMS.finditer(text):
        row = list(_PLENUM.finditer(found[2]))
        for each in row:
            start = found.start(2)
            name = f"{found[1]}届{each[0]}全会"
            yield MentionedMeeting(name, start + each.start(), start + each.end(), alone=len(row) == 1)
