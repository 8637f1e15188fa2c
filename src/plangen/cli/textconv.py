"""`plangen textconv`."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from plangen.cli.chinese import ChineseCommand
from plangen.cli.reporting import exit_code, report


@click.command(cls=ChineseCommand, options_metavar="[选项]")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, readable=False))
def textconv(file: Path) -> int:
    """把计划印成一行一句、一行一项，供 git 比较；Word 文档印出里面的文字。

    git 照 plangen git setup 的设置自己运行它。不是计划、写得有错误的文件，原样印出来。
    """
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.source.files import read_bytes  # noqa: PLC0415

    try:
        content = read_bytes(file)
        shown = _word_text(file) if content.startswith(b"PK") else _facts(file, content)
    except PlanError as error:
        report(error.diagnostics)
        return exit_code(error.diagnostics)
    sys.stdout.buffer.write(shown)
    return 0


def _facts(file: Path, content: bytes) -> bytes:
    """Return the facts of a plan, a line each; of anything else, and if something fails, what the file holds."""
    from plangen.git.facts import plan_facts  # noqa: PLC0415
    from plangen.source.files import decode  # noqa: PLC0415

    try:
        facts = plan_facts(decode(file, content))
        return _lines(facts) if facts else content
    except Exception:  # noqa: BLE001 - a bug of plangen must not take the differences away
        return content


def _word_text(file: Path) -> bytes:
    """Return the paragraphs of a Word document, tracked changes accepted."""
    from plangen.importing.word import read_word  # noqa: PLC0415

    return _lines(map(str, read_word(file).paragraphs()))


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace")
