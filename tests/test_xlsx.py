"""Workbooks, read back with openpyxl: data for filters and sums that reads as the plan does."""

import datetime
import io
import sys
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
from openpyxl import load_workbook

from pages import EXAMPLES
from plangen import api, cli
from plangen.diagnostics import PlanError
from plangen.render.choices import Choices

HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\nissuer: 云川市教育局\n"
PLAN = """\
targets: [{indicator: 入园率, goal: 97.8%以上, baseline: 97.5%, lead: 学前科}]
sections:
  - heading: 促进教育公平
    tasks:
      - heading: 第一项
        lead: 规划科
        due: 2027-06-30
        targets:
          - {indicator: 近视率, goal: 下降0.5个百分点}
          - {indicator: 学位, goal: 新增3000个}
          - {indicator: 生师比, goal: 17:1以内, baseline: 18:1}
          - {indicator: 覆盖率, goal: 保持在100%, baseline: 100%}
          - {indicator: 就业率, goal: 65%～70%}
      - {heading: 第二项, lead: 规划科, support: [财务科, 人事科], due: 2027-08}
    sections:
      - {heading: 更小的部分, tasks: [{heading: 第三项, due: 2027-Q3}, {heading: 第四项, due: 9月底前}]}
  - heading: 守牢安全底线
    tasks: [{heading: 第五项}]
"""


def made(plan: str, genre: str = "") -> bytes:
    """Return the workbook of a plan."""
    file = io.BytesIO()
    path = Path("plan.yaml")
    path.write_text(HEAD + plan, encoding="utf-8")
    api.write_document(api.open_outline(path)[0], "xlsx", file, Choices(genre))
    return file.getvalue()


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def workbook() -> Any:
    return opened(made(PLAN))


def test_tasks_are_data_one_row_each(workbook: Any) -> None:
    sheet = workbook["重点任务分解表"]
    day = datetime.datetime
    assert values(sheet) == [
        ["序号", "部分", "二级部分", "重点任务", "主要目标", "牵头单位", "配合单位", "完成时限"],
        [
            *(1, "二、促进教育公平", None, "第一项"),
            "近视率下降0.5个百分点；学位新增3000个；生师比控制在17:1以内；覆盖率保持在100%；就业率达到65%～70%",
            *("规划科", None, day(2027, 6, 30)),
        ],
        [2, "二、促进教育公平", None, "第二项", None, "规划科", "财务科、人事科", day(2027, 8, 31)],
        [3, "二、促进教育公平", "（一）更小的部分", "第三项", None, None, None, "2027年第三季度"],
        [4, "二、促进教育公平", "（一）更小的部分", "第四项", None, None, None, "9月底前"],
        [5, "三、守牢安全底线", None, "第五项", None, None, None, None],
    ]
    assert sheet.merged_cells.ranges == set()
    assert [sheet.cell(row, 8).number_format for row in (2, 3)] == ['yyyy"年"m"月"d"日"', 'yyyy"年"m"月"']


def test_targets_are_numbers_that_read_as_written(workbook: Any) -> None:
    sheet = workbook["主要指标表"]
    header, *rows = values(sheet)
    assert header == ["序号", "部分", "指标", "单位", "基数", "目标", "变化", "责任单位"]
    assert [row[4:7] for row in rows] == [
        [97.5, 97.8, 0.3],
        [None, 0.5, -0.5],
        [None, 3000, 3000],
        ["18:1", "17:1以内", None],
        [100, 100, 0],
        [None, "65～70", None],
    ]
    assert [row[1] for row in rows] == [None, *["二、促进教育公平"] * 5]
    formats = [[sheet.cell(row, column).number_format for column in (5, 6, 7)] for row in (2, 3, 6)]
    assert formats == [
        ["0.0", '0.0"以上"', '"提高"0.0"个百分点"'],
        ["General", '"下降"0.0', '+0.0;"下降"0.0"个百分点"'],
        ["0", '"保持在"0', '+General;-General;"持平"'],
    ]


