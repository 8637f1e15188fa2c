"""Next year's draft: it reads, says what last year's plan said but for what is listed, and keeps ids and comments."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings

from plangen import api
from plangen.compare.alignment import Ground
from plangen.compare.years import Fate, compare_years
from plangen.diagnostics import Fix, PlanError, Source, Span
from plangen.drafting.checklist import checklist
from plangen.drafting.next_year import NextYear, draft_next_year
from plangen.drafting.revising import Group, revise
from plangen.drafting.steps import records
from plangen.plan.carrying import Sort, Years, carried_text, carry
from plangen.plan.goals import next_baseline, parse_goal
from plangen.plan.model import Plan, Section, Target, Task
from plangen.source.files import read_source
from plangen.source.formatting import Wishes, format_source
from plangen.source.indentation import comments
from strategies import PLANS, Typed, as_yaml

ROOT: Final = Path(__file__).parents[1]
EXAMPLES: Final = sorted((ROOT / "plans").glob("*.yaml"))
ACCEPTANCE: Final = sorted((ROOT.parent / "shared" / "acceptance").glob("*.yaml"))
YEARS: Final = Years(2026, 2027, ("云川市2026年教育工作要点",))

each_plan = pytest.mark.parametrize("path", [*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)


def last_year(path: Path) -> Source:
    """Return a plan as that of the year before: every 2027 a 2026, and so on, the yearly events one less."""
    text = path.read_text(encoding="utf-8")
    if path in EXAMPLES:
        text = re.sub("202[6-9]", lambda year: str(int(year[0]) - 1), text)
        text = re.sub(r"(?<=第)\d\d(?=[个届][^，。]{0,6}[节周日月])", lambda nth: str(int(nth[0]) - 1), text)
    return Source(path.name, text)


def drafted(source: Source) -> tuple[api.Reading, api.Reading, NextYear]:
    old = api.open_reading(source)
    draft = draft_next_year(source, old.plan.year + 1)
    return old, api.open_reading(Source("new.yaml", draft.text)), draft


def named(plan: Plan) -> Iterator[tuple[str, str]]:
    for record in records(plan):
        if isinstance(record, Section | Task | Target) and record.id:
            yield type(record).__name__, record.id


@each_plan
def test_next_year_reads_and_has_all_that_last_year_had(path: Path) -> None:
    old, new, _ = drafted(last_year(path))
    assert new.plan.year == old.plan.year + 1
    assert [type(each) for each in records(new.plan)] == [type(each) for each in records(old.plan)]
    assert set(named(old.plan)) <= set(named(new.plan))
    assert all(each.id for each in records(new.plan) if isinstance(each, Section | Task))


def carried(value: object, years: Years) -> object:
    """Return a value as next year's plan has it, its texts carried forward."""
    if isinstance(value, str):
        return carried_text(value, years)
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return tuple(carried_text(each, years) for each in value)
    return value


@each_plan
def test_nothing_differs_but_years_goals_ids_and_what_was_cleared(path: Path) -> None:
    old, new, _ = drafted(last_year(path))
    years = Years(old.plan.year, new.plan.year, (old.plan.title,))
    below = ("sections", "tasks", "items", "targets", "attachments", "official", "notice", "guiding_thought", "layout")
    for before, after in zip(records(old.plan), records(new.plan), strict=True):
        for key in before.KEYS:
            was, now = getattr(before, key.name), getattr(after, key.name)
            if key.name in ("id", "goal", "baseline", "year", *below):
                assert now == was or key.name != "id" or not was
            elif key.name == "due":
                assert now == was.replace(str(years.old), str(years.new))
            else:
                assert now == carried(was, years), (key.name, was, now)
    if old.plan.official and new.plan.official:
        cleared = ("copy_number", "document_number", "date", "printed_on")
        for key in new.plan.official.KEYS:
            was, now = getattr(old.plan.official, key.name), getattr(new.plan.official, key.name)
            assert now == (key.default if key.name in cleared else was)


@each_plan
def test_whatever_still_names_the_old_year_is_listed(path: Path) -> None:
    source = last_year(path)
    old, _, draft = drafted(source)
    noted = {note.line for note in draft.notes}
    for number, line in enumerate(draft.text.splitlines(), 1):
        assert str(old.plan.year) not in line or number in noted, line


@each_plan
def test_every_goal_is_to_be_set_and_the_old_one_is_the_baseline(path: Path) -> None:
    old, new, draft = drafted(last_year(path))
    pairs = zip(records(old.plan), records(new.plan), strict=True)
    targets = [(before, after) for before, after in pairs if isinstance(before, Target) and isinstance(after, Target)]
    for before, after in targets:
        assert after.goal.is_pending
        assert after.baseline == (next_baseline(before.baseline, before.goal) or before.baseline)
    assert len(targets) == sum(note.group is Group.GOALS for note in draft.notes)
    reported = [each.code for each in api.check_source(Source("new.yaml", draft.text), select=["L720", "L721"])]
    body = [target for target in targets if "L720" in reported]
    assert reported.count("L720") == len(body)
    assert reported.count("L721") == 1


