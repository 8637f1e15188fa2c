"""The page as GB/T 9704-2012 wants it, measured on what LibreOffice makes of the documents.

The type area is 156 × 225 mm, 37 mm below the upper and 28 mm from the left edge of the paper (§5.2.1), and 22 lines
of 28 characters fill it (§5.2.3). A line is therefore a box of 225 mm ÷ 22, in whole twips 28.95 points, and the n-th
box begins n - 1 of them below the top of the type area. A line of an exact height bears its baseline four fifths down;
that is where the n-th line of a page is demanded. The first row of a page is row 0.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest
from lxml import etree

from pages import (
    ACCEPTANCE,
    EXAMPLES,
    POINT,
    Area,
    Character,
    Line,
    Page,
    Printed,
    stand_in_fonts_missing,
    write_docx,
    write_text,
)
from texts import squeezed

TOP, BOTTOM, LEFT, RIGHT = 37.0, 262.0, 28.0, 184.0
LINES, CHARACTERS = 22, 28
PITCH: Final = 28.95 * POINT
NEAR: Final = 0.5
"""What a page may be off, in millimetres."""
EXACT: Final = 0.11 * POINT
"""What a distance may be off: a PDF places lines to a tenth of a point."""
NUMBER_SIZE: Final = 14 * POINT
"""A 四号 character."""

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HANGING: Final = frozenset("，。、；：！？）》」』】〕”’")
FONTS: Final = ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体")

WALL: Final = f"""\
title: 云川市2027年教育工作要点
year: 2027
opening: {"中" * (60 * CHARACTERS - 2)}
sections: [{{heading: 部分, tasks: [{{heading: 任务, text: 正文。}}]}}]
"""
LEVELS: Final = f"""\
%s
year: 2027
opening: {"办好人民满意的教育。" * 12}
sections:
  - heading: 第一个部分
    sections:
      - heading: 第一个方面
        tasks:
          - heading: 第一项任务
            text: {"稳步推进各项工作。" * 9}
          - heading: 第二项任务
            text: {"认真落实2027年的“三项清单”。" * 9}
            items: [{"要点之一，" * 12}, {"要点之二，" * 12}]
      - heading: 第二个方面
        tasks:
          - heading: 第三项任务
            text: {"持续改进工作作风。" * 30}
