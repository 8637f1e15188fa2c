"""Dates as drafters write them: exact ones are understood, impossible ones are found out, the rest is left as text."""

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

DAY_PATTERN = r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
"""How a day is written, whether the calendar has it or not."""

_DAY = re.compile(DAY_PATTERN)
_BARE_MONTH = re.compile(r"\d{1,2}")
_SEPARATED = re.compile(r"(?<!\d)(\d{4})[-/／.．](\d{1,2})(?:[-/／.．](\d{1,2}))?(?!\d)")
_RUN_TOGETHER = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(\d\d)(\d\d)(?!\d)")
_IN_WORDS = re.compile(r"(?:(?<!\d)(\d{4})年|(?<!\d))(\d{1,2})月(?:(\d{1,2})(?=[日号前]|$))?")
_CHINESE = re.compile("(十[一二三四五六七八九]?|[一二三四五六七八九])月(?:([一二三四五六七八九十]{1,3})[日号])?")
_QUARTER = re.compile(r"\d{4}-?[Qq](\d)$|([0-9一二三四五六七八九十])季度")
_WHOLE_MONTH = re.compile(r"(\d{4})(?:-(\d{1,2})|年(\d{1,2})月)")
_WHOLE_QUARTER = re.compile(r"(\d{4})(?:-?[Qq]([1-4])|年第?([1-4一二三四])季度)")
_QUARTERS = "一二三四"
_MONTHS = 12
_LEAP_YEAR = 2028
"""Stands in where a drafter wrote no year, so that 2月29日 is not called impossible."""


class DateError(ValueError):
    """A date that does not exist or is not written as one; the message is for the drafter."""


def parse_date(written: str) -> "date":
    """Return the day meant by `2027-02-18` or `2027年2月18日`; raise `DateError` for anything else."""
    found = _DAY.fullmatch(written)
    if not found:
        raise DateError(f"“{written}”不是日期")
    year, month, day = (int(part) for part in found.groups() if part)
    return _day(year, month, day, written)


def check_due(written: str) -> None:
    """Raise `DateError` when a due date names a day, a month or a quarter that does not exist, in whichever form.

    A day without a year may be that of any year: 2月29日 is possible.
    """
    if _BARE_MONTH.fullmatch(written):
        _day(_LEAP_YEAR, int(written), 1, written)
    for pattern in (_SEPARATED, _RUN_TOGETHER, _IN_WORDS):
        for year, month, day in pattern.findall(written):
            _day(int(year or _LEAP_YEAR), int(month), int(day or 1), written)
    for month, day in _CHINESE.findall(written):
        _day(_LEAP_YEAR, _number(month), _number(day or "一"), written)
    for in_letters, in_words in _QUARTER.findall(written):
        if (in_letters or in_words) not in "1234一二三四":
            raise DateError(f"“{written}”：一年只有四个季度")


def _number(written: str) -> int:
    """Return a number up to 99 written in Chinese; 0, which no calendar has, for anything else."""
    from plangen.plan.numerals import chinese  # noqa: PLC0415 - see `_day`

    return next((number for number in range(1, 100) if chinese(number) == written), 0)


class Due(NamedTuple):
    """A due date as read.

    `text` is how an official writes it. `day` is the last day that is in time – of a month or a quarter its last one –
    and `None` where the text names no such day.
    """

    text: str
    day: "date | None" = None


def read_due(written: str) -> Due:
    """Read a due date that `check_due` accepts: days, months and quarters of a year are understood, the rest is kept.

    `2027-08` is 2027年8月, `2027-06-30` 2027年6月30日, `2027-Q3` 2027年第三季度.
    """
    if _DAY.fullmatch(written):
        day = parse_date(written)
        return Due(f"{day.year}年{day.month}月{day.day}日", day)
    if month := _WHOLE_MONTH.fullmatch(written):
        year, number = int(month[1]), int(month[2] or month[3])
        return Due(f"{year}年{number}月", _last_day(year, number))
    if quarter := _WHOLE_QUARTER.fullmatch(written):
        sign = quarter[2] or quarter[3]
        number = int(sign) if sign.isdigit() else _QUARTERS.index(sign) + 1
        return Due(f"{quarter[1]}年第{_QUARTERS[number - 1]}季度", _last_day(int(quarter[1]), 3 * number))
    return Due(written)


def _last_day(year: int, month: int) -> "date | None":
    """Return the last day of a month; `None` for the year 0000, which no calendar has."""
    from calendar import monthrange  # noqa: PLC0415 - see `_day`
    from datetime import date  # noqa: PLC0415

    return date(year, month, monthrange(year, month)[1]) if year else None


def _day(year: int, month: int, day: int, written: str) -> "date":
    if not 1 <= month <= _MONTHS:
        raise DateError(f"“{written}”：没有{month}月")
    from datetime import date  # noqa: PLC0415 - a plan without exact dates does without

    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"“{written}”这一天不存在") from None
