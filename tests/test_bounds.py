"""Whatever a file holds, the work it makes grows with its size and not with the square of it."""

import io
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from base_documents import PLAN, paragraph, raw_base
from plangen import api
from plangen.diagnostics.text import render_text
from plangen.render.choices import Choices
from plangen.render.titles import break_title

HEAD = "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n"

HARD: dict[str, tuple[int, Callable[[int], str]]] = {
    "many errors on one line": (1000, lambda n: HEAD + "    tasks: [" + "{zz: 1}, " * n + "]\n"),
    "many wrong references on one line": (2000, lambda n: HEAD + "    text: '" + "{@ }" * n + "'\n"),
    "a comment of blanks": (60_000, lambda n: HEAD + "    text: 丙 " + " " * n + "# 丁\n"),
    "a quoted text of blanks": (60_000, lambda n: HEAD + '    text: "丙' + " " * n + '丁\n      戊"\n'),
    "a goal of blanks": (60_000, lambda n: HEAD + "    targets: [{indicator: 丙, goal: '1" + " " * n + "x'}]\n"),
    "a line of brackets that do not match": (60_000, lambda n: HEAD + "    text: " + "a[" * n + "\n  x\n"),
    "many unknown ids": (
        600,
        lambda n: HEAD + "    tasks:\n" + "".join(f"      - {{id: a{k}, text: '{{@b{k}}}'}}\n" for k in range(n)),
    ),
    "many comments on rules": (
        500,
        lambda n: HEAD + "    tasks:\n" + "      # plangen: ignore L301\n      - {heading: 布署, text: 布署。}\n" * n,
    ),
    "many comments on one text": (500, lambda n: HEAD + "    # plangen: ignore L3\n" * n + "    text: " + "布署。" * n),
    "a text of totals in totals": (2000, lambda n: HEAD + "    text: 共" + "9个，其中甲1个、乙" * n + "8个。\n"),
    "a text of brackets and figures": (5000, lambda n: HEAD + "    text: 共" + "9个（甲" * n + "\n"),
    "a text of points": (5000, lambda n: HEAD + "    text: 抓好三项工作：" + "一是甲，" * n + "二是乙。\n"),
    "a text of one word": (20_000, lambda n: HEAD + "    text: " + "改革" * n + "。\n"),
    "many sections": (300, lambda n: HEAD + "    text: 丁。\n  - {heading: 丙，丁, text: 戊。}\n" * n),
    "many tasks": (500, lambda n: HEAD + "    tasks:\n" + "      - {heading: 丙, text: 丁。}\n" * n),
}


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU time work takes."""
    start = process_time()
    work()
    return process_time() - start


def is_done_in(limit: float, work: Callable[[], object]) -> bool:
    """Tell whether work takes less CPU time than a limit in one of three goes."""
    return any(seconds(work) < limit for _ in range(3))


def least(work: Callable[[], object]) -> float:
    """Return the least CPU time of three goes."""
    return min(seconds(work) for _ in range(3))


@pytest.mark.parametrize("name", HARD)
def test_four_times_the_text_takes_no_more_than_ten_times_as_long(name: str, tmp_path: Path) -> None:
    size, make = HARD[name]

    def check(times: int) -> Callable[[], object]:
        path = tmp_path / f"{times}.yaml"
        path.write_text(make(size * times), encoding="utf-8")
        return lambda: [render_text(diagnostic) for diagnostic in api.check_plan(path)]

    assert is_done_in(10 * least(check(1)) + 0.05, check(4))


def test_fields_of_a_base_take_no_longer_each_the_more_there_are(tmp_path: Path) -> None:
    def check(times: int) -> Callable[[], object]:
        path = tmp_path / f"{times}.docx"
        path.write_bytes(raw_base(PLAN, paragraph(*["{{ year }}"] * (1500 * times))))
        return lambda: api.write_document(outline, "docx", io.BytesIO(), Choices(base=path))

    plan = tmp_path / "plan.yaml"
    plan.write_text(HEAD, encoding="utf-8")
    outline = api.open_outline(plan)[0]
    assert is_done_in(10 * least(check(1)) + 0.05, check(4))


def test_targets_cannot_multiply(tmp_path: Path) -> None:
    targets = "".join(
        f"  - {{indicator: 甲, goal: 1所, id: t{k}, text: '{{@t{k + 1}}}{{@t{k + 1}}}'}}\n" for k in range(60)
    )
    plan = tmp_path / "plan.yaml"
    plan.write_text(f"targets:\n{targets}" + HEAD, encoding="utf-8")
    assert {diagnostic.code for diagnostic in api.check_plan(plan)} == {"D515", "D521"}


def test_a_title_of_any_length_is_broken_in_no_time() -> None:
    limit = 20 * least(lambda: break_title("云川市教育局云川市民政局" * 3, 18, 20)) + 0.5
    assert is_done_in(limit, lambda: break_title("云川市教育局云川市民政局" * 7, 18, 20))
