"""Plans from whatever file holds them: of the plan format, or documents that are imported."""

from pathlib import Path
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Source
from plangen.source.files import PLAN_SUFFIXES, read_source

_NO_YEAR: Final = "I018"
"""Said of a document in which no year is to be found."""


class AnyPlan(NamedTuple):
    """A plan as a text in the plan format, and what was doubtful when it had to be made one."""

    source: Source
    doubts: list[Diagnostic]


def open_any_plan(path: Path, year: int | None = None, *, chinese: bool = True) -> AnyPlan:
    """Return the plan of a file: of the plan format, or of a document that is imported, with keys of a language.

    A document that does not say its year is taken for that of `year`. Raises `PlanError` when it cannot be read or no
    plan is to be found in it.
    """
    if path.suffix.lower() in PLAN_SUFFIXES:
        return AnyPlan(read_source(path), [])
    from plangen.importing.files import import_file  # noqa: PLC0415 - only documents pay for it
    from plangen.source.writing import write_record  # noqa: PLC0415

    try:
        imported = import_file(path)
    except PlanError as error:
        if [each.code for each in error.diagnostics] != [_NO_YEAR] or year is None:
            raise
        imported = import_file(path, year)
    text = write_record(imported.plan, chinese=chinese, notes=imported.notes)
    return AnyPlan(Source(path.as_posix(), text), imported.diagnostics)
