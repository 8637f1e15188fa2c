"""python-docx as its manual teaches it: yaml.safe_load, styles set once, then paragraph by paragraph."""

from pathlib import Path

import yaml
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import CharacterStyle, ParagraphStyle

from benchmarks.ways import shared


def set_font(style: CharacterStyle, font: str, size: float) -> None:
    """Give a style its Latin and Chinese font and its size in points."""
    style.font.name = font
    style.font.size = Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def add_style(document: DocumentObject, name: str, font: str, size: float) -> ParagraphStyle:
    """Add a paragraph style with the line pitch of official documents."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    set_font(style, font, size)
    style.paragraph_format.line_spacing = Pt(28.95)
    style.paragraph_format.space_after = Pt(0)
    return style


def styled_document() -> DocumentObject:
    """Return an empty A4 document with the styles Plan Title, Plan Section, Plan Body and Plan Lead."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    add_style(document, "Plan Title", "方正小标宋简体", 22).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_style(document, "Plan Section", "黑体", 16).paragraph_format.first_line_indent = Pt(32)
    add_style(document, "Plan Body", "仿宋_GB2312", 16).paragraph_format.first_line_indent = Pt(32)
    lead = document.styles.add_style("Plan Lead", WD_STYLE_TYPE.CHARACTER)
    assert isinstance(lead, CharacterStyle)
    lead.font.bold = True
    return document


def render(source: Path, target: Path) -> None:
    """Render one plan file to one document."""
    plan = shared.reading(yaml.safe_load(source.read_text(encoding="utf-8")))
    document = styled_document()
    document.add_paragraph(plan.title, style="Plan Title")
    for text in plan.opening:
        document.add_paragraph(text, style="Plan Body")
    for section in plan.sections:
        document.add_paragraph(section.heading, style="Plan Section")
        for task in section.tasks:
            paragraph = document.add_paragraph(style="Plan Body")
            paragraph.add_run(task.heading, style="Plan Lead")
            paragraph.add_run(task.text)
    document.save(str(target))


if __name__ == "__main__":
    shared.main(render)
