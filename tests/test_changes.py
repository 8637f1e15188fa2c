"""Changes: what is said of any two plans is complete, the same every time, and well-formed in every form."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from case_files import read_case
from html_pages import read_page
from pages import ROOT
from plangen.api import Reading, align_plans, open_reading
from plangen.cli.schema import schema_text
from plangen.compare.change_table import change_table
from plangen.compare.changes import Changes, What, find_changes
from plangen.compare.reports import REPORTS
from plangen.compare.text import render_text
from plangen.diagnostics import Source
from plangen.outline.model import Change
from plangen.plan.goals import parse_goal, shift
from strategies import PLANS, Typed, as_yaml

SCHEMA_FILE = ROOT / "docs" / "diff.schema.json"
VALIDATOR = Draft7Validator(json.loads(schema_text("diff")))
EXAMPLES = sorted((ROOT / "plans").glob("*.yaml"))
PAIRS = sorted(Path(__file__).parent.joinpath("cases/diff").glob("*.case"))

few = settings(max_examples=15)


def reading(text: str, name: str = "计划.yaml") -> Reading:
    return open_reading(Source(name, text))


def changes_between(old: str, new: str) -> Changes:
    return find_changes(align_plans(reading(old, "原稿.yaml"), reading(new, "改稿.yaml")))


def pairs_of_cases() -> Iterator[tuple[str, str]]:
    for path in PAIRS:
        case = read_case(path)
        if not case.stderr:
            old, new, *_ = (part.text for part in case.given)
            yield old, new


@few
@given(PLANS)
def test_a_plan_does_not_differ_from_itself(plan: Typed) -> None:
    text = as_yaml(plan)
    changes = changes_between(text, text)
    assert not changes.differ
    assert not (changes.parts or changes.hints)
    assert changes.summary == "两稿内容相同"


@few
@given(PLANS, PLANS)
def test_whatever_differs_is_told_in_every_form(old: Typed, new: Typed) -> None:
    changes = changes_between(as_yaml(old), as_yaml(new))
    assert changes.differ == (bool(changes.parts) or "renumbered" in changes.counts)
    assert render_text(changes).startswith(changes.summary)
    reports = {name: render(changes, "原稿.yaml", "改稿.yaml") for name, render in REPORTS.items()}
    assert list(VALIDATOR.iter_errors(json.loads(reports["json"]))) == []
    page = read_page(reports["html"].encode())
    assert len(page.find("section")) == len(changes.parts) + len(changes.hints)
    rows = change_table(changes).rows
    assert sum(row.cells[0].rows for row in rows) == len(rows)


@few
@given(PLANS, PLANS)
def test_what_was_added_one_way_was_removed_the_other(old: Typed, new: Typed) -> None:
    there, back = changes_between(as_yaml(old), as_yaml(new)), changes_between(as_yaml(new), as_yaml(old))
    assert there.differ == back.differ
    for one, other in ((there, back), (back, there)):
        balance = one.new_tasks - one.old_tasks
        assert balance == other.old_tasks - other.new_tasks


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_plan_that_was_not_there_is_all_new(path: Path) -> None:
    plan = reading(path.read_text(encoding="utf-8"))
    added, removed = find_changes(align_plans(None, plan)), find_changes(align_plans(plan, None))
    assert {part.what for part in added.parts if part.kind != "plan"} == {What.ADDED}
    assert {part.what for part in removed.parts if part.kind != "plan"} == {What.REMOVED}
    assert added.counts["added"] == removed.counts["removed"] == added.new_tasks
    assert added.summary.startswith("原稿没有这个文件，以下全部是新增。任务 0 → ")
    assert removed.summary.startswith("改稿没有这个文件，以下全部是删除。任务 ")
    everything = "".join(difference.new for part in added.parts for difference in part.differences)
    assert all(str(paragraph) in everything for paragraph in plan.outline.closing)


def test_reports_say_the_same_whatever_the_order_of_hashes() -> None:
    code = (
        "import sys; from pathlib import Path; from plangen.api import align_plans, open_reading\n"
        "from plangen.source.files import read_source; from plangen.compare.changes import find_changes\n"
        "from plangen.compare.reports import REPORTS; from plangen.compare.text import render_text\n"
        "sides = [open_reading(read_source(Path(each))) for each in sys.argv[1:]]\n"
        "changes = find_changes(align_plans(*sides))\n"
        "sys.stdout.buffer.write(''.join([render_text(changes), *(r(changes, 'a', 'b') for r in REPORTS.values())])"
        ".encode())"
    )
    names = [str(ROOT / "plans" / f"{name}.yaml") for name in ("2027", "2027-district")]
    said = {
        subprocess.run(
            [sys.executable, "-c", code, *names], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_schema_of_the_report_is_committed(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        SCHEMA_FILE.write_text(schema_text("diff"), encoding="utf-8", newline="\n")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text("diff"), "pytest --accept writes it anew"


def test_the_schema_refuses_what_no_report_says() -> None:
    report = json.loads(REPORTS["json"](changes_between(*next(pairs_of_cases())), "a", "b"))
    assert VALIDATOR.is_valid(report)
    assert not VALIDATOR.is_valid(report | {"schema_version": 2})
    assert not VALIDATOR.is_valid({name: value for name, value in report.items() if name != "counts"})


def test_reports_of_the_cases_are_valid_and_point_at_lines() -> None:
    for old, new in pairs_of_cases():
        changes = changes_between(old, new)
        report = json.loads(REPORTS["json"](changes, "原稿.yaml", "改稿.yaml"))
        assert list(VALIDATOR.iter_errors(report)) == []
        for each in report["changes"]:
            for line, text in ((each["old_line"], old), (each["new_line"], new)):
                assert line is None or text.splitlines()[line - 1].lstrip(" -")


def test_markdown_shows_marks_as_marks_and_nothing_else_as_markup() -> None:
    old = "title: 计划\nyear: 2027\nsections:\n  - heading: 重点\n    text: 建成*3所*学校，办好<b>一_件_事</b>。\n"
    new = old.replace("3所", "5所").replace("建成", "抓紧建成").replace("。\n", "，见[附件](x)。\n")
    said = REPORTS["md"](changes_between(old, new), "原稿.yaml", "改稿.yaml")
    page = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").render(said)
    assert "<strong>抓紧</strong>建成*" in page
    assert "<ins>，见[附件](x)</ins>" in page
    assert "办好&lt;b&gt;一_件_事&lt;/b&gt;" in page
    assert "<em>" not in page
    assert "href" not in page


def test_the_page_needs_nothing_else_and_nothing_in_it_runs() -> None:
    old = "title: 计划\nyear: 2027\nsections:\n  - heading: <script>alert(1)</script>\n    text: 一。\n"
    content = REPORTS["html"](changes_between(old, old.replace("一。", "<img src=x>。")), "<a>.yaml", '"b".yaml')
    page = read_page(content.encode())
    assert page.find("script", "img", "link") == []
    assert "url(" not in content
    assert "<script>alert(1)</script>" in "".join(page.text)


def test_the_wording_of_a_difference_is_what_both_plans_say() -> None:
    for old, new in pairs_of_cases():
        for part in changes_between(old, new).parts:
            for each in part.differences:
                if each.wording:
                    kept_or_old = "".join(s.text for s in each.wording if s.change is not Change.INSERTED)
                    kept_or_new = "".join(s.text for s in each.wording if s.change is not Change.DELETED)
                    assert (kept_or_old, kept_or_new) == (each.old, each.new)


def test_characters_that_stand_for_references_may_stand_in_prose() -> None:
    old = f"""title: 计划
