"""`plangen check`."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, find_plans, report

if TYPE_CHECKING:
    from plangen.diagnostics import Diagnostic

_TEXT: Final = "text"
_FORMATS: Final = (_TEXT, "concise", "json", "github", "sarif", "junit")


class _Format(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """A form in which what was found is said."""

    name = "格式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the form named."""
        if value not in _FORMATS:
            self.fail(f"没有格式“{value}”，可以写：{'、'.join(_FORMATS)}", param, ctx)
        return value


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plans", nargs=-1, required=True, metavar="计划…", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format",
    "format_name",
    type=_Format(),
    default=_TEXT,
    metavar="格式",
    help="text、concise、json、github、sarif 或 junit；不写就是 text。",
)
def check(plans: tuple[Path, ...], format_name: str) -> int:
    """检查计划写得对不对，不写任何文件。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。
    """
    from plangen.diagnostics.text import summary  # noqa: PLC0415

    files, diagnostics = _check_all(plans)
    if format_name == _TEXT:
        report(diagnostics, to_stdout=True)
    else:
        _print(format_name, diagnostics, files)
    said = summary(diagnostics) or f"{len(files)} 个计划没有问题"
    click.echo(said + (_advice(diagnostics) if format_name == _TEXT else ""), err=True)
    return exit_code(diagnostics)


def _check_all(named: Iterable[Path]) -> "tuple[list[Path], list[Diagnostic]]":
    """Return the plans that files and folders name, each once, and what is wrong with them, as they were named."""
    from plangen import api  # noqa: PLC0415
    from plangen.diagnostics import in_file_order  # noqa: PLC0415

    checked: dict[Path, None] = {}
    diagnostics: list[Diagnostic] = []
    for each in named:
        files, wrong = find_plans((each,))
        diagnostics += wrong
        for file in files:
            if file not in checked:
                diagnostics += api.check_plan(file)
                checked[file] = None
    return list(checked), in_file_order(diagnostics)


def _print(format_name: str, diagnostics: "Sequence[Diagnostic]", files: Iterable[Path]) -> None:
    """Print a report for programs: UTF-8 whatever the console, as those expect."""
    from plangen.diagnostics.reports import REPORTS  # noqa: PLC0415

    said = REPORTS[format_name](diagnostics, [file.as_posix() for file in files])
    click.echo(said.encode("utf-8", errors="replace"), nl=False)


def _advice(diagnostics: "Sequence[Diagnostic]") -> str:
    """Return where to read more, for people at a terminal: a log that nobody can answer needs none."""
    return f"；plangen explain {diagnostics[0].code} 看详细说明" if diagnostics and sys.stderr.isatty() else ""
