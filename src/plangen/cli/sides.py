"""The two sides of a comparison, from what was typed after the command."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

if TYPE_CHECKING:
    from plangen.diagnostics import Source
    from plangen.importing.text import Imported

_IMPORTED: Final = (".docx", ".md", ".txt", ".pdf")
"""Endings of documents that are no plan files, and in which the plan must be recognised."""


class Side(NamedTuple):
    """One side: what people call it, and its text; `None` where there is no such file in that revision.

    `imported` is the plan that was recognised in a document that is no plan file; then there is no text either.
    """

    name: str
    source: "Source | None"
    imported: "Imported | None" = None


def find_sides(words: Sequence[str]) -> tuple[Side, Side]:
    """Return the old and the new side that some words name: two files.

    Raises `PlanError` when one cannot be read, `click.UsageError` when the words make no sense.
    """
    if len(words) != 2:
        raise click.UsageError("写两个计划文件：先写原来的，再写改过的")
    old, new = (read_side(Path(word)) for word in words)
    return old, new


def read_side(file: Path) -> Side:
    """Return a file as a side: a plan, or a document in which there is one; raise `PlanError` if it cannot be read."""
    if file.suffix.lower() not in _IMPORTED:
        from plangen.source.files import read_source  # noqa: PLC0415

        return Side(file.as_posix(), read_source(file))
    from plangen.importing.files import import_file  # noqa: PLC0415

    return Side(file.as_posix(), None, import_file(file))
