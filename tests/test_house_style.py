"""The house style: what an office may say of its own, as its file says it, in the document and on paper."""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pages import POINT, Area, Character, Printed, write_docx
from plangen.api import Press, open_outline
from plangen.diagnostics import PlanError
from plangen.render.choices import Choices
from plangen.render.house_style import read_house_style
from plangen.render.page import PageGeometry, geometry, misfits
from plangen.render.style import HouseStyle
from plangen.render.templates import packaged_templates

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PACKAGED: Final = packaged_templates() / "style.yaml"

TOP, BOTTOM, LEFT, RIGHT = 37.0, 262.0, 28.0, 184.0
"""The type area of the standard (§5.2.1), millimetres from the upper left corner of the paper."""

NEAR: Final = 0.5
"""What a page may be off, in millimetres."""

EXACT: Final = 0.11 * POINT
"""What a distance may be off: a PDF places lines to a tenth of a point."""

EM_RISE, EM_DROP = 0.88, 0.12
"""What of a character's square stands above and below its baseline, in sizes (Fandol)."""

WALL: Final = f"""\
title: 云川市2027年教育工作要点
year: 2027
opening: {"中" * (60 * 28 - 2)}
sections: [{{heading: 部分, tasks: [{{heading: 国国国国国国, text: 国国国国国国}}]}}]
"""
DIGITS: Final = f"""\
title: 云川市2027年教育工作要点
year: 2027
opening: {"中2027年“中”——" * 60}{"中" * 200}
sections: [{{heading: 部分}}]
"""
STYLES: Final = {
    "plain": "",
    "digits": "",
    "bold": "layers: [{font: 黑体}, {font: 楷体}, {font: 仿宋, run_in_bold: 是}, {font: 仿宋}, {font: 仿宋}]",
    "times": "body: {digits: Times New Roman}",
    "compensated": "paper: {margins: compensated}",
    "28 points": "paper: {line: 28}",
    "title": "title: {line: 35, blank_lines: 0}",
    "centred": "page_number: {position: center}",
    "form": "page_number: {form: 第1页, size: 12}",
}


def laid_over(folder: Path, *texts: str) -> HouseStyle:
    """Return the packaged house style with texts of an office laid over it."""
    files = []
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    return read_house_style(PACKAGED, files)


def page_of(folder: Path, text: str) -> PageGeometry:
    """Return the page of an office's style."""
    return geometry(laid_over(folder, text))


def part(folder: Path, style: str, name: str, plan: str = WALL) -> Any:
    """Return a part of the document of a plan in an office's style."""
    (folder / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "style.yaml").write_text(style, encoding="utf-8")
    docx = write_docx(folder / "plan.yaml", folder / "plan.docx", Choices(style=folder / "style.yaml"))
    with ZipFile(docx) as archive:
        return etree.fromstring(archive.read(name))


def style_named(styles: Any, name: str) -> Any:
    """Return a style by its id."""
    return next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == name)


def fonts_of(styles: Any, name: str) -> tuple[str, str, str]:
    """Return the fonts of a style for digits, for what may be either, and for Chinese."""
    (fonts,) = style_named(styles, name).iterfind(f"{W}rPr/{W}rFonts")
    return fonts.get(f"{W}ascii"), fonts.get(f"{W}hAnsi"), fonts.get(f"{W}eastAsia")


class TestDefaults:
    def test_every_value_says_where_it_comes_from(self) -> None:
        values = [line for line in PACKAGED.read_text(encoding="utf-8").splitlines() if re.match(r"  \w+: ", line)]
        inherited = {"fangsong", "kaiti", "heiti", "xiaobiaosong", "songti", "latin"}  # said of fonts as a whole
        without = [line for line in values if line.split(":")[0].strip() not in inherited and not strength(line)]
        assert len(values) > 25
        assert without == []

    def test_every_key_is_in_the_packaged_style(self) -> None:
        packaged = read_house_style(PACKAGED)
        for key in HouseStyle.KEYS:
            record = getattr(packaged, key.name)
            for each in () if isinstance(record, tuple) else record.KEYS:
                assert packaged.place.span(key.name, each.name) != packaged.place.span(key.name), each.name


