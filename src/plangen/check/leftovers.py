"""L7: what should have been filled in, taken out or said only once."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import Manuscript, Passage
from plangen.diagnostics import Diagnostic, Related, Severity
from plangen.plan.prose import HANZI, is_telling

_STAND_IN: Final = re.compile(
    r"(?<![A-Za-z0-9+.])(?:[xXＸ×]{2,}(?:\.[xXＸ×]+)?|[xXＸ×](?=[年月日市区县省校所个%亿万元号届小名项大中间场家]))(?![A-Za-z+0-9])"
    r"|某某|(?<=[，。；、和与由向])某[市县区局](?![域间块部外])"
)
_NOTE: Final = (
    r"请删除?(?:此|本)[句段条处]|（此处[^（）]{0,20}）|此处(?:插入|添加|填写|补充)|（略）"
    r"|（[^（）]{0,8}(?:待|请|需)(?:进一步)?(?:核实|核对|确认|补充|修改)）"
)
_TO_DO: Final = re.compile(
    rf"{_NOTE}|"
    r"(?<![A-Za-z])(?:TODO|TBD|FIXME)(?![A-Za-z])|(?<![期等对接招])待(?:定(?![点期])|补充(?=[，。；）】]|$)|填写?(?=[，。；）】]|$)|确认(?=[，。；）】]|$))|【[^【】]*】|_{2,}|？{2,}"
)
_RESIDUE: Final = re.compile(
    r"小编(?![制程队辑])|转载请注明|版权所有|免责声明|百度文库|点击(?:下载|查看)(?:全文|原文)|展开全文|上一篇[：:]|下一篇[：:]"
    r"|点赞关注|扫码关注|阅读原文|责任编辑[：:]|图片来源|供大家参考|希望(?:以上内容)?对[您你]有(?:所)?帮助|以下是为[您你]|作为(?:一个|一名)?AI"
)
_MARKUP: Final = re.compile(
    r"\*{2,}|^#{1,6} |&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo);|</?(?:br|p|b|i|strong|em|span|div|font)\b[^<>]{0,80}>"
    r"|`{1,3}|\]\((?=https?:|\ufffc)",
    re.IGNORECASE,
)
_TWICE: Final = re.compile(
    r"的的(?!确(?!保))|了了(?!解|之|然)|(?<!应)(?<!祥)和和(?!美|睦|气|谐|平)|(?<!实实)在在|(?<=[底末日月])前前(?!后|期)|月月(?=\d)"
    r"|(?<=\d)(?:个个(?![体人性案别])|块块|间间|套套|台台)"
)
_SAID_TWICE: Final = re.compile(rf"([{HANZI}]{{2,8}})(?:\1|[、，]\1(?=[，。；、]))|(“[^“”]{{2,20}}”)[、和]?\2")
_MAY_BE_TWICE: Final = frozenset(
    ("教育", "学校", "学生", "工作", "中心", "研究", "学习", "讨论", "生活", "质量", "国家")
)
"""Words that stand twice at the seam of two names (职业教育教育教学) or as verbs (研究研究)."""

_ONE_BY_ONE: Final = ("一", "逐", "每")
"""How a phrase begins that is said twice for a reason (一步一步)."""

_SAME_OPENING: Final = 5
"""Fewest sentences in a row with one opening that tire a reader."""

_OPENING: Final = 2
"""Characters of an opening: one verb."""

_SHORT: Final = 2
"""Characters of a phrase that is said twice for a reason."""


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
        for found in _TO_DO.finditer(passage.plain) if passage.name != "goal" else ():
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
            if not is_telling(said):
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


def said_twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a word or a quotation typed twice in a row.

    Bad: 认真落实上级上级部署。
    Good: 一步一步推进，抓好职业教育教育教学，“一校一案”“一生一策”。
    """
    for passage in manuscript.passages:
        for found in _SAID_TWICE.finditer(passage.plain):
            said = found[1] or found[2]
            one_by_one = len(said) == _SHORT and said.startswith(_ONE_BY_ONE)
            if said not in _MAY_BE_TWICE and not one_by_one:
                yield passage.warn("L706", f"“{said}”连着写了两遍", *found.span(), "删去一个")


def markup(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find signs of Markdown or HTML, which are printed as they are.

    Bad: 做好**重点区域**管理。
    Good: 做好重点区域管理，5*8小时开放。
    """
    for passage in manuscript.passages:
        for found in _MARKUP.finditer(passage.plain):
            message = f"“{found[0]}”是网页或 Markdown 的记号，会照样印出来"
            yield passage.warn("L707", message, *found.span(), "删去")


def same_opening(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find sentences in a row that all open with the same word.

    Bad: 加强教学。加强科研。加强管理。加强服务。加强保障。
    Good: 加强教学。加强科研。深化管理。加强服务。加强保障。加强宣传。加强监督。
    """
    for passage in manuscript.passages:
        row: list[int] = []
        for start, end in (*passage.sentences, (len(passage.plain), len(passage.plain))):
            opening = passage.plain[start : start + _OPENING]
            if row and opening == passage.plain[row[0] : row[0] + _OPENING]:
                row.append(start)
                continue
            if len(row) >= _SAME_OPENING:
                said = passage.plain[row[0] : row[0] + _OPENING]
                message = f"连着 {len(row)} 句都用“{said}”开头"
                yield passage.warn("L708", message, row[0], row[0] + _OPENING, "换几个说法", severity=Severity.INFO)
            row = [start] if end > start else []
