"""Two years' plans side by side: fates of tasks, changes of goals, sentences that were copied."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings

from plangen import api
from plangen.compare.year_tables import year_tables
from plangen.compare.years import Fate, YearOverYear, compare_years, goal_change
from plangen.diagnostics import PlanError, Source
from plangen.drafting.next_year import draft_next_year
from plangen.plan.goals import parse_goal
from plangen.plan.model import Section
from plangen.render.table_document import write_tables
from strategies import PLANS, Typed, as_yaml
from test_next_year import EXAMPLES, last_year

HEAD: Final = """\
title: 云川市{0}年教育工作要点
year: {0}
numbering: {{continuous: [tasks]}}
sections:
- heading: 部分
  tasks:
"""


def plan(year: int, *tasks: str) -> Source:
    return Source(f"{year}.yaml", HEAD.format(year) + "".join(f"  - {task}\n" for task in tasks))


def compared(old: Source, new: Source) -> YearOverYear:
    return compare_years(api.align_plans(api.open_reading(old), api.open_reading(new)))


def fates(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    return [(each.fate.value, each.said) for each in compared(plan(2026, *old), plan(2027, *new)).tasks]


SAFETY: Final = "{heading: 守住安全底线, text: 每季度检查一次校车，每月公示一次食堂账目。, lead: 安全科, due: 2026-12}"


@pytest.mark.parametrize(
    ("new", "fate", "said"),
    [
        (SAFETY, "延续", ""),
        (SAFETY.replace("2026", "2027"), "延续", ""),
        (SAFETY.replace("2026-12", "2027-06"), "修改", "完成时限：2026年12月 → 2027年6月"),
        (SAFETY.replace("2026", "2027").replace("每月", "每周"), "修改", "正文改写"),
        (SAFETY.replace("2026", "2027").replace("安全科", "后勤科"), "修改", "牵头单位：安全科 → 后勤科"),
    ],
)
def test_a_task_goes_on_or_was_changed(new: str, fate: str, said: str) -> None:
    assert fates([SAFETY], [new]) == [(fate, said)]


def test_tasks_come_and_go() -> None:
    other = "{heading: 办好特殊教育, text: 每个乡镇建成一间资源教室，巡回教师每周到校一次。}"
    assert fates([SAFETY], [other]) == [("新增", ""), ("不再列入", "")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("98%以上", "98.5%以上", "提高0.5个百分点"),
        ("控制在5%以内", "控制在4%以内", "下降1个百分点"),
        ("12所", "15所", "增加3所"),
        ("98%", "98%以上", "持平"),
        ("新增12所", "新增15所", "↑3所"),
        ("新增12所", "达到15所", ""),
        ("98%", "待定", "待定"),
        ("待定", "98%", ""),
        ("15%～20%", "20%", ""),
    ],
)
def test_goals_of_two_years(old: str, new: str, said: str) -> None:
    assert goal_change(parse_goal(old), parse_goal(new)) == said


def test_a_copied_sentence_is_told_with_both_places() -> None:
    said = "{heading: 甲, text: 组织第42个教师节庆祝活动，表彰一批优秀教师和先进集体。抓好落实。}"
    found = compared(plan(2026, SAFETY, said), plan(2027, said, said.replace("甲", "乙").replace("42", "43")))
    assert [(each.old_address, each.address, each.only_years) for each in found.repeated] == [
        ("第2条", "第1条", False),
        ("第2条", "第2条", True),
    ]
    assert found.sentences == 2


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_draft_is_all_of_last_year(path: Path) -> None:
    source = last_year(path)
    draft = Source("new.yaml", draft_next_year(source, 2027).text)
    found = compared(source, draft)
    assert Counter(each.fate for each in found.tasks).keys() == {Fate.KEPT}
    assert {each.change for each in found.targets} == {"待定"}
    for name in ("md", "docx", "xlsx"):
        made = io.BytesIO()
        write_tables("年度对照", year_tables(found), name, made)
        assert made.getvalue()


@given(PLANS, PLANS)
@settings(max_examples=40, deadline=None)
def test_every_task_of_either_year_has_one_fate(before: Typed, after: Typed) -> None:
    try:
        readings = [api.open_reading(Source("plan.yaml", as_yaml(each))) for each in (before, after)]
    except PlanError:
        return
    alignment = api.align_plans(*readings)
    counts = Counter(each.fate for each in compare_years(alignment).tasks)
    old, new = (sum(len(section.tasks) for section in _sections(reading.plan.sections)) for reading in readings)
    assert old == counts[Fate.KEPT] + counts[Fate.CHANGED] + counts[Fate.DROPPED]
    assert new == counts[Fate.KEPT] + counts[Fate.CHANGED] + counts[Fate.ADDED]


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)
