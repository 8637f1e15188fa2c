"""`plangen git`."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from plangen.cli.chinese import WRONG_USE, ChineseGroup
from plangen.cli.reporting import exit_code, report

if TYPE_CHECKING:
    from plangen.git.setup import Edit, Setup, State


class _Pattern(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """A pattern of files that a file of attributes understands, from the top of the repository on."""

    name = "模式"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the pattern typed."""
        if value.startswith(("!", "./", "../")) or not value.isprintable() or "\\" in value or not value.strip():
            self.fail(f"“{value}”不能用，从仓库最上层的文件夹写起，用 / 隔开，如 计划/*.yaml", param, ctx)
        return value


@click.group(cls=ChineseGroup, invoke_without_command=True, options_metavar="[选项]", subcommand_metavar="命令 …")
@click.pass_context
def git(context: click.Context) -> None:
    """让 git 按计划的内容显示改动。"""
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(WRONG_USE)


@git.command(options_metavar="[选项]")
@click.argument("patterns", nargs=-1, metavar="[模式]…", type=_Pattern())
@click.option("--remove", is_flag=True, help="撤销设置，文件恢复原样。")
@click.option("--status", is_flag=True, help="只看设置得怎么样，什么都不改。")
@click.option("--global", "everywhere", is_flag=True, help="设置本人的所有仓库；不写，只设置这一个仓库。")
def setup(patterns: tuple[str, ...], *, remove: bool, status: bool, everywhere: bool) -> int:
    """设置 git，使 git diff、git log -p 等逐句、逐项显示计划的改动。

    模式… 说明哪些文件是计划，从仓库最上层的文件夹写起，如 "计划/*.yaml"；不写，是 plans 文件夹里的 .yaml 文件，
    没有这个文件夹的，是全部 .yaml 文件。改了的文件一行一个列在标准输出。没有装 plangen 的同事，看到的和原来一样。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    if (remove and status) or (patterns and (remove or status)):
        raise click.UsageError("--remove、--status 和模式，只能写一样")
    try:
        found = _setup(everywhere)
        if status:
            _show(found.state())
        elif remove:
            _remove(found)
        else:
            _install(found, patterns)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    return 0


def _setup(everywhere: bool) -> "Setup":
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.git.repository import find_repository  # noqa: PLC0415
    from plangen.git.setup import Setup  # noqa: PLC0415

    try:
        repository, _ = find_repository(Path())
    except PlanError:
        if not everywhere:
            raise
        return Setup(None, everywhere=True)
    return Setup(repository, everywhere=everywhere)


def _install(setup: "Setup", patterns: Iterable[str]) -> None:
    from plangen.git.setup import ATTRIBUTES  # noqa: PLC0415

    edits = setup.install(patterns)
    _apply(edits)
    state = setup.state()
    if not edits:
        click.echo("已经设置好了，没有要改的", err=True)
    elif setup.attributes.name == ATTRIBUTES and setup.attributes in [edit.file for edit in edits]:
        click.echo(f"把 {ATTRIBUTES} 提交到仓库里，同事运行一次 plangen git setup 也就能用了", err=True)
    if state.plans == []:
        click.echo(f"仓库里还没有这样的文件：{'、'.join(state.patterns)}；计划在别处的，写明模式", err=True)


def _remove(setup: "Setup") -> None:
    edits = setup.remove()
    _apply(edits)
    setup.forget()
    if not edits:
        click.echo("没有设置过，没有要改的", err=True)


def _apply(edits: "Iterable[Edit]") -> None:
    """Write files, or take them away, and list them."""
    from plangen.render.output import write_whole  # noqa: PLC0415

    for file, content in edits:
        if content is None:
            file.unlink(missing_ok=True)
        else:
            write_whole(file, _writer(content))
        click.echo(file.as_posix())


def _writer(content: bytes) -> Callable[[IO[bytes]], None]:
    def write(opened: IO[bytes]) -> None:
        opened.write(content)

    return write


def _show(state: "State") -> None:
    drivers = "没有装" if not state.drivers else "装好了" if state.current else "要更新，再运行一次 plangen git setup"
    click.echo(f"按计划显示的文件：{'、'.join(state.patterns) or '没有设置'}")
    click.echo(f"显示的方法：{drivers}")
    if state.plans is not None:
        click.echo(f"仓库里这样显示的文件：{len(state.plans)} 个")
        for plan in state.plans:
            click.echo(f"  {plan}")
