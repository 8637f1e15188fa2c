"""What the commands share: saying what is wrong, and the exit code that follows from it."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click

from plangen.cli.chinese import WRONG_USE

if TYPE_CHECKING:
    from plangen.diagnostics import Diagnostic

INPUT_ERROR: Final = 1
_MOST_SHOWN: Final = 200


def report(diagnostics: Sequence["Diagnostic"], *, to_stdout: bool = False) -> None:
    """Print diagnostics for people, the first two hundred of them, in colour on a terminal."""
    from plangen.diagnostics.text import render_text  # noqa: PLC0415

    color = takes_color(sys.stdout if to_stdout else sys.stderr)
    for diagnostic in diagnostics[:_MOST_SHOWN]:
        click.echo(render_text(diagnostic, color=color), err=not to_stdout)
    if len(diagnostics) > _MOST_SHOWN:
        click.echo(f"……还有 {len(diagnostics) - _MOST_SHOWN} 个没有列出，先改好上面的", err=not to_stdout)


def report_mended(diagnostics: Sequence["Diagnostic"]) -> None:
    """Print what was put right, one line each, to standard error."""
    from plangen.diagnostics.text import location, printable  # noqa: PLC0415

    for each in diagnostics[:_MOST_SHOWN]:
        where = f"{location(each.span)}: " if each.span else ""
        click.echo(printable(f"{where}改好 {each.code} {each.message}"), err=True)
    if len(diagnostics) > _MOST_SHOWN:
        click.echo(f"……还改好了 {len(diagnostics) - _MOST_SHOWN} 处", err=True)


def takes_color(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user has not asked for plain text (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")


def exit_code(diagnostics: Sequence["Diagnostic"]) -> int:
    """Return the exit code that diagnostics call for: 0 without errors, 2 when all of them are wrong use, else 1."""
    from plangen.diagnostics import Severity  # noqa: PLC0415

    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    if not errors:
        return 0
    from plangen.diagnostics.catalogue import CATALOGUE  # noqa: PLC0415 - only mistakes pay for it

    return WRONG_USE if all(CATALOGUE[error.code].wrong_use for error in errors) else INPUT_ERROR


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
