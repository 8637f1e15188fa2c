"""`plangen diff`."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report, takes_color

if TYPE_CHECKING:
    from plangen.api import Reading
    from plangen.cli.sides import Side
    from plangen.compare.alignment import Alignment
    from plangen.compare.changes import Changes
    from plangen.diagnostics import Diagnostic

_TEXT: Final = "text"
_SUFFIXES: Final = {_TEXT: ".txt", "md": ".md", "html": ".html", "json": ".json"}
"""The forms of the report, and the ending of a file that holds it."""

_TABLE_SUFFIXES: Final = {"docx": ".docx", "md": ".md", "xlsx": ".xlsx", "html": ".html", "pdf": ".pdf"}
"""The formats of the table of changes."""

_FILES_ONLY: Final = ("docx", "xlsx", "pdf")
"""What no terminal shows."""

_DIFFERENT: Final = 1
"""Exit code when asked whether there is a difference and there is one, as `git diff --exit-code` has it."""


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("words", nargs=-1, required=True, metavar="原稿 改稿")
@click.option(
    "--to",
    "format_name",
    type=OneOf("格式", tuple(dict.fromkeys((*_SUFFIXES, *_TABLE_SUFFIXES)))),
    metavar="格式",
    help="text、md、html、json；不写看 -o 的扩展名，没有 -o 就是 text。",
)
@click.option(
    "-o", "output", type=click.Path(path_type=Path), metavar="文件", help="写到哪个文件；不写就印在标准输出。"
)
@click.option(
    "--table",
    is_flag=True,
    help="写成修改情况对照表（原文、修改后、说明），可以是 docx、md、xlsx、html、pdf。",
)
@click.option("--exit-code", "judge", is_flag=True, help="有差别时退出码是 1，没有差别是 0。")
def diff(words: tuple[str, ...], *, format_name: str | None, output: Path | None, table: bool, judge: bool) -> int:
    """比较一份计划的两稿，说明改了什么：新增、删除、移动、改写的任务，改动的指标、责任单位、时限。

    原稿和改稿是两个 .yaml 文件。只说读者看得到的差别，不说键的顺序、引号、说明这些写法上的差别。
    """
    from plangen.cli.sides import find_sides  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    name = _format(format_name, output, _TABLE_SUFFIXES if table else _SUFFIXES, "md" if table else _TEXT)
    try:
        sides = find_sides(words)
        alignment = _align(*sides)
        from plangen.compare.changes import find_changes  # noqa: PLC0415

        changes = find_changes(alignment)
        if table:
            _write(output, lambda file: _write_table(changes, name, file))
        elif output is None and name == _TEXT:
            _show(changes)
        else:
            said = _report(changes, name, sides)
            _write(output, lambda file: file.write(said.encode("utf-8", errors="replace")))
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    return _DIFFERENT if judge and changes.differ else 0


def _format(typed: str | None, output: Path | None, suffixes: Mapping[str, str], usual: str) -> str:
    """Return the format asked for, by its name or by the ending of the file."""
    ending = output.suffix.lower() if output else ""
    named = next((name for name, suffix in suffixes.items() if suffix == ending), None)
    if typed is not None and typed not in suffixes:
        other = "去掉 --table" if typed in _SUFFIXES else "加上 --table，写成修改情况对照表"
        raise click.UsageError(f"不能写成 {typed}，可以写：{'、'.join(suffixes)}；要 {typed}，{other}")
    if output is None:
        if typed in _FILES_ONLY:
            raise click.UsageError(f"{typed} 要写进文件：-o 对照表{suffixes[typed]}")
        return typed or usual
    if named is None and typed is None:
        raise click.UsageError(f"看不出 {output.as_posix()} 要什么格式，扩展名可以是 {'、'.join(suffixes.values())}")
    if named and typed and named != typed:
        raise click.UsageError(f"-o {output.as_posix()} 的格式与 --to {typed} 不一致")
    return typed or named or usual


def _align(old: "Side", new: "Side") -> "Alignment":
    """Return both plans aligned; raise `PlanError` with all that is wrong in either."""
    from plangen.api import align_plans, open_reading  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    readings: list[Reading | None] = []
    wrong: list[Diagnostic] = []
    fine: list[str] = []
    for side in (old, new):
        try:
            readings.append(open_reading(side.source) if side.source else None)
            fine.append(side.name)
        except PlanError as error:
            wrong += error.diagnostics
    if wrong:
        state = f"；{fine[0]} 读得出来，没有问题" if fine else ""
        click.echo(f"有错的稿子不能比较，先改好下面这些{state}", err=True)
        raise PlanError(wrong)
    return align_plans(*readings)


def _report(changes: "Changes", name: str, sides: "tuple[Side, Side]") -> str:
    from plangen.compare.text import render_text  # noqa: PLC0415

    if name == _TEXT:
        return render_text(changes)
    from plangen.compare.reports import REPORTS  # noqa: PLC0415

    return REPORTS[name](changes, *(side.name for side in sides))


def _show(changes: "Changes") -> None:
    """Print the changes for people: in colour on a terminal, page by page where they are longer than it."""
    from plangen.compare.text import render_text  # noqa: PLC0415

    text = render_text(changes, color=takes_color(sys.stdout))
    if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text, color=takes_color(sys.stdout))
    else:
        click.echo(text, nl=False)


def _write_table(changes: "Changes", name: str, file: IO[bytes]) -> None:
    from plangen.compare.change_table import change_table  # noqa: PLC0415
    from plangen.render.table_document import write_tables  # noqa: PLC0415

    table = change_table(changes)
    report(write_tables(table.title, (table,), name, file))


def _write(output: Path | None, write: Callable[[IO[bytes]], object]) -> None:
    """Have a file written whole, or standard output."""
    if output is None:
        write(sys.stdout.buffer)
        return
    from plangen.render.output import write_whole  # noqa: PLC0415

    write_whole(output, write)
    click.echo(output.as_posix())
