"""Plans put together from files: the same plan as in one file, every place in the file it was typed in, bounded."""

import re
from pathlib import Path

import pytest

from pages import EXAMPLES
from plangen.api import check_plan, load_plan
from plangen.diagnostics import PlanError, Source
from plangen.plan.model import Plan
from plangen.source.files import read_source
from plangen.source.includes import MAX_DEPTH, MAX_FILES
from plangen.source.loading import parse_record

HEAD = "title: 云川市2027年教育工作要点\nyear: 2027\nsections:\n"


def divided(plan: Path, folder: Path) -> Path:
    """Write each section of a plan to a file of its own, and return the plan that includes them."""
    head, body = re.split(r"(?m)^(?:sections|部分):\n", plan.read_text(encoding="utf-8"), maxsplit=1)
    end = re.search(r"(?m)^[^\s#-]", body)
    sections, tail = (body[: end.start()], body[end.start() :]) if end else (body, "")
    folder.joinpath("各科室").mkdir()
    entries = []
    for number, section in enumerate(re.split(r"(?m)^(?=  - )", sections)[1:]):
        folder.joinpath("各科室", f"{number}.yaml").write_text(section, encoding="utf-8")
        entries.append(f"  - include: 各科室/{number}.yaml\n")
    whole = folder / plan.name
    whole.write_text(f"{head}sections:\n{''.join(entries)}{tail}", encoding="utf-8")
    return whole


@pytest.mark.parametrize("plan", EXAMPLES, ids=lambda plan: plan.stem)
def test_a_plan_in_many_files_is_the_same_plan(plan: Path, tmp_path: Path) -> None:
    whole = divided(plan, tmp_path)
    assert load_plan(whole) == load_plan(plan)
    assert len(list(tmp_path.joinpath("各科室").iterdir())) >= 3


def test_a_value_knows_the_file_it_was_typed_in(tmp_path: Path) -> None:
    tmp_path.joinpath("a.yaml").write_text("- heading: 甲\n- heading: 乙\n", encoding="utf-8")
    whole = tmp_path / "plan.yaml"
    whole.write_text(HEAD + "  - heading: 子\n  - include: a.yaml\n", encoding="utf-8")
    span = load_plan(whole).place.span("sections", 2, "heading")
    assert span is not None
    assert (span.source.name, span.position) == ((tmp_path / "a.yaml").as_posix(), (2, 12))


def codes(path: Path) -> list[str]:
    return sorted({each.code for each in check_plan(path)})


def test_files_that_include_others_again_and_again_are_refused_in_bounded_work(tmp_path: Path) -> None:
    for number in range(MAX_DEPTH):
        tmp_path.joinpath(f"{number}.yaml").write_text(f"- include: {number + 1}.yaml\n" * 9, encoding="utf-8")
    tmp_path.joinpath(f"{MAX_DEPTH}.yaml").write_text("- heading: 甲\n", encoding="utf-8")
    whole = tmp_path / "plan.yaml"
    whole.write_text(HEAD + "  - include: 0.yaml\n", encoding="utf-8")
    assert codes(whole) == ["D543"]


def test_a_long_chain_of_files_is_refused(tmp_path: Path) -> None:
    for number in range(MAX_FILES):
        tmp_path.joinpath(f"{number}.yaml").write_text(f"- include: {number + 1}.yaml\n", encoding="utf-8")
    whole = tmp_path / "plan.yaml"
    whole.write_text(HEAD + "  - include: 0.yaml\n", encoding="utf-8")
    assert codes(whole) == ["D543"]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "别处", tmp_path / "计划"
    outside.mkdir()
    folder.mkdir()
    outside.joinpath("a.yaml").write_text("- heading: 甲\n", encoding="utf-8")
    try:
        folder.joinpath("链接").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("links need a privilege here")
    whole = folder / "plan.yaml"
    whole.write_text(HEAD + "  - include: 链接/a.yaml\n", encoding="utf-8")
    assert codes(whole) == ["D540"]


def test_a_text_without_files_around_includes_none() -> None:
    with pytest.raises(PlanError) as refused:
        parse_record(Plan, Source("plan.yaml", HEAD + "  - include: a.yaml\n"))
    assert [each.code for each in refused.value.diagnostics] == ["D540"]


def test_an_included_file_may_be_saved_on_windows(tmp_path: Path) -> None:
    tmp_path.joinpath("a.yaml").write_bytes(b"\xef\xbb\xbf" + "- heading: 甲\r\n".encode())
    tmp_path.joinpath("plan.yaml").write_text(HEAD + "  - include: .\\a.yaml\n", encoding="utf-8")
    plan, found = parse_record(Plan, read_source(tmp_path / "plan.yaml"))
    assert ([each.heading for each in plan.sections], found) == (["甲"], [])
