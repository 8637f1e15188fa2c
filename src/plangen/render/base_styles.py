"""The styles of a plan in a base document: the base's own by name, ours where it has none.

Styles are the same when their names are (`w:name`, whatever their ids): that is how Word knows its built-in ones in
any language. A style the base lacks comes with what it is based on, so that it looks as the house style says and not
half like the base's Normal; that root is named "Plangen Normal" beside it.
"""

import copy
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from lxml import etree

_ROOT_NAME: Final = "Plangen Normal"
_USES: Final = {"w:pStyle": "paragraph", "w:rStyle": "character", "w:tblStyle": "table"}
_LINKS: Final = ("w:basedOn", "w:next", "w:link")
_PROPERTIES: Final = ("w:pPr", "w:rPr", "w:tblPr")
"""What gives a style its look."""
_IN_WORD: Final = {"title": "标题", "body text": "正文文本", "date": "日期", "signature": "签名"} | {
    f"heading {n}": f"标题 {n}" for n in range(1, 10)
}
"""What Word in Chinese calls its built-in styles."""

Key = tuple[str, str]
"""Type and name of a style, the name in lower case: what identifies it."""


class StyleSheet:
    """The styles of a document; `grown` says whether any was added."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.grown = False
        self._by_id = {style.get(qn("w:styleId"), ""): style for style in root.findall(qn("w:style"))}
        self._by_key = {_key(style): style for style in self._by_id.values()}

    def style(self, style_id: str) -> etree._Element | None:
        """Return a style by its id, `None` when there is none."""
        return self._by_id.get(style_id)

    def id_of(self, key: Key) -> str | None:
        """Return the id of a style by its type and name, `None` when there is none."""
        found = self._by_key.get(key)
        return None if found is None else found.get(qn("w:styleId"))

    def chain(self, style_id: str) -> Iterator[etree._Element]:
        """Yield a style and what it is based on, the root last."""
        seen: set[str] = set()
        while style_id not in seen and (style := self._by_id.get(style_id)) is not None:
            seen.add(style_id)
            yield style
            style_id = _value(style, "w:basedOn")

    def font_size(self, style_id: str) -> Decimal | None:
        """Return the size of a style's text in points, `None` when the document does not say."""
        defaults = self.root.findall(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
        for each in (*self.chain(style_id), *defaults):
            size = each.find(f"{qn('w:rPr')}/{qn('w:sz')}")
            if size is not None and size.get(qn("w:val"), "").isdecimal():
                return Decimal(size.get(qn("w:val"), "")) / 2 or None
        return None

    def add(self, style: etree._Element) -> str:
        """Add a style under an id that is free, and return that id."""
        wanted = style.get(qn("w:styleId"), "")
        numbered = (f"{wanted}{number}" for number in range(2, len(self._by_id) + 3))
        free = next(name for name in (wanted, *numbered) if name not in self._by_id)
        style.set(qn("w:styleId"), free)
        self.root.append(style)
        self.grown = True
        self._by_id[free] = self._by_key[_key(style)] = style
        return free

    def styles(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield the ids and the styles, in order."""
        yield from self._by_id.items()

    def fonts(self) -> etree._Element | None:
        """Return the fonts that text has unless a style says otherwise, `None` when the document does not say."""
        path = ("w:docDefaults", "w:rPrDefault", "w:rPr", "w:rFonts")
        return self.root.find("/".join(map(qn, path)))

    def is_numbered(self, style_id: str) -> bool:
        """Whether paragraphs of a style get automatic numbers."""
        path = "/".join(map(qn, ("w:pPr", "w:numPr", "w:numId")))
        ids = (style.find(path) for style in self.chain(style_id))
        first = next((each for each in ids if each is not None), None)
        return first is not None and first.get(qn("w:val")) != "0"


def adopt_styles(blocks: Sequence[etree._Element], ours: StyleSheet, base: StyleSheet) -> list[str]:
    """Have blocks that name our styles name the base's; return what those are called that brought it a look.

    The styles that the base lacks are added to it.
    """
    uses = [use for block in blocks for use in block.iter(*map(qn, _USES))]
    used = {use.get(qn("w:val"), "") for use in uses}
    moving = _Moving(ours, base)
    ids = {style_id: moving.id_in_base(style) for style_id, style in ours.styles() if style_id in used}
    for use in uses:
        moved = ids.get(use.get(qn("w:val"), ""))
        if moved is not None:
            use.set(qn("w:val"), moved)
    numbered = {style_id for style_id in ids.values() if base.is_numbered(style_id)}
    for block in blocks:
        for paragraph in block.iter(qn("w:p")):
            if isinstance(paragraph, CT_P) and paragraph.style in numbered:
                _leave_number_out(paragraph)
    return moving.added


class _Moving:
    """The moving of our styles into a base; `added` are those that brought it a look, as people call them."""

    def __init__(self, ours: StyleSheet, base: StyleSheet) -> None:
        self.added: list[str] = []
        self._ours, self._base = ours, base
        self._ids: dict[str, str] = {}

    def id_in_base(self, style: etree._Element) -> str:
        """Return the id that one of our styles has in the base, adding it where the base has none of its name."""
        ours = style.get(qn("w:styleId"), "")
        if ours not in self._ids:
            self._ids[ours] = self._base.id_of(_key(style)) or self._supply(style)
        return self._ids[ours]

    def _supply(self, style: etree._Element) -> str:
        if _is_root(style):
            return self._root(style)
        copied = copy.deepcopy(style)
        self._link(copied)
        if _key(style)[0] == "character":
            self._leave_out_body_fonts(copied)
        if any(len(properties) for properties in copied.iterchildren(*map(qn, _PROPERTIES))):
            self.added.append(_called(style))
        return self._base.add(copied)

    def _root(self, style: etree._Element) -> str:
        """Add our Normal under a name of its own, with the fonts that our document defaults give it."""
        known = self._base.id_of(("paragraph", _ROOT_NAME.lower()))
        if known is not None:
            return known
        copied = copy.deepcopy(style)
        del copied.attrib[qn("w:default")]
        copied.set(qn("w:customStyle"), "1")
        copied.set(qn("w:styleId"), _ROOT_NAME.replace(" ", ""))
        for name in copied.findall(qn("w:name")):
            name.set(qn("w:val"), _ROOT_NAME)
        properties, fonts = copied.find(qn("w:rPr")), self._ours.fonts()
        if properties is not None and properties.find(qn("w:rFonts")) is None and fonts is not None:
            properties.insert(0, copy.deepcopy(fonts))
        return self._base.add(copied)

    def _link(self, copied: etree._Element) -> None:
        """Have what a copied style names name styles of the base; names of styles it has no use for go."""
        for link in [each for tag in _LINKS for each in copied.findall(qn(tag))]:
            named = self._ours.style(link.get(qn("w:val"), ""))
            if named is not None and link.tag == qn("w:basedOn"):
                moved: str | None = self._root(named) if _is_root(named) else self.id_in_base(named)
            else:
                moved = None if named is None else self._base.id_of(_key(named))
            if moved is None:
                copied.remove(link)
            else:
                link.set(qn("w:val"), moved)

    def _leave_out_body_fonts(self, copied: etree._Element) -> None:
        """Leave the fonts of the running text to the running text, which may be the base's."""
        fonts = self._ours.fonts()
        for properties in copied.findall(qn("w:rPr")):
            for named in properties.findall(qn("w:rFonts")):
                if fonts is not None and sorted(named.items()) == sorted(fonts.items()):
                    properties.remove(named)


def _key(style: etree._Element) -> Key:
    return style.get(qn("w:type"), "paragraph"), _value(style, "w:name").lower()


def _value(style: etree._Element, tag: str) -> str:
    found = style.find(qn(tag))
    return "" if found is None else found.get(qn("w:val"), "")


def _is_root(style: etree._Element) -> bool:
    """Whether a style is the one of paragraphs that name none."""
    return _key(style)[0] == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _called(style: etree._Element) -> str:
    name = _value(style, "w:name")
    in_word = _IN_WORD.get(name.lower())
    return f"{in_word}（{name}）" if in_word else name


def _leave_number_out(paragraph: CT_P) -> None:
    """Turn off the automatic number of the base's style: the text has its number already."""
    properties = paragraph.get_or_add_pPr()
    if properties.numPr is None:
        properties.get_or_add_numPr().get_or_add_numId().val = 0
