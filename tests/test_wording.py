"""Wording: what stays, goes and comes in a text reads as a person would have marked it."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.compare.wording import likeness, pair_texts, revise_text, sentences
from plangen.outline.model import Change, Segment

MARKS = {Change.KEPT: "{}", Change.DELETED: "[-{}-]", Change.INSERTED: "{{+{}+}}"}

PROSE = st.text(st.sampled_from("推进动加强校园管理一二九3%.年月，。；a\n") | st.characters(codec="utf-8"), max_size=60)


def marked(segments: tuple[Segment, ...]) -> str:
    return "".join(MARKS[each.change].format(each.text) for each in segments)


def reading(segments: tuple[Segment, ...], without: Change) -> str:
    return "".join(each.text for each in segments if each.change is not without)


@given(PROSE, PROSE)
def test_both_texts_can_be_read_off_what_became_of_them(old: str, new: str) -> None:
    for before, after in ((old, new), (old, old + new), (old + new + old, new + old)):
        segments = revise_text(before, after)
        assert reading(segments, Change.INSERTED) == before
        assert reading(segments, Change.DELETED) == after
        assert all(each.text for each in segments)
        assert not any(a.change is b.change for a, b in pairwise(segments))


@pytest.mark.parametrize(
    "expected",
    [
        "覆盖率达到[-97.5%-]{+98%+}以上。",
        "[-6月底前-]{+9月底前+}新建[-30所-]{+35所+}。",
        "学习党的二十大{+和二十届历次全会+}精神，开展{+专题+}宣讲[-100场-]{+120场以上+}。",
        "[-推进-]{+推动普通+}高中[-教育-]{+多样化+}特色[-多样-]发展。",
        "[-会同-]{+牵头，+}市财政局{+、市人社局配合，+}于[-6月底前-]{+9月底前+}完成。",
        "[-基本-]{+全面+}消除大班额{+，坚决防止反弹+}。",
        "[-健全-]{+完善+}评价机制，[-探索-]{+突出重师德、+}重工作实绩的考核[-办法-]{+方式+}。",
        "{+加强食品管理，+}加强校园管理。",
        "保障[-学校-]{+学生+}安全。",
        "使用[-iOS-]{+Android+}客户端。",
        "抓好德育。[-办好科技节，评选科技之星。-]加强心理健康教育。{+争创“双优计划”。+}",
        "甲。[-召开三次会议。-]{+改用书面征求意见的办法。+}乙。",
    ],
)
def test_words_change_and_not_strokes(expected: str) -> None:
    old = re.sub(r"\{\+.*?\+\}", "", expected).replace("[-", "").replace("-]", "")
    new = re.sub(r"\[-.*?-\]", "", expected).replace("{+", "").replace("+}", "")
    assert marked(revise_text(old, new)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一二三四五，" * 5_000,
        "一二三四。" * 5_000,
        "".join(f"做好第{n}件事，" for n in range(5_000)),
        "".join(f"做好第{n}件事。" for n in range(5_000)),
    ],
)
def test_endless_paragraphs_take_no_endless_time(text: str) -> None:
    start = time.process_time()
    revised = text.replace("二", "五") + "完。" if "二" in text else text.replace("做好", "办好")
    revise_text(text, revised)
    assert time.process_time() - start < 3


@given(PROSE, PROSE)
def test_likeness_is_a_share_and_full_only_for_what_reads_alike(old: str, new: str) -> None:
    assert 0 <= likeness(old, new) <= 1
    assert likeness(old, new) == likeness(new, old)
    assert likeness(old, old) == 1


@given(st.lists(PROSE, max_size=6), st.lists(PROSE, max_size=6))
def test_every_text_is_paired_once_and_in_order(old: list[str], new: list[str]) -> None:
    pairs = pair_texts(old, new)
    assert [row for row, _ in pairs if row is not None] == list(range(len(old)))
    assert [column for _, column in pairs if column is not None] == list(range(len(new)))


@given(PROSE)
def test_sentences_are_the_whole_text(text: str) -> None:
    assert "".join(sentences(text)) == text
