"""The lines of a file of attributes that give plans and Word documents to plangen's drivers (gitattributes(5))."""

import re
from collections.abc import Iterable
from typing import Final

from plangen.git.drivers import DOCX_DRIVER, PLAN_DRIVER

_PLAN_LINE: Final = re.compile(rf"(.+?)[ \t]+diff={PLAN_DRIVER}")
_TO_QUOTE: Final = re.compile(r'[\s"]|^[#!]')


def attribute_lines(patterns: Iterable[str]) -> list[bytes]:
    """Return the lines for plans that match patterns."""
    plans = [f"{_quoted(pattern)} diff={PLAN_DRIVER}".encode() for pattern in patterns]
    return [*plans, f"*.docx diff={DOCX_DRIVER}".encode()]


def patterns_in(lines: Iterable[bytes]) -> list[str]:
    """Return the patterns of plans among such lines."""
    found = (_PLAN_LINE.fullmatch(line.decode("utf-8", errors="replace")) for line in lines)
    return [_unquoted(line[1]) for line in found if line]


def _quoted(pattern: str) -> str:
    """Return a pattern in quotes where it has blanks or begins like something else."""
    if not _TO_QUOTE.search(pattern):
        return pattern
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(written: str) -> str:
    return re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written
