"""Tables of a document that a plan makes from its own data: what they say goes back to the tasks and targets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from plangen.importing.blocks import Grid, squeezed, whole_text
from plangen.importing.traced import NOTHING, Traced

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
    """What a row of a table says of a task; empty where it says nothing. `row` is all of it."""

    task: str = ""
    goals: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: str = ""
    row: Traced = NOTHING


class TargetFacts(NamedTuple):
    """What a row says of a target: its goal and its baseline with their unit, and who leads."""

    goal: str = ""
    baseline: str = ""
    lead: tuple[str, ...] = ()
    row: Traced = NOTHING


@dataclass
class Facts:
    """What tables say, by the squeezed names of tasks and targets; `groups` are the headings above tasks, with them."""

    tasks: dict[str, TaskFacts] = field(default_factory=dict)
    targets: dict[str, TargetFacts] = field(default_factory=dict)
    groups: list[tuple[str, list[TaskFacts]]] = field(default_factory=list)
    repeated: list[tuple[str, Traced]] = field(default_factory=list)
    """Names that a table has twice, with their later rows."""

    _used: set[str] = field(default_factory=set)

    def task(self, opening: str) -> TaskFacts:
        """Return what is said of the task that opens with this; nothing where tables do not know it."""
        name = squeezed(opening)
        self._used.add(name)
        return self.tasks.get(name, TaskFacts())

    def target(self, indicator: str) -> TargetFacts:
        """Return what is said of a target."""
        name = squeezed(indicator)
        self._used.add(name)
        return self.targets.get(name, TargetFacts())

    def unused(self) -> Iterator[tuple[str, Traced]]:
        """Yield the names that nothing in the plan bears, or that were said before, with their rows."""
        yield from self.repeated
        yield from ((name, row) for name, row in self._rows() if name not in self._used)

    def used(self) -> Iterator[Traced]:
        """Yield the rows of what the plan has."""
        return (row for name, row in self._rows() if name in self._used)

    def _rows(self) -> Iterator[tuple[str, Traced]]:
        yield from ((name, facts.row) for name, facts in self.tasks.items())
        yield from ((name, facts.row) for name, facts in self.targets.items())


def read_table(grid: Grid, facts: Facts) -> str:
    """Take what a table says into `facts` and return its kind: `tasks`, `targets`, or "" of any other."""
    columns = _columns(grid[0])
    if {"task", "lead"} <= columns.keys() or {"task", "due"} <= columns.keys():
        facts.groups.append(("", []))
        for row in grid[1:]:
            if _is_group(row):
                facts.groups.append((next(cell.text for cell in row if cell.text), []))
            elif row:
                found = _task_facts(_by_column(row, columns), whole_text((row,)))
                if facts.tasks.setdefault(squeezed(found.task), found) is found:
                    facts.groups[-1][1].append(found)
                else:
                    facts.repeated.append((found.task, found.row))
        return "tasks"
    if {"indicator", "goal"} <= columns.keys():
        for row in grid[1:]:
            if not _is_group(row):
                said = _by_column(row, columns)
                target = _target_facts(said, whole_text((row,)))
                if facts.targets.setdefault(squeezed(said["indicator"]), target) is not target:
                    facts.repeated.append((said["indicator"], target.row))
        return "targets"
    return ""


def head_and_groups(grid: Grid) -> Traced:
    """Return what a table says besides its rows: the names of its columns, and the headings of groups of rows."""
    return whole_text((grid[0], *(row for row in grid[1:] if _is_group(row))))


def _task_facts(said: Mapping[str, str], row: Traced) -> TaskFacts:
    goals = tuple(filter(None, re.split("[；;]", said["goals"])))
    return TaskFacts(said["task"], goals, _names(said["lead"]), _names(said["support"]), said["due"], row)


def _target_facts(said: Mapping[str, str], row: Traced) -> TargetFacts:
    unit = said["unit"].strip("—-/\\ ")
    goal = _FIGURE.sub(rf"\g<0>{unit}", said["goal"])
    return TargetFacts(goal, said["baseline"] + unit if said["baseline"] else "", _names(said["lead"]), row)


def _is_group(row: tuple[Traced, ...]) -> bool:
    """Whether a row says one thing alone: the heading of those below it."""
    return len({squeezed(cell.text) for cell in row if cell.text}) == 1


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


def _by_column(row: tuple[Traced, ...], columns: Mapping[str, int]) -> dict[str, str]:
    """Return what a row says by column, "" where it says nothing or there is no such column."""
    found = dict.fromkeys(("task", "goals", "lead", "support", "due", "indicator", "unit", "baseline", "goal"), "")
    return found | {name: row[n].text for name, n in columns.items() if n < len(row)}


def _names(written: str) -> tuple[str, ...]:
    return tuple(filter(None, _LISTED.split(written.strip())))
