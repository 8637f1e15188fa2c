"""Goals, as officials write them, taken apart exactly."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.plan.goals import (
    ACCEPTED_FORMS,
    Comparator,
    GoalError,
    change,
    parse_goal,
    read_baseline,
    without_unit,
)

EQUAL, AT_LEAST, AT_MOST = Comparator.EQUAL, Comparator.AT_LEAST, Comparator.AT_MOST
ABOUT, MORE, LESS = Comparator.ABOUT, Comparator.INCREASE_BY, Comparator.DECREASE_BY
PLANS = Path(__file__).parents[1] / "plans"

GOALS = [
    # as written, verb, comparator, value, unit, what is printed after the indicator
    ("97.8%以上", "", AT_LEAST, "97.8", "%", "达到97.8%以上"),
    ("97.8%及以上", "", AT_LEAST, "97.8", "%", "达到97.8%及以上"),
    ("12篇以上", "", AT_LEAST, "12", "篇", "达到12篇以上"),
    ("5%以内", "", AT_MOST, "5", "%", "控制在5%以内"),
    ("3%以下", "", AT_MOST, "3", "%", "控制在3%以下"),
    ("3%及以下", "", AT_MOST, "3", "%", "控制在3%及以下"),
    ("30分钟之内", "", AT_MOST, "30", "分钟", "控制在30分钟之内"),
    ("100%", "", EQUAL, "100", "%", "达到100%"),
    ("98", "", EQUAL, "98", "", "达到98"),
    ("1.2万个", "", EQUAL, "1.2", "万个", "达到1.2万个"),
    ("9.5亿元", "", EQUAL, "9.5", "亿元", "达到9.5亿元"),
    ("0.5‰", "", EQUAL, "0.5", "‰", "达到0.5‰"),
    ("2.9平方米", "", EQUAL, "2.9", "平方米", "达到2.9平方米"),
    ("3,000人次", "", EQUAL, "3000", "人次", "达到3,000人次"),
    ("1,234,567.89元", "", EQUAL, "1234567.89", "元", "达到1,234,567.89元"),
    ("300人左右", "", ABOUT, "300", "人", "达到300人左右"),
    ("达到50所", "达到", EQUAL, "50", "所", "达到50所"),
    ("达98%以上", "达", AT_LEAST, "98", "%", "达98%以上"),
    ("提高到98%以上", "提高到", AT_LEAST, "98", "%", "提高到98%以上"),
    ("增加到300个", "增加到", EQUAL, "300", "个", "增加到300个"),
    ("降至3%以下", "降至", AT_MOST, "3", "%", "降至3%以下"),
    ("缩小到1.1", "缩小到", EQUAL, "1.1", "", "缩小到1.1"),
    ("保持在99%以上", "保持在", AT_LEAST, "99", "%", "保持在99%以上"),
    ("稳定在100%", "稳定在", EQUAL, "100", "%", "稳定在100%"),
    ("控制在5%以内", "控制在", AT_MOST, "5", "%", "控制在5%以内"),
    ("控制在5%", "控制在", AT_MOST, "5", "%", "控制在5%"),
    ("新增12所", "新增", MORE, "12", "所", "新增12所"),
    ("新增1.2万个", "新增", MORE, "1.2", "万个", "新增1.2万个"),
    ("增长8%", "增长", MORE, "8", "%", "增长8%"),
    ("增加20个", "增加", MORE, "20", "个", "增加20个"),
    ("提高2个百分点", "提高", MORE, "2", "个百分点", "提高2个百分点"),
    ("提升0.5个百分点", "提升", MORE, "0.5", "个百分点", "提升0.5个百分点"),
    ("下降0.5个百分点", "下降", LESS, "0.5", "个百分点", "下降0.5个百分点"),
    ("减少30%", "减少", LESS, "30", "%", "减少30%"),
    ("压减10%", "压减", LESS, "10", "%", "压减10%"),
    ("建成9个", "建成", EQUAL, "9", "个", "建成9个"),
    ("培训12万人次以上", "培训", AT_LEAST, "12", "万人次", "培训12万人次以上"),
    ("招聘620人左右", "招聘", ABOUT, "620", "人", "招聘620人左右"),
    ("不低于92%", "", AT_LEAST, "92", "%", "不低于92%"),
    ("不少于5次", "", AT_LEAST, "5", "次", "不少于5次"),
    ("至少12所", "", AT_LEAST, "12", "所", "至少12所"),
    ("超过95%", "", AT_LEAST, "95", "%", "超过95%"),
    ("不超过60分钟", "", AT_MOST, "60", "分钟", "不超过60分钟"),
    ("不高于3%", "", AT_MOST, "3", "%", "不高于3%"),
    ("不多于45人", "", AT_MOST, "45", "人", "不多于45人"),
    ("低于0.3%", "", AT_MOST, "0.3", "%", "低于0.3%"),
    ("≥98%", "", AT_LEAST, "98", "%", "≥98%"),
    ("≥ 98%", "", AT_LEAST, "98", "%", "≥ 98%"),
    (">=98%", "", AT_LEAST, "98", "%", ">=98%"),
    ("≤90分钟", "", AT_MOST, "90", "分钟", "≤90分钟"),
    ("约3000人", "", ABOUT, "3000", "人", "约3000人"),
    ("近3000人", "", ABOUT, "3000", "人", "近3000人"),
    ("总量不少于60节", "总量", AT_LEAST, "60", "节", "总量不少于60节"),
]


@pytest.mark.parametrize(("written", "verb", "comparator", "value", "unit", "phrase"), GOALS)
def test_a_goal_is_understood_and_printed_as_it_was_written(
    written: str, verb: str, comparator: Comparator, value: str, unit: str, phrase: str
) -> None:
    goal = parse_goal(written)
    assert (goal.verb, goal.comparator, goal.value, goal.unit) == (verb, comparator, Decimal(value), unit)
    assert goal.upper is None
    assert goal.phrase == phrase
    assert str(goal) == written


@pytest.mark.parametrize(
    ("written", "verb", "comparator", "lower", "upper", "unit", "phrase"),
    [
        ("15%～20%", "", EQUAL, "15", "20", "%", "达到15%～20%"),
        ("15%~20%", "", EQUAL, "15", "20", "%", "达到15%~20%"),
        ("15%-20%", "", EQUAL, "15", "20", "%", "达到15%-20%"),
        ("10—15个", "", EQUAL, "10", "15", "个", "达到10—15个"),
        ("10——15个", "", EQUAL, "10", "15", "个", "达到10——15个"),
        ("10–15个", "", EQUAL, "10", "15", "个", "达到10–15个"),
        ("65%～70%", "", EQUAL, "65", "70", "%", "达到65%～70%"),
        ("5—8名左右", "", ABOUT, "5", "8", "名", "达到5—8名左右"),
        ("控制在1.5%～2%以内", "控制在", AT_MOST, "1.5", "2", "%", "控制在1.5%～2%以内"),
        ("新增10～12所", "新增", MORE, "10", "12", "所", "新增10～12所"),
        ("1,000～1,200人", "", EQUAL, "1000", "1200", "人", "达到1,000～1,200人"),
    ],
)
def test_a_range_has_two_ends(
    written: str, verb: str, comparator: Comparator, lower: str, upper: str, unit: str, phrase: str
) -> None:
    goal = parse_goal(written)
    assert (goal.verb, goal.comparator, goal.unit, goal.phrase) == (verb, comparator, unit, phrase)
    assert (goal.value, goal.upper) == (Decimal(lower), Decimal(upper))


def test_digits_are_kept_exactly() -> None:
    assert str(parse_goal("97.50%").value) == "97.50"
    assert str(parse_goal("0.1%").value + parse_goal("0.2%").value) == "0.3"
    assert parse_goal("12345678901234567890.123456789元").value == Decimal("12345678901234567890.123456789")


@pytest.mark.parametrize(
    "written",
    [
        "全覆盖",
        "大幅提高",
        "三分之一",
        "9０%",  # a full-width digit is no unit
        "９８%",
        "1,2人",
        "12，000人",
        "-5%",  # a sign is no verb: say 下降5%
        "+5%",
        "10%—15个",
        "15%～20%～25%",
        "2027年达到98%",
        "由3个增加到5个",
        "不低于90%，力争95%",
        "新建、改扩建12所",
        "%",
        "≥",
        "以上",
        "1.2.3%",
        "加快推进学前教育普及普惠安全优质发展达到98%",
        "98%以上且比上年度同期有明显的提高和改善",
    ],
)
def test_what_is_no_goal_is_refused(written: str) -> None:
    with pytest.raises(GoalError):
        parse_goal(written)


@pytest.mark.parametrize("written", ACCEPTED_FORMS.split("、"))
def test_every_form_that_messages_show_is_accepted(written: str) -> None:
    assert parse_goal(written).written == written


@pytest.mark.parametrize("plan", sorted(PLANS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_goal_of_the_example_plans_is_understood(plan: Path) -> None:
    goals = re.findall(r"\bgoal: *([^,}\n#]+?) *(?:[,}#\n])", plan.read_text(encoding="utf-8"))
    assert goals
    for written in goals:
        assert re.search(r"[0-9]", parse_goal(written).written)


NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False).map(lambda number: number.copy_abs().normalize())


@given(
    st.sampled_from(["", "达到", "提高到", "新增", "下降", "控制在", "不低于", "≥", "约", "建成"]),
    NUMBERS,
    st.sampled_from(["%", "个", "所", "万人次", "个百分点", "平方米", ""]),
    st.sampled_from(["", "以上", "以内", "及以下", "左右"]),
)
def test_the_number_in_a_goal_is_the_number_understood(verb: str, number: Decimal, unit: str, after: str) -> None:
    goal = parse_goal(f"{verb}{number:f}{unit}{after}")
    assert goal.value == number
    assert goal.unit == unit
    assert goal.phrase.endswith(f"{number:f}{unit}{after}")


@given(st.text(max_size=20))
def test_any_text_is_a_goal_kept_as_written_or_refused(text: str) -> None:
    try:
        goal = parse_goal(text)
    except GoalError:
        return
    assert str(goal) == text
    assert goal.phrase.endswith(text)


@pytest.mark.parametrize(
    ("written", "value", "unit", "phrase"),
    [
        ("17:1以内", "17", ":1", "控制在17:1以内"),
        ("不低于1:1000", "1", ":1000", "不低于1:1000"),
        ("600：1", "600", "：1", "达到600：1"),
        ("不超过1/3", "1", "/3", "不超过1/3"),
    ],
)
def test_a_ratio_is_its_first_number_and_the_rest_as_unit(written: str, value: str, unit: str, phrase: str) -> None:
    goal = parse_goal(written)
    assert (str(goal.value), goal.unit, goal.phrase) == (value, unit, phrase)


UNITS = st.sampled_from(["%", "‰", "个", "所", "万人次", "个百分点", "平方米", ""])


@pytest.mark.parametrize(
    ("baseline", "goal", "said"),
    [
        ("97.5%", "97.8%以上", "提高0.3个百分点"),
        ("0.8%", "控制在0.5%以内", "下降0.3个百分点"),
        ("1.5‰", "1.2‰", "下降0.3个千分点"),
        ("100%", "保持在100%", "持平"),
        ("97.50%", "97.5%", "持平"),
        ("2所", "达到14所", "增加12所"),
        ("3,000人", "2,600人", "减少400人"),
        ("260人次", "培训300人次", "增加40人次"),
        ("9天", "10 天", "增加1天"),
        ("0.1%", "0.3%", "提高0.2个百分点"),  # 0.3 - 0.1 is no 0.2 in binary
        ("1.00000000000000000000000000001%", "2%", "提高0.99999999999999999999999999999个百分点"),
        ("", "新增12所", "新增12所"),
        ("30所", "新增12所", "新增12所"),
        ("", "新增12所以上", "新增12所以上"),
        ("", "新增10～12所", "新增10～12所"),
        ("", "下降0.5个百分点", "下降0.5个百分点"),
    ],
)
def test_how_far_a_goal_is_from_its_baseline(baseline: str, goal: str, said: str) -> None:
    found = change(baseline, parse_goal(goal))
    assert found is not None
    assert found.text == said


@pytest.mark.parametrize(
    ("baseline", "goal"),
    [
        ("", "98%"),
        ("不详", "98%"),
        ("97%左右", "98%"),
        ("97%以上", "98%"),
        ("新增3所", "12所"),
        ("96%～97%", "98%"),
        ("97%", "98%～99%"),
        ("9000人", "1.2万人"),
        ("97", "98%"),
        ("18:1", "17:1"),
        ("1/4", "1/3"),
    ],
)
def test_what_cannot_be_compared_has_no_change(baseline: str, goal: str) -> None:
    assert change(baseline, parse_goal(goal)) is None


@given(NUMBERS, NUMBERS, UNITS)
def test_baseline_and_change_make_the_goal(before: Decimal, after: Decimal, unit: str) -> None:
    found = change(f"{before:f}{unit}", parse_goal(f"{after:f}{unit}"))
    assert found is not None
    assert found.amount is not None
    assert before + found.amount == after
    if found.amount:
        sign = 1 if found.text[:2] in ("提高", "增加") else -1
        assert sign * parse_goal(found.text).value == found.amount
    else:
        assert found.text == "持平"


@given(
    st.sampled_from(["", "达到", "新增", "下降", "控制在", "不低于", "≥ ", "约"]),
    NUMBERS,
    st.none() | NUMBERS,
    UNITS,
    st.sampled_from(["", "以上", "以内", "左右"]),
)
def test_a_figure_without_its_unit_says_the_same(
    verb: str, number: Decimal, upper: Decimal | None, unit: str, after: str
) -> None:
    until = "" if upper is None else f"{unit}～{upper:f}"
    goal = parse_goal(f"{verb}{number:f}{until}{unit}{after}")
    bare = parse_goal(without_unit(goal.written, goal.unit))
    assert bare.unit == ""
    assert (bare.verb, bare.comparator, bare.value, bare.upper) == (goal.verb, goal.comparator, goal.value, goal.upper)


@pytest.mark.parametrize("written", ["17:1以内", "600：1", "不超过1/3"])
def test_a_ratio_keeps_its_form(written: str) -> None:
    goal = parse_goal(written)
    assert goal.is_ratio
    assert goal.amount is None
    assert without_unit(written, goal.unit) == written


def test_a_unit_is_taken_away_after_a_number_only() -> None:
    assert without_unit("培训人员300人", "人") == "培训人员300"


@pytest.mark.parametrize(("written", "value"), [("97.50%", "97.50"), ("260人次", "260"), ("3,000", "3000")])
def test_a_baseline_is_one_exact_figure(written: str, value: str) -> None:
    found = read_baseline(written)
    assert found is not None
    assert str(found.value) == value
