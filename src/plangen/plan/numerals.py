"""Numbers as Chinese documents write them: 一百零一, 12, １２, ⑫."""

from collections.abc import Callable
from typing import Final, NamedTuple

_DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_CIRCLES: Final = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
"""First number, last number and code point of the first: the three Unicode runs of ①–⑳, ㉑–㉟, ㊱–㊿."""

LAST_CHINESE: Final = 9999


class NumeralRangeError(ValueError):
    """A numeral system has no sign for this number."""


def chinese(number: int) -> str:
    """Return 一 … 十 … 十一 … 一百零一 … for 1 to 9999; raise `NumeralRangeError` beyond."""
    if not 1 <= number <= LAST_CHINESE:
        raise NumeralRangeError(f"汉字编号只能从一到{LAST_CHINESE}")
    written, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            written += ("零" if gap else "") + _DIGITS[digit] + _UNITS[power]
            gap = False
        else:
            gap = bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written


def circled(number: int) -> str:
    """Return ① to ㊿ for 1 to 50; raise `NumeralRangeError` beyond, since Unicode has no further ones."""
    for first, last, code_point in _CIRCLES:
        if first <= number <= last:
            return chr(code_point + number - first)
    raise NumeralRangeError(f"带圈数字只有①到㊿，第{number}个没有")


def full_width(number: int) -> str:
    """Return the number in full-width Arabic digits."""
    return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))


class Numeral(NamedTuple):
    """A numeral system: its name, and what writes a number in it or raises `NumeralRangeError`."""

    name: str
    write: Callable[[int], str]


FIRST_NUMERALS: Final = {
    "一": Numeral("chinese", chinese),
    "1": Numeral("arabic", str),
    "①": Numeral("circled", circled),
    "１": Numeral("full-width", full_width),
}
"""How each system writes its first number, and the system."""


def read_chinese(written: str) -> int | None:
    """Return the number that `chinese` writes so, `None` if it writes none so; 一十 to 一十九 count as 十 to 十九."""
    number = 0
    digit = 1
    for sign in written:
        if sign in _UNITS[1:]:
            number += (digit or 1) * 10 ** _UNITS.index(sign)
            digit = 0
        elif sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            return None
    number += digit if written and written[-1] in _DIGITS else 0
    same = 1 <= number <= LAST_CHINESE and chinese(number) == written.removeprefix(
        "一" if written[:2] == "一十" else ""
    )
    return number if same else None


def read_circled(written: str) -> int | None:
    """Return the number of a circled sign, `None` for anything else."""
    for first, last, code_point in _CIRCLES:
        if len(written) == 1 and code_point <= ord(written) <= code_point + last - first:
            return first + ord(written) - code_point
    return None