year: 2027
sections:
  - id: a
    heading: 重点
    text: "见第{{@a}}部分{chr(0x10_0000)}，对照落实。"
"""
    (part,) = changes_between(old, old.replace("对照", "逐条对照")).parts
    (difference,) = part.differences
    assert (difference.old, difference.new) == (
        f"见第一部分{chr(0x10_0000)}，对照落实。",
        f"见第一部分{chr(0x10_0000)}，逐条对照落实。",
    )


def test_hundreds_of_attachments_and_references_are_compared_in_seconds() -> None:
    references = "".join(f"对照第{{@t{n}}}条，" for n in range(400))
    tasks = "".join(f"      - {{id: t{n}, heading: 任务{n}}}\n" for n in range(400))
    attachments = "".join(f"  - {{title: 附件之{n}, text: 内容。}}\n" for n in range(400))
    old = f"title: 计划\nyear: 2027\nnumbering: {{continuous: [tasks]}}\nattachments:\n{attachments}sections:\n"
    old += f"  - heading: 重点\n    text: '{references}落实。'\n    tasks:\n{tasks}"
    new = old.replace("附件之", "新附件之").replace("对照", "按照")
    start = time.process_time()
    changes = changes_between(old, new)
    assert time.process_time() - start < 8
    assert changes.counts["attachments"] == 800


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("97.5%", "98%以上", "↑0.5个百分点"),
        ("98%", "97.5%", "↓0.5个百分点"),
        ("新增12所", "新增15所", "↑3所"),
        ("下降0.5个百分点", "下降1个百分点", "↑0.5个百分点"),
        ("97.5%以上", "不低于97.5%", "数值不变"),
        ("1,200人", "1200人", "数值不变"),
        ("12‰", "11.5‰", "↓0.5个千分点"),
        ("17:1", "16:1", None),
        ("15%～20%", "18%", None),
        ("新增12所", "12所", None),
        ("12所", "12个", None),
    ],
)
def test_goals_are_compared_exactly(old: str, new: str, said: str | None) -> None:
    moved = shift(parse_goal(old), parse_goal(new))
    assert (moved.text if moved else None) == said


@given(st.sampled_from(EXAMPLES))
@settings(max_examples=4)
def test_turning_a_comparison_round_turns_what_is_said_round(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    other = text.replace("2027-12\n", "2027-11\n").replace("每学期", "每学年")
    there, back = changes_between(text, other), changes_between(other, text)
    assert there.counts == back.counts
    assert [part.address for part in there.parts] == [part.address for part in back.parts]
