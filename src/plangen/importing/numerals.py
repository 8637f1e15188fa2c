"""Numbers as Word's lists write them: `w:numFmt` of ECMA-376 Part 1, 17.18.59, as far as Chinese documents use it."""

from collections.abc import Callable
from typing import Final

from plangen.plan.numerals import NumeralRangeError, chinese, circled, full_width

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN: Final = 3999
_LARGEST_LETTERS: Final = 780
"""Largest number Word writes in letters: thirty times z."""
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_FINANCIAL: Final = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")


def written(number: int, form: str) -> str:
    """Return a number as a list of a number format shows it; where the format does not reach so far, in digits."""
    write = _FORMS.get(form, str)
    try:
        return write(number)
    except NumeralRangeError:
        return str(number)


def _letters(number: int) -> str:
    """Return a … z, aa … zz, aaa …: Word repeats the letter."""
    if not 1 <= number <= _LARGEST_LETTERS:
        raise NumeralRangeError
    turns, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turns + 1)


def _roman(number: int) -> str:
    if not 1 <= number <= _LARGEST_ROMAN:
        raise NumeralRangeError
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _run(first: str, count: int) -> Callable[[int], str]:
    """Return what writes 1 to `count` with consecutive characters from `first` on."""

    def write(number: int) -> str:
        if not 1 <= number <= count:
            raise NumeralRangeError
        return chr(ord(first) + number - 1)

    return write


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "bullet": lambda _: "•",
    "none": lambda _: "",
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": full_width,
    "decimalFullWidth2": full_width,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "numberInDash": lambda number: f"- {number} -",
    "ideographEnclosedCircle": _run("㊀", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: str(number).translate(_DIGITS),
    "japaneseDigitalTenThousand": lambda number: str(number).translate(_DIGITS),
    "taiwaneseDigital": lambda number: str(number).translate(_DIGITS),
    "chineseLegalSimplified": lambda number: chinese(number).translate(_FINANCIAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
"""What writes the numbers of a format; formats that are not here are shown in digits."""
