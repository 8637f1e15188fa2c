"""What is inside a Word document, read back with python-docx and lxml."""

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile

import pytest
import yaml
from docx import Document
from docx.document import Document as Docx
from lxml import etree

from pages import ACCEPTANCE, EXAMPLES, environment, write_docx
from plangen.render.cache import CACHE_VARIABLE
from plangen.render.choices import Choices
from plangen.render.style import FONT_CLASSES
from plangen.render.templates import packaged_templates

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS: Final = ("word/document.xml", "word/styles.xml", "word/footer-odd.xml", "word/footer-even.xml")

# ECMA-376 Part 1, 17.3.1.26 and 17.3.2.28
PARAGRAPH_PROPERTIES: Final = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
    " textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RUN_PROPERTIES: Final = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss"
    " imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr"
    " shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)

PLAN: Final = """\
title: 云川市2027年教育工作要点
year: 2027
issuer: 云川市教育局
opening: 做好“双减”工作——从课堂抓起……
numbering: {sections: [一、, （一）], tasks: 1., items: [（1）, ①]}
sections:
  - heading: 第一个部分
    sections:
      - heading: 第一个方面
        tasks:
          - heading: 第一项任务
            text: 正文。
            items:
              - heading: 第一个要点
                text: 正文。
                items: [{heading: 更小的要点, text: 正文。}]
"""
SKIPPING: Final = """\
title: 云川市2027年教育工作要点
year: 2027
layout: {task_heading: own-line}
sections: [{heading: 第一个部分, tasks: [{heading: 第一项任务, text: 正文。}]}]
"""
OWN_LINES: Final = PLAN + "layout: {task_heading: own-line}\n"


@pytest.fixture
def docx(tmp_path: Path) -> Docx:
    """Return a document with all five layers, read by python-docx."""
    return read(written(PLAN, tmp_path))


