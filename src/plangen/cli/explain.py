"""`plangen explain`."""

import click

from plangen.cli.chinese import ChineseCommand


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("codes", nargs=-1, metavar="[代号]…")
def explain(codes: tuple[str, ...]) -> int:
    """说明错误的代号是什么意思、怎么改。

    代号… 是 check 报出的代号，如 D501；不写就列出全部。
    """
    from plangen.diagnostics.catalogue import CATALOGUE  # noqa: PLC0415
    from plangen.diagnostics.pages import likely, overview, page  # noqa: PLC0415

    wanted = dict.fromkeys(code.upper() for code in codes)
    unknown = [code for code in wanted if code not in CATALOGUE]
    if unknown:
        near = dict.fromkeys(meant for code in unknown for meant in likely(code))
        advice = f"，是否想写 {'、'.join(near)}？" if near else ""
        raise click.UsageError(f"没有代号 {'、'.join(unknown)}{advice}")
    click.echo("\n\n".join(map(page, wanted)) if wanted else overview())
    return 0
