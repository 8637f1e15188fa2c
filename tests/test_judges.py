"""The judges outside the project: the acceptance plans, the schema of Word documents, and what a document says."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from pages import ACCEPTANCE, EXAMPLES, ROOT, environment, write_docx
from plangen import api
from plangen.outline.model import Entry, Outline, Section

SHARED: Final = next((parent / "shared" for parent in ROOT.parents if (parent / "shared" / "tools").is_dir()), None)
PLANGEN: Final = shlex.join([sys.executable, "-m", "plangen"])


def found(shared: Path | None, ci: bool) -> Path:
    """Return the folder of the judges; where there are none, skip the test, but never in CI."""
    if shared is not None:
        return shared / "tools"
    reason = f"the judges are not here: no shared/tools beside {ROOT} or above it"
    if ci:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def judges() -> Path:
    """Return the folder of the judges."""
    return found(SHARED, os.environ.get("CI") == "true")


@pytest.fixture(scope="module", params=[False, True], ids=["literal", "native"])
def documents(
    judges: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[Path, Path]:
    """Return the documents of all plans there are, by plan, with numbers as text and as lists."""
    assert judges.is_dir()
    folder = tmp_path_factory.mktemp("judged")
    return {
        plan: write_docx(plan, folder / f"{plan.stem}.docx", native_numbering=request.param)
        for plan in (*EXAMPLES, *ACCEPTANCE)
    }


def test_the_judges_may_be_missing_but_not_in_ci() -> None:
    with pytest.raises(pytest.skip.Exception):
        found(None, ci=False)
    with pytest.raises(pytest.fail.Exception):
        found(None, ci=True)


def test_the_acceptance_plans_read_as_they_must(judges: Path) -> None:
    judged = judge(judges / "accept.py", "--plangen", PLANGEN)
    assert judged.returncode == 0, judged.stdout
    assert judged.stdout.splitlines()[-1] == "10 passed, 0 failed"


def test_word_accepts_the_documents(judges: Path, documents: dict[Path, Path]) -> None:
    judged = judge(judges / "validate_docx.py", "--json", *map(str, documents.values()))
    verdicts = json.loads(judged.stdout)
    assert len(verdicts) == len(documents)
    for verdict in verdicts:
        assert verdict["problems"] == [], verdict["file"]
        assert {"package", "xsd", "semantic"} <= set(verdict["ran"])
    assert judged.returncode == 0


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda plan: plan.stem)
def test_a_document_says_what_the_outline_says(judges: Path, documents: dict[Path, Path], plan: Path) -> None:
    judged = judge(judges / "docx_text.py", str(documents[plan]))
    assert judged.returncode == 0, judged.stderr
    outline, _ = api.open_outline(plan)
    lines = [line for line in judged.stdout.splitlines() if line]
    while lines[0] != outline.title and outline.title.startswith(lines[0]):  # a title of several lines
        lines[:2] = ["".join(lines[:2])]
    assert lines == list(paragraphs(outline))


def test_no_cached_field_is_stale(judges: Path, documents: dict[Path, Path]) -> None:
    for document in documents.values():
        judged = judge(judges / "docx_text.py", "--fields", str(document))
        assert (judged.returncode, judged.stdout) == (0, "")


def judge(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask a judge."""
    command = [sys.executable, str(script), *arguments]
    everything = environment(PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=everything, timeout=120, check=False)


def paragraphs(outline: Outline) -> Iterator[str]:
    """Yield what stands in a plan, paragraph by paragraph."""
    yield outline.title
    yield from map(str, (*outline.opening, *outline.guiding_thought))
    for section in outline.sections:
        yield from within(section)
    yield from map(str, outline.closing)


def within(part: Section | Entry) -> Iterator[str]:
    """Yield what stands in a section or an entry, paragraph by paragraph."""
    if part.heading is not None:
        yield str(part.heading)
    yield from map(str, part.paragraphs)
    for entry in part.entries:
        yield from within(entry)
    if isinstance(part, Section):
        for section in part.sections:
            yield from within(section)
