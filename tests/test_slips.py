"""Bad files as people who type Chinese write them: the right diagnostics at the right spots, all in one run.

`data/slips/table.txt` has a line for each file: its name, then place and code of everything that is wrong with it.
"""

from pathlib import Path

import pytest

from plangen import api
from plangen.diagnostics import Source
from plangen.source.slips import SLIPS, Slip, find_slip

FOLDER = Path(__file__).parent / "data" / "slips"
TABLE = [line.split() for line in (FOLDER / "table.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_all_slips_of_a_file_are_reported_where_they_are(row: list[str]) -> None:
    name, *wanted = row
    found = api.check_plan(FOLDER / f"{name}.yaml")
    said = [("{}:{}".format(*each.span.position), each.code) for each in found if each.span]
    assert said == list(zip(wanted[::2], wanted[1::2], strict=True))
    assert all(each.message and each.hint for each in found)


def test_every_bad_file_is_in_the_table() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {row[0] for row in TABLE}


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_found_on_its_example_and_not_on_its_counterexample(slip: Slip) -> None:
    found = find_slip(Source("a", slip.example), 1)
    assert found
    assert (found.code, found.message) == (slip.code, slip.message)
    assert not slip.pattern.search(slip.counterexample)
