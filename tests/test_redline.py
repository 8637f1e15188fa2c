"""Redline documents: accepting all changes gives the new document, rejecting them the old one; and they read well."""

import datetime
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from runpy import run_path
from typing import Any, Final

import pytest

from base_documents import BASES
from case_files import read_case
from pages import ACCEPTANCE, EXAMPLES, environment
from plangen import PlanError, api
from plangen.api import Choices, Reading, Redline
from redlines import W, contents, libreoffice, part, redlined, rendered, settled, text_of
from revised_plans import CHANGES, read, revised

NATIVE: Final = Choices(native_numbering=True)
PLAN: Final = """\
title: 云川市2027年教育工作要点
year: 2027
issuer: 云川市教育局
numbering: {continuous: [tasks]}
sections:
  - heading: 强化保障
    id: first
    tasks:
      - {heading: 扩充学位, text: 新增学位97.5个百分点。}
      - {heading: 配强教师, text: 招聘教师600人。, id: staff}
      - {heading: 守住安全, text: 每月排查一次。}
  - heading: 狠抓落实
    text: 第{@staff}项由人事科牵头。
"""


def pairs() -> Iterator[tuple[str, str, str]]:
    """Yield every change, each made to one of the plans in turn and undone again."""
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]
    for number, (name, change) in enumerate(CHANGES.items()):
        tried = ((text, revised(text, change)) for text in texts[number % len(texts) :] + texts)
        old, new = next((old, new) for old, new in tried if new is not None)
        yield name, old, new
        yield f"not {name}", new, old


PAIRS: Final = list(pairs())
HALF: Final = [PAIRS[2 * number + number % 2] for number in range(len(CHANGES))]
"""Each change, made or undone."""

SOME: Final = ("add_task", "not move_section", "divide_section", "not run_on")


@pytest.fixture(scope="module")
def judge(judges: Path) -> Mapping[str, Any]:
    """Return the functions of the judge that accepts and rejects changes."""
    return run_path(str(judges / "revisions.py"))


def check_law(old: Reading, new: Reading, judge: Mapping[str, Any], choices: Choices) -> bytes:
    document = redlined(old, new, choices=choices)
    assert contents(settled(document, judge, accept=True)) == contents(part(rendered(new, choices)))
    before = contents(settled(document, judge, accept=False), as_rejected=True)
    assert before == contents(part(rendered(old, choices)), as_rejected=True)
    return document


@pytest.mark.parametrize(("old", "new"), [each[1:] for each in HALF], ids=[each[0] for each in HALF])
def test_accepted_it_is_the_new_document_and_rejected_the_old(old: str, new: str, judge: Mapping[str, Any]) -> None:
    check_law(read(old), read(new), judge, Choices())


@pytest.mark.parametrize("name", SOME)
def test_the_numbers_that_word_counts_are_right_either_way(
    name: str, judge: Mapping[str, Any], judges: Path, tmp_path: Path
) -> None:
    old, new = next((read(old), read(new)) for each, old, new in PAIRS if each == name)
    document = tmp_path / "花脸稿.docx"
    document.write_bytes(check_law(old, new, judge, NATIVE))
    word = run_path(str(judges / "docx_text.py"))
    for accept, reading in ((True, new), (False, old)):
        settled_file, plain = tmp_path / f"{accept}.docx", tmp_path / "plain.docx"
        judge["convert"](document, settled_file, accept)
        plain.write_bytes(rendered(reading, NATIVE))
        paragraphs, bookmarks = word["load"](str(settled_file))
        assert word["lines"](paragraphs) == word["lines"](word["load"](str(plain))[0])
        assert word["check_fields"](paragraphs, bookmarks) == []


def corpus() -> Iterator[tuple[str, Reading, Reading]]:
    """Yield the pairs of revisions that `plangen diff` is judged by."""
    for path in sorted((Path(__file__).parent / "cases" / "diff").glob("*.case")):
        plans = [each.content().decode() for each in read_case(path).given if each.name.endswith(".yaml")]
        with suppress(PlanError):
            old, new = (read(text) for text in plans[:2]) if len(plans) > 1 else (None, None)
            if old and new:
                yield path.stem, old, new


