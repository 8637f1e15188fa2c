"""The numbers of a plan in its text: signs that look like numbers, and which of them are, by their sequence."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.importing.doubts import Doubts
from plangen.importing.traced import Traced
from plangen.plan.numerals import read_chinese, read_circled

_CHINESE: Final = "[一二三四五六七八九十百]{1,5}"
_HANZI: Final = "\u4e00-\u9fff"
_MEASURES: Final = "年月日号时分秒个所名人次项家条场篇期届批类处套件亿万元米亩平多余%‰度倍组户台辆校班级岁周天种门节课片间座栋支队位例份本册"
"""What follows a figure that counts something."""

_MARK: Final = re.compile(
    rf"(?P<part>第{_CHINESE}(?:部分|章|篇)[、，\s]?)"
    rf"|(?P<chinese>{_CHINESE}[、])"
    rf"|(?P<bracketed>[（(]{_CHINESE}[)）])"
    r"|(?P<arabic>\d{1,3}(?:[.．](?!\d)|、))"
    r"|(?P<arabic_bracketed>[（(]\d{1,2}[)）]|\d{1,2}[)）])"
    r"|(?P<circled>[①-⑳])"
)
_LEVELS: Final = {"part": 0, "chinese": 1, "bracketed": 2, "arabic": 3, "arabic_bracketed": 4, "circled": 5, "bare": 3}
"""The level a sign shows, the layers of GB/T 9704-2012 §7.3.3 being 1 to 4."""

LAST_LEVEL: Final = 5
PLAIN: Final = 1
"""The level of a heading without a number, where sections have none."""

_BARE: Final = re.compile(rf"(?m)^(?P<bare>\d{{1,2}})(?=[{_HANZI}])(?!\d{{0,2}}[{_MEASURES}])")
_PLAIN_HEADING: Final = re.compile(r"(?m)^(?=([^\n，。、；：]{4,20})\n(.{60,}))")
_PLAIN_SECTIONS: Final = re.compile(rf"(?m)^(?:{_CHINESE}、|第{_CHINESE}(?:部分|章))")
_BEGINS_TEXT: Final = re.compile(rf"\s*[“《〈（(「{_HANZI}A-Za-z]")
_LINE_MARK: Final = re.compile(rf"\s*(?:{_MARK.pattern}|\d{{1,2}}(?=[{_HANZI}])(?!\d{{0,2}}[{_MEASURES}]))")
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


def find_marks(text: Traced, doubts: Doubts) -> list[Mark]:
    """Return the numbers of a text whose paragraphs stand one a line, in order."""
    scan = _Scan(text, doubts)
    for candidate in sorted(_candidates(text.text), key=lambda each: (each.start, each.level)):
        scan.judge(candidate)
    return scan.marks


def _candidates(text: str) -> Iterator[Mark]:
    for pattern in (_MARK, _BARE):
        for found in pattern.finditer(text):
            name = str(found.lastgroup)
            number = _number(found[0])
            if number:
                yield Mark(_LEVELS[name], number, found.start(), found.end())
    if not _PLAIN_SECTIONS.search(text):
        for found in _PLAIN_HEADING.finditer(text):
            if found.start():
                yield Mark(PLAIN, 0, found.start(), found.start(), plain=True)


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
            self._accept(mark._replace(number=self._last[PLAIN] + 1))
            return
        if self.marks and mark.start < self.marks[-1].end:
            return
        if not _BEGINS_TEXT.match(self._text, mark.end) and not self._stands_alone(mark):
            return
        due = mark.number in (1, self._last[mark.level] + 1)
        opens = mark.start == 0 or self._text[mark.start - 1] == "\n"
        bare = self._text[mark.start : mark.end].isdigit()
        if not (opens if bare else self._may_stand_here(mark, opens=opens, due=due)) or (bare and not due):
            return
        near = self._last[mark.level] < mark.number <= self._last[mark.level] + 2
        if not due and not near and mark.level > 1:
            self._doubts.add(
                "I010", f"“{self._shown(mark)}”像编号，但接不上，当作正文", self._traced.part(mark.start, mark.end)
            )
            return
        if bare:
            at = self._traced.part(mark.start, mark.end)
            self._doubts.add("I011", f"“{self._shown(mark)}”编号后面没有点，按第 {mark.number} 条处理", at, noted=True)
        if not due:
            last = self._last[mark.level]
            message = f"编号不连续：“{self._shown(mark)}”，上一个是 {last}，排版时会重新编号"
            self._doubts.add("I010", message, self._traced.part(mark.start, mark.end), "核对是不是少了一条", noted=True)
        self._accept(mark._replace(first=opens))

    def _may_stand_here(self, mark: Mark, *, opens: bool, due: bool) -> bool:
        """Whether a number may stand where a candidate does: first in a paragraph, after a sentence, or in a heading."""
        if opens:
            return True
        before = self._text[mark.start - 1]
        after_sentence = before in "。；！？ ："
        follows = mark.number == self._last[mark.level] + 1
        if mark.level <= 1:
            return after_sentence and follows and mark.number > 1
        if mark.level >= 4:
            return after_sentence and due
        skipped = before in "。；" and self._last[mark.level] < mark.number <= self._last[mark.level] + 2
        return (after_sentence and due) or (self._in_heading(mark) and due) or (mark.level == 3 and skipped)

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
