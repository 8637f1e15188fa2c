"""年度对照: what became of a plan in another year, as tables for those who ask."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from plangen.compare.years import Fate, YearOverYear
from plangen.outline.model import Cell, Column, Row, Segment, Table, Text
from plangen.outline.tables import TABLE_TITLES

_NOTHING: Final = "—"
"""Stands where one of the plans has nothing."""

NAME: Final = "年度对照"
"""What the document is called."""


def year_tables(found: YearOverYear) -> list[Table]:
    """Return the tables of tasks, of targets and of sentences that are said again, those without rows left out."""
    tables = (_tasks(found), _targets(found), _sentences(found))
    return [table for table in tables if table.rows]


def _tasks(found: YearOverYear) -> Table:
    columns = (
        Column("序号", 2, centred=True),
        Column("情况", 4, centred=True),
        Column("任务", 11),
        Column(f"{found.years.old}年", 5, centred=True),
        Column(f"{found.years.new}年", 5, centred=True),
        Column("说明", 13),
    )
    order = list(Fate)
    tasks = sorted(found.tasks, key=lambda each: order.index(each.fate))
    rows = ((each.fate.value, each.title, each.old_address, each.address, each.said or _NOTHING) for each in tasks)
    return _table(found, "year-tasks", columns, rows)


def _targets(found: YearOverYear) -> Table:
    old, new = found.years.old, found.years.new
    columns = (
        Column("序号", 2, centred=True),
        Column("指标", 10),
        Column(f"{old}年目标", 6, centred=True),
        Column(f"{new}年基数", 6, centred=True),
        Column(f"{new}年目标", 6, centred=True),
        Column("目标变化", 7, centred=True),
    )
    rows = (
        (
            each.indicator,
            each.old.goal.written if each.old else "",
            each.new.baseline if each.new else "",
            each.new.goal.written if each.new else "",
            each.change,
        )
        for each in found.targets
    )
    return _table(found, "year-targets", columns, rows)


def _sentences(found: YearOverYear) -> Table:
    columns = (
        Column("序号", 2, centred=True),
        Column("句子", 22),
        Column(f"{found.years.old}年", 5, centred=True),
        Column(f"{found.years.new}年", 5, centred=True),
        Column("说明", 6),
    )
    rows = (
        (each.sentence, each.old_address, each.address, "只换了年份" if each.only_years else "一字不差")
        for each in found.repeated
    )
    return _table(found, "year-sentences", columns, rows)


def _table(found: YearOverYear, kind: str, columns: tuple[Column, ...], rows: Iterator[tuple[str, ...]]) -> Table:
    """Return a table whose rows are numbered."""
    made = tuple(Row(tuple(_cells(number, texts))) for number, texts in enumerate(rows, 1))
    return Table(kind, f"{found.title}{TABLE_TITLES[kind]}", columns, made)


def _cells(number: int, texts: tuple[str, ...]) -> Iterator[Cell]:
    yield Cell(Text((Segment(str(number)),)), Decimal(number))
    yield from (Cell(Text((Segment(each or _NOTHING),))) for each in texts)
