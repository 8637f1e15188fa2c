"""Excel workbooks of a plan's tables, through XlsxWriter, which is not installed unless asked for (`plangen[xlsx]`)."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile

from plangen.diagnostics import Diagnostic, PlanError
from plangen.diagnostics.text import display_width
from plangen.outline.model import Cell, Column, Outline, Segment, Table, Text
from plangen.outline.tables import TABLE_TITLES
from plangen.plan.numerals import chinese
from plangen.render.archive import stored_part
from plangen.render.choices import Choices
from plangen.render.tables import workbook_tables
from plangen.render.templates import TemplateSet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""A text that begins with = or looks like an address stays a text."""

_CREATED: Final = datetime(1980, 1, 1)
_A4: Final = 9
"""Excel's number for the paper."""

_LONGEST_TEXT: Final = 32_767
_LONGEST_HEADER: Final = 255
"""Most characters of a cell and of a page header (Excel's limits)."""

_DIGITS: Final = 15
"""Digits that Excel keeps of a number."""

_NARROWEST, _WIDEST = 8, 40
"""Widths of columns, in half-width characters."""

_BLANK: Final = Cell(Text(()))
_NUMBER: Final = re.compile(r"([0-9][0-9,]*)(?:\.([0-9]+))?")
_DATE_FORMATS: Final = {"日": 'yyyy"年"m"月"d"日"', "月": 'yyyy"年"m"月"'}
"""Number formats of days and months, by the last character of how they read."""


