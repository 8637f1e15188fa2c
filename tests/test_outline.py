"""The outline: what a plan reads like, and what templates and later comparisons can know about it."""

from pathlib import Path

import pytest

from plangen import api
from plangen.diagnostics import PlanError, Source
from plangen.outline.build import build_outline
from plangen.outline.model import Change, Entry, Outline, Section, Segment, Text
from plangen.plan.model import Plan
from plangen.source.loading import parse_record

HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\n"


def outline(text: str) -> Outline:
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", HEAD + text))
    built, more = build_outline(plan)
    assert not diagnostics
    assert not more
    return built


def lines(built: Outline) -> list[str]:
    """Return how an outline reads, one paragraph a line, without title."""

    def of_entry(entry: Entry) -> list[str]:
        own = ([str(entry.heading)] if entry.heading else []) + [str(p) for p in entry.paragraphs]
        return own + [line for below in entry.entries for line in of_entry(below)]

    def of_section(section: Section) -> list[str]:
        own = [str(section.heading), *map(str, section.paragraphs)]
        own += [line for entry in section.entries for line in of_entry(entry)]
        return own + [line for below in section.sections for line in of_section(below)]

    around = [str(p) for p in built.opening + built.guiding_thought]
    return [*around, *(line for s in built.sections for line in of_section(s)), *map(str, built.closing)]


class TestText:
    def test_prose_is_one_kept_segment(self) -> None:
        paragraph = outline("opening: 一句话。\nsections: [{heading: 甲}]\n").opening[0]
        assert paragraph.runs[0].text.segments == (Segment("一句话。", "", Change.KEPT),)

    def test_a_reference_is_a_segment_that_knows_its_target(self) -> None:
        built = outline("opening: 见第{@a}部分。\nsections: [{heading: 甲, id: a}]\n")
        assert built.opening[0].runs[0].text.segments == (
            Segment("见第"),
            Segment("一", refers_to="a"),
            Segment("部分。"),
        )

    def test_deleted_text_is_not_read(self) -> None:
        text = Text((Segment("增加"), Segment("减少", change=Change.DELETED), Segment("学位", change=Change.INSERTED)))
        assert str(text) == "增加学位"

    def test_wholly_deleted_text_reads_as_nothing(self) -> None:
        assert str(Text((Segment("旧", change=Change.DELETED),))) == ""

    def test_a_run_in_heading_is_a_run_of_its_layer(self) -> None:
        built = outline("sections: [{heading: 甲, tasks: [{heading: 乙, text: 丙。}]}]\n")
        paragraph = built.sections[0].entries[0].paragraphs[0]
        assert [(run.role, str(run.text), run.layer) for run in paragraph.runs] == [
            ("run-in", "1.乙。", 3),
            ("text", "丙。", 0),
        ]
        assert paragraph.label == "1."
        assert paragraph.runs[0].text.segments[0] == Segment("1.")


class TestLayers:
    def test_headings_look_like_their_markers_whatever_their_depth(self) -> None:
        built = outline(
            "numbering: {sections: [一、], tasks: （一）}\n"
            "layout: {task_heading: own-line}\n"
            "sections: [{heading: 甲, tasks: [{heading: 乙}]}]\n"
        )
        heading = built.sections[0].entries[0].heading
        assert heading is not None
        assert (built.sections[0].heading.layer, built.sections[0].heading.depth) == (1, 1)
        assert (heading.layer, heading.depth) == (2, 2)

    def test_no_layer_is_deeper_than_the_last(self) -> None:
        text = "numbering: {sections: [a, b, c, d, e, f]}\nsections: [{heading: 甲"
        for _ in range(5):
            text += ", sections: [{heading: 乙"
        section = outline(text + "}]" * 6 + "\n").sections[0]
        while section.sections:
            section = section.sections[0]
        assert (section.heading.depth, section.heading.layer) == (6, 5)

    def test_other_markers_go_by_depth(self) -> None:
        built = outline("numbering: {sections: [第一章, none]}\nsections: [{heading: 甲, sections: [{heading: 乙}]}]\n")
        assert built.sections[0].heading.layer == 1
        assert built.sections[0].sections[0].heading.layer == 2


