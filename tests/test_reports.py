"""What was found, as people and programs read it: every rendering says the same, whatever the texts hold."""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import indent
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language_server import NODE_MODULES
from plangen import api
from plangen.cli.check import _FORMATS
from plangen.diagnostics import Diagnostic, Fix, Related, Severity, Source, Span, in_file_order, whole_file
from plangen.diagnostics.catalogue import CATALOGUE, Entry
from plangen.diagnostics.concise import render_concise
from plangen.diagnostics.github import render_github
from plangen.diagnostics.json_report import render_json
from plangen.diagnostics.junit import render_junit
from plangen.diagnostics.pages import overview
from plangen.diagnostics.reports import REPORTS
from plangen.diagnostics.sarif import render_sarif
from plangen.diagnostics.text import display_width, printable, render_text

SARIF_SCHEMA = NODE_MODULES / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
SOURCE = Source("plan.yaml", "title: 云川市\ntext: 平米，平方米\n")
COMMA = Span(SOURCE, 19, 20)
FULL = Diagnostic(
    "Y019",
    "用了两种写法",
    COMMA,
    "只用一种",
    Severity.WARNING,
    (Related(Span(SOURCE, 7, 10), "第一次写在这里"),),
    Fix(COMMA, "、"),
)


class TestText:
    def test_other_places_are_said_below(self) -> None:
        assert render_text(FULL).splitlines() == [
            "plan.yaml:2:9: 警告 Y019 用了两种写法",
            " 2 | text: 平米，平方米",
            "   |           ^^",
            "plan.yaml:1:8: 第一次写在这里",
            "   = 提示：只用一种",
        ]

    @pytest.mark.parametrize("severity", Severity)
    def test_colour_changes_nothing_but_the_colour(self, severity: Severity) -> None:
        diagnostic = FULL._replace(severity=severity)
        colored = render_text(diagnostic, color=True)
        assert len(re.findall("\x1b\\[1;3[0-9]m", colored)) == 2  # the severity and the caret
        assert re.sub("\x1b\\[[0-9;]*m", "", colored) == render_text(diagnostic)


class TestOrder:
    def test_files_come_as_they_were_named_and_what_has_no_place_first(self) -> None:
        b, a = (Span(Source(name, "甲乙"), 1, 2) for name in ("b.yaml", "a.yaml"))
        early = Diagnostic("D501", "前", b._replace(start=0))
        given = [Diagnostic("D501", "后", b), Diagnostic("D501", "甲", a), early, Diagnostic("P001", "无")]
        assert [each.message for each in in_file_order(given)] == ["无", "前", "后", "甲"]

    def test_what_is_said_twice_is_kept_once(self) -> None:
        assert in_file_order([FULL, FULL]) == [FULL]


ANYTHING = st.text(max_size=12) | st.text("[](){}<>&\"'%:,\n\r\t\x1b\u2028\ufffe\x00，。a", max_size=12)
NAMES = ANYTHING.filter(lambda name: name.strip("/"))


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    source = Source(draw(NAMES), draw(ANYTHING))

    def span() -> Span:
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(source.text))] * 2)))
        return Span(source, start, end)

    return Diagnostic(
        draw(st.sampled_from(sorted(CATALOGUE))),
        draw(ANYTHING),
        span() if draw(st.booleans()) else None,
        draw(ANYTHING),
        draw(st.sampled_from(Severity)),
        (Related(span(), draw(ANYTHING)),) if draw(st.booleans()) else (),
        Fix(span(), draw(ANYTHING)) if source.text and draw(st.booleans()) else None,
    )


LISTS = st.lists(diagnostics(), max_size=4).map(in_file_order)


@given(LISTS)
def test_json_gives_back_every_text_and_place(found: list[Diagnostic]) -> None:
    read = json.loads(render_json(found, []))
    assert read["version"] == 1
    for entry, diagnostic in zip(read["diagnostics"], found, strict=True):
        keys = ("code", "message", "hint")
        assert [entry[key] for key in keys] == [getattr(diagnostic, key) for key in keys]
        assert entry["severity"] == diagnostic.severity.value
        assert is_at(diagnostic.span, entry)
        for related, there in zip(entry["related"], diagnostic.related, strict=True):
            assert related["message"] == there.message
            assert is_at(there.span, related)
        if diagnostic.fix:
            assert entry["fix"]["text"] == diagnostic.fix.text
            assert is_at(diagnostic.fix.span, entry["fix"])
        else:
            assert entry["fix"] is None


