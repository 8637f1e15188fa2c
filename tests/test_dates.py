"""Dates: exact ones understood, impossible ones found out, the rest left as text."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.plan.dates import DateError, Due, check_due, parse_date, read_due

UNDERSTOOD = [
    "2027-06-30",
    "2027-6-3",
    "2027年6月30日",
    "2027年06月30日",
    "2028-02-29",
    "2027-06",
    "2027-6",
    "2027年6月",
    "2027年6月底前",
    "6月",
    "6月30日",
    "2月29日",
    "12月15日前",
    "9月底前",
    "2027年第二季度",
    "2027年二季度",
    "2027年第4季度",
    "2027-Q3",
    "2027Q3",
    "第二季度",
    "第四季度末",
]
FREE = [
    "全年",
    "每学期末",
    "每季度末",
    "长期坚持",
    "春季学期",
    "1—3月",
    "2027—2028学年度",
    "20日前",
    "10个工作日内",
    "15天",
]
IMPOSSIBLE = [
    "2026-02-30",
    "2027-02-29",
    "2027年2月30日",
    "2027-06-31",
    "2027-13-01",
    "2027-00-10",
    "2027-06-00",
    "2027-13",
    "2027-00",
    "2027年13月",
    "13月",
    "0月",
    "13月底前",
    "2月30日",
    "6月31日前",
    "2027年2月29日前",
    "2027年第五季度",
    "2027年第5季度",
    "2027-Q5",
    "2027-Q0",
    "第五季度",
    "第五季度末",
]


@pytest.mark.parametrize("written", UNDERSTOOD + FREE)
def test_a_due_date_may_be_written_so(written: str) -> None:
    check_due(written)


@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_a_due_date_that_does_not_exist_is_found_out_and_quoted(written: str) -> None:
    with pytest.raises(DateError, match=written):
        check_due(written)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027-02-18", datetime.date(2027, 2, 18)),
        ("2027-2-8", datetime.date(2027, 2, 8)),
        ("2027年2月18日", datetime.date(2027, 2, 18)),
        ("2027年02月08日", datetime.date(2027, 2, 8)),
        ("2028-02-29", datetime.date(2028, 2, 29)),
    ],
)
def test_an_exact_date_is_understood(written: str, day: datetime.date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    "written", ["2027-02-30", "2027年2月", "二〇二七年二月十八日", "27-02-18", "2027/02/18", "2027-02-18前", "明天", ""]
)
def test_what_is_no_exact_date_is_refused(written: str) -> None:
    with pytest.raises(DateError, match=f"“{written}”"):
        parse_date(written)


@given(st.integers(2000, 2100), st.integers(0, 14), st.integers(0, 33))
def test_a_due_date_is_accepted_exactly_when_the_calendar_has_it(year: int, month: int, day: int) -> None:
    for written in (f"{year}-{month:02}-{day:02}", f"{year}年{month}月{day}日", f"{year}年{month}月{day}日前"):
        try:
            datetime.date(year, month, day)
        except ValueError:
            with pytest.raises(DateError):
                check_due(written)
        else:
            check_due(written)


@pytest.mark.parametrize(
    ("written", "text", "day"),
    [
        ("2027-06-30", "2027年6月30日", datetime.date(2027, 6, 30)),
        ("2027-6-3", "2027年6月3日", datetime.date(2027, 6, 3)),
        ("2027年06月03日", "2027年6月3日", datetime.date(2027, 6, 3)),
        ("2027-08", "2027年8月", datetime.date(2027, 8, 31)),
        ("2027年08月", "2027年8月", datetime.date(2027, 8, 31)),
        ("2028-02", "2028年2月", datetime.date(2028, 2, 29)),
        ("2027-12", "2027年12月", datetime.date(2027, 12, 31)),
        ("9999-12", "9999年12月", datetime.date(9999, 12, 31)),
        ("2027-Q3", "2027年第三季度", datetime.date(2027, 9, 30)),
        ("2027q4", "2027年第四季度", datetime.date(2027, 12, 31)),
        ("2027年第三季度", "2027年第三季度", datetime.date(2027, 9, 30)),
        ("2027年第1季度", "2027年第一季度", datetime.date(2027, 3, 31)),
        ("2027年二季度", "2027年第二季度", datetime.date(2027, 6, 30)),
        ("0000-Q1", "0000年第一季度", None),
    ],
)
def test_a_due_date_reads_as_an_official_writes_it(written: str, text: str, day: datetime.date | None) -> None:
    check_due(written)
    assert read_due(written) == Due(text, day)


@pytest.mark.parametrize("written", [*FREE, "9月底前", "6月", "12月15日前", "2027年6月底前", "第四季度末", ""])
def test_other_due_dates_stay_as_typed(written: str) -> None:
    assert read_due(written) == Due(written)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)))
def test_a_due_day_that_was_read_reads_the_same_again(day: datetime.date) -> None:
    found = read_due(day.isoformat())
    assert found.day == day
    assert read_due(found.text) == found
