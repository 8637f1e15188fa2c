"""Documents that are tables and nothing else: the same look as the tables of a plan, in every format."""

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from openpyxl import load_workbook

from plangen import PlanError, api
from plangen.outline.model import Cell, Column, Row, Segment, Table, Text
from plangen.render.choices import Choices
from plangen.render.table_document import write_tables
from texts import read_markdown

TITLE = "《云川市2027年教育工作要点》征求意见汇总表"


def table(title: str, *rows: tuple[str, ...], kind: str = "opinions") -> Table:
    """Return a table of two columns."""
    columns = (Column("序号", 2, centred=True), Column("修改意见", 20))
    return Table(kind, title, columns, tuple(Row(tuple(Cell(Text((Segment(t),))) for t in row)) for row in rows))


ONE = table("意见", ("1", "将“6所”改为“8所”"), ("2", "删去此句"))


def made(format_name: str, *tables: Table, title: str = TITLE) -> Any:
    """Return what reads the document back."""
    file = io.BytesIO()
    assert write_tables(title, tables, format_name, file) == []
    if format_name == "docx":
        return Document(file)
    return load_workbook(file) if format_name == "xlsx" else file.getvalue().decode()


def test_word_has_the_title_and_the_table_on_a_turned_page() -> None:
    document = made("docx", ONE)
    assert [each.text for each in document.paragraphs if each.text] == [TITLE]
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    (read,) = document.tables
    assert [[cell.text for cell in row.cells] for row in read.rows] == [
        ["序号", "修改意见"],
        ["1", "将“6所”改为“8所”"],
        ["2", "删去此句"],
    ]


def test_markdown_and_html_say_the_same() -> None:
    read = [TITLE, "序号", "修改意见", "1", "将“6所”改为“8所”", "2", "删去此句"]
    assert read_markdown(made("md", ONE)) == read
    page = made("html", ONE)
    assert all(each in page for each in read)


def test_a_workbook_has_a_sheet_for_each_kind() -> None:
    workbook = made("xlsx", ONE, table("对照", ("1", "甲"), kind="changes"))
    assert workbook.sheetnames == ["征求意见汇总表", "修改情况对照表"]
    assert [[cell.value for cell in row] for row in workbook.worksheets[0].iter_rows()][1] == ["1", "将“6所”改为“8所”"]


def test_several_tables_stand_each_under_its_own_title() -> None:
    read = read_markdown(made("md", table("甲表", ("1", "甲")), table("乙表", ("1", "乙"))))
    assert [each for each in read if each.endswith("表")] == ["甲表", "乙表"]
    assert [each.text for each in made("docx", table("甲表"), table("乙表")).paragraphs if each.text] == [
        "甲表",
        "乙表",
    ]


def test_an_office_prints_it_in_its_own_style(tmp_path: Path) -> None:
    style = tmp_path / "版式.yaml"
    style.write_text("table: {size: 9}\n", encoding="utf-8")
    file = io.BytesIO()
    write_tables(TITLE, [ONE], "docx", file, Choices(style=style))
    assert Document(file).styles["Table Text"].font.size.pt == 9


def test_a_plan_can_be_printed_as_its_attached_tables(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    head = "title: 云川市2027年教育工作要点\nyear: 2027\nsections: [{heading: 公平, tasks: [{heading: 学位}]}]\n"
    plan.write_text(head + "attachments: [{title: 任务表, table: tasks}]\n", encoding="utf-8")
    file = io.BytesIO()
    api.write_document(api.open_outline(plan)[0], "md", file, Choices("tables"))
    assert read_markdown(file.getvalue().decode())[0] == "任务表"
    plan.write_text(head, encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        api.write_document(api.open_outline(plan)[0], "md", io.BytesIO(), Choices("tables"))
    assert [each.code for each in refused.value.diagnostics] == ["D530"]