class WorkbookWriter:
    """Writes the tables of outlines as .xlsx files, one sheet a table.

    The data is laid out for filters and sums: one row a task or target, nothing merged, sections in columns of their
    own, numbers and dates as such under formats that show them as they read.
    """

    def __init__(self, templates: TemplateSet, _choices: Choices) -> None:
        try:
            import xlsxwriter  # noqa: F401, PLC0415 - whoever wants no workbook does without
        except ImportError:
            hint = '运行 pip install "plangen[xlsx]"（Windows 在前面加 py -m）'
            raise PlanError([Diagnostic("F007", "写 xlsx 要用的程序库 XlsxWriter 没有装", hint=hint)]) from None
        self._style = templates.house_style

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`."""
        from xlsxwriter import Workbook  # noqa: PLC0415 - see above

        tables = workbook_tables(outline, genre)
        made = io.BytesIO()
        with Workbook(made, _OPTIONS) as workbook:
            properties = {"title": outline.title, "author": outline.issuer, "created": _CREATED}
            workbook.set_properties(properties)
            formats = _Formats(workbook, self._style.font(self._style.table.font), float(self._style.table.size))
            header = formats.header(self._style.font(self._style.table.header_font))
            for table in tables:
                _Sheet(workbook.add_worksheet(TABLE_TITLES[table.kind]), formats, header).fill(table)
        with ZipFile(made) as packed, ZipFile(file, "w", ZIP_STORED) as archive:
            for name in packed.namelist():
                archive.writestr(stored_part(name), packed.read(name))
        return []


class _Formats:
    """The formats of a workbook's cells, each made once."""

    def __init__(self, workbook: "Workbook", font: str, size: float) -> None:
        self._workbook = workbook
        self._look = {"font_name": font, "font_size": size, "border": 1, "valign": "vcenter", "text_wrap": True}
        self._made: dict[tuple[bool, str], Format] = {}

    def cell(self, number_format: str = "", *, centred: bool) -> "Format":
        """Return the format of cells that are shown by a number format; "" is that of texts."""
        key = (centred, number_format)
        if key not in self._made:
            look = self._look | {"align": "center" if centred else "left", "num_format": number_format or "General"}
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]

    def header(self, font: str) -> "Format":
        """Return the format of the header row."""
        return self._workbook.add_format(self._look | {"font_name": font, "align": "center"})


class _Sheet:
    """A sheet being filled."""

    def __init__(self, sheet: "Worksheet", formats: _Formats, header: "Format") -> None:
        self._sheet = sheet
        self._formats = formats
        self._header = header

    def fill(self, table: Table) -> None:
        """Write a table as data; the columns of its sections follow the first, which holds the numbers of the rows."""
        records = list(_records(table))
        depth = max((len(groups) for groups, _ in records), default=0)
        first, *others = table.columns
        columns = [first, *(Column(_group_name(level), 0) for level in range(1, depth + 1)), *others]
        rows = [(cells[0], *groups, *[_BLANK] * (depth - len(groups)), *cells[1:]) for groups, cells in records]
        for at, column in enumerate(columns):
            self._sheet.write_string(0, at, column.name, self._header)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                self._write(number, at, cell, centred=columns[at].centred)
        self._arrange(table.title, columns, rows)

    def _write(self, row: int, at: int, cell: Cell, *, centred: bool) -> None:
        text, value = str(cell.text), cell.value
        shown = number_format(text, value)
        look = self._formats.cell(shown, centred=centred)
        if shown and isinstance(value, date):
            self._sheet.write_datetime(row, at, value, look)
        elif shown and isinstance(value, Decimal):
            self._sheet.write_number(row, at, float(value), look)
        elif len(text) > _LONGEST_TEXT:
            message = f"表格的一格有 {len(text)} 字，Excel 一格放不下（最多 {_LONGEST_TEXT} 字）"
            raise PlanError([Diagnostic("D531", message, hint="精简这一条，或者排成 Word 文档")])
        else:
            self._sheet.write(row, at, text, look)

    def _arrange(self, title: str, columns: Sequence[Column], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Set widths, the frozen header with its filters, and how the sheet is printed."""
        sheet = self._sheet
        for at, column in enumerate(columns):
            widest = max(chain((display_width(column.name) + 2,), (display_width(str(row[at].text)) for row in rows)))
            sheet.set_column(at, at, min(max(widest, _NARROWEST), _WIDEST) + 1)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        header = f"&C{title.replace('&', '&&')}"
        sheet.set_header(header if len(header) <= _LONGEST_HEADER else "")
        sheet.set_footer("&C— &P —")


def number_format(text: str, value: Decimal | date | None) -> str:
    """Return the number format under which a value reads like the text that states it: 97.8以上 is `0.0"以上"`.

    "" means that there is none: the cell is a text.
    """
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= _DIGITS:
        return _decimal_format(text, value)
    return _DATE_FORMATS.get(text[-1:], "") if isinstance(value, date) else ""


def _decimal_format(text: str, value: Decimal) -> str:
    found = _NUMBER.search(text)
    if not found:
        return f"+General;-General;{_quoted(text)}"  # 持平
    whole, decimals = found[1], found[2] or ""
    pattern = "#,##0" if "," in whole else "0" * (len(whole) if whole.startswith("0") else 1)
    pattern += "." * bool(decimals) + "0" * len(decimals)
    shown = _quoted(text[: found.start()]) + pattern + _quoted(text[found.end() :])
    return f"+{pattern};{shown}" if value < 0 else shown  # the word before a negative number is its sign: 下降


def _quoted(text: str) -> str:
    """Return a text as a number format shows it literally."""
    return '"' + text.replace('"', '"\\""') + '"' if text else ""


def _group_name(level: int) -> str:
    return "部分" if level == 1 else f"{chinese(level)}级部分"


def _records(table: Table) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...]]]:
    """Yield the rows of a table as data: the headings each stands under, and its cells.

    A cell that is covered says what the one that covers it says.
    """
    groups: tuple[Cell, ...] = ()
    above: tuple[Cell, ...] = ()
    for row in table.rows:
        if row.group:
            groups = (*groups[: row.group.depth - 1], Cell(Text((Segment(str(row.group)),))))
            continue
        above = tuple(cell if cell.rows else above[at] for at, cell in enumerate(row.cells))
        yield groups, above
