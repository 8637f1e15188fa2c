"""Opinions as a table (征求意见汇总表)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from plangen.opinions.collect import Opinion
from plangen.outline.model import Cell, Column, Row, Segment, Table, Text

_COLUMNS: Final = (
    Column("序号", 2, centred=True),
    Column("单位", 6, centred=True),
    Column("条款", 7, centred=True),
    Column("原文", 14),
    Column("修改意见", 14),
    Column("采纳情况", 5),
)
_NOWHERE: Final = "—"
"""Stands for a clause that was not found."""


def opinion_table(title: str, opinions: Iterable[Opinion]) -> Table:
    """Return the table of opinions; the column of what became of them is left for the drafters to fill in."""
    rows = (
        (str(number), each.unit, each.clause or _NOWHERE, each.original, each.advice, "")
        for number, each in enumerate(opinions, 1)
    )
    return Table("opinions", title, _COLUMNS, tuple(Row(tuple(_cells(texts))) for texts in rows))


def _cells(texts: Iterable[str]) -> Iterable[Cell]:
    number, *others = texts
    yield Cell(Text((Segment(number),)), Decimal(number))
    yield from (Cell(Text((Segment(each),)) if each else Text(())) for each in others)
