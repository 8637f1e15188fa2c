"""HTML: one file that needs nothing else, with sheets, headings and fonts of the official page, and no way in."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from html_pages import Element, read_page
from pages import ACCEPTANCE, EXAMPLES
from plangen import api
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.html import css_text, points
from plangen.render.templates import packaged_templates
from texts import read_markdown, squeezed

ELEMENTS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "section", "div", "footer"),
        *("h1", "h2", "h3", "p", "b", "br", "span"),
        *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    )
)
ATTRIBUTES = frozenset(("lang", "charset", "name", "content", "class", "style", "scope", "colspan", "rowspan"))
LEVELS = """\
title: 云川市2027年教育工作要点
title_lines: [云川市2027年, 教育工作要点]
year: 2027
sections:
  - heading: 部分
    sections:
      - heading: 方面
        tasks: [{heading: 任务, text: 正文。}]
"""
LANDSCAPE_FIRST = """\
{% from blocks import title, heading, paragraph, new_page with context %}
{{ new_page(true) }}{{ title(outline.title) }}{{ new_page() }}{{ paragraph(outline.opening[0]) }}
{{ new_page() }}{{ heading(outline.sections[0].heading) }}
"""


def page_of(outline: Outline, templates: Path | None = None, genre: str = "") -> Element:
    made = io.BytesIO()
    api.write_document(outline, "html", made, Choices(genre, templates))
    return read_page(made.getvalue())


def outline_of(text: str, folder: Path) -> Outline:
    plan = folder / "plan.yaml"
    plan.write_text(text, encoding="utf-8")
    return api.open_outline(plan)[0]


def style_of(page: Element) -> str:
    (style,) = page.find("style")
    return "".join(style.text)


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)
def test_a_page_needs_nothing_else(plan: Path) -> None:
    page = page_of(api.open_outline(plan)[0])
    assert {element.name for element in page.all()} <= ELEMENTS
    assert {name for element in page.all() for name in element.attributes} <= ATTRIBUTES
    styles = [style_of(page), *(element.attributes.get("style", "") for element in page.all())]
    assert not re.search(r"url\(|@import|//|expression", "".join(styles))


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)
def test_a_page_says_what_the_other_formats_say(plan: Path) -> None:
    outline, _ = api.open_outline(plan)
    made = {name: io.BytesIO() for name in ("docx", "md", "html")}
    for name, file in made.items():
        api.write_document(outline, name, file)
    (body,) = read_page(made["html"].getvalue()).find("body")
    said = squeezed("".join(body.text))
    assert said == squeezed("".join(read_markdown(made["md"].getvalue().decode())))
    with ZipFile(made["docx"]) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    assert said == squeezed("".join(text.text or "" for text in document.iter("{*}t")))


def test_a_page_says_what_it_is(tmp_path: Path) -> None:
    page = page_of(outline_of(LEVELS, tmp_path))
    assert page.attributes == {"lang": "zh-CN"}
    assert page.find("meta")[0].attributes == {"charset": "utf-8"}
    assert [element.text for element in page.find("title")] == [["云川市2027年教育工作要点"]]


def test_headings_are_headings_and_look_as_their_marker_wants(tmp_path: Path) -> None:
    page = page_of(outline_of(LEVELS, tmp_path))
    found = [
        (element.name, element.attributes.get("class", ""), "".join(element.text))
        for element in page.find("h1", "h2", "h3", "p", "b")
    ]
    assert found == [
        ("h1", "", "云川市2027年教育工作要点"),
        ("h2", "layer-1", "一、部分"),
        ("h3", "layer-2", "（一）方面"),
        ("p", "", "1.任务。正文。"),
        ("b", "layer-3", "1.任务。"),
    ]


def test_a_title_has_the_lines_of_the_word_document(tmp_path: Path) -> None:
    (title,) = page_of(outline_of(LEVELS, tmp_path)).find("h1")
    assert title.text == ["云川市2027年", "教育工作要点"]
    assert [element.name for element in title.children] == ["br"]


def test_the_style_sheet_has_the_measures_of_the_official_page(tmp_path: Path) -> None:
    style = style_of(page_of(outline_of(LEVELS, tmp_path)))
    # 22 lines of 28.95 points and 28 characters of 15.75 fill 225 × 156 mm; 595.3 × 841.9 points are A4
    assert "font-size: 16pt; line-height: 28.95pt; letter-spacing: -0.25pt;" in style
    assert "@page { size: 595.3pt 841.9pt; margin: 104.9pt 73.7pt 99.2pt 79.4pt; }" in style
    assert "text-indent: 31.5pt;" in style
    assert 'content: "\\2014  " counter(page) " \\2014 ";' in style  # — 1 —


def test_each_part_that_begins_a_page_has_a_sheet_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "genres").mkdir()
    (tmp_path / "genres" / "own.j2").write_text(LANDSCAPE_FIRST, encoding="utf-8")
    page = page_of(outline_of(LEVELS + "opening: 开头。\n", tmp_path), tmp_path, "own")
    sheets = [(s.attributes["class"], [each.name for each in s.children]) for s in page.find("section")]
    assert sheets == [("sheet landscape", ["h1"]), ("sheet", ["p"]), ("sheet", ["h2"])]


def test_a_house_style_decides_fonts_and_weight(tmp_path: Path) -> None:
    style = (packaged_templates() / "style.yaml").read_text(encoding="utf-8")
    changed = style.replace("- {font: 楷体}", "- {font: 宋体, bold: 是}").replace("grid: lines ", "grid: characters ")
    (tmp_path / "style.yaml").write_text(changed, encoding="utf-8")
    sheet = style_of(page_of(outline_of(LEVELS, tmp_path), tmp_path))
    assert '.layer-2 { font-family: "宋体", "SimSun", "Songti SC", "STSongti-SC", serif; }' in sheet
    assert ".layer-2:not(b) { font-weight: bold; }" in sheet
    assert "b.layer-2" not in sheet
    assert "letter-spacing: -0.25pt;" in sheet  # whatever grid Word is given


@pytest.mark.parametrize("kind", ["task", "target"])
@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda path: path.stem)
def test_a_table_says_what_the_markdown_says(plan: Path, kind: str) -> None:
    outline, _ = api.open_outline(plan)
    made = io.BytesIO()
    api.write_document(outline, "md", made, Choices(f"{kind}-table"))
    markdown = [
        line.strip("| \n").split(" | ") for line in made.getvalue().decode().splitlines() if line.startswith("|")
    ]
    (table,) = page_of(outline, genre=f"{kind}-table").find("table")
    rows = [["".join(cell.text) for cell in row.find("th", "td")] for row in table.find("tr")]
    said = [[cell for cell in map(str.strip, row) if cell.strip(" |")] for row in (markdown[0], *markdown[2:])]
    assert [[cell.replace("\\", "") for cell in row] for row in said] == [
        [cell for cell in row if cell] for row in rows
    ]


def test_the_cells_of_a_table_fill_it() -> None:
    outline, _ = api.open_outline(EXAMPLES[-1])
    (table,) = page_of(outline, genre="task-table").find("table")
    columns = [
        float(column.attributes["style"].removeprefix("width: ").removesuffix("%")) for column in table.find("col")
    ]
    assert sum(columns) == pytest.approx(100, abs=0.1)
    covered = [0] * len(columns)
    for row in table.find("tr"):
        free = [n for n, rows in enumerate(covered) if not rows]
        cells = row.find("th", "td")
        assert sum(int(cell.attributes.get("colspan", 1)) for cell in cells) == len(free)
        covered = [max(0, rows - 1) for rows in covered]
        for n, cell in zip(free, cells, strict=False):
            covered[n] = int(cell.attributes.get("rowspan", 1)) - 1
    assert covered == [0] * len(columns)


@given(st.text(min_size=1, max_size=20))
def test_a_font_name_stays_a_name_whatever_is_in_it(name: str) -> None:
    written = css_text(name)
    assert re.fullmatch(r'"[^"<>{};\n]*"', written)
    assert re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), written[1:-1]) == name


@pytest.mark.parametrize(("twips", "written"), [(579, "28.95pt"), (-5, "-0.25pt"), (0, "0pt"), (2000, "100pt")])
def test_lengths_are_points(twips: int, written: str) -> None:
    assert points(twips) == written
