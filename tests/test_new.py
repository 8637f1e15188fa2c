"""New plans: every sample is right in every year and in both languages, and nothing that was there is lost."""

import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Final, Never

import pytest
import yaml

from language_server import SERVER, LanguageServer
from pages import ROOT
from plangen import api
from plangen.cli.new import KINDS
from plangen.cli.schema import schema_text
from plangen.drafting.samples import sample
from plangen.plan.model import Plan
from plangen.plan.schema import Record
from plangen.source.keys import LANGUAGES
from test_cli import Run, run
from test_schema import KEYS
from test_spelling import each_language, keys_of

__all__ = ["run"]  # the fixture

SAMPLES: Final = sorted((ROOT / "templates" / "samples").glob("*.yaml"))
YEARS: Final = (1999, 2027, 2028, 2199)
NAMES: Final = {key.name for _, key in KEYS} | {word for _, key in KEYS for word in key.kind.choices or {}}
TWINS: Final = {name: {key.twin for _, key in KEYS if key.name == name} for name in {key.name for _, key in KEYS}}

each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
@each_language
@pytest.mark.parametrize("year", YEARS)
def test_a_new_plan_has_nothing_wrong_but_the_place_to_fill_in(
    kind: str, language: str, year: int, run: Run, tmp_path: Path
) -> None:
    assert run("new", str(year), "--kind", kind, "--keys", language, "-o", "新计划.yaml")[0] == 0
    (found,) = api.check_plan(tmp_path / "新计划.yaml")
    assert (found.code, found.message[:2]) == ("L702", "“【")
    text = (tmp_path / "新计划.yaml").read_text(encoding="utf-8")
    assert "YYYY" not in text
    assert text.startswith("# yaml-language-server: $schema=plan.schema.json\n")
    assert api.load_plan(tmp_path / "新计划.yaml").year == year


@each_kind
def test_a_new_plan_is_the_same_in_both_languages(kind: str, tmp_path: Path) -> None:
    plans = []
    for language in LANGUAGES:
        text = sample(KINDS[kind], 2027, language)
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        plans.append(api.load_plan(tmp_path / "plan.yaml"))
    assert plans[0] == plans[1]


@each_kind
def test_a_new_plan_keeps_to_one_language(kind: str) -> None:
    for language in LANGUAGES:
        found = keys_of(yaml.safe_load(sample(KINDS[kind], 2027, language)))
        assert len(found) > 10
        assert [key for key in found if key.isascii() != (language == "en")] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_comments_of_a_sample_speak_of_keys_there_are(path: Path) -> None:
    mentioned = re.findall("“([a-z_-]+)”", path.read_text(encoding="utf-8"))
    assert len(mentioned) > 1
    for name in mentioned:
        assert name in NAMES
        assert len(TWINS.get(name, {name})) == 1, f"{name} has several twins: which is meant?"
    assert not re.search("“[a-z_-]+”", sample(path.stem, 2027, "zh"))


def test_each_kind_has_a_sample_and_each_sample_a_kind() -> None:
    assert sorted(KINDS.values()) == [path.stem for path in SAMPLES]


def said(plan: Plan) -> Counter[str]:
    """Return how often each key is used in a plan."""
    found: Counter[str] = Counter()

    def visit(record: Record) -> None:
        for key in record.KEYS:
            value = getattr(record, key.name)
            found[key.name] += value != key.default
            for below in value if isinstance(value, tuple) else (value,):
                if isinstance(below, Record) and value != key.default:
                    visit(below)

    visit(plan)
    return found


def test_each_kind_is_numbered_and_laid_out_its_own_way(tmp_path: Path) -> None:
    """And together they show most of what a plan may hold."""
    looks, shown = set(), Counter[str]()
    for name in KINDS.values():
        (tmp_path / "plan.yaml").write_text(sample(name, 2027, "en"), encoding="utf-8")
        plan = api.load_plan(tmp_path / "plan.yaml")
        looks.add(repr((plan.numbering, plan.layout)))
        shown += said(plan)
    assert len(looks) == len(KINDS)
    assert {"targets", "items", "id", "baseline", "owner_labels", "inline", "notice", "signature", "table"} <= set(
        shown
    )


@each_kind
@each_language
def test_a_new_plan_renders_at_once(kind: str, language: str, run: Run) -> None:
    run("new", "2027", "--kind", kind, "--keys", language)
    assert run("render", "2027.yaml") == (0, "build/2027.docx\nbuild/2027.md\n", "")


@each_kind
@each_language
def test_a_new_plan_is_tidy(kind: str, language: str, run: Run) -> None:
    run("new", "2027", "--kind", kind, "--keys", language)
    assert run("fmt", "--check", "2027.yaml")[0] == 0


