"""The two sides of a comparison, from what was typed after the command."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from plangen.diagnostics import Source


class Side(NamedTuple):
    """One side: what people call it, and its text; `None` where there is no such file in that revision."""

    name: str
    source: Source | None


def find_sides(words: Sequence[str]) -> tuple[Side, Side]:
    """Return the old and the new side that some words name: two files.

    Raises `PlanError` when one cannot be read, `click.UsageError` when the words make no sense.
    """
    from plangen.source.files import read_source  # noqa: PLC0415

    if len(words) != 2:
        raise click.UsageError("写两个计划文件：先写原来的，再写改过的")
    old, new = (Side(word, read_source(Path(word))) for word in words)
    return old, new
