"""Editor help: the JSON Schema agrees with plangen about what is right, and a real language server makes use of it."""

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from case_files import read_case
from docs_commands import blocks, whole_plan
from language_server import SERVER, LanguageServer
from pages import ACCEPTANCE, EXAMPLES, ROOT
from plangen import api, config
from plangen.cli.schema import schema_text
from plangen.plan.schema import Kind
from plangen.render import style
from strategies import PLANS, Typed, as_yaml
from test_schema import KEYS

COMMITTED: Final = ROOT / "docs" / "plan.schema.json"
SCHEMAS: Final = {name: json.loads(schema_text(name)) for name in ("plan", "style", "config")}

CANNOT_SAY: Final = {
    "bad-dates": "whether the calendar has a day (that 春节后 is none is said)",
    "control-character-only": "a character an editor does not let one type",
    "duplicate-key": "that a key is there twice; the parsers of editors say it themselves",
    "title-lines": "that two values add up to the same text",
    "two-paragraphs-in-one-line": "a blank line, but by a pattern whose message no drafter would understand",
}
"""The cases of tests/cases/format that a schema lets pass, wholly or in part, and what it cannot say."""

LET_PASS: Final = frozenset(CANNOT_SAY) - {"bad-dates"}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as an editor does, to whom, as in YAML 1.2, days are texts."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_editors_read(text: str) -> Any:
    """Return the value of a YAML text as an editor takes it."""
    return yaml.load(text, EditorLoader)


def complaints(schema: str, value: Any) -> list[str]:
    """Return what the schema says against a value."""
    return [
        f"{error.json_path}: {error.message[:200]}" for error in Draft7Validator(SCHEMAS[schema]).iter_errors(value)
    ]


