"""New files: what is written reads as the same plan, in the house style."""

from pathlib import Path

import pytest
from hypothesis import given

import strategies
from pages import EXAMPLES
from plangen.api import load_plan
from plangen.diagnostics import Severity, Source
from plangen.plan.model import Plan, Section, Task
from plangen.source.loading import parse_record
from plangen.source.writing import write_record

languages = pytest.mark.parametrize("chinese", [False, True], ids=["English keys", "Chinese keys"])


def read(text: str) -> Plan:
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", text))
    assert [each for each in diagnostics if each.severity is Severity.ERROR] == []
    return plan


@languages
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_plan_that_is_written_reads_the_same(path: Path, chinese: bool) -> None:
    plan = load_plan(path)
    text = write_record(plan, chinese=chinese)
    assert read(text) == plan
    assert write_record(read(text), chinese=chinese) == text
    assert all(line == line.rstrip() for line in text.splitlines())


@given(strategies.PLANS)
def test_any_plan_that_is_written_reads_the_same(typed: strategies.Typed) -> None:
    plan = read(strategies.as_yaml(typed))
    assert read(write_record(plan)) == plan
    assert read(write_record(plan, chinese=True)) == plan


def test_the_house_style() -> None:
    text = ("新增学位9000个。年内交付学校6所。", "统筹校车。")
    task = Task(heading="扩大学位供给", text=text, lead=("规划科", "财务科"))
    doubted = Task(text=("- 开头是短横线。",), due="2027-08")
    plan = Plan(title="云川市：要点", year=2027, sections=(Section(heading="教育公平", tasks=(task, doubted)),))
    assert write_record(plan, notes={id(doubted): ["待核对：缺编号"]}) == (
        """\
title: 云川市：要点
year: 2027
sections:
  - heading: 教育公平
    tasks:
      - heading: 扩大学位供给
        text: |
          新增学位9000个。
          年内交付学校6所。

          统筹校车。
        lead: [规划科, 财务科]
      # 待核对：缺编号
      - text: |
          - 开头是短横线。
        due: 2027-08
"""
    )
