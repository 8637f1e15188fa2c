"""`plangen new`."""

import re
from pathlib import Path
from typing import Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report
from plangen.cli.schema import schema_text

KINDS: Final = {
    "工作要点": "work-points",
    "工作计划": "work-plan",
    "实施方案": "implementation-plan",
    "学校工作计划": "school-plan",
}
"""What kinds of plans are called, and the names of their samples."""

_KEYS: Final = ("zh", "en")


class _Year(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """The year of a plan."""

    name = "年份"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the year typed; fail in Chinese when it is none."""
        from plangen.plan.model import Plan  # noqa: PLC0415

        year = Plan.SPELLINGS["year"].kind
        assert year.parse is not None, "a year has a form"
        try:
            return int(year.parse(value))
        except ValueError as error:
            self.fail(f"{error}，{year.hint}", param, ctx)


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("year", metavar="年份", type=_Year())
@click.option(
    "--kind",
    type=OneOf("种类", tuple(KINDS)),
    default="工作要点",
    metavar="种类",
    help=f"哪一种计划：{'、'.join(KINDS)}；不写就是工作要点。",
)
@click.option(
    "--keys",
    type=OneOf("语言", _KEYS),
    default="zh",
    metavar="语言",
    help="键用中文（zh）还是英文（en）；不写就是中文。",
)
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件或文件夹",
    help="写到哪里；不写，有 plans 文件夹的写到里面，没有的写在这里，文件名是年份。",
)
@click.option("--templates", type=click.Path(path_type=Path), metavar="文件夹", help="本单位的模板，里面的样例优先。")
@click.option("--force", is_flag=True, help="已经有这个文件的，也重写。")
def new(year: int, *, kind: str, keys: str, output: Path | None, templates: Path | None, force: bool) -> int:
    """写一份新的计划：能直接检查、排版的样例，照着说明逐条改成自己的。

    年份 是计划的年份，四位数字，如 2027。旁边还会写一个 plan.schema.json，编辑器靠它提示键名。
    """
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.drafting import destination, sample, write_plan  # noqa: PLC0415
    from plangen.render.output import OutputChoiceError  # noqa: PLC0415

    try:
        file = destination(year, output)
        own = find_config(Path()).choices(templates=templates).templates
        text = sample(KINDS[kind], year, "zh" if keys == "zh" else "en", own)
        for written in write_plan(file, text, schema_text("plan"), force=force):
            click.echo(written.as_posix())
    except OutputChoiceError as error:
        raise click.UsageError(str(error)) from None
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    click.echo(f"下一步：把里面的内容改成自己的，再运行 plangen check {_quoted(file)}", err=True)
    return 0


def _quoted(path: Path) -> str:
    """Return a path as it is typed in any shell: those of Windows know no other quotes."""
    written = path.as_posix()
    return written if re.fullmatch(r"[\w./:~-]+", written) else f'"{written}"'
