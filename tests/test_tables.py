"""The tables that go with a plan: 重点任务分解表 and 主要指标表, as its outline has them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pages import EXAMPLES
from plangen import api
from plangen.diagnostics import NOWHERE, Source
from plangen.outline.build import build_outline
from plangen.outline.model import Outline, Row, Section, Table
from plangen.plan.model import Plan
from plangen.source.loading import parse_record

HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\n"


def outline(text: str, head: str = HEAD) -> Outline:
    plan, diagnostics = parse_record(Plan, Source("plan.yaml", head + text))
    built, more = build_outline(plan)
    assert [*diagnostics, *more] == []
    return built


def lines(table: Table) -> list[str]:
    """Return the rows of a table: headings as they are, cells joined by bars."""
    return [str(row.group) if row.group else "|".join(str(cell.text) for cell in row.cells) for row in table.rows]


def tasks(text: str) -> list[str]:
    return lines(outline(text).tables.tasks)


def targets(text: str) -> list[str]:
    return lines(outline(text).tables.targets)


def column(table: Table, name: str) -> list[str]:
    """Return what stands in a column."""
    at = [each.name for each in table.columns].index(name)
    return [str(row.cells[at].text) for row in table.rows if not row.group]


class TestTasks:
    def test_every_task_has_a_row_under_the_heading_as_it_is_printed(self) -> None:
        assert tasks(
            "sections:\n"
            "  - {heading: 甲, tasks: [{heading: 一事}, {heading: 二事}]}\n"
            "  - {heading: 乙, tasks: [{heading: 三事}]}\n"
        ) == ["一、甲", "1|一事||||", "2|二事||||", "二、乙", "3|三事||||"]

    def test_the_number_of_a_heading_counts_what_stands_before_it(self) -> None:
        built = outline(
            "guiding_thought: {heading: 指导思想, text: 甲。}\ntargets: [{indicator: 乙, goal: 5所}]\n"
            "sections: [{heading: 丙, tasks: [{heading: 丁}]}]\n"
        )
        assert lines(built.tables.tasks) == ["三、丙", "1|丁||||"]

    def test_nested_sections_give_nested_headings(self) -> None:
        built = outline(
            "sections:\n"
            "  - heading: 甲\n"
            "    tasks: [{heading: 一事}]\n"
            "    sections: [{heading: 子, tasks: [{heading: 二事}]}, {heading: 丑, tasks: [{heading: 三事}]}]\n"
        )
        table = built.tables.tasks
        assert lines(table) == ["一、甲", "1|一事||||", "（一）子", "2|二事||||", "（二）丑", "3|三事||||"]
        assert [row.group.depth for row in table.rows if row.group] == [1, 2, 2]

    def test_a_section_without_tasks_below_it_gives_no_heading(self) -> None:
        assert tasks(
            "sections:\n"
            "  - {heading: 甲, text: 空话。}\n"
            "  - heading: 乙\n"
            "    sections: [{heading: 子, text: 空话。}, {heading: 丑, tasks: [{heading: 一事}]}]\n"
        ) == ["二、乙", "（二）丑", "1|一事||||"]

    @pytest.mark.parametrize(
        ("task", "name"),
        [
            ("{heading: 扩大学位供给。, text: 正文。}", "扩大学位供给"),
            ("{text: 第一句。第二句。}", "第一句"),
            ("{text: '抓三件事：一是读书；二是锻炼。不得遗漏。'}", "抓三件事：一是读书；二是锻炼"),
            ("{text: 为谁办教育？为人民。}", "为谁办教育？"),
            ("{text: 唱响“好好学习。”天天向上。}", "唱响“好好学习。”"),
            ("{text: 没有句号}", "没有句号"),
            ("{text: 重点抓好：, items: [甲。]}", "重点抓好"),
            ("{items: [第一点，要紧。还有话。, 第二点。]}", "第一点，要紧"),
            ("{items: [{heading: 小标题, text: 话。}]}", "小标题"),
            ("{items: [{items: [最里面的话。]}]}", "最里面的话"),
        ],
    )
    @pytest.mark.parametrize("layout", ["", "layout: {task_heading: own-line}\n", "numbering: {tasks: 一是}\n"])
    def test_a_task_goes_by_its_heading_or_its_first_sentence(self, task: str, name: str, layout: str) -> None:
        table = outline(f"{layout}sections: [{{heading: 甲, tasks: [{task}]}}]\n").tables.tasks
        assert column(table, "重点任务") == [name]

    def test_references_read_as_in_the_text(self) -> None:
        built = outline(
            "sections: [{heading: 甲, tasks: [{text: '完成{@seats.goal}，见第{@b}项。余下的话。', "
            "targets: [{id: seats, indicator: 学位, goal: 3000个}]}, {heading: 乙, id: b}]}]\n"
        )
        assert column(built.tables.tasks, "重点任务") == ["完成3000个，见第2项", "乙"]
        references = [segment.refers_to for segment in built.tables.tasks.rows[1].cells[1].text.segments]
        assert references == ["", "seats", "", "b", ""]

    def test_goals_are_the_phrases_of_all_targets(self) -> None:
        built = outline(
            "sections: [{heading: 甲, tasks: [{text: '确保{@seats}。', targets: ["
            "{id: seats, indicator: 学位, goal: 新增3000个}, {indicator: 巩固率, goal: 98%以上}, "
            "{indicator: 时长, goal: ≤90分钟, text: 作业时长不超过90分钟。}]}]}]\n"
        )
        assert column(built.tables.tasks, "主要目标") == ["学位新增3000个；巩固率达到98%以上；作业时长不超过90分钟"]

    def test_units_and_due_dates_read_as_an_official_writes_them(self) -> None:
        built = outline(
            "sections: [{heading: 甲, tasks: [{heading: 乙, lead: [规划科, 财务科], support: [人事科, 办公室], "
            "due: 2027-06-30}, {heading: 丙, due: 2027-Q3}, {heading: 丁, due: 9月底前}]}]\n"
        )
        assert lines(built.tables.tasks)[1:] == [
            "1|乙||规划科、财务科|人事科、办公室|2027年6月30日",
            "2|丙||||2027年第三季度",
            "3|丁||||9月底前",
        ]
        due = [row.cells[-1].value for row in built.tables.tasks.rows[1:]]
        assert due == [date(2027, 6, 30), date(2027, 9, 30), None]

    def test_tasks_led_by_the_same_units_share_a_cell(self) -> None:
        built = outline(
            "sections:\n"
            "  - heading: 甲\n"
            "    tasks: [{heading: a, lead: 子}, {heading: b, lead: [子]}, {heading: c, lead: [子, 丑]}]\n"
            "    sections: [{heading: 内, tasks: [{heading: d, lead: [子, 丑]}, {heading: e, lead: [丑, 子]}]}]\n"
            "  - heading: 乙\n"
            "    tasks: [{heading: f, lead: 丑}, {heading: g}, {heading: h}]\n"
        )
        lead = [(str(r.cells[3].text), r.cells[3].rows) for r in built.tables.tasks.rows if not r.group]
        # never across sections, not where no unit leads, and only where all units are the same
        assert lead == [("子", 2), ("", 0), ("子、丑", 1), ("子、丑", 1), ("丑、子", 1), ("丑", 1), ("", 1), ("", 1)]

    def test_whole_sentences_get_more_of_the_width_than_headings(self) -> None:
        def widths(table: Table) -> tuple[int, int]:
            found = {each.name: each.width for each in table.columns}
            return found["重点任务"], found["主要目标"]

        goals = "targets: [{indicator: 九年义务教育巩固率, goal: 98%以上}]"
        short = widths(outline(f"sections: [{{heading: 甲, tasks: [{{heading: 乙, {goals}}}]}}]\n").tables.tasks)
        long = widths(outline(f"sections: [{{heading: 甲, tasks: [{{text: {'乙' * 90}, {goals}}}]}}]\n").tables.tasks)
        assert sum(short) == sum(long)
        assert short[0] < long[0]


class TestTargets:
    def test_those_of_the_plan_come_first_then_reading_order(self) -> None:
        assert targets(
            "targets: [{indicator: 全市, goal: 5所}]\n"
            "sections:\n"
            "  - heading: 甲\n"
            "    tasks: [{heading: 乙, targets: [{indicator: 任务的, goal: 6所}]}, {heading: 丙}]\n"
            "    targets: [{indicator: 部分的, goal: 7所}]\n"
            "    sections: [{heading: 内, tasks: [{heading: 丁, targets: [{indicator: 内层的, goal: 8所}]}]}]\n"
            "  - {heading: 无, tasks: [{heading: 戊}]}\n"
        ) == [
            "1|全市|所||5||",
            "二、甲",
            "2|部分的|所||7||",
            "3|任务的|所||6||",
            "（一）内",
            "4|内层的|所||8||",
        ]

    def test_targets_that_prose_refers_to_are_there_too(self) -> None:
        text = "targets: [{id: a, indicator: 全市, goal: 5所}]\nopening: '{@a}。'\nsections: [{heading: 甲}]\n"
        assert targets(text) == ["1|全市|所||5||"]

    def test_owners_are_its_own_or_those_of_its_task(self) -> None:
        built = outline(
            "targets: [{indicator: a, goal: 5所, lead: 总管}]\n"
            "sections: [{heading: 甲, targets: [{indicator: b, goal: 5所}], tasks: [{heading: 乙, lead: [子, 丑], "
            "targets: [{indicator: c, goal: 5所}, {indicator: d, goal: 5所, lead: 寅}]}]}]\n"
        )
        assert column(built.tables.targets, "责任单位") == ["总管", "", "子、丑", "寅"]

    @pytest.mark.parametrize(
        ("target", "row"),
        [
            ("goal: 97.8%以上, baseline: 97.5%", "%|97.5|97.8以上|提高0.3个百分点"),
            ("goal: 控制在0.5%以内, baseline: 0.8%", "%|0.8|控制在0.5以内|下降0.3个百分点"),
            ("goal: 达到14所, baseline: 9所", "所|9|达到14|增加5所"),
            ("goal: 1.1万人次, baseline: 1.2万人次", "万人次|1.2|1.1|减少0.1万人次"),
            ("goal: 保持在100%, baseline: 100%", "%|100|保持在100|持平"),
            ("goal: 15%～20%, baseline: 13%", "%|13|15～20|"),
            ("goal: 新增12所", "所||新增12|新增12所"),
            ("goal: 下降0.5个百分点", "个百分点||下降0.5|下降0.5个百分点"),
            ("goal: '17:1以内', baseline: '18:1'", "—|18:1|17:1以内|"),
            ("goal: 98, baseline: 97", "—|97|98|增加1"),
            ("goal: 1.2万个, baseline: 9000个", "万个|9000个|1.2|"),
            ("goal: 98%, baseline: 不详", "%|不详|98|"),
            ("goal: 98%", "%||98|"),
        ],
    )
    def test_figures_stand_without_their_unit_and_with_their_change(self, target: str, row: str) -> None:
        (line,) = targets(f"targets: [{{indicator: 甲, {target}}}]\nsections: [{{heading: 乙}}]\n")
        assert line == f"1|甲|{row}|"

    def test_numbers_are_numbers(self) -> None:
        built = outline(
            "targets: [{indicator: 甲, goal: 97.8%以上, baseline: 97.50%}, {indicator: 乙, goal: 15～20所}, "
            "{indicator: 丙, goal: '17:1'}, {indicator: 丁, goal: 减少20%}]\nsections: [{heading: 戊}]\n"
        )
        values = [tuple(cell.value for cell in row.cells[3:6]) for row in built.tables.targets.rows]
        assert values == [
            (Decimal("97.50"), Decimal("97.8"), Decimal("0.30")),
            (None, None, None),
            (None, None, None),
            (None, Decimal(20), Decimal(-20)),
        ]


class TestTitles:
    def test_a_table_is_named_after_the_plan(self) -> None:
        built = outline("sections: [{heading: 甲}]\n")
        assert built.tables.tasks.title == "云川市2027年教育工作要点重点任务分解表"
        assert built.tables.targets.title == "云川市2027年教育工作要点主要指标表"

    def test_the_attachment_that_is_the_table_gives_the_title(self) -> None:
        built = outline(
            "sections: [{heading: 甲, tasks: [{heading: 乙}]}]\n"
            "attachments:\n"
            "  - {title: 有关要求, text: 丙。}\n"
            "  - {title: 任务清单, table: tasks}\n"
            "  - {title: 又一份, table: tasks}\n"
        )
        assert built.tables.tasks.title == "任务清单"
        assert [attachment.table and attachment.table.title for attachment in built.attachments] == [
            None,
            "任务清单",
            "又一份",
        ]
        assert all(a.table.rows == built.tables.tasks.rows for a in built.attachments if a.table)


def test_chinese_keys_say_the_same() -> None:
    english = outline(
        "sections: [{heading: 甲, tasks: [{heading: 乙, lead: 子, support: 丑, due: 2027-08, "
        "targets: [{indicator: 丙, goal: 5所, baseline: 4所}]}]}]\nattachments: [{title: 清单, table: tasks}]\n"
    )
    chinese = outline(
        "部分: [{标题: 甲, 任务: [{标题: 乙, 牵头: 子, 配合: 丑, 时限: 2027-08, "
        "指标: [{指标: 丙, 目标: 5所, 基数: 4所}]}]}]\n附件: [{标题: 清单, 附表: 任务}]\n",
        "标题: 云川市2027年教育工作要点\n年份: 2027\n",
    )
    assert english._replace(place=NOWHERE) == chinese._replace(place=NOWHERE)
    assert lines(english.tables.tasks) == ["一、甲", "1|乙|丙达到5所|子|丑|2027年8月"]


def test_a_plan_without_tasks_and_targets_has_tables_without_rows() -> None:
    built = outline("sections: [{heading: 甲}]\n")
    assert (built.tables.tasks.rows, built.tables.targets.rows) == ((), ())


@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda path: path.stem)
def test_the_tables_of_the_examples_are_whole(plan: Path) -> None:
    written = api.load_plan(plan)
    built = api.make_outline(written)
    for table in (built.tables.tasks, built.tables.targets):
        rows = [row for row in table.rows if not row.group]
        assert column(table, "序号") == [str(number + 1) for number in range(len(rows))]
        assert {len(row.cells) for row in rows} == {len(table.columns)}
        assert all(each.width > 0 for each in table.columns)
        assert headings_are_printed(table.rows, built)
        assert table.rows[-1].group is None
    assert len(column(built.tables.tasks, "序号")) == count_tasks(written)


def test_tables_cost_nothing_where_nobody_asks() -> None:
    built = outline("sections: [{heading: 甲, tasks: [{heading: 乙}]}]\n")
    assert "tasks" not in vars(built.tables)
    assert built.tables.tasks is built.tables.tasks


def headings_are_printed(rows: tuple[Row, ...], built: Outline) -> bool:
    """Tell whether every heading in a table is one of the plan."""

    def below(sections: tuple[Section, ...]) -> list[str]:
        return [text for each in sections for text in (str(each.heading), *below(each.sections))]

    return {str(row.group) for row in rows if row.group} <= set(below(built.sections))


def count_tasks(plan: Plan) -> int:
    """Return how many tasks a plan has."""
    waiting, found = list(plan.sections), 0
    while waiting:
        section = waiting.pop()
        found += len(section.tasks)
        waiting += section.sections
    return found
