"""Native numbering: the numbers are lists of Word, the references fields, and every reader sees what the text said."""

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pages import ACCEPTANCE, EXAMPLES
from plangen import api
from plangen.diagnostics import Source
from plangen.outline.build import build_outline
from plangen.outline.model import Change, Heading, Number, Outline, Segment, Text
from plangen.plan.markers import parse_marker
from plangen.plan.model import Plan
from plangen.render.choices import Choices
from plangen.render.lists import TEXT, Lists, arrange, is_listable
from plangen.render.native import NativeNumbering, Stretch, Survey
from plangen.render.templates import packaged_templates
from plangen.source.loading import parse_record
from strategies import PLANS, Typed, as_yaml
from word_lists import HABITS, Counter, Habits, Instance, Level, Paragraph, definitions_of, read_document

LITERAL, NATIVE = api.Press(), api.Press(Choices(native_numbering=True))
HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\n"


def outline_of(text: str) -> Outline:
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", HEAD + text))
    built, more = build_outline(plan)
    assert not [*diagnostics, *more]
    return built


def made(built: Outline, press: api.Press = NATIVE) -> ZipFile:
    document = BytesIO()
    press.print(built, "docx", document)
    return ZipFile(document)


def read(text: str) -> list[Paragraph]:
    """Return the paragraphs of a plan's document with native numbering, without the title and the line below it."""
    return list(read_document(made(outline_of(text))))[2:]


def numbers(text: str) -> list[str]:
    return [paragraph.label for paragraph in read(text)]


# --- which list counts what ------------------------------------------------------------------------------------------

FIVE_LAYERS = """\
sections:
  - heading: 甲
    sections:
      - heading: 乙
        tasks:
          - {heading: 丙, text: 丁。, items: [{text: 戊。, items: [己。, 庚。]}, 辛。]}
          - text: 壬。
      - {heading: 癸, tasks: [{text: 子。}]}
  - {heading: 丑, tasks: [{text: 寅。, items: [卯。]}]}
"""


OWN_LINES = "layout: {task_heading: own-line}\n"


def test_the_five_layers_are_one_list_tied_to_the_styles_of_headings() -> None:
    document = made(outline_of(FIVE_LAYERS))
    shared, *others = definitions_of(document).values()
    assert others == []
    assert [(level.format, level.text, level.style) for level in shared] == [
        ("chineseCountingThousand", "%1、", "Heading1"),
        ("chineseCountingThousand", "（%2）", "Heading2"),
        ("decimal", "%3.", ""),  # run in: no heading has this style
        ("decimal", "（%4）", ""),
        ("decimalEnclosedCircleChinese", "%5", ""),
    ]
    assert [(p.label, p.text) for p in read_document(document)][2:] == [
        *(("一、", "甲"), ("（一）", "乙"), ("1.", "丙。丁。"), ("（1）", "戊。"), ("①", "己。"), ("②", "庚。")),
        *(("（2）", "辛。"), ("2.", "壬。"), ("（二）", "癸"), ("1.", "子。")),
        *(("二、", "丑"), ("1.", "寅。"), ("（1）", "卯。")),
    ]


def test_headings_take_their_number_from_their_style() -> None:
    xml = made(outline_of(FIVE_LAYERS)).read("word/document.xml").decode()
    assert '<w:pStyle w:val="Heading1"/></w:pPr>' in xml
    assert xml.count("<w:numPr>") == 9  # those of the body text


def test_tasks_that_run_on_are_a_list_of_their_own_which_the_heading_style_is_tied_to() -> None:
    document = made(outline_of("numbering: {continuous: [tasks]}\n" + OWN_LINES + FIVE_LAYERS))
    shared, tasks = definitions_of(document).values()
    assert shared[2].style == ""
    assert tasks == [Level(1, "decimal", "%1.", "Heading3")]
    assert [p.label for p in read_document(document) if p.label.endswith(".")] == ["1.", "2.", "3.", "4."]
    assert b"lvlOverride" not in document.read("word/numbering.xml")


