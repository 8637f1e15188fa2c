"""A file to a plan, with everything that is wrong with its form."""

from pathlib import Path
from typing import TypeVar

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.plan.model import Plan
from plangen.plan.schema import Record
from plangen.source.comments import lost_comments
from plangen.source.files import read_source
from plangen.source.nodes import read_nodes
from plangen.source.records import RecordReader

AnyRecord = TypeVar("AnyRecord", bound=Record)


def read_plan(path: Path) -> tuple[Plan, list[Diagnostic]]:
    """Return the plan a file holds and what is wrong with it; see `parse_record`."""
    return parse_record(Plan, read_source(path))


def parse_record(cls: type[AnyRecord], source: Source) -> tuple[AnyRecord, list[Diagnostic]]:
    """Return the record a text holds and what is wrong with it.

    A record with errors holds blanks in place of what is wrong and serves only to find more errors. Raises `PlanError`
    when the text cannot be read as such a record at all.
    """
    root = read_nodes(source)
    if root is None:
        required = "、".join(key.name for key in cls.REQUIRED)
        raise PlanError([Diagnostic("Y004", "文件里没有内容", Span(source, 0, 0), f"至少写上 {required}")])
    reader = RecordReader()
    found = reader.record(cls, root)
    if not isinstance(found, cls):
        raise PlanError(reader.diagnostics)
    return found, [*reader.diagnostics, *lost_comments(source, root)]
