"""Which tables a document holds, by its genre."""

from typing import Final

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Outline, Table
from plangen.outline.tables import empty_table

_TABLE_GENRES: Final = {"task-table": "tasks", "target-table": "targets"}
"""Genres that are one table, and the kind of it."""

TABLES_GENRE: Final = "tables"
"""The genre that is all attached tables and nothing else."""


def refuse_empty_table(outline: Outline, genre: str) -> None:
    """Raise `PlanError` when a genre is a table for which the plan has nothing to list."""
    if genre == TABLES_GENRE and not _attached_tables(outline):
        raise PlanError([Diagnostic("D530", "计划没有附表", hint="在 attachments 里写上附表（table）")])
    table = _only_table(outline, genre)
    if table and not table.rows:
        raise PlanError([empty_table(table)])


def workbook_tables(outline: Outline, genre: str) -> list[Table]:
    """Return the tables of a workbook: that of the genre, or all that have rows.

    Raises `PlanError` when there is none.
    """
    refuse_empty_table(outline, genre)
    if genre == TABLES_GENRE:
        return _attached_tables(outline)
    table = _only_table(outline, genre)
    found = [table] if table else [each for each in (outline.tables.tasks, outline.tables.targets) if each.rows]
    if not found:
        raise PlanError([Diagnostic("D530", "计划里没有任务，也没有指标，排不出表格", hint="先在计划里写上任务或指标")])
    return found


def _attached_tables(outline: Outline) -> list[Table]:
    """Return the attached tables, of each kind the first."""
    found = {each.table.kind: each.table for each in reversed(outline.attachments) if each.table}
    return list(found.values())[::-1]


def _only_table(outline: Outline, genre: str) -> Table | None:
    kind = _TABLE_GENRES.get(genre)
    if kind is None:
        return None
    return outline.tables.tasks if kind == "tasks" else outline.tables.targets
