"""Markdown: what an author typed reads as itself, and stays as typed wherever that is possible."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from plangen.render.markdown import escape_inline, escape_paragraph
from texts import collapsed

READERS = {"commonmark": MarkdownIt("commonmark"), "github": MarkdownIt("gfm-like", {"linkify": False})}
MARKUP = "&<>{}[]()*_`#|\\\"'~!+-=.:;/@^$%1a x中。，"
TEXTS = (
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.sampled_from(MARKUP), max_size=40)
    .map(str.strip)
    .filter(bool)
)


def plain(token: Token) -> str:
    """Return the text of an inline token; markup shows as its type, so that it is never taken for text."""
    return "".join(child.content if child.type == "text" else f"<{child.type}>" for child in token.children or [])


def read(reader: str, source: str) -> tuple[list[str], str]:
    """Return the blocks a reader of Markdown sees, and the text of the first."""
    tokens = READERS[reader].parse(source)
    return [token.type for token in tokens], plain(tokens[1]) if len(tokens) > 1 else ""


TRICKY = [
    "1. 不是列表",
    "1.不是列表",
    "1) 不是列表",
    "2027. ",
    "（1）正常",
    "# 不是标题",
    "#话题",
    "- 不是列表",
    "-",
    "+ 不是列表",
    "* 不是列表",
    "---",
    "- - -",
    "***",
    "* * *",
    "___",
    "===",
    "> 不是引用",
    ">",
    "~~~",
    "```",
    "``代码``",
    "~~删除~~",
    "~删除~",
    "*强调*",
    "**强调**",
    "_强调_",
    "__强调__",
    "snake_case_name",
    "2*3*4",
    "2 * 3 * 4",
    "“*”号",
    "<b>粗</b>",
    "<!-- 注 -->",
    "<?php",
    "<![CDATA[x]]>",
    "<http://a.cn>",
    "<a@b.cn>",
    "a < b > c",
    "&amp;",
    "&#65;",
    "&#x41;",
    "&copy",
    "AT&T",
    "R&D;",
    "[链接](http://a.cn)",
    "![图](a.png)",
    "[甲][乙]",
    "[甲]: http://a.cn",
    "[^1]: 脚注",
    "[ ] 待办",
    "- [ ] 待办",
    "a|b",
    "|a|b|",
    "|-|-|",
    "末尾反斜杠\\",
    "C:\\路径\\*",
    "\\",
    "\\\\",
    "结尾 #",
    "结尾 ##",
    "结尾 \\#",
    "#",
    "##",
    "{@编码}",
    "![",
    "]()",
    "`",
    "*",
    "_",
    "* *",
    "**",
    "<",
    "&",
]


@pytest.mark.parametrize("text", TRICKY)
@pytest.mark.parametrize("reader", READERS)
def test_text_that_looks_like_markup_reads_as_itself(reader: str, text: str) -> None:
    kinds, seen = read(reader, escape_paragraph(text) + "\n")
    assert (kinds, collapsed(seen)) == (["paragraph_open", "inline", "paragraph_close"], collapsed(text))
    kinds, seen = read(reader, f"## {escape_inline(text)}\n")
    assert (kinds, collapsed(seen)) == (["heading_open", "inline", "heading_close"], collapsed(text))


@given(TEXTS, st.sampled_from(sorted(READERS)))
@example("0. ", "commonmark")
def test_any_text_reads_as_itself_as_a_paragraph(text: str, reader: str) -> None:
    kinds, seen = read(reader, escape_paragraph(text) + "\n")
    assert kinds == ["paragraph_open", "inline", "paragraph_close"]
    assert collapsed(seen) == collapsed(text)


@given(TEXTS, st.integers(1, 6), st.sampled_from(sorted(READERS)))
def test_any_text_reads_as_itself_as_a_heading(text: str, depth: int, reader: str) -> None:
    kinds, seen = read(reader, f"{'#' * depth} {escape_inline(text)}\n")
    assert kinds == ["heading_open", "inline", "heading_close"]
    assert collapsed(seen) == collapsed(text)


@given(TEXTS, TEXTS)
def test_paragraphs_stay_apart(one: str, other: str) -> None:
    kinds, _ = read("github", f"{escape_paragraph(one)}\n\n{escape_paragraph(other)}\n")
    assert kinds == ["paragraph_open", "inline", "paragraph_close"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "1.扩大公办学位供给。",
        "（1）完成率100%，比上年提高0.5个百分点。",
        "一、促进教育公平（2027—2029年）",
        "“5+2”课后服务、“双减”",
        "2027-06-30前，师生比1:12.5",
        "AT&T、R&D、a & b",
        "a < b，c > d，2 * 3",
        "snake_case、file_name_1",
        "见[附件1]，网址http://a.cn/?a=1&b=2",
        "C:\\路径\\文件",
        "表格|竖线",
        "话题#教育#",
        "学习C#",
        "A = B + C - D",
        "感叹！问号？!",
        "100 000 人；“是”/“否”",
        "{甲}(乙)'丙'\"丁\"",
        "①②③……——·",
        "𠮷😀",
    ],
)
def test_nothing_else_is_escaped(text: str) -> None:
    assert escape_paragraph(text) == text
    assert escape_inline(text) == text


@given(st.text("甲乙丙，。、；：（）《》“”—…·ABC123 %/=@^$!?'\"{}", min_size=1).map(str.strip).filter(bool))
def test_text_without_markup_is_left_alone(text: str) -> None:
    assert escape_paragraph(text) == escape_inline(text) == text


@given(TEXTS)
def test_escaping_adds_backslashes_and_nothing_more(text: str) -> None:
    for escaped in (escape_paragraph(text), escape_inline(text)):
        assert re.sub(r"\\", "", escaped) == text.replace("\\", "")
        assert len(escaped) <= 2 * len(text)
