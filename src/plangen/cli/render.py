"""`plangen render`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from plangen.cli.chinese import NUMBERINGS, ChineseCommand, OneOf
from plangen.cli.reporting import exit_code, find_plans, report

if TYPE_CHECKING:
    from plangen.batch import Outcome
    from plangen.diagnostics import Diagnostic
    from plangen.render.choices import Choices

_FORMATS: Final = ("docx", "md", "xlsx", "pdf", "html")
_STDOUT: Final = Path("-")
_LONG_BATCH: Final = 4
"""From so many plans on, progress is shown on a terminal."""


class _Formats(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """A list of formats, separated by commas."""

    name = "格式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the formats named, each once."""
        named = tuple(
            dict.fromkeys(name.strip().lower() for name in value.replace("，", ",").split(",") if name.strip())
        )
        unknown = [name for name in named if name not in _FORMATS]
        if unknown or not named:
            self.fail(f"没有格式“{'、'.join(unknown)}”，可以写：{'、'.join(_FORMATS)}", param, ctx)
        return named


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("plans", nargs=-1, required=True, metavar="计划…", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--to",
    "formats",
    type=_Formats(),
    metavar="格式",
    help="docx、md、xlsx、pdf、html，几种用逗号隔开；不写就是 docx 和 md。",
)
@click.option(
    "-o",
    "output",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="写到哪里；不写就是 build 文件夹；- 把 Markdown 写到标准输出。",
)
@click.option("--genre", metavar="文种", help="用哪个文种的模板；不写，有通知的计划是 notice，没有的是 work-plan。")
@click.option("--templates", type=click.Path(path_type=Path), metavar="文件夹", help="本单位的模板，优先于自带的模板。")
@click.option("--style", type=click.Path(path_type=Path), metavar="文件", help="本单位的版式，只写与自带的不同的几项。")
@click.option(
    "--base",
    type=click.Path(path_type=Path, readable=False),
    metavar="底本",
    help="本单位在 Word 里做好的 .docx，计划放在它的 {{ plan }} 一段。",
)
@click.option(
    "--numbering",
    type=OneOf("编号方式", NUMBERINGS),
    metavar="编号方式",
    help="Word 文档的编号：literal 是文字，native 是 Word 的自动编号；不写就是 literal。",
)
def render(
    plans: tuple[Path, ...],
    *,
    formats: tuple[str, ...] | None,
    output: Path | None,
    genre: str | None,
    templates: Path | None,
    style: Path | None,
    base: Path | None,
    numbering: str | None,
) -> int:
    """把计划排成公文格式的 Word 文档和 Markdown，也可以是 PDF 和网页。

    计划… 是 .yaml 文件，或者放着这些文件的文件夹。写出的文件一行一个列在标准输出。
    """
    from plangen.batch import Batch  # noqa: PLC0415
    from plangen.config import find_config  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.render.output import OutputChoiceError  # noqa: PLC0415

    files, diagnostics = find_plans(plans)
    report(diagnostics)
    try:
        config = find_config(Path())
        choices = config.choices(genre=genre, templates=templates, style=style, base=base, numbering=numbering)
        if output == _STDOUT:
            diagnostics += _print_markdown(files, formats, choices)
            return exit_code(diagnostics)
        for outcome in _with_progress(Batch(files, formats or (), output, choices, config).run(), len(files)):
            report(outcome.diagnostics)
            diagnostics += outcome.diagnostics
            for file in outcome.files:
                click.echo(file.as_posix())
    except OutputChoiceError as error:
        raise click.UsageError(str(error)) from None
    except PlanError as error:
        diagnostics += error.diagnostics
        report(error.diagnostics)
    return exit_code(diagnostics)


def _print_markdown(files: Sequence[Path], formats: tuple[str, ...] | None, choices: "Choices") -> "list[Diagnostic]":
    """Print the Markdown of a plan, and return what there is to say about it, said already."""
    from plangen.api import Press, open_outline  # noqa: PLC0415
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    if formats not in (None, ("md",)) or len(files) > 1:
        raise click.UsageError("-o - 只能把一个计划的 Markdown 写到标准输出")
    press = Press(choices)
    said: list[Diagnostic] = []
    for file in files:
        try:
            built, said = open_outline(file)
            said += press.print(built, "md", sys.stdout.buffer)
        except PlanError as error:
            said += error.blamed_on(file)
    report(said)
    return said


def _with_progress(outcomes: "Iterator[Outcome]", count: int) -> "Iterator[Outcome]":
    """Yield the outcomes; on a terminal, show how far a long batch has come."""
    if count < _LONG_BATCH or not sys.stderr.isatty():
        yield from outcomes
        return
    with click.progressbar(length=count, label="正在排版", file=sys.stderr) as bar:
        kept = []
        for outcome in outcomes:
            bar.update(1)
            kept.append(outcome)
    yield from kept
