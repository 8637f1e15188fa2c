"""What departments changed and said in the documents sent to them, as an office lists it."""

import shutil
import sys
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from libreoffice_reviewer import AUTHOR, review
from pages import EXAMPLES
from plangen import PlanError, api, cli
from plangen.compare.nodes import Tree
from plangen.diagnostics import Diagnostic
from plangen.opinions.clauses import printed_paragraphs, squeezed, without_number
from plangen.opinions.collect import Opinion, collect_opinions, word_files
from plangen.opinions.drafts import as_suggestion
from plangen.opinions.phrases import advice, changed, passages
from plangen.render.choices import Choices
from plangen.source.files import read_source
from returned import Returned
from texts import read_markdown

PLAN = """\
title: 云川市2027年教育工作要点
year: 2027
opening: 全市教育系统要真抓实干。
numbering: {continuous: [tasks]}
sections:
  - heading: 促进教育公平
    text: 坚持把公平作为教育的底色。
    tasks:
      - heading: 扩大学位供给
        text: |
          加快新城片区学校建设，年内交付使用学校6所。
          新增公办学位9000个。
        items:
          - 新建小学4所，改扩建幼儿园3所。
          - 新建初中2所。
      - text: 做好随迁子女入学工作，落实“应入尽入”要求。
  - heading: 建强教师队伍
    sections:
      - heading: 涵养师德师风
        tasks:
          - heading: 开展师德专题教育
            text: 每学期集中学习不少于2次。学校书记、校长带头讲课。
closing: 各县（区）教育局要结合实际抓好落实。
"""


PLANS = {path.stem: path for path in EXAMPLES}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def collected(plan: Path, *files: Path, unit_is_file: bool = False) -> tuple[list[Opinion], list[Diagnostic]]:
    reading = api.open_reading(read_source(plan))
    return collect_opinions(files, Tree(reading.plan, reading.outline), unit_is_file=unit_is_file)


def rows(plan: Path, *files: Path) -> list[tuple[str, ...]]:
    """Return unit, clause, original and advice of the opinions in documents."""
    return [each[:4] for each in collected(plan, *files)[0]]


@pytest.mark.parametrize("native", [False, True])
@pytest.mark.parametrize("saves", ["as_word_saves", "as_wps_saves", ""])
def test_a_changed_figure(plan: Path, tmp_path: Path, native: bool, saves: str) -> None:
    document = Returned(plan, Choices(native_numbering=native))
    if saves:
        getattr(document, saves)()
    sent = document.replace("规划建设科", "6", "8", inside="交付使用学校").save(tmp_path / "规划.docx")
    sentence = "加快新城片区学校建设，年内交付使用学校6所。"
    ((unit, clause, original, said),) = rows(plan, sent)
    assert (unit, clause, said) == ("规划建设科", "第1条", "将“6所”改为“8所”")
    assert original.endswith(sentence)


def test_changes_in_one_sentence_are_one_opinion_and_in_two_sentences_two(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .replace("财务科", "加快", "统筹", inside="新城片区")
        .replace("财务科", "6所", "8所", inside="新城片区")
        .replace("财务科", "9000", "12000")
        .save(tmp_path / "a.docx")
    )
    assert [each[3] for each in rows(plan, sent)] == ["将“加快”改为“统筹”，将“6所”改为“8所”", "将“9000个”改为“12000个”"]


def test_words_deleted_added_and_a_sentence_deleted(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .replace("人事科", "书记、", "")
        .replace("人事科", "每学期集中学习", "每学期集中学习和研讨")
        .replace("人事科", "新增公办学位9000个。", "")
        .save(tmp_path / "a.docx")
    )
    assert rows(plan, sent) == [
        ("人事科", "第1条", "新增公办学位9000个。", "删去此句"),
        ("人事科", "第3条", "每学期集中学习不少于2次。", "在“每学期集中学习”后增加“和研讨”"),
        ("人事科", "第3条", "学校书记、校长带头讲课。", "删去“书记、”"),
    ]


