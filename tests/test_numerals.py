"""Numbers as they are printed: 一 … 一百零一 …, ① … ㊿, １２."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.plan.numerals import FIRST_NUMERALS, NumeralRangeError, chinese, circled, full_width

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}


def read_chinese(written: str) -> int:
    """Read a Chinese number as a schoolchild does; knows nothing of how plangen writes them."""
    total, digit = 0, 0
    for character in written:
        if character in UNITS:
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (120, "一百二十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2027, "二千零二十七"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_numbers_are_written_as_documents_write_them(number: int, written: str) -> None:
    assert chinese(number) == written


def test_every_chinese_number_reads_as_itself() -> None:
    assert [read_chinese(chinese(number)) for number in range(1, 10_000)] == list(range(1, 10_000))


def test_no_chinese_number_has_a_zero_too_many() -> None:
    written = [chinese(number) for number in range(1, 10_000)]
    assert len(set(written)) == len(written)
    assert not [each for each in written if "零零" in each or each[0] == "零" or each[-1] == "零"]


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_chinese_numbers_say_how_far_they_reach(number: int) -> None:
    with pytest.raises(NumeralRangeError, match="9999"):
        chinese(number)


def test_all_fifty_circled_numbers_are_written() -> None:
    expected = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
    assert "".join(circled(number) for number in range(1, 51)) == expected


@pytest.mark.parametrize("number", [0, 51, 99])
def test_circled_numbers_say_how_far_they_reach(number: int) -> None:
    with pytest.raises(NumeralRangeError, match=f"①到㊿.*{number}"):
        circled(number)


@given(st.integers(1, 99_999))
def test_full_width_numbers_are_the_same_digits_but_wide(number: int) -> None:
    written = full_width(number)
    assert set(written) <= set("０１２３４５６７８９")
    assert int(written) == number


def test_each_system_writes_its_first_number_as_it_is_recognised() -> None:
    assert [numeral.write(1) for numeral in FIRST_NUMERALS.values()] == list(FIRST_NUMERALS)
