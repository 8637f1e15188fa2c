"""The tables in Word documents, read back with python-docx: columns, merged cells, pages."""

from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from lxml import etree

from pages import EXAMPLES, write_docx
from plangen import api
from plangen.render.choices import Choices
from plangen.render.page import column_widths

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WIDE, NARROW = 12756, 8844
"""Width of the type area of a turned and of an upright page: 225 and 156 mm, in twips."""

PLAN: Final = """\
title: 云川市2027年教育工作要点
year: 2027
sections:
  - heading: 促进教育公平
    tasks:
      - {heading: 第一项, lead: 规划科, due: 2027-08, targets: [{indicator: 学位, goal: 新增3000个}]}
      - {heading: 第二项, lead: 规划科, support: [财务科]}
      - {heading: 第三项, lead: 人事科}
    sections:
      - {heading: 更小的部分, tasks: [{heading: 第四项}]}
"""


@pytest.fixture
def tasks(tmp_path: Path) -> Any:
    """Return 重点任务分解表 of the plan."""
    return made(PLAN, "task-table", tmp_path)


@pytest.fixture
def targets(tmp_path: Path) -> Any:
    """Return 主要指标表 of the plan."""
    return made(PLAN, "target-table", tmp_path)


def test_the_table_stands_below_its_title(tasks: Any) -> None:
    assert tasks.paragraphs[0].text == "云川市2027年教育工作要点重点任务分解表"
    assert tasks.paragraphs[0].style.name == "Title"
    (table,) = tasks.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "重点任务", "主要目标", "牵头单位", "配合单位", "完成时限"],
        ["一、促进教育公平"] * 6,
        ["1", "第一项", "学位新增3000个", "规划科", "", "2027年8月"],
        ["2", "第二项", "", "规划科", "财务科", ""],
        ["3", "第三项", "", "人事科", "", ""],
        ["（一）更小的部分"] * 6,
        ["4", "第四项", "", "", "", ""],
    ]


def test_tasks_stand_on_a_turned_page_targets_on_an_upright_one(tasks: Any, targets: Any) -> None:
    (section,) = tasks.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    (section,) = targets.sections
    assert section.orientation == WD_ORIENT.PORTRAIT


@pytest.mark.parametrize(("genre", "width"), [("task-table", WIDE), ("target-table", NARROW)])
@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda plan: plan.stem)
def test_a_table_is_exactly_as_wide_as_the_type_area(plan: Path, genre: str, width: int, tmp_path: Path) -> None:
    document = read(write_docx(plan, tmp_path / "table.docx", Choices(genre)))
    (table,) = document.tables
    grid = [int(each.get(f"{W}w")) for each in table._tbl.tblGrid]
    assert sum(grid) == width
    assert table._tbl.tblPr.find(f"{W}tblW").get(f"{W}w") == str(width)
    assert table._tbl.tblPr.find(f"{W}tblLayout").get(f"{W}type") == "fixed"
    for row in table._tbl.tr_lst:
        cells = [int(cell.tcPr.find(f"{W}tcW").get(f"{W}w")) for cell in row.tc_lst]
        assert cells in (grid, [width])


def test_the_header_is_repeated_and_no_row_is_torn(tasks: Any) -> None:
    header, *rows = tasks.tables[0]._tbl.tr_lst
    assert header.trPr.find(f"{W}tblHeader") is not None
    assert all(row.trPr.find(f"{W}tblHeader") is None for row in rows)
    assert all(row.trPr.find(f"{W}cantSplit") is not None for row in (header, *rows))


def test_one_cell_for_tasks_led_by_the_same_unit(tasks: Any) -> None:
    merged = [[merge(cell) for cell in row.tc_lst] for row in tasks.tables[0]._tbl.tr_lst]
    alone = ["none"] * 6
    assert merged == [
        *(alone, ["none"]),
        ["none", "none", "none", "restart", "none", "none"],
        ["none", "none", "none", "continue", "none", "none"],
        *(alone, ["none"], alone),
    ]


def test_headings_go_across_the_table_look_like_their_layer_and_stay_with_what_follows(tasks: Any) -> None:
    rows = tasks.tables[0]._tbl.tr_lst
    for row, style in ((rows[1], "RunInHeading1"), (rows[5], "RunInHeading2")):
        (cell,) = row.tc_lst
        assert cell.tcPr.find(f"{W}gridSpan").get(f"{W}val") == "6"
        assert cell.find(f"{W}p/{W}pPr/{W}keepNext") is not None
        assert cell.find(f"{W}p/{W}r/{W}rPr/{W}rStyle").get(f"{W}val") == style


def test_numbers_and_due_dates_are_centred_text_is_not(tasks: Any) -> None:
    table = tasks.tables[0]
    assert [alignment(table, 2, column) for column in range(6)] == ["center", "", "", "", "", "center"]
    assert {str(table.cell(0, column).paragraphs[0].style.name) for column in range(6)} == {"Table Heading"}
    assert {str(table.cell(2, column).paragraphs[0].style.name) for column in range(6)} == {"Table Text"}


