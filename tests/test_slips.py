"""Bad files as people who type Chinese write them: one diagnostic each, at the right spot; and every known slip."""

from pathlib import Path

import pytest

from plangen import api
from plangen.diagnostics import Source
from plangen.source.slips import SLIPS, Slip, find_slip

FOLDER = Path(__file__).parent / "data" / "slips"
TABLE = [line.split() for line in (FOLDER / "table.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "place", "code"), TABLE, ids=[row[0] for row in TABLE])
def test_a_slip_is_reported_once_where_it_is(name: str, place: str, code: str) -> None:
    found = api.check_plan(FOLDER / f"{name}.yaml")
    assert [("{}:{}".format(*each.span.position), each.code) for each in found if each.span] == [(place, code)]
    assert found[0].message
    assert found[0].hint


def test_every_bad_file_is_in_the_table() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {row[0] for row in TABLE}


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.name)
def test_a_slip_is_found_on_its_example_and_not_on_its_counterexample(slip: Slip) -> None:
    found = find_slip(Source("a", slip.example), 1)
    assert found
    assert (found.code, found.message) == (slip.code, slip.message)
    assert not slip.pattern.search(slip.counterexample)
