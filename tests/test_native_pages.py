"""Pages of documents with native numbering beside those with numbers as text, both set by LibreOffice."""

from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from pages import ACCEPTANCE, EXAMPLES, Area, Line, Page, Printed, write_docx
from plangen.render.choices import Choices
from plangen.render.templates import packaged_templates

NEAR: Final = 0.02
"""What the beginning of a line may be off, in millimetres."""
ODD: Final = 1 / 15
"""The part of lines that LibreOffice may fill differently.

It puts a gap between Chinese characters and digits whatever the document says, but none beside a field or a list's
number, and does not squeeze the last character of such a number. Word does neither.
"""

MIXED: Final = """\
title: 编号样式
year: 2027
opening: 见第{@a}部分、第{@b}项、第{@c}项、{@d}、{@e}。
numbering: {sections: [一、, （一）], tasks: 1., items: [（1）, ①]%s}
layout: {task_heading: %s}
sections:
  - heading: 一般的部分
    id: a
    tasks:
      - {heading: 有标题, id: b, items: [甲。, {heading: 乙, text: 乙。, items: [子。, 丑。]}]}
      - {text: 没有标题。, items: [甲。]}
    sections:
      - {heading: 第一个方面, id: c, tasks: [{heading: 甲, text: 甲。}, {text: 乙。}]}
      - {heading: 第二个方面, tasks: [{text: 甲。}, {text: 乙。}]}
  - heading: 没有编号的部分
    numbering: {sections: [none, none], tasks: （1）}
    tasks: [{text: 甲。}, {text: 乙。}]
    sections: [{heading: 没有编号的方面, tasks: [{text: 甲。}, {text: 乙。}]}]
  - heading: 两个数的编号
    numbering: {tasks: "1.1 "}
    tasks: [{text: 甲。, id: d}, {text: 乙。, items: [甲。, 乙。]}]
  - heading: 全角数字和别的样式
    numbering: {tasks: "１．", items: [第一条　, 1)]}
    tasks: [{text: 甲。, id: e}, {text: 乙。, items: [甲。, {text: 乙。, items: [一。, 二。]}]}]
  - heading: 接排
    numbering: {tasks: 一是}
    text: 抓好：
    tasks: [{text: 甲；}, {text: 乙：, items: [甲。]}, {text: 丙。}]
  - {heading: 只有要点, tasks: [{items: [甲。, 乙。]}, {items: [甲。]}]}
  - heading: 一样的样式
    numbering: {tasks: "1.", items: ["1.", "1."]}
    tasks: [{text: 甲。, items: [甲。, {text: 乙。, items: [甲。, 乙。]}, 丙。]}, {text: 乙。, items: [甲。]}]
  - heading: 很多编号
    numbering: {tasks: （一）}
    tasks: [MANY]
  - heading: 很多圈
    numbering: {tasks: ①, items: "1."}
    tasks: [MANY]
""".replace("MANY", "{text: 甲。}, " * 12 + "{text: 乙。, items: [子。, 丑。]}, {text: 丙。}")
LONG: Final = f"""\
title: 云川市教育工作要点
year: 2027
sections:
  - heading: {"推进优质均衡发展" * 8}
    sections:
      - heading: {"推进优质均衡发展" * 8}
        tasks:
          - heading: 扩大公办学位供给
            text: {"稳步推进各项工作，办好人民满意的教育。" * 9}
            items: [{"要点之一，" * 12}]
          - text: {"稳步推进各项工作，办好人民满意的教育。" * 9}
            items: [{"要点之一，" * 12}]
"""
PLANS: Final = {
    "mixed": MIXED % ("", "run-in"),
    "own-line": MIXED % ("", "own-line"),
    "running-on": MIXED % (", continuous: [tasks, items]", "run-in"),
    "long": LONG,
    "bold": LONG,
}


class Pair(NamedTuple):
    """A plan printed both ways."""

    literal: Printed
    native: Printed