@pytest.fixture(params=[*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return the document made of a plan."""
    return write_docx(request.param, tmp_path / "example.docx")


def test_headings_have_word_s_own_styles(docx: Docx) -> None:
    styles = {paragraph.text: style_of(paragraph) for paragraph in docx.paragraphs}
    assert styles["云川市2027年教育工作要点"] == "Title"
    assert styles["一、第一个部分"] == "Heading 1"
    assert styles["（一）第一个方面"] == "Heading 2"
    assert styles["做好“双减”工作——从课堂抓起……"] == "Body Text"


def test_headings_of_tasks_on_lines_of_their_own_have_word_s_own_style(tmp_path: Path) -> None:
    styles = {paragraph.text: style_of(paragraph) for paragraph in read(written(OWN_LINES, tmp_path)).paragraphs}
    assert styles["1.第一项任务"] == "Heading 3"
    assert styles["正文。"] == "Body Text"


def test_the_marker_decides_the_style_not_the_depth(tmp_path: Path) -> None:
    styles = {paragraph.text: style_of(paragraph) for paragraph in read(written(SKIPPING, tmp_path)).paragraphs}
    assert styles["一、第一个部分"] == "Heading 1"
    assert styles["1.第一项任务"] == "Heading 3"  # a 1. right below 一、 looks like any other


def test_the_styles_are_built_in_and_have_outline_levels(docx: Docx) -> None:
    for number in range(1, 6):
        style = docx.styles[f"Heading {number}"]
        assert style.builtin
        (level,) = style.element.iterfind(f"{W}pPr/{W}outlineLvl")
        assert level.get(f"{W}val") == str(number - 1)
    for name in ("Title", "Normal", "Body Text", "footer"):
        assert docx.styles[name].builtin
        assert docx.styles[name].element.find(f"{W}pPr/{W}outlineLvl") is None


def test_run_in_headings_are_runs_with_a_style_of_their_layer(docx: Docx) -> None:
    found = {
        runs[0].text: (runs[0].style.name, runs[1].text, runs[1].style.name)
        for runs in (paragraph.runs for paragraph in docx.paragraphs)
        if len(runs) == 2
    }
    plain = "Default Paragraph Font"
    assert found == {
        "1.第一项任务。": ("Run-in Heading 3", "正文。", plain),
        "（1）第一个要点。": ("Run-in Heading 4", "正文。", plain),
        "①更小的要点。": ("Run-in Heading 5", "正文。", plain),
    }


def test_headings_stay_with_what_follows(docx: Docx) -> None:
    for name in ("Title", *(f"Heading {number}" for number in range(1, 6))):
        style = docx.styles[name]
        assert style.paragraph_format.keep_with_next, name
        assert style.paragraph_format.keep_together, name
    title, blank, *_ = docx.paragraphs
    assert style_of(title) == "Title"
    assert blank.text == ""
    assert blank.paragraph_format.keep_with_next


def test_every_run_is_set_as_chinese(example: Path) -> None:
    with ZipFile(example) as archive:
        document, *feet = (
            etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footer-odd", "footer-even")
        )
    without = [text_of(run) for run in document.iter(f"{W}r") if text_of(run) and not hinted(run)]
    assert without == []
    for foot in feet:
        assert [text_of(run) for run in foot.iter(f"{W}r") if hinted(run)] == ["— ", " —"]


def test_ambiguous_punctuation_stays_as_written(docx: Docx) -> None:
    (paragraph,) = (paragraph for paragraph in docx.paragraphs if paragraph.text.startswith("做好"))
    (run,) = paragraph.runs
    assert run.text == "做好“双减”工作——从课堂抓起……"
    assert hinted(run._r)


def test_properties_come_from_the_plan(docx: Docx) -> None:
    properties = docx.core_properties
    assert (properties.title, properties.author) == ("云川市2027年教育工作要点", "云川市教育局")
    assert properties.language == "zh-CN"
    assert (properties.created, properties.modified, properties.last_printed) == (None, None, None)


def test_no_part_holds_a_date_of_making(example: Path) -> None:
    with ZipFile(example) as archive:
        for name in archive.namelist():
            assert b"W3CDTF" not in archive.read(name), name
        assert "docProps/app.xml" not in archive.namelist()


def test_odd_and_even_pages_have_feet_of_their_own(docx: Docx) -> None:
    (section,) = docx.sections
    assert docx.settings.odd_and_even_pages_header_footer
    assert not section.different_first_page_header_footer
    assert not section.footer.is_linked_to_previous
    assert not section.even_page_footer.is_linked_to_previous
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        properties = paragraph._p.pPr
        assert properties.find(f"{W}jc").get(f"{W}val") == side
        assert properties.find(f"{W}ind").get(f"{W}{side}") == "280"  # 14 points: one character of the number
        assert properties.find(f"{W}ind").get(f"{W}{side}Chars") == "100"


def test_the_page_number_is_a_complete_field(docx: Docx) -> None:
    (section,) = docx.sections
    for footer in (section.footer, section.even_page_footer):
        (paragraph,) = footer.paragraphs
        assert list(field(paragraph._p)) == ["— ", "begin", " PAGE ", "separate", "1", "end", " —"]


def test_properties_stand_in_the_order_of_the_schema(example: Path) -> None:
    with ZipFile(example) as archive:
        for part in PARTS:
            root = etree.fromstring(archive.read(part))
            for tag, order in (("pPr", PARAGRAPH_PROPERTIES), ("rPr", RUN_PROPERTIES)):
                for properties in root.iter(f"{W}{tag}"):
                    names = [etree.QName(child).localname for child in properties]
                    assert names == sorted(set(names), key=order.split().index), part


def test_the_package_is_the_same_on_any_day_and_machine(example: Path) -> None:
    with ZipFile(example) as archive:
        members = archive.infolist()
    names = [member.filename for member in members]
    assert len(set(names)) == len(names)
    assert names[0] == "[Content_Types].xml"
    package = packaged_templates() / "formats" / "docx" / "package"
    of_some = {"word/header-letter.xml", "word/footer-letter.xml", "word/numbering.xml"}
    every = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    assert set(names) == every - of_some
    for member in members:
        assert member.date_time == (1980, 1, 1, 0, 0, 0)
        assert member.compress_type == ZIP_STORED
        assert member.create_system == 0
        assert member.extra == b""
        assert not member.flag_bits & 0x8  # sizes stand in the header: some office systems read no other


def test_every_part_is_declared_and_reached(example: Path) -> None:
    with ZipFile(example) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    declared = {each.get("PartName", "").removeprefix("/") for each in types if each.get("PartName")}
    assert declared == {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"}
    reached = {f"word/{each.get('Target')}" for each in relations}
    assert reached == declared - {"docProps/core.xml", "word/document.xml"}


def test_the_same_plan_gives_the_same_bytes(example: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    path = request.node.callspec.params["example"]
    assert write_docx(path, tmp_path / "again.docx").read_bytes() == example.read_bytes()


@pytest.mark.parametrize(
    "changes",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"},
    ],
    ids=lambda changes: ",".join(f"{name}={value}" for name, value in changes.items()),
)
def test_the_same_plan_gives_the_same_bytes_anywhere(changes: dict[str, str], tmp_path: Path) -> None:
    plan = EXAMPLES[0]
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "plangen", "render", str(plan), "--to", "docx", "-o", "out.docx"]
    everything = environment(**changes, **{CACHE_VARIABLE: str(tmp_path / "cache")})
    for _ in ("templates are compiled", "templates come from the cache"):
        subprocess.run(command, cwd=elsewhere, env=everything, check=True, capture_output=True)
        made = (elsewhere / "out.docx").read_bytes()
        assert made == write_docx(plan, tmp_path / "here.docx").read_bytes()


SPECIAL: Final = """&<>"' ]]> &amp; {{ 1 }} {% x %} <w:t/> \\ %s"""


def test_special_characters_survive_in_every_field(tmp_path: Path) -> None:
    marked = (f"字段{number}{SPECIAL}" for number in count(1))
    values = {name: next(marked) for name in NAMES}
    document = read(written(yaml.safe_dump(plan_of(values), allow_unicode=True), tmp_path))
    title, *paragraphs = (paragraph.text for paragraph in document.paragraphs)
    text = "\n".join([title.replace("\n", ""), *paragraphs])  # a long title is broken over lines
    missing = [name for name, value in values.items() if name not in UNPRINTED and value not in text]
    assert missing == []
    assert document.core_properties.author == values["issuer"]
    assert document.core_properties.title == values["title"]


def test_special_characters_survive_in_a_title_of_several_lines(tmp_path: Path) -> None:
    plan = plan_of(dict.fromkeys(NAMES, "字")) | {"title": f"甲{SPECIAL}乙", "title_lines": [f"甲{SPECIAL}", "乙"]}
    document = read(written(yaml.safe_dump(plan, allow_unicode=True), tmp_path))
    assert document.paragraphs[0].text == f"甲{SPECIAL}\n乙"


def test_special_characters_survive_in_the_names_of_fonts(tmp_path: Path) -> None:
    special = "&<>\"' ]]> {{ 1 }} <w:t/>"  # a name is no longer than 31 characters
    style = tmp_path / "style.yaml"
    fonts = {role: [f"{number}{special}", f"另{special}"] for number, role in enumerate(FONT_CLASSES)}
    style.write_text(yaml.safe_dump({"fonts": fonts}, allow_unicode=True), encoding="utf-8")
    document = read(written(PLAN, tmp_path, style=style))
    (found,) = document.styles["Heading 1"].element.iterfind(f"{W}rPr/{W}rFonts")
    assert found.get(f"{W}eastAsia") == fonts["heiti"][0]
    with ZipFile(tmp_path / "plan.docx") as archive:
        table = etree.fromstring(archive.read("word/fontTable.xml"))
    used = {names[0] for role, names in fonts.items() if role != "latin"}
    assert {font.get(f"{W}name") for font in table} == used
    assert {each.get(f"{W}val") for each in table.iter(f"{W}altName")} == {f"另{special}"}


NAMES: Final = (
    *("title", "issuer", "opening", "guiding_thought", "closing", "section", "section_text", "indicator", "wording"),
    *("task", "task_text", "lead", "support", "item", "item_heading", "item_text", "owner_label", "plan_target"),
)
UNPRINTED: Final = {"issuer"}


def plan_of(values: dict[str, str]) -> dict[str, Any]:
    """Return a plan that has a text of its own in every field that is printed."""
    item = {"heading": values["item_heading"], "text": values["item_text"]}
    task = {
        "heading": values["task"],
        "text": values["task_text"],
        "lead": values["lead"],
        "support": values["support"],
        "items": [values["item"], item],
    }
    targets = [
        {"indicator": values["indicator"], "goal": "98%以上"},
        {"indicator": "指标", "goal": "98%以上", "text": values["wording"]},
    ]
    return {
        "title": values["title"],
        "year": "2027",
        "issuer": values["issuer"],
        "opening": values["opening"],
        "guiding_thought": values["guiding_thought"],
        "closing": values["closing"],
        "targets": [{"indicator": values["plan_target"], "goal": "新增12所"}],
        "sections": [
            {"heading": values["section"], "text": values["section_text"], "targets": targets, "tasks": [task]}
        ],
        "layout": {"owners": "bracket", "owner_labels": {"lead": values["owner_label"]}},
    }


def written(plan: str, folder: Path, style: Path | None = None) -> Path:
    """Write the document of a plan."""
    path = folder / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    return write_docx(path, folder / "plan.docx", Choices(style=style))


def read(path: Path) -> Docx:
    """Return a document as python-docx reads it."""
    return Document(str(path))


def style_of(paragraph: Any) -> str:
    """Return the name of the style of a paragraph."""
    return str(paragraph.style.name)


def hinted(run: Any) -> bool:
    """Tell whether the ambiguous characters of a run are set as Chinese ones."""
    return [fonts.get(f"{W}hint") for fonts in run.iterfind(f"{W}rPr/{W}rFonts")] == ["eastAsia"]


def text_of(run: Any) -> str:
    """Return the text of a run."""
    return "".join(text.text or "" for text in run.iter(f"{W}t"))


def field(paragraph: Any) -> Iterator[str]:
    """Yield the texts, instructions and marks of a paragraph with a field."""
    for each in paragraph.iter(f"{W}t", f"{W}instrText", f"{W}fldChar"):
        yield each.get(f"{W}fldCharType") or each.text
