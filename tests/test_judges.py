"""The judges outside the project: the acceptance plans, the schema of Word documents, and what a document says."""

import io
import json
import os
import shlex
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from runpy import run_path
from typing import Any, Final

import pytest

from geometry import write_documents
from judges import find_judges, judge
from pages import ACCEPTANCE, EXAMPLES, write_docx
from plangen import api
from plangen.outline.model import Entry, Outline, Section
from plangen.render.choices import Choices
from texts import read_markdown, squeezed

PLANGEN: Final = shlex.join([sys.executable, "-m", "plangen"])


@pytest.fixture(scope="module")
def word(judges: Path) -> dict[str, Any]:
    """Return the functions of the judge that reads documents as Word does; it has no command for several of them."""
    return run_path(str(judges / "docx_text.py"))


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
        find_judges(None, ci=False)
    with pytest.raises(pytest.fail.Exception):
        find_judges(None, ci=True)


def test_the_acceptance_plans_read_as_they_must(judges: Path) -> None:
    judged = judge(judges / "accept.py", "--plangen", PLANGEN)
    assert judged.returncode == 0, judged.stdout
    assert judged.stdout.splitlines()[-1] == "10 passed, 0 failed"


def test_word_accepts_the_documents(judges: Path, documents: dict[Path, Path]) -> None:
    check_validity(judges, documents.values())


def test_word_accepts_tables_and_official_documents(
    judges: Path, tables: dict[tuple[Path, str], Path], tmp_path: Path
) -> None:
    check_validity(judges, [*tables.values(), *write_documents(tmp_path).values()])


def test_word_2007_accepts_the_examples_too(judges: Path, documents: dict[Path, Path]) -> None:
    judged = judge(judges / "validate_docx.py", "--office", "Office2007", *(str(documents[plan]) for plan in EXAMPLES))
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("plan", [*EXAMPLES, *ACCEPTANCE], ids=lambda plan: plan.stem)
def test_a_document_says_what_the_outline_says(word: dict[str, Any], documents: dict[Path, Path], plan: Path) -> None:
    outline, _ = api.open_outline(plan)
    assert said(word, documents[plan]) == squeezed("".join(everything(outline)))


@pytest.mark.parametrize("genre", ["task-table", "target-table"])
@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda plan: plan.stem)
def test_a_table_says_in_word_what_it_says_in_markdown(
    word: dict[str, Any], tables: dict[tuple[Path, str], Path], plan: Path, genre: str
) -> None:
    made = io.BytesIO()
    api.write_document(api.open_outline(plan)[0], "md", made, Choices(genre))
    assert said(word, tables[plan, genre]) == squeezed("".join(read_markdown(made.getvalue().decode())))


def test_no_cached_field_is_stale(
    word: dict[str, Any], documents: dict[Path, Path], tables: dict[tuple[Path, str], Path]
) -> None:
    for document in (*documents.values(), *tables.values()):
        assert word["check_fields"](*word["load"](document)) == [], document


def check_validity(judges: Path, documents: Iterable[Path]) -> None:
    """Have the schema of Word documents, and where it is installed Microsoft's validator, find nothing wrong."""
    files = list(documents)
    judged = judge(judges / "validate_docx.py", "--json", *map(str, files))
    verdicts = json.loads(judged.stdout)
    assert len(verdicts) == len(files)
    for verdict in verdicts:
        assert verdict["problems"] == [], verdict["file"]
        assert {"package", "xsd", "semantic"} <= set(verdict["ran"])
        assert "sdk" in verdict["ran"] or "OOXML_NODE_MODULES" not in os.environ
    assert judged.returncode == 0


def said(word: dict[str, Any], document: Path) -> str:
    """Return what Word shows of a document, without white space."""
    paragraphs, _ = word["load"](document)
    return squeezed("".join(word["lines"](paragraphs)))


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
