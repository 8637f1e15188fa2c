"""L1: punctuation, GB/T 15834-2011 标点符号用法."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import HANZI, Manuscript, Passage
from plangen.diagnostics import Diagnostic, Severity
from plangen.plan.model import Attachment, Plan, Section

_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_CHINESE: Final = f"[{HANZI}“”‘’《》（）〔〕、，。；：！？]"
_HALF_WIDTH: Final = re.compile(f"(?<={_CHINESE})[,;:?!]|[,;:?!](?={_CHINESE})|(?<=[{HANZI}])\\.(?=[{HANZI}]|$)")
_BRACKETS: Final = re.compile(rf"\((?=[^()]*[{HANZI}])[^()]*\)|\([0-9一二三四五六七八九十]{{1,3}}\)(?=[{HANZI}])")
_STRAIGHT: Final = re.compile(rf'"(?={_CHINESE})|(?<={_CHINESE})"')
_DOCUMENT_NUMBER: Final = re.compile(rf"(?<=[{HANZI}])([\[［【(（﹝])((?:19|20)\d\d)([\]］】)）﹞])(?=第?\d+号)")
_ELLIPSIS: Final = re.compile(rf"(?<=[{HANZI}])\.{{3,}}|。{{3,}}|(?<!…)…(?!…)")
_DOUBLED: Final = re.compile(r"[，、；：][，、；：。]|(?<!。)。[。，、；：](?!。)")
_BEFORE_ETC: Final = re.compile(r"、(?=等(?![级额同距待价离分额次效]))")
_HEADING_END: Final = re.compile(r"[。；，、：.;,:]$")
_PAIRS: Final = {"”": "“", "’": "‘", "》": "《", "）": "（", "〕": "〔", "】": "【"}
_BLANKS: Final = re.compile(f"(?<=[{HANZI}，。；：、])[ \u3000]+(?=[{HANZI}])|(?<=[{HANZI}])[ \u3000]+(?=[，。；：、])")
_OWN_LINE: Final = {Plan: "title", Section: "heading", Attachment: "title"}
"""The keys whose values stand on lines of their own."""


def half_width_mark(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find half-width , ; : ? ! or . beside Chinese characters; §4 of the standard gives the marks of Chinese text.

    Bad: 深化改革,推动发展。
    Good: 比例按600:1配备，上午9:30开会，见http://a.cn/?b=1。
    """
    for passage in manuscript.passages:
        for found in _HALF_WIDTH.finditer(passage.plain):
            right = _FULL_WIDTH[found[0]]
            message = f"汉字旁边用了半角的“{found[0]}”"
            yield passage.warn("L101", message, *found.span(), f"改成“{right}”", severity=Severity.ERROR, instead=right)


def half_width_brackets(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find half-width brackets around Chinese characters or a number before them; §4.9.

    Bad: 各县(区)教育局
    Good: 开展城市社区学习中心（CLC）建设，推广f(x)教学。
    """
    for passage in manuscript.passages:
        for found in _BRACKETS.finditer(passage.plain):
            right = f"（{passage.text[found.start() + 1 : found.end() - 1]}）"
            message, hint = "中文里用了半角括号", f"改成“{right}”"
            yield passage.warn("L102", message, *found.span(), hint, severity=Severity.ERROR, instead=right)


def straight_quotes(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find straight quotation marks around Chinese text; §4.8: “” and ‘’.

    Bad: 落实"双减"政策。
    Good: 落实“双减”政策。
    """
    for passage in manuscript.passages:
        opens, even = True, passage.plain.count('"') % 2 == 0
        for found in _STRAIGHT.finditer(passage.plain):
            right = ("“" if opens else "”") if even else None
            opens = not opens
            message, hint = "中文里用了直引号", "改成“”，外层用双引号，里层用‘’"
            yield passage.warn("L103", message, *found.span(), hint, severity=Severity.ERROR, instead=right)


def document_number_brackets(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find the year in a document number not in 〔〕; §4.9.3.4, and GB/T 9704-2012 §7.2.5.

    Bad: 按照云教[2026]5号文件执行。
    Good: 按照云教〔2026〕5号文件执行。
    """
    for passage in manuscript.passages:
        for found in _DOCUMENT_NUMBER.finditer(passage.plain):
            right = f"〔{found[2]}〕"
            message, hint = "发文字号的年份要用六角括号", f"改成“{right}”"
            yield passage.warn("L104", message, *found.span(), hint, severity=Severity.ERROR, instead=right)


def ellipsis(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find an ellipsis that is not ……; §4.11.

    Bad: 国防教育、劳动教育...都要抓好。
    Good: 国防教育、劳动教育……都要抓好。
    """
    for passage in manuscript.passages:
        for found in _ELLIPSIS.finditer(passage.plain):
            yield passage.warn("L105", "省略号要写成六个点", *found.span(), "改成“……”", instead="……")


def mark_after_heading(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a heading on its own line that ends with a mark; §B.4.1 (通常不用).

    Bad: sections: [{heading: 推进改革。, text: 深化改革。}]
    Good: sections: [{heading: 推进改革, text: 深化改革。}]
    """
    for passage in manuscript.passages:
        found = _HEADING_END.search(passage.plain)
        if found and _OWN_LINE.get(type(passage.record)) == passage.name:
            yield passage.warn("L106", f"标题末尾不用“{found[0]}”", *found.span(), "删去", instead="")


def doubled_mark(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find two marks in a row that do not go together; §4.

    Bad: 深化改革，，推动发展。
    Good: 深化改革，推动发展……
    """
    for passage in manuscript.passages:
        for found in _DOUBLED.finditer(passage.plain):
            yield passage.warn("L107", f"标点“{found[0]}”连用", *found.span(), "留下一个")


def unpaired_mark(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a quotation mark or bracket without its other half; §4.8, §4.9, §4.15.

    Bad: 落实“双减政策。
    Good: 落实“双减”政策（含“一校一案”）。
    """
    for passage in manuscript.passages:
        for at in _unpaired(passage):
            mark = passage.plain[at]
            yield passage.warn("L108", f"“{mark}”没有配对" if mark not in "“”" else f"引号{mark}没有配对", at, at + 1)


def _unpaired(passage: Passage) -> Iterator[int]:
    """Yield the offsets of the marks that have no other half, the last ones first for those that stay open."""
    opened: list[int] = []
    for at, mark in enumerate(passage.plain):
        if mark in _PAIRS.values():
            opened.append(at)
        elif mark in _PAIRS:
            if opened and passage.plain[opened[-1]] == _PAIRS[mark]:
                opened.pop()
            else:
                yield at
    yield from opened


def mark_before_etc(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a 、 before 等; §B.1.2.

    Bad: 抓好体育、美育、等工作。
    Good: 抓好体育、美育等工作，划分优秀、等外两类。
    """
    for passage in manuscript.passages:
        for found in _BEFORE_ETC.finditer(passage.plain):
            if not passage.plain.startswith("等外", found.end()):
                yield passage.warn("L109", "“等”前面不用顿号", *found.span(), "删去顿号", instead="")


def blank_in_chinese(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find white space between Chinese characters, which official documents do not have.

    Bad: 严格 师德师风建设。
    Good: 推广 STEM 教育，开展 3 项活动。
    """
    for passage in manuscript.passages:
        for found in _BLANKS.finditer(passage.plain):
            yield passage.warn("L110", "汉字之间有空格", *found.span(), "删去空格", instead="")