class TestInline:
    def test_items_run_on_in_their_task(self) -> None:
        built = outline(
            'numbering: {items: "1.", inline: [items]}\n'
            "sections: [{heading: 甲, tasks: [{heading: 乙, text: 丙。, items: [丁。, {heading: 戊, text: 己。}]}]}]\n"
        )
        assert lines(built) == ["一、甲", "1.乙。丙。1.丁。2.戊。己。"]
        assert built.sections[0].entries[0].entries[0].paragraphs == ()

    def test_clauses_run_on_after_the_text_of_their_section(self) -> None:
        built = outline(
            "numbering: {tasks: 一是}\n"
            "sections: [{heading: 甲, text: 抓两件事：, tasks: [{text: 乙；}, {text: 丙。}]}]\n"
        )
        assert lines(built) == ["一、甲", "抓两件事：一是乙；二是丙。"]

    def test_after_points_of_its_own_a_clause_opens_a_new_paragraph(self) -> None:
        built = outline(
            "numbering: {tasks: 一是}\nsections: [{heading: 甲, tasks: [{text: 乙：, items: [丙。]}, {text: 丁。}]}]\n"
        )
        assert lines(built) == ["一、甲", "一是乙：", "（1）丙。", "二是丁。"]

    def test_run_in_headings_of_different_layers_stay_apart(self) -> None:
        built = outline(
            "numbering: {tasks: （一）, items: '1.', inline: [items]}\n"
            "sections: [{heading: 甲, tasks: [{heading: 乙, items: [{heading: 丙}]}]}]\n"
        )
        runs = built.sections[0].entries[0].paragraphs[0].runs
        assert [(run.role, str(run.text), run.layer) for run in runs] == [
            ("run-in", "（一）乙。", 2),
            ("run-in", "1.丙。", 3),
        ]

    def test_each_clause_keeps_its_owners(self) -> None:
        built = outline(
            "numbering: {tasks: 一是}\nlayout: {owners: bracket}\n"
            "sections: [{heading: 甲, tasks: [{text: 乙。, lead: 办公室}, {text: 丙。, support: 财务科}]}]\n"
        )
        assert lines(built) == ["一、甲", "一是乙。（牵头单位：办公室）二是丙。（配合单位：财务科）"]


class TestNumbers:
    def test_a_number_says_what_a_list_needs(self) -> None:
        built = outline(
            "numbering: {tasks: '1.1', continuous: [tasks]}\n"
            "sections: [{heading: 甲, id: a, tasks: [{heading: 乙, id: b}]}, {heading: 丙, tasks: [{text: 丁。}]}]\n"
        )
        headings = [section.heading.number for section in built.sections]
        tasks = [section.entries[0].paragraphs[0].number for section in built.sections]
        found = [(n.label, n.values, n.series, n.id) for n in (*headings, *tasks) if n]
        assert found == [
            *(("一、", (1,), 0, "a"), ("二、", (2,), 0, "")),
            *(("1.1", (1, 1), 1, "b"), ("2.2", (2, 2), 1, "")),
        ]

    def test_what_begins_anew_is_another_series_in_an_attachment_too(self) -> None:
        task = "{heading: 甲, tasks: [{text: 乙。}]}"
        built = outline(f"sections: [{task}, {task}]\nattachments: [{{title: 丙, sections: [{task}]}}]\n")
        sections = (*built.sections, *built.attachments[0].sections)
        found = [number for s in sections for number in (s.heading.number, s.entries[0].paragraphs[0].number) if number]
        assert [(number.label, number.series) for number in found] == [
            *(("一、", 0), ("1.", 1), ("二、", 0), ("1.", 2)),
            *(("一、", 3), ("1.", 4)),
        ]

    def test_what_runs_on_or_has_no_number_is_for_no_list(self) -> None:
        built = outline(
            "numbering: {sections: none, tasks: 一是, items: [●]}\n"
            "sections: [{heading: 甲, text: 乙：, tasks: [{text: 丙；}, {text: 丁：, items: [戊。]}, {text: 己。}]}]\n"
        )
        (section,) = built.sections
        assert section.heading.number is None
        below = [entry for task in section.entries for entry in (task, *task.entries)]
        paragraphs = [*section.paragraphs, *(p for entry in below for p in entry.paragraphs)]
        assert [(p.label, p.number) for p in paragraphs] == [("", None), ("●", None), ("三是", None)]

    def test_a_target_has_a_number_but_no_id_to_refer_to_it(self) -> None:
        built = outline("sections: [{heading: 甲, targets: [{indicator: 乙, goal: 3所, id: a}]}]\n")
        number = built.sections[0].entries[0].paragraphs[0].number
        assert number is not None
        assert (number.label, number.id) == ("1.", "")


