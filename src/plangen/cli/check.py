"""`plangen check`."""

from pathlib import Path

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, find_plans, report


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
@click.option("--select", type=_Rules(), metavar="规则", help="只用这些规则校对，如 L1,L601；不写就是全部。")
@click.option("--ignore", type=_Rules(), metavar="规则", help="不用这些规则校对。")
def check(plans: tuple[Path, ...], *, select: tuple[str, ...] | None, ignore: tuple[str, ...] | None) -> int:
    """检查计划写得对不对，校对文字、数字、日期和指标，不写任何文件。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。只有警告和提醒时退出码是 0。
    """
    from plangen import api  # noqa: PLC0415
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.diagnostics.text import summary  # noqa: PLC0415

    files, diagnostics = find_plans(plans)
    try:
        config = find_config(Path())
        for file in files:
            ignored = (*config.ignore, *(ignore or ()))
            diagnostics += api.check_plan(file, select=select or config.select, ignore=ignored)
    except PlanError as error:
        diagnostics += error.diagnostics
    report(diagnostics, to_stdout=True)
    click.echo(summary(diagnostics) or f"{len(files)} 个计划没有问题", err=True)
    return exit_code(diagnostics)
