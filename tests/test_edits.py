"""Edits by position: what is not replaced stays."""

from hypothesis import given
from hypothesis import strategies as st

from plangen.diagnostics import Fix, Source, Span
from plangen.source.edits import apply_fixes

TEXT = "发展，教育,公平"
SOURCE = Source("a.yaml", TEXT)


def fix(start: int, end: int, text: str) -> Fix:
    return Fix(Span(SOURCE, start, end), text)


def test_fixes_are_made_in_the_order_of_the_text() -> None:
    comma, head = fix(5, 6, "，"), fix(0, 2, "改革")
    assert apply_fixes(TEXT, [comma, head]) == ("改革，教育，公平", [head, comma])


def test_of_two_fixes_that_share_characters_the_first_is_made() -> None:
    first, second = fix(0, 3, "改革，"), fix(2, 4, "。")
    assert apply_fixes(TEXT, [second, first]) == ("改革，教育,公平", [first])


def test_a_fix_given_twice_is_made_once() -> None:
    mark = fix(8, 8, "。")
    assert apply_fixes(TEXT, [mark, mark]) == (TEXT + "。", [mark])


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text())))
def test_what_no_fix_covers_stays(wanted: list[tuple[int, int, str]]) -> None:
    edited, made = apply_fixes(TEXT, [fix(min(a, b), max(a, b), text) for a, b, text in wanted])
    for each in reversed(made):
        assert each.text in edited
    covered = sum(each.span.end - each.span.start for each in made)
    assert len(edited) == len(TEXT) - covered + sum(len(each.text) for each in made)