def is_at(span: Span | None, entry: dict[str, Any]) -> bool:
    """Whether the place of a JSON entry is that of a span."""
    place = [entry[key] for key in ("line", "column", "end_line", "end_column")]
    if span is None or not span.source.text:
        return place == [None] * 4 and entry["file"] == (span.source.name if span else None)
    starts = span.source.offset(*place[:2]), span.source.offset(*place[2:])
    return starts == (span.start, span.end) and entry["file"] == span.source.name


@given(LISTS)
def test_github_commands_stay_commands(found: list[Diagnostic]) -> None:
    lines = render_github(found, []).split("\n")
    assert lines.pop() == ""
    for line, diagnostic in zip(lines, found, strict=True):
        parts = re.fullmatch("::(error|warning|notice) ([^:]*)::([^\r\n]*)", line)
        assert parts
        properties = dict(pair.split("=", 1) for pair in parts[2].split(","))
        assert properties["title"] == diagnostic.code
        assert properties.keys() <= {"file", "line", "col", "endLine", "endColumn", "title"}
        if diagnostic.span:
            assert unquoted(properties["file"]) == shown(diagnostic.span.source.name)
        said = diagnostic.message + "\n提示：" * bool(diagnostic.message and diagnostic.hint)
        assert unquoted(parts[3]).startswith(shown(said))


def unquoted(text: str) -> str:
    """Return what GitHub reads in a workflow command."""
    for escape, character in {"%2C": ",", "%3A": ":", "%0A": "\n", "%0D": "\r", "%25": "%"}.items():
        text = text.replace(escape, character)
    return text


def shown(text: str) -> str:
    """Return a text as it may be printed, line breaks kept."""
    return "".join(c if c in "\r\n" else printable(c) for c in text)