def right_plans(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield all plans the project has that plangen finds no error in: examples, acceptance, the manual, the cases."""
    for path in (*EXAMPLES, *ACCEPTANCE):
        yield path.name, path.read_text(encoding="utf-8")
    for block in blocks(ROOT / "docs" / "manual.md"):
        if block.is_plan and not block.file:
            yield block.place, whole_plan(block)
    for path in ROOT.glob("tests/cases/*/*.case"):
        for part in read_case(path).given:
            if part.name.endswith(".yaml") and not part.options:
                plan = folder / "plan.yaml"
                plan.write_text(part.text, encoding="utf-8")
                if not any(each.severity.name == "ERROR" for each in api.check_plan(plan)):
                    yield f"{path.stem}: {part.name}", part.text


def test_what_plangen_accepts_is_not_marked_wrong(tmp_path: Path) -> None:
    plans = dict(right_plans(tmp_path))
    assert len(plans) > 100
    said = {name: complaints("plan", as_editors_read(text)) for name, text in plans.items()}
    assert {name: found for name, found in said.items() if found} == {}


@settings(max_examples=30)
@given(PLANS)
def test_no_random_plan_is_marked_wrong(plan: Typed) -> None:
    assert complaints("plan", as_editors_read(as_yaml(plan))) == []


WRONG: Final = sorted((ROOT / "tests" / "cases" / "format").glob("*.case"))


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_what_plangen_refuses_is_refused_as_far_as_a_schema_can_say_it(path: Path) -> None:
    case = read_case(path)
    said = complaints("plan", as_editors_read(case.given[0].text))
    assert bool(said) == (bool(case.exit_code) and path.stem not in LET_PASS)


def test_no_case_is_excused_that_does_not_exist() -> None:
    assert {path.stem for path in WRONG} >= CANNOT_SAY.keys()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_are_schemas(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def test_the_committed_schema_is_that_of_the_model(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--accept"):
        COMMITTED.write_text(schema_text("plan"), encoding="utf-8", newline="\n")
    assert COMMITTED.read_text(encoding="utf-8") == schema_text("plan"), "pytest --accept writes it anew"


def test_a_style_says_only_what_differs() -> None:
    whole = (ROOT / "templates" / "style.yaml").read_text(encoding="utf-8")
    assert complaints("style", as_editors_read(whole)) == []
    assert complaints("style", as_editors_read("正文: {字号: 15}\npaper: {line: fill}\n")) == []
    assert complaints("style", as_editors_read("正文: {字号: 150}\n")) != []
    assert complaints("style", as_editors_read("paper: {line: full}\n")) != []
    assert complaints("style", as_editors_read("layers: [{bold: true}]\n")) != []


def test_a_config_is_described_too() -> None:
    assert complaints("config", tomllib.loads('"格式" = ["docx", "pdf"]\noutput = "build"\n')) == []
    assert complaints("config", tomllib.loads('formats = ["doc"]\n')) != []


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("year: 2027", True),
        ('year: "2027"', True),
        ("year: 1900", True),
        ("year: 1899", False),
        ("year: 20277", False),
        ("issuer: 27", True),
        ("title_lines: [1.5, true]", True),
        ("issuer: [甲]", False),
        ("标题: 甲\ntitle: 甲", False),
        ("official: {sealed: 是}", True),
        ("official: {sealed: true}", True),
        ("official: {sealed: yes}", True),
        ("official: {sealed: 1}", False),
        ("official: {date: 2027-02-18, copy_number: 000012}", True),
        ("official: {date: 2027年2月18日, 发文字号: 云教〔2027〕3号}", True),
        ("official: {发文字号: 云教〔2027〕03号}", False),
        ("targets: [{indicator: 甲, goal: 90, id: 学位-1}]", True),
        ("targets: [{indicator: 甲, goal: 全覆盖}]", False),
        ("targets: [{indicator: 甲, goal: 90, id: a.b}]", False),
        ("targets: [{indicator: 甲, goal: 90, id: -a}]", False),
        ("opening:", True),
        ("attachments: [{title: 甲}]", False),
    ],
)
def test_values_as_drafters_type_them(written: str, right: bool) -> None:
    said = as_editors_read(written)
    whole = {"title": "甲", "year": 2027, "sections": [{"heading": "甲"}]}
    assert (complaints("plan", whole | said) == []) == right


KINDS: Final = {
    (kind.name, kind.hint): kind
    for kind in [
        *(key.kind for _, key in KEYS),
        *(kind for module in (style, config) for kind in vars(module).values() if isinstance(kind, Kind)),
    ]
}


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.choices], ids=lambda kind: kind.name)
def test_every_choice_a_kind_has_is_one_it_accepts(kind: Kind) -> None:
    assert kind.parse is not None
    for word in kind.choices or ():
        kind.parse((word,) if kind.shape == "texts" else word)


def patterns_of(schema: Any) -> Iterator[tuple[str, str]]:
    """Yield every pattern of a schema with what is said of a text that does not match it."""
    if isinstance(schema, dict):
        if "patternErrorMessage" in schema:
            yield schema["pattern"], schema["patternErrorMessage"]
        schema = list(schema.values())
    for below in schema if isinstance(schema, list) else ():
        yield from patterns_of(below)


PATTERNS: Final = {
    hint: {pattern for pattern, said in patterns_of(SCHEMAS) if said == hint} for _, hint in patterns_of(SCHEMAS)
}
"""The patterns of the schemas, by what is said of a text that does not match."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.bounds], ids=lambda kind: kind.hint)
def test_the_bounds_of_a_kind_are_those_it_keeps(kind: Kind) -> None:
    assert kind.parse is not None
    assert kind.bounds is not None
    kind.parse(str(kind.bounds.largest))
    for beyond in (kind.bounds.least - 1, kind.bounds.largest + 1):
        with pytest.raises(ValueError, match="“"):
            kind.parse(str(beyond))


@settings(max_examples=60)
@given(st.data())
def test_a_text_that_plangen_accepts_matches_the_pattern_of_the_schema(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([kind for kind in KINDS.values() if kind.pattern]))
    assert kind.pattern is not None  # for the type checker
    written = data.draw(st.from_regex(kind.pattern, fullmatch=True).map(str.strip).filter(bool))
    assume(not re.search(r"(?![0-9０-９])\d", written))  # digits nobody types in Chinese, which ECMAScript cannot name
    assert kind.parse is not None
    try:
        kind.parse(written)
    except ValueError:
        return
    assert all(re.search(pattern, written) for pattern in PATTERNS[kind.hint])


def test_patterns_are_what_python_and_ecmascript_read_alike() -> None:
    found = [pattern for patterns in PATTERNS.values() for pattern in patterns]
    assert len(found) > 5
    assert [pattern for pattern in found if re.search(r"\\[wWdD]|\(\?P", pattern)] == []


class TestInAnEditor:
    """The real yaml-language-server, which VS Code and other editors ask."""

    PLAN: Final = """\
# yaml-language-server: $schema=plan.schema.json
title: 云川市2027年教育工作要点
year: 2027
sections:
  - heading: 促进教育公平
    tasks:
      - heading: 扩大学位供给
        id: 学位-1

      - txet: 新增学位3000个。
official: {密级: 保密, 成文日期: 2027-02-18}
""".replace("\n\n", f"\n{' ' * 8}\n")
    """A plan in which a drafter is about to type a key of a task, and has made two mistakes."""

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
        if not shutil.which("node") or not SERVER.is_file():
            pytest.skip(f"needs node and npm's yaml-language-server at {SERVER}, where .ci/run installs it")
        folder = tmp_path_factory.mktemp("editor")
        shutil.copy(COMMITTED, folder / "plan.schema.json")
        (folder / "计划.yaml").write_text(cls.PLAN, encoding="utf-8")
        with LanguageServer(folder / "计划.yaml") as server:
            yield server

    def test_keys_are_offered_in_both_languages_with_what_they_mean(self, server: LanguageServer) -> None:
        offered = {each["label"]: each for each in server.completions(line=8, column=8)}
        assert {"text", "正文", "targets", "指标", "lead", "牵头", "due", "时限"} <= offered.keys()
        assert "heading" not in offered
        assert "任务的正文" in str(offered["text"]["documentation"])
        assert offered["正文"]["insertText"].startswith("正文:")
        assert "牵头: ${" in offered["标题、正文、牵头、时限"]["insertText"]

    def test_keys_of_an_official_document_are_offered(self, server: LanguageServer) -> None:
        assert {"发文字号", "copies_to"} <= {each["label"] for each in server.completions(line=10, column=11)}

    def test_mistakes_are_marked_where_they_are_and_explained_in_chinese(self, server: LanguageServer) -> None:
        marked = {
            (each["range"]["start"]["line"], each["range"]["start"]["character"]): each["message"]
            for each in reversed(server.wait_for_complaints())
        }
        assert marked.keys() == {(9, 8), (10, 15)}
        assert marked[9, 8].startswith("这里要写键和值，键只能是：heading、text、items")
        assert marked[10, 15].startswith("写成 秘密、机密★1年")