@pytest.mark.parametrize("numbering", [Choices(), NATIVE], ids=["literal", "native"])
def test_the_corpus_of_revisions_is_redlined(numbering: Choices, judge: Mapping[str, Any]) -> None:
    done = 0
    for name, old, new in corpus():
        if numbering is NATIVE and api.write_redline(api.align_plans(old, new), io.BytesIO(), Redline(""), NATIVE):
            continue  # numbers that cannot be shared are text, which is said
        check_law(old, new, judge, numbering)
        done += 1
        assert name
    assert done >= 20


@pytest.mark.parametrize("path", ACCEPTANCE, ids=lambda path: path.stem)
def test_the_acceptance_plans_are_redlined(path: Path, judge: Mapping[str, Any]) -> None:
    text = path.read_text(encoding="utf-8")
    for change in list(CHANGES.values())[:3]:
        changed = revised(text, change)
        if changed is not None:
            check_law(read(text), read(changed), judge, Choices())
            check_law(read(changed), read(text), judge, Choices())


@pytest.mark.parametrize("genre", ["task-table", "target-table", "notice", "work-plan"])
def test_every_genre_is_redlined(genre: str, judge: Mapping[str, Any]) -> None:
    text = (EXAMPLES[-1]).read_text(encoding="utf-8")
    changed = revised(text, CHANGES["change_targets"])
    assert changed is not None
    check_law(read(text), read(changed), judge, Choices(genre=genre))


def test_a_base_document_is_redlined_with_its_fields(judge: Mapping[str, Any], tmp_path: Path) -> None:
    base = tmp_path / "底本.docx"
    base.write_bytes(BASES["as an office types it"])
    old, new = next((read(old), read(new)) for name, old, new in PAIRS if name == "change_all")
    check_law(old, new, judge, Choices(base=base))


def test_nothing_changed_is_nothing_marked() -> None:
    document = redlined(read(PLAN), read(PLAN))
    assert not marks(document, "ins") + marks(document, "del")
    assert contents(part(document)) == contents(part(rendered(read(PLAN))))


def marks(document: bytes, tag: str) -> list[str]:
    """Return the texts in marks of a tag."""
    return [text_of(each) for each in part(document).iter(W + tag) if each.find(W + "r") is not None]


def test_a_number_is_changed_as_a_whole_and_so_is_a_figure() -> None:
    changed = PLAN.replace("    tasks:\n", "    tasks:\n      - {heading: 建好学校, text: 建成学校3所。}\n")
    document = redlined(read(PLAN), read(changed.replace("97.5个", "98个")))
    assert marks(document, "del") == ["1", "97.5个百分点", "2", "3", "2项"]
    assert marks(document, "ins") == ["1.建好学校。建成学校3所。", "2", "98个百分点", "3", "4", "3项"]


def test_a_whole_paragraph_is_deleted_with_its_mark() -> None:
    lines = PLAN.splitlines(keepends=True)
    document = redlined(read(PLAN), read("".join(line for line in lines if "守住安全" not in line)))
    gone = [each for each in part(document).iter(W + "p") if each.find(f"{W}pPr/{W}rPr/{W}del") is not None]
    assert [text_of(each) for each in gone] == ["3.守住安全。每月排查一次。"]


def test_what_was_moved_is_noted_beside_it() -> None:
    plan = read(PLAN)
    lines = PLAN.splitlines(keepends=True)
    moved = next(line for line in lines if "守住安全" in line)
    place = next(n for n, line in enumerate(lines) if "扩充学位" in line)
    lines.remove(moved)
    document = redlined(plan, read("".join([*lines[:place], moved, *lines[place:]])))
    assert text_of(part(document, "word/comments.xml")) == "第1条由原第3条移来"


def test_author_and_date_are_those_given_and_ids_are_its_own() -> None:
    redline = Redline("沈牧禾", datetime.datetime(2027, 2, 18, 9, 30))
    document = redlined(read(PLAN), read(PLAN.replace("600人", "700人")), redline, NATIVE)
    found = [each.attrib for each in part(document).iter(W + "ins", W + "del")]
    assert {(each[W + "author"], each[W + "date"]) for each in found} == {("沈牧禾", "2027-02-18T09:30:00Z")}
    ids = [each.get(W + "id") for each in part(document).iter(W + "ins", W + "del", W + "bookmarkStart")]
    assert len(set(ids)) == len(ids)