layout: {{task_heading: %s}}
"""
TWO_LINES: Final = "title: 云川市2027年教育工作要点\ntitle_lines: [云川市2027年, 教育工作要点]"
BROKEN: Final = "title: 云川市教育局关于进一步加强中小学校建设管理工作的实施方案"
OWN: Final = {
    "wall": WALL,
    "two-lines": LEVELS % (TWO_LINES, "own-line"),
    "broken": LEVELS % (BROKEN, "run-in"),
}
PLANS: Final = {path.stem: path for path in (*EXAMPLES, *ACCEPTANCE)}
EVERY: Final = [*OWN, *PLANS]


def documents(folder: Path) -> dict[str, Path]:
    """Write the documents to print."""
    files = {}
    for name, text in OWN.items():
        plan = folder / f"{name}.yaml"
        plan.write_text(text, encoding="utf-8")
        files[name] = write_docx(plan, folder / f"{name}.docx")
    for name, path in PLANS.items():
        files[name] = write_text(path, folder / f"{name}.docx")
    return files


def test_a_page_has_22_lines_of_28_characters(printed: dict[str, Printed]) -> None:
    first, second, third = printed["wall"].pages
    # the title, a blank line and 20 lines of text are 22; an indented line has two characters fewer
    assert [len(line.text) for line in first.lines] == [14, 26, *[CHARACTERS] * 19]
    assert [len(line.text) for line in second.lines] == [CHARACTERS] * LINES
    assert [line.text for line in third.lines[18:]] == ["一、部分", "1.任务。正文。"]
    assert [len(line.text) for line in third.lines[:18]] == [CHARACTERS] * 18


def test_lines_are_28_95_points_apart(printed: dict[str, Printed]) -> None:
    first, second, third = printed["wall"].pages
    gaps = [after.baseline - before.baseline for page in (second, third) for before, after in pairwise(page.lines)]
    assert gaps == pytest.approx([PITCH] * (21 + 19), abs=EXACT)
    gaps = [after.baseline - before.baseline for before, after in pairwise(first.lines)]
    assert gaps == pytest.approx([2 * PITCH, *[PITCH] * 19], abs=EXACT)
    first_to_last = second.lines[-1].baseline - second.lines[0].baseline
    assert first_to_last == pytest.approx(21 * PITCH, abs=EXACT)  # no error adds up


def test_the_lines_of_a_full_page_fill_the_type_area(printed: dict[str, Printed]) -> None:
    lines = printed["wall"].pages[1].lines
    assert [line.baseline for line in lines] == pytest.approx([demanded(row) for row in range(LINES)], abs=NEAR)
    assert [line.left for line in lines] == pytest.approx([LEFT] * LINES, abs=NEAR)
    assert [line.right for line in lines] == pytest.approx([RIGHT] * LINES, abs=NEAR)


def test_the_ink_of_a_full_page_lies_in_the_boxes_of_its_lines(printed: dict[str, Printed]) -> None:
    beside_the_foot = Area(0, 0, 210, (BOTTOM + 4))
    ink = printed["wall"].ink(2, beside_the_foot, 300)
    assert TOP <= ink.top <= TOP + PITCH / 2
    assert BOTTOM - PITCH / 2 <= ink.bottom <= BOTTOM
    # 中 is narrower than its square: what it leaves white is part of the character
    assert LEFT <= ink.left <= LEFT + 0.25 * 16 * POINT
    assert RIGHT - 0.25 * 16 * POINT <= ink.right <= RIGHT


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters(printed: dict[str, Printed]) -> None:
    _, indented, full, *_ = printed["wall"].pages[0].lines
    pitch = (full.characters[-1].left - full.characters[0].left) / (CHARACTERS - 1)
    assert indented.left - full.left == pytest.approx(2 * pitch, abs=0.05)


@pytest.mark.parametrize("name", EVERY)
def test_only_hanging_punctuation_leaves_the_type_area(printed: dict[str, Printed], name: str) -> None:
    outside = [
        (number, line.text)
        for number, page in enumerate(printed[name].pages, 1)
        for line in page.lines
        if not inside(line)
    ]
    assert outside == []


@pytest.mark.parametrize("name", EVERY)
def test_every_line_of_every_page_stands_on_the_grid(printed: dict[str, Printed], name: str) -> None:
    for page in printed[name].pages:
        rows = [row(line) for line in page.lines]
        assert [line.baseline for line in page.lines] == pytest.approx([demanded(row) for row in rows], abs=NEAR)
        assert len(set(rows)) == len(rows)
        gaps = [after.baseline - before.baseline for before, after in pairwise(page.lines)]
        assert gaps == pytest.approx([(after - before) * PITCH for before, after in pairwise(rows)], abs=EXACT)
        assert rows[0] == 0
        assert rows[-1] < LINES


@pytest.mark.parametrize("name", EVERY)
def test_pages_are_full(printed: dict[str, Printed], name: str) -> None:
    pages = printed[name].pages
    for number, page in enumerate(pages):
        rows = [row(line) for line in page.lines]
        blank = set(range(rows[-1])) - set(rows)
        assert len(blank) == (number == 0)  # the line below the title
        if number + 1 < len(pages):
            runs_on = pages[number + 1].lines[0].left < LEFT + NEAR
            # where a paragraph begins the next page, headings may have gone there with it
            assert rows[-1] >= LINES - 1 - (0 if runs_on else 3)


@pytest.mark.parametrize(("name", "lines"), [("two-lines", 2), ("broken", 2)])
def test_a_title_of_several_lines_keeps_the_grid(printed: dict[str, Printed], name: str, lines: int) -> None:
    page = printed[name].pages[0]
    title = title_of(page)
    assert len(title) == lines
    assert [row(line) for line in page.lines] == [*range(lines), *range(lines + 1, LINES)]
    for line in title:
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


def test_a_title_is_broken_where_the_plan_says(printed: dict[str, Printed]) -> None:
    assert [line.text for line in title_of(printed["two-lines"].pages[0])] == ["云川市2027年", "教育工作要点"]


def test_a_title_is_broken_between_words_else(printed: dict[str, Printed]) -> None:
    lines = [line.text for line in title_of(printed["broken"].pages[0])]
    assert lines == ["云川市教育局关于进一步加强", "中小学校建设管理工作的实施方案"]


def test_headings_of_three_levels_take_a_line_each(printed: dict[str, Printed]) -> None:
    text = "\n".join(line.text for page in printed["two-lines"].pages for line in page.lines)
    for heading in ("一、第一个部分", "（一）第一个方面", "1.第一项任务", "2.第二项任务", "（二）第二个方面"):
        assert f"\n{heading}\n" in text


@pytest.mark.parametrize("name", EVERY)
def test_page_numbers(printed: dict[str, Printed], name: str) -> None:
    for number, page in enumerate(printed[name].pages, 1):
        assert [line.text for line in page.foot] == [f"—{number}—"]
        line = page.foot[0]
        assert [character.size for character in line.characters] == pytest.approx([14] * len(line.text))
        if number % 2:
            assert line.right == pytest.approx(RIGHT - NUMBER_SIZE, abs=NEAR)
        else:
            assert line.left == pytest.approx(LEFT + NUMBER_SIZE, abs=NEAR)


@pytest.mark.parametrize("page", [1, 2])
def test_the_dashes_of_a_page_number(printed: dict[str, Printed], page: int) -> None:
    document = printed["wall"]
    left_dash, digit, right_dash = document.pages[page - 1].foot[0].characters
    left, right = (document.ink(page, around(dash)) for dash in (left_dash, right_dash))
    for ink in (left, right):
        assert (ink.top + ink.bottom) / 2 == pytest.approx(BOTTOM + 7, abs=NEAR)
        assert ink.bottom - ink.top < 1  # a line, not a letter
        assert ink.right - ink.left == pytest.approx(NUMBER_SIZE, abs=NEAR)
    if page % 2:
        assert right.right == pytest.approx(RIGHT - NUMBER_SIZE, abs=NEAR)
    else:
        assert left.left == pytest.approx(LEFT + NUMBER_SIZE, abs=NEAR)
    for gap in (digit.left - left_dash.right, right_dash.left - digit.right):
        assert 0.5 < gap < NUMBER_SIZE / 2  # a space on either side of the number


def test_fonts_and_sizes(printed: dict[str, Printed]) -> None:
    missing = stand_in_fonts_missing(FONTS)
    if missing:
        pytest.skip(f"fontconfig has no Fandol stand-in for {'、'.join(missing)}")
    page = printed["two-lines"].pages[0]
    looks = {line.text: look(line) for line in (*page.lines, *page.foot)}
    for line in ("云川市2027年", "教育工作要点"):
        ((font, size),) = looks[line]
        assert font.startswith(("FandolSong-Bold", "FandolXiaoBiaoSong-"))
        assert size == 22.0
    assert looks["一、第一个部分"] == {("FandolHei-Regular", 16.0)}
    assert looks["（一）第一个方面"] == {("FandolKai-Regular", 16.0)}
    assert looks["1.第一项任务"] == {("FandolFang-Regular", 16.0)}
    assert looks["—1—"] == {("FandolSong-Regular", 14.0)}
    headings = {"一、第一个部分", "（一）第一个方面", "云川市2027年", "教育工作要点", "—1—"}
    assert set().union(*(looks[text] for text in looks.keys() - headings)) == {("FandolFang-Regular", 16.0)}


@pytest.mark.parametrize("name", EVERY)
def test_no_text_is_lost_on_the_way_to_paper(printed: dict[str, Printed], name: str) -> None:
    written = squeezed(docx_text(printed[name].docx))
    on_paper = squeezed("".join(page.text for page in printed[name].pages))
    assert list(differences(written, on_paper)) == []


def test_there_are_plans_to_print() -> None:
    assert len(EXAMPLES) >= 4


def demanded(row: int) -> float:
    """Return where the baseline of a row belongs."""
    return TOP + (row + 0.8) * PITCH


def row(line: Line) -> int:
    """Return the row a line stands in."""
    return round((line.baseline - TOP) / PITCH - 0.8)


def title_of(page: Page) -> list[Line]:
    """Return the lines of the title, which are larger than all others."""
    return [line for line in page.lines if line.characters[0].size == pytest.approx(22)]


def inside(line: Line) -> bool:
    """Tell whether a line keeps to the type area, its last punctuation mark apart."""
    characters = line.characters[:-1] if line.characters[-1].text in HANGING else line.characters
    return line.left >= LEFT - NEAR and characters[-1].right <= RIGHT + NEAR


def around(character: Character) -> Area:
    """Return the area of a character between its neighbours."""
    return Area(character.left - 0.3, BOTTOM, character.right + 0.3, 297)


def look(line: Line) -> set[tuple[str, float]]:
    """Return the fonts and sizes of a line."""
    return {(character.font, round(character.size, 1)) for character in line.characters}


def docx_text(path: Path) -> str:
    """Return the visible text of a document's body."""
    with ZipFile(path) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return "".join(text.text or "" for text in body.iter(f"{W}t"))


def differences(written: str, on_paper: str) -> Iterator[tuple[str, str]]:
    """Yield what was written and what stands on paper instead."""
    if written == on_paper:
        return
    for kind, start, stop, there, end in SequenceMatcher(None, written, on_paper, autojunk=False).get_opcodes():
        if kind != "equal":
            yield written[start:stop], on_paper[there:end]