def test_the_second_run_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("new", "2027")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert run("new", "2027", "--kind", "实施方案")[0] == 1
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs rights on Windows")
def test_a_link_that_leads_nowhere_is_something_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "2027.yaml").symlink_to(tmp_path / "在别处.yaml")
    assert "F013" in run("new", "2027")[2]
    assert not (tmp_path / "在别处.yaml").exists()


def test_the_schema_of_an_older_plangen_is_brought_up_to_date(run: Run, tmp_path: Path) -> None:
    schema = tmp_path / "plan.schema.json"
    schema.write_text("\n".join([*schema_text("plan").splitlines()[:3], "}\n"]), encoding="utf-8")
    assert run("new", "2027")[:2] == (0, "2027.yaml\nplan.schema.json\n")
    assert schema.read_text(encoding="utf-8") == schema_text("plan")


def test_a_schema_that_says_the_same_is_left_alone(run: Run, tmp_path: Path) -> None:
    schema = tmp_path / "plan.schema.json"
    schema.write_text(schema_text("plan"), encoding="utf-8", newline="\r\n")  # as git on Windows checks it out
    before = schema.read_bytes()
    assert run("new", "2027")[:2] == (0, "2027.yaml\n")
    assert schema.read_bytes() == before


def test_what_plangen_schema_writes_is_its_own(run: Run) -> None:
    run("schema", "-o", "plan.schema.json")
    assert run("new", "2027")[:2] == (0, "2027.yaml\n")


def denied(*_: object, **__: object) -> Never:
    raise PermissionError(13, "Permission denied")


def test_in_a_folder_one_may_not_write_to_nothing_is_begun(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Path, "mkdir", denied)
        code, printed, complaint = run("new", "2027", "-o", "共享/2027.yaml")
    assert (code, printed) == (1, "")
    assert "F005 写不进去" in complaint
    assert not (tmp_path / "共享").exists()


def test_a_plan_that_another_program_holds_open_stays_as_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("new", "2027")
    (tmp_path / "2027.yaml").write_text("title: 我的", encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", denied)
        code, printed, complaint = run("new", "2027", "--force")
    assert (code, printed) == (1, "")
    assert "2027.yaml: 错误 F005 写不进去" in complaint
    assert (tmp_path / "2027.yaml").read_text(encoding="utf-8") == "title: 我的"
    assert not list(tmp_path.glob("*.tmp"))


def test_a_schema_one_may_not_read_is_not_taken_for_plangens(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.schema.json").write_text("{}", encoding="utf-8")
    reading = Path.read_bytes
    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_bytes", lambda path: denied() if path.suffix == ".json" else reading(path))
        assert "plan.schema.json: 错误 F003" in run("new", "2027", "--force")[2]
    assert not (tmp_path / "2027.yaml").exists()


def test_a_folder_may_be_named_with_or_without_being_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "计划.yaml").mkdir()
    assert run("new", "2027", "-o", "计划.yaml")[1].splitlines()[0] == "计划.yaml/2027.yaml"
    assert run("new", "2027", "-o", "二〇二七年 计划")[1].splitlines()[0] == "二〇二七年 计划/2027.yaml"
    assert run("new", "2027", "-o", "计划.YML")[1].splitlines()[0] == "计划.YML"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("计划.yaml", "计划.yaml"),
        ("a/b-c.yaml", "a/b-c.yaml"),
        ("我的 计划.yaml", '"我的 计划.yaml"'),
        ("a&b.yaml", '"a&b.yaml"'),
        ("要点（初稿）.yaml", '"要点（初稿）.yaml"'),
    ],
)
def test_the_next_step_can_be_typed_as_it_is_shown(typed: str, shown: str, run: Run) -> None:
    assert run("new", "2027", "-o", typed)[2].endswith(f" plangen check {shown}\n")


@pytest.mark.parametrize(("kind", "language"), [*((kind, "zh") for kind in KINDS), ("实施方案", "en")])
def test_an_editor_has_nothing_against_a_new_plan(kind: str, language: str, run: Run, tmp_path: Path) -> None:
    """A mistake is added at the end: an editor that marks it and nothing else has found the schema and read it all."""
    if not shutil.which("node") or not SERVER.is_file():
        pytest.skip(f"needs node and npm's yaml-language-server at {SERVER}, where .ci/run installs it")
    run("new", "2027", "--kind", kind, "--keys", language, "-o", "教育局 计划/要点.yaml")
    plan = tmp_path / "教育局 计划" / "要点.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(f"{text}yaer: 2027\n", encoding="utf-8")
    with LanguageServer(plan) as server:
        marked = server.wait_for_complaints()
    assert [each["range"]["start"]["line"] for each in marked] == [text.count("\n")]
    assert "这里要写键和值，键只能是" in marked[0]["message"]
