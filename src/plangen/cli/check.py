"""`plangen check`."""

from pathlib import Path

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, find_plans, report


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plans", nargs=-1, required=True, metavar="计划…", type=click.Path(path_type=Path, readable=False))
def check(plans: tuple[Path, ...]) -> int:
    """检查计划写得对不对，不写任何文件。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。
    """
    from plangen import api  # noqa: PLC0415
    from plangen.diagnostics.text import summary  # noqa: PLC0415

    files, diagnostics = find_plans(plans)
    for file in files:
        diagnostics += api.check_plan(file)
    report(diagnostics, to_stdout=True)
    click.echo(summary(diagnostics) or f"{len(files)} 个计划没有问题", err=True)
    return exit_code(diagnostics)
