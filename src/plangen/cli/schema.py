"""`plangen schema`."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report

_ENDING: Final = ".json"
_FILES: Final = ("plan", "style", "config", "diff")


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.option(
    "--of",
    "described",
    type=OneOf("文件", _FILES),
    default="plan",
    metavar="文件",
    help="哪一种文件：plan 是计划，style 是版式，config 是 plangen.toml，diff 是 diff --to json；不写就是 plan。",
)
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="写到哪个 .json 文件；不写就印在标准输出。",
)
def schema(described: str, output: Path | None) -> int:
    """写出 JSON Schema（draft-07），编辑器靠它补全键名，边写边查。

    放在计划旁边，计划第一行写 # yaml-language-server: $schema=plan.schema.json。
    """
    text = schema_text(described)
    if output is None:
        click.echo(text, nl=False)
        return 0
    if output.suffix.lower() != _ENDING:
        raise click.UsageError(f"-o 后面写 {_ENDING} 文件")

    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.output import write_whole  # noqa: PLC0415

    def write(opened: IO[bytes]) -> None:
        opened.write(text.encode())

    try:
        write_whole(output, write)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    click.echo(output.as_posix())
    return 0


def schema_text(described: str) -> str:
    """Return the schema of a plan, style or config, or of the report of `diff`, as a file holds it."""
    import json  # noqa: PLC0415

    return json.dumps(_schema(described), ensure_ascii=False, indent=2) + "\n"


def _schema(described: str) -> Mapping[str, object]:
    if described == "diff":
        from plangen.compare.json_report import report_schema  # noqa: PLC0415

        return report_schema()
    from plangen.plan.json_schema import json_schema  # noqa: PLC0415

    if described == "style":
        from plangen.render.style import HouseStyle  # noqa: PLC0415

        return json_schema(HouseStyle, "plangen 的版式", overlay=True)
    if described == "config":
        from plangen.config import ConfigFile  # noqa: PLC0415

        return json_schema(ConfigFile, "plangen.toml")
    from plangen.plan.model import Plan  # noqa: PLC0415

    return json_schema(Plan, "plangen 的计划")
