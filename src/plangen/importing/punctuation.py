"""Marks and blanks as Chinese text has them: half-width ones widened, blanks between characters closed."""

import re
from typing import Final

from plangen.importing.doubts import Doubts
from plangen.importing.traced import Traced

_WIDE: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_HALF: Final = re.compile(r"[,;:?!()]")
_CHINESE: Final = re.compile("[\u4e00-\u9fff，。、；：！？“”‘’《》（）〔〕%]")
_NEAR: Final = 6
"""How many characters around a bracket are looked at for Chinese ones."""

_DOUBLED: Final = re.compile(r"(?P<number>\d[.．])[。．.]|(?P<mark>[。；，])[。；，]+")
_WIDE_SIGNS: Final = "\u4e00-\u9fff，。、；：！？“”‘’《》（）〔〕"
_BLANK: Final = re.compile(
    rf"(?<=[{_WIDE_SIGNS}\d%]) +(?=[{_WIDE_SIGNS}\d])"
    rf"|(?<=[{_WIDE_SIGNS}]) +(?=[A-Za-z])|(?<=[A-Za-z]) +(?=[{_WIDE_SIGNS}])"
)
_BETWEEN_WORDS: Final = re.compile("(?<=[\u4e00-\u9fff]{2}) +(?=[\u4e00-\u9fff]{2})")
_MOST_SHOWN: Final = 5


def widen(text: Traced) -> Traced:
    """Return a text whose marks are full-width next to Chinese characters, and not doubled."""
    text = text.sub(_DOUBLED, lambda found: found["number"] or found["mark"])
    whole = text.text

    def wide(found: re.Match[str]) -> str:
        at, sign = found.start(), found[0]
        before, after = whole[at - 1 : at], whole[at + 1 : at + 2]
        if sign in ",:" and before.isdigit() and after.isdigit():
            return sign
        near = whole[max(0, at - _NEAR) : at + _NEAR + 1] if sign in "()" else before + after
        return _WIDE[sign] if _CHINESE.search(near) else sign

    return text.sub(_HALF, wide)


def close_up(text: Traced) -> Traced:
    """Return a text without blanks beside Chinese characters; official text has none, beside figures neither."""
    return text.strip().sub(_BLANK, lambda _: "")


def doubt_blanks(text: Traced, doubts: Doubts) -> None:
    """Doubt blanks between Chinese words, where one may have been lost."""
    found = list(_BETWEEN_WORDS.finditer(text.text))
    for blank in found[:_MOST_SHOWN]:
        start = max(0, blank.start() - 4)
        shown = text.text[start : blank.end() + 4].replace("\n", " ")
        doubts.add("I013", f"“{shown}”中间的空格删去了", text.part(*blank.span()), "核对是不是少了字")
    if len(found) > _MOST_SHOWN:
        at = text.part(*found[_MOST_SHOWN].span())
        doubts.add("I013", f"汉字之间还有 {len(found) - _MOST_SHOWN} 处空格删去了", at, "核对是不是少了字")