def test_a_heading_style_is_tied_to_the_list_of_all_five_layers_if_it_counts_any_of_its_numbers() -> None:
    """Tasks above the first part are a list of their own, those below are not."""
    plan = "sections:\n- {heading: 甲, numbering: {sections: none}, tasks: [{text: 乙。}]}\n- {heading: 丙, %s}\n"
    document = made(outline_of(OWN_LINES + plan % "tasks: [{heading: 丁}]"))
    shared, tasks = definitions_of(document).values()
    assert (shared[2].style, tasks[0].style) == ("Heading3", "")
    assert text_lines(document)[2:] == ["甲", "1.乙。", "一、丙", "1.丁"]


def test_a_heading_without_a_number_takes_none_from_its_style() -> None:
    plan = "sections:\n- {heading: 甲}\n- {heading: 乙, numbering: {sections: none}}\n- {heading: 丙}\n"
    assert [(p.style, p.label, p.text) for p in read(plan)] == [
        ("Heading1", "一、", "甲"),
        ("Heading1", "", "乙"),
        ("Heading1", "二、", "丙"),
    ]


def test_clauses_that_run_on_stay_text() -> None:
    plan = "numbering: {tasks: 一是}\nsections: [{heading: 甲, text: 抓好：, tasks: [{text: 乙；}, {text: 丙。}]}]\n"
    assert [(p.label, p.text) for p in read(plan)] == [("一、", "甲"), ("", "抓好：一是乙；二是丙。")]


def test_a_clause_stays_text_even_where_it_opens_a_paragraph() -> None:
    plan = "numbering: {tasks: 一是}\nsections: [{heading: 甲, tasks: [{text: 乙；}, {text: 丙。}]}]\n"
    assert [(p.label, p.text) for p in read(plan)] == [("一、", "甲"), ("", "一是乙；二是丙。")]


@pytest.mark.parametrize(
    ("marker", "entries", "listed"),
    [
        ("1.", 1000, 1000),
        ("（一）", 120, 100),
        ("①", 50, 10),
        ("１．", 120, 120),
        ("第1条　", 12, 12),
        ("1.1", 2, 0),
        ("%1", 2, 0),  # % begins a level in w:lvlText
        ("甲" * 30 + "1", 12, 9),  # Word shows 31 characters
        ("●", 2, 0),
    ],
)
def test_what_word_may_show_differently_stays_text_and_the_list_goes_on_before_it(
    marker: str, entries: int, listed: int
) -> None:
    tasks = ", ".join(["{text: 乙。}"] * entries)
    plan = f"numbering: {{tasks: '{marker}'}}\nsections: [{{heading: 甲, tasks: [{tasks}]}}]\n"
    assert [bool(label) for label in numbers(plan)[1:]] == [True] * listed + [False] * (entries - listed)


def test_the_list_goes_on_after_entries_that_run_on_as_text() -> None:
    plan = """\
numbering: {continuous: [tasks]}
sections:
  - {heading: 甲, tasks: [{text: 子。}, {text: 丑。}]}
  - {heading: 乙, numbering: {inline: [tasks]}, text: 丙：, tasks: [{text: 寅；}, {text: 卯。}]}
  - {heading: 丁, tasks: [{text: 辰。}, {text: 巳。}]}
"""
    assert [(p.label, p.text) for p in read(plan) if p.style == "BodyText"] == [
        *(("1.", "子。"), ("2.", "丑。"), ("", "丙：3.寅；4.卯。"), ("5.", "辰。"), ("6.", "巳。")),
    ]


def test_a_task_of_points_only_is_an_empty_numbered_paragraph() -> None:
    assert [(p.label, p.text) for p in read("sections: [{heading: 甲, tasks: [{items: [乙。]}]}]\n")] == [
        *(("一、", "甲"), ("1.", ""), ("（1）", "乙。")),
    ]