def test_whole_paragraphs_deleted_and_added(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .delete_paragraph("基础教育科", "新建初中2所")
        .add_paragraph("基础教育科", "做好随迁子女", "做好残疾儿童少年入学工作。")
        .save(tmp_path / "a.docx")
    )
    assert rows(plan, sent) == [
        ("基础教育科", "第1条（2）", "（2）新建初中2所。", "删去此段"),
        (
            "基础教育科",
            "第2条",
            "2.做好随迁子女入学工作，落实“应入尽入”要求。",
            "在此段后增加一段：“做好残疾儿童少年入学工作。”",
        ),
    ]


def test_two_paragraphs_added_together_are_one_opinion(plan: Path, tmp_path: Path) -> None:
    document = (
        Returned(plan)
        .add_paragraph("办公室", "做好随迁子女", "第二段。")
        .add_paragraph("办公室", "做好随迁子女", "第一段。")
    )
    ((_, _, _, said),) = rows(plan, document.save(tmp_path / "a.docx"))
    assert said == "在此段后增加一段：“第一段。”“第二段。”"


@pytest.mark.parametrize("as_move", [False, True])
def test_a_moved_paragraph_is_one_opinion(plan: Path, tmp_path: Path, as_move: bool) -> None:
    text = "2.做好随迁子女入学工作，落实“应入尽入”要求。"
    sent = (
        Returned(plan)
        .delete_paragraph("办公室", "做好随迁子女", as_move=as_move)
        .add_paragraph("办公室", "每学期集中学习", text, as_move=as_move)
        .save(tmp_path / "a.docx")
    )
    ((_, clause, original, said),) = rows(plan, sent)
    assert (clause, original) == ("第2条", text)
    assert said == "将此段移到“3.开展师德专题教育。每学期集中学习不少于2次。学校书记、校长带头讲课。”后"


def test_comments_on_words_on_sentences_and_on_paragraphs(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .comment("财务科", "9000", "建议核实学位数。")
        .comment("财务科", "各县（区）教育局要结合实际抓好落实。", "是否写明时限？")
        .comment("财务科", "坚持把公平", "这两段合写。", until="加快新城片区")
        .save(tmp_path / "a.docx")
    )
    assert rows(plan, sent) == [
        (
            "财务科",
            "第一部分",
            "坚持把公平作为教育的底色。1.扩大学位供给。加快新城片区",
            "建议：这两段合写。",
        ),
        ("财务科", "第1条", "新增公办学位9000个。", "关于“9000”，建议：核实学位数。"),
        ("财务科", "结尾", "各县（区）教育局要结合实际抓好落实。", "是否写明时限？"),
    ]


def test_a_comment_beside_a_change_gives_its_reason(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .comment("财务科", "9000个", "经费只够8000个。")
        .replace("财务科", "9000", "8000")
        .comment("办公室", "新增公办学位", "同意。", answers=0)
        .save(tmp_path / "a.docx")
    )
    ((unit, _, original, said),) = rows(plan, sent)
    assert (unit, original) == ("财务科", "新增公办学位9000个。")
    assert said == "将“9000个”改为“8000个”（批注：经费只够8000个。（办公室答复：同意。））"


def test_each_author_is_seen_alone(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .replace("财务科", "9000", "8000")
        .replace("人事科", "新增公办", "新增优质公办", inside="8000")
        .save(tmp_path / "a.docx")
    )
    assert {(unit, said) for unit, _, _, said in rows(plan, sent)} == {
        ("财务科", "将“9000个”改为“8000个”"),
        ("人事科", "在“新增”后增加“优质”"),
    }


