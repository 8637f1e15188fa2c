"""The characters of a text as plans have them: white space, widths, traditional forms; every step may be doubted."""

import re
from collections.abc import Callable
from typing import Final

from plangen.importing.doubts import Doubts
from plangen.importing.traced import Traced

_INVISIBLE: Final = re.compile(
    "[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_BREAKS: Final = re.compile("\r\n|\r|\x0b|\x0c|\u2028|\u2029|\x85")
_BLANKS: Final = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_FULL_WIDTH: Final = re.compile("[０-９Ａ-Ｚａ-ｚ％＋]|(?<=[0-9０-９])．(?=[0-9０-９])")
_WIDTH: Final = 0xFEE0
"""How far full-width forms are from ASCII in Unicode."""

_GLOSS_ONLY: Final = r"[(（][a-zɡāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňḿ]{1,7}[)）]"
_GLOSS: Final = re.compile(rf"(?<=[\u4e00-\u9fff]){_GLOSS_ONLY}")
"""The pronunciation that web pages put behind characters."""

_MANY_GLOSSES: Final = 20
"""So many glosses are the work of a program, and not of the author."""

_LOST: Final = re.compile(r"\ufffd+")
_LOST_AMONG_GLOSSES: Final = re.compile(rf"\ufffd+|\?|[A-Z]{_GLOSS_ONLY}")
"""What stands where characters were lost on the way; a page that has glosses loses some of them that way."""


def normalise(text: Traced, doubts: Doubts) -> Traced:
    """Return a text with the characters that plans are written in."""
    text = text.sub(_BREAKS, lambda _: "\n").sub(_INVISIBLE, lambda _: "").sub(_BLANKS, lambda _: " ")
    text = text.sub(_FULL_WIDTH, lambda found: chr(ord(found[0]) - _WIDTH))
    glossed = len(_GLOSS.findall(text.text)) > _MANY_GLOSSES
    for found in (_LOST_AMONG_GLOSSES if glossed else _LOST).finditer(text.text):
        around = text.text[max(0, found.start() - 4) : found.end() + 4].replace("\n", " ")
        doubts.add("I004", f"“{around}”这里像是丢了字", text.part(*found.span()), "对照原件补上", noted=True)
    return _simplified(_without_glosses(text, doubts) if glossed else text, doubts)


def _without_glosses(text: Traced, doubts: Doubts) -> Traced:
    glosses = [text.part(*found.span()) for found in _GLOSS.finditer(text.text)]
    doubts.add("I003", f"删去了 {len(glosses)} 处夹注的拼音", glosses[0], "核对有没有误删", dropped=glosses)
    return text.sub(_GLOSS, lambda _: "")


def _simplified(text: Traced, doubts: Doubts) -> Traced:
    """Return a text in simplified characters, if it is in traditional ones and a converter is there."""
    traditional = sum(text.text.count(character) for character in _TRADITIONAL)
    if traditional * _SCARCE < len(text.text):
        return text
    convert = _converter()
    if convert is None:
        hint = "pip install 'plangen[import]' 以后再导入一次"
        doubts.add("I005", "文字是繁体，没有转成简体", text.part(0, 1), hint)
        return text
    doubts.add("I005", "文字是繁体，已经转成简体", text.part(0, 1), "核对专名和一繁对多简的字")
    simplified = convert(text.text)
    if len(simplified) != len(text.text):  # phrases of other lengths: one character at a time keeps the places
        simplified = "".join(convert(character)[:1] or character for character in text.text)
    return Traced(_ZHE.sub("着", simplified), text.offsets)


_ZHE: Final = re.compile("(?<![显專专名編编論论原土卓昭巨譯译])著(?![名作录錄称稱述者])")
"""A 著 that is 着 in simplified text; the converter leaves both."""

_TRADITIONAL: Final = "學習業務實關們這個導發黨會動進對開員設園強"
"""Characters that no text in simplified ones has, frequent in plans."""

_SCARCE: Final = 200
"""A text in traditional characters has one of these in so many."""


def _converter() -> Callable[[str], str] | None:
    try:
        from opencc import OpenCC  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        return None
    converted: Callable[[str], str] = OpenCC("t2s").convert
    return converted
