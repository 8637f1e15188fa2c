"""Tracked changes as printed marks (花脸稿): what was deleted struck in red, what was inserted underlined in blue."""

from typing import Final

from lxml import etree

from plangen.render.redline_marks import (
    DELETED,
    INSERTED,
    PARAGRAPH,
    PROPERTIES,
    ROW,
    RUN,
    RUN_PROPERTIES,
    SECTION,
    restore_deleted,
    w,
)

_RED, _BLUE = "FF0000", "0000FF"
_LOOKS: Final = {
    DELETED: ((w("strike"), {}), (w("color"), {w("val"): _RED})),
    INSERTED: ((w("color"), {w("val"): _BLUE}), (w("u"), {w("val"): "single", w("color"): _BLUE})),
}

_NAMES: Final = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish"
    " webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang"
    " eastAsianLayout specVanish oMath"
)
_ORDER: Final = list(map(w, _NAMES.split()))
"""The order of the properties of a run (ECMA-376 Part 1, 17.3.2.28)."""


_MARK_WENT: Final = "mark-went"
"""Says, for the time being, that the text of a paragraph stays and its mark goes."""


def print_marks(root: etree._Element) -> None:
    """Turn the tracked changes of a part into the looks of printed marks.

    A blank line that only came or went is no more than that: the old one is left out, the new one stands.
    """
    for paragraph in list(root.iter(PARAGRAPH)):
        _settle_paragraph(paragraph)
    for paragraph in root.iterfind(f".//{PARAGRAPH}[@{_MARK_WENT}]"):
        del paragraph.attrib[_MARK_WENT]
    for row in root.iter(ROW):
        for mark in row.findall(f"{w('trPr')}/{DELETED}") + row.findall(f"{w('trPr')}/{INSERTED}"):
            _parent(mark).remove(mark)
    for mark in list(root.iter(INSERTED, DELETED)):
        for run in mark.iter(RUN):
            _look(run, mark.tag)
        parent, place = _parent(mark), _parent(mark).index(mark)
        parent[place : place + 1] = list(mark)
    etree.strip_elements(root, w("sectPrChange"))
    restore_deleted(root)


def _settle_paragraph(paragraph: etree._Element) -> None:
    """Take the mark off the mark of a paragraph; leave out a line that says nothing but that a mark went or came."""
    look = paragraph.find(f"{PROPERTIES}/{RUN_PROPERTIES}")
    if look is None:
        return
    gone, came = look.find(DELETED) is not None, look.find(INSERTED) is not None
    before = paragraph.getprevious()
    replaces = before is not None and before.get(_MARK_WENT) is not None
    etree.strip_elements(look, DELETED, INSERTED)
    if not len(look):
        _parent(look).remove(look)
    if next(paragraph.iter(RUN, SECTION), None) is None:
        if gone or (came and replaces):
            _parent(paragraph).remove(paragraph)
    elif gone and any(child.tag not in (PROPERTIES, DELETED) for child in paragraph):
        paragraph.set(_MARK_WENT, "")


def _look(run: etree._Element, tag: object) -> None:
    properties = run.find(RUN_PROPERTIES)
    if properties is None:
        properties = etree.Element(RUN_PROPERTIES)
        run.insert(0, properties)
    for name, values in _LOOKS[str(tag)]:
        for old in properties.findall(name):
            properties.remove(old)
        later = _ORDER[_ORDER.index(name) + 1 :]
        place = next((n for n, each in enumerate(properties) if each.tag in later), len(properties))
        properties.insert(place, etree.Element(name, dict(values)))


def _parent(element: etree._Element) -> etree._Element:
    found = element.getparent()
    assert found is not None
    return found
