"""The elements of official documents, measured on paper against GB/T 9704-2012, clause by clause.

`python tests/geometry.py` prints the report; `test_official_geometry.py` demands that every row of it holds. Lengths
are millimetres from the upper left corner of the page; counts are exact.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from pages import POINT, Area, Line, Page, Printed, print_all, pymupdf
from plangen import api
from plangen.render.choices import Choices
from plangen.render.docx import DocxWriter
from plangen.render.templates import TemplateSet

TOP, BOTTOM, LEFT, RIGHT = 37.0, 262.0, 28.0, 184.0
"""The type area (§5.2.1)."""

LINES: Final = 22
LINE: Final = 28.95 * POINT
"""A line of the grid: 225 mm ÷ 22 in whole twips."""

CHARACTER: Final = 15.75 * POINT
"""The advance of a character of the text: 156 mm ÷ 28 in whole twips, downwards."""

NEAR: Final = 1.0
"""What a position may be off."""

THIN: Final = 0.06
"""What the thickness of a line may be off."""

FLOATING_TABLES: Final = 24
"""The LibreOffice from which on tables float: older ones leave the imprint in the flow of the text."""


class Measured(NamedTuple):
    """A row of the report; `tolerance` is 0 for what is counted."""

    document: str
    clause: str
    element: str
    demanded: float
    measured: float
    tolerance: float = NEAR

    @property
    def deviation(self) -> float:
        return self.measured - self.demanded

    @property
    def holds(self) -> bool:
        return abs(self.deviation) <= self.tolerance + 1e-9


class Rule(NamedTuple):
    """A line drawn on a page."""

    left: float
    right: float
    y: float
    width: float
    red: bool


class Document(NamedTuple):
    """A document of the report: its plan, its house style where it is not plangen's, and what is measured on it."""

    plan: str
    measure: Callable[["Sheet"], Iterator[Measured]]
    style: str = ""


