"""An office's own .docx as the base of Word documents: its styles, page, headers and footers, a plan in its midst.

A base comes from other people, so nothing in it runs: it has the paragraph `{{ plan }}`, and fields, which are names.
Parts without fields are copied byte by byte.
"""

import posixpath
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import IO, Final, NamedTuple
from zipfile import ZIP_STORED, ZipFile

from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import parse_xml
from lxml import etree

from plangen.diagnostics import Diagnostic, PlanError, Severity, whole_file
from plangen.importing.package import PROPERTIES, STYLES, Package, Refusals, as_bytes, read_package
from plangen.outline.model import Outline
from plangen.render.archive import stored_part
from plangen.render.base_fields import PLAN, field_named, field_values, left_out, twin, without_elements
from plangen.render.base_places import find_places, problems
from plangen.render.base_plan import parse_rendered, put_plan, rendered_body
from plangen.render.base_sections import page_of, section_at, surroundings
from plangen.render.base_styles import StyleSheet, adopt_styles
from plangen.render.base_text import PARAGRAPH, ParagraphText
from plangen.render.page import PageGeometry

_NO_STYLES: Final = b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
_REFUSALS: Final = Refusals("T020", "T021", "T022", "用 --base 给出在 Word 或 WPS 里做的 .docx")
_LEAST_ROOM: Final = 2835
"""Least width and height of the type area, in twips: 50 mm."""
_LONGEST_PROPERTY: Final = 255
"""Most characters of a property, by Word's own limit."""


class Rendered(NamedTuple):
    """What our templates make of a plan: the main part of its document, the styles, and the properties."""

    document: str
    styles: str
    properties: str


class Base:
    """A base document, opened and checked once, for any number of plans.

    `surroundings` is what stands around the plan, `title_size` the size of the base's own titles in points, `None` when
    it has none or does not say. Raises `PlanError` with everything that is wrong with the document.
    """

    def __init__(self, path: Path) -> None:
        self._package = read_package(path, _REFUSALS)
        self._places = find_places(self._package)
        wrong = list(problems(self._places, path))
        if wrong:
            raise PlanError(wrong)
        plan = next(place.paragraph for place in self._places if place.name == PLAN)
        self._section = section_at(plan)
        self._fields = {place.name or "" for place in self._places} - {PLAN}
        self._styles = next(self._package.related(self._package.main, "styles"), None)
        self.title_size = _title_size(self._style_sheet())
        self.surroundings = surroundings(plan)

    def page(self, ours: PageGeometry) -> PageGeometry:
        """Return the base's page; what the base does not say is as on ours.

        Raises `PlanError` when the margins leave no room for a plan.
        """
        page = page_of(self._section, ours)
        if min(page.text_width, page.height - page.top - page.bottom) < _LEAST_ROOM:
            raise self._package.refusal("T020", "页边距占满了纸张，没有地方排字", "在 Word 的“页面设置”里检查页边距")
        return page

    def left_to_plan(self, outline: Outline) -> Outline:
        """Return a plan without the elements that the base has fields for."""
        return without_elements(outline, self._fields)

    def write(self, outline: Outline, rendered: Rendered, file: IO[bytes]) -> list[Diagnostic]:
        """Write the base with a plan in it, and return what its readers should be warned of."""
        values = field_values(outline)
        roots = {part: self._package.xml(part) for part in {place.part: None for place in self._places}}
        for root in roots.values():
            _fill(root, values)
        blocks, last = rendered_body(rendered.document)
        sheet = self._style_sheet()
        added = adopt_styles(blocks, StyleSheet(parse_rendered("styles.xml", rendered.styles)), sheet)
        put_plan(roots[self._package.main], blocks, last)
        package = self._package.with_changes({part: as_bytes(root) for part, root in roots.items()})
        if sheet.grown:
            package = self._with_styles(package, as_bytes(sheet.root))
        package = _with_properties(package, outline, rendered.properties)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, content in package.parts.items():
                archive.writestr(stored_part(name), content)
        return [*self._missing(values, outline.title), *self._left_out(outline), *self._supplied(added)]

    def _style_sheet(self) -> StyleSheet:
        return StyleSheet(self._package.xml(self._styles) if self._styles else parse_xml(_NO_STYLES))

    def _with_styles(self, package: Package, content: bytes) -> Package:
        if self._styles:
            return package.with_changes({self._styles: content})
        name = posixpath.join(posixpath.dirname(package.main), "styles.xml")
        return package.with_part(package.main, name, STYLES, content)

    def _missing(self, values: Mapping[str, str], title: str) -> Iterator[Diagnostic]:
        """Yield a warning for every field the plan says nothing about, at its first place."""
        said: set[str] = set()
        for place in self._places:
            name = place.name
            if name is not None and name != PLAN and not values[name] and name not in said:
                said.add(name)
                message = f"{place.where}的字段“{place.braces.name}”空着，《{title}》没有写 {name}（{twin(name)}）"
                hint = f"在计划里写上 {name}，或者从底本里删掉这个字段"
                yield Diagnostic("T026", message, place.span, hint, Severity.WARNING)

    def _left_out(self, outline: Outline) -> Iterator[Diagnostic]:
        """Yield a warning for every element that neither the base nor the plan's body prints."""
        for name in left_out(outline, self._fields, self._places[0].span.source.text):
            message = f"{name}（{twin(name)}）没有排出来：它所在的一块由底本排，那里没有它的字段"
            hint = f"在底本里写上 {{{{ {name} }}}}"
            yield Diagnostic("T029", message, outline.place.span("official", name), hint, Severity.WARNING)

    def _supplied(self, added: list[str]) -> Iterator[Diagnostic]:
        if added:
            message = f"缺少样式 {'、'.join(added)}，照 plangen 的版式补上了"
            hint = "想用本单位的样子，在 Word 里把这些样式设好，各用一次，再保存"
            yield Diagnostic("T027", message, whole_file(self._package.path), hint, Severity.WARNING)


def _title_size(sheet: StyleSheet) -> Decimal | None:
    title = sheet.id_of(("paragraph", "title"))
    return None if title is None else sheet.font_size(title)


def _fill(root: etree._Element, values: Mapping[str, str]) -> None:
    """Fill the fields of a part."""
    for paragraph in list(root.iter(PARAGRAPH)):
        text = ParagraphText(paragraph)
        for braces in reversed(list(text.braces())):
            value = values.get(field_named(braces.name or "") or "")
            if value is not None:
                text.fill(braces, value)


def _with_properties(package: Package, outline: Outline, ours: str) -> Package:
    """Return the package with title and author of a plan."""
    name = next(package.related("", "core-properties"), None)
    if name is None:
        return package.with_part("", "docProps/core.xml", PROPERTIES, ours.encode())
    root = package.xml(name)
    if isinstance(root, CT_CoreProperties):
        root.title_text = outline.title[:_LONGEST_PROPERTY]
        root.author_text = outline.issuer[:_LONGEST_PROPERTY]
    return package.with_changes({name: as_bytes(root)})