MARKERS = ["一、", "（一）", "1.", "1．", "（1）", "①", "第一章 ", "1)", "１．", "1.1", "1.1 "]
SERIES = st.lists(st.sampled_from(MARKERS), min_size=1, max_size=8)
STEPS = st.lists(st.tuples(st.integers(0, 7), st.sampled_from([1] * 12 + [2, 9, 90])), max_size=40)


def printed(series: Sequence[str], steps: Sequence[tuple[int, int]]) -> list[Number]:
    """Return numbers of some series in any order, each so many further than the one before it, as far as they go."""
    last = [0] * len(series)
    found = []
    for chosen, further in steps:
        nth = chosen % len(series)
        if series[nth] == "①" and last[nth] + further > 50:
            continue
        last[nth] += further
        marker = parse_marker(series[nth])
        found.append(Number(marker, (7, last[nth])[-len(marker.numerals) :], nth))
    return found


def labels(lists: Lists, habits: Habits) -> list[str]:
    """Return what a program with these habits shows; "" for what is in no list."""
    definitions = {
        str(nth): [Level(1, level.format, level.text) for level in levels]
        for nth, levels in enumerate(lists.definitions)
    }
    instances = {
        str(nth): Instance(str(each.definition), {0: each.start} if each.start else {})
        for nth, each in enumerate(lists.instances, 1)
    }
    counter = Counter(definitions, instances, habits)
    return ["" if slot == TEXT else counter.label(str(slot.instance), slot.level) for slot in lists.slots]


@settings(max_examples=400)
@given(SERIES, STEPS)
@example(["一、", "1.", "（一）"], [(0, 1), (1, 1), (2, 1)])  # would （一） be the first or the second?
@example(["1.", "一、"], [(0, 1), (1, 1)])
@example(["1.", "1."], [(0, 1), (1, 1), (0, 1)])
@example(["一、", "1."], [(0, 1), (1, 1), (0, 1), (1, 1)])
@example(["一、", "1.", "1."], [(0, 1), (1, 1), (2, 1)])
@example(["①"], [(0, 10), (0, 1)])
@example(["一、", "1.", "1．"], [(0, 1), (1, 1), (0, 1), (2, 1)])
def test_lists_show_every_number_as_it_was_printed(series: Sequence[str], steps: Sequence[tuple[int, int]]) -> None:
    wanted = printed(series, steps)
    lists = arrange(wanted)
    for habits in HABITS:
        assert labels(lists, habits) == [number.label if is_listable(number) else "" for number in wanted], habits


@given(SERIES, STEPS, st.sets(st.integers(1, 5)))
def test_each_heading_style_is_tied_to_one_level_at_most(
    series: Sequence[str], steps: Sequence[tuple[int, int]], layers: set[int]
) -> None:
    numbers = printed(series, steps)
    lists = arrange(numbers, layers)
    tied = {}
    for nth, levels in enumerate(lists.definitions):
        for depth, level in enumerate(levels):
            if level.layer:
                assert level.layer not in tied
                tied[level.layer] = (nth, depth)
    assert tied == {
        layer: (lists.instances[slot.instance - 1].definition, slot.level)
        for layer, slot in lists.headings.items()
        if slot != TEXT
    }
    listed = {number.marker.layer for number in numbers if is_listable(number)}
    assert tied.keys() == layers & listed


def test_a_thousand_parts_with_points_need_few_lists() -> None:
    tasks = "    tasks: [{text: 子。, items: [丑。, 寅。]}, {text: 卯。, items: [辰。]}]\n"
    sections = "".join(f"  - heading: 部分{n}\n{tasks}" for n in range(500))
    document = made(outline_of(f"numbering: {{sections: none}}\nsections:\n{sections}"))
    assert len(definitions_of(document)) <= 3


# --- documents -------------------------------------------------------------------------------------------------------


def text_lines(document: ZipFile, habits: Habits = HABITS[0]) -> list[str]:
    return [paragraph.label + paragraph.text for paragraph in read_document(document, habits)]


