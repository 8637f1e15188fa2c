"""Which tables a document holds, by its genre."""

from typing import Final

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Outline, Table
from plangen.outline.tables import empty_table

_TABLE_GENRES: Final = {"task-table": "tasks", "target-table": "targets"}
"""Genres that are one table, and the kind of it."""


def refuse_empty_table(outline: Outline, genre: str) -> None:
    """Raise `PlanError` when a genre is a table for which the plan has nothing to list."""
    table = _only_table(outline, genre)
    if table and not table.rows:
        raise PlanError([empty_table(table)])


def workbook_tables(outline: Outline, genre: str) -> list[Table]:
    """Return the tables of a workbook: that of the genre, or all that have rows.

    Raises `PlanError` when there is none.
    """
    refuse_empty_table(outline, genre)
    table = _only_table(outline, genre)
    found = [table] if table else [each for each in (outline.tables.tasks, outline.tables.targets) if each.rows]
    if not found:
        raise PlanError([Diagnostic("D530", "计划里没有任务，也没有指标，排不出表格", hint="先在计划里写上任务或指标")])
    return found


def _only_table(outline: Outline, genre: str) -> Table | None:
    kind = _TABLE_GENRES.get(genre)
    if kind is None:
        return None
    return outline.tables.tasks if kind == "tasks" else outline.tables.targets
