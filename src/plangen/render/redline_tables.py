"""Two tables as one with tracked changes: rows come and go, and in rows that stay the texts of the cells change.

Columns are not tracked (ECMA-376 Part 1, 17.13.5 has no such mark that all programs read): their widths, and all else
that is said of the whole table, are those of the new one.
"""

import copy
from typing import Final, NamedTuple

from lxml import etree

from plangen.compare.wording import bigrams, dice
from plangen.render.redline_chain import chain
from plangen.render.redline_marks import CELL, DELETED, INSERTED, PARAGRAPH, ROW, TABLE, Marks, as_xml, w
from plangen.render.redline_paragraphs import merge_contents, properties_of, text_of

_GRID, _COLUMN, _WIDTH = w("tblGrid"), w("gridCol"), w("tcW")
_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")

_SAME_ROW: Final = 0.4
"""Least likeness of the texts of two rows of which one became the other, the number of the row left out."""


class _Row(NamedTuple):
    element: etree._Element
    shape: tuple[bytes, ...]
    """What two rows must share to be shown as one: properties of the row, of its cells and of their paragraphs."""
    words: frozenset[str]
    text: str


def same_columns(old: etree._Element, new: etree._Element) -> bool:
    """Whether two tables have as many columns, so that their rows can stand in one table."""
    return _columns(old) == _columns(new)


def merge_tables(old: etree._Element, new: etree._Element, marks: Marks) -> etree._Element:
    """Return what stands for a table that became another one with as many columns."""
    before, after = ([_read(row) for row in table.findall(ROW)] for table in (old, new))
    merged = etree.Element(TABLE)
    merged.extend([copy.deepcopy(child) for child in new if child.tag != ROW])
    widths = [column.get(w("w"), "") for column in new.iter(_COLUMN)]
    i = j = 0
    for p, q in [*chain(before, after, _worth), (len(before), len(after))]:
        for row in before[i:p]:
            gone = marks.whole_row(row.element, DELETED)
            _set_widths(gone, widths)
            merged.append(gone)
        merged.extend([marks.whole_row(row.element, INSERTED) for row in after[j:q]])
        if p < len(before):
            merged.append(_merge_rows(before[p], after[q], marks))
        i, j = p + 1, q + 1
    return merged


def _columns(table: etree._Element) -> int:
    return len(table.findall(f"{_GRID}/{_COLUMN}"))


def _read(row: etree._Element) -> _Row:
    cells = row.findall(CELL)
    shape = [_xml(row.find(_ROW_PROPERTIES))]
    texts = []
    for cell in cells:
        shape.append(_xml(cell.find(_CELL_PROPERTIES)))
        shape += [properties_of(each) if each.tag == PARAGRAPH else _xml(each) for each in _blocks(cell)]
        texts.append("".join([text_of(each) for each in cell.iter(PARAGRAPH)]))
    said = "\n".join(texts[1:] if len(texts) > 1 else texts)
    return _Row(row, tuple(shape), bigrams(said), "\n".join(texts))


def _xml(element: etree._Element | None) -> bytes:
    """Return properties as XML, without the width of a cell."""
    if element is None:
        return b""
    bare = copy.deepcopy(element)
    etree.strip_elements(bare, _WIDTH)
    return as_xml(bare)


def _blocks(cell: etree._Element) -> list[etree._Element]:
    return [each for each in cell if each.tag != _CELL_PROPERTIES]


def _worth(old: _Row, new: _Row) -> float:
    if old.shape != new.shape:
        return 0.0
    if old.text == new.text:
        return 2.0
    alike = dice(old.words, new.words)
    return alike if alike >= _SAME_ROW else 0.0


def _merge_rows(old: _Row, new: _Row, marks: Marks) -> etree._Element:
    merged = copy.deepcopy(new.element)
    if old.text == new.text:
        return merged
    for before, cell in zip(old.element.findall(CELL), merged.findall(CELL), strict=True):
        for one, other in zip(_blocks(before), _blocks(cell), strict=True):
            if one.tag == other.tag == PARAGRAPH:
                cell.replace(other, merge_contents(one, other, marks))
    return merged


def _set_widths(row: etree._Element, widths: list[str]) -> None:
    """Give the cells of a deleted row the widths of the columns it stands in now."""
    cells = row.findall(CELL)
    if len(cells) == len(widths):
        for cell, width in zip(cells, widths, strict=True):
            for found in cell.iter(_WIDTH):
                found.set(w("w"), width)
