"""The text of Word paragraphs as stretches, each with its history: who inserted, deleted and commented on it.

Nothing here knows of lists or of readings; it turns the XML of a document into a flat list of paragraphs.
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import count, groupby
from typing import Final, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from plangen.importing.lists import ListPlace, is_on, list_place, outline_level, value

_MATH_TEXT: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_ALTERNATIVES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Choice"

_PARAGRAPH: Final = qn("w:p")
_TABLE: Final = qn("w:tbl")
_RUN: Final = qn("w:r")
_RUN_PROPERTIES: Final = qn("w:rPr")
_FIELD: Final = qn("w:fldChar")
_BOX: Final = qn("w:txbxContent")
_BREAK: Final = qn("w:br")
_SYMBOL: Final = qn("w:sym")
_REFERENCE: Final = qn("w:commentReference")
_ID: Final = qn("w:id")
_RANGE_START: Final = qn("w:commentRangeStart")
_RANGE_END: Final = qn("w:commentRangeEnd")

_TEXTS: Final = frozenset((qn("w:t"), qn("w:delText"), _MATH_TEXT))
_SIGNS: Final = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
"""What stands for a character (17.3.3)."""
_SHOWN: Final = frozenset((*_TEXTS, *_SIGNS, _BREAK, _SYMBOL))
"""What is text of its paragraph."""
_INSERTING: Final = frozenset((qn("w:ins"), qn("w:moveTo")))
_DELETING: Final = frozenset((qn("w:del"), qn("w:moveFrom")))
_OPAQUE: Final = frozenset(
    map(qn, ("w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:rt", "w:instrText", "w:delInstrText", "w:sectPr", "w:tblPr"))
)
"""What holds no text that is shown; `w:rt` is what stands small above other text."""
_FIELD_KIND: Final = qn("w:fldCharType")
_MOST_OPEN: Final = 50
"""Most comments on the same text; what further ones are about is taken to be where they stand."""
_PAGE_BREAKS: Final = frozenset(("page", "column"))

MARK: Final = "\n"
"""The text of a paragraph mark."""


class Reading(Enum):
    """Which text of a document with tracked changes is meant: as it was before all of them, or with all of them."""

    ORIGINAL = "original"
    ACCEPTED = "accepted"


class Revision(NamedTuple):
    """A tracked change: author and date as the document says, "" where it does not; a move is two of them."""

    author: str
    date: str


class Stretch(NamedTuple):
    """Text with one history; `comments` are the ids of the comments it is commented by.

    `inserted` and `deleted` are the tracked changes that did so, `None` where there is none. A stretch may be both:
    somebody has deleted what another one has inserted. A stretch without text is a place that is commented on.
    `is_mark` says that it is the mark of a paragraph.
    """

    text: str
    inserted: Revision | None = None
    deleted: Revision | None = None
    comments: tuple[str, ...] = ()
    is_mark: bool = False

    def stands_in(self, reading: Reading) -> bool:
        """Whether the text stands in a reading of the document."""
        return (self.inserted if reading is Reading.ORIGINAL else self.deleted) is None


def read_text(stretches: Iterable[Stretch], reading: Reading) -> str:
    """Return the text of stretches in a reading, without what is a mark of a paragraph."""
    return "".join([each.text for each in stretches if not each.is_mark and each.stands_in(reading)])


class TableCell(NamedTuple):
    """A cell of a table: the number of the table in the document, row and column, all from 0."""

    table: int
    row: int
    column: int


class Properties(NamedTuple):
    """What a paragraph says of itself: its style, its place in a list, its outline level."""

    style: str = ""
    place: ListPlace = ListPlace()
    outline_level: int | None = None


class RawParagraph(NamedTuple):
    """A paragraph as it stands in the file; its last stretch is its mark.

    Paragraphs with the same `container` are joined when the mark between them goes away. `before` are the properties it
    had before they were changed by a tracked change, else those it has.
    """

    container: int
    stretches: tuple[Stretch, ...]
    properties: Properties
    before: Properties
    cell: TableCell | None
    boxed: bool


def read_paragraphs(body: etree._Element) -> list[RawParagraph]:
    """Return the paragraphs of a body in reading order: those of a text box follow the paragraph it hangs on."""
    reader = _Reader()
    reader.blocks(body, _Surroundings(reader.new_container(), None, False, None, None))
    return reader.paragraphs


class _Surroundings(NamedTuple):
    """What a block stands in: container, cell, text box, and the tracked changes of the row around it."""

    container: int
    cell: TableCell | None
    boxed: bool
    inserted: Revision | None
    deleted: Revision | None


class _History(NamedTuple):
    """The tracked changes around a run."""

    inserted: Revision | None = None
    deleted: Revision | None = None


class _Reader:
    """Walks a document; comments and fields may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        self.paragraphs: list[RawParagraph] = []
        self._containers = count()
        self._tables = count()
        self._open: tuple[str, ...] = ()
        """The comments whose text is being read."""
        self._commented: set[str] = set()
        self._fields: list[bool] = []
        """For each open field, the innermost last, whether its code is being read, which is not shown."""
        self._codes = 0
        """How many of the open fields have their code read."""
        self._stretches: list[Stretch] = []
        self._boxes: list[etree._Element] = []

    def new_container(self) -> int:
        """Return a container that no paragraph stands in yet."""
        return next(self._containers)

    def blocks(self, element: etree._Element, around: _Surroundings) -> None:
        """Read the paragraphs and tables below an element."""
        for child in element.iterchildren(etree.Element):
            if child.tag == _PARAGRAPH:
                self._paragraph(child, around)
            elif child.tag == _TABLE:
                self._table(child, around)
                around = around._replace(container=self.new_container())
            elif not self._range(child) and child.tag not in _OPAQUE:
                self.blocks(_chosen(child), around)

    def _table(self, table: etree._Element, around: _Surroundings) -> None:
        number = next(self._tables)
        for row_number, row in enumerate(_below(table, "w:tr")):
            properties = row.find(qn("w:trPr"))
            inserted = _revision(properties, "w:ins") or around.inserted
            deleted = _revision(properties, "w:del") or around.deleted
            for column, cell in enumerate(_below(row, "w:tc")):
                place = TableCell(number, row_number, column)
                self.blocks(cell, _Surroundings(self.new_container(), place, around.boxed, inserted, deleted))

    def _paragraph(self, paragraph: etree._Element, around: _Surroundings) -> None:
        self._stretches, self._boxes = [], []
        self._inline(paragraph, _History(around.inserted, around.deleted))
        properties = paragraph.find(qn("w:pPr"))
        mark = None if properties is None else properties.find(_RUN_PROPERTIES)
        inserted = _revision(mark, "w:ins") or _revision(mark, "w:moveTo") or around.inserted
        deleted = _revision(mark, "w:del") or _revision(mark, "w:moveFrom") or around.deleted
        stretches = (*_joined(self._stretches), Stretch(MARK, inserted, deleted, self._open, is_mark=True))
        changed = None if properties is None else properties.find(f"{qn('w:pPrChange')}/{qn('w:pPr')}")
        now = _properties(properties)
        before = now if changed is None else _properties(changed)
        self.paragraphs.append(RawParagraph(around.container, stretches, now, before, around.cell, around.boxed))
        for box in self._boxes[:]:
            self.blocks(box, around._replace(container=self.new_container(), boxed=True))

    def _inline(self, element: etree._Element, history: _History) -> None:
        """Read the text below an element of a paragraph."""
        for child in element.iterchildren(etree.Element):
            if child.tag in _SHOWN:
                if not self._codes:
                    self._stretches.append(Stretch(_text(child), *history, self._open))
            elif child.tag == _FIELD:
                self._field(child)
            elif child.tag == _BOX:
                self._boxes.append(child)
            elif child.tag == _REFERENCE:
                self._comment_on_place(child.get(_ID, ""), history)
            elif child.tag in _INSERTING:
                self._inline(child, history._replace(inserted=_made(child)))
            elif child.tag in _DELETING:
                self._inline(child, history._replace(deleted=_made(child)))
            elif not (self._range(child) or child.tag in _OPAQUE or _is_hidden(child)):
                self._inline(_chosen(child), history)

    def _comment_on_place(self, comment: str, history: _History) -> None:
        """Add the place a comment stands at, unless it says itself what it is about."""
        if comment not in self._commented:
            self._stretches.append(Stretch("", *history, (comment,)))

    def _range(self, element: etree._Element) -> bool:
        """Open or close the range that begins or ends with an element, if it is one; return whether it is."""
        name = element.get(_ID, "")
        if element.tag == _RANGE_START and len(self._open) < _MOST_OPEN:
            self._open = (*self._open, name)
            self._commented.add(name)
        elif element.tag == _RANGE_END:
            self._open = tuple(each for each in self._open if each != name)
        return element.tag in (_RANGE_START, _RANGE_END)

    def _field(self, element: etree._Element) -> None:
        kind = element.get(_FIELD_KIND)
        if kind == "begin":
            self._fields.append(True)
            self._codes += 1
        elif kind in ("separate", "end") and self._fields:
            self._codes -= self._fields.pop()
            if kind == "separate":
                self._fields.append(False)


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield the stretches, those with the same history as one; without text only places that are commented on."""
    for _, same in groupby(stretches, key=lambda stretch: stretch[1:]):
        first, *others = same
        text = "".join([first.text, *(each.text for each in others)])
        if text or first.comments:
            yield first._replace(text=text)


def _revision(properties: etree._Element | None, tag: str) -> Revision | None:
    found = None if properties is None else properties.find(qn(tag))
    return None if found is None else _made(found)


def _made(element: etree._Element) -> Revision:
    """Return the tracked change an element is."""
    return Revision(element.get(qn("w:author"), "").strip(), element.get(qn("w:date"), ""))


def _below(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in element.iterchildren(etree.Element):
        if child.tag == qn(tag):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
            yield from _below(child, tag)


def _chosen(element: etree._Element) -> etree._Element:
    """Return what is to be read of an element: of alternatives the first, so that nothing is read twice."""
    if element.tag != _ALTERNATIVES:
        return element
    choice = element.find(_CHOICE)
    return element if choice is None else choice


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element is a run of hidden text."""
    return element.tag == _RUN and is_on(element.find(_RUN_PROPERTIES), "w:vanish")


def _text(element: etree._Element) -> str:
    """Return the text an element is; breaks of pages are none."""
    if element.tag == _BREAK:
        return "" if element.get(qn("w:type")) in _PAGE_BREAKS else "\n"
    if element.tag == _SYMBOL:
        return _symbol(element.get(qn("w:char"), ""))
    return _SIGNS.get(str(element.tag)) or element.text or ""


def _symbol(code: str) -> str:
    """Return the character of a symbol; one outside Unicode, by its place in a font, is a box."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "□" if 0xE000 <= number <= 0xF8FF or not 0x20 <= number < 0xD800 else chr(number)


def _properties(properties: etree._Element | None) -> Properties:
    return Properties(value(properties, "w:pStyle"), list_place(properties), outline_level(properties))