def strength(line: str) -> bool:
    """Tell whether a line says how binding its value is: by a clause, by arithmetic from one, or by practice."""
    return bool(re.search(r"【[^】]*(?:(?:规定|一般|推荐|可以|推算) [0-9.]+|实务)[^】]*】", line))


class TestOverlay:
    def test_what_it_does_not_say_is_the_packaged_style_s(self, tmp_path: Path) -> None:
        packaged, own = read_house_style(PACKAGED), laid_over(tmp_path, "title: {size: 24}")
        assert own.title.size == Decimal(24)
        assert own.title.font == packaged.title.font
        assert (own.paper, own.fonts, own.body, own.layers) == (
            packaged.paper,
            packaged.fonts,
            packaged.body,
            packaged.layers,
        )

    def test_a_list_replaces_a_list(self, tmp_path: Path) -> None:
        assert laid_over(tmp_path, "fonts: {songti: [新宋体]}").fonts.songti == ("新宋体",)

    def test_the_last_one_wins_key_by_key(self, tmp_path: Path) -> None:
        own = laid_over(tmp_path, "title: {size: 24, characters: 16}", "标题: {字号: 26}")
        assert (own.title.size, own.title.characters) == (Decimal(26), 16)

    def test_a_whole_copy_of_the_packaged_style_changes_nothing(self, tmp_path: Path) -> None:
        assert laid_over(tmp_path, PACKAGED.read_text(encoding="utf-8")) == read_house_style(PACKAGED)

    def test_what_was_changed_can_be_changed_back(self, tmp_path: Path) -> None:
        own = laid_over(
            tmp_path,
            "paper: {line: 28, margins: 补偿}\ntitle: {line: 35}\nbody: {digits: Times New Roman}\n"
            "page_number: {position: 居中}\n",
            "paper: {line: 撑满, margins: 标准}\ntitle: {line: 同正文}\nbody: {digits: 同汉字}\n"
            "page_number: {position: 外侧}\n",
        )
        assert own == read_house_style(PACKAGED)

    def test_the_file_is_read_once_a_run(self, tmp_path: Path) -> None:
        style = tmp_path / "style.yaml"
        style.write_text("title: {size: 24}", encoding="utf-8")
        plan = tmp_path / "plan.yaml"
        plan.write_text(WALL, encoding="utf-8")
        press, built = Press(Choices(style=style)), open_outline(plan)[0]
        style.unlink()
        assert press.print(built, "docx", io.BytesIO()) == []

    def test_every_mistake_is_in_the_file_that_holds_it(self, tmp_path: Path) -> None:
        with pytest.raises(PlanError) as refused:
            laid_over(tmp_path, "body: {size: 大}", "body: {font: 仿}\npapre: {}")
        places = [(Path(d.span.source.name).name, d.span.position) for d in refused.value.diagnostics if d.span]
        assert sorted(places) == [("0.yaml", (1, 14)), ("1.yaml", (1, 14)), ("1.yaml", (2, 1))]


