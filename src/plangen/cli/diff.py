"""`plangen diff`."""

import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import click

from plangen.cli.chinese import NUMBERINGS, ChineseCommand, Moment, OneOf
from plangen.cli.reporting import exit_code, report, takes_color

if TYPE_CHECKING:
    from datetime import datetime

    from plangen.api import Reading
    from plangen.cli.sides import Side
    from plangen.compare.alignment import Alignment
    from plangen.compare.changes import Changes
    from plangen.diagnostics import Diagnostic

_TEXT: Final = "text"
_REDLINE: Final = "docx"
_SUFFIXES: Final = {_TEXT: ".txt", "md": ".md", "html": ".html", "json": ".json", _REDLINE: ".docx"}
"""The forms of the report, the last of them the redline document, and the ending of a file that holds it."""

_MARKS: Final = ("tracked", "manual")
"""How a redline document marks its changes."""

_TABLE_SUFFIXES: Final = {"docx": ".docx", "md": ".md", "xlsx": ".xlsx", "html": ".html", "pdf": ".pdf"}
"""The formats of the table of changes."""

_FILES_ONLY: Final = ("docx", "xlsx", "pdf")
"""What no terminal shows."""

_DIFFERENT: Final = 1
"""Exit code when asked whether there is a difference and there is one, as `git diff --exit-code` has it."""


class _Wishes(NamedTuple):
    """What was typed about a redline document; `None` where nothing was."""

    marks: str | None
    author: str | None
    date: "datetime | None"
    genre: str | None
    numbering: str | None


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("words", nargs=-1, required=True, metavar="[版本]… 计划")
@click.option(
    "--to",
    "format_name",
    type=OneOf("格式", tuple(dict.fromkeys((*_SUFFIXES, *_TABLE_SUFFIXES)))),
    metavar="格式",
    help="text、md、html、json、docx（花脸稿）；不写看 -o 的扩展名，没有 -o 就是 text。",
)
@click.option(
    "-o", "output", type=click.Path(path_type=Path), metavar="文件", help="写到哪个文件；不写就印在标准输出。"
)
@click.option(
    "--table",
    is_flag=True,
    help="写成修改情况对照表（原文、修改后、说明），可以是 docx、md、xlsx、html、pdf。",
)
@click.option(
    "--redline",
    "marks",
    type=OneOf("标记", _MARKS),
    metavar="标记",
    help="花脸稿怎样标出改动：tracked 是 Word 的修订，manual 是印出来的红蓝标记；不写就是 tracked。",
)
@click.option("--author", metavar="姓名", help="花脸稿里修订的作者；不写就是提交的人，新稿没有提交的是发文机关。")
@click.option(
    "--date",
    type=Moment(),
    metavar="日期",
    help="花脸稿里修订的日期，如 2027-02-18；不写就是提交的日期，新稿没有提交的没有日期。",
)
@click.option("--genre", metavar="文种", help="花脸稿用哪个文种的模板；不写与 render 一样。")
@click.option(
    "--numbering",
    type=OneOf("编号方式", NUMBERINGS),
    metavar="编号方式",
    help="花脸稿的编号：literal 是文字，native 是 Word 的自动编号；不写就是 literal。",
)
@click.option("--exit-code", "judge", is_flag=True, help="有差别时退出码是 1，没有差别是 0。")
def diff(
    words: tuple[str, ...],
    *,
    format_name: str | None,
    output: Path | None,
    table: bool,
    judge: bool,
    marks: str | None,
    author: str | None,
    date: "datetime | None",
    genre: str | None,
    numbering: str | None,
) -> int:
    """比较一份计划的两稿，说明改了什么：新增、删除、移动、改写的任务，改动的指标、责任单位、时限。

    只写计划，是 git 里最近一次提交的和现在的比。前面写一个版本，是那个版本和现在的比；写两个版本，是前一个和后一个比，
    也可以写成 前一个..后一个。不用 git 的，写两个文件，原稿在前；也可以是 .docx、.md、.txt、.pdf。

    只说读者看得到的差别，不说键的顺序、引号、说明这些写法上的差别。
    """
    from plangen.cli.sides import find_sides  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    name = _format(format_name, output, _TABLE_SUFFIXES if table else _SUFFIXES, "md" if table else _TEXT)
    redlined = name == _REDLINE and not table
    wishes = _Wishes(marks, author, date, genre, numbering)
    if not redlined and any(wishes):
        raise click.UsageError("--redline、--author、--date、--genre、--numbering 只用于花脸稿：-o 花脸稿.docx")
    try:
        _refuse_overwriting(words, output)
        sides = find_sides(words)
        alignment = _align(*sides)
        from plangen.compare.changes import find_changes  # noqa: PLC0415

        changes = find_changes(alignment, (sides[0].imported is not None, sides[1].imported is not None))
        if table:
            _write(output, lambda file: _write_table(changes, name, file))
        elif redlined:
            _write(output, lambda file: _write_redline(alignment, _as_committed(wishes, sides[1]), file))
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
            example = "花脸稿" if suffixes is _SUFFIXES else "对照表"
            raise click.UsageError(f"{typed} 要写进文件：-o {example}{suffixes[typed]}")
        return typed or usual
    if named is None and typed is None:
        raise click.UsageError(f"看不出 {output.as_posix()} 要什么格式，扩展名可以是 {'、'.join(suffixes.values())}")
    if named and typed and named != typed:
        raise click.UsageError(f"-o {output.as_posix()} 的格式与 --to {typed} 不一致")
    return typed or named or usual