def test_the_look_comes_from_the_house_style(tasks: Any) -> None:
    text, heading, grid = (tasks.styles[name] for name in ("Table Text", "Table Heading", "Table Grid"))
    assert text.element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert text.element.find(f"{W}rPr/{W}sz").get(f"{W}val") == "24"
    assert text.element.find(f"{W}pPr/{W}snapToGrid").get(f"{W}val") == "0"
    spacing = text.element.find(f"{W}pPr/{W}spacing")
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("360", "exact")
    assert heading.element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "黑体"
    assert {each.get(f"{W}sz") for each in grid.element.find(f"{W}tblPr/{W}tblBorders")} == {"4"}
    assert grid.builtin


def test_the_page_number_of_a_turned_page_runs_down_in_a_foot_of_its_own(tasks: Any) -> None:
    (section,) = tasks.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (table,) = footer.tables
        position = table._tbl.tblPr.find(f"{W}tblpPr")
        anchors = [position.get(f"{W}{name}") for name in ("vertAnchor", "horzAnchor", "tblpY")]
        assert anchors == ["page", "page", "1588"]  # the portrait sheet's left margin is at the top
        cell = table.cell(0, 0)
        assert cell._tc.tcPr.find(f"{W}textDirection").get(f"{W}val") == "tbRl"
        assert table._tbl.tr_lst[0].trPr.find(f"{W}trHeight").get(f"{W}val") == str(NARROW)
        (paragraph,) = cell.paragraphs
        assert paragraph._p.pPr.find(f"{W}jc").get(f"{W}val") == side
        assert "".join(text.text for text in paragraph._p.iter(f"{W}t", f"{W}instrText")) == "—  PAGE 1 —"


def test_a_document_without_tables_has_no_turned_page(tmp_path: Path) -> None:
    with ZipFile(write_docx(EXAMPLES[0], tmp_path / "plan.docx")) as archive:
        document = archive.read("word/document.xml").decode()
    assert "w:tbl>" not in document
    assert "landscape" not in document.lower()


def test_every_run_of_a_table_is_set_as_chinese(tmp_path: Path) -> None:
    with ZipFile(write_docx(EXAMPLES[0], tmp_path / "table.docx", Choices("task-table"))) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    for run in document.iter(f"{W}r"):
        assert [fonts.get(f"{W}hint") for fonts in run.iterfind(f"{W}rPr/{W}rFonts")] == ["eastAsia"]


@pytest.mark.parametrize("genre", ["task-table", "target-table"])
def test_the_same_plan_gives_the_same_bytes(genre: str, tmp_path: Path) -> None:
    first, second = (write_docx(EXAMPLES[0], tmp_path / name, Choices(genre)).read_bytes() for name in ("a", "b"))
    assert first == second


def test_special_characters_survive(tmp_path: Path) -> None:
    special = """&<>"' ]]> {{ 1 }} {% x %} | \\\\ =1+1"""
    plan = PLAN.replace("第一项", f"'{special.replace(chr(39), chr(39) * 2)}'")
    assert made(plan, "task-table", tmp_path).tables[0].cell(2, 1).text == special


@pytest.mark.parametrize("width", [WIDE, NARROW, 1000, 1])
@pytest.mark.parametrize("shares", [[1], [1, 1, 1], [2, 8, 13, 8, 9, 8], [7] * 13])
def test_shares_add_up_whatever_the_width(shares: list[int], width: int) -> None:
    assert sum(column_widths(shares, width, 0)) == width
    assert sum(column_widths(shares, width, 17)) == width


MIXED: Final = """\
{% from blocks import new_page, title, table with context %}
{{ title(outline.title) }}
{{ new_page(landscape=true) }}{{ title(outline.tables.tasks.title) }}{{ table(outline.tables.tasks) }}
{{ new_page() }}{{ table(outline.tables.targets) }}{{ new_page() }}{{ table(outline.tables.tasks) }}
"""


def test_pages_of_both_kinds_in_one_document(tmp_path: Path) -> None:
    own = tmp_path / "own" / "genres"
    own.mkdir(parents=True)
    (own / "mixed.j2").write_text(MIXED, encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    document = read(write_docx(path, tmp_path / "mixed.docx", Choices("mixed", own.parent)))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, False]
    assert [sum(int(each.get(f"{W}w")) for each in table._tbl.tblGrid) for table in document.tables] == [
        WIDE,
        NARROW,
        NARROW,
    ]
    breaks = [table.cell(0, 0)._tc.find(f".//{W}pageBreakBefore") is not None for table in document.tables]
    assert breaks == [False, False, True]  # a section begins a page by itself
    for properties in document.element.body.iter(f"{W}pPr"):
        names = [etree.QName(child).localname for child in properties]
        assert "sectPr" not in names or names[-2:] == ["rPr", "sectPr"]


def made(plan: str, genre: str, folder: Path) -> Any:
    """Return the document of a genre made of a plan."""
    path = folder / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    assert api.check_plan(path, ignore=("L",)) == []
    return read(write_docx(path, folder / f"{genre}.docx", Choices(genre)))


def read(path: Path) -> Any:
    """Return a document as python-docx reads it; its elements are lxml's, which know nothing of their types."""
    return Document(str(path))


def merge(cell: Any) -> str:
    """Return whether a cell begins a merged one, continues one, or neither."""
    found = cell.tcPr.find(f"{W}vMerge")
    return "none" if found is None else found.get(f"{W}val", "continue")


def alignment(table: Any, row: int, column: int) -> str:
    """Return how the paragraph of a cell is aligned, "" as its style says."""
    found = table.cell(row, column).paragraphs[0]._p.pPr.find(f"{W}jc")
    return "" if found is None else str(found.get(f"{W}val"))
