"""Prose: one sentence per line in the file, paragraphs in the document, whatever YAML style the author likes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.diagnostics import Source
from plangen.plan.model import Plan
from plangen.plan.prose import LiteralMark, MalformedReference, Reference, paragraphs, references
from plangen.source.loading import parse_record


def opening(written: str) -> tuple[str, ...]:
    """Return the paragraphs of an opening written so in a plan file."""
    text = f"title: 甲\nyear: 2027\nopening: {written}\nsections:\n  - heading: 乙\n"
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", text))
    assert diagnostics == []
    return plan.opening


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("坚持立德树人。\n全面提高质量。", ["坚持立德树人。全面提高质量。"]),
        ("坚持\n立德树人", ["坚持立德树人"]),
        ("深入实施“5G\n+教育”", ["深入实施“5G +教育”"]),
        ("Smart\nCampus", ["Smart Campus"]),
        ("使用 Python\n编程", ["使用 Python编程"]),
        ("开设人工智能\nAI课程", ["开设人工智能AI课程"]),
        ("2027\n2028", ["2027 2028"]),
        ("他说“好”\n“很好”", ["他说“好”“很好”"]),
        ("成绩——\n显著", ["成绩——显著"]),
        ("café\nété", ["café été"]),
        ("𠮷野家\n𠮷祥", ["𠮷野家𠮷祥"]),
        ("，\n。", ["，。"]),
    ],
)
def test_a_line_break_vanishes_beside_chinese_and_parts_latin_words(lines: str, expected: list[str]) -> None:
    assert list(paragraphs(lines.split("\n"))) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["甲", "", "乙"], ("甲", "乙")),
        (["甲", "", "", "", "乙"], ("甲", "乙")),
        (["", "甲", ""], ("甲",)),
        (["甲", "   ", "乙"], ("甲", "乙")),
        (["甲", "　　", "乙"], ("甲", "乙")),
        (["", " ", "　"], ()),
        ([], ()),
    ],
)
def test_a_blank_line_starts_a_new_paragraph(lines: list[str], expected: tuple[str, ...]) -> None:
    assert paragraphs(lines) == expected


@pytest.mark.parametrize("indent", ["　　", "  ", "\t", "　 　", "\u00a0"])
def test_indents_typed_by_hand_are_dropped(indent: str) -> None:
    assert paragraphs([f"{indent}坚持立德树人。{indent}", f"{indent}全面提高。"]) == ("坚持立德树人。全面提高。",)


def test_spaces_inside_a_line_are_the_authors() -> None:
    assert paragraphs(["甲　乙  丙 A B"]) == ("甲　乙  丙 A B",)


@given(st.lists(st.text("甲乙，。AB1 　“”—", max_size=6), max_size=8))
def test_no_character_is_lost_and_no_paragraph_is_empty(lines: list[str]) -> None:
    found = paragraphs(lines)
    assert all(paragraph == paragraph.strip() != "" for paragraph in found)
    assert "".join("".join(found).split()) == "".join("".join(lines).split())


BODY = """\
  坚持立德树人。
  Smart
  Campus，
  提高质量。

  第二段，
  不结束。"""
FLOW = BODY.lstrip()
INDENTED = BODY.replace("  坚持", "    　　坚持").replace("  第二", "    　　第二").replace("\n  ", "\n    ")
STYLES = {
    "literal": f"|\n{BODY}",
    "literal, stripped": f"|-\n{BODY}",
    "literal, kept": f"|+\n{BODY}\n\n",
    "literal, hand-indented": f"|\n{INDENTED}",
    "folded": f">\n{BODY}",
    "folded, stripped": f">-\n{BODY}\n\n",
    "folded, hand-indented": f">\n{INDENTED}",
    "folded, more indented": f">\n{BODY}".replace("  第二", "      第二"),
    "folded, commented": f">  # 说明\n{BODY}\n# 说明",
    "plain": FLOW,
    "plain, on the next line": f"\n{BODY}",
    "single-quoted": f"'{FLOW}'",
    "double-quoted": f'"{FLOW}"',
    "double-quoted, escaped": '"' + FLOW.replace("\n  ", r"\n").replace("\n", r"\n") + '"',
    "carriage returns": f"|\n{BODY}\n".replace("\n", "\r\n"),
}


@pytest.mark.parametrize("written", STYLES.values(), ids=STYLES.keys())
def test_every_yaml_style_gives_the_same_paragraphs(written: str) -> None:
    assert opening(written) == ("坚持立德树人。Smart Campus，提高质量。", "第二段，不结束。")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("甲 乙", "甲 乙"),
        ("'甲 乙'", "甲 乙"),
        ('"甲 乙"', "甲 乙"),
        ("'It''s 甲'", "It's 甲"),
        ("'甲''\n  ''乙'", "甲' '乙"),
        (r'"甲\"乙\\"', '甲"乙\\'),
        ("|\n  甲 # 不是注释", "甲 # 不是注释"),
        ("甲  # 是注释", "甲"),
        ("no", "no"),
        ("1.10", "1.10"),
        ("600:1", "600:1"),
        ("2026-06-30", "2026-06-30"),
        ("0010", "0010"),
        ("~", "~"),
        ("null", "null"),
    ],
)
def test_what_is_typed_on_one_line_is_kept(written: str, expected: str) -> None:
    assert opening(written) == (expected,)


@pytest.mark.parametrize("quote", ["'", '"'])
def test_a_typed_space_at_a_line_end_is_no_space_in_chinese(quote: str) -> None:
    assert opening(f"{quote}甲 \n  乙{quote}") == ("甲乙",)


def test_lines_within_braces_join_like_all_lines() -> None:
    text = "{title: 云川市\n教育工作要点, year: 2027, sections: [{heading: 一\n二}]}"
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", text))
    assert diagnostics == []
    assert plan.title == "云川市教育工作要点"
    assert plan.sections[0].heading == "一二"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("第{@party}部分", [Reference("party", False, 1, 9)]),
        ("确保{@retention.goal}。", [Reference("retention", True, 2, 19)]),
        ("{@学位}和{@a-b_1}", [Reference("学位", False, 0, 5), Reference("a-b_1", False, 6, 14)]),
        ("{@ party }", [Reference("party", False, 0, 10)]),
        ("{{@party}", [LiteralMark(0, 3)]),
        ("{{{@party}", [LiteralMark(1, 4)]),
        ("{{@a}{@b}", [LiteralMark(0, 3), Reference("b", False, 5, 9)]),
        ("{@}", [MalformedReference(0, 3)]),
        ("{@party", [MalformedReference(0, 7)]),
        ("{@a b}", [MalformedReference(0, 6)]),
        ("{@a.b}", [MalformedReference(0, 6)]),
        ("{@a.goal.goal}", [MalformedReference(0, 14)]),
        ("{@a.}", [MalformedReference(0, 5)]),
        ("{@.goal}", [MalformedReference(0, 8)]),
        ("{@-a}", [MalformedReference(0, 5)]),
        ("{@a{@b}", [MalformedReference(0, 3), Reference("b", False, 3, 7)]),
        ("{ @party}", []),
        ("{party}", []),
        ("a@b.cn", []),
        ("", []),
    ],
)
def test_references_are_found_where_they_stand(
    written: str, expected: list[Reference | LiteralMark | MalformedReference]
) -> None:
    assert list(references(written)) == expected
    assert [type(each) for each in references(written)] == [type(each) for each in expected]


@given(st.text("{@}a.goal-甲 ", max_size=24))
def test_every_opening_of_a_reference_is_accounted_for(written: str) -> None:
    found = list(references(written))
    assert len(found) == written.count("{@")
    for one, other in pairwise(found):
        assert one.end <= other.start
    for each in found:
        assert "{@" in written[each.start : each.end]
