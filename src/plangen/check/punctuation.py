"""L1: punctuation, GB/T 15834-2011 标点符号用法."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import HANZI, HIDDEN, Manuscript, Passage
from plangen.diagnostics import Diagnostic, Severity
from plangen.plan.model import Attachment, GuidingThought, Plan, Section, Task

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
_ORDINAL_PAUSE: Final = re.compile(
    "(?:^|(?<=[。；：]))第[一二三四五六七八九十]、(?!第)|(?:^|(?<=[，。；：]))(?:首先|其次|再次|最后)、|[一二三四五六七八九十]是、"
)
_STOP_IN_BRACKET: Final = re.compile(rf"(?<=[{HANZI}”》])（[^（）。]{{1,100}}(。)）")
_ETC_TWICE: Final = re.compile("等…{1,2}|…{1,2}等(?![级额同距待价离候])")
_ENDS: Final = "。！？；：…”’）》】"
_EXCLAIMED: Final = re.compile("！{2,}|[！？](?:！？|？！)|！？|？！")
_TITLE_IN_TITLE: Final = re.compile("(?<=《)[^《》]{0,60}(《([^《》]{1,60})》)")
_PROSE: Final = {Plan: ("opening", "closing"), Section: ("text",), Task: ("text",), GuidingThought: ("text",)}
"""The keys whose values are whole sentences."""

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


def mark_after_ordinal(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a 、 after 第一, 首先 or 一是; §B.3.1, §B.3.7.

    Bad: 第一、加强领导。
    Good: 第一，加强领导。第二、第三产业融合，一是抓好一、二年级。
    """
    for passage in manuscript.passages:
        for found in _ORDINAL_PAUSE.finditer(passage.plain):
            right = found[0][:-1] + ("" if found[0].endswith("是、") else "，")
            message = f"“{found[0][:-1]}”后面不用顿号"
            start, end = found.end() - 1, found.end()
            yield passage.warn("L111", message, start, end, f"写成“{right}”", instead=right[len(found[0]) - 1 :])


def stop_in_bracket(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a full stop before the ） of a bracket inside a sentence; §B.2.2.

    Bad: 各学校（含民办学校。）要抓好落实。
    Good: 各学校（含民办学校）要抓好落实。（责任单位：基础教育科）
    """
    for passage in manuscript.passages:
        for found in _STOP_IN_BRACKET.finditer(passage.plain):
            yield passage.warn("L112", "句子里的括号，末尾不用句号", *found.span(1), "删去句号", instead="")


def etc_twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 等 together with an ellipsis, which say the same; §A.9.

    Bad: 开展体育、美育等……活动。
    Good: 开展体育、美育等活动。
    """
    for passage in manuscript.passages:
        for found in _ETC_TWICE.finditer(passage.plain):
            yield passage.warn("L113", "“等”和省略号重复", *found.span(), "留一个")


def open_end(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a paragraph of sentences that ends without a closing mark; §4.1: a sentence ends with 。？！.

    Bad: 抓好落实，开放校园30所，
    Good: 抓好落实，开放校园30所。
    """
    for passage in manuscript.passages:
        keys = _PROSE.get(type(passage.record), ())
        last = passage.plain[-1:]
        if passage.name in keys and not passage.attached and last and last not in _ENDS and last != HIDDEN:
            end = len(passage.plain)
            message = f"段落末尾是“{last}”，没有句号" if last in "，、" else "段落末尾没有句号"
            yield passage.warn("L114", message, end - 1, end, "补上句号；没有写完的，写完")


def exclaimed(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find exclamation marks in a row, which official documents do without.

    Bad: 做到应助尽助！！
    Good: 做到应助尽助！
    """
    for passage in manuscript.passages:
        for found in _EXCLAIMED.finditer(passage.plain):
            yield passage.warn("L115", f"“{found[0]}”连用", *found.span(), "留一个", severity=Severity.INFO)


def title_in_title(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 《》 inside 《》; §4.15.3.5 asks for 〈〉 inside.

    Bad: 印发《关于落实《条例》的通知》。
    Good: 印发《关于落实〈条例〉的通知》，学习《条例》《办法》。
    """
    for passage in manuscript.passages:
        for found in _TITLE_IN_TITLE.finditer(passage.plain):
            right = f"〈{passage.text[found.start(2) : found.end(2)]}〉"
            message, hint = "书名号里面又用了双书名号", f"里面的改成“{right}”"
            yield passage.warn("L116", message, *found.span(1), hint, severity=Severity.ERROR, instead=right)