class TestArithmetic:
    def test_compensated_margins(self, tmp_path: Path) -> None:
        # 225 mm hold 22 characters of 16 points and 21 pitches less one character: (637.8 - 16) ÷ 21 = 29.61 points
        page = page_of(tmp_path, "paper: {margins: compensated}")
        assert page.line == 592
        assert page.lines == 22
        leading = page.line - 320
        assert page.top + leading / 2 == 2098
        assert page.height - page.bottom - leading / 2 == 2098 + 12756

    def test_their_footer_stays_where_it_is(self, tmp_path: Path) -> None:
        assert page_of(tmp_path, "paper: {margins: compensated}").footer == page_of(tmp_path, "paper: {}").footer

    @pytest.mark.parametrize(("points", "lines"), [("28.95", 22), ("28", 22), ("27.75", 22), ("27.7", 23), ("29", 21)])
    def test_how_many_lines_a_pitch_gives(self, tmp_path: Path, points: str, lines: int) -> None:
        (tmp_path / "0.yaml").write_text(f"paper: {{line: {points}, lines: {lines}}}", encoding="utf-8")
        style = read_house_style(PACKAGED, [tmp_path / "0.yaml"])
        assert geometry(style).lines == lines

    @given(
        lines=st.integers(1, 60),
        margins=st.sampled_from(["standard", "compensated"]),
        line=st.one_of(st.just("fill"), st.decimals("1", "60", places=2).map(str)),
        size=st.decimals("5", "40", places=1).map(str),
    )
    def test_what_is_not_refused_fits(
        self, tmp_path_factory: pytest.TempPathFactory, lines: int, margins: str, line: str, size: str
    ) -> None:
        text = (
            f"paper: {{lines: {lines}, margins: {margins}, line: {line}}}\nbody: {{size: {size}}}\ntitle: {{line: 40}}"
        )
        try:
            page = page_of(tmp_path_factory.mktemp("style"), text)
        except PlanError:
            return
        assert page.lines == lines
        assert page.line >= float(size) * 20 - 1
        assert min(page.top, page.bottom, page.footer) >= 0
        assert page.footer + 280 <= page.bottom
        first = page.top + (page.line - float(size) * 20) / 2
        last = first + (lines - 1) * page.line + float(size) * 20
        assert first >= 2098 - 1
        assert last <= 2098 + 12756 + 1

    def test_the_packaged_style_fits(self) -> None:
        style = read_house_style(PACKAGED)
        assert list(misfits(style, geometry(style))) == []


