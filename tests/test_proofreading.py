"""How much the proof-reader finds, and how seldom it is wrong: plans written before the rules that read them."""

import re
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from plangen import api
from plangen.diagnostics import Diagnostic, Severity

FOLDER: Final = Path(__file__).parent / "data" / "proofreading"
ROW: Final = re.compile(r"(\S+) (\d+):(\d+) (L\d+|-) 「(.*)」 (.+)")
RIGHT: Final = sorted(FOLDER.glob("right-*.yaml"))
SEEDED: Final = sorted(set(FOLDER.glob("*.yaml")) - set(RIGHT))
LEAST_RECALL: Final = 0.8
"""Rules were written to find these slips: among others they find fewer, about half; see the head of the list."""


class Slip(NamedTuple):
    """A slip that was put into a plan: where, what, and the code that is to find it; `-` for none."""

    plan: str
    line: int
    column: int
    code: str
    wrong: str

    def is_touched_by(self, found: Diagnostic) -> bool:
        """Whether what was found, or another place it names, shares a character with the slip."""
        spans = [span for span in (found.span, *(each.span for each in found.related)) if span]
        start, end = (self.line, self.column), (self.line, self.column + len(self.wrong))
        return any(span.position < end and span.end_position > start for span in spans)


def slips() -> list[Slip]:
    rows = (FOLDER / "slips.txt").read_text(encoding="utf-8").splitlines()
    found = [ROW.fullmatch(row) for row in rows if not row.startswith("#")]
    assert all(found)
    return [Slip(row[1], int(row[2]), int(row[3]), row[4], row[5]) for row in found if row]


SLIPS: Final = slips()


@pytest.fixture(scope="module")
def found() -> dict[str, list[Diagnostic]]:
    return {path.stem: api.check_plan(path) for path in SEEDED}


def test_the_slips_stand_where_the_list_says() -> None:
    lines = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in SEEDED}
    assert {slip.plan for slip in SLIPS} == set(lines)
    for slip in SLIPS:
        assert lines[slip.plan][slip.line - 1].startswith(slip.wrong, slip.column - 1), slip


def test_every_slip_is_found_or_not_found_as_listed(found: dict[str, list[Diagnostic]]) -> None:
    for slip in SLIPS:
        codes = {each.code for each in found[slip.plan] if slip.is_touched_by(each)}
        assert (slip.code in codes) if slip.code != "-" else not codes, (slip, codes)


def test_nothing_but_the_slips_is_reported(found: dict[str, list[Diagnostic]]) -> None:
    for name, diagnostics in found.items():
        here = [slip for slip in SLIPS if slip.plan == name]
        false = [each for each in diagnostics if not any(slip.is_touched_by(each) for slip in here)]
        assert [each for each in false if each.severity is not Severity.INFO] == []


def test_no_less_is_found_than_was() -> None:
    counts = Counter(slip.code != "-" for slip in SLIPS)
    assert counts.total() >= 60
    assert counts[True] / counts.total() >= LEAST_RECALL


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_difficult_but_right_text_raises_nothing(path: Path) -> None:
    assert api.check_plan(path) == []