@settings(max_examples=40)
@given(PLANS)
def test_any_plan_reads_the_same_with_native_numbering(plan: Typed) -> None:
    parsed, _ = parse_record(Plan, Source("plan.yaml", as_yaml(plan)))
    built = api.make_outline(parsed)
    literal, native = text_lines(made(built, LITERAL)), made(built)
    for habits in HABITS:
        assert text_lines(native, habits) == literal


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda plan: plan.stem)
def test_the_example_plans_read_the_same_with_native_numbering(plan: Path) -> None:
    built, _ = api.open_outline(plan)
    native = made(built)
    assert text_lines(native) == text_lines(made(built, LITERAL))
    paragraphs = list(read_document(native))
    targets = {name: paragraph for paragraph in paragraphs for name in paragraph.bookmarks}
    for paragraph in paragraphs:
        for name, result in paragraph.fields:
            assert result == targets[name].reference
        for name, _ in paragraph.links:
            assert name in targets
    referred = {name for paragraph in paragraphs for name, _ in (*paragraph.fields, *paragraph.links)}
    assert referred == targets.keys()


def test_the_same_plan_gives_the_same_bytes() -> None:
    built, _ = api.open_outline(EXAMPLES[0])
    once, again = BytesIO(), BytesIO()
    NATIVE.print(built, "docx", once)
    api.write_document(built, "docx", again, Choices(native_numbering=True))
    assert once.getvalue() == again.getvalue()


def test_a_document_with_numbers_as_text_has_no_lists() -> None:
    document = made(outline_of(FIVE_LAYERS), LITERAL)
    assert "word/numbering.xml" not in document.namelist()
    everything = b"".join(map(document.read, document.namelist()))
    assert not re.search(b"numPr|numbering.xml|bookmarkStart|fldSimple|REF ", everything)


def test_markdown_is_text_all_the_same() -> None:
    built = outline_of(FIVE_LAYERS)
    literal, native = BytesIO(), BytesIO()
    LITERAL.print(built, "md", literal)
    NATIVE.print(built, "md", native)
    assert native.getvalue() == literal.getvalue()


def test_a_genre_that_prints_some_of_a_plan_or_some_of_it_twice_shows_its_numbers(tmp_path: Path) -> None:
    genres = tmp_path / "genres"
    genres.mkdir()
    genres.joinpath("后半.j2").write_text(
        "{% from blocks import title, heading, paragraph with context %}{{ title(outline.title) }}"
        "{% for section in outline.sections[2:] %}{{ heading(section.heading) }}"
        "{% for entry in section.entries[1:] %}{{ paragraph(entry.paragraphs[0]) }}{% endfor %}{% endfor %}"
        "{% for section in outline.sections[2:] %}{{ heading(section.heading) }}{% endfor %}",
        encoding="utf-8",
    )
    tasks = "id: c, tasks: [{text: 子。, id: a}, {text: '见第{@a}项、第{@b}项。', id: b}, {text: '见第{@c}部分。'}]"
    sections = f"sections: [{{heading: 甲}}, {{heading: 乙}}, {{heading: 丙, {tasks}}}, {{heading: 丁}}]\n"
    press = api.Press(Choices("后半", tmp_path, native_numbering=True))
    found = list(read_document(made(outline_of(sections), press)))[2:]
    assert [p.label + p.text for p in found] == [
        *("三、丙", "2.见第1项、第2项。", "3.见第三部分。", "四、丁", "三、丙", "四、丁"),
    ]
    assert [result for _, result in found[1].fields] == ["2"]  # what is not there cannot be referred to
    assert found[1].links == ()
    assert found[2].links == ((*found[0].bookmarks, "三"),)  # what is there twice is referred to once
    assert found[4].bookmarks == ()


def test_templates_of_an_office_that_know_of_no_lists_print_numbers_as_text(tmp_path: Path) -> None:
    """Copied before there were lists: no style may number headings that have their number already."""
    blocks = tmp_path / "formats" / "docx" / "blocks.j2"
    blocks.parent.mkdir(parents=True)
    packaged = packaged_templates() / "formats" / "docx" / "blocks.j2"
    blocks.write_text(packaged.read_text(encoding="utf-8").replace("if native", "if false"), encoding="utf-8")
    press = api.Press(Choices(templates=tmp_path, native_numbering=True))
    assert text_lines(made(outline_of(FIVE_LAYERS), press)) == text_lines(made(outline_of(FIVE_LAYERS), LITERAL))


