"""The numbers of a plan in its text: signs that look like numbers, and which of them are, by their sequence."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.importing.doubts import Doubts
from plangen.importing.traced import Traced
from plangen.plan.numerals import read_chinese, read_circled

_CHINESE: Final = "[一二三四五六七八九十百]{1,5}"
_HANZI: Final = "\u4e00-\u9fff"
_MEASURES: Final = (
    "年月日号时分秒个所名人次项家条场篇期届批类处套件亿万元米亩平多余%‰度倍组户台辆校班级岁周天种门节课片间座栋支队位例"
    "份本册"
)
"""What follows a figure that counts something."""

_MARK: Final = re.compile(
    rf"(?P<part>第{_CHINESE}(?:部分|章|篇)[、，\s]?)"
    rf"|(?P<ordinal>第{_CHINESE}[，、])"
    rf"|(?P<chinese>{_CHINESE}[、])"
    rf"|(?P<bracketed>[（(]{_CHINESE}[)）])"
    r"|(?P<arabic>\d{1,3}(?:[.．](?!\d)|、))"
    r"|(?P<arabic_bracketed>[（(]\d{1,2}[)）]|\d{1,2}[)）])"
    r"|(?P<circled>[①-⑳])"
)
_LEVELS: Final = {
    "part": 0,
    "chinese": 1,
    "bracketed": 2,
    "ordinal": 3,
    "arabic": 3,
    "arabic_bracketed": 4,
    "circled": 5,
    "bare": 3,
}
"""The level a sign shows, the layers of GB/T 9704-2012 §7.3.3 being 1 to 4."""

LAST_LEVEL: Final = 5
PLAIN: Final = 1
"""The level of a heading without a number, where sections have none."""

_BARE: Final = re.compile(rf"(?m)(?:^|(?<=[。；]))(?P<bare>\d{{1,2}})(?=[{_HANZI}])(?!\d{{0,2}}[{_MEASURES}])")
_BEFORE_CLAUSES: Final = re.compile(
    r"(?<=[。！？\n])(?=[^\n，。、；：]{2,16}(?:，[^\n，。、；：]{2,16})?\n(?:一[是要]|第一[，、]))"
)
"""Where a heading without a number begins that has clauses below it, behind a sentence whose line did not end."""

_LINE: Final = re.compile("(?m)^(?=.)")
_PLAIN_HEADING: Final = re.compile(r"(?m)^(?=[^\n，。、；：]{2,16}(?:，[^\n，。、；：]{2,16})?\n.{60,})")
_PLAIN_SECTIONS: Final = re.compile(rf"(?m)^(?:{_CHINESE}、|第{_CHINESE}(?:部分|章))")
_BEGINS_TEXT: Final = re.compile(rf"\s*[“《〈（(「{_HANZI}A-Za-z]")
_LINE_MARK: Final = re.compile(rf"\s*(?:{_MARK.pattern}|\d{{1,2}}(?=[{_HANZI}])(?!\d{{0,2}}[{_MEASURES}]))")
_LAST_IN_HEADING: Final = 3
"""The lowest level whose number may stand right behind the heading of a section."""

_LONGEST_HEADING: Final = 45
"""How far behind the number of a section the number of its first entry may stand, its heading between them."""


class Mark(NamedTuple):
    """A number: its level, the number, and where its sign starts and ends (exclusive) in the text."""

    level: int
    number: int
    start: int
    end: int
    plain: bool = False
    """Whether there is no sign: a heading that bears no number."""
    first: bool = True
    """Whether the number stands first in its paragraph."""


def opens_entry(line: str) -> bool:
    """Whether a line begins with what looks like a number."""
    return _LINE_MARK.match(line) is not None


def has_numbered_sections(text: str) -> bool:
    """Whether any line of a text begins with the number of a section."""
    return _PLAIN_SECTIONS.search(text) is not None


def find_marks(text: Traced, doubts: Doubts, headings: frozenset[int] = frozenset()) -> list[Mark]:
    """Return the numbers of a text whose paragraphs stand one a line, in order.

    `headings` are the offsets of paragraphs that the document calls headings; where sections have no numbers they are
    the sections.
    """
    scan = _Scan(text, doubts)
    for candidate in sorted(_candidates(text, headings), key=lambda each: (each.start, each.level, each.plain)):
        scan.judge(candidate)
    return scan.marks


def _candidates(traced: Traced, headings: frozenset[int]) -> Iterator[Mark]:
    text = traced.text
    for pattern in (_MARK, _BARE):
        for found in pattern.finditer(text):
            name = str(found.lastgroup)
            number = _number(found[0])
            if number:
                yield Mark(_LEVELS[name], number, found.start(), found.end())
    if has_numbered_sections(text):
        return
    known = [found.start() for found in _LINE.finditer(text) if traced.offsets[found.start()] in headings]
    plain = [found.start() for pattern in (_PLAIN_HEADING, _BEFORE_CLAUSES) for found in pattern.finditer(text)]
    for start in known or sorted({start for start in plain if start}):
        yield Mark(PLAIN, 0, start, start, plain=True)


def _number(sign: str) -> int | None:
    digits = re.sub(r"\D", "", sign)
    if digits and digits.isascii():
        return int(digits)
    return read_circled(sign) or read_chinese("".join(re.findall("[一二三四五六七八九十百]", sign)))


class _Scan:
    """Goes through the candidates in order and keeps those that go on counting."""

    def __init__(self, text: Traced, doubts: Doubts) -> None:
        self._traced = text
        self._text = text.text
        self._doubts = doubts
        self._last = [0] * (LAST_LEVEL + 1)
        self.marks: list[Mark] = []

    def judge(self, mark: Mark) -> None:
        """Accept a candidate or not."""
        if mark.plain:
            if not _LINE_MARK.match(self._text, mark.start):
                self._accept(mark._replace(number=self._last[PLAIN] + 1))
        elif self._stands_like_a_number(mark):
            self._judge_sequence(mark._replace(first=self._opens_line(mark)))

    def _stands_like_a_number(self, mark: Mark) -> bool:
        """Whether a candidate stands where numbers stand, and is followed by what they are followed by."""
        if self.marks and mark.start < self.marks[-1].end:
            return False
        if not _BEGINS_TEXT.match(self._text, mark.end) and not self._stands_alone(mark):
            return False
        if self._text[mark.start] == "第" and mark.level:
            return self._opens_line(mark)
        return self._opens_line(mark) or self._may_follow(mark)

    def _judge_sequence(self, mark: Mark) -> None:
        """Accept a candidate that goes on counting, with a doubt where something is missing."""
        last = self._last[mark.level]
        at = self._traced.part(mark.start, mark.end)
        if at.text.isdecimal():
            if mark.number not in (1, last + 1):
                return
            message = f"“{self._shown(mark)}”编号后面没有点，按第 {mark.number} 条处理"
            self._doubts.add("I011", message, at, noted=True)
        elif mark.number not in (1, last + 1):
            if mark.level > 1 and not last < mark.number <= last + 2:
                self._doubts.add("I010", f"“{self._shown(mark)}”像编号，但接不上，当作正文", at)
                return
            message = f"编号不连续：“{self._shown(mark)}”，上一个是 {last}，排版时会重新编号"
            self._doubts.add("I010", message, at, "核对是不是少了一条", noted=True)
        self._accept(mark)

    def _opens_line(self, mark: Mark) -> bool:
        return mark.start == 0 or self._text[mark.start - 1] == "\n"

    def _may_follow(self, mark: Mark) -> bool:
        """Whether a number may stand within a paragraph where a candidate does: after a sentence, or in a heading."""
        before, last = self._text[mark.start - 1], self._last[mark.level]
        if self._text[mark.start : mark.end].isdecimal():
            return mark.number == last + 1 > 1
        after_sentence = before in "。；！？ ："
        due = mark.number in (1, last + 1)
        if mark.level <= 1:
            return after_sentence and mark.number == last + 1 > 1
        if mark.level > _LAST_IN_HEADING:
            return after_sentence and due
        skipped = mark.level == _LAST_IN_HEADING and before in "。；" and last < mark.number <= last + 2
        return (after_sentence and due) or (self._in_heading(mark) and due) or skipped

    def _in_heading(self, mark: Mark) -> bool:
        """Whether nothing but a heading stands between the number of a section and a candidate."""
        last = self.marks[-1] if self.marks else None
        if last is None or last.level > 2 or mark.start - last.end > _LONGEST_HEADING:
            return False
        return not any(sign in self._text[last.end : mark.start] for sign in "。；")

    def _stands_alone(self, mark: Mark) -> bool:
        """Whether a number has its line to itself."""
        return self._text[mark.end : mark.end + 2].strip(" 。.") == "" and mark.end < len(self._text)

    def _accept(self, mark: Mark) -> None:
        gap = self._text[self.marks[-1].end : mark.start].rstrip() if self.marks else ""
        if gap.endswith(("，", "、")):
            at = self._traced.part(max(0, mark.start - 6), mark.start)
            self._doubts.add("I012", f"上一条没有写完：…{gap[-6:]}", at, "对照原件补上", noted=True)
        self._last[mark.level] = mark.number
        for below in range(mark.level + 1, LAST_LEVEL + 1):
            if not (below == 3 and mark.level <= 2):  # 1. may run on across （一） and 一、
                self._last[below] = 0
        self.marks.append(mark)

    def _shown(self, mark: Mark) -> str:
        return self._text[mark.start : mark.end + 6].split("\n")[0]
