"""Dates as drafters write them: exact ones are understood, impossible ones are found out, the rest is left as text."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_MONTH = re.compile(r"(?:(\d{4})[-年])?(\d{1,2})(?:$|月)(?:(\d{1,2})日)?")
_QUARTER = re.compile(r"\d{4}-?[Qq](\d)$|(?:\d{4}年)?第?([0-9一二三四五六七八九十])季度")
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
    """Raise `DateError` when a due date is shaped like a date, month or quarter that does not exist."""
    if _DAY.fullmatch(written):
        parse_date(written)
    elif quarter := _QUARTER.match(written):
        if (quarter[1] or quarter[2]) not in "1234一二三四":
            raise DateError(f"“{written}”：一年只有四个季度")
    elif month := _MONTH.match(written):
        _day(int(month[1] or _LEAP_YEAR), int(month[2]), int(month[3] or 1), written)


def _day(year: int, month: int, day: int, written: str) -> "date":
    if not 1 <= month <= _MONTHS:
        raise DateError(f"“{written}”：没有{month}月")
    from datetime import date  # noqa: PLC0415 - a plan without exact dates does without

    try:
        return date(year, month, day)
    except ValueError:
        raise DateError(f"“{written}”这一天不存在") from None
