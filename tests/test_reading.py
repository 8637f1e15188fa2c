"""Reading a plan: values are what was typed, and every key and value knows where it stands."""

from pathlib import Path

import pytest

from pages import EXAMPLES
from plangen.diagnostics import Source, Span
from plangen.plan.model import Plan, Section, Task
from plangen.plan.schema import Record
from plangen.source.files import read_source
from plangen.source.loading import parse_record
from plangen.source.nodes import Mapping, Node, Scalar, Sequence, read_nodes

PLAN = """\
title: 云川市2027年教育工作要点
year: 2027
sections:
  - heading: no
    tasks:
      - heading: 1.10
        text: |
          一句。
          见{@x}。
        due: 2026-06-30
        support: [600:1, 010, 1e3, ~, 97.50]
"""


def read(text: str) -> Plan:
    plan, _ = parse_record(Plan, Source("plan.yaml", text))
    return plan


def test_nothing_is_typed_behind_the_authors_back() -> None:
    section = read(PLAN).sections[0]
    task = section.tasks[0]
    assert section.heading == "no"
    assert task.heading == "1.10"
    assert task.due == "2026-06-30"
    assert task.support == ("600:1", "010", "1e3", "~", "97.50")


@pytest.mark.parametrize(
    ("path", "line", "column", "text"),
    [
        (("title",), 1, 8, "云川市2027年教育工作要点"),
        (("year",), 2, 7, "2027"),
        (("sections", 0, "heading"), 4, 14, "no"),
        (("sections", 0, "tasks", 0, "heading"), 6, 18, "1.10"),
        (("sections", 0, "tasks", 0, "text"), 8, 11, "一句。"),
        (("sections", 0, "tasks", 0, "support", 1), 11, 26, "010"),
        (("sections", 0, "tasks", 0, "support"), 11, 18, "[600:1, 010, 1e3, ~, 97.50]"),
        (("sections", 0, "tasks", 0, "lead"), 6, 9, "heading: 1.10"),
    ],
)
def test_every_value_knows_its_line_and_column(path: tuple[str | int, ...], line: int, column: int, text: str) -> None:
    span = read(PLAN).place.span(*path)
    assert span is not None
    assert span.position == (line, column)
    assert shown(span) == text
    assert span.source.name == "plan.yaml"


def test_a_record_finds_its_own_values_and_texts_in_them() -> None:
    task = read(PLAN).sections[0].tasks[0]
    due = task.place.span("due")
    [reference] = task.place.find_all("{@x}", "text")
    assert due is not None
    assert (due.position, shown(due)) == ((10, 14), "2026-06-30")
    assert (reference.position, shown(reference)) == ((9, 12), "{@x}")


def test_windows_line_breaks_and_a_byte_order_mark_move_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode())
    plan, diagnostics = parse_record(Plan, read_source(path))
    span = plan.sections[0].tasks[0].place.span("due")
    assert span is not None
    assert span.position == (10, 14)
    assert [d.code for d in diagnostics] == []
    assert plan == read(PLAN)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_characters_of_every_scalar_are_where_its_span_says(path: Path) -> None:
    source = Source(path.name, path.read_text(encoding="utf-8"))
    root = read_nodes(source)
    assert root is not None
    seen = 0
    for scalar in scalars(root):
        raw = source.text[scalar.start : scalar.end]
        if not scalar.style and "\n" not in raw:
            assert raw == scalar.text
        elif scalar.style == "|":
            assert [line.strip() for line in raw.splitlines()[1:]][: len(scalar.lines())] == [
                line.strip() for line in scalar.lines()
            ]
        seen += 1
    assert seen > 100


def test_the_pure_parser_reads_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    import yaml  # noqa: PLC0415

    def tree(node: Node) -> object:
        here = (type(node), node.start, node.end)
        if isinstance(node, Scalar):
            return (*here, node.text, node.style)
        if isinstance(node, Sequence):
            return (*here, [tree(entry) for entry in node.entries])
        assert isinstance(node, Mapping)
        return (*here, [(tree(key), tree(value)) for key, value in node.entries])

    source = Source("plan.yaml", PLAN + "closing: >\n  一。\n\n  二。\nopening: '甲\n  乙'\n")
    fast = read_nodes(source)
    monkeypatch.setattr("plangen.source.nodes.LOADER", yaml.SafeLoader)
    pure = read_nodes(source)
    assert fast is not None
    assert pure is not None
    assert tree(fast) == tree(pure)


def test_plans_made_by_programs_have_no_place() -> None:
    plan = Plan(title="甲", year=2027, sections=(Section(heading="乙", tasks=(Task(text=("丙。",)),)),))
    assert plan.place.span("title") is None
    assert plan.sections[0].place.find_all("乙", "heading") == []
    assert plan == read("title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    tasks: [{text: 丙。}]\n")


def test_records_refuse_what_is_no_key() -> None:
    with pytest.raises(TypeError, match="headding"):
        Task(headding="甲")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="heading"):
        Section()  # type: ignore[call-arg]
    assert Record.KEYS == ()


def scalars(node: Node) -> list[Scalar]:
    """Return all scalars of a tree, keys and values."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [scalar for entry in node.entries for scalar in scalars(entry)]
    assert isinstance(node, Mapping)
    return [scalar for key, value in node.entries for scalar in (key, *scalars(value))]


def shown(span: Span) -> str:
    """Return the characters of a span."""
    return span.source.text[span.start : span.end]
