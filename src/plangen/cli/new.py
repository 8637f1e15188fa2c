"""`plangen new`."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, report
from plangen.cli.schema import schema_text

if TYPE_CHECKING:
    from plangen.source.keys import Language

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
    "--from",
    "last_year",
    type=click.Path(path_type=Path, readable=False),
    metavar="上年的计划",
    help="由上年的计划（.yaml、.docx、.txt、.md）起草，年份、时限、基数推到新的一年。",
)
@click.option(
    "--kind",
    type=OneOf("种类", tuple(KINDS)),
    metavar="种类",
    help=f"哪一种计划：{'、'.join(KINDS)}；不写就是工作要点。",
)
@click.option(
    "--keys",
    type=OneOf("语言", _KEYS),
    metavar="语言",
    help="键用中文（zh）还是英文（en）；不写就是中文，有 --from 的照上年的文件。",
)
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件或文件夹",
    help="写到哪里；不写，有 plans 文件夹的写到里面，没有的写在这里，文件名是年份。",
)
@click.option(
    "--checklist",
    "checklist_file",
    type=click.Path(path_type=Path, readable=False),
    metavar="文件",
    help="有 --from 的，核对清单写到哪个 .md 文件；不写就在计划旁边。",
)
@click.option("--templates", type=click.Path(path_type=Path), metavar="文件夹", help="本单位的模板，里面的样例优先。")
@click.option("--force", is_flag=True, help="已经有这个文件的，也重写。")
def new(
    year: int,
    *,
    last_year: Path | None,
    kind: str | None,
    keys: str | None,
    output: Path | None,
    checklist_file: Path | None,
    templates: Path | None,
    force: bool,
) -> int:
    """写一份新的计划：能直接检查、排版的样例，或者由上年的计划起草，照着逐条改成自己的。

    年份 是计划的年份，四位数字，如 2027。旁边还会写一个 plan.schema.json，编辑器靠它提示键名。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.output import OutputChoiceError  # noqa: PLC0415

    if last_year and (kind or templates):
        raise click.UsageError("--from 是照上年的计划写，不能再写 --kind、--templates")
    if checklist_file and not last_year:
        raise click.UsageError("--checklist 要和 --from 一起用")
    try:
        if last_year:
            return _from_last_year(year, last_year, output, checklist_file, _language(keys), force=force)
        return _from_sample(year, kind or "工作要点", _language(keys) or "zh", output, templates, force=force)
    except OutputChoiceError as error:
        raise click.UsageError(str(error)) from None
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)


def _language(keys: str | None) -> "Language | None":
    return None if keys is None else "zh" if keys == "zh" else "en"


def _from_sample(
    year: int, kind: str, language: "Language", output: Path | None, templates: Path | None, *, force: bool
) -> int:
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.drafting.files import destination, write_plan  # noqa: PLC0415
    from plangen.drafting.samples import sample  # noqa: PLC0415

    file = destination(year, output)
    own = find_config(Path()).choices(templates=templates).templates
    text = sample(KINDS[kind], year, language, own)
    for written in write_plan(file, text, schema_text("plan"), force=force):
        click.echo(written.as_posix())
    click.echo(f"下一步：把里面的内容改成自己的，再运行 plangen check {_quoted(file)}", err=True)
    return 0


def _from_last_year(
    year: int, old: Path, output: Path | None, checklist_file: Path | None, language: "Language | None", *, force: bool
) -> int:
    from plangen.drafting.any_plan import open_any_plan  # noqa: PLC0415
    from plangen.drafting.checklist import checklist  # noqa: PLC0415
    from plangen.drafting.files import next_destination, refuse_overwriting, write_plan  # noqa: PLC0415
    from plangen.drafting.next_year import draft_next_year  # noqa: PLC0415

    last = open_any_plan(old, year - 1, chinese=language != "en")
    draft = draft_next_year(last.source, year, language)
    file = next_destination(old, draft.old, year, output)
    beside = checklist_file or file.with_name(f"{file.stem}-核对清单.md")
    others = {file.parent / path: text for path, text in draft.included.items()}
    others[beside] = checklist(draft, old.name, file.name)
    refuse_overwriting(old, (file, *others))
    for written in write_plan(file, draft.text, schema_text("plan"), others, force=force):
        click.echo(written.as_posix())
    report(last.doubts)
    click.echo(f"{draft.summary}；逐条看 {beside.as_posix()}", err=True)
    return exit_code(last.doubts)


def _quoted(path: Path) -> str:
    """Return a path as it is typed in any shell: those of Windows know no other quotes."""
    written = path.as_posix()
    return written if re.fullmatch(r"[\w./:~-]+", written) else f'"{written}"'
