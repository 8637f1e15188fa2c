"""The elements of official documents: what is printed, and where it stands (GB/T 9704-2012 clauses 7.2 to 7.4)."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen import api
from plangen.diagnostics import PlanError
from plangen.outline.model import Outline
from plangen.plan import model
from plangen.plan.kinds import DATE
from plangen.render.docx import DocxWriter
from plangen.render.official import Placement, place_elements, set_width
from plangen.render.page import geometry
from plangen.render.templates import TemplateSet

STYLE = TemplateSet().house_style
PAGE = geometry(STYLE)
CHARACTER = PAGE.character
NAMES = st.text("云川市教育局财政发展改革委员会", min_size=1, max_size=20)


def outline(attachments: int = 0, **official: Any) -> Outline:
    if "date" in official and DATE.parse:
        official["date"] = DATE.parse(official["date"])
    plan = model.Plan(
        title="云川市2027年教育工作要点",
        year=2027,
        issuer="云川市教育局",
        sections=(model.Section(heading="促进教育公平"),),
        official=model.Official(**official) if official else None,
        attachments=tuple(model.Attachment(title=f"清单{n}", text=("略。",)) for n in range(attachments)),
    )
    return api.make_outline(plan)


def placed(attachments: int = 0, **official: Any) -> Placement:
    return place_elements(outline(attachments, **official), STYLE, PAGE)


class TestPrinted:
    def test_lists_get_their_marks_once(self) -> None:
        official = outline(recipients=("甲", "乙："), copies_to=("丙", "丁。"), note="公开").official
        assert official is not None
        assert (official.recipients, official.copies_to, official.note) == ("甲，乙：", "抄送：丙，丁。", "（公开）")

    def test_what_is_not_there_leaves_nothing(self) -> None:
        official = outline(signature=("甲",)).official
        assert official is not None
        assert (official.recipients, official.copies_to, official.note, official.date, official.printed_on) == ("",) * 5

    def test_a_plan_without_elements_has_none(self) -> None:
        assert outline().official is None

    @pytest.mark.parametrize("written", [("甲局文件", "乙局"), ("甲局", "乙局文件"), ("甲局", "乙局", "文件")])
    def test_wherever_several_organs_have_their_wenjian_it_stands_beside_all(self, written: tuple[str, ...]) -> None:
        official = outline(organ_mark=written).official
        assert official is not None
        assert (official.organ_mark, official.mark_suffix) == (("甲局", "乙局"), "文件")

    @pytest.mark.parametrize("head", ["document", "letter"])
    @pytest.mark.parametrize("written", [("文件",), ("文件", "文件")])
    def test_a_mark_of_nothing_but_wenjian_is_printed(self, written: tuple[str, ...], head: str) -> None:
        official = outline(organ_mark=written, head=head).official
        assert official is not None
        assert (official.organ_mark, official.mark_suffix) == (("文件",), "")

    def test_long_names_of_those_who_sign_stand_one_on_a_line(self) -> None:
        official = outline(document_number="云教〔2027〕3号", signatories=("阿卜杜热西提·买买提", "林知远")).official
        assert official is not None
        assert [line.right for line in official.number_lines] == ["阿卜杜热西提·买买提", "林知远"]

    def test_a_default_notice_speaks_of_the_plan(self) -> None:
        notice = outline().notice
        assert notice.title == "云川市教育局关于印发《云川市2027年教育工作要点》的通知"
        assert "《云川市2027年教育工作要点》" in str(notice.paragraphs[0])

    def test_titles_within_titles_change_their_marks(self) -> None:
        plan = model.Plan(title="落实《纲要》方案", year=2027, sections=(model.Section(heading="甲"),))
        assert api.make_outline(plan).notice.title == "关于印发《落实〈纲要〉方案》的通知"

    def test_attachments_are_numbered_only_when_there_are_several(self) -> None:
        assert [each.label for each in outline(1).attachments] == ["附件"]
        assert [each.label for each in outline(3).attachments] == ["附件1", "附件2", "附件3"]


class TestHead:
    @given(
        names=st.lists(NAMES, min_size=1, max_size=4),
        graded=st.booleans(),
        signatories=st.lists(st.text("周砚秋林知远", min_size=2, max_size=4), max_size=7),
    )
    def test_after_a_red_head_the_text_is_on_the_grid(
        self, names: list[str], graded: bool, signatories: list[str]
    ) -> None:
        grades: dict[str, Any] = {"copy_number": "000001", "secrecy": "秘密", "urgency": "特急"} if graded else {}
        built = outline(
            organ_mark=tuple(names), document_number="云教〔2027〕3号", signatories=tuple(signatories), **grades
        )
        try:
            head = place_elements(built, STYLE, PAGE).red_head
        except PlanError:
            return  # a mark that does not fit has cases of its own
        assert head is not None and built.official is not None
        lines = len(grades) + len(built.official.number_lines)
        rule = head.rule_space * 20 + head.rule_size * 20 // 8
        height = head.spacer + head.mark.line * len(built.official.organ_mark) + lines * PAGE.line + rule
        height += sum(head.above_number) + sum(head.below_rule)
        assert height % PAGE.line == 0
        for blank in (*head.above_number, *head.below_rule):
            assert abs(blank - PAGE.line) <= PAGE.line // 8 + 1

    @given(NAMES, st.booleans())
    def test_a_mark_never_leaves_the_type_area(self, name: str, joint: bool) -> None:
        built = outline(organ_mark=(name, "云川市财政局", "文件") if joint else (name,))
        try:
            head = place_elements(built, STYLE, PAGE).red_head
        except PlanError:
            return
        assert head is not None
        assert head.mark.width + head.mark.suffix_width <= PAGE.text_width

    @pytest.mark.parametrize(("name", "characters"), [("云川市第2委员会", 8.35), ("ABC WWW 2027局", 11.45)])
    def test_a_mark_with_digits_and_capitals_has_room_for_them(self, name: str, characters: float) -> None:
        head = placed(organ_mark=(name, "云川市财政局", "文件")).red_head
        assert head is not None
        assert head.mark.width >= characters * head.mark.size * 10 * head.mark.scale / 100

    @given(st.lists(st.text("云川教育局阿·", min_size=1, max_size=25), min_size=1, max_size=5), st.booleans())
    def test_those_who_sign_never_stand_on_the_document_number(self, names: list[str], numbered: bool) -> None:
        built = outline(document_number="云教〔2027〕3号" if numbered else "", signatories=tuple(names))
        try:
            head = place_elements(built, STYLE, PAGE).red_head
        except PlanError:
            return
        assert head is not None and built.official is not None
        last = built.official.number_lines[-1]
        assert CHARACTER + set_width(last.left, PAGE) <= (head.label_at if last.label else head.names_at)
        assert head.label_at >= CHARACTER

    def test_a_mark_as_long_as_usual_is_not_squeezed(self) -> None:
        head = placed(organ_mark=("云川市教育局文件",)).red_head
        assert head is not None
        assert head.mark.scale == 100
        assert head.mark.size > 2 * 50

    def test_a_letter_has_no_red_head_and_the_other_way_round(self) -> None:
        letter, notice = (placed(organ_mark=("云川市教育局",), head=head) for head in ("letter", "document"))
        assert letter.letter_head and not letter.red_head
        assert notice.red_head and not notice.letter_head

    def test_without_mark_number_and_signatories_there_is_no_head(self) -> None:
        assert placed(signature=("云川市教育局",)).red_head is None


class TestSignature:
    """The formulas of §7.3.5, in characters; a date of 2027年2月18日 takes 6.5."""

    def right(self, text: str, left: int) -> float:
        return (PAGE.text_width - left - set_width(text, PAGE)) / CHARACTER

    @pytest.mark.parametrize("name", ["云川市教育局", "云川市教育体育局", "云川市教育体育和科学技术局"])
    def test_a_sealed_date_stands_four_characters_from_the_right(self, name: str) -> None:
        signature = placed(signature=(name,), date="2027-02-18", sealed=True).signature
        assert signature is not None and signature.centred
        block = PAGE.text_width - signature.left
        assert (block - set_width("2027年2月18日", PAGE)) / 2 / CHARACTER == pytest.approx(4, abs=0.01)

    def test_a_sealed_name_wider_than_its_date_has_room(self) -> None:
        name = "云川市教育体育和科学技术委员会"
        signature = placed(signature=(name,), date="2027-02-18", sealed=True).signature
        assert signature is not None
        assert PAGE.text_width - signature.left >= set_width(name, PAGE)

    def test_an_unsealed_name_longer_than_the_date(self) -> None:
        signature = placed(signature=("云川市教育体育局",), date="2027-02-18").signature
        assert signature is not None
        assert self.right("云川市教育体育局", signature.left) == pytest.approx(2, abs=0.01)
        assert (signature.date_left - signature.left) / CHARACTER == pytest.approx(2, abs=0.01)

    def test_an_unsealed_name_shorter_than_the_date(self) -> None:
        signature = placed(signature=("教育局",), date="2027-02-18").signature
        assert signature is not None
        assert self.right("2027年2月18日", signature.date_left) == pytest.approx(2, abs=0.01)
        assert (signature.date_left - signature.left) / CHARACTER == pytest.approx(2, abs=0.01)

    def test_several_seals_stand_side_by_side(self) -> None:
        names = ("云川市教育局", "云川市财政局", "云川市民政局", "云川市水利局")
        signature = placed(signature=names, date="2027-02-18", sealed=True).signature
        assert signature is not None
        assert [len(row) for row in signature.rows] == [3, 1]
        assert signature.columns[-1] == signature.left + (PAGE.text_width - signature.left) // 2

    def test_room_is_left_for_seals(self) -> None:
        sealed, unsealed = (placed(signature=("甲",), sealed=sealed).signature for sealed in (True, False))
        assert sealed is not None and unsealed is not None
        assert (sealed.blank_lines, unsealed.blank_lines) == (2, 1)


class TestTogether:
    """A signature never stands on a page without text (§7.3.5.5)."""

    def kept(self, text: tuple[str, ...], attachments: int = 0, *, for_libreoffice: bool = False) -> list[bool]:
        """Return which paragraphs of the text of a notice stay with what follows them."""
        plan = model.Plan(
            title="要点",
            year=2027,
            sections=(model.Section(heading="甲"),),
            notice=model.Notice(title="通知", text=text),
            official=model.Official(signature=("云川市教育局",)),
            attachments=(model.Attachment(title="清单", text=("略。",)),) * attachments,
        )
        made = io.BytesIO()
        writer = DocxWriter(TemplateSet(), api.Choices(), for_libreoffice=for_libreoffice)
        writer.write(api.make_outline(plan), "notice", made)
        paragraphs = docx.Document(made).paragraphs
        return [each.paragraph_format.keep_with_next or False for each in paragraphs if each.text in text]

    def test_the_last_paragraph_stays_with_the_signature(self) -> None:
        assert self.kept(("第一段。", "第二段。")) == [False, True]
        assert self.kept(("第一段。", "第二段。"), for_libreoffice=True) == [False, True]

    def test_the_only_one_does_so_in_word_which_can_divide_it(self) -> None:
        assert self.kept(("只有一段。",), 1) == [True]

    def test_in_libreoffice_which_cannot_it_stays_on_the_first_page_when_attachments_are_listed_below(self) -> None:
        assert self.kept(("只有一段。",), 1, for_libreoffice=True) == [False]
        assert self.kept(("只有一段。",), for_libreoffice=True) == [True]


class TestAttachments:
    @pytest.mark.parametrize("count", [2, 9, 10, 12])
    def test_names_are_aligned_whatever_their_number(self, count: int) -> None:
        lines = placed(count).attachment_lines
        assert len({line.left for line in lines}) == 1
        for line in lines:
            begins = line.left - line.hanging
            assert begins + set_width(line.label, PAGE) <= line.left
        assert lines[0].left - lines[0].hanging == 2 * CHARACTER

    def test_a_single_one_hangs_from_its_name(self) -> None:
        (line,) = placed(1).attachment_lines
        assert (line.left, line.hanging) == (5 * CHARACTER, 3 * CHARACTER)


def test_templates_do_not_see_where_a_plan_stands(tmp_path: Path) -> None:
    (tmp_path / "genres").mkdir()
    (tmp_path / "genres" / "own.j2").write_text("{{ outline.place }}", encoding="utf-8")
    with pytest.raises(PlanError):
        api.write_document(outline(), "md", io.BytesIO(), api.Choices("own", tmp_path))
