"""Templates: one vocabulary for all formats, an office's own folder, and the cache of compiled templates."""

import io
import re
from pathlib import Path

import pytest

from plangen import api
from plangen.diagnostics import PlanError
from plangen.outline.model import Outline
from plangen.render.cache import CACHE_VARIABLE
from plangen.render.choices import Choices
from plangen.render.formats import FORMATS
from plangen.render.templates import TemplateSet, copy_templates, packaged_templates

PLANS = Path(__file__).parents[1] / "plans"
MACRO = re.compile(r"\{%-?\s*macro\s+([a-z]\w*)\(([^)]*)\)")


@pytest.fixture
def outline() -> Outline:
    return api.make_outline(api.load_plan(PLANS / "2027.yaml"))


def rendered(outline: Outline, format_name: str, templates: Path | None = None) -> bytes:
    file = io.BytesIO()
    api.write_document(outline, format_name, file, Choices("work-plan", templates))
    return file.getvalue()


def test_every_format_supplies_the_same_vocabulary() -> None:
    blocks = sorted(packaged_templates().glob("formats/*/blocks.j2"))
    vocabularies = {path.parent.name: MACRO.findall(path.read_text(encoding="utf-8")) for path in blocks}
    assert vocabularies.keys() == {"docx", "markdown"}  # a workbook is a table and nothing else
    first = next(iter(vocabularies.values()))
    assert {name for name, _ in first} >= {"title", "heading", "paragraph"}
    for vocabulary in vocabularies.values():
        assert vocabulary == first


def test_a_format_there_is_not_is_refused(outline: Outline) -> None:
    with pytest.raises(ValueError, match="'pdf'"):
        rendered(outline, "pdf")


def test_genres_know_no_format() -> None:
    for genre in packaged_templates().glob("genres/*.j2"):
        text = genre.read_text(encoding="utf-8")
        assert "<w:" not in text
        assert "markdown" not in text.lower()


class TestOwnFolder:
    def test_a_copy_renders_the_same(self, outline: Outline, tmp_path: Path) -> None:
        copied = list(copy_templates(tmp_path / "own"))
        assert tmp_path / "own" / "style.yaml" in copied
        for format_name in FORMATS:
            assert rendered(outline, format_name, tmp_path / "own") == rendered(outline, format_name)

    def test_copying_never_overwrites(self, tmp_path: Path) -> None:
        (tmp_path / "style.yaml").write_text("我的", encoding="utf-8")
        with pytest.raises(PlanError) as refused:
            list(copy_templates(tmp_path))
        assert [d.code for d in refused.value.diagnostics] == ["F005"]
        assert (tmp_path / "style.yaml").read_text(encoding="utf-8") == "我的"
        assert [path.name for path in tmp_path.iterdir()] == ["style.yaml"]

    def test_one_own_file_wins_and_the_rest_are_packaged(self, outline: Outline, tmp_path: Path) -> None:
        (tmp_path / "genres").mkdir()
        (tmp_path / "genres" / "work-plan.j2").write_text("本单位的{{ outline.year }}", encoding="utf-8")
        assert rendered(outline, "md", tmp_path) == "本单位的2027\n".encode()
        names = TemplateSet(tmp_path).names()
        assert names["genres/work-plan.j2"] == tmp_path / "genres" / "work-plan.j2"
        assert names["style.yaml"] == packaged_templates() / "style.yaml"

    def test_text_is_escaped_whatever_the_template(self, tmp_path: Path) -> None:
        plan = tmp_path / "plan.yaml"
        plan.write_text("title: 甲<乙>&丙*丁\nyear: 2027\nsections: [{heading: 戊}]\n", encoding="utf-8")
        (tmp_path / "genres").mkdir()
        (tmp_path / "genres" / "work-plan.j2").write_text("{{ outline.title }}", encoding="utf-8")
        outline = api.make_outline(api.load_plan(plan))
        assert "甲&lt;乙&gt;&amp;丙*丁" in rendered(outline, "docx", tmp_path).decode("utf-8", errors="ignore")
        assert rendered(outline, "md", tmp_path) == "甲<乙>&丙\\*丁\n".encode()

    @pytest.mark.parametrize(
        "attempt",
        [
            "{{ outline.__class__.__base__.__subclasses__() }}",
            "{{ outline._replace.__globals__ }}",
            "{% set outline.title = '改' %}",
            "{{ ''.__class__ }}",
            "{{ range(10**9)|list|length }}",
            "{% include '/etc/passwd' %}",
            "{% include '../../etc/passwd' %}",
            '{{ "{0.__class__.__init__.__globals__}"|attr("format")(outline) }}',
        ],
    )
    def test_templates_cannot_act(self, outline: Outline, tmp_path: Path, attempt: str) -> None:
        (tmp_path / "genres").mkdir()
        (tmp_path / "genres" / "work-plan.j2").write_text(attempt, encoding="utf-8")
        with pytest.raises(PlanError):
            rendered(outline, "md", tmp_path)

    @pytest.mark.parametrize(
        "attempt", ["style.KEYS", "style.place", "style.font('__doc__')", "style.misfits", "style.__dict__"]
    )
    def test_templates_see_of_the_house_style_only_what_it_says(
        self, outline: Outline, tmp_path: Path, attempt: str
    ) -> None:
        (tmp_path / "genres").mkdir()
        (tmp_path / "genres" / "work-plan.j2").write_text(f"{{{{ {attempt} }}}}", encoding="utf-8")
        with pytest.raises(PlanError):
            rendered(outline, "docx", tmp_path)

    def test_what_editors_and_systems_leave_there_is_no_part_and_no_genre(
        self, outline: Outline, tmp_path: Path
    ) -> None:
        own = tmp_path / "own"
        list(copy_templates(own))
        for name in (".DS_Store", "._styles.xml", "styles.xml.bak", "Thumbs.db"):
            (own / "formats" / "docx" / "package" / "word" / name).write_bytes(b"\xff\xfe")
        (own / "genres" / "work-plan.j2~").write_bytes(b"\xff")
        assert rendered(outline, "docx", own) == rendered(outline, "docx")
        with pytest.raises(PlanError):
            TemplateSet(own).find_genre("work-plan.j2")


class TestCache:
    def test_it_changes_nothing(self, outline: Outline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, "")
        without = [rendered(outline, format_name) for format_name in FORMATS]
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
        filling = [rendered(outline, format_name) for format_name in FORMATS]
        assert list(tmp_path.iterdir())
        using = [rendered(outline, format_name) for format_name in FORMATS]
        assert without == filling == using

    def test_a_changed_template_is_compiled_again(self, outline: Outline, tmp_path: Path) -> None:
        genre = tmp_path / "genres" / "work-plan.j2"
        genre.parent.mkdir()
        for text in ("一", "二"):
            genre.write_text(text, encoding="utf-8")
            assert rendered(outline, "md", tmp_path) == f"{text}\n".encode()

    @pytest.mark.parametrize("damage", [b"", b"j2", b"not a cache at all", b"\x80\x04cos\nsystem\n."])
    def test_a_damaged_entry_is_no_reason_to_fail(
        self, outline: Outline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes
    ) -> None:
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
        before = rendered(outline, "md")
        for entry in tmp_path.iterdir():
            content = entry.read_bytes()
            entry.write_bytes(content[:20] + damage)
        assert rendered(outline, "md") == before

    def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(
        self, outline: Outline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "file" / "cache"))
        assert rendered(outline, "md")
