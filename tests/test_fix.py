"""`plangen check --fix`: what is safe is changed in the text, round by round, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plangen import api
from plangen.diagnostics import Diagnostic, Fix, Severity, Source, Span
from plangen.source.fixing import fix_source

HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\nsections:\n  - heading: 促进教育公平\n    text: "


def fixed(tmp_path: Path, content: bytes) -> api.Change:
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    return api.fix_plan(path)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("落实布署,加快建设。", "落实部署，加快建设。"),
        ('"落实布署,\\\n      加快建设。"', '"落实部署，\\\n      加快建设。"'),
        ("'落实布署,加快建设。'", "'落实部署，加快建设。'"),
        (">\n      落实布署,\n      加快建设。", ">\n      落实部署，\n      加快建设。"),
        ("落实布署,\n      加快建设。", "落实部署，\n      加快建设。"),
    ],
)
def test_fixes_stand_where_the_text_stands_in_every_style(tmp_path: Path, typed: str, mended: str) -> None:
    change = fixed(tmp_path, (HEAD + typed + "\n").encode())
    assert change.after == HEAD + mended + "\n"
    assert change.remaining == []


def test_a_text_with_escapes_is_left_to_its_author(tmp_path: Path) -> None:
    content = (HEAD + '"落实\\u5e03署,加快建设。"\n').encode()
    change = fixed(tmp_path, content)
    assert change.new == content
    assert [each.code for each in change.remaining] == [each.code for each in change.found] == ["L101", "L301"]


def test_byte_order_mark_and_line_breaks_stay(tmp_path: Path) -> None:
    content = ("\ufeff" + HEAD + "落实布署。\n").replace("\n", "\r\n").encode()
    assert fixed(tmp_path, content).new == content.replace("布".encode(), "部".encode())


def test_slips_are_repaired_first_so_that_rules_can_read_the_plan(tmp_path: Path) -> None:
    change = fixed(tmp_path, (HEAD + "落实布署。\n").replace("year: ", "year：").encode())
    assert [each.code for each in change.found] == ["Y014"]
    assert [each.code for each in change.mended] == ["Y014", "L301"]
    assert change.after == HEAD + "落实部署。\n"


def test_what_a_plan_includes_is_not_changed(tmp_path: Path) -> None:
    part = tmp_path / "part.yaml"
    part.write_text("- heading: 甲\n  text: 落实布署。\n", encoding="utf-8")
    content = (HEAD + "乙。\n    tasks:\n      - include: part.yaml\n").encode()
    change = fixed(tmp_path, content)
    assert change.new == content
    assert [each.code for each in change.remaining] == ["L301"]


SOURCE = Source("a.yaml", "abcdef")


def complain(source: Source, harmful: str) -> list[Diagnostic]:
    """Complain about every lower letter; a text that holds `harmful` cannot be read any more."""
    found = [
        Diagnostic("L101", each, Span(source, at, at + 1), fix=Fix(Span(source, at, at + 1), each.upper()))
        for at, each in enumerate(source.text)
        if each.islower()
    ]
    return [*found, *([Diagnostic("Y001", "坏了", Span(source, 0, 1))] if harmful in source.text else [])]


@given(st.sampled_from("ABCDEF"))
def test_a_fix_that_does_harm_is_not_kept_and_the_others_are(harmful: str) -> None:
    found = fix_source(SOURCE, complain(SOURCE, harmful), lambda source: complain(source, harmful))
    assert found.source.text == "ABCDEF".replace(harmful, harmful.lower())
    assert [each.message for each in found.remaining] == [harmful.lower()]
    assert len(found.made) == 5


def test_fixes_that_undo_each_other_come_to_an_end() -> None:
    def flip(source: Source) -> list[Diagnostic]:
        other = "b" if source.text == "a" else "a"
        return [Diagnostic("L101", "翻", Span(source, 0, 1), "", Severity.INFO, fix=Fix(Span(source, 0, 1), other))]

    source = Source("a.yaml", "a")
    assert fix_source(source, flip(source), flip).source.text in ("a", "b")


PIECES = st.sampled_from(
    [*"，,。;：:()（）“”\"'、…", "布署", "登陆平台", "26年", "60-70%", "平米", "甲", "各县(区)", "{@a}", "3-5万元"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.sampled_from(["|\n      ", '"', "'", ""]))
def test_fixing_again_changes_nothing_and_the_plan_can_still_be_read(text: str, style: str) -> None:
    whole = HEAD + style + text + (style if style in ('"', "'") else "") + "\n"
    source = Source("plan.yaml", whole)
    check = api.check_source
    once = fix_source(source, check(source), check)
    assert fix_source(once.source, once.remaining, check).source.text == once.source.text
    before = [each.code for each in check(source) if not each.code.startswith("L")]
    assert [each.code for each in once.remaining if not each.code.startswith("L")] <= before