def documents(folder: Path) -> dict[str, Path]:
    """Write all plans both ways to print."""
    plans = {path.stem: path for path in (*EXAMPLES, *ACCEPTANCE)}
    for name, text in PLANS.items():
        plans[name] = folder / f"{name}.yaml"
        plans[name].write_text(text, encoding="utf-8")
    bold = bold_run_in_headings(folder / "bold")
    files = {}
    for name, plan in plans.items():
        own = bold if name == "bold" else None
        for kind, native in (("literal", False), ("native", True)):
            docx = folder / f"{name}-{kind}.docx"
            files[docx.stem] = write_docx(plan, docx, Choices(templates=own, native_numbering=native))
    return files


@pytest.fixture(scope="module")
def pairs(printed: dict[str, Printed]) -> dict[str, Pair]:
    """Return all plans printed both ways."""
    return {name: Pair(printed[f"{name}-literal"], printed[f"{name}-native"]) for name in EVERY}


def bold_run_in_headings(folder: Path) -> Path:
    """Return templates whose run-in headings look like nothing else."""
    style = (packaged_templates() / "style.yaml").read_text(encoding="utf-8")
    folder.mkdir()
    changed = style.replace("  - {font: 仿宋}\n", "  - {font: 黑体, run_in_bold: 是}\n")
    folder.joinpath("style.yaml").write_text(changed, encoding="utf-8")
    return folder


EVERY: Final = [*PLANS, *(path.stem for path in (*EXAMPLES, *ACCEPTANCE))]
each_plan = pytest.mark.parametrize("name", EVERY)


@each_plan
def test_every_page_shows_the_same_text_numbers_included(pairs: dict[str, Pair], name: str) -> None:
    literal, native = (whole(printed.pages) for printed in pairs[name])
    assert native == literal
    assert len(pairs[name].native.pages) == len(pairs[name].literal.pages)


@each_plan
def test_lines_begin_at_the_same_places(pairs: dict[str, Pair], name: str) -> None:
    literal, native = ({line.text: line.left for line in lines(printed)} for printed in pairs[name])
    for text in literal.keys() & native.keys():
        assert native[text] == pytest.approx(literal[text], abs=NEAR), text


@each_plan
def test_lines_are_filled_alike(pairs: dict[str, Pair], name: str) -> None:
    literal, native = (Counter(line.text for line in lines(printed)) for printed in pairs[name])
    assert (native - literal).total() <= ODD * native.total()


@pytest.mark.parametrize("name", ["long", "bold", "2027-county", "2027-school"])
def test_without_digits_and_references_pages_are_the_same_line_by_line(pairs: dict[str, Pair], name: str) -> None:
    literal, native = ([[line.text for line in page.lines] for page in printed.pages] for printed in pairs[name])
    assert native == literal


@each_plan
def test_numbers_look_like_the_text_they_would_be(pairs: dict[str, Pair], name: str) -> None:
    literal, native = ({line.text: look(line) for line in lines(printed)} for printed in pairs[name])
    for text in literal.keys() & native.keys():
        assert native[text] == literal[text], text


def test_numbers_of_run_in_headings_are_bold_where_the_headings_are(pairs: dict[str, Pair]) -> None:
    literal, native = (number_ink(printed) for printed in pairs["bold"])
    assert native == pytest.approx(literal, rel=0.05)
    assert native > 1.3 * number_ink(pairs["long"].native)


def number_ink(printed: Printed) -> float:
    """Return how black the number of the first task is."""
    ((page, line),) = [
        (nth, line)
        for nth, page in enumerate(printed.pages, 1)
        for line in page.lines
        if line.text.startswith("1.扩大")
    ]
    number, dot = line.characters[:2]
    return printed.blackness(page, Area(number.left, line.baseline - 5, dot.left, line.baseline + 1))


def whole(pages: tuple[Page, ...]) -> str:
    return "".join(page.text for page in pages)


def lines(printed: Printed) -> list[Line]:
    return [line for page in printed.pages for line in page.lines]


def look(line: Line) -> list[tuple[str, float]]:
    return [(character.font, character.size) for character in line.characters]
