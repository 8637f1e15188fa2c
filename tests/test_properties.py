"""Whatever an author types: nothing is lost or changed, every format says the same, and no file breaks plangen."""

import json
import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import pages
from html_pages import html_paragraphs
from plangen.api import PlanError, Press, load_plan, make_outline
from plangen.diagnostics import Diagnostic
from plangen.diagnostics.catalogue import CATALOGUE
from plangen.diagnostics.text import SEVERITY_WORDS, render_text
from strategies import CONTROLS, PLANS, TEXTS, Reading, Typed, as_yaml
from texts import collapsed

EXAMPLES = {path.name: path for path in pages.EXAMPLES}
MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})

some = settings(max_examples=60, deadline=None)
many = settings(max_examples=120, deadline=None)
plans = settings(max_examples=70, deadline=None)  # with dozens of texts each; test_markdown tries more


@cache
def press() -> Press:
    """Return a press with its templates compiled."""
    return Press()


def printed(plan: str | bytes, format_name: str) -> bytes:
    """Return the document made of the text of a plan file with this content, without official elements."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.yaml")
        path.write_bytes(plan if isinstance(plan, bytes) else plan.encode())
        made = BytesIO()
        text = make_outline(load_plan(path))._replace(genre="work-plan", official=None, attachments=())
        press().print(text, format_name, made)
        return made.getvalue()


def docx_paragraphs(content: bytes) -> list[str]:
    """Return the paragraphs of a Word document; a line break in the title is no character of it."""
    title, blank, *others = [paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs]
    assert blank == ""
    return [collapsed(text) for text in (title.replace("\n", ""), *others)]


def markdown_paragraphs(content: bytes) -> list[str]:
    """Return the paragraphs and headings a reader of Markdown sees; any markup in them would show as its type."""
    tokens = MARKDOWN.parse(content.decode())
    assert {token.type for token in tokens} <= {
        *("heading_open", "heading_close"),
        *("paragraph_open", "paragraph_close", "inline"),
    }
    return [
        collapsed("".join(each.content if each.type == "text" else f"<{each.type}>" for each in token.children or []))
        for token in tokens
        if token.type == "inline"
    ]


def check_reading(paragraphs: list[str], plan: Typed) -> None:
    """Assert that every text and number of a plan stands in the paragraphs, in order, and that nothing else does."""
    at, offset = -1, 0
    for text, opens in Reading(plan).pieces():
        wanted = collapsed(text)
        if opens:
            at, offset = at + 1, 0
            assert paragraphs[at : at + 1], f"no paragraph left for {wanted!r}"
            assert paragraphs[at].startswith(wanted), (paragraphs[at], wanted)
        found = paragraphs[at].find(wanted, offset)
        assert found >= 0, (paragraphs[at][offset:], wanted)
        offset = found + len(wanted)
    assert paragraphs[at + 1 :] == []


RUNNING_ON: Typed = {
    "title": "甲",
    "year": "2027",
    "numbering": {"sections": ["一、"], "tasks": "一是", "items": ["（1）"], "continuous": ["tasks"]},
    "sections": [
        {"heading": "乙", "text": ["丙。"], "tasks": [{"text": ["丁。"]}, {"text": ["戊。"]}]},
        {"heading": "己", "tasks": [{"text": ["庚。"]}, {"text": ["辛。"]}]},
        {"heading": "壬", "tasks": [{"text": ["癸。"]}], "numbering": {"tasks": "1."}},
        {"heading": "子", "tasks": [{"text": ["丑。"]}], "numbering": {"tasks": "1."}},
    ],
}


@plans
@given(PLANS)
@example(RUNNING_ON)
def test_every_text_appears_unchanged_numbered_by_the_policy_and_in_order(plan: Typed) -> None:
    source = as_yaml(plan)
    word, markdown = docx_paragraphs(printed(source, "docx")), markdown_paragraphs(printed(source, "md"))
    assert word == markdown == html_paragraphs(printed(source, "html"))
    check_reading(word, plan)


@settings(max_examples=15, deadline=None)
@given(PLANS, st.sampled_from(["docx", "md", "html"]))
def test_the_same_plan_gives_the_same_bytes(plan: Typed, format_name: str) -> None:
    source = as_yaml(plan)
    once = printed(source, format_name)
    press.cache_clear()
    assert printed(source, format_name) == once


@pytest.mark.parametrize("format_name", ["docx", "md", "html"])
def test_line_ends_comments_and_a_byte_order_mark_make_no_difference(format_name: str) -> None:
    source = EXAMPLES["2027-school.yaml"].read_text(encoding="utf-8")
    expected = printed(source, format_name)
    assert printed(source.replace("\n", "\r\n"), format_name) == expected
    assert printed("\ufeff# 说明\n" + source + "\n# 说明\n", format_name) == expected


FIELDS = [
    'title: {}\nyear: "2027"\nsections:\n  - heading: 甲\n',
    'title: 甲\nyear: "2027"\nsections:\n  - heading: {}\n',
    "title: 甲\nyear: 2027\nopening: {}\nsections:\n  - heading: 乙\n",
    "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    tasks:\n      - heading: {}\n",
    "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    tasks:\n      - items: [{}]\n",
    "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    tasks:\n      - {{text: 丙, lead: [丁, {}]}}\n",
    "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    targets:\n      - {{indicator: {}, goal: 5%}}\n",
    "title: 甲\nyear: 2027\nnumbering: {{items: [{}]}}\nsections:\n  - heading: 乙\n",
    "title: 甲\nyear: 2027\nofficial: {{note: {}}}\nsections:\n  - heading: 乙\n",
]


@many
@given(st.sampled_from(FIELDS), TEXTS, st.sampled_from(CONTROLS), TEXTS, st.booleans())
def test_text_with_control_characters_is_refused(field: str, before: str, control: str, after: str, raw: bool) -> None:
    halves = (json.dumps(half, ensure_ascii=False)[1:-1] for half in (before, after))
    quoted = '"' + (control if raw else f"\\u{ord(control):04x}").join(halves) + '"'
    assert [d.code for d in wrong_with(field.format(quoted).encode())] == ["Y005"]


def wrong_with(content: bytes) -> list[Diagnostic]:
    """Return what is wrong with a plan file of this content, having looked at how each message is shown."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.yaml")
        path.write_bytes(content)
        try:
            load_plan(path)
        except PlanError as error:
            assert error.diagnostics
            for diagnostic in error.diagnostics:
                shown = render_text(diagnostic)
                assert f"{SEVERITY_WORDS[diagnostic.severity]} {diagnostic.code} " in shown
                assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in shown if c != "\n")
                assert diagnostic.code in CATALOGUE
            return error.diagnostics
    return []


