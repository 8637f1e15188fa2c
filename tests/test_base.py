"""An office's own .docx as base: the plan goes into it, fields are filled, everything else stays as it was."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import base_documents as made
from base_documents import BASES, PLAN, RED, paragraph, parts_of, python_docx_base, raw_base, run, style, with_styles
from judges import judge
from pages import Printed
from plangen import api
from plangen.batch import Batch
from plangen.config import find_config
from plangen.diagnostics import Diagnostic, PlanError, Severity
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.templates import packaged_templates
from texts import squeezed

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN: Final = "word/document.xml"
TEXT: Final = """\
title: 甲<乙>&丙{市}“教育”要点
year: 2027
issuer: 云川市教育局
opening: 第一段。
sections:
  - heading: 第一个部分
    tasks: [{heading: 第一项任务, text: 正文。}]
"""
VALUES: Final = {"title": "甲<乙>&丙{市}“教育”要点", "year": "2027", "issuer": "云川市教育局"}
NAMES: Final = {"标题": "title", "年份": "year"}


@pytest.fixture(scope="module")
def outline(tmp_path_factory: pytest.TempPathFactory) -> Outline:
    return outline_in(tmp_path_factory.mktemp("plan"))


def outline_in(folder: Path) -> Outline:
    """Return the outline of the plan, written into a folder."""
    plan = folder / "plan.yaml"
    plan.write_text(TEXT, encoding="utf-8")
    return api.open_outline(plan)[0]


@pytest.fixture(scope="module")
def plain(outline: Outline) -> list[str]:
    """Return the paragraphs of the plan as they read without a base."""
    file = io.BytesIO()
    api.write_document(outline, "docx", file)
    return texts(file, MAIN)


def fill(outline: Outline, content: bytes, folder: Path, **choices: Any) -> tuple[io.BytesIO, list[Diagnostic]]:
    """Return the document made with a base, and what was said about it."""
    path = folder / "本单位.docx"
    path.write_bytes(content)
    file = io.BytesIO()
    said = api.write_document(outline, "docx", file, Choices(base=path, **choices))
    return file, said


def refused(content: bytes, folder: Path) -> list[Diagnostic]:
    """Return why a base is refused."""
    path = folder / "本单位.docx"
    path.write_bytes(content)
    with pytest.raises(PlanError) as error:
        api.Press(Choices(base=path)).prepare(["docx"])
    return error.value.diagnostics


def xml(file: io.BytesIO, part: str = MAIN) -> Any:
    return etree.fromstring(parts_of(file)[part])


def texts(file: io.BytesIO, part: str) -> list[str]:
    """Return the paragraphs of a part, those in text boxes by themselves, without what a tracked change deletes."""
    return [own_text(each) for each in xml(file, part).iter(f"{W}p")]


def own_text(element: Any) -> str:
    signs = {f"{W}tab": "\t", f"{W}br": "\n"}
    if element.tag in (f"{W}t", *signs):
        return signs.get(element.tag, element.text or "")
    skipped = (f"{W}txbxContent", f"{W}pPr", f"{W}del")
    return "".join(own_text(child) for child in element if child.tag not in skipped)


def filled(text: str) -> str:
    """Return a text of a base with its fields filled, as a person would."""
    return re.sub(r"\{\{\s*(\w+)\s*\}\}", lambda found: VALUES.get(NAMES.get(found[1], found[1]), ""), text)


@pytest.fixture(params=BASES)
def base(request: pytest.FixtureRequest) -> bytes:
    return BASES[request.param]


class TestEveryBase:
    def test_keeps_its_text_and_takes_in_the_plan(
        self, base: bytes, outline: Outline, plain: list[str], tmp_path: Path
    ) -> None:
        file, _ = fill(outline, base, tmp_path)
        for part, content in parts_of(io.BytesIO(base)).items():
            if b"{{" in content:
                wanted = []
                for each in texts(io.BytesIO(base), part):
                    wanted += plain if each in ("{{ plan }}", "{{ 计划 }}") else [filled(each)]
                assert texts(file, part) == wanted

    def test_keeps_every_part_without_fields_as_it_was(self, base: bytes, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, base, tmp_path)
        before, after = parts_of(io.BytesIO(base)), parts_of(file)
        added = ["word/styles.xml", "word/_rels/document.xml.rels", "docProps/core.xml"]
        assert list(after) == [*before, *(name for name in added if name in after and name not in before)]
        touched = {name for name, content in before.items() if b"{{" in content}
        changed = {name for name, content in before.items() if after[name] != content}
        declared = (
            {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"} if len(after) > len(before) else ()
        )
        assert changed <= touched | {"docProps/core.xml", "word/styles.xml"} | set(declared)

    def test_gives_the_same_bytes_every_time(self, base: bytes, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, base, tmp_path)
        assert file.getvalue() == fill(outline, base, tmp_path)[0].getvalue()
        with ZipFile(file) as archive:
            for entry in archive.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                assert (entry.compress_type, entry.create_system, entry.extra) == (ZIP_STORED, 0, b"")
                assert not entry.flag_bits & 0x8

    def test_is_a_document_that_python_docx_opens(self, base: bytes, outline: Outline, tmp_path: Path) -> None:
        document = Document(fill(outline, base, tmp_path)[0])
        assert "第一个部分" in "".join(each.text for each in document.paragraphs)
        properties = document.core_properties
        assert (properties.title, properties.author) == (VALUES["title"], VALUES["issuer"])


def test_every_document_made_with_a_base_is_valid(judges: Path, outline: Outline, tmp_path: Path) -> None:
    templates = wide_genres(tmp_path)
    documents = []
    for number, base in enumerate([*list(BASES.values())[::2], *PLANS_AND_WHAT_HANGS_ON_THEM]):
        documents.append(tmp_path / f"{number}.docx")
        documents[-1].write_bytes(fill(outline, base, tmp_path)[0].getvalue())
    for genre, body, _ in SECTIONS[-3:]:
        documents.append(tmp_path / f"{genre}{len(documents)}.docx")
        file, _ = fill(outline, sectioned(body), tmp_path, genre=genre, templates=templates)
        documents[-1].write_bytes(file.getvalue())
    judged = judge(judges / "validate_docx.py", *map(str, documents))
    assert judged.returncode == 0, judged.stdout


class TestFields:
    def test_take_the_look_of_the_run_they_begin_in(self, outline: Outline, tmp_path: Path) -> None:
        base = python_docx_base(paragraph(run("前{{ is", RED), run("suer }}后")), PLAN)
        first = Document(fill(outline, base, tmp_path)[0]).paragraphs[0]
        assert [(each.text, bool(each.bold)) for each in first.runs] == [("前云川市教育局", True), ("后", False)]

    def test_are_chinese_where_their_quotation_marks_must_be(self, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, python_docx_base(paragraph("{{ title }}"), paragraph("{{ year }}"), PLAN), tmp_path)
        hints = [each.get(f"{W}hint") for each in next(xml(file).iter(f"{W}p")).iter(f"{W}rFonts")]
        assert hints == ["eastAsia"]
        assert list(list(xml(file).iter(f"{W}p"))[1].iter(f"{W}rFonts")) == []

    def test_may_be_capitalized_by_word(self, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, python_docx_base(paragraph("{{ Issuer }}"), PLAN), tmp_path)
        assert texts(file, MAIN)[0] == "云川市教育局"

    def test_keep_tracked_changes_and_bookmarks(self, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, BASES["with tracked changes"], tmp_path)
        assert len(list(xml(file).iter(f"{W}ins", f"{W}del"))) == 2
        file, _ = fill(outline, BASES["proofreading marks and bookmarks between runs"], tmp_path)
        assert len(list(xml(file).iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr"))) == 4

    def test_are_not_where_text_was_moved_away(self, outline: Outline, tmp_path: Path) -> None:
        moved = "<w:move{0} w:id='{1}'>{2}</w:move{0}>"
        gone = paragraph(moved.format("From", 21, run("{{ plan }}")))
        here = paragraph(moved.format("To", 23, run("{{ plan }}")))
        file, _ = fill(outline, python_docx_base(gone, paragraph("中"), here), tmp_path)
        assert texts(file, MAIN)[:2] == ["{{ plan }}", "中"]

    def test_take_a_content_control_off_its_data(self, outline: Outline, tmp_path: Path) -> None:
        bound = made.CONTROL.format(run("{{ title }}")).replace(
            "</w:sdtPr>", '<w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr>'
        )
        file, _ = fill(outline, python_docx_base(paragraph(bound), PLAN), tmp_path)
        assert list(xml(file).iter(f"{W}dataBinding", f"{W}showingPlcHdr")) == []

    def test_that_the_plan_says_nothing_about_are_empty_and_named(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan.yaml"
        plan.write_text(TEXT.replace("issuer: 云川市教育局\n", ""), encoding="utf-8")
        base = python_docx_base(paragraph("单位：{{ 单位 }}。{{ issuer }}"), PLAN)
        file, said = fill(api.open_outline(plan)[0], base, tmp_path)
        assert texts(file, MAIN)[0] == "单位：。"
        (warning,) = said
        assert (warning.code, warning.severity) == ("T026", Severity.WARNING)
        assert "issuer（单位）" in warning.message
        assert warning.span is not None
        assert warning.span.source.line(1) == "单位：{{ 单位 }}。{{ issuer }}"

    def test_are_names_and_nothing_runs(self, outline: Outline, tmp_path: Path) -> None:
        for code in ("{{ 7*7 }}", "{{ cycler.__init__.__globals__ }}", "{{ title|upper }}", "{{ outline.title }}"):
            (said,) = refused(python_docx_base(paragraph(code), PLAN), tmp_path)
            assert said.code == "T024"
        base = python_docx_base(paragraph("{% for x in y %}{# 甲 #}"), PLAN)
        assert texts(fill(outline, base, tmp_path)[0], MAIN)[0] == "{% for x in y %}{# 甲 #}"

    @given(pieces=st.lists(st.sampled_from(["{{ year }}", "{{issuer}}", "甲", "}", " "]), max_size=6), data=st.data())
    @settings(max_examples=40)
    def test_are_found_however_the_text_is_split_over_runs(self, pieces: list[str], data: st.DataObject) -> None:
        from docx.oxml import parse_xml  # noqa: PLC0415

        from plangen.render.base_text import ParagraphText  # noqa: PLC0415

        text = "".join(pieces)
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
        runs = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        element = parse_xml(paragraph(*map(run, runs)).replace("<w:p>", f"<w:p {made.NAMESPACES}>", 1))
        found = ParagraphText(element)
        assert found.text == text
        for braces in reversed([each for each in found.braces() if each.name]):
            found.fill(braces, VALUES[braces.name or ""])
        assert own_text(element) == re.sub(r"\{\{ ?(year|issuer) ?\}\}", lambda name: VALUES[name[1]], text)
        assert len(element) == len(runs)


FLOATING: Final = python_docx_base(
    paragraph(made.BOOKMARK, made.text_box(paragraph("浮动的字")), "{{ plan }}"), paragraph("尾")
)
ON_A_NEW_PAGE: Final = python_docx_base(paragraph("头"), paragraph("{{ plan }}", properties="<w:pageBreakBefore/>"))
ENDING_A_SECTION: Final = python_docx_base(
    paragraph("{{ plan }}", properties=made.A4.replace('w:w="11906"', 'w:w="11111"')), paragraph("后一节")
)
WITHOUT_A_SECTION: Final = raw_base(PLAN, section="")
PLANS_AND_WHAT_HANGS_ON_THEM: Final = (FLOATING, ON_A_NEW_PAGE, ENDING_A_SECTION, WITHOUT_A_SECTION)


class TestPlan:
    def test_takes_along_what_floats_at_its_paragraph(self, outline: Outline, plain: list[str], tmp_path: Path) -> None:
        file, _ = fill(outline, FLOATING, tmp_path)
        assert texts(file, MAIN) == [plain[0], "浮动的字", "浮动的字", *plain[1:], "尾"]
        assert len(list(xml(file).iter(f"{W}bookmarkStart"))) == 1
        assert [each.tag for each in xml(file)[0][0]][:2] == [f"{W}pPr", f"{W}bookmarkStart"]

    def test_begins_a_page_where_its_paragraph_did(self, outline: Outline, tmp_path: Path) -> None:
        _, title, *_ = Document(fill(outline, ON_A_NEW_PAGE, tmp_path)[0]).paragraphs
        assert title.paragraph_format.page_break_before
        assert title.style is not None
        assert title.style.name == "Title"

    def test_ends_the_section_its_paragraph_ended(self, outline: Outline, tmp_path: Path) -> None:
        document = Document(fill(outline, ENDING_A_SECTION, tmp_path)[0])
        *_, last, after = document.paragraphs
        assert (last.text, after.text) == ("1.第一项任务。正文。", "后一节")
        assert last._p.pPr is not None
        assert [each.get(f"{W}w") for each in last._p.pPr.iter(f"{W}pgSz")] == ["11111"]
        assert len(document.sections) == 2

    def test_has_the_page_of_the_house_style_where_the_base_has_none(self, outline: Outline, tmp_path: Path) -> None:
        (section,) = xml(fill(outline, WITHOUT_A_SECTION, tmp_path)[0]).iter(f"{W}sectPr")
        assert [etree.QName(each).localname for each in section][:2] == ["pgSz", "pgMar"]

    def test_of_several_plans_each_gets_the_base(self, tmp_path: Path) -> None:
        (tmp_path / "base.docx").write_bytes(BASES["in header and footer"])
        plans = []
        for name in ("甲", "乙"):
            plans.append(tmp_path / f"{name}.yaml")
            plans[-1].write_text(TEXT.replace("云川市教育局", f"{name}局"), encoding="utf-8")
        outcomes = list(Batch(plans, ["docx"], tmp_path / "out", Choices(base=tmp_path / "base.docx")).run())
        headers = [texts(io.BytesIO(outcome.files[0].read_bytes()), "word/header1.xml") for outcome in outcomes]
        assert headers == [["单位：甲局"], ["单位：乙局"]]

    def test_is_never_written_over_the_base(self, tmp_path: Path) -> None:
        plan, base = tmp_path / "plan.yaml", tmp_path / "plan.docx"
        plan.write_text(TEXT, encoding="utf-8")
        base.write_bytes(BASES["one run"])
        (outcome,) = Batch([plan], ["docx"], tmp_path, Choices(base=base)).run()
        assert [each.code for each in outcome.diagnostics] == ["F006"]
        assert base.read_bytes() == BASES["one run"]

    def test_goes_into_the_base_of_the_project_unless_another_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "plangen.toml").write_text('base = "单位/底本.docx"\n', encoding="utf-8")
        (tmp_path / "单位").mkdir()
        (tmp_path / "单位" / "底本.docx").write_bytes(BASES["one run"])
        config = find_config(tmp_path)
        assert config.choices().base == tmp_path / "单位" / "底本.docx"
        assert config.choices(base=Path("别的.docx")).base == Path("别的.docx")

    def test_as_markdown_needs_no_base(self, outline: Outline, tmp_path: Path) -> None:
        file = io.BytesIO()
        assert api.write_document(outline, "md", file, Choices(base=tmp_path / "nowhere.docx")) == []


NORMAL: Final = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
BIG: Final = '<w:rPr><w:sz w:val="{}"/></w:rPr>'


class TestStyles:
    def test_of_the_base_win_by_name_whatever_their_ids(self, outline: Outline, tmp_path: Path) -> None:
        own = style("a7", "Title", BIG.format(60)) + style("1", "heading 1") + style("a3", "Body Text")
        file, said = fill(outline, with_styles(NORMAL + own, PLAN), tmp_path)
        used = [each.get(f"{W}val") for each in xml(file).iter(f"{W}pStyle")]
        assert used == ["a7", "a3", "a3", "1", "a3"]
        assert said == []

    def test_that_the_base_lacks_come_with_all_they_need_and_are_named_once(
        self, outline: Outline, tmp_path: Path
    ) -> None:
        base = with_styles(NORMAL + style("Title", "甲单位的标题") + style("a3", "Body Text", BIG.format(21)), PLAN)
        file, said = fill(outline, base, tmp_path)
        (warning,) = said
        assert (warning.code, warning.severity) == ("T027", Severity.WARNING)
        assert "标题（Title）、标题 1（heading 1）" in warning.message
        document = Document(file)
        title = document.paragraphs[0].style
        assert title is not None
        assert (title.style_id, title.name, title.font.size.pt) == ("Title2", "Title", 22)
        assert title.base_style.name == "Plangen Normal"
        assert title.base_style.base_style is None
        assert title.base_style.font.name == "仿宋_GB2312"
        assert document.styles["甲单位的标题"].style_id == "Title"

    def test_of_run_in_headings_leave_the_font_to_the_base(self, outline: Outline, tmp_path: Path) -> None:
        file, _ = fill(outline, with_styles(NORMAL + style("a3", "Body Text", BIG.format(21)), PLAN), tmp_path)
        run_in = Document(file).styles["Run-in Heading 3"]
        assert run_in.font.name is None

    def test_with_numbers_of_their_own_do_not_number_twice(self, outline: Outline, tmp_path: Path) -> None:
        numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        own = style("9", "我的标题", numbered) + style("1", "heading 1", '<w:basedOn w:val="9"/>')
        file, _ = fill(outline, with_styles(NORMAL + own, PLAN), tmp_path)
        (number,) = xml(file).iter(f"{W}numId")
        assert number.get(f"{W}val") == "0"
        assert number.getparent().getparent().find(f"{W}pStyle").get(f"{W}val") == "1"

    def test_decide_where_long_titles_break(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan.yaml"
        plan.write_text(TEXT.replace(VALUES["title"], "云川市教育局2027年教育工作要点"), encoding="utf-8")
        outline = api.open_outline(plan)[0]
        for size, lines in ((44, 1), (72, 2)):
            base = with_styles(NORMAL + style("a7", "Title", BIG.format(size)), PLAN)
            assert len(texts(fill(outline, base, tmp_path)[0], MAIN)[0].split("\n")) == lines


GENRES: Final = {
    "wide": "{{ new_page(true) }}{{ title(outline.title) }}",
    "both": "{{ title('甲') }}{{ new_page(true) }}{{ title('乙') }}{{ new_page() }}{{ title('丙') }}",
    "last": "{{ title(outline.title) }}{{ new_page(true) }}{{ title(outline.title) }}",
}
SECTIONS: Final = [
    ("both", [PLAN], "portrait first, landscape, portrait"),
    ("both", ["头", PLAN, "尾"], "portrait first, landscape, portrait"),
    ("last", [PLAN], "portrait first, landscape"),
    ("last", [PLAN, "尾"], "portrait first, landscape, portrait"),
    ("wide", [PLAN], "landscape first"),
    ("wide", ["头", PLAN], "portrait first, landscape"),
    ("wide", [PLAN, "尾"], "landscape first, portrait"),
    ("wide", ["头", PLAN, "尾"], "portrait first, landscape, portrait"),
]
"""Genres, what the base has around the plan, and the sections of the document."""


def wide_genres(folder: Path) -> Path:
    """Return a folder of templates with genres that turn pages."""
    for name, pages in GENRES.items():
        genre = folder / "own" / "genres" / f"{name}.j2"
        genre.parent.mkdir(parents=True, exist_ok=True)
        genre.write_text("{% from blocks import new_page, title with context %}" + pages, encoding="utf-8")
    return folder / "own"


def sectioned(body: list[str]) -> bytes:
    """Return a base whose section has a header, a first page of its own, page numbers from 5, and was changed."""
    change = '<w:sectPrChange w:id="31" w:author="甲"><w:sectPr/></w:sectPrChange>'
    section = made.A4.replace("<w:sectPr>", '<w:sectPr><w:type w:val="continuous"/>').replace(
        "</w:sectPr>", f'<w:pgNumType w:start="5"/><w:titlePg/>{change}</w:sectPr>'
    )
    blocks = [each if each == PLAN else paragraph(each) for each in body]
    return python_docx_base(*blocks, header=paragraph("眉"), section=section)


class TestSections:
    @pytest.mark.parametrize(("genre", "body", "wanted"), SECTIONS)
    def test_have_the_base_s_page_which_is_turned_where_the_plan_turns_it(
        self, genre: str, body: list[str], wanted: str, outline: Outline, tmp_path: Path
    ) -> None:
        file, _ = fill(outline, sectioned(body), tmp_path, genre=genre, templates=wide_genres(tmp_path))
        change, *more = xml(file).iter(f"{W}sectPrChange")
        assert more == []
        change.getparent().remove(change)
        assert ", ".join(map(self.described, change.getroottree().iter(f"{W}sectPr"))) == wanted
        assert {section.header.paragraphs[0].text for section in Document(file).sections} == {"眉"}

    @staticmethod
    def described(section: Any) -> str:
        """Return the way a page lies, and whether its section begins like the base's."""
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        found = tuple(size.get(f"{W}{name}") for name in ("w", "h", "orient"))
        edges = tuple(margins.get(f"{W}{name}") for name in ("top", "right", "bottom", "left"))
        lies = {
            ("11906", "16838", None): "portrait",
            ("16838", "11906", "landscape"): "landscape",
        }[found]
        assert (
            edges
            == {
                "portrait": ("2098", "1474", "1984", "1588"),
                "landscape": ("1588", "2098", "1474", "1984"),
            }[lies]
        )
        start = section.find(f"{W}pgNumType").get(f"{W}start")
        like_base = [section.find(f"{W}{name}") is not None for name in ("type", "titlePg")]
        assert like_base in ([True, True], [False, False])
        assert start == ("5" if like_base[0] else None)
        return f"{lies} first" if like_base[0] else lies


