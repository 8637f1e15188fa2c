"""The text of a Word paragraph, over all its runs, and what stands in double braces in it.

Offsets count characters of the paragraph's text. A text box inside a paragraph has paragraphs of its own, and what a
tracked change has deleted is no text any more.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

PARAGRAPH: Final = qn("w:p")
TEXT_BOX: Final = qn("w:txbxContent")
_TEXT: Final = qn("w:t")
_BLANKS: Final = {qn("w:tab"): "\t", qn("w:br"): " ", qn("w:cr"): " "}
_OPAQUE: Final = frozenset(map(qn, ("w:pPr", "w:rPr", "w:txbxContent", "w:del", "w:moveFrom")))
"""What holds no text of the paragraph."""

_BRACES: Final = re.compile(r"\{\{(?P<name>[^{}]*)\}\}|\{\{|\}\}|｛｛|｝｝")
_AMBIGUOUS: Final = re.compile("[“”‘’—…·]")
"""Punctuation that Word sets in the Western font unless the run says that it is Chinese."""
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class Braces(NamedTuple):
    """Double braces in a text: what stands between them, without blanks around it; `None` if they do not pair."""

    name: str | None
    start: int
    end: int


class ParagraphText:
    """The text of a paragraph, which can be replaced in place."""

    def __init__(self, paragraph: etree._Element) -> None:
        self._pieces = list(_pieces(paragraph))
        self._starts: list[int] = []
        length = 0
        for piece in self._pieces:
            self._starts.append(length)
            length += len(_text(piece))
        self.text = "".join(map(_text, self._pieces))

    def braces(self) -> Iterator[Braces]:
        """Yield the double braces, in order."""
        for found in _BRACES.finditer(self.text):
            name = found["name"]
            yield Braces(None if name is None else name.strip(), *found.span())

    def fill(self, braces: Braces, value: str) -> None:
        """Replace braces and what is between them by a value, in the run where they begin.

        What follows is no longer where `braces` say: fill from the last to the first.
        """
        first = bisect_right(self._starts, braces.start) - 1
        end = bisect_left(self._starts, braces.end)
        for number in range(first, end):
            piece, start = self._pieces[number], self._starts[number]
            if piece.tag == _TEXT:
                text = piece.text or ""
                put = value if start <= braces.start else ""
                piece.text = text[: max(0, braces.start - start)] + put + text[braces.end - start :]
                piece.set(_SPACE, "preserve")
            else:
                _remove(piece)
        _free_controls(self._pieces[first])
        if _AMBIGUOUS.search(value):
            _set_as_chinese(self._pieces[first])


def _pieces(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements below one that are text of its paragraph."""
    for child in element.iterchildren(etree.Element):
        if child.tag == _TEXT or child.tag in _BLANKS:
            yield child
        elif child.tag not in _OPAQUE:
            yield from _pieces(child)


def _text(piece: etree._Element) -> str:
    return _BLANKS.get(str(piece.tag)) or piece.text or ""


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _free_controls(piece: etree._Element) -> None:
    """Have content controls around a piece show its text, and neither their hint nor data kept elsewhere."""
    for control in piece.iterancestors(qn("w:sdt")):
        for tag in ("w:dataBinding", "w:showingPlcHdr"):
            for binding in control.findall(f"{qn('w:sdtPr')}/{qn(tag)}"):
                _remove(binding)


def _set_as_chinese(piece: etree._Element) -> None:
    """Have the ambiguous punctuation of a piece's run set in the Chinese font."""
    run = piece.getparent()
    if run is None or run.tag != qn("w:r"):
        return
    properties = run.get_or_add_rPr()  # type: ignore[attr-defined]  # python-docx's own class of runs
    properties.get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