# --- references ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marker", "printed_as", "kind"),
    [
        ("1.", "2", "field"),
        ("（一）", "（二）", "field"),
        ("(1)", "(2)", "field"),
        ("①", "②", "field"),
        ("一、", "二", "link"),  # Word drops nothing but full stops at the end
        ("1．", "2", "link"),
        ("第一条　", "第二条", "link"),
        ("一是", "二", "text"),  # no paragraph of its own to lead to
        ("1.1", "1.2", "link"),
    ],
)
def test_a_reference_is_a_field_only_where_word_prints_the_same(marker: str, printed_as: str, kind: str) -> None:
    plan = (
        f"numbering: {{tasks: '{marker}'}}\nopening: 见第{{@b}}项。\n"
        "sections: [{heading: 甲, tasks: [{text: 子。}, {text: 丑。, id: b}]}]\n"
    )
    opening, *others = read(plan)
    assert opening.text == f"见第{printed_as}项。"
    (bookmark,) = [name for paragraph in others for name in paragraph.bookmarks] or [""]
    found = {"field": opening.fields, "link": opening.links, "text": ()}
    assert found[kind] == (((bookmark, printed_as),) if bookmark else ())
    assert len(opening.fields) + len(opening.links) == (kind != "text")


def test_nothing_is_marked_that_nothing_refers_to() -> None:
    found = read("sections: [{heading: 甲, id: a, tasks: [{text: 乙。, id: b}]}]\n")
    assert [name for paragraph in found for name in paragraph.bookmarks] == []


def test_a_reference_to_a_target_stays_text() -> None:
    targets = "targets: [{indicator: 巩固率, goal: 98%以上, id: a}]"
    (opening, *_) = read(f"opening: 确保{{@a}}。\n{targets}\nsections: [{{heading: 甲}}]\n")
    assert (opening.text, opening.fields, opening.links) == ("确保巩固率达到98%以上。", (), ())


def test_references_work_in_headings_and_before_and_after_what_they_refer_to() -> None:
    plan = "sections:\n- {heading: '甲（见第{@b}项）', tasks: [{heading: '乙{@b}', id: b, text: '丙{@b}。'}]}\n"
    section, task = read(plan)
    (bookmark,) = task.bookmarks
    assert section.fields == ((bookmark, "1"),)
    assert task.fields == ((bookmark, "1"), (bookmark, "1"))


def test_names_of_bookmarks_are_word_s_own_and_depend_on_the_id_alone() -> None:
    plan = "opening: '{@办学}{@b}'\nsections: [%s{heading: 乙, id: 办学, tasks: [{text: 丙。, id: b}]}]\n"
    before, after = (
        {p.text: p.bookmarks for p in read(plan % more) if p.bookmarks} for more in ("", "{heading: 甲, id: c}, ")
    )
    assert before == after
    assert all(re.fullmatch(r"_Ref[0-9]{1,10}", name) for names in before.values() for name in names)


def test_two_ids_with_the_same_checksum_have_two_bookmarks() -> None:
    plan = "opening: '{@plumless}{@buckeroo}'\nsections: [{heading: 甲, id: plumless}, {heading: 乙, id: buckeroo}]\n"
    opening, *headings = read(plan)
    names = [name for heading in headings for name in heading.bookmarks]
    assert len(set(names)) == 2
    assert [name for name, _ in opening.links] == names


def test_what_was_deleted_is_not_read() -> None:
    changed = Text((Segment("新"), Segment("旧", change=Change.DELETED), Segment("学校", change=Change.INSERTED)))
    numbering = NativeNumbering(Survey(), arrange(()))
    laid = numbering.heading(Heading("", changed, 1, 1))
    assert laid.stretches == [Stretch("text", "新学校")]
