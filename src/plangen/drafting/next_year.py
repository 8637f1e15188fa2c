"""Next year's plan: last year's file edited by position, so that comments, order and ids stay."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from plangen.api import open_reading
from plangen.diagnostics import Diagnostic, Fix, PlanError, Source, Span, whole_file
from plangen.drafting.revising import Group, Revised, Step, revise
from plangen.drafting.steps import due_steps, flow_starts, goal_steps, official_steps, task_steps, text_steps, year_step
from plangen.plan.carrying import Years
from plangen.plan.marks import TO_CHECK
from plangen.plan.mentions import SCHOOL_YEAR
from plangen.plan.model import Plan
from plangen.source.directives import find_marks
from plangen.source.ids import give_ids
from plangen.source.keys import Language, translate_keys
from plangen.source.nodes import Node, Scalar, read_nodes
from plangen.source.walk import find_includes

_CONTEXT: Final = 10
_PLAN: Final = PurePosixPath()
"""Stands for the file of the plan itself among the paths from its folder."""


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
    old = _with_line_feeds(source)
    plan = open_reading(old).plan
    if plan.year >= year:
        hint = f"新计划写成 {plan.year + 1} 或以后的年份；--from 后面写上年的计划"
        message = f"这份计划是{plan.year}年的，不能作{year}年计划的底子"
        raise PlanError([Diagnostic("F018", message, plan.place.span("year"), hint)])
    years = Years(plan.year, year, (plan.title,), bool(SCHOOL_YEAR.search(plan.title)))
    files = list(_files(old, _PLAN, years))
    fixes: dict[str, list[Fix]] = defaultdict(list)
    born = 0
    flows: dict[tuple[str, int], int] = {}
    for each in files:
        flows |= flow_starts(each.root)
        births = list(give_ids(each.root, language))
        born += len(births)
        fixes[each.source.name] += [*each.fixes, *(birth.fix for birth in births)]
        fixes[each.source.name] += translate_keys(each.root, language) if language else ()
    steps = [*_steps(plan, years, flows)]
    for step in steps:
        for fix in step.fixes:
            fixes[fix.span.source.name].append(fix)
    revised = {each.source.name: revise(each.source.text, fixes[each.source.name]) for each in files}
    paths = {each.source.name: each.path for each in files}
    notes = list(_notes(steps, revised, paths))
    texts = {each.path: revised[each.source.name].text for each in files}
    notes += _left(texts, notes, plan.year)
    _prove(source, texts)
    breaks = {each.path: each.line_break for each in files}
    return NextYear(
        plan.year,
        year,
        plan.title,
        texts.pop(_PLAN).replace("\n", breaks[_PLAN]),
        {path: text.replace("\n", breaks[path]) for path, text in texts.items()},
        notes,
        born,
    )


def _steps(plan: Plan, years: Years, flows: dict[tuple[str, int], int]) -> Iterator[Step]:
    yield from year_step(plan, years)
    yield from text_steps(plan, years)
    yield from due_steps(plan, years)
    yield from goal_steps(plan)
    yield from official_steps(plan)
    yield from task_steps(plan, flows)
    if isinstance(plan.place, Node):
        for mark in find_marks(plan.place):
            if mark.text.startswith(TO_CHECK):
                yield Step(Group.IMPORTED, mark.span, mark.text)


def _notes(steps: Iterable[Step], revised: dict[str, Revised], paths: dict[str, PurePosixPath]) -> Iterator[Note]:
    """Yield what the drafter is told of the steps, at the lines of the new files."""
    new = {name: Source(name, each.text) for name, each in revised.items()}
    for group, (source, start, _), said, _ in steps:
        line, _ = new[source.name].position(revised[source.name].offset(start))
        yield Note(group, paths[source.name], line, said)


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
        open_reading(Source(source.name, texts[_PLAN], lambda written: neighbour(_PLAN, written)))
    except (PlanError, KeyError) as error:
        found = error.diagnostics if isinstance(error, PlanError) else []
        hint = "没有写文件；这是 plangen 的毛病，请把上年的计划发给维护的同志"
        message = "改成新的一年以后读不出来" + "".join(f"：{each.message}" for each in found[:1])
        raise PlanError([Diagnostic("F019", message, whole_file(PurePosixPath(source.name)), hint)]) from error


# --- files ---


class _File(NamedTuple):
    """A file of the old plan, its root, where it goes in the new one, and the edits of the paths it includes."""

    source: Source
    root: Node
    path: PurePosixPath
    fixes: list[Fix]
    line_break: str


def _files(source: Source, path: PurePosixPath, years: Years) -> Iterator[_File]:
    """Yield the file of a plan and those it includes, each once; these go to paths that name the new year."""
    taken: dict[PurePosixPath, PurePosixPath] = {}
    waiting = [(source, PurePosixPath(), path)]
    while waiting:
        file, folder, new = waiting.pop(0)
        root = read_nodes(file)
        assert root is not None, "the plan was read before"
        fixes = []
        for include in find_includes(root):
            named = include.entries[0][1]
            if not isinstance(named, Scalar) or file.neighbour is None:
                continue
            written = PurePosixPath(named.text.strip().replace("\\", "/"))
            old = folder / written
            below = _renamed(written, years)
            if new.parent / below == old or new.parent / below in taken.values():
                below = PurePosixPath(str(years.new)) / below
            if old not in taken:
                taken[old] = new.parent / below
                waiting.append((file.neighbour(written.as_posix()), old.parent, taken[old]))
            text = taken[old].relative_to(new.parent).as_posix()
            typed = file.text[named.start : named.end].rstrip()
            fixes.append(Fix(Span(file, named.start, named.start + len(typed)), text))
        yield _File(file, root, new, fixes, _line_break(file))


def _renamed(path: PurePosixPath, years: Years) -> PurePosixPath:
    return PurePosixPath(path.as_posix().replace(str(years.old), str(years.new)))


class _LineFed(Source):
    """A text with line feeds, whatever line breaks its file has: `line_break` is that of its first line."""

    line_break = "\n"


def _with_line_feeds(source: Source) -> Source:
    """Return a text, and those around it, with line feeds for line breaks."""
    text, around = source.text, source.neighbour
    found = re.search(r"\r\n|\r|\n", text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    neighbour = None if around is None else (lambda written: _with_line_feeds(around(written)))
    fed = _LineFed(source.name, plain, neighbour)
    fed.line_break = found[0] if found else "\n"
    return fed


def _line_break(source: Source) -> str:
    return source.line_break if isinstance(source, _LineFed) else "\n"
