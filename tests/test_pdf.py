"""PDF: LibreOffice is found, started, watched, ended; the same plan is the same file; missing fonts are named.

Scripts play LibreOffice, except in the last tests.
"""

import io
import os
import re
import shutil
import signal
import sys
import time
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from types import FrameType

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from base_documents import office_base, raw_base, zipped
from pages import measure, pymupdf, stand_in_fonts_missing
from plangen import api
from plangen.batch import Batch
from plangen.diagnostics import PlanError, Severity
from plangen.render import fonts, libreoffice
from plangen.render.choices import Choices
from plangen.render.pdf import reproducible
from plangen.render.templates import TemplateSet, packaged_templates

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the scripts are for a POSIX shell")

PLAN = "title: 云川市2027年教育工作要点\nyear: 2027\nopening: %s\nsections: [{heading: 部分, text: 正文。}]\n"
WRITES_PDF = 'printf "%%PDF-1.6 /BaseFont/BAAAAA+SimFang" > "$6/document.pdf"'
"""A script's sixth argument is the folder to write into."""

Play = Callable[[str], Path]


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Return a function that has a script play LibreOffice."""

    def named(script: str) -> Path:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(libreoffice.SOFFICE_VARIABLE, str(program))
        monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
        return tmp_path / "notes"

    return named


def printed(program: Path | None = None) -> bytes:
    return libreoffice.print_to_pdf(program or libreoffice.find(), b"a Word document", "工作要点")


def complaint(refused: pytest.ExceptionInfo[PlanError]) -> tuple[str, str]:
    (diagnostic,) = refused.value.diagnostics
    assert diagnostic.hint
    return diagnostic.code, diagnostic.message


class TestFindingIt:
    def test_on_the_path(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("soffice", "libreoffice"):
            monkeypatch.setenv("PATH", str(tmp_path))
            (tmp_path / name).touch(0o755)
            assert libreoffice.find() == tmp_path / name
            (tmp_path / name).unlink()

    def test_where_it_is_usually_installed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        monkeypatch.setattr(libreoffice, "_usual_folders", lambda: iter([tmp_path / "none", tmp_path]))
        (tmp_path / "soffice").touch(0o755)
        assert libreoffice.find() == tmp_path / "soffice"

    def test_nowhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        monkeypatch.setattr(libreoffice, "_usual_folders", lambda: iter(()))
        with pytest.raises(PlanError) as refused:
            libreoffice.find()
        assert complaint(refused) == ("P001", "没有找到 LibreOffice，排不出 PDF")
        assert "www.libreoffice.org" in refused.value.diagnostics[0].hint

    @pytest.mark.parametrize("path", ["", ".", "bin"])
    def test_never_in_the_current_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
        (tmp_path / "bin").mkdir()
        for folder in (tmp_path, tmp_path / "bin"):
            (folder / "soffice").touch(0o755)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", path)
        monkeypatch.setattr(libreoffice, "_usual_folders", lambda: iter(()))
        with pytest.raises(PlanError):
            libreoffice.find()

    def test_the_one_that_is_named_wins(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "mine").touch(0o755)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv(libreoffice.SOFFICE_VARIABLE, "mine")
        assert libreoffice.find() == tmp_path / "mine"


class TestStartingIt:
    def test_what_it_makes_is_returned(self, play: Play) -> None:
        play(f'printf "a Word document" | cmp -s - "$7" && {WRITES_PDF}')
        assert printed().startswith(b"%PDF-1.6")

    def test_each_start_has_a_profile_and_a_folder_of_its_own(self, play: Play) -> None:
        notes = play(f'echo "$@" >> "$NOTES"; {WRITES_PDF}')
        printed()
        printed()
        first, second = notes.read_text().splitlines()
        (profile, folder), *_ = re.findall(r"UserInstallation=file://(\S+) .*--outdir (\S+)", first)
        assert Path(profile).parent == Path(folder)
        assert folder not in second
        assert not Path(folder).exists()

    def test_a_fresh_profile_is_tried_once_more(self, play: Play) -> None:
        notes = play(f'echo >> "$NOTES"; [ -d "$6/seen" ] && {{ {WRITES_PDF}; exit; }}; mkdir "$6/seen"; exit 81')
        assert printed().startswith(b"%PDF")
        assert notes.read_text() == "\n\n"

    def test_but_only_once(self, play: Play) -> None:
        notes = play('echo >> "$NOTES"; exit 81')
        with pytest.raises(PlanError) as refused:
            printed()
        assert complaint(refused) == ("P002", "LibreOffice 没有排出《工作要点》：退出码 81")
        assert notes.read_text() == "\n\n"

    @pytest.mark.parametrize(
        ("script", "said"),
        [
            ("echo first; echo 'Unspecified Application Error' >&2; exit 77", "Unspecified Application Error"),
            ("kill -SEGV $$", "退出码 -11"),
            ("exit 0", "退出码 0"),
            ('echo "Error: $7 could not be loaded"', "Error: document.docx could not be loaded"),
            ("echo 'Warning: failed to launch javaldx' >&2; exit 3", "退出码 3"),
            (f"{WRITES_PDF}; exit 1", "退出码 1"),
            (r"printf 'no \377 text'; exit 1", "no \ufffd text"),
            ("yes | head -c 100000 | tr -d '\n'; exit 1", "y" * 200),
        ],
    )
    def test_when_it_fails_its_last_words_are_passed_on(self, play: Play, script: str, said: str) -> None:
        play(script)
        with pytest.raises(PlanError) as refused:
            printed()
        assert complaint(refused) == ("P002", f"LibreOffice 没有排出《工作要点》：{said}")

    def test_a_program_that_is_none(self, tmp_path: Path) -> None:
        program = tmp_path / "soffice"
        program.write_bytes(b"\x7fELF not really")
        program.chmod(0o755)
        with pytest.raises(PlanError) as refused:
            printed(program)
        code, message = complaint(refused)
        assert code == "P002"
        assert "启动不了" in message

    def test_the_time_zone_is_the_same_everywhere(self, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", "Asia/Shanghai")
        notes = play(f'echo "$TZ" > "$NOTES"; {WRITES_PDF}')
        printed()
        assert notes.read_text() == "UTC\n"


WORKS_ON_AND_ON = '(while :; do echo >> "$NOTES"; sleep 0.05; done) & wait'


def stands_still(notes: Path) -> bool:
    """Whether nobody writes notes any more."""
    before = notes.read_text()
    time.sleep(0.3)
    return bool(before) and notes.read_text() == before


class TestEndingIt:
    def test_it_may_not_take_for_ever(self, play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
        notes = play(WORKS_ON_AND_ON)
        monkeypatch.setattr(libreoffice, "TIME_LIMIT", 1.0)
        with pytest.raises(PlanError) as refused:
            printed()
        assert complaint(refused) == ("P003", "LibreOffice 1 秒没有排完《工作要点》，已经停掉")
        assert stands_still(notes)

    def test_it_ends_with_plangen(self, play: Play) -> None:
        def interrupt(_number: int, _frame: FrameType | None) -> None:
            raise KeyboardInterrupt

        notes = play(WORKS_ON_AND_ON)
        before = signal.signal(signal.SIGALRM, interrupt)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.5)
            with pytest.raises(KeyboardInterrupt):
                printed()
        finally:
            signal.signal(signal.SIGALRM, before)
        assert stands_still(notes)


def test_a_font_is_warned_of_once_however_many_plans_miss_it(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(WRITES_PDF)
    monkeypatch.setattr(fonts, "_families", dict)
    plans = [tmp_path / f"{name}.yaml" for name in ("甲", "乙", "丙")]
    for plan in plans:
        plan.write_text(PLAN % "开头。", encoding="utf-8")
    plans[1].write_text(PLAN.replace("text: 正文。", "sections: [{heading: 方面}]") % "开头。", encoding="utf-8")
    said = [each for outcome in Batch(plans, ["pdf"], tmp_path).run() for each in outcome.diagnostics]
    assert {(each.code, each.severity) for each in said} == {("P004", Severity.WARNING)}
    assert [each.message for each in said] == [
        "PDF 里用别的字体代替了：方正小标宋简体、仿宋_GB2312、黑体、宋体（用的是 SimFang）",
        "PDF 里用别的字体代替了：楷体_GB2312",
    ]


@pytest.mark.parametrize("made", [office_base, lambda: raw_base("<w:p><w:r><w:t>{{ plan }}</w:t></w:r></w:p>")])
def test_an_office_s_own_document_is_printed_too(play: Play, tmp_path: Path, made: Callable[[], bytes]) -> None:
    play(WRITES_PDF)
    base = tmp_path / "base.docx"
    base.write_bytes(made())
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN % "开头。", encoding="utf-8")
    printed_into = io.BytesIO()
    said = api.write_document(api.open_outline(plan)[0], "pdf", printed_into, Choices(base=base))
    assert printed_into.getvalue().startswith(b"%PDF")
    assert [each.message.split("：")[0] for each in said if each.code == "P004"] == ["PDF 里用别的字体代替了"]


class TestReproducible:
    INFO = b"/CreationDate(D:20270102030405Z')>>\ntrailer /ID [ <%b>\n<%b> ]\n/DocChecksum /%b\n"
    XMP = b"<xmp:CreateDate>2027-01-02T03:04:05Z</xmp:CreateDate>"

    def made(self, content: bytes, seconds: bytes, identifier: bytes) -> bytes:
        pdf = content + self.XMP + self.INFO % (identifier, identifier, identifier)
        return pdf.replace(b"05Z", seconds + b"Z")

    def test_the_same_document_is_the_same_file(self) -> None:
        once, again = self.made(b"x", b"05", b"0A" * 16), self.made(b"x", b"59", b"F3" * 16)
        assert reproducible(once) == reproducible(again)
        assert len(reproducible(once)) == len(once)
        assert b"(D:19800101000000Z')" in reproducible(once)
        assert b">1980-01-01T00:00:00Z<" in reproducible(once)

    def test_its_language_is_that_of_the_plan(self) -> None:
        assert reproducible(b"<</Lang(en-US)>>") == b"<</Lang(zh-CN)>>"

    def test_another_document_is_another_file(self) -> None:
        first, second = (reproducible(self.made(content, b"05", b"0A" * 16)) for content in (b"x", b"y"))
        identifiers = [re.findall(rb"[0-9A-F]{32}", pdf) for pdf in (first, second)]
        assert [len(each) for each in identifiers] == [3, 3]
        assert [len(set(each)) for each in identifiers] == [1, 1]
        assert identifiers[0] != identifiers[1]

    def test_nothing_else_changes(self) -> None:
        assert reproducible(b"<0123456789ABCDEF0123456789ABCDEF> 20270102030405") == (
            b"<0123456789ABCDEF0123456789ABCDEF> 20270102030405"
        )


class TestFonts:
    def test_of_a_pdf(self) -> None:
        pdf = b"<</BaseFont/BAAAAA+FandolSong-Bold\n/X>> <</BaseFont /SimSun>> <</BaseFont/#E4#BB#BF#E5#AE#8B>>"
        assert fonts.embedded(pdf) == ["FandolSong-Bold", "SimSun", "仿宋"]
        assert fonts.embedded(b"/BaseFont/" + "仿宋".encode("gb18030") + b" ") == ["仿宋"]

    def test_of_a_pdf_whose_objects_are_compressed(self) -> None:
        packed = zlib.compress(b"<</Type/Font/BaseFont/CAAAAA+SimHei>>")
        pdf = b"<</Type/ObjStm/Length 9/DecodeParms<</X 1>>/Filter/FlateDecode>>\nstream\r\n" + packed + b"\nendstream"
        assert fonts.embedded(pdf) == ["SimHei"]
        assert fonts.embedded(pdf.replace(packed, b"broken")) == []

    def test_of_a_word_document(self) -> None:
        document = docx.Document()
        styles = document.styles
        for name, ascii_font, chinese in (
            ("Normal", "Arial", "宋体"),
            ("Heading 1", "", "黑体"),
            ("Title", "", "隶书"),
        ):
            properties = styles[name].element.get_or_add_rPr()
            for old in properties.findall(qn("w:rFonts")):
                properties.remove(old)
            written = properties.makeelement(qn("w:rFonts"), {})
            written.set(qn("w:eastAsia"), chinese)
            if ascii_font:
                written.set(qn("w:ascii"), ascii_font)
            properties.append(written)
        document.add_heading("标题 1")
        document.add_paragraph("正文")
        document.add_paragraph("")
        direct = document.add_paragraph().add_run("(1)")
        direct.font.name = "Courier New"
        document.sections[0].footer.paragraphs[0].text = "页脚"
        made = io.BytesIO()
        document.save(made)
        assert fonts.used(made) == ["黑体", "Arial", "宋体", "Courier New"]

    def test_of_a_word_document_whose_parts_have_names_of_their_own(self) -> None:
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        run = f"<w:document {w}><w:p><w:r><w:t>字</w:t></w:r></w:p></w:document>"
        parts = {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/a/b.xml" ContentType="{word}.document.main+xml"/>'
            f'<Override PartName="/c.xml" ContentType="{word}.styles+xml"/></Types>',
            "a/b.xml": run,
            "c.xml": f"<w:styles {w}><w:docDefaults><w:rPrDefault><w:rPr>"
            '<w:rFonts w:eastAsia="隶书"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>',
        }
        assert fonts.used(io.BytesIO(zipped(parts))) == ["隶书"]
        without_styles = {"[Content_Types].xml": parts["[Content_Types].xml"].replace("styles", "x"), "a/b.xml": run}
        assert fonts.used(io.BytesIO(zipped(without_styles))) == []

    @pytest.mark.parametrize(
        ("held", "missing", "instead"),
        [
            (["FangSong_GB2312", "SimHei"], (), ()),
            (["STFangsong", "SimHei-Regular"], (), ()),  # an alternative is no replacement
            (["FandolFang-Regular", "SimHei"], ("仿宋_GB2312",), ("FandolFang-Regular",)),
            (["DejaVuSans"], ("仿宋_GB2312", "黑体"), ("DejaVuSans",)),
            ([], ("仿宋_GB2312", "黑体"), ()),
        ],
    )
    def test_that_are_replaced(
        self, monkeypatch: pytest.MonkeyPatch, held: list[str], missing: tuple[str, ...], instead: tuple[str, ...]
    ) -> None:
        monkeypatch.setattr(shutil, "which", lambda _name: None)
        wanted = [("仿宋_GB2312", "FangSong_GB2312", "STFangsong"), ("黑体", "SimHei")]
        assert fonts.replaced(wanted, held) == (missing, instead)

    def test_that_go_by_names_only_the_system_knows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        lister = tmp_path / "fc-list"
        lister.write_text("#!/bin/sh\nprintf 'FZFSK--GBK1-0\\t方正仿宋_GBK,FZFangSong-Z02\\n'", encoding="utf-8")
        lister.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        assert fonts.replaced([("方正仿宋_GBK",)], ["FZFSK--GBK1-0"]) == ((), ())
        lister.write_text("#!/bin/sh\nexit 1", encoding="utf-8")
        assert fonts.replaced([("方正仿宋_GBK",)], ["FZFSK--GBK1-0"]) == (("方正仿宋_GBK",), ("FZFSK--GBK1-0",))

    def test_the_house_style_knows_its_fonts_by_the_names_pdfs_use(self) -> None:
        alternatives = TemplateSet().house_style.alternatives
        for role, name in (
            ("fangsong", "FangSong_GB2312"),
            ("kaiti", "KaiTi_GB2312"),
            ("heiti", "SimHei"),
            ("xiaobiaosong", "FZXBSJW--GB1-0"),
            ("songti", "SimSun"),
        ):
            assert name in alternatives(role)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_itself(tmp_path: Path) -> None:
    """Word's character grid is asked for, which LibreOffice 7.4 sets with 14 characters a line."""
    style = (packaged_templates() / "style.yaml").read_text(encoding="utf-8")
    (tmp_path / "style.yaml").write_text(style.replace("grid: lines ", "grid: characters "), encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN % ("中" * (40 * 28 - 2)), encoding="utf-8")
    outline, _ = api.open_outline(plan)
    made = [io.BytesIO(), io.BytesIO()]
    said = [api.write_document(outline, "pdf", file, Choices(templates=tmp_path)) for file in made]
    assert made[0].getvalue() == made[1].getvalue()
    assert said[0] == said[1]
    assert {each.code for each in said[0]} <= {"P004"}
    (tmp_path / "plan.pdf").write_bytes(made[0].getvalue())
    if missing := stand_in_fonts_missing(["仿宋_GB2312", "方正小标宋简体"]):
        pytest.skip(f"fontconfig has no Fandol stand-in for {'、'.join(missing)}")
    first, second = measure(tmp_path / "plan.pdf")
    assert [len(line.text) for line in first.lines] == [14, 26, *[28] * 19]
    assert [len(line.text) for line in second.lines] == [*[28] * 20, 4, 3]
    gaps = [after.baseline - before.baseline for before, after in pairwise(second.lines)]
    assert gaps == pytest.approx([28.95 * 25.4 / 72] * 21, abs=0.05)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_fetches_nothing_a_document_links_to(tmp_path: Path) -> None:
    picture = tmp_path / "picture.png"
    pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 8, 8), False).save(picture)
    document = docx.Document()
    for _ in range(2):
        document.add_paragraph().add_run().add_picture(str(picture))
    # the first picture becomes a link to the file, the second stays in the document
    linked, *_ = document.element.body.iter(qn("a:blip"))
    del linked.attrib[qn("r:embed")]
    linked.set(qn("r:link"), document.part.relate_to(picture.as_uri(), RELATIONSHIP_TYPE.IMAGE, is_external=True))
    made = io.BytesIO()
    document.save(made)
    pdf = libreoffice.print_to_pdf(libreoffice.find(), made.getvalue(), "工作要点")
    with pymupdf.open(stream=pdf) as opened:
        assert len(opened[0].get_image_info()) == 1
