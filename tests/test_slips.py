"""Bad files as people who type Chinese write them: the right diagnostics at the right spots, all in one run.

`data/slips/table.txt` has a line for each file: its name, then place and code of everything that is said of it; files
that are right say nothing. `data/slips/not-yet.txt` has those of which something else is said than should be.
"""

from pathlib import Path

import pytest

from plangen import api
from plangen.diagnostics import Source
from plangen.source.slips import SLIPS, Slip, find_slip

FOLDER = Path(__file__).parent / "data" / "slips"


def rows(name: str) -> list[list[str]]:
    """Return the words of each line of a table."""
    return [line.split() for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


TABLE = rows("table.txt")
NOT_YET = rows("not-yet.txt")


def said_of(name: str) -> list[str]:
    """Return place and code of everything that is said of the form of a file, all in one row."""
    found = [each for each in api.check_plan(FOLDER / f"{name}.yaml") if not each.code.startswith("L")]
    assert all(each.message and each.hint and each.span for each in found)
    places = [each.span.position if each.span else (0, 0) for each in found]
    return [
        word for (line, column), each in zip(places, found, strict=True) for word in (f"{line}:{column}", each.code)
    ]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_all_slips_of_a_file_are_reported_where_they_are(row: list[str]) -> None:
    assert said_of(row[0]) == row[1:]


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="not mended yet")
@pytest.mark.parametrize("row", NOT_YET, ids=lambda row: row[0])
def test_slips_that_are_not_reported_rightly_yet(row: list[str]) -> None:
    assert said_of(row[0]) == row[1:]


def test_every_bad_file_is_in_the_table() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {row[0] for row in TABLE + NOT_YET}


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_found_on_its_example_and_not_on_its_counterexample(slip: Slip) -> None:
    found = find_slip(Source("a", slip.example), 1)
    assert found
    assert (found.code, found.message) == (slip.code, slip.message)
    assert not slip.pattern.search(slip.counterexample)
