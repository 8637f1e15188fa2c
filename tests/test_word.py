"""A Word document is read as people see it: numbers, tracked changes and comments included."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import word_lists
from base_documents import LINK, NAMESPACES, paragraph, parts_of, run, table, text_box, zipped
from pages import ACCEPTANCE, EXAMPLES
from plangen import PlanError, api
from plangen.importing.lists import ListCounter, ListPlace, Lists
from plangen.importing.numerals import written
from plangen.importing.package import Package, Refusals
from plangen.importing.word import Reading, WordParagraph, read_text, read_word
from plangen.render.choices import Choices
from word_documents import (
    begin,
    by,
    comment,
    definition,
    deleted,
    end,
    inserted,
    instance,
    mark,
    numbered,
    saved,
    start_at,
    word,
)

FIVE = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
    ("decimalEnclosedCircleChinese", "%5"),
)


def seen(folder: Path, content: bytes, reading: Reading = Reading.ACCEPTED) -> list[str]:
    """Return the paragraphs of a document as people see them."""
    return [str(each) for each in read_word(saved(content, folder)).paragraphs(reading)]


@pytest.mark.parametrize("path", [*EXAMPLES, *ACCEPTANCE], ids=lambda path: path.stem)
def test_numbers_of_lists_are_read_like_numbers_that_are_text(path: Path, tmp_path: Path) -> None:
    outline, _ = api.open_outline(path)
    read = []
    for native in (False, True):
        file = io.BytesIO()
        api.write_document(outline, "docx", file, Choices(native_numbering=native))
        read.append(seen(tmp_path, file.getvalue()))
    literal, listed = read
    assert listed == literal


def test_five_layers_and_one_that_runs_on(tmp_path: Path) -> None:
    levels = (0, 1, 2, 2, 1, 2, 3, 4, 4, 0, 1)
    lists = definition(0, *FIVE).replace(
        '<w:lvlText w:val="%3."', '<w:lvlRestart w:val="0"/><w:lvlText w:val="%3."'
    ) + instance(1, 0)
    body = [paragraph("甲", properties=numbered(1, level)) for level in levels]
    assert seen(tmp_path, word(*body, numbering=lists)) == [
        f"{number}甲" for number in ("一、", "（一）", "1.", "2.", "（二）", "3.", "（1）", "①", "②", "二、", "（一）")
    ]


def test_a_level_that_begins_anew_only_with_the_first(tmp_path: Path) -> None:
    lists = definition(0, *FIVE).replace(
        '<w:lvlText w:val="%3."', '<w:lvlRestart w:val="1"/><w:lvlText w:val="%3."'
    ) + instance(1, 0)
    body = [paragraph("", properties=numbered(1, level)) for level in (0, 1, 2, 1, 2, 0, 1, 2)]
    assert seen(tmp_path, word(*body, "<w:p><w:r><w:t>文</w:t></w:r></w:p>", numbering=lists))[:-1] == [
        *("一、", "（一）", "1.", "（二）", "2.", "二、", "（一）", "1."),
    ]


def test_an_instance_that_begins_anew(tmp_path: Path) -> None:
    lists = definition(0, *FIVE) + instance(1, 0) + instance(2, 0, start_at(0, 1)) + instance(3, 0, start_at(0, 7))
    body = [paragraph("甲", properties=numbered(number)) for number in (1, 1, 2, 2, 3, 1)]
    assert seen(tmp_path, word(*body, numbering=lists)) == ["一、甲", "二、甲", "一、甲", "二、甲", "七、甲", "八、甲"]


def test_a_level_written_anew_in_an_instance(tmp_path: Path) -> None:
    other = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条 "/></w:lvl>'
    lists = definition(0, *FIVE) + instance(1, 0, f'<w:lvlOverride w:ilvl="0">{other}</w:lvlOverride>')
    assert seen(tmp_path, word(paragraph("甲", properties=numbered(1)), numbering=lists)) == ["第1条 甲"]


def test_digits_for_all_levels_where_the_law_wants_them(tmp_path: Path) -> None:
    levels = (("chineseCountingThousand", "%1、"), ("decimal", "%1.%2"))
    lists = definition(0, *levels, inside="<w:isLgl/>") + instance(1, 0)
    body = [paragraph("甲", properties=numbered(1, level)) for level in (0, 0, 1)]
    assert seen(tmp_path, word(*body, numbering=lists)) == ["1、甲", "2、甲", "2.1甲"]


def test_numbers_that_come_with_the_style(tmp_path: Path) -> None:
    """Headings tied to levels, a style based on one of them, and a paragraph taken out of the list."""
    tied = definition(0, *FIVE).replace(
        '<w:lvl w:ilvl="1"><w:start w:val="1"/>', '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="2"/>'
    )
    style = (
        '<w:style w:type="paragraph" w:styleId="{0}"><w:name w:val="{1}"/><w:basedOn w:val="{2}"/><w:pPr>{3}</w:pPr>'
        "</w:style>"
    )
    in_list = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    styles = (
        style.format("1", "heading 1", "", f'{in_list}<w:outlineLvl w:val="0"/>')
        + style.format("2", "heading 2", "", f'{in_list}<w:outlineLvl w:val="1"/>')
        + style.format("20", "二级标题", "2", "")
    )
    body = (
        paragraph("总则", properties='<w:pStyle w:val="1"/>'),
        paragraph("目标", properties='<w:pStyle w:val="2"/>'),
        paragraph("任务", properties='<w:pStyle w:val="20"/>'),
        paragraph("附则", properties='<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
    )
    document = read_word(saved(word(*body, numbering=tied + instance(1, 0), styles=styles), tmp_path))
    read = [(str(each), each.style, each.level, each.outline_level) for each in document.paragraphs()]
    assert read == [
        ("一、总则", "heading 1", 0, 0),
        ("（一）目标", "heading 2", 1, 1),
        ("（二）任务", "二级标题", 1, 1),
        ("附则", "heading 1", None, 0),
    ]


def test_a_list_that_is_a_style(tmp_path: Path) -> None:
    lists = (
        definition(0, *FIVE, more='<w:styleLink w:val="条目"/>')
        + definition(1, more='<w:numStyleLink w:val="条目"/>')
        + instance(1, 0)
        + instance(2, 1)
    )
    body = [paragraph("甲", properties=numbered(number)) for number in (1, 2)]
    assert seen(tmp_path, word(*body, numbering=lists)) == ["一、甲", "二、甲"]


@pytest.mark.parametrize(
    ("form", "numbers", "shown"),
    [
        ("chineseCounting", (1, 10, 11, 20, 101), "一 十 十一 二十 一百零一"),
        ("decimalEnclosedCircle", (1, 20, 21, 51), "① ⑳ ㉑ 51"),
        ("decimalFullWidth", (1, 12), "１ １２"),
        ("chineseLegalSimplified", (1, 12, 105), "壹 拾贰 壹佰零伍"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 甲"),
        ("ideographDigital", (10, 27), "一〇 二七"),
        ("upperLetter", (1, 26, 27, 999), "A Z AA 999"),
        ("lowerRoman", (4, 19, 5000), "iv xix 5000"),
        ("decimalEnclosedParen", (1, 21), "⑴ 21"),
        ("decimalZero", (3, 12), "03 12"),
        ("hindiNumbers", (3,), "3"),
    ],
)
def test_numbers_are_written_as_word_writes_them(form: str, numbers: tuple[int, ...], shown: str) -> None:
    assert " ".join(written(number, form) for number in numbers) == shown


LEVELS = st.tuples(
    st.sampled_from(["%1、", "第%1条"]),
    st.sampled_from(["（%2）", "%1.%2"]),
    st.sampled_from(["%3.", "%1.%2.%3", "%1.%3"]),
)
PLACES = st.lists(st.tuples(st.sampled_from(["1", "2", "3"]), st.integers(0, 2)), max_size=12)


@given(LEVELS, st.dictionaries(st.integers(0, 2), st.integers(1, 9)), PLACES)
def test_lists_count_as_the_standard_says(
    texts: tuple[str, ...], starts: dict[int, int], places: list[tuple[str, int]]
) -> None:
    levels = [("decimal", text) for text in texts]
    overrides = "".join(start_at(*each) for each in starts.items())
    numbering = (
        definition(0, *levels) + definition(1, *levels) + instance(1, 0) + instance(2, 0, overrides) + instance(3, 1)
    )
    package = Package(
        Path("a.docx"),
        Refusals("R100", "R101", "R102", ""),
        {
            "d": b"",
            "_rels/d.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="a" Type="x/numbering" Target="n"/></Relationships>',
            "n": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>".encode(),
        },
        "d",
    )
    counter = ListCounter(Lists(package))
    oracle = word_lists.Counter(
        {key: [word_lists.Level(1, "decimal", text) for text in texts] for key in "01"},
        {"1": word_lists.Instance("0", {}), "2": word_lists.Instance("0", starts), "3": word_lists.Instance("1", {})},
        word_lists.Habits(counts_skipped=True, starts_lists=False),
    )
    for number, level in places:
        assert counter.number(ListPlace(number, level), "") == (oracle.label(number, level), level)


def test_tables_boxes_breaks_fields_and_links_are_read_once_and_in_order(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _a \\n </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph(
            "见第", field, "条", LINK.format(run("和附件")), "<w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"
        ),
        paragraph("前", text_box(paragraph("框中")), "后"),
        table(paragraph("左"), paragraph("右")),
        paragraph(
            "藏", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏的</w:t></w:r>", '<w:r><w:br w:type="page"/></w:r>', "完"
        ),
        '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>'
        + paragraph("控件里")
        + "</w:sdtContent></w:sdt>",
    )
    read = read_word(saved(word(*body), tmp_path)).paragraphs()
    assert [each.text for each in read] == [
        "见第12条和附件\t甲\n乙",
        "前后",
        "框中",
        "左",
        "右",
        "藏完",
        "控件里",
    ]
    assert [each.boxed for each in read] == [False, False, True, False, False, False, False]
    assert [each.cell and each.cell.column for each in read] == [None, None, None, 0, 1, None, None]


def test_words_are_read_in_both_readings_whatever_the_runs_are(tmp_path: Path) -> None:
    body = paragraph(
        '<w:proofErr w:type="spellStart"/>',
        '<w:r w:rsidR="00AB12CD"><w:t>新增</w:t></w:r><w:r w:rsidRPr="00FF0000"><w:t>学位</w:t></w:r>',
        deleted("财务科", "3000"),
        LINK.format(inserted("财务科", run("5000"))),
        "个。",
    )
    assert seen(tmp_path, word(body)) == ["新增学位5000个。"]
    assert seen(tmp_path, word(body), Reading.ORIGINAL) == ["新增学位3000个。"]


def test_marks_of_paragraphs_come_and_go(tmp_path: Path) -> None:
    body = (
        paragraph("第一段。", inserted("甲", run("新的一句。")), properties=mark("ins", "甲")),
        paragraph(inserted("甲", run("新的一段。"))),
        paragraph("第二段，", properties=mark("del", "乙")),
        paragraph("第三段。"),
        paragraph(deleted("乙", "第四段。"), properties=mark("del", "乙")),
        paragraph("第五段。"),
    )
    content = word(*body)
    assert seen(tmp_path, content) == ["第一段。新的一句。", "新的一段。", "第二段，第三段。", "第五段。"]
    assert seen(tmp_path, content, Reading.ORIGINAL) == ["第一段。", "第二段，", "第三段。", "第四段。", "第五段。"]


def test_numbers_count_what_stands_in_the_reading(tmp_path: Path) -> None:
    lists = definition(0, *FIVE) + instance(1, 0)
    body = (
        paragraph("甲", properties=numbered(1)),
        paragraph(deleted("某", "乙"), properties=numbered(1) + mark("del", "某")),
        paragraph(inserted("某", run("丁")), properties=numbered(1) + mark("ins", "某")),
        paragraph("丙", properties=numbered(1)),
    )
    content = word(*body, numbering=lists)
    assert seen(tmp_path, content) == ["一、甲", "二、丁", "三、丙"]
    assert seen(tmp_path, content, Reading.ORIGINAL) == ["一、甲", "二、乙", "三、丙"]


def test_a_number_that_was_changed(tmp_path: Path) -> None:
    lists = definition(0, *FIVE) + instance(1, 0)
    changed = f"<w:pPrChange {by('某')}><w:pPr>{numbered(1, 1)}</w:pPr></w:pPrChange>"
    body = (paragraph("甲", properties=numbered(1)), paragraph("乙", properties=numbered(1) + changed))
    assert seen(tmp_path, word(*body, numbering=lists)) == ["一、甲", "二、乙"]
    assert seen(tmp_path, word(*body, numbering=lists), Reading.ORIGINAL) == ["一、甲", "（一）乙"]


def test_what_one_inserted_and_another_deleted_stands_in_no_reading(tmp_path: Path) -> None:
    both = f"<w:ins {by('甲')}>{deleted('乙', '临时')}</w:ins>"
    body = paragraph("前", both, "后")
    assert seen(tmp_path, word(body)) == seen(tmp_path, word(body), Reading.ORIGINAL) == ["前后"]
    stretches = read_word(saved(word(body), tmp_path)).paragraphs()[0].stretches
    assert [(s.text, s.inserted and s.inserted.author, s.deleted and s.deleted.author) for s in stretches][1] == (
        "临时",
        "甲",
        "乙",
    )


def test_rows_of_tables_come_and_go(tmp_path: Path) -> None:
    row = "<w:tr><w:trPr><w:{} {}/></w:trPr><w:tc>{}</w:tc></w:tr>"
    body = (
        "<w:tbl><w:tr><w:tc>"
        + paragraph("旧行")
        + "</w:tc></w:tr>"
        + row.format("ins", by("甲"), paragraph("加行"))
        + row.format("del", by("甲"), paragraph("去行"))
        + "</w:tbl>"
    )
    assert seen(tmp_path, word(body)) == ["旧行", "加行"]
    assert seen(tmp_path, word(body), Reading.ORIGINAL) == ["旧行", "去行"]


def test_comments_know_their_text_their_author_and_whom_they_answer(tmp_path: Path) -> None:
    body = (
        paragraph("甲", begin(1), begin(2), "乙"),
        paragraph("丙", end(2), end(1), "丁", '<w:r><w:commentReference w:id="3"/></w:r>'),
    )
    comments = (
        comment(1, "财务科", "建议缓行。", "经费未落实。", paragraph_id="0A")
        + comment(2, "办公室", "同意。", paragraph_id="0B")
        + comment(3, "人事科", "此处再议。")
    )
    extended = '<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
    document = read_word(saved(word(*body, comments=comments, commentsExtended=extended), tmp_path))
    first, second, third = document.comments.values()
    assert (first.author, first.text, first.answers, first.settled) == ("财务科", "建议缓行。\n经费未落实。", "", True)
    assert (second.author, second.answers, third.answers) == ("办公室", "1", "")
    assert commented(document.paragraphs(), "1") == ["乙", "丙"]
    assert commented(document.paragraphs(), "3") == ["", ""]


def commented(paragraphs: list[WordParagraph], name: str) -> list[str]:
    """Return what a comment is about, paragraph by paragraph."""
    return [read_text([s for s in each.stretches if name in s.comments], Reading.ACCEPTED) for each in paragraphs]


def test_a_document_of_pictures_is_refused(tmp_path: Path) -> None:
    picture = paragraph("<w:r><w:drawing/></w:r>")
    with pytest.raises(PlanError) as refused:
        read_word(saved(word(picture, paragraph(" ")), tmp_path))
    assert [each.code for each in refused.value.diagnostics] == ["R103"]


def test_a_document_with_entities_is_refused(tmp_path: Path) -> None:
    comments = f'<!DOCTYPE w:comments [<!ENTITY a "{"甲" * 9}">]><w:comments {NAMESPACES}>&a;</w:comments>'
    content = word(paragraph("文"), comments="")
    path = saved(content, tmp_path)
    path.write_bytes(zipped({**parts_of(path), "word/comments.xml": comments}))
    with pytest.raises(PlanError) as refused:
        read_word(path)
    assert [each.code for each in refused.value.diagnostics] == ["R100"]
