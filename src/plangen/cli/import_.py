"""`plangen import`."""

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report

if TYPE_CHECKING:
    from plangen.importing.text import Imported
    from plangen.plan.model import Section

_STDIO: Final = Path("-")
_KEYS: Final = ("en", "zh")


@click.command("import", cls=ChineseCommand, options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    metavar="计划",
    help="写到哪个 .yaml 文件，“-”是标准输出；不写就用原来的名字，放在当前文件夹。",
)
@click.option("--year", type=click.IntRange(1900, 2199), metavar="年份", help="是哪一年的计划；不写就从标题里找。")
@click.option(
    "--report", "report_file", type=click.Path(path_type=Path), metavar="文件", help="把要核对的地方写成 .md 报告。"
)
@click.option(
    "--keys", type=OneOf("键", _KEYS), default=_KEYS[0], metavar="语言", help="键用英文（en）还是中文（zh）。"
)
@click.option("--force", is_flag=True, help="已有同名的文件也盖掉。")
def import_(
    file: Path, *, output: Path | None, year: int | None, report_file: Path | None, keys: str, force: bool
) -> int:
    """把去年的 Word 文档、网页上的文字或 PDF 变成计划文件。

    文件是 .docx、.txt、.md 或有文字的 .pdf；“-”是标准输入里的文字。拿不准的地方都会说明，并在文件里标上“待核对”。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.source.writing import write_record  # noqa: PLC0415

    written = output or (_STDIO if file == _STDIO else Path(f"{file.stem}.yaml"))
    try:
        _refuse_overwriting([written, *([report_file] if report_file else [])], file, force=force)
        imported = _read(file, year)
        text = write_record(imported.plan, chinese=keys == "zh", notes=imported.notes)
        if written == _STDIO:
            sys.stdout.buffer.write(text.encode())
        else:
            _write(written, text)
        if report_file is not None:
            from plangen.importing.report import import_report  # noqa: PLC0415

            _write(report_file, import_report(imported))
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    if report_file is None:
        report(imported.diagnostics)
    _say(imported, written, report_file)
    return exit_code(imported.diagnostics)


def _read(file: Path, year: int | None) -> "Imported":
    from plangen.importing.files import decode_any, import_file  # noqa: PLC0415
    from plangen.importing.text import import_text  # noqa: PLC0415

    if file == _STDIO:
        return import_text(decode_any(Path("标准输入"), sys.stdin.buffer.read()), year)
    return import_file(file, year)


def _refuse_overwriting(written: list[Path], read: Path, *, force: bool) -> None:
    """Raise `PlanError` when a file would be overwritten that its owner has not given up."""
    from plangen.diagnostics import Diagnostic, PlanError, whole_file  # noqa: PLC0415

    clashes = [
        Diagnostic("F006", f"会盖掉要导入的文件 {file.as_posix()}", whole_file(file), "用 -o 写到别的地方")
        if file.exists() and read.exists() and file.samefile(read)
        else Diagnostic("F013", f"已经有 {file.as_posix()}", whole_file(file), "用 -o 换一个名字，或加 --force 盖掉")
        for file in written
        if file != _STDIO and file.exists() and (not force or (read.exists() and file.samefile(read)))
    ]
    if clashes:
        raise PlanError(clashes)


def _write(file: Path, text: str) -> None:
    from plangen.render.output import write_whole  # noqa: PLC0415

    def write(opened: IO[bytes]) -> None:
        opened.write(text.encode())

    write_whole(file, write)


def _say(imported: "Imported", written: Path, report_file: Path | None) -> None:
    plan = imported.plan
    tasks = sum(_tasks(section) for section in plan.sections)
    found = len(imported.diagnostics)
    doubts = f"，{found} 处要核对" if found else ""
    details = f"，见 {report_file.as_posix()}" if report_file and found else ""
    if written != _STDIO:
        click.echo(written.as_posix())
    click.echo(f"{len(plan.sections)} 个部分、{tasks} 项任务{doubts}{details}", err=True)


def _tasks(section: "Section") -> int:
    return len(section.tasks) + sum(_tasks(below) for below in section.sections)
