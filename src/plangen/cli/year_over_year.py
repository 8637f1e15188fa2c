"""`plangen year-over-year`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report

if TYPE_CHECKING:
    from plangen.api import Reading
    from plangen.compare.years import YearOverYear

_SUFFIXES: Final = {"md": ".md", "docx": ".docx", "xlsx": ".xlsx"}


@click.command("year-over-year", cls=ChineseCommand, options_metavar="[选项]")
@click.argument("old", metavar="上年的计划", type=click.Path(path_type=Path, readable=False))
@click.argument("new", metavar="今年的计划", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--to",
    "format_name",
    type=OneOf("格式", tuple(_SUFFIXES)),
    metavar="格式",
    help="md、docx、xlsx；不写看 -o 的扩展名，没有 -o 就是 md。",
)
@click.option(
    "-o", "output", type=click.Path(path_type=Path), metavar="文件", help="写到哪个文件；不写，Markdown 印在标准输出。"
)
def year_over_year(old: Path, new: Path, *, format_name: str | None, output: Path | None) -> int:
    """对照两年的计划：哪些任务延续、修改、新增、不再列入，指标的目标怎么变，哪些句子是上年的原话。

    两份计划是 .yaml 文件，也可以是 .docx、.txt、.md。
    """
    from plangen.api import align_plans  # noqa: PLC0415
    from plangen.compare.years import compare_years  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    name = _format(format_name, output)
    try:
        found = compare_years(align_plans(*_readings(old, new)))
        _write(found, name, output)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    click.echo(found.summary, err=True)
    return 0


def _format(typed: str | None, output: Path | None) -> str:
    """Return the format asked for, by its name or by the ending of the file."""
    ending = output.suffix.lower() if output else ""
    named = next((name for name, suffix in _SUFFIXES.items() if suffix == ending), None)
    if output is None:
        if typed not in (None, "md"):
            raise click.UsageError(f"{typed} 要写进文件：-o 年度对照{_SUFFIXES[str(typed)]}")
        return "md"
    if named is None:
        raise click.UsageError(f"写不出 {output.as_posix()}，扩展名可以是 {'、'.join(_SUFFIXES.values())}")
    if typed and typed != named:
        raise click.UsageError(f"-o {output.as_posix()} 的格式与 --to {typed} 不一致")
    return named


def _readings(old: Path, new: Path) -> "list[Reading]":
    """Return both plans; raise `PlanError` with all that is wrong with either, and when they are in the wrong order."""
    from plangen.api import open_reading  # noqa: PLC0415
    from plangen.diagnostics import Diagnostic, PlanError  # noqa: PLC0415
    from plangen.drafting.any_plan import open_any_plan  # noqa: PLC0415

    readings: list[Reading] = []
    wrong: list[Diagnostic] = []
    for path in (old, new):
        try:
            readings.append(open_reading(open_any_plan(path).source))
        except PlanError as error:
            wrong += error.diagnostics
    if wrong:
        raise PlanError(wrong)
    before, after = (reading.plan for reading in readings)
    if before.year >= after.year:
        message = f"前一份是{before.year}年的，后一份是{after.year}年的"
        hint = "先写上年的，再写今年的；同一年的两稿，用 plangen diff"
        raise PlanError([Diagnostic("R140", message, after.place.span("year"), hint)])
    return readings


def _write(found: "YearOverYear", name: str, output: Path | None) -> None:
    from plangen.compare.year_tables import NAME, year_tables  # noqa: PLC0415
    from plangen.diagnostics import Diagnostic, PlanError  # noqa: PLC0415
    from plangen.render.output import write_whole  # noqa: PLC0415
    from plangen.render.table_document import write_tables  # noqa: PLC0415

    tables = year_tables(found)
    if not tables:
        raise PlanError([Diagnostic("R141", "两份计划里都没有任务、指标，没有可以对照的", hint="核对写的是哪两个文件")])
    write = partial(write_tables, f"{found.title}{NAME}", tables, name)
    if output is None:
        report(write(sys.stdout.buffer))
        return
    report(write_whole(output, write))
    click.echo(output.as_posix())
