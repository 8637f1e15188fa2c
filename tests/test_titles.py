"""Titles broken over lines by sense, as a typist of official documents breaks them (GB/T 9704-2012 §7.3.1)."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plangen.render.titles import break_title

COMFORTABLE, CAPACITY = 18, 20


def lines_of(title: str) -> list[str]:
    """Return the lines of a title on the page of the house style."""
    return break_title(title, COMFORTABLE, CAPACITY)


def width(text: str) -> float:
    """Return the width of a text in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


@pytest.mark.parametrize(
    "title",
    [
        "云川市2027年教育工作要点",
        "2027年全市教育工作要点",
        "沧州市教育局2020年工作要点",
        "云川市第三中学2027年工作计划",
        "关于做好2027年普通高校招生工作的通知",
        "云川县教育体育局2027年教育体育工作要点",
    ],
)
def test_a_title_that_fits_stays_on_one_line(title: str) -> None:
    assert lines_of(title) == [title]


@pytest.mark.parametrize(
    "expected",
    [
        "中共云川市委教育工作领导小组/2027年工作要点",
        "中共云川市委教育工作委员会/云川市教育局2027年工作要点",
        "关于印发/《云川市2027年教育工作要点》的通知",
        "云川市教育局关于印发/《云川市2027年教育工作要点》的通知",
        "内蒙古自治区教育厅关于印发/《2027年全区教育工作要点》的通知",
        "云川市教育局2027年/党风廉政建设和反腐败工作要点",
        "云川市教育体育局/2027年度重点工作任务分解方案",
        "云川市教育局党组关于2027年/全面从严治党工作的实施方案",
        "南山区教育局2027年推进/教育高质量发展工作要点",
        "新疆生产建设兵团第八师石河子市教育局/2027年工作要点",
    ],
)
def test_a_real_title_is_broken_where_a_typist_would(expected: str) -> None:
    assert lines_of(expected.replace("/", "")) == expected.split("/")


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("云川市第三中学2026—2027学年度第二学期教育教学工作计划", "第二学期"),
        ("云川市教育局关于做好2027年义务教育阶段学校招生入学工作的实施意见", "义务教育阶段"),
        ("云川市推进义务教育优质均衡发展三年行动计划（2027—2029年）", "三年行动计划"),
        ("云川市学校食品安全和校园周边环境综合治理2027年行动方案", "校园周边"),
        ("共青团云川市教育局委员会2027年工作要点", "云川市教育局委员会"),
        ("云川市教育局关于进一步加强中小学幼儿园安全工作的通知", "中小学幼儿园"),
        (
            "中共云川市委教育工作委员会　云川市教育局关于印发《2027年全市教育系统工作要点》的通知",
            "云川市委教育工作委员会",
        ),
        ("教育部办公厅关于印发《2027年职业教育与继续教育工作要点》的通知", "继续教育"),
        ("云川市教育局关于转发《教育部办公厅关于做好2027年中小学生暑假有关工作的通知》的通知", "做好"),
        ("云川市教育局关于转发《教育部办公厅关于做好2027年中小学生暑假有关工作的通知》的通知", "》的通知"),
        ("云川市教育局等八部门关于印发《云川市儿童青少年近视防控工作实施方案》的通知", "儿童青少年"),
    ],
)
def test_what_belongs_together_stays_on_one_line(title: str, whole: str) -> None:
    assert any(whole in line for line in lines_of(title)), lines_of(title)


PLACES = st.sampled_from(["云川市", "青岚区", "澄溪县", "内蒙古自治区", "新疆生产建设兵团第八师石河子市", ""])
ORGANS = st.sampled_from(["教育局", "教育体育局", "人民政府办公室", "委教育工作领导小组", "第三中学", "教育局党组", ""])
YEARS = st.sampled_from(["2027年", "2027年度", "2026—2027学年度", "2027—2029年"])
SUBJECTS = st.sampled_from(
    ["教育工作要点", "工作要点", "党风廉政建设和反腐败工作要点", "学校安全工作计划", "推进教育高质量发展行动方案"]
)
ENDS = st.sampled_from(["的通知", "的意见", "的请示"])
TITLES = st.builds("{}{}{}{}".format, PLACES, ORGANS, YEARS, SUBJECTS)
NOTICES = st.builds("{}{}关于印发《{}{}》{}".format, PLACES, ORGANS, YEARS, SUBJECTS, ENDS)


@given(TITLES | NOTICES)
def test_no_line_begins_or_ends_where_none_may(title: str) -> None:
    lines = lines_of(title)
    for before, after in pairwise(lines):
        assert after[0] not in "，。、：；！？”》）〕的年", lines
        assert before[-1] not in "《“（〔第", lines
        assert not (before[-1].isdigit() and (after[0].isdigit() or after[0] in "—年")), lines
    if "《" in title and width(title[title.index("《") :]) <= CAPACITY:
        assert not [line for line in lines if line.count("《") != line.count("》")], lines


@given(TITLES | NOTICES)
def test_the_lines_of_a_title_make_a_good_shape(title: str) -> None:
    widths = [width(line) for line in lines_of(title)]
    steps = [after - before for before, after in pairwise(widths)]
    hourglass = any(a < 0 < b for a, b in pairwise(steps))
    assert not hourglass, lines_of(title)
    assert min(widths) > 2, lines_of(title)
    assert len(widths) == 1 or max(widths) <= CAPACITY


@given(TITLES | NOTICES)
def test_a_title_takes_no_more_lines_than_it_needs(title: str) -> None:
    assert len(lines_of(title)) <= -int(-width(title) // CAPACITY) + 1


ANY_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=90)
WORDY = st.lists(
    st.sampled_from([*"《》（）“”、年的第一A", "关于", "印发", "教育局", "2027", "通知", "工作要点", "云川市"]),
    min_size=1,
)


@given(ANY_TEXT | WORDY.map("".join), st.integers(6, 24), st.integers(0, 3))
@example("的" * 60, 18, 2)
@example("《" * 60, 18, 2)
@example("《" + "教" * 30 + "》的通知", 18, 2)
@example("A" * 200, 18, 2)
def test_no_character_of_a_title_is_lost_and_no_line_overflows(title: str, comfortable: int, spare: int) -> None:
    lines = break_title(title, comfortable, comfortable + spare)
    assert "".join(lines) == title
    assert all(lines)
    assert max(map(width, lines)) <= comfortable + spare
