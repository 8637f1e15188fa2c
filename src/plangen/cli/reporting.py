"""What the commands share: saying what is wrong, and the exit code that follows from it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import WRONG_USE

if TYPE_CHECKING:
    from plangen.diagnostics import Diagnostic

INPUT_ERROR: Final = 1
_WRONG_USE_CODES: Final = frozenset({"F001", "F002", "F006", "T001", "T002"})


def report(diagnostics: Sequence["Diagnostic"], *, to_stdout: bool = False) -> int:
    """Print diagnostics and return the exit code they call for: 0 without an error among them."""
    from plangen.diagnostics import Severity  # noqa: PLC0415
    from plangen.diagnostics.text import render_text  # noqa: PLC0415

    for diagnostic in diagnostics:
        click.echo(render_text(diagnostic), err=not to_stdout)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if not errors:
        return 0
    return WRONG_USE if all(error.code in _WRONG_USE_CODES for error in errors) else INPUT_ERROR


def find_plans(named: Iterable[Path]) -> tuple[list[Path], list["Diagnostic"]]:
    """Return the plans that files and folders name, each once, and what is wrong with the names."""
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.source.files import plan_files  # noqa: PLC0415

    plans: list[Path] = []
    diagnostics: list[Diagnostic] = []
    for each in named:
        try:
            plans += plan_files(each)
        except PlanError as error:
            diagnostics += error.diagnostics
    return list(dict.fromkeys(plans)), diagnostics
