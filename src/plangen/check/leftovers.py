"""L7: what should have been filled in, taken out or said only once."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import HANZI, Manuscript, Passage
from plangen.diagnostics import Diagnostic, Related

_STAND_IN: Final = re.compile(
    r"(?<![A-Za-z0-9+.])(?:[xXＸ×]{2,}(?:\.[xXＸ×]+)?|[xXＸ×](?=[年月日市区县省校所个%亿万元号届小名项大中]))(?![A-Za-z+0-9])"
)
_TO_DO: Final = re.compile(
    r"(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])|(?<![期等对接招])待(?:定(?![点期])|补充(?=[，。；）】]|$)|填写?(?=[，。；）】]|$)|确认(?=[，。；）】]|$))|【[^【】]*】|_{2,}|？{2,}"
)
_RESIDUE: Final = re.compile(
    r"小编(?![制程队辑])|转载请注明|版权所有|免责声明|百度文库|点击(?:下载|查看)(?:全文|原文)|展开全文|上一篇[：:]|下一篇[：:]"
)
_TWICE: Final = re.compile(r"的的(?!确)|了了(?!解|之|然)|(?<!应)(?<!祥)和和(?!美|睦|气|谐|平)|在在")
_LONG_SENTENCE: Final = 15
"""Fewest characters of a sentence that is not said twice by chance."""


def stand_in(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find XX or ×× in place of a name or a figure.

    Bad: 新建学校XX所。
    Good: 新建学校12所，推进“1+X”证书和3×3篮球。
    """
    for passage in manuscript.passages:
        for found in _STAND_IN.finditer(passage.plain):
            yield passage.warn("L701", f"“{found[0]}”还没有填", *found.span(), "填上名称或数字")


def to_do(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a note to oneself: 待定, TODO, 【】, a blank to fill in.

    Bad: 召开推进会，时间待定。
    Good: 期待定期召开推进会，接待定点学校代表。
    """
    for passage in manuscript.passages:
        for found in _TO_DO.finditer(passage.plain):
            yield passage.warn("L702", f"“{found[0][:20]}”是没有写完的地方", *found.span(), "写完，或者删去")


def residue(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find what a web page had around the text that was copied from it.

    Bad: 以上是小编整理的要点。
    Good: 盘活中小编制，核定大小编队。
    """
    for passage in manuscript.passages:
        for found in _RESIDUE.finditer(passage.plain):
            yield passage.warn("L703", f"“{found[0]}”像是从网页上带来的", *found.span(), "删去")


def repeated_sentence(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a sentence that stands in the plan twice.

    Bad: 健全学龄人口动态监测和学位预警机制。健全学龄人口动态监测和学位预警机制。
    Good: 开展爱国卫生运动。抓好落实。抓好落实。
    """
    seen: dict[str, tuple[Passage, int, int]] = {}
    for passage in manuscript.passages:
        for start, end in passage.sentences:
            said = passage.text[start:end].strip().rstrip("。；")
            if len(re.sub(f"[^{HANZI}]", "", said)) < _LONG_SENTENCE:
                continue
            here = (passage, start, end)
            before = seen.setdefault(said, here)
            if before is not here:
                span = before[0].span(*before[1:])
                related = (Related(span, "前面写在这里"),) if span else ()
                yield passage.warn("L704", "这句话前面写过", start, end, "删去一处，或者改写", related=related)


def repeated_word(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a function word typed twice.

    Bad: 提高教育的的质量。
    Good: 的的确确提高质量，一目了了然。
    """
    for passage in manuscript.passages:
        for found in _TWICE.finditer(passage.plain):
            yield passage.warn("L705", f"“{found[0]}”多了一个字", *found.span(), "删去一个", instead=found[0][0])
