"""`# plangen: ignore …`: what a comment silences, where it may stand, and what is said of one that is wrong."""

from pathlib import Path
from typing import Final

import pytest

from plangen import api
from plangen.diagnostics import Diagnostic
from plangen.source.edits import apply_fixes

HEAD: Final = "title: 云川市2027年教育工作要点\nyear: 2027\n"


def check(folder: Path, text: str, **rules: tuple[str, ...]) -> list[Diagnostic]:
    plan = folder / "plan.yaml"
    plan.write_bytes(text.encode())
    return api.check_plan(plan, **rules)


def said(folder: Path, text: str, **rules: tuple[str, ...]) -> list[str]:
    """Return what is said of a plan as line:column code."""
    return ["{}:{} {}".format(*each.span.position, each.code) for each in check(folder, text, **rules) if each.span]


BODY: Final = HEAD + "sections:\n- heading: 甲\n"


@pytest.mark.parametrize(
    "below",
    [
        "  text: 落实布署。  # plangen: ignore L301\n",
        "  text: 落实布署。  # plangen: ignore L3\n",
        "  text: 落实布署。 # PLANGEN：ignore：l301\n",
        "  text: 落实布署。  # plangen: ignore L301 原文如此\n",
        "  text: 落实布署。  # plangen: ignore L301，原文如此\n",
        "  text: 落实布署。\t#plangen:ignore L301\n".replace("\t#plangen", " # plangen"),
        "  # plangen: ignore L301\n  text: 落实布署。\n",
        "  # plangen: ignore L301\n\n  # 说明\n  text: 落实布署。\n",
        "# plangen: ignore L301\n  text: 落实布署。\n",
        "  text: |  # plangen: ignore L301\n    第一句。\n    落实布署。\n\n    落实布署。\n",
        "  # plangen: ignore L301\n  text: |\n    第一句。\n    落实布署。\n",
        "  text: >-  # plangen: ignore L301\n    落实布署。\n",
        "  text: 第一句。\n    落实布署。  # plangen: ignore L301\n",
        '  text: "第一句。\n    落实布署。"  # plangen: ignore L301\n',
        "  tasks:  # plangen: ignore L301\n  - text: 落实布署。\n  - text: 再布署。\n",
        "  tasks:\n  # plangen: ignore L301\n  - heading: 甲\n    text: 落实布署。\n",
        "  tasks:\n  -  # plangen: ignore L301\n    heading: 甲\n    text: 落实布署。\n",
        "  tasks:\n  - {heading: 甲, text: 落实布署。}  # plangen: ignore L301\n",
        "  tasks:\n  - heading: 甲\n    items:\n    - 第一点。\n    - 落实布署。  # plangen: ignore L301\n",
        "  tasks: [{heading: 甲, text: 好。},\n    {heading: 乙, text: 落实布署。}]  # plangen: ignore L301\n",
        "  text: 落实布署,抓好落实。  # plangen: ignore L301,L101\n",
        "  text: 落实布署,抓好落实。  # plangen: ignore L301，L101\n",
        "  text: 落实布署,抓好落实。  # plangen: ignore L301、L101 L101\n",
        "  # plangen: ignore L301\n  # plangen: ignore L101\n  text: 落实布署,抓好落实。\n",
    ],
)
def test_a_comment_silences_what_stands_under_its_key(below: str, tmp_path: Path) -> None:
    assert said(tmp_path, BODY + below) == []


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("  text: |\n    落实布署。 # plangen: ignore L301。\n", ["6:7 L301"]),
        ("  text: '写 # plangen: ignore L301。'\n  tasks: [{text: 再布署。}]\n", ["6:19 L301"]),
        ("  text: 好。\n  tasks:\n  - text: 布署。  # plangen: ignore L301\n  - text: 布署。\n", ["8:11 L301"]),
        ("  tasks:\n  - heading: 布署  # plangen: ignore L301\n    text: 布署。\n", ["7:11 L301"]),
        ("  text: 落实布署,抓好。  # plangen: ignore L301\n", ["5:13 L101"]),
    ],
)
def test_a_comment_reaches_no_further(below: str, found: list[str], tmp_path: Path) -> None:
    assert said(tmp_path, BODY + below) == found


