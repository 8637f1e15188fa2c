"""Click in Chinese: help pages, and what it says about wrong use."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from datetime import datetime

WRONG_USE: Final = 2


class _ChineseHelp:
    """Help pages with Chinese words; mixed into click's command classes."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        pieces = self.collect_usage_pieces(ctx)  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and, for a group, the commands."""
        options = [p for p in self.get_params(ctx) if isinstance(p, click.Option)]  # type: ignore[attr-defined]
        _write_table(formatter, "选项", [row for row in (o.get_help_record(ctx) for o in options) if row])
        if isinstance(self, click.Group):
            commands = self.commands
            _write_table(formatter, "命令", [(name, commands[name].get_short_help_str(60)) for name in commands])

    def get_help_option(self, _ctx: click.Context) -> click.Option:
        """Return the `--help` option."""
        return _help_option()


class ChineseCommand(_ChineseHelp, click.Command):
    """A command with Chinese help."""


class ChineseGroup(_ChineseHelp, click.Group):
    """A group of commands with Chinese help."""

    command_class = ChineseCommand

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is meant; say so in Chinese if there is none."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

            near = get_close_matches(args[0], self.commands, 1)
            ctx.fail(f"没有命令 {args[0]}" + (f"，是否想写 {near[0]}？" if near else ""))
        return super().resolve_command(ctx, args)


NUMBERINGS: Final = ("literal", "native")
"""How the numbers of Word documents are made."""


class Moment(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """A day, or a day and a time, as ISO 8601 writes them."""

    name = "日期"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> "datetime":
        """Return the moment typed; fail in Chinese when it is none."""
        from datetime import datetime  # noqa: PLC0415

        try:
            return datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"日期“{value}”认不出来，写成 2027-02-18 或者 2027-02-18T09:30", param, ctx)


class OneOf(click.ParamType):  # type: ignore[type-arg]  # generic only from click 8.4 on
    """One of a few words; `name` is the Chinese one for what they are."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        self.name = name
        self._words = words

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word typed; fail in Chinese when it is none of them."""
        if value not in self._words:
            self.fail(f"没有{self.name}“{value}”，可以写：{'、'.join(self._words)}", param, ctx)
        return value


def _write_table(formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Write a titled table of two columns, aligned by display cells: click counts a Chinese character as one."""
    from plangen.diagnostics.text import display_width  # noqa: PLC0415 - only help pages pay for it

    widest = max(display_width(left) for left, _ in rows)
    formatter.write(f"\n{title}：\n")
    for left, right in rows:
        formatter.write(f"  {left}{' ' * (widest - display_width(left))}  {right}\n")


def _help_option() -> click.Option:
    def show(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
        if wanted and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    return click.Option(
        ["--help", "-h"], is_flag=True, is_eager=True, expose_value=False, callback=show, help="显示这页说明。"
    )


def describe_wrong_use(error: click.ClickException) -> Iterator[str]:
    """Yield lines that say in Chinese what was wrong with the way a command was called."""
    yield f"用法不对：{_reason(error)}"
    if isinstance(error, click.UsageError) and error.ctx is not None:
        yield f"运行 {error.ctx.command_path} --help 看用法。"


def _reason(error: click.ClickException) -> str:
    for kind, say in _REASONS:
        if isinstance(error, kind):
            return say(error)
    return error.format_message()


def _no_such_option(error: click.NoSuchOption) -> str:
    near = f"，是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
    return f"没有选项 {error.option_name}{near}"


def _bad_value(error: click.BadParameter) -> str:
    parameter = error.param.human_readable_name if error.param else ""
    names = "/".join(error.param.opts) if isinstance(error.param, click.Option) else parameter
    return f"{names}：{error.message}"


def _missing(error: click.MissingParameter) -> str:
    parameter = error.param
    if isinstance(parameter, click.Option):
        return f"缺少选项 {'/'.join(parameter.opts)}"
    return f"缺少参数 {parameter.human_readable_name if parameter else ''}"


_REASONS: Final[tuple[tuple[type[click.ClickException], Callable[[Any], str]], ...]] = (
    (click.NoSuchOption, _no_such_option),
    (click.MissingParameter, _missing),
    (click.BadOptionUsage, lambda error: f"选项 {error.option_name} 后面要写一个值"),
    (click.BadParameter, _bad_value),
)
