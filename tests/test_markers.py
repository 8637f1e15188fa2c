"""Markers: written as their first number, counted from there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.plan.markers import UNNUMBERED, MarkerError, parse_marker
from plangen.plan.numerals import NumeralRangeError

FORMS = [
    # marker, the 2nd, the 12th, what prose calls the 12th
    ("一、", "二、", "十二、", "十二"),
    ("（一）", "（二）", "（十二）", "（十二）"),
    ("1.", "2.", "12.", "12"),
    ("1．", "2．", "12．", "12"),
    ("1、", "2、", "12、", "12"),
    ("（1）", "（2）", "（12）", "（12）"),
    ("(1)", "(2)", "(12)", "(12)"),
    ("1）", "2）", "12）", "12）"),
    ("①", "②", "⑫", "⑫"),
    ("１．", "２．", "１２．", "１２"),
    ("一是", "二是", "十二是", "十二"),
    ("一要", "二要", "十二要", "十二"),
    ("第一，", "第二，", "第十二，", "第十二"),
    ("第一部分 ", "第二部分 ", "第十二部分 ", "第十二部分"),
    ("第一部分　", "第二部分　", "第十二部分　", "第十二部分"),
    ("第1条", "第2条", "第12条", "第12条"),
    ("任务一：", "任务二：", "任务十二：", "任务十二"),
]


@pytest.mark.parametrize(("written", "second", "twelfth", "called"), FORMS)
def test_a_marker_is_counted_on_from_its_first_number(written: str, second: str, twelfth: str, called: str) -> None:
    marker = parse_marker(written)
    assert marker.numbered
    assert marker.written == marker.label((1,)) == written
    assert marker.label((2,)) == second
    assert marker.label((12,)) == twelfth
    assert marker.reference((12,)) == called


@pytest.mark.parametrize(
    ("written", "number", "label"),
    [
        ("一、", 101, "一百零一、"),
        ("（一）", 20, "（二十）"),
        ("第一部分 ", 110, "第一百一十部分 "),
        ("①", 50, "㊿"),
        ("1.", 1000, "1000."),
    ],
)
def test_markers_go_on_as_far_as_their_numerals_do(written: str, number: int, label: str) -> None:
    assert parse_marker(written).label((number,)) == label


def test_the_fifty_first_circle_is_refused_and_not_guessed() -> None:
    with pytest.raises(NumeralRangeError, match="51"):
        parse_marker("①").label((51,))


@pytest.mark.parametrize(
    ("written", "numbers", "label", "called"),
    [
        ("1.1", (3, 2), "3.2", "3.2"),
        ("1.1", (9, 3, 2), "3.2", "3.2"),
        ("1.1 ", (3, 12), "3.12 ", "3.12"),
        ("1—1", (3, 2), "3—2", "3—2"),
        ("1-1.", (3, 2), "3-2.", "3-2"),
        ("1.1.1", (4, 3, 2), "4.3.2", "4.3.2"),
        ("（一）1.", (3, 2), "（三）2.", "（三）2"),
        ("第一章第1条 ", (3, 2), "第三章第2条 ", "第三章第2条"),
    ],
)
def test_a_marker_with_several_numerals_carries_the_numbers_of_the_parents(
    written: str, numbers: tuple[int, ...], label: str, called: str
) -> None:
    marker = parse_marker(written)
    assert marker.label(numbers) == label
    assert marker.reference(numbers) == called
    assert marker.written == written


@pytest.mark.parametrize("written", ["none", "无", " none ", "无　"])
def test_none_means_unnumbered(written: str) -> None:
    marker = parse_marker(written)
    assert marker == UNNUMBERED
    assert not marker.numbered
    assert marker.label((7,)) == ""


@pytest.mark.parametrize("written", ["——", "●", "— ", "◆", "※"])
def test_a_marker_without_a_numeral_is_printed_before_each_entry_as_it_stands(written: str) -> None:
    marker = parse_marker(written)
    assert not marker.numbered
    assert [marker.label((number,)) for number in (1, 2, 51)] == [written] * 3


@pytest.mark.parametrize(
    ("written", "inline"),
    [
        ("一是", True),
        ("一要", True),
        ("1是", True),
        ("一是要", True),
        ("一、", False),
        ("第一，", False),
        ("要一、", False),
        ("①", False),
        ("是", False),
        ("none", False),
    ],
)
def test_entries_run_on_where_the_suffix_is_a_word(written: str, inline: bool) -> None:
    assert parse_marker(written).inline is inline


@pytest.mark.parametrize(
    ("written", "layer"),
    [
        ("一、", 1),
        ("（一）", 2),
        ("1.", 3),
        ("1．", 3),
        ("（1）", 4),
        ("①", 5),
        ("一是", None),
        ("第一部分 ", None),
        ("none", None),
        ("1.1", None),
    ],
)
def test_the_standard_markers_show_their_layer(written: str, layer: int | None) -> None:
    assert parse_marker(written).layer == layer


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("二、", "二"),
        ("（二）", "二"),
        ("2.", "2"),
        ("②", "②"),
        ("㉑", "㉑"),
        ("２．", "２"),
        ("十、", "十"),
        ("11.", "11"),
        ("01.", "01"),
        ("0.", "0"),
        ("第三部分", "三"),
        ("1.2", "2"),
        ("2.1", "2"),
    ],
)
def test_a_marker_that_is_not_the_first_one_is_refused_and_named(written: str, found: str) -> None:
    with pytest.raises(MarkerError, match=f"第一个编号.*“{found}”"):
        parse_marker(written)


@given(
    st.text("第（(【任务[ ", max_size=4),
    st.sampled_from(["一", "1", "①", "１"]),
    st.text("部分章）)】、.．，：]　 ", max_size=4),
    st.integers(1, 50),
)
def test_whatever_stands_around_the_numeral_is_kept(prefix: str, numeral: str, suffix: str, number: int) -> None:
    marker = parse_marker(prefix + numeral + suffix)
    label = marker.label((number,))
    assert marker.written == prefix + numeral + suffix
    assert label.startswith(prefix)
    assert label.endswith(suffix)
    assert marker.label((number,)) != marker.label((number % 50 + 1,))