class TestDocument:
    def test_digits_in_times_new_roman_leave_quotes_and_dashes_chinese(self, tmp_path: Path) -> None:
        styles = part(tmp_path, STYLES["times"], "word/styles.xml")
        times = ("Times New Roman", "Times New Roman", "仿宋_GB2312")
        (default,) = styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        assert (default.get(f"{W}ascii"), default.get(f"{W}hAnsi"), default.get(f"{W}eastAsia")) == times
        assert {each.get(f"{W}hint") for each in styles.iter(f"{W}rFonts")} == {"eastAsia"}
        assert [fonts_of(styles, f"Heading{n}") for n in (3, 4, 5)] == [times] * 3
        for name, font in (("Heading1", "黑体"), ("Title", "方正小标宋简体"), ("Footer", "宋体")):
            assert fonts_of(styles, name) == (font, font, font)

    def test_the_page_number_is_songti_even_in_a_songti_text(self, tmp_path: Path) -> None:
        styles = part(tmp_path, "body: {font: 宋体, digits: Times New Roman}", "word/styles.xml")
        assert fonts_of(styles, "Footer") == ("宋体", "宋体", "宋体")

    def test_a_font_that_is_used_has_its_alternatives_declared(self, tmp_path: Path) -> None:
        table = part(tmp_path, STYLES["times"], "word/fontTable.xml")
        (times,) = (font for font in table if font.get(f"{W}name") == "Times New Roman")
        assert [child.get(f"{W}val") for child in times][:2] == ["Liberation Serif", "00"]
        table = part(tmp_path, STYLES["bold"], "word/fontTable.xml")
        assert "Times New Roman" not in {font.get(f"{W}name") for font in table}

    def test_digits_in_a_chinese_font_of_their_own(self, tmp_path: Path) -> None:
        styles = part(tmp_path, "body: {digits: 宋体}", "word/styles.xml")
        assert fonts_of(styles, "Heading3") == ("宋体", "宋体", "仿宋_GB2312")

    def test_bold_by_level(self, tmp_path: Path) -> None:
        text = (
            "layers: [{font: 黑体}, {font: 楷体, bold: 是}, {font: 仿宋, run_in_bold: 是}, {font: 仿宋}, {font: 仿宋}]"
        )
        styles = part(tmp_path, text, "word/styles.xml")
        bold = {s.get(f"{W}styleId") for s in styles.iter(f"{W}style") if s.find(f"{W}rPr/{W}b") is not None}
        assert bold == {"Heading2", "RunInHeading3"}

    def test_word_s_own_character_grid(self, tmp_path: Path) -> None:
        # LibreOffice sets only 14 characters a line on this grid, so that the document itself is looked at
        document = part(tmp_path, "paper: {grid: characters}", "word/document.xml")
        normal = style_named(part(tmp_path, "paper: {grid: characters}", "word/styles.xml"), "Normal")
        (grid,) = document.iter(f"{W}docGrid")
        # (156 mm ÷ 28 - 16 pt) × 4096, downwards: the characters of a line must not be wider than the type area
        assert [grid.get(f"{W}{name}") for name in ("type", "linePitch", "charSpace")] == [
            "linesAndChars",
            "579",
            "-849",
        ]
        assert [each.get(f"{W}val") for each in normal.iterfind(f"{W}rPr/{W}sz")] == [
            "32"
        ]  # what charSpace counts from
        assert normal.find(f"{W}rPr/{W}spacing") is None  # or the characters would be squeezed twice
        assert [each.get(f"{W}val") for each in normal.iterfind(f"{W}pPr/{W}snapToGrid")] in (["1"], [])

    @pytest.mark.parametrize(
        ("form", "texts"),
        [("— 1 —", ["— ", "1", " —"]), ("1", ["1"]), ("-1-", ["-", "1", "-"]), ("第1页", ["第", "1", "页"])],
    )
    def test_forms_of_page_numbers(self, tmp_path: Path, form: str, texts: list[str]) -> None:
        foot = part(tmp_path, f"page_number: {{form: '{form}'}}", "word/footer-even.xml")
        assert [text.text for text in foot.iter(f"{W}t")] == texts
        assert len(list(foot.iter(f"{W}fldChar"))) == 3

    def test_the_same_style_gives_the_same_bytes(self, tmp_path: Path) -> None:
        made = set()
        for folder in (tmp_path / "甲", tmp_path / "乙"):
            folder.mkdir()
            part(folder, "paper: {line: 28, margins: 补偿, lines: 23}\n" + STYLES["times"], "word/styles.xml")
            made.add((folder / "plan.docx").read_bytes())
        assert len(made) == 1


def documents(folder: Path) -> dict[str, Path]:
    """Write a plan in each style to print."""
    files = {}
    for number, (name, text) in enumerate(STYLES.items()):
        plan, style = folder / f"{number}.yaml", folder / f"style-{number}.yaml"
        plan.write_text(DIGITS if name in ("digits", "times") else WALL, encoding="utf-8")
        style.write_text(text or "title: {blank_lines: 1}", encoding="utf-8")
        files[name] = write_docx(plan, folder / f"{number}.docx", Choices(style=style))
    return files


