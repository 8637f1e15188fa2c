"""Word documents made in a dozen ways all come in as the same small plan; what is no plan is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from base_documents import paragraph, run, text_box
from plangen.diagnostics import PlanError
from plangen.importing.document import import_document
from plangen.plan.model import Plan
from word_documents import begin, comment, definition, deleted, end, inserted, instance, mark, numbered, saved, word

TITLE = "云川市2026年教育工作要点"
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="S{n}"><w:name w:val="{name}"/>{more}</w:style>'
    for n, (name, more) in enumerate(
        (
            ("Title", ""),
            ("heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
            ("heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        )
    )
)
LISTS = definition(0, ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
RUN_ON = LISTS.replace('<w:lvlText w:val="%3."', '<w:lvlRestart w:val="0"/><w:lvlText w:val="%3."') + instance(1, 0)


def table(*rows: tuple[str, ...]) -> str:
    """Return a table, a paragraph a cell."""
    grid = '<w:gridCol w:w="2000"/>' * len(rows[0])
    written = "".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows)
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>'


def literal_numbers() -> bytes:
    return word(
        *map(
            paragraph,
            (
                TITLE,
                "一、促进教育公平",
                "1.扩大学位供给。新增学位9000个。",
                "2.控辍保学。落实责任。",
                "二、建强教师队伍",
                "3.培训园长。全年培训60人。",
            ),
        )
    )


def native_lists() -> bytes:
    levels = ((0, "促进教育公平"), (2, "扩大学位供给。新增学位9000个。"), (2, "控辍保学。落实责任。"))
    more = ((0, "建强教师队伍"), (2, "培训园长。全年培训60人。"))
    body = [paragraph(text, properties=numbered(1, level)) for level, text in (*levels, *more)]
    return word(paragraph(TITLE), *body, numbering=RUN_ON)


def styled_lists() -> bytes:
    """Let the styles of headings count, as documents made with 多级列表 do."""
    styles = STYLES.replace('<w:outlineLvl w:val="0"/>', f'{numbered(1, 0)}<w:outlineLvl w:val="0"/>')
    styles = styles.replace('<w:outlineLvl w:val="1"/>', f'{numbered(1, 2)}<w:outlineLvl w:val="1"/>')
    texts = (
        ("S1", "促进教育公平"),
        ("S2", "扩大学位供给。新增学位9000个。"),
        ("S2", "控辍保学。落实责任。"),
        ("S1", "建强教师队伍"),
        ("S2", "培训园长。全年培训60人。"),
    )
    body = [paragraph(text, properties=f'<w:pStyle w:val="{style}"/>') for style, text in texts]
    return word(paragraph(TITLE), *body, numbering=RUN_ON, styles=styles)


def split_runs() -> bytes:
    return word(
        paragraph(run("云川市"), "<w:proofErr w:type='spellStart'/>", run("2026年"), run("教育工作要点")),
        paragraph("一、", "促进", "教育公平"),
        paragraph("1.", "扩大学位供给。", "新增学位", "9000", "个。"),
        paragraph("2.控辍保学。落实责任。"),
        paragraph("二、建强教师队伍"),
        paragraph("3", ".培训园长。全年培训60人。"),
    )


def soft_breaks() -> bytes:
    """Put everything into two paragraphs, broken by Shift+Enter."""
    breaks = "<w:r><w:br/></w:r>"
    return word(
        paragraph(TITLE),
        paragraph("一、促进教育公平", breaks, "1.扩大学位供给。新增学位9000个。", breaks, "2.控辍保学。落实责任。"),
        paragraph("二、建强教师队伍", breaks, "3.培训园长。全年培训60人。"),
    )


def tracked_changes() -> bytes:
    return word(
        paragraph(TITLE),
        paragraph("一、促进教育公平"),
        paragraph("1.扩大学位供给。", deleted("李四", "新建学校8所。"), inserted("李四", run("新增学位9000个。"))),
        paragraph(deleted("李四", "2.删去的任务。"), properties=mark("del", "李四")),
        paragraph(inserted("李四", run("2.控辍保学。落实责任。")), properties=mark("ins", "李四")),
        paragraph("二、建强教师队伍"),
        paragraph("3.培训园长。全年培训60人。"),
    )


def comments() -> bytes:
    return word(
        paragraph(TITLE),
        paragraph("一、促进教育公平"),
        paragraph("1.扩大学位供给。", begin(1), run("新增学位9000个。"), end(1)),
        paragraph("2.控辍保学。落实责任。"),
        paragraph("二、建强教师队伍"),
        paragraph("3.培训园长。全年培训60人。"),
        comments=comment(1, "王五", "数字再核一下"),
    )


def boxed_title() -> bytes:
    """Set the title in a text box, as posters have it."""
    return word(
        paragraph(text_box(paragraph(TITLE))),
        paragraph("一、促进教育公平"),
        paragraph("1.扩大学位供给。新增学位9000个。"),
        paragraph("2.控辍保学。落实责任。"),
        paragraph("二、建强教师队伍"),
        paragraph("3.培训园长。全年培训60人。"),
    )


def section_breaks() -> bytes:
    turned = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    return word(
        paragraph(TITLE),
        paragraph("一、促进教育公平"),
        paragraph("1.扩大学位供给。新增学位9000个。", properties=turned),
        paragraph("2.控辍保学。落实责任。"),
        paragraph("<w:r><w:br w:type='page'/></w:r>", "二、建强教师队伍"),
        paragraph("3.培训园长。全年培训60人。"),
    )


def half_width_and_blank_lines() -> bytes:
    return word(
        *map(
            paragraph,
            (
                "　　　　" + TITLE,
                "",
                "　　一、促进教育公平",
                "",
                "　　1.扩大学位供给.新增学位9000个.".replace("供给.", "供给。").replace("个.", "个。"),
                "",
                "　　2.控辍保学。 落实责任。",
                "　　二、建强教师队伍",
                "　　3.培训园长。全年培训60人。",
            ),
        )
    )


def official_document() -> bytes:
    """Send the plan with a notice, under a red head."""
    return word(
        *map(
            paragraph,
            (
                "云川市教育局文件",
                "云教〔2026〕3号",
                "云川市教育局关于印发《云川市2026年教育工作要点》的通知",
                "各县（区）教育局，局属各学校：",
                "现将要点印发给你们，请认真贯彻落实。",
                "云川市教育局",
                "2026年2月18日",
                "（此件公开发布）",
                TITLE,
                "一、促进教育公平",
                "1.扩大学位供给。新增学位9000个。",
                "2.控辍保学。落实责任。",
                "二、建强教师队伍",
                "3.培训园长。全年培训60人。",
                "抄送：市委教育工作领导小组办公室。",
                "云川市教育局办公室　　2026年2月20日印发",
            ),
        )
    )


def task_table_attached() -> bytes:
    return word(
        *map(
            paragraph,
            (
                TITLE,
                "一、促进教育公平",
                "1.扩大学位供给。新增学位9000个。",
                "2.控辍保学。落实责任。",
                "二、建强教师队伍",
                "3.培训园长。全年培训60人。",
                "附件",
                "重点任务分解表",
            ),
        ),
        table(
            ("序号", "重点任务", "责任单位", "完成时限"),
            ("1", "扩大学位供给", "规划建设科", "2026年8月"),
            ("2", "控辍保学", "基础教育科、财务科", "全年"),
            ("3", "培训园长", "人事科", "2026年12月"),
        ),
    )


KINDS: tuple[Callable[[], bytes], ...] = (
    literal_numbers,
    native_lists,
    styled_lists,
    split_runs,
    soft_breaks,
    tracked_changes,
    comments,
    boxed_title,
    section_breaks,
    half_width_and_blank_lines,
    official_document,
    task_table_attached,
)


def content(plan: Plan) -> list[tuple[str, list[tuple[str, tuple[str, ...]]]]]:
    """Return headings and texts of the sections and their tasks."""
    return [(each.heading, [(task.heading, task.text) for task in each.tasks]) for each in plan.sections]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_document_made_this_way_is_the_same_plan(kind: Callable[[], bytes], tmp_path: Path) -> None:
    imported = import_document(saved(kind(), tmp_path))
    assert imported.plan.title == TITLE
    assert content(imported.plan) == [
        ("促进教育公平", [("扩大学位供给", ("新增学位9000个。",)), ("控辍保学", ("落实责任。",))]),
        ("建强教师队伍", [("培训园长", ("全年培训60人。",))]),
    ]
    assert imported.plan.numbering is not None
    assert imported.plan.numbering.continuous == frozenset(("tasks",))
    assert "I001" not in [each.code for each in imported.diagnostics]


def codes(content: bytes, folder: Path) -> list[str]:
    return [each.code for each in import_document(saved(content, folder)).diagnostics]


def test_tracked_changes_and_comments_are_spoken_of(tmp_path: Path) -> None:
    assert codes(tracked_changes(), tmp_path) == ["I022"]
    assert codes(comments(), tmp_path) == ["I023"]


def test_the_elements_of_an_official_document_are_kept_apart(tmp_path: Path) -> None:
    plan = import_document(saved(official_document(), tmp_path)).plan
    assert plan.official is not None
    assert plan.notice is not None
    assert plan.official.organ_mark == ("云川市教育局文件",)
    assert plan.official.document_number == "云教〔2026〕3号"
    assert plan.official.recipients == ("各县（区）教育局", "局属各学校")
    assert plan.official.signature == ("云川市教育局",)
    assert plan.official.note == "（此件公开发布）"
    assert (plan.official.copies_to, plan.official.printed_by) == (
        ("市委教育工作领导小组办公室",),
        "云川市教育局办公室",
    )
    assert plan.notice.text == ("现将要点印发给你们，请认真贯彻落实。",)


def test_the_columns_of_a_task_table_become_owners_and_dates(tmp_path: Path) -> None:
    plan = import_document(saved(task_table_attached(), tmp_path)).plan
    tasks = [task for section in plan.sections for task in section.tasks]
    assert [(task.lead, task.due) for task in tasks] == [
        (("规划建设科",), "2026年8月"),
        (("基础教育科", "财务科"), "全年"),
        (("人事科",), "2026年12月"),
    ]
    assert [(each.title, each.table) for each in plan.attachments] == [("重点任务分解表", "tasks")]


def test_a_row_that_no_task_answers_to_is_not_lost_in_silence(tmp_path: Path) -> None:
    document = word(
        *map(paragraph, (TITLE, "一、促进教育公平", "1.扩大学位供给。新增学位9000个。")),
        table(("序号", "重点任务", "责任单位"), ("1", "扩大学位供给", "规划科"), ("2", "培训教师", "人事科")),
    )
    found = [each.message for each in import_document(saved(document, tmp_path)).diagnostics]
    assert found == ["表里的“培训教师”和正文对不上，这一行没有导入"]


def test_a_table_of_tasks_alone_is_a_plan(tmp_path: Path) -> None:
    document = word(
        paragraph(TITLE),
        table(
            ("序号", "工作任务", "主要目标", "牵头单位", "配合单位", "完成时限"),
            ("一、促进教育公平", "", "", "", "", ""),
            ("1", "扩大学位供给", "普惠性幼儿园覆盖率达到90%以上", "规划建设科", "财务科", "2026年8月"),
            ("二、建强教师队伍", "", "", "", "", ""),
            ("2", "培训园长", "", "人事科", "", "年底前"),
        ),
    )
    imported = import_document(saved(document, tmp_path))
    assert [each.heading for each in imported.plan.sections] == ["促进教育公平", "建强教师队伍"]
    task = imported.plan.sections[0].tasks[0]
    assert (task.heading, task.lead, task.support, task.due) == (
        "扩大学位供给",
        ("规划建设科",),
        ("财务科",),
        "2026年8月",
    )
    assert [(target.indicator, target.goal.written) for target in task.targets] == [("普惠性幼儿园覆盖率", "90%以上")]
    assert "I001" not in [each.code for each in imported.diagnostics]


def test_an_attachment_that_is_only_named_is_left_out_with_a_word(tmp_path: Path) -> None:
    document = word(
        *map(paragraph, (TITLE, "一、促进教育公平", "1.扩大学位供给。新增学位9000个。", "附件", "学校名单"))
    )
    imported = import_document(saved(document, tmp_path))
    assert imported.plan.attachments == ()
    assert [each.code for each in imported.diagnostics] == ["I020"]


def test_another_table_is_left_out_with_a_word(tmp_path: Path) -> None:
    document = word(
        paragraph(TITLE),
        paragraph("一、促进教育公平"),
        paragraph("1.扩大学位供给。新增学位9000个。"),
        table(("学校", "学位"), ("一小", "900"), ("二小", "600")),
    )
    assert codes(document, tmp_path) == ["I019"]


@pytest.mark.parametrize(
    "document",
    [word(paragraph("请各单位报送材料。")), word(table(("姓名", "电话"), ("张三", "12345")))],
    ids=["prose", "only another table"],
)
def test_what_is_no_plan_is_refused(document: bytes, tmp_path: Path) -> None:
    with pytest.raises(PlanError) as refused:
        import_document(saved(document, tmp_path))
    assert [each.code for each in refused.value.diagnostics] == ["I002"]
