"""The judges outside the project: the acceptance plans, the schema of Word documents, and what a document says."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from markdown_it import MarkdownIt

from geometry import write_documents
from pages import ACCEPTANCE, EXAMPLES, ROOT, environment, write_docx
from plangen import api
from plangen.outline.model import Entry, Outline, Section
from plangen.render.choices import Choices

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
        plan: write_docx(plan, folder / f"{plan.stem}.docx", Choices(native_numbering=request.param))
        for plan in (*EXAMPLES, *ACCEPTANCE)
    }


@pytest.fixture(scope="module")
def tables(judges: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, str], Path]:
    """Return the tables of the examples as documents, by plan and genre."""
    assert judges.is_dir()
    folder = tmp_path_factory.mktemp("tables")
    return {
        (plan, genre): write_docx(plan, folder / f"{plan.stem}-{genre}.docx", Choices(genre))
        for plan in EXAMPLES
        for genre in ("task-table", "target-table")
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


def test_word_accepts_the_documents(
    judges: Path, documents: dict[Path, Path], tables: dict[tuple[Path, str], Path], tmp_path: Path
) -> None:
    files = [*documents.values(), *tables.values(), *write_documents(tmp_path).values()]
    judged = judge(judges / "validate_docx.py", "--json", *map(str, files))
    verdicts = json.loads(judged.stdout)
    assert len(verdicts) == len(files)
    for verdict in verdicts:
        assert verdict["problems"] == [], verdict["file"]
        assert {"package", "xsd", "semantic"} <= set(verdict["ran"])
        assert "sdk" in verdict["ran"] or "OOXML_NODE_MODULES" not in os.environ
    assert judged.returncode == 0


def test_word_2007_accepts_the_examples_too(judges: Path, documents: dict[Path, Path]) -> None:
    judged = judge(judges / "validate_docx.py", "--office", "Office2007", *(str(documents[plan]) for plan in EXAMPLES))
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda plan: plan.stem)
def test_a_document_says_what_the_outline_says(judges: Path, documents: dict[Path, Path], plan: Path) -> None:
    judged = judge(judges / "docx_text.py", str(documents[plan]))
    assert judged.returncode == 0, judged.stderr
    outline, _ = api.open_outline(plan)
    assert squeezed(judged.stdout) == squeezed("".join(everything(outline)))


@pytest.mark.parametrize("genre", ["task-table", "target-table"])
@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda plan: plan.stem)
def test_a_table_says_in_word_what_it_says_in_markdown(
    judges: Path, tables: dict[tuple[Path, str], Path], plan: Path, genre: str
) -> None:
    judged = judge(judges / "docx_text.py", str(tables[plan, genre]))
    assert judged.returncode == 0, judged.stderr
    made = io.BytesIO()
    api.write_document(api.open_outline(plan)[0], "md", made, Choices(genre))
    assert squeezed(judged.stdout) == squeezed(read_markdown(made.getvalue().decode()))


def test_no_cached_field_is_stale(
    judges: Path, documents: dict[Path, Path], tables: dict[tuple[Path, str], Path]
) -> None:
    for document in (*documents.values(), *tables.values()):
        judged = judge(judges / "docx_text.py", "--fields", str(document))
        assert (judged.returncode, judged.stdout) == (0, "")


def read_markdown(text: str) -> str:
    """Return what a reader of Markdown sees of headings and tables."""
    reader = MarkdownIt("commonmark").enable("table")
    inline = [token.children or [] for token in reader.parse(text) if token.type == "inline"]
    return "\n".join("".join(child.content for child in children) for children in inline)


def squeezed(text: str) -> str:
    """Return text without white space and without what draws the lines of a table."""
    return re.sub(r"[\s|]", "", text)


def judge(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask a judge."""
    command = [sys.executable, str(script), *arguments]
    everything = environment(PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=everything, timeout=120, check=False)


def everything(outline: Outline) -> Iterator[str]:
    """Yield what stands in a document, in the order of GB/T 9704-2012."""
    official, carried = outline.official, outline.genre == "notice"
    if official:
        yield from (official.copy_number, official.secrecy, official.urgency, *official.organ_mark)
        names = official.signatories
        above = (len(names) - 1) // 2 * 2 if names else 0  # two names a line, the number on the last
        yield from ("签发人：" if above else "", *names[:above], official.document_number)
        yield from ("签发人：" if names and not above else "", *names[above:])
    if carried:
        yield outline.notice.title
        yield official.recipients if official else ""
        yield from map(str, outline.notice.paragraphs)
    else:
        title, *text = paragraphs(outline)
        yield from (title, official.recipients if official else "", *text)
    several = len(outline.attachments) > 1
    for number, attachment in enumerate(outline.attachments, 1):
        yield ("附件：" if number == 1 else "") + (f"{number}." if several else "") + attachment.title
    if official:
        yield from (*official.signature, official.date, official.note)
    if carried:
        yield from paragraphs(outline)
    for attachment in outline.attachments:
        yield from (attachment.label, attachment.title, *map(str, attachment.paragraphs))
        if attachment.table:
            yield from (column.name for column in attachment.table.columns)
            for row in attachment.table.rows:
                yield str(row.group) if row.group else "".join(str(cell.text) for cell in row.cells)
        for section in attachment.sections:
            yield from within(section)
    if official:
        yield from (official.copies_to, official.printed_by, official.printed_on)


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
