"""Tables of a document that a plan makes from its own data: what they say goes back to the tasks and targets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from plangen.importing.blocks import Grid, squeezed
from plangen.importing.traced import Traced

_TASK: Final = re.compile("(?:工作|重点|目标|主要)?任务|工作(?:内容|事项|举措)|重点工作")
_GOALS: Final = re.compile("(?:主要|工作)?目标|目标要求|预期成效")
_LEAD: Final = re.compile("(?:牵头|责任|主办|承办)(?:单位|部门|科室|处室|领导|人)?")
_SUPPORT: Final = re.compile("(?:配合|协办|参加|协同)(?:单位|部门|科室|处室)?")
_DUE: Final = re.compile("(?:完成)?(?:时限|时间|期限)|时间节点")
_INDICATOR: Final = re.compile("指标(?:名称)?")
_UNIT: Final = re.compile("(?:计量)?单位")
_BASELINE: Final = re.compile("基数|上年(?:实际|完成)?")
_GOAL: Final = re.compile("目标(?:值)?")
_FIGURE: Final = re.compile(r"\d[\d.,]*")
_LISTED: Final = re.compile("[、，,；;\\s]+")


class TaskFacts(NamedTuple):
    """What a table says of a task; empty where it says nothing."""

    goals: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    due: str


class TargetFacts(NamedTuple):
    """What a table says of a target: its goal and its baseline with their unit, and who leads."""

    goal: str
    baseline: str
    lead: tuple[str, ...]


@dataclass
class Facts:
    """What tables say, by the squeezed names of tasks and targets."""

    tasks: dict[str, TaskFacts] = field(default_factory=dict)
    targets: dict[str, TargetFacts] = field(default_factory=dict)


def read_table(grid: Grid, facts: Facts) -> str:
    """Take what a table says into `facts` and return its kind: `tasks`, `targets`, or "" of any other."""
    columns = _columns(grid[0])
    if {"task", "lead"} <= columns.keys() or {"task", "due"} <= columns.keys():
        for row in _rows(grid, columns):
            facts.tasks.setdefault(
                squeezed(row["task"]),
                TaskFacts(
                    tuple(filter(None, re.split("[；;]", row.get("goals", "")))),
                    _names(row.get("lead", "")),
                    _names(row.get("support", "")),
                    row.get("due", ""),
                ),
            )
        return "tasks"
    if {"indicator", "goal"} <= columns.keys():
        for row in _rows(grid, columns):
            baseline, unit = row.get("baseline", ""), row.get("unit", "").strip("—-/\\ ")
            goal = _FIGURE.sub(rf"\g<0>{unit}", row["goal"])
            facts.targets.setdefault(
                squeezed(row["indicator"]),
                TargetFacts(goal, baseline + unit if baseline else "", _names(row.get("lead", ""))),
            )
        return "targets"
    return ""


def _columns(header: tuple[Traced, ...]) -> dict[str, int]:
    patterns = {
        "task": _TASK,
        "goals": _GOALS,
        "lead": _LEAD,
        "support": _SUPPORT,
        "due": _DUE,
        "indicator": _INDICATOR,
    }
    names = [squeezed(cell.text) for cell in header]
    if any(_INDICATOR.fullmatch(name) for name in names):
        patterns = {"indicator": _INDICATOR, "unit": _UNIT, "baseline": _BASELINE, "goal": _GOAL, "lead": _LEAD}
    found: dict[str, int] = {}
    for name, pattern in patterns.items():
        for n, heading in enumerate(names):
            if pattern.fullmatch(heading) and name not in found and n not in found.values():
                found[name] = n
    return found


def _rows(grid: Grid, columns: Mapping[str, int]) -> Iterator[dict[str, str]]:
    """Yield the rows below the header by column; cells that a merged one covers say what it says."""
    lead: dict[str, str] = {}
    for row in grid[1:]:
        if len({squeezed(cell.text) for cell in row if cell.text}) <= 1:
            lead = {}
            continue
        yield {name: row[n].text for name, n in columns.items() if n < len(row)} | lead


def _names(written: str) -> tuple[str, ...]:
    return tuple(filter(None, _LISTED.split(written.strip())))
