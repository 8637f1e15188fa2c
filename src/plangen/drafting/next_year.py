"""Next year's plan: last year's file edited by position, so that comments, order and ids stay."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from plangen.api import open_reading
from plangen.diagnostics import Diagnostic, PlanError, Source, whole_file
from plangen.drafting.plan_files import PLAN, PlanFile, files_of_plan, with_line_feeds
from plangen.drafting.revising import Group, Revised, Step, revise
from plangen.drafting.steps import due_steps, flow_starts, goal_steps, official_steps, task_steps, text_steps, year_step
from plangen.plan.carrying import Years
from plangen.plan.marks import TO_CHECK
from plangen.plan.mentions import SCHOOL_YEAR
from plangen.plan.model import Plan
from plangen.source.directives import find_marks
from plangen.source.ids import give_ids
from plangen.source.keys import Language, translate_keys
from plangen.source.nodes import Node

_CONTEXT: Final = 10
"""Characters before and after a year that is left, by which a drafter knows the place."""


class Note(NamedTuple):
    """What the drafter is told: `line` is that of the new plan or, with a path, of a file it includes."""

    group: Group
    file: PurePosixPath
    line: int
    said: str


class NextYear(NamedTuple):
    """Next year's draft: its text, those of the files it includes by their path from its folder, and the notes.

    `title` is that of the old plan. `born` is how many sections and tasks were given an id.
    """

    old: int
    year: int
    title: str
    text: str
    included: dict[PurePosixPath, str]
    notes: list[Note]
    born: int

    @property
    def summary(self) -> str:
        """One line: what was changed, and what is to be decided."""
        counts = Counter(note.group for note in self.notes)
        changed = counts[Group.CARRIED] + counts[Group.DUES]
        decided = f"{counts[Group.GOALS]} 个目标、{counts[Group.TASKS]} 项任务要定"
        return f"改了 {changed} 处年份和时限，{decided}，{counts[Group.DOUBTS]} 处没有改、要核对"


def draft_next_year(source: Source, year: int, language: Language | None = None) -> NextYear:
    """Return the draft for a year, made from last year's plan.

    With a `language` all keys are written in it. What the plan includes goes to files of the new year. Raises
    `PlanError` with everything that is wrong with the old plan, or when its year is not before the new one.
    """
    old = with_line_feeds(source)
    plan = open_reading(old).plan
    if plan.year >= year:
        hint = f"新计划写成 {plan.year + 1} 或以后的年份；--from 后面写上年的计划"
        message = f"这份计划是{plan.year}年的，不能作{year}年计划的底子"
        raise PlanError([Diagnostic("F018", message, plan.place.span("year"), hint)])
    years = Years(plan.year, year, (plan.title,), bool(SCHOOL_YEAR.search(plan.title)))
    files = list(files_of_plan(old, years))
    births = {each.source.name: list(give_ids(each.root, language)) for each in files}
    steps = list(_steps(plan, years, files))
    fixes = defaultdict(list, {each.source.name: each.fixes for each in files})
    for each in files:
        fixes[each.source.name] += (birth.fix for birth in births[each.source.name])
        fixes[each.source.name] += translate_keys(each.root, language) if language else ()
    for fix in (fix for step in steps for fix in step.fixes):
        fixes[fix.span.source.name].append(fix)
    revised = {each.source.name: revise(each.source.text, fixes[each.source.name]) for each in files}
    texts = {each.path: revised[each.source.name].text for each in files}
    _prove(source, texts)
    notes = list(_notes(steps, revised, {each.source.name: each.path for each in files}))
    notes += _left(texts, notes, plan.year)
    ended = {each.path: texts[each.path].replace("\n", each.line_break) for each in files}
    born = sum(map(len, births.values()))
    return NextYear(plan.year, year, plan.title, ended.pop(PLAN), ended, notes, born)


def _steps(plan: Plan, years: Years, files: Iterable[PlanFile]) -> Iterator[Step]:
    """Yield the steps, those of one kind after those of another."""
    yield from year_step(plan, years)
    yield from text_steps(plan, years)
    yield from due_steps(plan, years)
    yield from goal_steps(plan)
    yield from official_steps(plan)
    flows: dict[tuple[str, int], int] = {}
    for each in files:
        flows |= flow_starts(each.root)
    yield from task_steps(plan, flows)
    if isinstance(plan.place, Node):
        for mark in find_marks(plan.place):
            if mark.text.startswith(TO_CHECK):
                yield Step(Group.IMPORTED, mark.span, mark.text)


def _notes(steps: Iterable[Step], revised: dict[str, Revised], paths: dict[str, PurePosixPath]) -> Iterator[Note]:
    """Yield what the drafter is told of the steps, at the lines of the new files."""
    new = {name: Source(name, each.text) for name, each in revised.items()}
    made = {name: {(*fix.span[1:], fix.text) for fix in each.made} for name, each in revised.items()}
    for group, (source, start, _), said, fixes in steps:
        line, _ = new[source.name].position(revised[source.name].offset(start))
        if made[source.name].issuperset((*fix.span[1:], fix.text) for fix in fixes):
            yield Note(group, paths[source.name], line, said)
        else:
            yield Note(Group.DOUBTS, paths[source.name], line, f"没有改成，要手工改：{said}")


def _left(texts: dict[PurePosixPath, str], notes: Sequence[Note], year: int) -> Iterator[Note]:
    """Yield where the year of the old plan still stands and nobody has been told: in comments, names, addresses."""
    told = {(note.file, note.line) for note in notes}
    for path, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            at = line.find(str(year))
            if at >= 0 and (path, number) not in told:
                yield Note(Group.LEFT, path, number, f"…{line[max(0, at - _CONTEXT) : at + 4 + _CONTEXT].strip()}…")


def _prove(source: Source, texts: dict[PurePosixPath, str]) -> None:
    """Raise `PlanError` unless the draft reads without errors."""

    def neighbour(folder: PurePosixPath, written: str) -> Source:
        path = folder / written
        return Source(path.as_posix(), texts[path], lambda below: neighbour(path.parent, below))

    try:
        open_reading(Source(source.name, texts[PLAN], lambda written: neighbour(PLAN, written)))
    except (PlanError, KeyError) as error:
        found = error.diagnostics if isinstance(error, PlanError) else []
        hint = "没有写文件；这是 plangen 的毛病，请把上年的计划发给维护的同志"
        message = "改成新的一年以后读不出来" + "".join(f"：{each.message}" for each in found[:1])
        raise PlanError([Diagnostic("F019", message, whole_file(PurePosixPath(source.name)), hint)]) from error