def test_without_author_and_date_it_is_the_issuer_at_no_time() -> None:
    document = redlined(read(PLAN), read(PLAN.replace("600人", "700人")), Redline())
    found = [dict(each.attrib) for each in part(document).iter(W + "ins", W + "del")]
    assert {each.get(W + "author") for each in found} == {"云川市教育局"}
    assert not any(W + "date" in each for each in found)


def test_printed_marks_are_looks_and_no_changes() -> None:
    document = redlined(read(PLAN), read(PLAN.replace("600人", "700人")), Redline(manual=True))
    root = part(document)
    assert not list(root.iter(W + "ins", W + "del", W + "delText"))
    looks = {
        text_of(run): {str(each.tag).removeprefix(W): each.get(W + "val") for each in run[0]}
        for run in root.iter(W + "r")
    }
    assert (looks["600人"]["strike"], looks["600人"]["color"]) == (None, "FF0000")
    assert (looks["700人"]["u"], looks["700人"]["color"]) == ("single", "0000FF")


def test_numbering_that_cannot_be_shared_is_text_and_said(judge: Mapping[str, Any]) -> None:
    old, new = (read(PLAN.replace("{continuous: [tasks]}", f"{{tasks: '{each}'}}")) for each in ("1.", "1．"))
    said = api.write_redline(api.align_plans(old, new), io.BytesIO(), Redline("审稿人"), NATIVE)
    assert [each.code for each in said] == ["R020"]
    document = redlined(old, new, choices=NATIVE)
    assert contents(settled(document, judge, accept=True)) == contents(part(rendered(new)))


def test_a_plan_that_was_not_there_is_all_new(judge: Mapping[str, Any]) -> None:
    file = io.BytesIO()
    api.write_redline(api.align_plans(None, read(PLAN)), file, Redline("审稿人"))
    assert contents(settled(file.getvalue(), judge, accept=True)) == contents(part(rendered(read(PLAN))))


def test_the_mark_of_a_letter_is_redlined_in_its_header(judge: Mapping[str, Any]) -> None:
    letter = PLAN + "official: {head: letter, organ_mark: 云川市教育局, document_number: 云教函〔2027〕9号}\n"
    old, new = read(letter), read(letter.replace("mark: 云川市教育局", "mark: 云川市教育体育局"))
    name = "word/header-letter.xml"
    document = redlined(old, new)
    for accept, reading in ((True, new), (False, old)):
        found = settled(document, judge, accept=accept, name=name)
        assert contents(found) == contents(part(rendered(reading), name))


def test_the_same_revisions_give_the_same_bytes() -> None:
    name, old, new = PAIRS[-4]
    assert redlined(read(old), read(new)) == redlined(read(old), read(new)), name


def test_redline_documents_are_valid(judges: Path, tmp_path: Path) -> None:
    files = []
    for number, (_, old, new) in enumerate(HALF[::12]):
        for choices in (Choices(), NATIVE):
            files.append(tmp_path / f"{number}-{choices.native_numbering}.docx")
            files[-1].write_bytes(redlined(read(old), read(new), choices=choices))
        files.append(tmp_path / f"{number}-manual.docx")
        files[-1].write_bytes(redlined(read(old), read(new), Redline(manual=True)))
    command = [sys.executable, str(judges / "validate_docx.py"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment(), timeout=300, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_agrees(tmp_path: Path, judges: Path) -> None:
    """What it cannot do is left out: the paragraph before a table that came or went stays behind, empty."""
    names = ("add_task", "not change_prose")
    jobs, expected = [], {}
    for number, (old, new) in enumerate((read(o), read(n)) for name, o, n in PAIRS if name in names):
        source = tmp_path / f"{number}.docx"
        source.write_bytes(redlined(old, new))
        for command, reading in ((".uno:AcceptAllTrackedChanges", new), (".uno:RejectAllTrackedChanges", old)):
            plain, made = (tmp_path / f"{number}-{command[5:11]}{end}.docx" for end in ("-plain", ""))
            plain.write_bytes(rendered(reading))
            jobs += [(source, command, made), (plain, "", made.with_suffix(".plain"))]
            expected[made] = made.with_suffix(".plain")
    libreoffice(jobs, tmp_path)
    word = run_path(str(judges / "docx_text.py"))
    for made, plain in expected.items():
        read_by_word = [
            [(each["style"], each["text"].strip()) for each in word["load"](str(each_file))[0] if each["text"]]
            for each_file in (made, plain)
        ]
        assert read_by_word[0] == read_by_word[1], made.name
