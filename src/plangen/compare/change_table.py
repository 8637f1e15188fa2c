"""修改情况对照表: the changes as a table for those who decide on them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from plangen.compare.changes import Changes, PartChange, What
from plangen.compare.values import Difference
from plangen.outline.model import Cell, Column, Row, Segment, Table, Text

NAME: Final = "修改情况对照表"
"""What the table is called."""

_COLUMNS: Final = (
    Column("序号", 2, centred=True),
    Column("条款", 6),
    Column("原文", 13),
    Column("修改后", 13),
    Column("说明", 6),
)
_NOTHING: Final = "—"
"""Stands where one of the plans says nothing."""

_BREAK: Final = "　"
"""Stands between paragraphs in a cell, which is a single one."""

_COVERED: Final = Cell(Text(()), rows=0)


def change_table(changes: Changes) -> Table:
    """Return the table of all changes: one number for each part, one row for each thing that differs in it."""
    rows = (row for number, part in enumerate(changes.parts, 1) for row in _rows(number, part))
    return Table("changes", f"{changes.new_title or changes.old_title}{NAME}", _COLUMNS, tuple(rows))


def _rows(number: int, part: PartChange) -> Iterator[Row]:
    said = [*_moved(part), *(_difference(part, each, first=not n) for n, each in enumerate(part.differences))]
    said = said or [(part.old_address or _NOTHING, part.address or _NOTHING, part.news)]
    for n, texts in enumerate(said):
        first = not n
        yield Row(
            (
                Cell(_text(str(number)), Decimal(number), len(said)) if first else _COVERED,
                Cell(_text(part.where), rows=len(said)) if first else _COVERED,
                *(Cell(_text(text)) for text in texts),
            )
        )


def _moved(part: PartChange) -> Iterator[tuple[str, str, str]]:
    """Yield the row that says what became of a part that was moved, or is there no more, or only now."""
    if part.what is What.CHANGED and part.moves:
        yield part.old_address or _NOTHING, part.address or _NOTHING, part.news


def _difference(part: PartChange, difference: Difference, *, first: bool) -> tuple[str, str, str]:
    """Return what both plans say, and what that is; a guess is told once."""
    changed = part.what is What.CHANGED
    doubt = part.doubt if first and not part.moves else ""
    note = "；".join(filter(None, (difference.note if changed else "", doubt)))
    news = "" if changed else f"{part.news}："
    name = f"{news}{difference.name}" + (f"（{note}）" if note else "")
    return difference.old or _NOTHING, difference.new or _NOTHING, name


def _text(text: str) -> Text:
    return Text((Segment(text.replace("\n", _BREAK)),))
