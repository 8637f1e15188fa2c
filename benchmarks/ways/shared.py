"""What the Python ways share: their command line, and the few rules by which the generated plans read.

Imports little, because whatever it imports every way pays for.
"""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict


class TargetData(TypedDict):
    """A target as the plan file holds it."""

    indicator: str
    goal: str


class TaskData(TypedDict):
    """A task as the plan file holds it; whoever leads it is not printed."""

    heading: str
    text: str
    lead: str
    support: NotRequired[list[str]]
    due: NotRequired[str]
    targets: NotRequired[list[TargetData]]


class SectionData(TypedDict):
    """A section as the plan file holds it."""

    heading: str
    tasks: list[TaskData]


class PlanData(TypedDict):
    """A plan as its file holds it: the keys the generated plans use."""

    title: str
    year: int
    issuer: str
    guiding_thought: str
    sections: list[SectionData]


class TaskReading(NamedTuple):
    """A task as it reads: `1.heading。` and the text after it, one paragraph together."""

    heading: str
    text: str


class SectionReading(NamedTuple):
    """A section as it reads."""

    heading: str
    tasks: list[TaskReading]


class PlanReading(NamedTuple):
    """A plan as it reads."""

    title: str
    opening: list[str]
    sections: list[SectionReading]


def chinese_number(number: int) -> str:
    """Return 1 to 9 999 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    units = ("千", "百", "十", "")
    places = zip(f"{number:04}", units, strict=True)
    parts = ["零" if digit == "0" else digits[int(digit)] + unit for digit, unit in places]
    text = "".join(parts).replace("零零零", "零").replace("零零", "零").strip("零")
    return text[1:] if text.startswith("一十") else text


def paragraphs(prose: str) -> list[str]:
    """Split Chinese prose at its blank lines; the line breaks within a paragraph vanish."""
    return ["".join(block.split()) for block in prose.strip().split("\n\n")]


def target_sentence(targets: Iterable[tuple[str, str]]) -> str:
    """Join (indicator, goal) pairs to one sentence, supplying the verb where a goal begins with its figure."""
    phrases = [indicator + ("达到" if goal[0].isdigit() else "") + goal for indicator, goal in targets]
    return "，".join(phrases) + "。" if phrases else ""


def reading(plan: PlanData) -> PlanReading:
    """Return the plan numbered, its prose brought to paragraphs."""
    sections = [
        SectionReading(
            f"{chinese_number(number)}、{section['heading']}",
            [_task(place, task) for place, task in enumerate(section["tasks"], 1)],
        )
        for number, section in enumerate(plan["sections"], 1)
    ]
    return PlanReading(plan["title"], paragraphs(plan["guiding_thought"]), sections)


def _task(number: int, task: TaskData) -> TaskReading:
    targets = ((target["indicator"], target["goal"]) for target in task.get("targets", []))
    return TaskReading(f"{number}.{task['heading']}。", "".join(paragraphs(task["text"])) + target_sentence(targets))


def cache_folder() -> Path:
    """Return the folder, made if need be, for what a way builds once and uses for every plan."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plangen-benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(render: Callable[[Path, Path], None]) -> None:
    """Render every PLAN.yaml OUT.docx pair of the command line."""
    paths = [Path(argument) for argument in sys.argv[1:]]
    for source, target in zip(paths[::2], paths[1::2], strict=True):
        render(source, target)