@each_plan
def test_the_two_years_are_the_same_tasks_by_id(path: Path) -> None:
    source = last_year(path)
    with_ids = Source("old.yaml", format_source(source, Wishes(ids=True)).text)
    old, new, _ = drafted(with_ids)
    alignment = api.align_plans(old, new)
    tasks = [match for match in alignment.matches if isinstance(match.new.record, Task)]
    assert {match.ground for match in tasks} == {Ground.ID}
    assert {each.fate for each in compare_years(alignment).tasks} == {Fate.KEPT}


@each_plan
def test_a_draft_stays_a_draft_in_the_house_style(path: Path) -> None:
    _, _, draft = drafted(last_year(path))
    formatted = format_source(Source("new.yaml", draft.text)).text
    assert formatted.count("# 延续？") == draft.text.count("# 延续？") > 0
    again = draft_next_year(Source("new.yaml", draft.text), draft.year + 1)
    assert again.text.count("# 延续？") == draft.text.count("# 延续？")
    assert again.born == 0


@each_plan
def test_comments_stay(path: Path) -> None:
    source = last_year(path)
    _, _, draft = drafted(source)
    text = "\n".join(comments(draft.text)) if comments(draft.text) else ""
    assert [each for each in comments(source.text) if each.strip("# ") not in text] == []


@each_plan
def test_a_draft_renders(path: Path, tmp_path: Path) -> None:
    _, new, _ = drafted(last_year(path))
    with (tmp_path / "draft.docx").open("wb") as file:
        api.write_document(new.outline, "docx", file)
    with (tmp_path / "draft.md").open("wb") as file:
        api.write_document(new.outline, "md", file)
    if any(isinstance(each, Target) for each in records(new.plan)):
        assert "待定" in (tmp_path / "draft.md").read_text(encoding="utf-8")


@each_plan
def test_every_line_of_the_checklist_leads_to_its_place(path: Path) -> None:
    _, _, draft = drafted(last_year(path))
    lines = draft.text.splitlines()
    for note in draft.notes:
        line = lines[note.line - 1]
        if note.group is Group.GOALS:
            assert "待定" in line
        if note.group is Group.DUES:
            assert str(draft.year) in line
    assert checklist(draft, "old.yaml", "new.yaml").count("- [ ] ") >= len(draft.notes)


@given(PLANS)
@settings(max_examples=60, deadline=None)
def test_any_plan_can_be_carried_forward(plan: Typed) -> None:
    source = Source("plan.yaml", as_yaml(plan))
    try:
        old = api.open_reading(source)
    except PlanError:
        return
    new = api.open_reading(Source("new.yaml", draft_next_year(source, 2028).text))
    assert len(list(records(new.plan))) == len(list(records(old.plan)))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("云川市2026年教育工作要点", "云川市2027年教育工作要点"),
        (
            "印发《云川市2026年教育工作要点》，落实《2026年行动方案》",
            "印发《云川市2027年教育工作要点》，落实《2026年行动方案》",
        ),
        ("2026届毕业生、2024级学生、2026年度考核", "2027届毕业生、2025级学生、2027年度考核"),
        ("截至2025年底，较2025年提高，2025年出台", "截至2026年底，较2026年提高，2025年出台"),
        ("2026—2027学年，2025—2026学年第二学期", "2027—2028学年，2026—2027学年第二学期"),
        ("2024—2026年行动计划，2026年9月起实行", "2024—2026年行动计划，2026年9月起实行"),
        ("云教〔2026〕3号，云教〔2026〕　号", "云教〔2026〕3号，云教〔2027〕　号"),
        ("第42个教师节，第二十九届推普周，第15届运动会", "第43个教师节，第三十届推普周，第15届运动会"),
        ("第41个教师节", "第41个教师节"),
        ("26年春季学期，二〇二六年，从教30年，七年级", "26年春季学期，二〇二六年，从教30年，七年级"),
        ("“十五五”的第一年，“十五五”开局之年", "“十五五”的第二年，“十五五”开局之年"),
        ("去年、今年、上年、明年，到2030年，培训2026人", "去年、今年、上年、明年，到2030年，培训2026人"),
    ],
)
def test_what_another_year_changes(said: str, then: str) -> None:
    assert carried_text(said, YEARS) == then
    untouched = [each for each in carry(said, YEARS) if each.sort is not Sort.CARRIED]
    assert all(each.reason and said[each.start : each.end] == each.new for each in untouched)


def test_the_last_year_of_a_five_year_plan_is_followed_by_the_first() -> None:
    years = Years(2025, 2026)
    said = "2025年是“十四五”收官之年，学习党的二十届三中全会精神，落实二十届二中、三中全会部署。"
    then = "2026年是“十五五”开局之年，学习党的二十届四中全会精神，落实二十届二中、三中全会部署。"
    assert carried_text(said, years) == then
    (doubt,) = (each for each in carry(said, years) if each.sort is Sort.DOUBTFUL)
    assert doubt.reason == "之后又开了二十届四中全会"
    doubts = [(each.new, each.reason) for each in carry("总结“十四五”，编制“十五五”规划。", years)]
    assert doubts == [("十四五", "到2025年为止"), ("十五五", "2026年开始")]