class TestTasksOfPointsOnly:
    def test_a_numbered_one_shows_its_number(self) -> None:
        assert lines(outline("sections: [{heading: 甲, tasks: [{items: [乙。]}]}]\n")) == ["一、甲", "1.", "（1）乙。"]

    def test_an_unnumbered_one_leaves_no_empty_paragraph(self) -> None:
        built = outline("numbering: {tasks: none}\nsections: [{heading: 甲, tasks: [{items: [乙。, 丙。]}]}]\n")
        assert lines(built) == ["一、甲", "（1）乙。", "（2）丙。"]


class TestTargets:
    def test_a_target_that_prose_refers_to_is_not_printed_again(self) -> None:
        built = outline(
            "targets: [{indicator: 甲, goal: 3所, id: a}, {indicator: 乙, goal: 4所}]\n"
            'sections: [{heading: 丙, text: "今年{@a}。"}]\n'
        )
        assert lines(built) == ["一、主要目标", "1.乙达到4所。", "二、丙", "今年甲达到3所。"]

    def test_without_standing_targets_there_is_no_section_for_them(self) -> None:
        built = outline(
            'targets: [{indicator: 甲, goal: 3所, id: a}]\nsections: [{heading: 丙, text: "今年{@a.goal}。"}]\n'
        )
        assert lines(built) == ["一、丙", "今年3所。"]

    def test_they_stand_after_a_guiding_thought_with_a_heading(self) -> None:
        built = outline(
            "guiding_thought: {heading: 指导思想, text: 甲。}\ntargets: [{indicator: 乙, goal: 3所}]\n"
            "numbering: {continuous: [tasks]}\nsections: [{heading: 丙, tasks: [{text: 丁。}]}]\n"
        )
        assert lines(built) == ["一、指导思想", "甲。", "二、主要目标", "1.乙达到3所。", "三、丙", "2.丁。"]

    def test_a_wording_may_state_the_goal_and_is_still_printed(self) -> None:
        built = outline(
            'targets: [{indicator: 甲, goal: 3所, id: a, text: "甲稳定在{@a.goal}"}]\nsections: [{heading: 乙}]\n'
        )
        assert lines(built) == ["一、主要目标", "1.甲稳定在3所。", "二、乙"]

    def test_a_wording_cannot_contain_another_target(self) -> None:
        text = 'targets: [{indicator: 甲, goal: 3所, id: a, text: "{@b}{@b}"}, {indicator: 乙, goal: 4所, id: b}]\n'
        plan, _ = parse_record(Plan, Source("plan.yaml", HEAD + text + "sections: [{heading: 丙}]\n"))
        assert [d.code for d in build_outline(plan)[1]] == ["D521", "D521"]

    def test_what_only_the_notice_mentions_is_still_printed(self) -> None:
        built = outline(
            "targets: [{indicator: 甲, goal: 3所, id: a}]\nnotice: {text: '见{@a}。'}\nsections: [{heading: 乙}]\n"
        )
        assert lines(built) == ["一、主要目标", "1.甲达到3所。", "二、乙"]

    def test_a_wording_keeps_one_full_stop(self) -> None:
        built = outline(
            "sections: [{heading: 甲, tasks: [{text: 乙, targets: [{indicator: 丙, goal: 3所, text: 丙要到3所。}]}]}]\n"
        )
        assert lines(built) == ["一、甲", "1.乙。丙要到3所。"]


class TestErrorsOfPrograms:
    def test_an_outline_with_errors_is_not_handed_out(self) -> None:
        plan, _ = parse_record(Plan, Source("plan.yaml", HEAD + "sections: [{heading: 甲, text: '{@x}'}]\n"))
        with pytest.raises(PlanError) as refused:
            api.make_outline(plan)
        assert [d.code for d in refused.value.diagnostics] == ["D515"]

    def test_a_plan_without_a_file_is_blamed_without_a_place(self) -> None:
        plan, _ = parse_record(Plan, Source("plan.yaml", HEAD + "sections: [{heading: 甲}]\n"))
        made = Plan(title=plan.title, year=plan.year, sections=plan.sections, closing=("{@x}",))
        _, diagnostics = build_outline(made)
        assert [(d.code, d.span) for d in diagnostics] == [("D515", None)]


def test_loading_raises_everything_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("title: 甲\nyear: 27\nsections: [{heading: 乙, text: '{@x}'}]\n", encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        api.load_plan(path)
    assert [d.code for d in refused.value.diagnostics] == ["D506", "D515"]
    assert [d.code for d in api.check_plan(path)] == ["D506", "D515"]