def test_several_documents_are_listed_in_the_order_of_the_plan(plan: Path, tmp_path: Path) -> None:
    first = Returned(plan).replace("甲", "2次", "3次").replace("甲", "真抓实干", "埋头苦干").save(tmp_path / "甲.docx")
    second = Returned(plan).replace("乙", "9000", "8000").replace("乙", "2次", "4次").save(tmp_path / "乙.docx")
    assert [(unit, clause) for unit, clause, _, _ in rows(plan, first, second)] == [
        ("甲", "开头"),
        ("乙", "第1条"),
        ("甲", "第3条"),
        ("乙", "第3条"),
    ]


def test_the_name_of_the_file_may_be_the_unit(plan: Path, tmp_path: Path) -> None:
    sent = Returned(plan).replace("Administrator", "9000", "8000").save(tmp_path / "财务科.docx")
    opinions, said = collected(plan, sent)
    assert [each.unit for each in opinions] == ["Administrator"]
    assert [each.code for each in said] == ["R107"]
    opinions, said = collected(plan, sent, unit_is_file=True)
    assert [each.unit for each in opinions] == ["财务科"]
    assert said == []


@pytest.mark.parametrize("native", [False, True])
def test_numbers_that_only_follow_are_no_opinion(plan: Path, tmp_path: Path, native: bool) -> None:
    document = Returned(plan, Choices(native_numbering=native)).delete_paragraph("甲", "做好随迁子女")
    if not native:
        document.replace("甲", "3.", "2.", inside="3.开展师德")
    ((_, clause, _, said),) = rows(plan, document.save(tmp_path / "a.docx"))
    assert (clause, said) == ("第2条", "删去此段")


def test_changes_that_nobody_tracked(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .replace("", "9000", "8000", tracked=False)
        .add_paragraph("", "做好随迁子女", "做好残疾儿童少年入学工作。", tracked=False)
        .save(tmp_path / "财务科.docx")
    )
    opinions, said = collected(plan, sent)
    assert [each[:4] for each in opinions] == [
        ("财务科", "第1条", "新增公办学位9000个。", "将“9000个”改为“8000个”（未留修订痕迹）"),
        (
            "财务科",
            "第2条",
            "2.做好随迁子女入学工作，落实“应入尽入”要求。",
            "在此段后增加一段：“做好残疾儿童少年入学工作。”（未留修订痕迹）",
        ),
    ]
    assert [each.code for each in said] == ["R108"]


def test_a_paragraph_that_is_missing_and_was_not_tracked(plan: Path, tmp_path: Path) -> None:
    document = Returned(plan)
    paragraph = document.paragraph("新建初中2所")
    paragraph.getparent().remove(paragraph)
    (opinion,), _ = collected(plan, document.save(tmp_path / "财务科.docx"))
    assert opinion[:4] == ("财务科", "第1条（2）", "（2）新建初中2所。", "删去此段（未留修订痕迹）")


