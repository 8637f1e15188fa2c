"""A file to a plan, with everything that is wrong with its form."""

from pathlib import Path
from typing import Any

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.plan.model import Plan
from plangen.source.files import read_source
from plangen.source.nodes import read_nodes
from plangen.source.records import RecordReader


def load_plan(path: Path) -> tuple[Plan, list[Diagnostic]]:
    """Return the plan a file holds and what is wrong with it.

    A plan with errors holds blanks in place of what is wrong and serves only to find more errors. Raises `PlanError`
    when the file cannot be read at all.
    """
    return parse_plan(read_source(path))


def parse_plan(source: Source) -> tuple[Plan, list[Diagnostic]]:
    """Return the plan a text holds and what is wrong with it; see `load_plan`."""
    root = read_nodes(source)
    if root is None:
        raise PlanError([Diagnostic("Y004", "文件里没有内容", Span(source, 0, 0), "至少写上 title、year 和 sections")])
    reader = RecordReader()
    plan: Any = reader.record(Plan, root)
    if not isinstance(plan, Plan):
        raise PlanError(reader.diagnostics)
    return plan, reader.diagnostics