def _refuse_overwriting(words: tuple[str, ...], output: Path | None) -> None:
    """Raise `PlanError` when a side would be overwritten by what is said of it."""
    if output is None:
        return
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.output import Claims, Destination  # noqa: PLC0415

    files = [Path(word) for word in words]
    clash = Claims(files).clash([Destination(files[-1], output.suffix, output)])
    if clash:
        raise PlanError([clash])


def _align(old: "Side", new: "Side") -> "Alignment":
    """Return both plans aligned; raise `PlanError` with all that is wrong in either."""
    from plangen.api import align_plans  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    readings: list[Reading | None] = []
    wrong: list[Diagnostic] = []
    fine: list[str] = []
    for side in (old, new):
        try:
            readings.append(_read(side))
            fine.append(side.name)
        except PlanError as error:
            wrong += error.diagnostics
    if wrong:
        state = f"；{fine[0]} 读得出来，没有问题" if fine else ""
        click.echo(f"有错的稿子不能比较，先改好下面这些{state}", err=True)
        raise PlanError(wrong)
    return align_plans(*readings)


def _read(side: "Side") -> "Reading | None":
    """Return the plan of a side, `None` where there is none; of one that was recognised, say so."""
    from plangen.api import Reading, make_outline, open_reading  # noqa: PLC0415

    if side.imported is None:
        return open_reading(side.source) if side.source else None
    doubts = len(side.imported.diagnostics)
    details = f"，有 {doubts} 处拿不准，见 plangen import {side.name}" if doubts else ""
    click.echo(f"{side.name} 不是计划文件，里面的计划是认出来的{details}", err=True)
    return Reading(side.imported.plan, make_outline(side.imported.plan), side.imported.diagnostics)


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


def _as_committed(wishes: _Wishes, new: "Side") -> _Wishes:
    """Return wishes with what was not typed taken from the revision the new plan was read from."""
    if new.commit is None:
        return wishes
    return wishes._replace(author=wishes.author or new.commit.author, date=wishes.date or new.commit.date)


def _write_redline(alignment: "Alignment", wishes: _Wishes, file: IO[bytes]) -> None:
    from plangen.api import Redline, write_redline  # noqa: PLC0415
    from plangen.config import find_config  # noqa: PLC0415

    choices = find_config(Path()).choices(genre=wishes.genre, numbering=wishes.numbering)
    redline = Redline(wishes.author or "", wishes.date, manual=wishes.marks == "manual")
    report(write_redline(alignment, file, redline, choices))


def _write(output: Path | None, write: Callable[[IO[bytes]], object]) -> None:
    """Have a file written whole, or standard output."""
    if output is None:
        write(sys.stdout.buffer)
        return
    from plangen.render.output import write_whole  # noqa: PLC0415

    write_whole(output, write)
    click.echo(output.as_posix())
