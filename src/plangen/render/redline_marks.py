"""The marks of tracked changes in WordprocessingML: insertions, deletions, and comments (ECMA-376 Part 1, 17.13)."""

import copy
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

from lxml import etree

WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(name: str) -> str:
    """Return the qualified name of an element or attribute of WordprocessingML."""
    return f"{{{WORD}}}{name}"


PARAGRAPH, PROPERTIES, RUN, RUN_PROPERTIES = w("p"), w("pPr"), w("r"), w("rPr")
SECTION, TABLE, ROW, CELL = w("sectPr"), w("tbl"), w("tr"), w("tc")
TEXT, TAB, BREAK, LINK = w("t"), w("tab"), w("br"), w("hyperlink")
INSERTED, DELETED = w("ins"), w("del")

_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_IN_DELETIONS: Final = {TEXT: w("delText"), w("instrText"): w("delInstrText")}
"""What texts are called inside deletions (17.3.3.7, 17.16.13)."""

_SIGNS: Final = {"\t": TAB, "\n": BREAK}
_PIECES: Final = re.compile(r"[\t\n]|[^\t\n]+")

_KEPT: Final = 1024
"""How many properties are kept as canonical XML: a document has some dozens, over and over."""

_AFTER_LOOK: Final = frozenset((SECTION, w("pPrChange")))
"""What follows the properties of the paragraph mark (17.3.1.26)."""


def as_xml(element: etree._Element) -> bytes:
    """Return an element as XML that is the same wherever it stands (Exclusive XML Canonicalization)."""
    return _canonical(etree.tostring(element, with_tail=False))


@lru_cache(_KEPT)
def _canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n", exclusive=True)


class Marks:
    """Makes the marks of one package: all with the same author and date, each with an id of its own.

    Revisions, bookmarks and comments share their ids, which begin at `first`. Without a date the marks have none.
    """

    def __init__(self, author: str, date: datetime | None, first: int) -> None:
        self._said = {w("author"): author}
        if date is not None:
            self._said[w("date")] = f"{date:%Y-%m-%dT%H:%M:%SZ}"
        self._next = first
        self.comments: list[etree._Element] = []
        """The comments (`w:comment`) there are."""

    def mark(self, tag: str) -> etree._Element:
        """Return a new mark, of a tag such as `INSERTED`."""
        made = etree.Element(tag, {w("id"): str(self._next), **self._said})
        self._next += 1
        return made

    def comment(self, paragraph: etree._Element, text: str) -> None:
        """Comment on a paragraph, at the first text in it that neither came nor went.

        Inside an insertion LibreOffice 7.4 would leave lines behind, or crash, when the insertion is rejected.
        """
        made = self.mark(w("comment"))
        body = etree.SubElement(made, PARAGRAPH)
        add_text(etree.SubElement(body, RUN), text)
        self.comments.append(made)
        reference = etree.Element(RUN)
        etree.SubElement(reference, w("commentReference"), {w("id"): made.get(w("id"), "")})
        paragraph.findall(RUN)[0].addnext(reference)

    def mark_paragraph(self, paragraph: etree._Element, tag: str) -> None:
        """Mark the mark of a paragraph: without it, the paragraph and the next one are one (17.13.5.15, 17.13.5.20)."""
        properties = paragraph.find(PROPERTIES)
        if properties is None:
            properties = etree.Element(PROPERTIES)
            paragraph.insert(0, properties)
        look = properties.find(RUN_PROPERTIES)
        if look is None:
            look = etree.Element(RUN_PROPERTIES)
            after = [n for n, each in enumerate(properties) if each.tag in _AFTER_LOOK]
            properties.insert(after[0] if after else len(properties), look)
        look.insert(0, self.mark(tag))

    def clear_paragraph(self, paragraph: etree._Element) -> None:
        """Take the mark off the mark of a paragraph."""
        look = paragraph.find(f"{PROPERTIES}/{RUN_PROPERTIES}")
        if look is not None:
            etree.strip_elements(look, INSERTED, DELETED)
            if not len(look):
                look.getparent().remove(look)  # type: ignore[union-attr]

    def mark_content(self, parent: etree._Element, tag: str) -> None:
        """Mark all runs of a paragraph, a link or a cell, those that stand together with one mark."""
        for run in list(parent.iter(RUN)):
            before = run.getprevious()
            if before is not None and before.tag == tag:
                before.append(run)
            else:
                wrapped = self.mark(tag)
                run.addprevious(wrapped)
                wrapped.append(run)
        if tag == DELETED:
            rename_deleted(parent)

    def whole_paragraph(self, paragraph: etree._Element, tag: str, *, with_mark: bool = True) -> etree._Element:
        """Return a copy of a paragraph as one that is inserted or deleted, `with_mark` its mark too."""
        made = copy.deepcopy(paragraph)
        self.mark_content(made, tag)
        if with_mark:
            self.mark_paragraph(made, tag)
        return made

    def whole_row(self, row: etree._Element, tag: str) -> etree._Element:
        """Return a copy of a row of a table as one that is inserted or deleted (17.13.5.12, 17.13.5.16)."""
        made = copy.deepcopy(row)
        properties = made.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            made.insert(0, properties)
        properties.append(self.mark(tag))
        self.mark_content(made, tag)
        return made

    def whole_table(self, table: etree._Element, tag: str) -> etree._Element:
        """Return a copy of a table all of whose rows are inserted or deleted."""
        made = copy.deepcopy(table)
        for row in made.findall(ROW):
            made.replace(row, self.whole_row(row, tag))
        return made


def rename_deleted(parent: etree._Element) -> None:
    """Give texts the names they have inside deletions."""
    for each in parent.iter(*_IN_DELETIONS):
        each.tag = _IN_DELETIONS[each.tag]


def restore_deleted(parent: etree._Element) -> None:
    """Give texts the names they have outside of deletions."""
    names = {deleted: name for name, deleted in _IN_DELETIONS.items()}
    for each in parent.iter(*names):
        each.tag = names[each.tag]


def is_kept(paragraph: etree._Element) -> bool:
    """Whether a paragraph neither came nor went, and has text that did neither."""
    look = paragraph.find(f"{PROPERTIES}/{RUN_PROPERTIES}")
    marked = look is not None and any(each.tag in (INSERTED, DELETED) for each in look)
    return paragraph.tag == PARAGRAPH and not marked and paragraph.find(f"{RUN}/{TEXT}") is not None


def add_text(run: etree._Element, text: str) -> None:
    """Add text to a run, its tabs and line breaks as the elements they are."""
    for piece in _PIECES.findall(text):
        if piece in _SIGNS:
            etree.SubElement(run, _SIGNS[piece])
        else:
            made = etree.SubElement(run, TEXT, {_SPACE: "preserve"})
            made.text = piece


def numbers(root: etree._Element) -> Iterator[int]:
    """Yield the ids (`w:id`) of what has one in a part."""
    for each in root.iter(etree.Element):
        value = each.get(w("id"))
        if value is not None and value.lstrip("-").isdecimal():
            yield int(value)