def test_cells_and_rows_of_an_attached_table(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    attached = "attachments: [{title: 重点任务分解表, table: tasks}]\n"
    plan.write_text(PLAN.replace("opening:", "issuer: 市教育局\nopening:") + attached, encoding="utf-8")
    sent = (
        Returned(plan)
        .replace("甲", "扩大学位供给", "扩充学位供给")
        .delete_row("甲", "做好随迁子女入学工作，落实“应入尽入”要求")
        .add_row("甲", "开展师德专题教育", "4", "办好特殊教育", "", "", "", "")
        .save(tmp_path / "a.docx")
    )
    assert rows(plan, sent) == [
        ("甲", "重点任务分解表第1行", "扩大学位供给", "将“扩大”改为“扩充”"),
        ("甲", "重点任务分解表第2行", "2，做好随迁子女入学工作，落实“应入尽入”要求", "删去此行"),
        ("甲", "重点任务分解表第3行", "开展师德专题教育", "在此行后增加一行：“4，办好特殊教育”"),
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("native", [False, True])
def test_a_document_that_came_back_as_it_was_sent_has_no_opinions(path: Path, native: bool, tmp_path: Path) -> None:
    sent = Returned(path, Choices(native_numbering=native)).as_word_saves().save(tmp_path / "a.docx")
    opinions, said = collected(path, sent)
    assert opinions == []
    assert [each.code for each in said] == ["R106"]


def said(old: str, new: str) -> list[str]:
    """Return what is said of the changes of a paragraph."""
    return [advice(old, each, "此段") for each in passages(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("办好每一所学校。", "办好每一所学校和幼儿园。", ["在“办好每一所学校”后增加“和幼儿园”"]),
        ("办好每一所学校。", "积极办好每一所学校。", ["在“办好每一所学校”前增加“积极”"]),
        ("办好每一所学校。", "办好每一所学校。经费由市级承担。", ["在此句后增加“经费由市级承担。”"]),
        ("扎实推进教育公平。办好每一所学校。", "办好每一所学校。", ["删去此句"]),
        ("新增学位3000个。", "", ["删去此段"]),
        ("巩固率达到97.5%以上。", "巩固率达到98%以上。", ["将“97.5%”改为“98%”"]),
        ("全面推进，全面落实，全面加强。", "全面推进，落实，全面加强。", ["将“全面落实”改为“落实”"]),
        ("开展“双减”工作。", "开展“双减”和“双升”工作。", ["在“工作”前增加“和‘双升’”"]),
        ("促进教育公平", "推进教育优质均衡发展", ["将此句改为“推进教育优质均衡发展”"]),
        (
            "由市教育局会同市财政局于6月底前完成。",
            "由市教育局牵头，市财政局、市人社局配合，于9月底前完成。",
            ["将“会同”改为“牵头，”，在“市财政局”后增加“、市人社局配合，”，将“6月底前”改为“9月底前”"],
        ),
    ],
)
def test_changes_are_said_in_the_words_of_an_office(old: str, new: str, words: list[str]) -> None:
    assert said(old, new) == words


TEXTS = st.lists(
    st.sampled_from(["推进", "公平", "学校", "6所", "97%", "，", "。", "；", "“", "”", "和", "全面", "2027年"]),
    max_size=14,
).map("".join)


@given(TEXTS, TEXTS)
def test_the_changes_of_the_sentences_make_the_new_text_of_the_old(old: str, new: str) -> None:
    found = passages(old, new)
    pieces, at = [], 0
    for each in found:
        assert each.start >= at
        pieces += [old[at : each.start], changed(old, each)]
        at = each.end
    assert "".join((*pieces, old[at:])) == new
    assert all(advice(old, each, "此段") for each in found)


@pytest.mark.parametrize(
    ("remark", "suggestion"),
    [
        ("改为8所。", "建议：改为8所。"),
        ("建议改为8所。", "建议：改为8所。"),
        ("建议：改为8所。", "建议：改为8所。"),
        ("此数是否准确？", "此数是否准确？"),
        ("经费不够。建议缓行。", "经费不够。建议缓行。"),
    ],
)
def test_a_comment_is_a_suggestion_or_a_question(remark: str, suggestion: str) -> None:
    assert as_suggestion(remark) == suggestion


def test_a_folder_names_the_documents_in_it(tmp_path: Path) -> None:
    for name in ("乙.docx", "甲.DOCX", "~$甲.docx", ".隐藏.docx", "说明.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [each.name for each in word_files(tmp_path)] == ["乙.docx", "甲.DOCX"]


def test_numbers_of_paragraphs_and_only_these_are_left_aside() -> None:
    texts = ("一、公平", "（二）公平", "12.公平", "第3条公平", "①公平", "2027年公平", "97.5%公平", "一是公平")
    assert [without_number(each) for each in texts] == ["公平"] * 5 + ["2027年公平", "97.5%公平", "一是公平"]


def test_every_printed_paragraph_has_a_clause() -> None:
    for path in EXAMPLES:
        reading = api.open_reading(read_source(path))
        assert all(each.clause and squeezed(each.text) for each in printed_paragraphs(Tree(*reading[:2])))


def test_another_plan_is_noticed(plan: Path, tmp_path: Path) -> None:
    sent = Returned(PLANS["2027"]).replace("甲", "真抓实干", "埋头苦干").save(tmp_path / "a.docx")
    opinions, diagnostics = collected(plan, sent)
    assert [each.advice for each in opinions] == ["将“真抓实干”改为“埋头苦干”"]
    assert [each.code for each in diagnostics] == ["R105"]


def test_a_document_with_many_authors_is_refused(plan: Path, tmp_path: Path) -> None:
    document = Returned(plan)
    for number in range(101):
        document.comment(f"作者{number}", "9000", "请核实。")
    sent = document.save(tmp_path / "a.docx")
    with pytest.raises(PlanError) as refused:
        collected(plan, sent)
    assert [each.code for each in refused.value.diagnostics] == ["R102"]
    assert collected(plan, sent, unit_is_file=True)[0]


def test_paragraphs_that_were_divided_and_joined(plan: Path, tmp_path: Path) -> None:
    sent = (
        Returned(plan)
        .divide("甲", "年内交付使用学校6所。", "新增公办学位9000个。")
        .join("甲", "新建小学4所")
        .save(tmp_path / "a.docx")
    )
    assert rows(plan, sent) == [
        ("甲", "第1条", "加快新城片区学校建设，年内交付使用学校6所。", "此处另起一段"),
        ("甲", "第1条（1）", "（1）新建小学4所，改扩建幼儿园3所。", "此处不分段，与下一段合并"),
    ]


def test_what_an_office_types_and_gets(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "返回"
    folder.mkdir()
    Returned(plan).replace("王敏", "9000", "8000").save(folder / "财务科.docx")
    Returned(plan).save(folder / "办公室.docx")
    monkeypatch.chdir(tmp_path)
    assert typed(monkeypatch, "返回", "--plan", "plan.yaml", "--unit", "file") == 0
    printed = capsys.readouterr()
    assert read_markdown(printed.out) == [
        "《云川市2027年教育工作要点》征求意见汇总表",
        *("序号", "单位", "条款", "原文", "修改意见", "采纳情况"),
        *("1", "财务科", "第1条", "新增公办学位9000个。", "将“9000个”改为“8000个”", ""),
    ]
    assert "返回/办公室.docx: 提醒 R106" in printed.err
    assert typed(monkeypatch, "返回", "--plan", "plan.yaml", "--to", "docx") == 0
    (table,) = Document("build/plan-征求意见汇总表.docx").tables
    assert [cell.text for cell in table.rows[1].cells][:3] == ["1", "王敏", "第1条"]
    assert typed(monkeypatch, "返回", "--plan", "plan.yaml", "-o", "汇总.xlsx") == 0
    assert load_workbook("汇总.xlsx").sheetnames == ["征求意见汇总表"]
    assert typed(monkeypatch, "返回/办公室.docx", "--plan", "plan.yaml", "-o", "没有.md") == 0
    assert not Path("没有.md").exists()


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Type `plangen comments` and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["plangen", "comments", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_what_libreoffice_records(plan: Path, tmp_path: Path) -> None:
    sent = Returned(plan).save(tmp_path / "sent.docx")
    assert review(sent, tmp_path / "back.docx", tmp_path)
    opinions, diagnostics = collected(plan, tmp_path / "back.docx")
    assert diagnostics == []
    assert [each[:4] for each in opinions] == [
        (AUTHOR, "第1条", "新增公办学位9000个。", "将“9000个”改为“12000个”"),
        (AUTHOR, "第1条（2）", "（2）新建初中2所。", "删去此段"),
        (
            AUTHOR,
            "第2条",
            "2.做好随迁子女入学工作，落实“应入尽入”要求。",
            "在此段后增加一段：“做好残疾儿童少年入学工作。”",
        ),
        (AUTHOR, "第3条", "每学期集中学习不少于2次。", "关于“每学期”，建议：改为每月。"),
        (AUTHOR, "第3条", "学校书记、校长带头讲课。", "删去“书记、”"),
    ]