WORDS = ["title", "year", "sections", "heading", "tasks", "甲", "2027", "U", "x", "u", "FFFFFFFF", "{@", "{@a.goal}"]
SIGNS = [*": :,[]{}'\"#%@`~\\　：", ": ", "- ", "? ", "|\n", ">\n", "&a ", "*a", "!t ", "<<", "---\n", "...\n"]
SPACE = ["\n", "\n  ", "\n    - ", "\t", "\r", "\x00", "\ufeff", "\u2028", "\x85"]
YAML_PIECES = st.lists(st.sampled_from(WORDS + SIGNS + SPACE), max_size=40).map(lambda pieces: "".join(pieces).encode())


@many
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")) | YAML_PIECES)
def test_no_file_whatsoever_breaks_plangen(content: bytes) -> None:
    wrong_with(content)


@pytest.mark.parametrize(
    "content",
    [
        'title: "\\UFFFFFFFF"',
        'title: "\\U00110000"',
        'title: "\\ud800"',
        f"%YAML 1.{'9' * 5000}\n---\ntitle: 甲",
        "[" * 100_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "? " * 10_000,
        "a: &a [*a]",
        f"{'a' * 2000}: 甲",
        f"title: {'甲' * 100_000}\nyer: 2027",
        f"title: 甲\nyear: {'9' * 5000}\nsections: []",
        f"title: 甲\nyear: 2027\nsections: [{{heading: 甲, targets: [{{indicator: 乙, goal: {'9' * 5000}}}]}}]",
        f"title: 甲\nyear: 2027\nsections: [{{heading: '{'{@' * 300}'}}]",
    ],
    ids=range(14),
)
def test_monsters_are_refused_like_anything_else(content: str) -> None:
    wrong_with(content.encode())


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Draw a stretch of an example plan with something broken: bytes or lines flipped, deleted, doubled, swapped."""
    lines = EXAMPLES[draw(st.sampled_from(sorted(EXAMPLES)))].read_bytes().splitlines(keepends=True)
    count = draw(st.integers(1, 80))
    lines = lines[:count]
    for _ in range(draw(st.integers(1, 4))):
        assume(lines)
        at = draw(st.integers(0, len(lines) - 1))
        what = draw(
            st.sampled_from(["flip", "delete byte", "double byte", "delete line", "double line", "swap", "dedent"])
        )
        line = lines[at]
        place = draw(st.integers(0, len(line) - 1)) if line else 0
        if what == "flip" and line:
            lines[at] = line[:place] + bytes([line[place] ^ 1 << draw(st.integers(0, 7))]) + line[place + 1 :]
        elif what == "delete byte":
            lines[at] = line[:place] + line[place + 1 :]
        elif what == "double byte":
            lines[at] = line[: place + 1] + line[place:]
        elif what == "delete line":
            del lines[at]
        elif what == "double line":
            lines.insert(at, line)
        elif what == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = line.lstrip(b" ") if draw(st.booleans()) else b" " + line
    return b"".join(lines)


@some
@given(mutations())
def test_no_slip_in_a_real_plan_breaks_plangen(content: bytes) -> None:
    wrong_with(content)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_plans_read_alike_in_all_formats(name: str) -> None:
    source = EXAMPLES[name].read_bytes()
    assert wrong_with(source) == []
    word = docx_paragraphs(printed(source, "docx"))
    assert word == markdown_paragraphs(printed(source, "md")) == html_paragraphs(printed(source, "html"))
    assert len(word) > 20
