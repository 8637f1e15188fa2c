"""`plangen fmt`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import INPUT_ERROR, exit_code, find_plans, report, report_mended

if TYPE_CHECKING:
    from plangen.api import Change
    from plangen.diagnostics import Diagnostic
    from plangen.source.keys import Language

_LANGUAGES: Final = ("zh", "en")


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plans", nargs=-1, required=True, metavar="计划…", type=click.Path(path_type=Path, readable=False))
@click.option("--check", "only_check", is_flag=True, help="只列出要整理的文件，不写；有要整理的，退出码是 1。")
@click.option("--diff", is_flag=True, help="只显示会改哪些行，不写。")
@click.option("--keys", type=OneOf("语言", _LANGUAGES), metavar="语言", help="键都写成中文（zh）或英文（en）。")
@click.option("--ids", is_flag=True, help="给没有编码的部分和任务加上编码，以后不再变。")
@click.option("--to-utf8", is_flag=True, help="GBK、UTF-16、UTF-32 编码的文件改存成 UTF-8。")
def fmt(
    plans: tuple[Path, ...],
    *,
    only_check: bool,
    diff: bool,
    keys: "Language | None",
    ids: bool,
    to_utf8: bool,
) -> int:
    """整理计划文件：一句一行，缩进两格，改正全角冒号一类的笔误；内容和说明一字不动。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。改了的文件一行一个列在标准输出。
    """
    from plangen import api  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    files, diagnostics = find_plans(plans)
    changed = 0
    for file in files:
        try:
            change = api.format_plan(file, keys=keys, ids=ids, to_utf8=to_utf8)
            if change.new != change.old:
                changed += 1
                if not only_check and not diff:
                    api.write_change(change)
                _say(change, diff=diff)
        except PlanError as error:
            diagnostics += error.diagnostics
    report(diagnostics)
    click.echo(_summary(changed, len(files), diagnostics, written=not only_check and not diff), err=True)
    code = exit_code(diagnostics)
    return INPUT_ERROR if only_check and changed and not code else code


def _say(change: "Change", *, diff: bool) -> None:
    """Print which file is changed, or what would change in it, and what was put right in it."""
    if diff:
        for line in change.difference():
            click.echo(line)
        if change.before == change.after:
            click.echo(f"{change.file.as_posix()}: 内容不变，改存成 UTF-8", err=True)
    else:
        click.echo(change.file.as_posix())
    report_mended(change.mended)


def _summary(changed: int, count: int, diagnostics: "Sequence[Diagnostic]", *, written: bool) -> str:
    from plangen.diagnostics.text import summary  # noqa: PLC0415

    done = f"整理了 {changed} 个计划" if written else f"{changed} 个计划要整理"
    refused = summary(diagnostics)
    said = done if changed else "" if refused else f"{count} 个计划不用整理"
    return "；".join(each for each in (said, f"{refused}，有错误的文件没有动" if refused else "") if each)
