"""`plangen comments`."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report

if TYPE_CHECKING:
    from plangen.config import Config
    from plangen.diagnostics import Diagnostic
    from plangen.outline.model import Table
    from plangen.render.output import Destination

_FORMATS: Final = ("md", "docx", "xlsx")
_UNITS: Final = ("author", "file")
_STDOUT: Final = Path("-")


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("files", nargs=-1, required=True, metavar="文档…", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--plan",
    required=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="计划",
    help="这些文档是哪个计划排出来的，条款按它来定。",
)
@click.option(
    "--to", "format_name", type=OneOf("格式", _FORMATS), metavar="格式", help="md、docx 或 xlsx；不写就是 md。"
)
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写，Markdown 写到标准输出，别的写到 build 文件夹。",
)
@click.option(
    "--unit",
    type=OneOf("单位的来历", _UNITS),
    default=_UNITS[0],
    metavar="来历",
    help="单位从哪里来：author 是修订和批注的作者，file 是文件名；不写就是 author。",
)
def comments(files: tuple[Path, ...], *, plan: Path, format_name: str | None, output: Path | None, unit: str) -> int:
    """把各单位在 Word 文档里的修订和批注，汇总成征求意见汇总表。

    文档… 是各单位返回的 .docx，或者放着这些文件的文件夹。
    """
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.output import OutputChoiceError  # noqa: PLC0415

    try:
        config = find_config(Path())
        wanted = _destination(plan, format_name, output, config)
        table, diagnostics = _collect(files, plan, wanted, unit)
        report(diagnostics)
        if table.rows:
            _write(table, wanted, config)
    except OutputChoiceError as error:
        raise click.UsageError(str(error)) from None
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    click.echo(f"{len(table.rows)} 条意见" if table.rows else "没有意见，没有写汇总表", err=True)
    return exit_code(diagnostics)


def _destination(plan: Path, format_name: str | None, output: Path | None, config: "Config") -> "Destination | None":
    """Return what is to be written where; `None` means Markdown on standard output."""
    from plangen.outline.tables import TABLE_TITLES  # noqa: PLC0415
    from plangen.render.formats import FORMATS  # noqa: PLC0415
    from plangen.render.output import destinations  # noqa: PLC0415

    if output == _STDOUT or (output is None and format_name in (None, _FORMATS[0])):
        if format_name not in (None, _FORMATS[0]):
            raise click.UsageError("-o - 只能把 Markdown 写到标准输出")
        return None
    suffixes = {name: FORMATS[name].suffix for name in _FORMATS}
    formats = (format_name,) if format_name else ()
    (found,) = destinations([plan], formats, output or config.output, suffixes, _FORMATS[:1])
    return found if found.file == output else found.renamed(f"{plan.stem}-{TABLE_TITLES['opinions']}")


def _collect(
    files: Sequence[Path], plan: Path, wanted: "Destination | None", unit: str
) -> "tuple[Table, list[Diagnostic]]":
    """Return the table of the opinions in documents, and what is to be said of them.

    Raises `PlanError` with everything that is wrong with the plan and the names of the documents, then with everything
    that is wrong with the documents.
    """
    from plangen.api import open_reading  # noqa: PLC0415
    from plangen.compare.nodes import Tree  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.opinions.collect import collect_opinions, word_files  # noqa: PLC0415
    from plangen.opinions.table import opinion_table  # noqa: PLC0415
    from plangen.outline.tables import TABLE_TITLES  # noqa: PLC0415
    from plangen.render.output import Claims  # noqa: PLC0415
    from plangen.source.files import read_source  # noqa: PLC0415

    reading = open_reading(read_source(plan))
    documents = [document for file in files for document in word_files(file)]
    clash = Claims([plan], returned=documents).clash([wanted] if wanted else [])
    if clash:
        raise PlanError([clash])
    tree = Tree(reading.plan, reading.outline)
    opinions, diagnostics = collect_opinions(dict.fromkeys(documents), tree, unit_is_file=unit == "file")
    return opinion_table(f"《{reading.plan.title}》{TABLE_TITLES['opinions']}", opinions), diagnostics


def _write(table: "Table", wanted: "Destination | None", config: "Config") -> None:
    from plangen.render.output import write_whole  # noqa: PLC0415
    from plangen.render.table_document import write_tables  # noqa: PLC0415

    choices = config.choices()
    if wanted is None:
        write_tables(table.title, [table], _FORMATS[0], sys.stdout.buffer, choices)
        return
    write = partial(write_tables, table.title, [table], wanted.format_name, choices=choices)
    report(write_whole(wanted.file, write))
    click.echo(wanted.file.as_posix())