@pytest.mark.parametrize("title", ["重点任务分解表", "主要指标表"])
def test_a_sheet_can_be_filtered_scrolled_and_printed(workbook: Any, title: str) -> None:
    sheet = workbook[title]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # as wide as one page
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddHeader.center.text == f"云川市2027年教育工作要点{title}"
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert sheet["A2"].font.name == "仿宋_GB2312"


def test_columns_are_as_wide_as_their_text_up_to_a_bound(workbook: Any) -> None:
    widths = {
        c[0].value: workbook["重点任务分解表"].column_dimensions[c[0].column_letter].width
        for c in workbook.worksheets[0].columns
    }
    assert widths["序号"] < widths["部分"] < widths["主要目标"] <= 42


def test_which_tables_a_workbook_holds() -> None:
    only_tasks = "sections: [{heading: 甲, tasks: [{heading: 乙}]}]\n"
    only_targets = "targets: [{indicator: 甲, goal: 5所}]\nsections: [{heading: 乙}]\n"
    assert opened(made(PLAN)).sheetnames == ["重点任务分解表", "主要指标表"]
    assert opened(made(PLAN, "task-table")).sheetnames == ["重点任务分解表"]
    assert opened(made(PLAN, "target-table")).sheetnames == ["主要指标表"]
    assert opened(made(only_tasks)).sheetnames == ["重点任务分解表"]
    assert opened(made(only_targets)).sheetnames == ["主要指标表"]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://a")', "+1", "-1", "@SUM(A1)", "http://example.org", "007", "_x0041_", "{=1}"]
)
def test_what_looks_like_a_formula_an_address_or_a_number_stays_a_text(text: str) -> None:
    plan = f"sections: [{{heading: 甲, tasks: [{{heading: '{text}', lead: '{text}'}}]}}]\n"
    sheet = opened(made(plan)).worksheets[0]
    for cell in (sheet.cell(2, 3), sheet.cell(2, 5)):
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_excel_cannot_keep_stay_texts() -> None:
    sheet = opened(
        made("targets: [{indicator: 甲, goal: 12345678901234567元}]\nsections: [{heading: 乙}]\n")
    ).worksheets[0]
    assert sheet.cell(2, 5).value == "12345678901234567"


def test_a_text_too_long_for_a_cell_is_an_error_not_cut() -> None:
    with pytest.raises(PlanError) as refused:
        made(f"sections: [{{heading: 甲, tasks: [{{text: {'长' * 40_000}}}]}}]\n")
    assert [each.code for each in refused.value.diagnostics] == ["D531"]


def test_a_title_too_long_for_a_page_header_is_left_out() -> None:
    content = made(
        f"sections: [{{heading: 甲, tasks: [{{heading: 乙}}]}}]\nattachments: [{{title: {'长' * 300}, table: tasks}}]\n"
    )
    assert opened(content).worksheets[0].oddHeader.center.text is None


@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda plan: plan.stem)
def test_the_same_plan_gives_the_same_bytes_on_any_day(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built, _ = api.open_outline(plan)
    first, second = io.BytesIO(), io.BytesIO()
    api.write_document(built, "xlsx", first)
    monkeypatch.setattr("time.time", lambda: 4e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2096, 10, 2, 7, 6, 40, 1, 276, 0))
    api.write_document(built, "xlsx", second)
    assert first.getvalue() == second.getvalue()
    with ZipFile(first) as archive:
        for member in archive.infolist():
            assert (member.date_time, member.compress_type) == ((1980, 1, 1, 0, 0, 0), ZIP_STORED)
    properties = load_workbook(first).properties
    assert (properties.title, properties.creator) == (built.title, built.issuer)


def test_without_the_library_a_message_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    Path("plan.yaml").write_text(HEAD + PLAN, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.setattr(sys, "argv", ["plangen", "render", "plan.yaml", "--to", "xlsx"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capfd.readouterr().err == (
        "错误 F007 写 xlsx 要用的程序库 XlsxWriter 没有装\n"
        '   = 提示：运行 pip install "plangen[xlsx]"（Windows 在前面加 py -m）\n'
    )
    assert not Path("build").exists()
    monkeypatch.setattr(sys, "argv", ["plangen", "render", "plan.yaml"])
    with pytest.raises(SystemExit) as ended:
        cli.main()  # the other formats do without
    assert not ended.value.code
