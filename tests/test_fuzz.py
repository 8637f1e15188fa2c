"""A little of what `python tests/fuzz.py` does at length: broken plans do not break plangen."""

import sys
from pathlib import Path

import pytest

from fuzz import judge, mutated
from pages import EXAMPLES


@pytest.mark.skipif(sys.platform == "win32", reason="the time limit needs signals")
@pytest.mark.parametrize("start", range(0, 200, 50))
def test_broken_plans_do_not_break_plangen(start: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANGEN_DEBUG", "1")
    plans = [path.read_bytes() for path in EXAMPLES]
    verdicts = [judge(number, mutated(0, number, plans), tmp_path) for number in range(start, start + 50)]
    assert [f"0:{each.number} {each.problem}" for each in verdicts if each.problem] == []
    assert {each.exit_code for each in verdicts} >= {0, 1}


def test_a_plan_of_a_seed_is_always_the_same() -> None:
    plans = [path.read_bytes() for path in EXAMPLES]
    assert mutated(0, 7, plans) == mutated(0, 7, plans)
    assert len({mutated(0, number, plans) for number in range(100)}) > 90
