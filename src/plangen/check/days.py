"""L6: days and spans of time that the calendar does not have, and what is celebrated on them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final

from plangen.check.dates import of_other_year
from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Diagnostic, Severity
from plangen.plan.calendar import ANNIVERSARIES, FIXED_DAYS
from plangen.plan.numerals import chinese

_DAY: Final = re.compile(r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_MONTHS: Final = 12
_NAMES: Final = "|".join(f"({fixed.names})" for fixed in FIXED_DAYS)
"""The names of the days, each in a group of its own."""

_NAME_BEFORE: Final = re.compile(f"(?:{_NAMES})[“”‘’]?（(?:每年)?$")
_NAME_AFTER: Final = re.compile(rf"是?[“”‘’]?(?:第\w{{1,4}}个)?(?:全国|全民|国际|国家)*(?:{_NAMES})")
_NEAR: Final = 20
"""Most characters of a name before its date."""

_SPAN: Final = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)年?(?:(?P<month>\d{1,2})月(?:\d{1,2}日)?)?\s*[至到—\-－~～]{1,2}\s*"
    r"(?P<last_year>(?:19|20)\d\d)(?:年(?:(?P<last_month>\d{1,2})月)?|(?=学年))"
)
_ANNIVERSARY: Final = tuple(
    (each, re.compile(rf"(?:{each.names})(?P<ordinal>\d+|[一二三四五六七八九十百零]+)周年")) for each in ANNIVERSARIES
)


def no_such_day(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a day the calendar does not have, in the year it names or else in the year of the plan.

    Bad: 报名时间为6月31日前，2027年2月29日前完成。
    Good: 报名时间为6月30日前，2028年2月29日前完成。
    """
    for passage in manuscript.passages:
        for found in _DAY.finditer(passage.plain):
            year = int(found["year"] or manuscript.plan.year)
            month, day = int(found["month"]), int(found["day"])
            if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year, month)[1]:
                message = f"没有{found[0]}这一天"
                yield passage.warn("L608", message, *found.span(), "核对日期", severity=Severity.ERROR)


def other_day(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a day of celebration with a date that is not its own; see `plan.calendar`.

    Bad: 教师节（9月1日）前完成，12月3日国家宪法日开展宣传。
    Good: 教师节（9月10日）前完成，12月4日国家宪法日开展宣传。
    """
    for passage in manuscript.passages:
        for found in _DAY.finditer(passage.plain):
            before = passage.plain[max(0, found.start() - _NEAR) : found.start()]
            named = _NAME_BEFORE.search(before) or _NAME_AFTER.match(passage.plain, found.end())
            fixed = FIXED_DAYS[named.lastindex - 1] if named and named.lastindex else None
            if fixed and (int(found["month"]), int(found["day"])) != (fixed.month, fixed.day):
                right = f"{fixed.month}月{fixed.day}日"
                yield passage.warn("L609", f"{fixed.name}是{right}", *found.span(), f"改成“{right}”")


def backward_span(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a span of time that ends before it begins.

    Bad: 2027年9月至2027年7月实施。
    Good: 2027年9月至2028年7月实施，2026—2027学年开展，落实《规划（2024—2035年）》。
    """
    for passage in manuscript.passages:
        for found in _SPAN.finditer(passage.plain):
            first = int(found["year"]), int(found["month"] or 0)
            last = int(found["last_year"]), int(found["last_month"] or _MONTHS)
            if last < first:
                yield passage.warn("L610", "结束的时间比开始的早", *found.span(), "核对两个时间")


def wrong_anniversary(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find an anniversary that does not fall into the year of the plan; see `plan.calendar`.

    Bad: 庆祝新中国成立77周年。
    Good: 庆祝新中国成立78周年，纪念建军一百周年。
    """
    year = manuscript.plan.year
    for remembered, pattern in _ANNIVERSARY:
        for passage, found in manuscript.find_all(pattern):
            right, written = year - remembered.year, found["ordinal"]
            if right < 1 or written in (str(right), chinese(right)) or of_other_year(passage, found, year):
                continue
            correct = str(right) if written.isdigit() else chinese(right)
            message = f"{year}年是{remembered.name}{correct}周年"
            yield passage.warn("L611", message, *found.span("ordinal"), f"改成“{correct}”")