def changed(name: str, content: str | bytes | None, base: bytes = BASES["one run"]) -> bytes:
    """Return a base with one part replaced, or without it."""
    parts: dict[str, str | bytes] = {**parts_of(io.BytesIO(base))}
    parts.pop(name)
    return made.zipped(parts if content is None else {**parts, name: content})


def retyped(content_type: str) -> bytes:
    return changed(
        "[Content_Types].xml", re.sub(r"[^\"]*document\.main\+xml", content_type, made.CONTENT_TYPES), raw_base(PLAN)
    )


OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
STRICT: Final = ("schemas.openxmlformats.org/wordprocessingml/2006", "purl.oclc.org/ooxml/wordprocessingml")
DTD: Final = '<!DOCTYPE a [<!ENTITY b "c">]>'
BAD: Final[Mapping[str, tuple[bytes, str, str]]] = {
    "empty": (b"", "T020", "文件是空的"),
    "text": ("这是一段文字".encode(), "T020", "不是 Word 文档"),
    "pdf": (b"%PDF-1.7\n", "T020", "是 PDF 文件"),
    "picture": (b"\x89PNG\r\n", "T020", "是图片"),
    "rtf": (b"{\\rtf1 }", "T020", "是 RTF 文件"),
    "web page": (b"<html>", "T020", "是网页或 XML 文件"),
    "old Word": (OLE, "T020", ".doc 或 WPS 的 .wps"),
    "encrypted": (OLE + "EncryptedPackage".encode("utf-16-le"), "T020", "加了密码"),
    "macros": (retyped("application/vnd.ms-word.document.macroEnabled.main+xml"), "T020", "带宏的 Word 文档（.docm）"),
    "macros in disguise": (raw_base(PLAN, parts={"word/vbaProject.bin": b"x"}), "T020", "带宏的文档"),
    "template": (
        retyped("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        "T020",
        "Word 模板（.dotx）",
    ),
    "workbook": (
        retyped("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        "T020",
        "Excel 工作簿",
    ),
    "odt": (made.zipped({"mimetype": "x", "content.xml": "<a/>"}), "T020", "ODF 文档"),
    "ofd": (made.zipped({"OFD.xml": "<a/>"}), "T020", "OFD 文件"),
    "other zip": (made.zipped({"a.txt": "x"}), "T020", "压缩文件"),
    "strict": (changed(MAIN, made.document_part(PLAN).replace(*STRICT)), "T020", "Strict"),
    "dtd": (changed(MAIN, made.document_part(PLAN).replace("?>\n", f"?>{DTD}", 1)), "T020", "DTD"),
    "cut off": (BASES["one run"][:900], "T021", "打不开"),
    "no main part": (changed(MAIN, None), "T021", "没有正文"),
    "no body": (changed(MAIN, f"<w:document {made.NAMESPACES}/>"), "T021", "没有正文"),
    "broken xml": (changed(MAIN, "<w:document"), "T021", "word/document.xml 读不出来"),
    "broken styles": (changed("word/styles.xml", "<w:styles"), "T021", "word/styles.xml 读不出来"),
    "broken header": (changed("word/header1.xml", "<w:hdr", BASES["in header and footer"]), "T021", "word/header1.xml"),
    "bomb": (raw_base(PLAN, parts={"word/media/a.bin": bytes(20_000_000)}), "T022", "倍，不像 Word 文档"),
    "large": (raw_base(PLAN, parts={"word/media/a.bin": bytes(70_000_000)}), "T022", "超过 64 MB"),
    "large part": (changed(MAIN, "<" + "甲乙丙丁" * 1_500_000), "T022", "部件 word/document.xml"),
    "no room": (raw_base(PLAN, section=made.A4.replace("1588", "9000")), "T020", "没有地方排字"),
    "no plan": (raw_base(paragraph("{{ title }}")), "T023", "没有 {{ plan }} 这一段"),
    "two plans": (raw_base(PLAN, PLAN), "T023", "不止一处"),
    "plan in a table": (raw_base(made.table(PLAN)), "T023", "写在表格里"),
    "plan in a text box": (raw_base(paragraph(made.text_box(PLAN))), "T023", "写在文本框里"),
    "plan in a content control": (raw_base(made.CONTROL.format(PLAN)), "T023", "写在内容控件里"),
    "plan in a header": (python_docx_base(paragraph("x"), header=PLAN), "T023", "写在页眉里"),
    "plan in a sentence": (raw_base(paragraph("如下：{{ plan }}")), "T023", "还有别的文字"),
    "unknown field": (raw_base(PLAN, paragraph("关于{{ titel }}的通知")), "T024", "正文里有不认识的字段“titel”"),
    "unknown field in a header": (python_docx_base(PLAN, header=paragraph("{{ 标体 }}")), "T024", "页眉里"),
    "unknown field in a text box": (raw_base(PLAN, paragraph(made.text_box(paragraph("{{ x }}")))), "T024", "文本框里"),
    "no name": (raw_base(PLAN, paragraph("{{ }}")), "T024", "不认识的字段“”"),
    "not closed": (raw_base(PLAN, paragraph("关于{{ title 的通知")), "T025", "没有配对"),
    "half closed": (raw_base(PLAN, paragraph("关于{{ title }的通知")), "T025", "没有配对"),
    "full width": (raw_base(PLAN, paragraph("关于｛｛title}的通知")), "T025", "不是半角"),
}  # fmt: skip


OFFICIAL: Final = """\
official:
  copy_number: "000012"
  secrecy: 秘密★1年
  urgency: 加急
  organ_mark: 云川市教育局文件
  document_number: 云教〔2027〕3号
  signatories: [甲某, 乙某]
  recipients: [各县教育局, 局属各学校]
  signature: [云川市教育局, 云川市财政局]
  date: 2027-02-18
  note: 此件公开发布
  copies_to: [省教育厅, 市政府办公室]
  printed_by: 云川市教育局办公室
  printed_on: 2027-02-20
"""
AS_PRINTED: Final = {
    "copy_number": "000012",
    "secrecy": "秘密★1年",
    "urgency": "加急",
    "organ_mark": "云川市教育局文件",
    "document_number": "云教〔2027〕3号",
    "signatories": "甲某、乙某",
    "recipients": "各县教育局，局属各学校：",
    "signature": "云川市教育局、云川市财政局",
    "date": "2027年2月18日",
    "note": "（此件公开发布）",
    "copies_to": "抄送：省教育厅，市政府办公室。",
    "printed_by": "云川市教育局办公室",
    "printed_on": "2027年2月20日印发",
}


def official_outline(folder: Path, text: str = TEXT + OFFICIAL) -> Outline:
    (folder / "official.yaml").write_text(text, encoding="utf-8")
    return api.open_outline(folder / "official.yaml")[0]


class TestOfficialElements:
    def test_are_fields_and_then_not_printed_twice(self, plain: list[str], tmp_path: Path) -> None:
        base = python_docx_base(*(paragraph(f"{{{{ {name} }}}}") for name in AS_PRINTED), PLAN)
        file, _ = fill(official_outline(tmp_path), base, tmp_path)
        assert texts(file, MAIN) == [*AS_PRINTED.values(), *plain]

    def test_have_chinese_names_too(self, tmp_path: Path) -> None:
        base = python_docx_base(paragraph("{{ 发文字号 }}，{{ 成文日期 }}"), PLAN)
        file, _ = fill(official_outline(tmp_path), base, tmp_path)
        assert texts(file, MAIN)[0] == "云教〔2027〕3号，2027年2月18日"

    @pytest.mark.parametrize(
        ("field", "gone", "left"),
        [
            ("document_number", ["organ_mark", "copy_number"], ["recipients", "date", "note", "printed_by"]),
            ("recipients", ["recipients"], ["organ_mark", "date", "note", "copies_to"]),
            ("date", ["signature"], ["organ_mark", "recipients", "note", "copies_to"]),
            ("note", ["note"], ["organ_mark", "date", "copies_to"]),
            ("printed_on", ["copies_to", "printed_by"], ["organ_mark", "date", "note"]),
        ],
    )
    def test_the_base_has_no_field_for_are_printed_with_the_plan(
        self, field: str, gone: list[str], left: list[str], tmp_path: Path
    ) -> None:
        file, _ = fill(official_outline(tmp_path), python_docx_base(PLAN, paragraph(f"{{{{ {field} }}}}")), tmp_path)
        printed = "".join(texts(file, MAIN)[:-1])
        assert [name for name in gone if AS_PRINTED[name] in printed] == []
        assert [name for name in left if AS_PRINTED[name] not in printed] == []

    def test_that_would_be_lost_are_named(self, tmp_path: Path) -> None:
        base = python_docx_base(paragraph("{{ document_number }}{{ printed_by }}{{ printed_on }}"), PLAN)
        _, said = fill(official_outline(tmp_path), base, tmp_path)
        lost = [each for each in said if each.code == "T029"]
        named = [each.message.split("（")[0] for each in lost]
        assert named == ["copy_number", "secrecy", "urgency", "organ_mark", "signatories", "copies_to"]
        assert {each.severity for each in lost} == {Severity.WARNING}
        assert lost[-1].span is not None
        assert lost[-1].span.source.line(lost[-1].span.position[0]).startswith("  copies_to:")

    def test_that_the_base_says_without_a_field_are_not_lost(self, tmp_path: Path) -> None:
        text = "云川市教育局文件 {{ document_number }} 000012 秘密★1年 加急 甲某、乙某"
        _, said = fill(official_outline(tmp_path), python_docx_base(paragraph(text), PLAN), tmp_path)
        assert [each for each in said if each.code == "T029"] == []

    def test_of_a_letter_need_a_head_in_the_base(self, tmp_path: Path) -> None:
        elements = [line for line in OFFICIAL.splitlines(keepends=True) if "printed_" not in line]
        text = TEXT + "".join(elements).replace("  signatories: [甲某, 乙某]\n", "  head: letter\n")
        letter = official_outline(tmp_path, text)
        with pytest.raises(PlanError) as error:
            fill(letter, BASES["one run"], tmp_path)
        assert [each.code for each in error.value.diagnostics] == ["T028"]
        file, _ = fill(letter, python_docx_base(paragraph("{{ document_number }}"), PLAN), tmp_path)
        assert texts(file, MAIN)[0] == AS_PRINTED["document_number"]

    def test_of_the_last_page_stand_on_an_even_page_of_the_base(self, tmp_path: Path) -> None:
        style = (packaged_templates() / "style.yaml").read_text(encoding="utf-8")
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "style.yaml").write_text(re.sub(r"(own_page: *)否", r"\1是", style), encoding="utf-8")
        file, _ = fill(official_outline(tmp_path), BASES["one run"], tmp_path, templates=tmp_path / "own")
        first, last = xml(file).iter(f"{W}sectPr")
        assert first.find(f"{W}type") is None
        assert last.find(f"{W}type").get(f"{W}val") == "evenPage"


class TestBadBases:
    @pytest.mark.parametrize("name", BAD)
    def test_are_refused_with_the_reason(self, name: str, tmp_path: Path) -> None:
        content, code, message = BAD[name]
        (said,) = refused(content, tmp_path)
        assert said.code == code
        assert message in said.message
        assert said.hint
        assert said.span is not None
        assert said.span.source.name.endswith("本单位.docx")

    def test_say_where_a_field_is_and_what_was_meant(self, tmp_path: Path) -> None:
        (said,) = refused(raw_base(paragraph("第一段"), PLAN, paragraph("关于{{ titel }}的通知")), tmp_path)
        assert said.span is not None
        assert said.span.position == (3, 3)
        assert said.span.source.line(3) == "关于{{ titel }}的通知"
        assert said.hint == "是否想写 title？"

    def test_say_everything_at_once(self, tmp_path: Path) -> None:
        said = refused(raw_base(paragraph("{{ 标体 }}{{"), paragraph("{{ issue }}")), tmp_path)
        assert [each.code for each in said] == ["T023", "T024", "T025", "T024"]
        assert said[1].hint == "是否想写 标题？"

    def test_leave_the_document_that_was_there(self, tmp_path: Path) -> None:
        plan, base, old = tmp_path / "plan.yaml", tmp_path / "base.docx", tmp_path / "out" / "plan.docx"
        plan.write_text(TEXT, encoding="utf-8")
        base.write_bytes(BAD["no plan"][0])
        old.parent.mkdir()
        old.write_text("上次的", encoding="utf-8")
        with pytest.raises(PlanError):
            Batch([plan], ["docx"], tmp_path / "out", Choices(base=base))
        assert old.read_text(encoding="utf-8") == "上次的"
        assert [each.name for each in old.parent.iterdir()] == ["plan.docx"]

    def test_with_links_that_lead_nowhere_are_fine(self, outline: Outline, tmp_path: Path) -> None:
        links = parts_of(io.BytesIO(BASES["one run"]))["word/_rels/document.xml.rels"].decode()
        lost = '<Relationship Id="rId99" Type="http://x/image" Target="NULL"/></Relationships>'
        base = changed("word/_rels/document.xml.rels", links.replace("</Relationships>", lost))
        assert "第一段。" in texts(fill(outline, base, tmp_path)[0], MAIN)

    @given(data=st.data())
    @settings(max_examples=60)
    def test_that_are_damaged_never_end_in_a_traceback(
        self, data: st.DataObject, outline: Outline, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        content = bytearray(BASES["no styles at all"])
        for _ in range(data.draw(st.integers(1, 4))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        try:
            fill(outline, bytes(content[: data.draw(st.integers(0, len(content)))]), tmp_path_factory.mktemp("base"))
        except PlanError as error:
            assert error.diagnostics

    def test_do_not_go_with_numbers_that_word_counts(self, outline: Outline, tmp_path: Path) -> None:
        own = tmp_path / "own"
        (own / "genres").mkdir(parents=True)
        number = '{{ "<w:p><w:pPr><w:numPr><w:numId w:val=\\"1\\"/></w:numPr></w:pPr></w:p>"|safe }}'
        (own / "genres" / "work-plan.j2").write_text(number, encoding="utf-8")
        with pytest.raises(PlanError) as error:
            fill(outline, BASES["one run"], tmp_path, templates=own)
        assert [each.code for each in error.value.diagnostics] == ["T028"]

    def test_nor_do_templates_that_make_no_xml(self, outline: Outline, tmp_path: Path) -> None:
        own = tmp_path / "own"
        (own / "genres").mkdir(parents=True)
        (own / "genres" / "work-plan.j2").write_text("{{ '<w:p>'|safe }}", encoding="utf-8")
        with pytest.raises(PlanError) as error:
            fill(outline, BASES["one run"], tmp_path, templates=own)
        assert [each.code for each in error.value.diagnostics] == ["T005"]


def documents(folder: Path) -> dict[str, Path]:
    """Write a document made with a base to print."""
    base = python_docx_base(made.table(paragraph("单位"), paragraph("{{ issuer }}")), PLAN, paragraph("末段"))
    document = folder / "made.docx"
    document.write_bytes(fill(outline_in(folder), base, folder)[0].getvalue())
    return {"made": document}


def test_libreoffice_prints_the_whole_plan_and_the_base_around_it(
    printed: dict[str, Printed], plain: list[str]
) -> None:
    text = squeezed("".join(page.text for page in printed["made"].pages))
    for each in ["单位", "云川市教育局", *plain, "末段"]:
        assert squeezed(each) in text