class TestOnPaper:
    def test_times_new_roman_keeps_the_characters_of_a_line(self, printed: dict[str, Printed]) -> None:
        chinese, times = (
            [line for page in printed[name].pages for line in page.lines[:-1]] for name in ("digits", "times")
        )
        assert [line.text for line in times] == [line.text for line in chinese]
        assert [len(line.text) for line in times if set(line.text) == {"中"}][:-1] == [28] * 6
        fonts = {each.text: each.font for line in times[2:-1] for each in line.characters}
        assert "Serif" in fonts["2"] or "Times" in fonts["2"]
        assert fonts["中"] == fonts["“"] == fonts["”"] == fonts["—"] != fonts["2"]

    def test_compensated_margins_put_the_characters_on_the_edges_of_the_type_area(
        self, printed: dict[str, Printed]
    ) -> None:
        _, page, _ = printed["compensated"].pages
        assert [len(line.text) for line in page.lines] == [28] * 22
        gaps = [after.baseline - before.baseline for before, after in pairwise(page.lines)]
        assert gaps == pytest.approx([29.6 * POINT] * 21, abs=EXACT)
        top = page.lines[0].baseline - EM_RISE * 16 * POINT
        bottom = page.lines[-1].baseline + EM_DROP * 16 * POINT
        assert bottom - top == pytest.approx(BOTTOM - TOP, abs=0.1)  # 21 pitches in whole twips
        # LibreOffice sets the baseline of a line of an exact height four fifths down, lower than in its middle
        lower = (0.8 * 29.6 - EM_RISE * 16) - (29.6 - 16) / 2
        assert lower * POINT == pytest.approx(1, abs=0.05)
        assert top - lower * POINT == pytest.approx(TOP, abs=0.1)
        assert bottom - lower * POINT == pytest.approx(BOTTOM, abs=0.1)

    def test_compensated_margins_leave_the_page_number_where_it_was(self, printed: dict[str, Printed]) -> None:
        numbers = [printed[name].pages[0].foot[0] for name in ("plain", "compensated")]
        assert numbers[0].baseline == pytest.approx(numbers[1].baseline, abs=EXACT)
        assert numbers[0].right == pytest.approx(numbers[1].right, abs=EXACT)

    def test_a_pitch_of_28_points(self, printed: dict[str, Printed]) -> None:
        _, page, _ = printed["28 points"].pages
        assert [len(line.text) for line in page.lines] == [28] * 22
        gaps = [after.baseline - before.baseline for before, after in pairwise(page.lines)]
        assert gaps == pytest.approx([28 * POINT] * 21, abs=EXACT)
        assert page.lines[0].baseline == pytest.approx(TOP + 0.8 * 28 * POINT, abs=NEAR)

    def test_a_title_with_a_pitch_of_its_own(self, printed: dict[str, Printed]) -> None:
        title, first, second = printed["title"].pages[0].lines[:3]
        assert title.baseline == pytest.approx(TOP + 0.8 * 35 * POINT, abs=NEAR)
        assert first.baseline - title.baseline == pytest.approx((0.2 * 35 + 0.8 * 28.95) * POINT, abs=EXACT)
        assert second.baseline - first.baseline == pytest.approx(28.95 * POINT, abs=EXACT)

    def test_centred_page_numbers(self, printed: dict[str, Printed]) -> None:
        for number, page in enumerate(printed["centred"].pages, 1):
            (line,) = page.foot
            assert line.text == f"—{number}—"
            assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
            assert line.baseline == pytest.approx(printed["plain"].pages[0].foot[0].baseline, abs=EXACT)

    def test_page_numbers_of_another_form(self, printed: dict[str, Printed]) -> None:
        one_character = 12 * POINT
        for number, page in enumerate(printed["form"].pages, 1):
            (line,) = page.foot
            assert line.text == f"第{number}页"
            if number % 2:
                assert line.right == pytest.approx(RIGHT - one_character, abs=NEAR)
            else:
                assert line.left == pytest.approx(LEFT + one_character, abs=NEAR)

    def test_bold_run_in_headings(self, printed: dict[str, Printed]) -> None:
        def weight(name: str) -> float:
            document = printed[name]
            *_, line = document.pages[-1].lines
            assert line.text == "1.国国国国国国。国国国国国国"
            heading, text = line.characters[2:8], line.characters[9:15]
            page = len(document.pages)
            return blackness(document, page, heading) / blackness(document, page, text)

        assert weight("plain") == pytest.approx(1, rel=0.05)
        assert weight("bold") > 1.15


def width(text: str) -> float:
    """Return the width of text in characters: digits are half as wide."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def blackness(document: Printed, page: int, characters: Sequence[Character]) -> float:
    """Return how black characters of a page are."""
    first, last = characters[0], characters[-1]
    return document.blackness(page, Area(first.left, first.baseline - 5, last.right, first.baseline + 1))
