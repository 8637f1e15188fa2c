"""`plangen textconv`."""

import sys
from pathlib import Path

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, report


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, readable=False))
def textconv(file: Path) -> int:
    """把计划印成一行一句、一行一项，供 git 比较。

    git 照 plangen git setup 的设置自己运行它。不是计划、写得有错误的文件，原样印出来。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.source.files import read_bytes  # noqa: PLC0415

    try:
        content = read_bytes(file)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    sys.stdout.buffer.write(_shown(file, content))
    return 0


def _shown(file: Path, content: bytes) -> bytes:
    """Return what git is to compare: the facts of a plan; of anything else, and if something fails, the file."""
    from plangen.git.facts import plan_facts  # noqa: PLC0415
    from plangen.source.files import decode  # noqa: PLC0415

    try:
        facts = plan_facts(decode(file, content))
        return "".join(f"{fact}\n" for fact in facts).encode() if facts else content
    except Exception:  # noqa: BLE001 - a bug of plangen must not take the differences away
        return content