@given(LISTS)
def test_sarif_gives_back_every_text_and_place(found: list[Diagnostic]) -> None:
    read = json.loads(render_sarif(found, ["plan.yaml"]))
    (run,) = read["runs"]
    assert (read["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({each.code for each in found})
    for result, diagnostic in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == diagnostic.code
        said = result["message"]["text"]
        assert not re.search(r"(?<!\\)\[[^\[\]]*\]\(", said), "nothing a user wrote becomes a link"
        assert said.replace("\\[", "[").startswith(diagnostic.message.replace("\\[", "["))
        if diagnostic.span:
            location = result["locations"][0]["physicalLocation"]
            assert_uri(location["artifactLocation"]["uri"], diagnostic.span.source.name)
            assert ("region" in location) == bool(diagnostic.span.source.text)
        else:
            assert "locations" not in result
        if diagnostic.fix:
            (change,) = result["fixes"][0]["artifactChanges"]
            assert change["replacements"][0]["insertedContent"]["text"] == diagnostic.fix.text


@pytest.mark.skipif(not SARIF_SCHEMA.exists(), reason="@microsoft/jest-sarif is not installed")
class TestSarifSchema:
    """The schema is too long to be kept here: 136 KB; Microsoft's npm package @microsoft/jest-sarif (MIT) has it."""

    @staticmethod
    def complaints(log: str) -> list[str]:
        schema = json.loads(SARIF_SCHEMA.read_text(encoding="utf-8-sig"))
        validator = jsonschema.validators.validator_for(schema)
        found = validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(json.loads(log))
        return [error.message for error in found]

    def test_the_logs_of_plans_with_slips_keep_to_it(self) -> None:
        plans = sorted((Path(__file__).parent / "data" / "proofreading").glob("*.yaml"))
        found = [each for plan in plans for each in api.check_plan(plan)]
        assert {bool(each.fix) for each in found} == {bool(each.related) for each in found} == {True, False}
        assert self.complaints(render_sarif(found, [plan.as_posix() for plan in plans])) == []
        assert self.complaints(render_sarif([], [])) == []

    @given(LISTS)
    @settings(max_examples=30)
    def test_whatever_is_found_keeps_to_it(self, found: list[Diagnostic]) -> None:
        assert self.complaints(render_sarif(found, ["计划/a b.yaml"])) == []

    def test_it_can_complain(self) -> None:
        log = json.loads(render_sarif([FULL], ["plan.yaml"]))
        log["runs"][0]["results"][0]["level"] = "提醒"
        assert len(self.complaints(json.dumps(log))) == 1


def assert_uri(uri: str, name: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9%/:._~-]+", uri)
    assert unquote(uri).removeprefix("file:").lstrip("/") == name.lstrip("/")


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("计划/a b.yaml", "%E8%AE%A1%E5%88%92/a%20b.yaml"),
        ("/home/a.yaml", "file:///home/a.yaml"),
        ("C:/plans/a.yaml", "file:///C:/plans/a.yaml"),
        ("//server/plans/a.yaml", "file://server/plans/a.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
    ],
)
def test_sarif_names_files_by_uri(name: str, uri: str) -> None:
    found = [Diagnostic("F001", "文件不存在", whole_file(Path(name)))]
    (result,) = json.loads(render_sarif(found, []))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


@given(LISTS, st.lists(NAMES, max_size=2, unique=True))
def test_junit_is_xml_and_counts_right(found: list[Diagnostic], files: list[str]) -> None:
    root = ET.fromstring(render_junit(found, files).encode())
    assert {suite.get("name") for suite in root} >= {in_xml(name) for name in files}
    for suite in root:
        assert suite.get("tests") == str(len(suite))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    errors = [each for each in found if each.severity is Severity.ERROR]
    failures = root.findall("testsuite/testcase/failure")
    assert [each.get("message") for each in failures] == [in_xml(each.message) for each in errors]
    assert len(root.findall("testsuite/testcase/system-out")) == len(found) - len(errors)


def in_xml(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


@given(LISTS)
def test_lines_for_people_cannot_steer_a_terminal(found: list[Diagnostic]) -> None:
    lines = render_concise(found, []).split("\n")
    assert len(lines) == len(found) + 1
    for text in (*lines, *map(render_text, found)):
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in text if c != "\n")


@given(diagnostics().filter(lambda each: each.span and each.span.source.text))
def test_a_caret_is_as_wide_as_what_it_points_at(diagnostic: Diagnostic) -> None:
    line, caret = render_text(diagnostic).split("\n")[1:3]
    assert set(caret.split("|", 1)[1].strip()) == {"^"}
    assert display_width(caret) <= max(display_width(line), display_width(caret.rstrip("^")) + 1)


@pytest.mark.parametrize("render", REPORTS.values(), ids=REPORTS)
def test_a_report_without_diagnostics_is_whole(render: Callable[[Sequence[Diagnostic], Sequence[str]], str]) -> None:
    said = render([], ["plan.yaml"])
    assert said == "" or said.endswith(("}\n", ">\n"))


def test_every_format_can_be_chosen() -> None:
    assert ("text", *REPORTS) == _FORMATS


@pytest.mark.parametrize(("code", "entry"), CATALOGUE.items(), ids=CATALOGUE)
def test_every_code_is_explained(code: str, entry: Entry) -> None:
    assert len(entry.explanation) >= 20
    assert entry.explanation.endswith("。")
    assert entry.summary != entry.explanation.rstrip("。")
    assert bool(entry.bad) == bool(entry.good)
    assert f"{code}  {entry.summary}" in overview().splitlines()


EXAMPLES = {code: entry for code, entry in CATALOGUE.items() if code[0] in "YD" and entry.bad}
PLAN = {
    "title": "title: 云川市2027年教育工作要点\n",
    "year": "year: 2027\n",
    "sections": "sections:\n  - heading: 促进教育公平\n    sections:\n      - {heading: 扩大学位供给, text: 甲。}\n",
}
TARGETS = (
    "targets:\n  - {id: seats, indicator: 公办学位, goal: 新增9000个}\n  - {id: rate, indicator: 整改率, goal: 1%}\n"
)


def places(example: str) -> list[str]:
    """Return plans that hold an example at the outermost level, and at each place below."""
    rest = "".join(text for key, text in PLAN.items() if not re.search(rf"^{key}\b", example, re.MULTILINE))
    head = PLAN["title"] + PLAN["year"] + "sections:\n"
    return [
        rest + TARGETS * ("targets" not in example) + example + "\n",
        head + "  - heading: 甲\n    tasks:\n      - heading: 乙\n" + indent(example, " " * 8) + "\n" + TARGETS,
        head + indent(example, "  ") + "\n",
        rest + "targets:\n  - indicator: 甲\n" + indent(example, "    ") + "\n",
        rest + "official:\n" + indent(example, "  ") + "\n",
        head + "  - heading: 甲\n" + indent(example, "    ") + "\n",
    ]


@pytest.mark.parametrize(("code", "entry"), EXAMPLES.items(), ids=EXAMPLES)
def test_an_example_is_wrong_as_it_says_and_right_when_mended(code: str, entry: Entry, tmp_path: Path) -> None:
    def codes(text: str) -> set[str]:
        (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
        return {each.code for each in api.check_plan(tmp_path / "plan.yaml", ignore=("L",))}

    pairs = zip(places(entry.bad), places(entry.good), strict=True)
    assert any(code in codes(bad) and not codes(good) for bad, good in pairs)