@pytest.mark.parametrize(
    ("baseline", "goal", "told"),
    [
        ("", "97.8%以上", "97.8%"),
        ("", "控制在5%以内", "5%"),
        ("", "15%～20%", "15%～20%"),
        ("", "17:1以内", "17:1"),
        ("", "约1,200 人", "1,200人"),
        ("52%", "下降0.5个百分点", "51.5%"),
        ("52%", "提高2个百分点", "54%"),
        ("40所", "新增12所", ""),
        ("", "待定", ""),
    ],
)
def test_a_goal_that_was_reached_is_the_next_baseline(baseline: str, goal: str, told: str) -> None:
    assert next_baseline(baseline, parse_goal(goal)) == told


def test_the_last_of_february_stays_the_last() -> None:
    text = "title: 甲2028年计划\nyear: 2028\nsections:\n- heading: 乙\n  tasks:\n  - {heading: 丙, due: 2028-02-29}\n"
    assert "due: 2029-02-28}" in draft_next_year(Source("2028.yaml", text), 2029).text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_breaks_stay(line_break: str) -> None:
    text = (ROOT / "plans" / "2027.yaml").read_text(encoding="utf-8")
    broken = draft_next_year(Source("2027.yaml", text.replace("\n", line_break)), 2028).text
    assert broken == draft_next_year(Source("2027.yaml", text), 2028).text.replace("\n", line_break)


def test_a_goal_to_be_set_has_the_unit_of_its_baseline_in_the_table() -> None:
    head = "title: 甲2027年计划\nyear: 2027\nsections: [{heading: 乙, text: 丙。}]\n"
    target = "targets: [{indicator: 巩固率, goal: 待定, baseline: 97.5%}]\n"
    table = api.open_reading(Source("2027.yaml", head + target)).outline.tables.targets
    assert [str(cell.text) for cell in table.rows[0].cells[1:6]] == ["巩固率", "%", "97.5", "待定", ""]


def test_a_school_year_ends_in_the_next_year() -> None:
    title = "title: 甲校2026—2027学年计划\nyear: 2026\n"
    text = f"{title}sections:\n- heading: 乙\n  tasks:\n  - {{heading: 丙, due: 2027-06}}\n"
    draft = draft_next_year(Source("2026.yaml", text), 2027)
    assert "2027—2028学年" in draft.text
    assert "due: 2028-06" in draft.text
    assert api.check_source(Source("2027.yaml", draft.text), select=["L6"]) == []


def test_escaped_text_is_left_to_the_drafter() -> None:
    text = 'title: 甲2026年计划\nyear: 2026\nopening: "\\u4e3a2026年。"\nsections:\n- {heading: 乙, text: 丙。}\n'
    draft = draft_next_year(Source("2026.yaml", text), 2027)
    assert '"\\u4e3a2026年。"' in draft.text
    assert [note.line for note in draft.notes if note.group is Group.DOUBTS] == [3]


def test_a_place_is_found_again_after_edits() -> None:
    source = Source("a", "甲乙丙丁")
    revised = revise(source.text, [Fix(Span(source, 1, 2), "一二三"), Fix(Span(source, 3, 3), "\n")])
    assert revised.text == "甲一二三丙\n丁"
    assert [revised.text[revised.offset(old)] for old in range(4)] == ["甲", "一", "丙", "丁"]


def test_a_file_that_would_be_needed_in_two_folders_is_refused(tmp_path: Path) -> None:
    (tmp_path / "科").mkdir()
    (tmp_path / "科" / "丙.yaml").write_text("- heading: 丙\n", encoding="utf-8")
    (tmp_path / "科" / "2026.yaml").write_text("- include: 丙.yaml\n", encoding="utf-8")
    head = "title: 甲2026年计划\nyear: 2026\nsections:\n- heading: 乙\n  tasks:\n"
    plan = f"{head}  - include: 科/丙.yaml\n  - include: 科/2026.yaml\n"
    (tmp_path / "2026.yaml").write_text(plan, encoding="utf-8")
    with pytest.raises(PlanError, match="放不到一起"):
        draft_next_year(read_source(tmp_path / "2026.yaml"), 2027)


def test_a_thousand_tasks_take_seconds() -> None:
    task = (
        "  - heading: 第42个教师节{}\n    text: 2026年新增学位300个，去年2025年底。\n    due: 2026-08\n    targets:\n"
    )
    target = "    - indicator: 率\n      goal: 98%以上\n      baseline: 97%\n"
    tasks = "".join(task.format(number) + target for number in range(1000))
    text = f"title: 甲2026年计划\nyear: 2026\nsections:\n- heading: 乙\n  tasks:\n{tasks}"
    start = time.perf_counter()
    assert len(draft_next_year(Source("2026.yaml", text), 2027).notes) > 5_000
    assert time.perf_counter() - start < 10


def test_a_plan_of_a_year_that_is_not_before_is_refused() -> None:
    with pytest.raises(PlanError, match="不能作2026年计划的底子"):
        draft_next_year(read_source(ROOT / "plans" / "2027.yaml"), 2026)
