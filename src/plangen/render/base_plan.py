"""The body of a plan, as our templates make it, put into a base document."""

import copy
from collections.abc import Callable, Sequence
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.section import CT_SectPr
from docx.oxml.text.paragraph import CT_P
from lxml import etree

from plangen.diagnostics import Diagnostic, PlanError
from plangen.render.base_fields import PLAN, field_named
from plangen.render.base_sections import fit_sections, section_at
from plangen.render.base_text import PARAGRAPH, ParagraphText

_MUTE: Final = frozenset(map(qn, ("w:rPr", "w:proofErr", "w:lastRenderedPageBreak", "w:del", "w:moveFrom")))
_WRAPPERS: Final = frozenset(map(qn, ("w:r", "w:ins", "w:hyperlink", "w:smartTag")))


def parse_rendered(name: str, content: str) -> etree._Element:
    """Return a part that our templates make; raise `PlanError` when it is no XML."""
    try:
        return parse_xml(content.encode())
    except etree.XMLSyntaxError as error:
        raise _template_mistake(name, f"不是完整的 XML：{error.msg}") from None


def rendered_body(document: str) -> tuple[list[etree._Element], CT_SectPr]:
    """Return the blocks that our templates make and the properties of the last section.

    Raises `PlanError` when they need what only our own package has: numbers that Word counts, or a header.
    """
    body = parse_rendered("document.xml", document).find(qn("w:body"))
    last = None if body is None or not len(body) else body[-1]
    if body is None or not isinstance(last, CT_SectPr):
        raise _template_mistake("document.xml", "里没有 w:body，或者末尾没有 w:sectPr")
    if any(each.get(qn("w:val")) != "0" for each in body.iter(qn("w:numId"))):
        hint = "去掉 --numbering native 或 --base"
        raise PlanError([Diagnostic("T028", "Word 的自动编号不能与底本一起用", None, hint)])
    if next(body.iter(qn("w:headerReference")), None) is not None:
        hint = "在底本里做好版头，写上 {{ document_number }} 之类的字段，或者去掉 --base"
        raise PlanError([Diagnostic("T028", "信函格式的版头占着首页的页眉，不能放进底本", None, hint)])
    return list(body)[:-1], last


def put_plan(document: etree._Element, blocks: Sequence[etree._Element], last: CT_SectPr) -> None:
    """Put blocks, whose last section is `last`, where a document has the paragraph `{{ plan }}`."""
    place = next(each for each in document.iter(PARAGRAPH) if isinstance(each, CT_P) and _is_plan(each))
    section = section_at(place)
    if section is None:
        section = copy.deepcopy(last)
        etree.strip_elements(section, qn("w:headerReference"), qn("w:footerReference"))
        _parent(place).append(section)
    fit_sections(blocks, last, section)
    _replace(place, blocks or [OxmlElement("w:p")])


def _is_plan(paragraph: etree._Element) -> bool:
    return any(field_named(braces.name or "") == PLAN for braces in ParagraphText(paragraph).braces())


def _replace(place: CT_P, blocks: Sequence[etree._Element]) -> None:
    """Replace the paragraph `{{ plan }}` by blocks; what else hangs on it – text boxes, breaks – goes on to them."""
    text = ParagraphText(place)
    for braces in text.braces():
        text.fill(braces, "")
    for block in blocks:
        place.addprevious(block)
    kept = [child for child in place if child.tag != qn("w:pPr") and not _says_nothing(child)]
    properties = place.get_or_add_pPr()
    if kept or properties.pageBreakBefore_val:
        first = _paragraph(blocks[0], blocks[0].addprevious).get_or_add_pPr()
        first.pageBreakBefore_val = properties.pageBreakBefore_val
        for child in reversed(kept):
            first.addnext(child)
    for section in properties.findall(qn("w:sectPr")):
        _paragraph(blocks[-1], blocks[-1].addnext).get_or_add_pPr().append(section)
    _parent(place).remove(place)


def _paragraph(block: etree._Element, add: Callable[[CT_P], None]) -> CT_P:
    """Return a block that is a paragraph and ends no section, else a new paragraph added beside it."""
    if isinstance(block, CT_P) and next(block.iter(qn("w:sectPr")), None) is None:
        return block
    beside = OxmlElement("w:p")
    assert isinstance(beside, CT_P)
    add(beside)
    return beside


def _says_nothing(element: etree._Element) -> bool:
    """Whether an element is nothing but what is left of a text that was taken away."""
    if element.tag == qn("w:t"):
        return not element.text
    return element.tag in _MUTE or (element.tag in _WRAPPERS and all(map(_says_nothing, element)))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _template_mistake(name: str, said: str) -> PlanError:
    message = f"模板 formats/docx/package/word/{name} 排出来的{said}"
    return PlanError([Diagnostic("T005", message, None, "检查 --templates 文件夹里改过的模板")])