def test_a_comment_at_the_head_silences_a_rule_in_the_whole_file(tmp_path: Path) -> None:
    plan = BODY + "  text: 落实布署，新建3万平米。\n- heading: 布署\n  text: 好。\n"
    assert said(tmp_path, "# plangen: ignore-file L301\n" + plan) == ["6:18 L205"]
    assert said(tmp_path, "---\n# 说明\n\n# plangen：ignore-file L3、L2 由上年改成\n" + plan) == []


def test_a_comment_before_the_first_key_is_that_keys_own(tmp_path: Path) -> None:
    assert said(tmp_path, "# plangen: ignore L301\n" + BODY + "  text: 落实布署。\n") == ["1:1 L003", "6:11 L301"]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("# plangen: ignore", "L002"),
        ("# plangen: ignore 布署", "L002"),
        ("# plangen: ingore L301", "L002"),
        ("# plangen:", "L002"),
        ("# plangen: ignore L999", "L001"),
        ("# plangen: ignore D501", "L001"),
        ("# plangen: ignore L003", "L001"),
        ("# plangen: ignore-file L301", "L004"),
    ],
)
def test_a_comment_that_cannot_be_is_reported_and_silences_nothing(comment: str, code: str, tmp_path: Path) -> None:
    assert said(tmp_path, BODY + f"  text: 落实布署。  {comment}\n") == ["5:11 L301", f"5:16 {code}"]


def test_a_code_there_is_not_does_not_spoil_the_others(tmp_path: Path) -> None:
    assert said(tmp_path, BODY + "  text: 落实布署。  # plangen: ignore L999,L301\n") == ["5:16 L001"]


def mended(folder: Path, text: str) -> str:
    return apply_fixes(text, [each.fix for each in check(folder, text) if each.fix])[0]


@pytest.mark.parametrize(
    ("below", "left"),
    [
        ("  text: 好。  # plangen: ignore L301\n", "  text: 好。\n"),
        ("  # plangen: ignore L301 原来写错了\n  text: 好。\n", "  text: 好。\n"),
        ("  text: |  # plangen: ignore L3\n    好。\n", "  text: |\n    好。\n"),
        ("  text: 布署。  # plangen: ignore L2，L301\n", "  text: 布署。  # plangen: ignore L301\n"),
        ("  text: 布署。  # plangen: ignore L301 L301\n", "  text: 布署。  # plangen: ignore L301 L301\n"),
        ("  text: 好。\n# plangen: ignore L301\n", "  text: 好。\n"),
        ("  text: 好。\n  # plangen: ignore L301", "  text: 好。\n"),
        ("  text: 好。\r\n  # plangen: ignore L301\r\n", "  text: 好。\r\n"),
    ],
)
def test_what_silences_nothing_is_reported_and_can_be_taken_away(below: str, left: str, tmp_path: Path) -> None:
    found = said(tmp_path, BODY + below)
    assert [each.split()[1] for each in found] == ([] if below == left else ["L003"])
    assert mended(tmp_path, BODY + below) == BODY + left
    assert said(tmp_path, BODY + left) == []


def test_of_two_comments_that_say_the_same_of_one_key_one_is_too_many(tmp_path: Path) -> None:
    twice = BODY + "  # plangen: ignore L301\n  text: 布署。  # plangen: ignore L301\n"
    assert said(tmp_path, twice) == ["6:14 L003"]


def test_only_who_was_asked_can_say_that_a_comment_is_not_needed(tmp_path: Path) -> None:
    plan = BODY + "  text: 好。  # plangen: ignore L3\n"
    assert said(tmp_path, plan) == ["5:13 L003"]
    assert said(tmp_path, plan, select=("L1", "L0")) == []
    assert said(tmp_path, plan, ignore=("L302",)) == []
    assert said(tmp_path, plan, ignore=("L003",)) == []


def test_a_comment_in_a_file_of_a_department_counts_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "# plangen: ignore-file L205\n- text: 布署3万平米。  # plangen: ignore L301\n- text: 再布署2万平米。\n",
        encoding="utf-8",
    )
    plan = BODY + "  tasks:\n  - include: a.yaml\n  - text: 新建3万平米，再布署。\n"
    assert said(tmp_path, plan) == ["7:15 L205", "7:19 L301", "3:10 L301"]


def test_errors_of_form_are_never_silenced(tmp_path: Path) -> None:
    assert said(tmp_path, BODY + "  txt: 好。  # plangen: ignore L1\n  text: 好。\n") == ["5:3 D501"]
