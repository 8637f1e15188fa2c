"""The command line: options in, one call, exit code out.

Nothing is decided here, and heavy imports wait for the command that needs them.
"""

import os
import sys
from typing import Final, NoReturn

import click

from plangen import __version__
from plangen.cli.check import check
from plangen.cli.chinese import WRONG_USE, ChineseGroup, describe_wrong_use
from plangen.cli.comments import comments
from plangen.cli.diff import diff
from plangen.cli.explain import explain
from plangen.cli.fmt import fmt
from plangen.cli.git import git
from plangen.cli.import_ import import_
from plangen.cli.log import log
from plangen.cli.new import new
from plangen.cli.render import render
from plangen.cli.reporting import INPUT_ERROR
from plangen.cli.schema import schema
from plangen.cli.templates import templates
from plangen.cli.textconv import textconv
from plangen.cli.year_over_year import year_over_year

_BUG: Final = 3


@click.group(cls=ChineseGroup, invoke_without_command=True, options_metavar="[选项]", subcommand_metavar="命令 …")
@click.version_option(
    __version__, "--version", prog_name="plangen", message="%(prog)s %(version)s", help="显示版本号。"
)
@click.pass_context
def plangen(context: click.Context) -> None:
    """把写成 YAML 的年度工作要点检查一遍，排成公文格式的 Word 文档和 Markdown。"""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(WRONG_USE)


for _command in (
    new,
    import_,
    render,
    check,
    fmt,
    diff,
    log,
    year_over_year,
    comments,
    git,
    textconv,
    explain,
    schema,
    templates,
):
    plangen.add_command(_command)


def main() -> NoReturn:
    """Run the command line and exit: 0 fine, 1 an input has errors, 2 wrong use, 3 a bug in plangen."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that knows no ① is no reason to fail
    sys.exit(_run())


def _run() -> int:
    try:
        result = plangen.main(prog_name="plangen", standalone_mode=False)
    except click.ClickException as error:
        for line in describe_wrong_use(error):
            click.echo(line, err=True)
        return WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断", err=True)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"读写出错：{error.strerror or error}", err=True)
        return INPUT_ERROR
    except Exception as error:  # noqa: BLE001 - the one place where a bug ends
        return _report_bug(error)
    return result if isinstance(result, int) else 0


def _report_bug(error: Exception) -> int:
    import traceback  # noqa: PLC0415

    click.echo(f"plangen 自身出错了：{type(error).__name__}: {error}", err=True)
    if os.environ.get("PLANGEN_DEBUG"):
        traceback.print_exception(error)
    else:
        click.echo("请把命令和计划文件报告给 plangen 的维护者；设 PLANGEN_DEBUG=1 再运行可看到详情。", err=True)
    return _BUG
