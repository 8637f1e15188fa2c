"""The script of a hundred blog posts: pydantic models, yaml.safe_load, python-docx with every run's fonts by hand."""

from pathlib import Path

import yaml
from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from pydantic import BaseModel, ConfigDict, Field

from benchmarks.ways import shared


class Strict(BaseModel):
    """A model that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid")


class Target(Strict):
    """A figure to reach."""

    indicator: str = Field(min_length=1)
    goal: str = Field(min_length=1)


class Task(Strict):
    """One numbered task."""

    heading: str = Field(min_length=1)
    text: str
    targets: list[Target] = Field(default_factory=list)
    lead: str | None = None
    support: list[str] = Field(default_factory=list)
    due: str | None = None


class Section(Strict):
    """One part of the plan."""

    heading: str = Field(min_length=1)
    tasks: list[Task]


class Plan(Strict):
    """The whole plan."""

    title: str = Field(min_length=1)
    year: int = Field(ge=1949)
    issuer: str | None = None
    guiding_thought: str
    sections: list[Section] = Field(min_length=1)


def add_run(paragraph: Paragraph, text: str, font: str, size: float, bold: bool = False) -> None:
    """Append a run with its font, size in points and weight set by hand."""
    run = paragraph.add_run(text)
    run.font.name = font
    run.font.size = Pt(size)
    run.font.bold = bold
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def body_paragraph(document: DocumentObject) -> Paragraph:
    """Append an empty paragraph with a body paragraph's indent and line pitch."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.line_spacing = Pt(28.95)
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def set_page(document: DocumentObject) -> None:
    """Set A4 paper and the margins of official documents."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def render(source: Path, target: Path) -> None:
    """Render one plan file to one document."""
    plan = Plan.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))
    document = Document()
    set_page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(title, plan.title, "方正小标宋简体", 22)
    for text in shared.paragraphs(plan.guiding_thought):
        add_run(body_paragraph(document), text, "仿宋_GB2312", 16)
    for number, section in enumerate(plan.sections, 1):
        add_run(body_paragraph(document), f"{shared.chinese_number(number)}、{section.heading}", "黑体", 16)
        for place, task in enumerate(section.tasks, 1):
            add_task(document, place, task)
    document.save(str(target))


def add_task(document: DocumentObject, number: int, task: Task) -> None:
    """Append a task's paragraph, its heading in bold."""
    paragraph = body_paragraph(document)
    add_run(paragraph, f"{number}.{task.heading}。", "仿宋_GB2312", 16, bold=True)
    targets = shared.target_sentence((target.indicator, target.goal) for target in task.targets)
    add_run(paragraph, "".join(shared.paragraphs(task.text)) + targets, "仿宋_GB2312", 16)


if __name__ == "__main__":
    shared.main(render)
