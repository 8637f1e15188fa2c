"""Official documents on paper: every row of the report of `geometry.py` holds."""

import shutil
from collections import Counter
from zipfile import ZipFile

import pytest
from lxml import etree

from geometry import DOCUMENTS, FLOATING_TABLES, Measured, libreoffice, measure_all, report
from pages import EXAMPLES, Printed, print_all, stand_in_fonts_missing
from plangen import api
from plangen.render.choices import Choices
from plangen.render.docx import DocxWriter
from plangen.render.templates import TemplateSet

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")

FONTS = ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体")


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Print the example plans as the official documents they are."""
    folder = tmp_path_factory.mktemp("examples")
    documents = {}
    for plan in EXAMPLES:
        documents[plan.stem] = folder / f"{plan.stem}.docx"
        outline, _ = api.open_outline(plan)
        with documents[plan.stem].open("wb") as file:
            DocxWriter(TemplateSet(), Choices(), for_libreoffice=True).write(outline, outline.genre, file)
    return print_all(documents, folder)


@pytest.mark.parametrize("name", [plan.stem for plan in EXAMPLES])
def test_nothing_is_lost_on_the_way_from_word_to_paper(examples: dict[str, Printed], name: str) -> None:
    document = examples[name]
    with ZipFile(document.docx) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    written = Counter("".join("".join(text.text or "" for text in body.iter("{*}t")).split()))
    on_paper = Counter("".join(line.text for page in document.pages for line in (*page.lines, *page.foot)))
    assert written - on_paper == Counter()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Measured]:
    missing = stand_in_fonts_missing(FONTS)
    if missing:
        pytest.skip(f"fontconfig has no Fandol stand-in for {'、'.join(missing)}")
    return measure_all(tmp_path_factory.mktemp("geometry"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_element_stands_where_the_standard_wants_it(rows: list[Measured], name: str) -> None:
    of_this = [row for row in rows if row.document == name]
    assert of_this
    assert list(report([row for row in of_this if not row.holds])) == []


def test_a_row_that_does_not_hold_is_marked() -> None:
    wrong = Measured("通知", "7.2.4", "标志上边缘距版心", 72, 73.5)
    assert not wrong.holds
    assert next(report([wrong])).endswith("+1.50\t✗")
    assert not Measured("通知", "5.2.3", "满行字数", 28, 27, 0).holds


def test_the_imprint_lies_on_the_bottom_of_the_type_area(rows: list[Measured]) -> None:
    if libreoffice() < FLOATING_TABLES:
        pytest.skip(f"LibreOffice {libreoffice()} does not float tables as wide as the type area")
    assert [row for row in rows if row.element == "末条分隔线与版心下边缘重合"]
