"""The pages of tables, measured on what LibreOffice makes of them.

A turned page is the portrait sheet turned clockwise: its type area is 225 × 156 mm, 28 mm from the upper and 35 mm from
the left edge, and the page number stands left of it, where the upright sheet has it (GB/T 9704-2012 §8).
"""

from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import ZipFile

import pytest
from lxml import etree

from pages import EXAMPLES, POINT, Area, Page, Printed, write_docx
from plangen.render.choices import Choices
from texts import squeezed

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEAR: Final = 0.5
"""What a page may be off, in millimetres."""
NUMBER_SIZE: Final = 14 * POINT
"""A 四号 character."""
DASH_OFF: Final = 0.6
"""What the page number of a turned page is off in LibreOffice; see `_TURNED_DASH_RISE`."""

TASKS: Final = "序号重点任务主要目标牵头单位配合单位完成时限"
TARGETS: Final = "序号指标单位基数目标变化责任单位"


class Sheet(NamedTuple):
    """A kind of page: the type area, and what the header of its table says."""

    area: Area
    header: str


SHEETS: Final = {
    "task-table": Sheet(Area(35, 28, 260, 184), TASKS),
    "target-table": Sheet(Area(28, 37, 184, 262), TARGETS),
}
PLANS: Final = {path.stem: path for path in EXAMPLES}
EVERY: Final = [(name, genre) for name in PLANS for genre in SHEETS]


def documents(folder: Path) -> dict[str, Path]:
    """Write the tables of all example plans to print."""
    return {
        f"{name}-{genre}": write_docx(PLANS[name], folder / f"{name}-{genre}.docx", Choices(genre))
        for name, genre in EVERY
    }


@pytest.mark.parametrize(("name", "genre"), EVERY)
def test_every_page_begins_with_the_header(printed: dict[str, Printed], name: str, genre: str) -> None:
    first, *others = printed[f"{name}-{genre}"].pages
    header = SHEETS[genre].header
    assert header in [line.text for line in first.lines]
    for page in others:
        assert lines_of(page, SHEETS[genre].area)[0] == header


def test_there_are_tables_of_several_pages(printed: dict[str, Printed]) -> None:
    assert sum(len(document.pages) > 1 for document in printed.values()) > len(SHEETS)


@pytest.mark.parametrize(("name", "genre"), EVERY)
def test_the_table_is_as_wide_as_the_type_area_and_keeps_to_it(
    printed: dict[str, Printed], name: str, genre: str
) -> None:
    document, area = printed[f"{name}-{genre}"], SHEETS[genre].area
    for number in range(1, len(document.pages) + 1):
        ink = document.ink(number, Area(area.left - 1.5, 5, area.right + 20, area.bottom + 2), 300)
        assert ink.left == pytest.approx(area.left, abs=NEAR)
        assert ink.right == pytest.approx(area.right, abs=NEAR)
        assert ink.bottom <= area.bottom + NEAR
        assert ink.top >= area.top - NEAR
        if number > 1:
            assert ink.top == pytest.approx(area.top, abs=NEAR)


@pytest.mark.parametrize("name", PLANS)
def test_the_page_number_of_a_turned_page_stands_where_the_upright_sheet_has_it(
    printed: dict[str, Printed], name: str
) -> None:
    document, area = printed[f"{name}-task-table"], SHEETS["task-table"].area
    for number in range(1, len(document.pages) + 1):
        beside = Area(10, 5, area.left - 0.5, 205)
        ink = document.ink(number, beside)
        first, last = (document.ink(number, beside._replace(**{side: edge})) for side, edge in dashes(ink))
        for dash in (first, last):
            assert (dash.left + dash.right) / 2 == pytest.approx(area.left - 7, abs=DASH_OFF)
            assert dash.right - dash.left < 0.5  # a line that runs down
        if number % 2:
            assert ink.bottom == pytest.approx(area.bottom - NUMBER_SIZE, abs=NEAR)
        else:
            assert ink.top == pytest.approx(area.top + NUMBER_SIZE, abs=NEAR)
        digits = [
            c.text for line in document.pages[number - 1].lines for c in line.characters if c.left < area.left - 1
        ]
        assert "".join(digits).replace("—", "") == str(number)


@pytest.mark.parametrize(("name", "genre"), EVERY)
def test_no_text_is_lost_on_the_way_to_paper(printed: dict[str, Printed], name: str, genre: str) -> None:
    document, sheet = printed[f"{name}-{genre}"], SHEETS[genre]
    with ZipFile(document.docx) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    written = Counter(squeezed("".join(text.text or "" for text in body.iter(f"{W}t"))))
    repeated = Counter({c: n * (len(document.pages) - 1) for c, n in Counter(sheet.header).items()})
    paper = Counter("".join(text for page in document.pages for text in lines_of(page, sheet.area)))
    assert paper == written + repeated


def lines_of(page: Page, area: Area) -> list[str]:
    """Return the lines inside the type area of a page."""
    lines = ("".join(c.text for c in line.characters if c.left > area.left - 0.5) for line in page.lines)
    return [line for line in lines if line]


def dashes(ink: Area) -> tuple[tuple[str, float], tuple[str, float]]:
    """Return what bounds the first and the last dash of a page number that runs down."""
    return ("bottom", ink.top + NUMBER_SIZE * 0.9), ("top", ink.bottom - NUMBER_SIZE * 0.9)
