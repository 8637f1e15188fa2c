"""The sections of a plan in a base document: every page the base's, landscape ones turned, headers and footers kept."""

import copy
from collections.abc import Iterable
from typing import Final, NamedTuple

from docx.enum.section import WD_SECTION_START
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from lxml import etree

from plangen.render.page import PageGeometry

_BLOCKS: Final = frozenset(map(qn, ("w:p", "w:tbl", "w:sdt", "w:customXml")))
_SECTION: Final = qn("w:sectPr")
_LANDSCAPE: Final = "landscape"
_TURNED: Final = {"top": "left", "right": "top", "bottom": "right", "left": "bottom"}
"""Where each margin of a page turned clockwise comes from (GB/T 9704-2012 §8)."""


class Surroundings(NamedTuple):
    """Whether other text of the same section stands before and after the plan."""

    preceded: bool = False
    followed: bool = False


def section_at(block: etree._Element) -> CT_SectPr | None:
    """Return the properties of the section a block of the body is in; `None` when the document has none."""
    for each in (block, *block.itersiblings()):
        for found in each.iter(_SECTION):
            if isinstance(found, CT_SectPr):
                return found
    return None


def surroundings(block: etree._Element) -> Surroundings:
    """Return what stands around a block of the body in its section."""
    before = next((each for each in block.itersiblings(preceding=True) if each.tag in _BLOCKS), None)
    after = next((each for each in block.itersiblings() if each.tag in _BLOCKS), None)
    return Surroundings(
        preceded=before is not None and not _ends_section(before),
        followed=after is not None and not _ends_section(block),
    )


def page_of(section: CT_SectPr | None, ours: PageGeometry) -> PageGeometry:
    """Return a page with the paper and margins of a section, and with our own where it names none."""
    if section is None:
        return ours
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return ours._replace(
        width=_twips(size, "w", ours.width),
        height=_twips(size, "h", ours.height),
        top=_twips(margins, "top", ours.top),
        bottom=_twips(margins, "bottom", ours.bottom),
        left=_twips(margins, "left", ours.left) + _twips(margins, "gutter", 0),
        right=_twips(margins, "right", ours.right),
        footer=_twips(margins, "footer", ours.footer),
    )


def fit_sections(blocks: Iterable[etree._Element], last: CT_SectPr, section: CT_SectPr) -> None:
    """Give every section of a plan the page, headers and footers of the base's section it is put into.

    `blocks` are those of the plan, some of which end a section; `last` are the properties of its last section, which
    runs on in `section`. What only the first page of a section has, only the first of the sections keeps.
    """
    whole = copy.deepcopy(section)
    etree.strip_elements(whole, qn("w:sectPrChange"))
    ends = [found for block in blocks for found in block.iter(_SECTION)]
    for number, end in enumerate(ends):
        fitted = copy.deepcopy(whole)
        if _is_landscape(end):
            _turn(fitted)
        if number:
            _continue(fitted, end)
        parent = end.getparent()
        if parent is not None:
            parent.replace(end, fitted)
    if ends:
        _continue(section, last)
    if _is_landscape(last):
        _turn(section)


def _ends_section(block: etree._Element) -> bool:
    return next(block.iter(_SECTION), None) is not None


def _is_landscape(section: etree._Element) -> bool:
    size = section.find(qn("w:pgSz"))
    return size is not None and size.get(qn("w:orient")) == _LANDSCAPE


def _turn(section: CT_SectPr) -> None:
    """Turn the page of a section clockwise, unless it lies already."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or _is_landscape(section):
        return
    width, height = size.get(qn("w:w"), ""), size.get(qn("w:h"), "")
    for name, value in (("w", height), ("h", width), ("orient", _LANDSCAPE)):
        size.set(qn(f"w:{name}"), value)
    if margins is not None:
        turned = {to: margins.get(qn(f"w:{origin}"), "0") for to, origin in _TURNED.items()}
        for name, value in turned.items():
            margins.set(qn(f"w:{name}"), value)


def _continue(section: CT_SectPr, ours: etree._Element) -> None:
    """Have a section begin on a new page, an even one where ours does: no own first page, page numbers run on."""
    for tag in ("w:type", "w:titlePg"):
        for found in section.findall(qn(tag)):
            section.remove(found)
    for numbers in section.findall(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), "")
    for start in ours.findall(qn("w:type")):
        section.start_type = WD_SECTION_START.from_xml(start.get(qn("w:val")))


def _twips(element: etree._Element | None, name: str, otherwise: int) -> int:
    """Return a measure of an element; what is missing or no whole number is replaced."""
    written = element.get(qn(f"w:{name}"), "") if element is not None else ""
    return int(written) if written.isascii() and written.isdigit() else otherwise
