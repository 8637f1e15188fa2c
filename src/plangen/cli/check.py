"""`plangen check`."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, find_plans, report, report_mended

if TYPE_CHECKING:
    from plangen.diagnostics import Diagnostic

_TEXT: Final = "text"
_FORMATS: Final = (_TEXT, "concise", "json", "github", "sarif", "junit")


class _Rules(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """Codes of rules or their beginnings, separated by commas."""

    name = "规则"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the codes named."""
        from plangen.check.rules import matches_rule  # noqa: PLC0415

        named = tuple(code.strip().upper() for code in value.replace("，", ",").split(",") if code.strip())
        unknown = [code for code in named if not matches_rule(code)]
        if unknown or not named:
            self.fail(f"没有规则“{'、'.join(unknown)}”，写规则的编号或它的开头，如 L601、L1", param, ctx)
        return named


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plans", nargs=-1, required=True, metavar="计划…", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--format",
    "format_name",
    type=OneOf("格式", _FORMATS),
    default=_TEXT,
    metavar="格式",
    help="text、concise、json、github、sarif 或 junit；不写就是 text。",
)
@click.option("--select", type=_Rules(), metavar="规则", help="只用这些规则校对，如 L1,L601；不写就是全部。")
@click.option("--ignore", type=_Rules(), metavar="规则", help="不用这些规则校对。")
@click.option("--fix", is_flag=True, help="能放心改的直接改好，写回文件；剩下的照样列出。")
@click.option("--diff", is_flag=True, help="先显示 --fix 会改哪些行；不同时写 --fix，就只显示，不改。")
def check(
    plans: tuple[Path, ...],
    *,
    format_name: str,
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fix: bool,
    diff: bool,
) -> int:
    """检查计划写得对不对，校对文字、数字、日期和指标；不写 --fix，就不写任何文件。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。只有警告和提醒时退出码是 0。
    """
    from plangen.diagnostics.text import summary  # noqa: PLC0415

    if diff and format_name != _TEXT:
        raise click.UsageError("--diff 只能和 --format text 一起用")
    files, diagnostics = _check_all(plans, select or (), ignore or (), fix=fix, diff=diff)
    if format_name == _TEXT:
        report(diagnostics, to_stdout=True)
    else:
        _print(format_name, diagnostics, files)
    said = summary(diagnostics) or f"{len(files)} 个计划没有问题"
    click.echo(said + (_advice(diagnostics) if format_name == _TEXT else ""), err=True)
    return exit_code(diagnostics)


def _check_all(
    named: Iterable[Path], select: tuple[str, ...], ignore: tuple[str, ...], *, fix: bool, diff: bool
) -> "tuple[list[Path], list[Diagnostic]]":
    """Return the plans that files and folders name, each once, and what is wrong with them, as they were named."""
    from plangen import api  # noqa: PLC0415
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.diagnostics import PlanError, in_file_order  # noqa: PLC0415

    try:
        config = find_config(Path())
    except PlanError as error:
        return [], error.diagnostics
    select, ignore = select or config.select, (*config.ignore, *ignore)
    checked: dict[Path, None] = {}
    diagnostics: list[Diagnostic] = []
    for each in named:
        files, wrong = find_plans((each,))
        diagnostics += wrong
        for file in files:
            if file not in checked:
                if fix or diff:
                    diagnostics += _fix(file, select, ignore, config.units, write=fix, diff=diff)
                else:
                    diagnostics += api.check_plan(file, select=select, ignore=ignore, units=config.units)
                checked[file] = None
    return list(checked), in_file_order(diagnostics)


def _fix(
    file: Path, select: Sequence[str], ignore: Sequence[str], units: Sequence[str], *, write: bool, diff: bool
) -> "Sequence[Diagnostic]":
    """Fix a plan, or only show what would be changed; return what there is to say of the file as it is then."""
    from plangen import api  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    try:
        change = api.fix_plan(file, select=select, ignore=ignore, units=units)
        if diff:
            for line in change.difference():
                click.echo(line)
        if not write:
            return change.found
        if change.new != change.old:
            api.write_change(change)
            report_mended(change.mended)
    except PlanError as error:
        return error.diagnostics
    return change.remaining


def _print(format_name: str, diagnostics: "Sequence[Diagnostic]", files: Iterable[Path]) -> None:
    """Print a report for programs: UTF-8 whatever the console, as those expect."""
    from plangen.diagnostics.reports import REPORTS  # noqa: PLC0415

    said = REPORTS[format_name](diagnostics, [file.as_posix() for file in files])
    click.echo(said.encode("utf-8", errors="replace"), nl=False)


def _advice(diagnostics: "Sequence[Diagnostic]") -> str:
    """Return where to read more, for people at a terminal: a log that nobody can answer needs none."""
    return f"；plangen explain {diagnostics[0].code} 看详细说明" if diagnostics and sys.stderr.isatty() else ""
