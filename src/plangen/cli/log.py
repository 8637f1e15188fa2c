"""`plangen log`."""

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, report

if TYPE_CHECKING:
    from plangen.history import Milestone

_USUAL: Final = 20
_AUTHOR_CELLS: Final = 8
"""Terminal cells for the name of an author: four Chinese characters; longer ones push the rest to the right."""


class _Count(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """A whole number from 1 on."""

    name = "个数"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number typed."""
        if str(value).isdecimal() and int(value):
            return int(value)
        return self.fail(f"“{value}”不是个数，写 1 以上的整数", param, ctx)


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plan", metavar="计划", type=click.Path(path_type=Path, readable=False))
@click.option("-n", "count", type=_Count(), default=_USUAL, metavar="个数", help=f"列几个版本；不写就是 {_USUAL} 个。")
def log(plan: Path, *, count: int) -> int:
    """列出计划在 git 里的版本，新的在前，每个版本用一行说明改了什么。

    一行依次是版本的编号、日期、作者、改了什么。编号可以写在 plangen diff 后面。改过名的计划，改名以前的版本也列出来。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.history import milestones  # noqa: PLC0415

    try:
        found = milestones(plan, count + 1)
        for milestone in islice(found, count):
            click.echo(_line(milestone))
            sys.stdout.flush()
        if next(found, None):
            click.echo("还有更早的版本，用 -n 多列几个", err=True)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    return 0


def _line(milestone: "Milestone") -> str:
    from plangen.diagnostics.text import display_width, printable  # noqa: PLC0415

    commit = milestone.commit
    author = printable(commit.author)
    filling = " " * (_AUTHOR_CELLS - display_width(author))
    return f"{commit.short}  {commit.date:%Y-%m-%d}  {author}{filling}  {printable(milestone.said)}"