class Sheet(NamedTuple):
    """A printed document with what is drawn on its pages."""

    name: str
    printed: Printed
    rules: tuple[tuple[Rule, ...], ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.printed.pages

    def line(self, text: str, page: int | None = None) -> Line:
        """Return the line whose text begins so, on a page counted from 1, or on any."""
        pages = self.pages if page is None else (self.pages[page - 1],)
        return next(line for each in pages for line in (*each.lines, *each.foot) if line.text.startswith(text))

    def ink(self, page: int, line: Line) -> Area:
        """Return the ink of a line, as far as it is dark or red."""
        size = line.characters[0].size * POINT
        return self.printed.ink(
            page, Area(line.left - 1, line.baseline - size, line.right + 1, line.baseline + size / 6)
        )

    def row(self, clause: str, element: str, demanded: float, measured: float, tolerance: float = NEAR) -> Measured:
        return Measured(self.name, clause, element, demanded, measured, tolerance)


TEXT: Final = "认真学习领会，结合实际抓好贯彻落实。" * 3
TWO_PARAGRAPHS: Final = f'"{TEXT}\\n\\n{TEXT}"'
PLAN: Final = """\
title: 云川市2027年教育工作要点
year: 2027
issuer: 云川市教育局
sections:
  - heading: 促进教育公平
    tasks: [{{heading: 扩大学位供给, text: {text}}}]
notice:
  text: {notice}
official:
{official}"""
DOWNWARD: Final = """\
  copy_number: "000012"
  secrecy: 机密★1年
  urgency: 特急
  organ_mark: 云川市教育局文件
  document_number: 云教〔2027〕3号
  recipients: [各县（区）教育局, 局属各学校]
  signature: 云川市教育局
  date: 2027-02-18
  sealed: 是
  note: 此件公开发布
  copies_to: [省教育厅, 市委办公室, 市政府办公室, 市委教育工作领导小组成员单位, 市人大常委会办公室]
  printed_by: 云川市教育局办公室
  printed_on: 2027-02-20
attachments:
  - {title: 重点任务进展情况报送要求以及各县（区）教育局和局属各学校联系人名单填报说明, text: 按季度报送。}
  - {title: 任务清单, text: 按月更新。}
"""
BARE: Final = """\
  organ_mark: 云川市教育局文件
  document_number: 云教〔2027〕3号
  recipients: [各县（区）教育局, 局属各学校]
  signature: 云川市教育体育局
  date: 2027-02-18
  printed_by: 云川市教育局办公室
  printed_on: 2027-02-20
"""
UPWARD: Final = """\
  organ_mark: [云川市教育局文件, 云川市财政局]
  document_number: 云教〔2027〕3号
  signatories: [周砚秋, 林知远, 沈牧禾]
  recipients: [市人民政府]
  signature: [云川市教育局, 云川市财政局]
  date: 2027-02-18
  copies_to: [市委办公室]
"""
LETTER: Final = """\
  head: letter
  secrecy: 秘密★1年
  organ_mark: 云川市教育局
  document_number: 云教函〔2027〕3号
  recipients: [省教育厅]
  signature: 云川市教育局
  date: 2027-02-18
  copies_to: [市委办公室]
"""


def text_rows(sheet: Sheet, page: int, clause: str = "5.2.3") -> Iterator[Measured]:
    """Yield whether the lines of the text on a page stand on the grid, and how many characters a full one has."""
    title = max((n for n, line in enumerate(sheet.pages[page - 1].lines) if line.characters[0].size == 22), default=-1)
    lines = [line for line in sheet.pages[page - 1].lines[title + 1 :] if line.characters[0].size == 16]
    off = max(abs((line.baseline - TOP) / LINE - 0.8 - round((line.baseline - TOP) / LINE - 0.8)) for line in lines)
    yield sheet.row(clause, f"第{page}页正文离网格最远的一行", 0, off * LINE, 0.5)
    full = [line for line in lines if line.left < LEFT + 1 and line.right > RIGHT - 2 and not _latin(line)]
    if full:
        yield sheet.row(clause, f"第{page}页满行字数", 28, len(full[0].text), 0)


def text_and_signature_rows(sheet: Sheet) -> Iterator[Measured]:
    """Yield whether the first page and that of the signature have text of the notice."""
    signed = next(n for n, page in enumerate(sheet.pages) if any(_is_date(line) for line in page.lines))
    for name, page in (("首页", 0), ("署名页", signed)):
        has_text = any(set(line.text) & set("认真领会抓好") for line in sheet.pages[page].lines)
        yield sheet.row("7.3.3、7.3.5.5", f"{name}有正文", 1, int(has_text), 0)


def _is_date(line: Line) -> bool:
    return line.text == "2027年2月18日"


def page_number_rows(sheet: Sheet, page: int) -> Iterator[Measured]:
    """Yield where a page number stands."""
    line = sheet.pages[page - 1].foot[-1]
    dash = line.characters[0]
    ink = sheet.printed.ink(page, Area(dash.left, dash.baseline - 4, dash.right, dash.baseline))
    yield sheet.row("7.5", f"第{page}页一字线距版心", BOTTOM + 7, (ink.top + ink.bottom) / 2)
    edge, demanded = (line.right, RIGHT - 14 * POINT) if page % 2 else (line.left, LEFT + 14 * POINT)
    yield sheet.row("7.5", f"第{page}页页码{'居右' if page % 2 else '居左'}空一字", demanded, edge)


def red_head_rows(sheet: Sheet, mark: str, number: str) -> Iterator[Measured]:
    """Yield where organ mark, document number and red line stand."""
    line = sheet.line(mark, 1)
    ink = sheet.ink(1, line)
    yield sheet.row("7.2.4", "标志上边缘距版心", TOP + 35, ink.top)
    yield sheet.row("7.2.4", "标志居中", (LEFT + RIGHT) / 2, (ink.left + ink.right) / 2)
    (rule,) = (rule for rule in sheet.rules[0] if rule.red)
    yield from rule_rows(sheet, "7.2.7", "红线", rule, 156)
    below = sheet.ink(1, sheet.line(number, 1)).bottom
    yield sheet.row("7.2.7", "红线距发文字号", 4, rule.y - below)
    title = next(each for each in sheet.pages[0].lines if each.characters[0].size == 22)
    blank = (title.baseline - 0.8 * LINE - rule.y) / LINE
    yield sheet.row("7.3.1", "红线下空二行（行）", 2, blank, 0.25)


def rule_rows(sheet: Sheet, clause: str, name: str, rule: Rule, length: float) -> Iterator[Measured]:
    """Yield how long a line is, and whether it stands in the middle of the type area."""
    yield sheet.row(clause, f"{name}长", length, rule.right - rule.left)
    yield sheet.row(clause, f"{name}居中", (LEFT + RIGHT) / 2, (rule.left + rule.right) / 2)


def downward(sheet: Sheet) -> Iterator[Measured]:
    """Measure a notice with everything, sealed."""
    for row, text in enumerate(("000012", "机密", "特急")):
        line = sheet.line(text, 1)
        yield sheet.row("7.2.1—7.2.3", f"{text}顶格", LEFT, line.left)
        yield sheet.row("7.2.1—7.2.3", f"{text}在第{row + 1}行", row, round((line.baseline - TOP) / LINE - 0.8), 0)
    yield from red_head_rows(sheet, "云川市教育局文件", "云教〔")
    number = sheet.line("云教〔", 1)
    yield sheet.row("7.2.5", "发文字号居中", (LEFT + RIGHT) / 2, (number.left + number.right) / 2)
    yield sheet.row("7.3.2", "主送机关顶格", LEFT, sheet.line("各县", 1).left)
    yield from text_and_signature_rows(sheet)
    yield from text_rows(sheet, 1)
    note = sheet.line("附件：1.")
    yield sheet.row("7.3.4", "附件说明左空二字", LEFT + 2 * CHARACTER, note.left)
    name, second = _after(note, "附件：1."), _after(sheet.line("2.任务"), "2.")
    yield sheet.row("7.3.4", "附件名称对齐", name, second)
    yield sheet.row("7.3.4", "附件名称回行对齐", name, _line_below(sheet, note).left)
    date, signature = sheet.line("2027年2月18日"), _last(sheet, "云川市教育局", exactly=True)
    yield sheet.row("7.3.5.1", "日期右空四字（以日期居中计）", RIGHT - (4 + 6.5 / 2) * CHARACTER, _middle(date))
    yield sheet.row("7.3.5.1", "署名以日期为准居中", _middle(date), _middle(signature))
    yield sheet.row("7.3.6", "附注左空二字", LEFT + 2 * CHARACTER, sheet.line("（此件").left)
    for label in ("附件1", "附件2"):
        page = next(n for n, each in enumerate(sheet.pages) if each.lines[0].text == label)
        lines = sheet.pages[page].lines
        yield sheet.row("7.3.7", f"{label}在第一行顶格", TOP + 0.8 * LINE, lines[0].baseline)
        yield sheet.row("7.3.7", f"{label}标题在第三行", TOP + 2.8 * LINE, lines[1].baseline)
    last = len(sheet.pages)
    for page in (1, 2, last):
        yield from page_number_rows(sheet, page)
    yield from imprint_rows(sheet)


def imprint_rows(sheet: Sheet) -> Iterator[Measured]:
    """Yield where the lines of the imprint are, how thick, and what stands between them."""
    rules = sorted((rule for rule in sheet.rules[-1] if not rule.red), key=lambda rule: rule.y)
    first, *middle, last = rules
    if libreoffice() >= FLOATING_TABLES:
        yield sheet.row("7.4.1", "末条分隔线与版心下边缘重合", BOTTOM, last.y)
    for name, rule in (("首条分隔线", first), *(("中间分隔线", rule) for rule in middle), ("末条分隔线", last)):
        thick = rule in (first, last)
        yield from rule_rows(sheet, "7.4.1", name, rule, 156)
        yield sheet.row("7.4.1", f"{name}粗", 0.35 if thick else 0.25, rule.width, THIN)
    size = 14 * POINT
    printed = _last(sheet, "云川市教育局办公室")
    yield sheet.row("7.4.3", "印发机关左空一字", LEFT + size, printed.left)
    yield sheet.row("7.4.3", "印发日期右空一字", RIGHT - size, printed.right)
    if middle:
        copies = _last(sheet, "抄送")
        yield sheet.row("7.4.2", "抄送左空一字", LEFT + size, copies.left)
        yield sheet.row("7.4.2", "抄送回行对齐", LEFT + 4 * size, _line_below(sheet, copies).left)


def bare(sheet: Sheet) -> Iterator[Measured]:
    """Measure a notice with the least there is, without a seal."""
    yield from red_head_rows(sheet, "云川市教育局文件", "云教〔")
    yield from text_rows(sheet, 1)
    yield from text_and_signature_rows(sheet)
    signature, date = _last(sheet, "云川市教育体育局", exactly=True), sheet.line("2027年2月18日")
    yield sheet.row("7.3.5.2", "署名右空二字", RIGHT - 2 * CHARACTER, signature.right)
    yield sheet.row("7.3.5.2", "日期比署名右移二字", signature.left + 2 * CHARACTER, date.left)
    page = next(each for each in sheet.pages if signature in each.lines)
    above = page.lines[page.lines.index(signature) - 1]
    yield sheet.row("7.3.5.2", "正文下空一行（行）", 1, (signature.baseline - above.baseline) / LINE - 1, 0.05)
    yield from imprint_rows(sheet)


def upward(sheet: Sheet) -> Iterator[Measured]:
    """Measure a report of two organs to those above."""
    top = sheet.ink(1, sheet.pages[0].lines[0]).top
    yield sheet.row("7.2.4", "联合行文标志上边缘距版心", TOP + 35, top)
    number = sheet.line("云教〔", 1)
    yield sheet.row("7.2.5", "发文字号居左空一字", LEFT + CHARACTER, number.left)
    names = sheet.line("签发人：", 1)
    yield sheet.row("7.2.6", "签发人居右空一字", RIGHT - CHARACTER, names.right)
    yield sheet.row("7.2.6", "签发人回行对齐", _after(names, "签发人："), _after(number, "云教〔2027〕3号"))
    yield from text_and_signature_rows(sheet)
    (rule,) = (rule for rule in sheet.rules[0] if rule.red)
    yield sheet.row("7.2.7", "红线距末行签发人", 4, rule.y - sheet.ink(1, number).bottom)
    yield from text_rows(sheet, 1)


def letter(sheet: Sheet) -> Iterator[Measured]:
    """Measure a letter."""
    mark = sheet.line("云川市教育局", 1)
    ink = sheet.ink(1, mark)
    yield sheet.row("10.1", "标志上边缘距上页边", 30, ink.top)
    upper, lower = _double_lines(sheet)
    yield from rule_rows(sheet, "10.1", "第一条双线", upper, 170)
    yield sheet.row("10.1", "第一条双线距标志", 4, upper.y - upper.width / 2 - ink.bottom)
    yield from rule_rows(sheet, "10.1", "第二条双线", lower, 170)
    yield sheet.row("10.1", "第二条双线距下页边", 297 - 20, lower.y + lower.width / 2)
    yield sheet.row("10.1", "密级顶格", LEFT, sheet.line("秘密", 1).left)
    number = next(line for line in sheet.pages[0].lines if "云教函" in line.text)
    yield sheet.row("10.1", "发文字号居右顶格", RIGHT, number.right)
    yield sheet.row("10.1", "首页页码个数", 0, sum("—" in line.text for line in sheet.pages[0].foot), 0)
    yield from page_number_rows(sheet, 2)
    yield from text_rows(sheet, 1)


def full_pages(sheet: Sheet) -> Iterator[Measured]:
    """Measure the lines and characters of first, middle and last pages of a long text behind a notice."""
    pages = {"首页": 2, "中间页": 3, "末页": len(sheet.pages)}
    for name, number in pages.items():
        lines = [line for line in sheet.pages[number - 1].lines if line.characters[0].size == 16]
        full = [line for line in lines if set(line.text) == {"中"} and line.left < LEFT + 1]
        rows = {"首页": LINES - 2, "中间页": LINES, "末页": 55 - 42 + 1 + 3}[name]  # of 55 lines, a heading, a task
        yield sheet.row("5.2.3", f"计划{name}行数", rows, len(lines), 0)
        yield sheet.row("5.2.3", f"计划{name}每行字数", 28, len(full[0].text), 0)
        yield sheet.row(
            "5.2.3", f"计划{name}首行", demanded_row(name), round((lines[0].baseline - TOP) / LINE - 0.8), 0
        )
        yield from page_number_rows(sheet, number)


def demanded_row(page: str) -> int:
    """Return the row the text of a page begins in: below the title and a blank line on the first."""
    return 2 if page == "首页" else 0


def preprinted(sheet: Sheet) -> Iterator[Measured]:
    """Measure a notice for paper with a red head on it: nothing red, everything else at its place."""
    yield sheet.row("7.2", "红色的线条数", 0, sum(rule.red for rules in sheet.rules for rule in rules), 0)
    yield sheet.row("7.2", "标志字数", 0, sum(line.characters[0].size > 22 for line in sheet.pages[0].lines), 0)
    yield from text_rows(sheet, 1)


def own_page(sheet: Sheet) -> Iterator[Measured]:
    """Measure an imprint on an even page of its own."""
    last = len(sheet.pages)
    yield sheet.row("7.4.1", "版记在双数页（余数）", 0, last % 2, 0)
    yield sheet.row("7.5", "版记页页码个数", 0, sum("—" in line.text for line in sheet.pages[-1].foot), 0)
    yield sheet.row(
        "7.4.1", "版记页正文行数", 0, sum(line.characters[0].size == 16 for line in sheet.pages[-1].lines), 0
    )


LONG: Final = PLAN.format(text=TEXT, notice=TEXT, official=BARE) + f"opening: {'中' * (28 * 55 - 2)}\n"
RED_HEAD: Final = """red_head:
  preprinted: 是
"""
OWN_PAGE: Final = """imprint:
  own_page: 是
"""
DOCUMENTS: Final = {
    "通知（盖章）": Document(PLAN.format(text=TEXT, notice=TWO_PARAGRAPHS, official=DOWNWARD), downward),
    "通知（不盖章）": Document(PLAN.format(text=TEXT, notice=TEXT, official=BARE), bare),
    "上行文（联合）": Document(PLAN.format(text=TEXT, notice=TWO_PARAGRAPHS, official=UPWARD), upward),
    "信函": Document(PLAN.format(text=TEXT, notice=TEXT, official=LETTER), letter),
    "长文": Document(LONG, full_pages),
    "预印红头": Document(PLAN.format(text=TEXT, notice=TWO_PARAGRAPHS, official=DOWNWARD), preprinted, RED_HEAD),
    "版记另页": Document(PLAN.format(text=TEXT, notice=TWO_PARAGRAPHS, official=DOWNWARD), own_page, OWN_PAGE),
}


def write_documents(folder: Path, *, for_libreoffice: bool = False) -> dict[str, Path]:
    """Render the documents of the report."""
    files = {}
    for number, (name, document) in enumerate(DOCUMENTS.items()):
        plan = folder / f"{number}.yaml"
        plan.write_text(document.plan, encoding="utf-8")
        style = folder / f"style-{number}.yaml"
        style.write_text(document.style, encoding="utf-8")
        files[name] = folder / f"{number}.docx"
        choices = Choices(style=style if document.style else None)
        writer = DocxWriter(TemplateSet(style=choices.style), choices, for_libreoffice=for_libreoffice)
        outline, _ = api.open_outline(plan)
        with files[name].open("wb") as file:
            writer.write(outline, outline.genre, file)
    return files


def measure_all(folder: Path) -> list[Measured]:
    """Return the report, LibreOffice setting all documents in one go."""
    printed = print_all(write_documents(folder, for_libreoffice=True), folder)
    sheets = (Sheet(name, each, rules(each.pdf)) for name, each in printed.items())
    return [row for sheet in sheets for row in DOCUMENTS[sheet.name].measure(sheet)]


def libreoffice() -> int:
    """Return the main version of LibreOffice, 0 when there is none."""
    program = shutil.which("soffice")
    if program is None:
        return 0
    said = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", timeout=60, check=False).stdout
    return int(said.split()[1].split(".")[0])


def rules(pdf: Path) -> tuple[tuple[Rule, ...], ...]:
    """Return the lines drawn across each page."""
    with pymupdf.open(pdf) as document:
        return tuple(tuple(dict.fromkeys(_rules(page))) for page in document)


def _rules(page: Any) -> Iterator[Rule]:
    for drawing in page.get_drawings():
        box, stroke = drawing["rect"], drawing.get("width")
        color = drawing.get("color") or drawing.get("fill") or (0, 0, 0)
        thickness = stroke if stroke and box.height < 0.01 else box.height
        if box.width > 100 and thickness < 10:
            middle = (box.y0 + box.y1) / 2
            red = color[0] > 0.8 and color[1] < 0.2
            left, right, y, width = (round(each * POINT, 2) for each in (box.x0, box.x1, middle, thickness))
            yield Rule(left, right, y, width, red)


def _double_lines(sheet: Sheet) -> tuple[Rule, Rule]:
    """Return the two double lines of a letter, each taken as one from its upper to its lower edge."""
    red = sorted((rule for rule in sheet.rules[0] if rule.red), key=lambda rule: rule.y)
    halves = [rule for rule in red if rule.y < 150], [rule for rule in red if rule.y > 150]
    first, second = (_joined(half) for half in halves)
    return first, second


def _joined(parts: Sequence[Rule]) -> Rule:
    upper = min(rule.y - rule.width / 2 for rule in parts)
    lower = max(rule.y + rule.width / 2 for rule in parts)
    return parts[0]._replace(y=(upper + lower) / 2, width=lower - upper)


def _latin(line: Line) -> bool:
    return any(character.text.isascii() for character in line.characters)


def _middle(line: Line) -> float:
    return (line.left + line.right) / 2


def _after(line: Line, text: str) -> float:
    """Return where what follows a text at the beginning of a line begins."""
    return line.characters[len(text)].left


def _last(sheet: Sheet, text: str, *, exactly: bool = False) -> Line:
    lines = [line for page in sheet.pages for line in page.lines]
    return next(x for x in reversed(lines) if x.text == text or (x.text.startswith(text) and not exactly))


def _line_below(sheet: Sheet, line: Line) -> Line:
    page = next(each for each in sheet.pages if line in each.lines)
    return page.lines[page.lines.index(line) + 1]


def report(rows: Sequence[Measured]) -> Iterator[str]:
    """Yield the report, a line an element."""
    for row in rows:
        counted = row.tolerance == 0
        figures = (
            (f"{row.demanded:.0f}", f"{row.measured:.0f}")
            if counted
            else (f"{row.demanded:.2f}", f"{row.measured:.2f}")
        )
        yield "\t".join(
            (row.document, row.clause, row.element, *figures, f"{row.deviation:+.2f}", "" if row.holds else "✗")
        )


def main() -> int:
    """Print the report; return 1 when something does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_all(Path(folder))
    print("公文\t条款\t要素\t要求\t实测\t偏差\t")
    print(*report(rows), sep="\n")
    if libreoffice() < FLOATING_TABLES:
        print(f"LibreOffice {libreoffice()} 不会浮动版记，末条分隔线的位置没有量")
    return int(not all(row.holds for row in rows))


if __name__ == "__main__":
    sys.exit(main())
