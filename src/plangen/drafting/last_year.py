"""Last year's plan, from whatever file holds it."""

from pathlib import Path
from typing import NamedTuple

from plangen.diagnostics import Diagnostic, Source
from plangen.source.files import PLAN_SUFFIXES, read_source


class LastYear(NamedTuple):
    """Last year's plan as a text in the plan format, and what was doubtful when it had to be made one."""

    source: Source
    doubts: list[Diagnostic]


def open_last_year(path: Path, *, chinese: bool = True) -> LastYear:
    """Return the plan of a file: of the plan format, or of a document that is imported, with keys of a language.

    Raises `PlanError` when it cannot be read or no plan is to be found in it.
    """
    if path.suffix.lower() in PLAN_SUFFIXES:
        return LastYear(read_source(path), [])
    from plangen.importing.files import import_file  # noqa: PLC0415 - only documents pay for it
    from plangen.source.writing import write_record  # noqa: PLC0415

    imported = import_file(path)
    text = write_record(imported.plan, chinese=chinese, notes=imported.notes)
    return LastYear(Source(path.as_posix(), text), imported.diagnostics)
