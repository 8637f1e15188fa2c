"""Where a base document has double braces, and what is wrong with them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from plangen.diagnostics import Diagnostic, Source, Span, whole_file
from plangen.importing.package import Package
from plangen.render.base_fields import PLAN, advice, field_named
from plangen.render.base_text import PARAGRAPH, TEXT_BOX, Braces, ParagraphText

_STORIES: Final = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""Relationships that lead to text beside the main one, and what people call it."""
_INSIDE: Final = {TEXT_BOX: "文本框", qn("w:tc"): "表格", qn("w:sdtContent"): "内容控件"}
"""What a paragraph of the main text may stand in."""
_COPY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ONE_LINE: Final = str.maketrans("\r\n", "  ")
_LONGEST_NAME: Final = 30
"""Most characters of what is no field that a message repeats."""
_HOW_TO_PLACE: Final = "在要放计划的地方单独写一段 {{ plan }}，不放在表格、文本框、页眉里"


class Place(NamedTuple):
    """Double braces of a base: the paragraph they are in, its part, and where it stands, in words and as a span.

    The span is in a text that has a line for each paragraph of the base.
    """

    braces: Braces
    paragraph: etree._Element
    part: str
    where: str
    span: Span

    @property
    def name(self) -> str | None:
        """The English name of the field, or `plan`; `None` when it is neither."""
        return field_named(self.braces.name or "")

    @property
    def is_copy(self) -> bool:
        """Whether this is in the copy of a text box for readers that know no DrawingML."""
        return next(self.paragraph.iterancestors(_COPY), None) is not None

    @property
    def is_alone(self) -> bool:
        """Whether nothing else is in the paragraph, other than what floats."""
        around = self.span.source.line(self.span.position[0])
        stands_alone = around.strip() == around[self.braces.start : self.braces.end]
        return stands_alone and next(self.paragraph.iter(qn("wp:inline")), None) is None


def find_places(package: Package) -> list[Place]:
    """Return all double braces of a base, in order."""
    lines: list[str] = []
    found: list[tuple[Braces, etree._Element, str, str, int]] = []
    start = 0
    for part, where in _stories(package):
        for paragraph in package.xml(part).iter(PARAGRAPH):
            text = ParagraphText(paragraph)
            found += ((braces, paragraph, part, where or _inside(paragraph), start) for braces in text.braces())
            lines.append(text.text.translate(_ONE_LINE))
            start += len(text.text) + 1
    source = Source(package.path.as_posix(), "\n".join(lines))
    return [
        Place(braces, paragraph, part, where, Span(source, line + braces.start, line + braces.end))
        for braces, paragraph, part, where, line in found
    ]


def problems(places: Sequence[Place], path: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the double braces of a base."""
    places = [place for place in places if not place.is_copy]
    plans = [place for place in places if place.name == PLAN]
    if not plans:
        yield Diagnostic("T023", "没有 {{ plan }} 这一段，不知道计划放在哪里", whole_file(path), _HOW_TO_PLACE)
    for place in plans:
        said = _misplacement(place)
        if said:
            yield Diagnostic("T023", said, place.span, _HOW_TO_PLACE)
    for place in plans[1:]:
        yield Diagnostic("T023", "{{ plan }} 写了不止一处", place.span, "只留一处")
    for place in places:
        if place.braces.name is None:
            message = f"{place.where}里的双大括号没有配对，或者不是半角的"
            yield Diagnostic("T025", message, place.span, "字段写成 {{ title }}，两边各是两个半角大括号")
        elif place.name is None:
            message = f"{place.where}里有不认识的字段“{place.braces.name[:_LONGEST_NAME]}”"
            yield Diagnostic("T024", message, place.span, advice(place.braces.name))


def _stories(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the parts that hold text, and what people call them; "" for the main one."""
    yield package.main, ""
    for kind, where in _STORIES.items():
        for part in package.related(package.main, kind):
            yield part, where


def _inside(paragraph: etree._Element) -> str:
    around = (_INSIDE[str(each.tag)] for each in paragraph.iterancestors(*_INSIDE))
    return next(around, "正文")


def _misplacement(plan: Place) -> str:
    """Return what is wrong with where `{{ plan }}` stands, "" when nothing is."""
    parent = plan.paragraph.getparent()
    if parent is None or parent.tag != qn("w:body"):
        return f"{{{{ plan }}}} 写在{plan.where}里"
    return "" if plan.is_alone else "{{ plan }} 这一段还有别的文字或图片"
