"""Every file in tests/cases is a test: what a user has and types, and what he gets."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from case_files import Case, read_case
from plangen import cli

CASES = sorted(Path(__file__).parent.joinpath("cases").glob("*/*.case"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_user_gets_what_the_case_says(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    case = read_case(path)
    seen = run(case, tmp_path, monkeypatch, capfd)
    assert seen.absent == case.absent, "a file is there that must not be"
    if request.config.getoption("--accept"):
        path.write_text(seen.written(), encoding="utf-8")
    else:
        assert seen.written() == case.written()


def test_there_are_cases() -> None:
    assert len(CASES) > 40


def test_a_case_that_expects_something_else_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    case = read_case(CASES[0])
    seen = run(case, tmp_path, monkeypatch, capfd)
    assert seen.written() == case.written()
    assert seen.written() != replace(case, stderr=case.stderr + "x").written()
    assert seen.written() != replace(case, exit_code=case.exit_code + 1).written()


def run(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Case:
    """Run the command of a case in a folder of its own."""
    for part in case.given:
        file = folder / part.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(part.content())
        if "executable" in part.options:
            file.chmod(0o755)
    for variable in case.variables:
        monkeypatch.setenv(*variable.split("=", 1))
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["plangen", *case.arguments])
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        cli.main()
    printed = capfd.readouterr()
    return case.seen(folder, int(ended.value.code or 0), printed.out, printed.err)
