"""`plangen templates`."""

from pathlib import Path

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, report


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--templates", "own", type=click.Path(path_type=Path), metavar="文件夹", help="本单位的模板，优先于自带的模板。"
)
@click.option(
    "--copy", type=click.Path(path_type=Path), metavar="文件夹", help="把自带的模板复制到这个文件夹，供修改。"
)
def templates(own: Path | None, copy: Path | None) -> int:
    """列出模板和每个模板用的是哪一份，或复制一份来改。

    style.yaml 是版式（字体、字号、页边距），genres 是文种，formats 是各种格式的排版构件，samples 是新计划的样例。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.templates import TemplateSet, copy_templates  # noqa: PLC0415

    try:
        if copy is not None:
            for path in copy_templates(copy):
                click.echo(path.as_posix())
            return 0
        for name, path in TemplateSet(own).names().items():
            click.echo(f"{name}\t{'本单位' if own and path.is_relative_to(own) else '自带'}\t{path.as_posix()}")
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    return 0
