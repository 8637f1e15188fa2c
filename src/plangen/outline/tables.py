"""The tables that go with a plan, made from its own data: 重点任务分解表 and 主要指标表."""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import count, groupby
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Span
from plangen.outline.model import Cell, Column, Row, Section, Segment, Table, Text
from plangen.plan import model
from plangen.plan.dates import read_due
from plangen.plan.goals import change, read_baseline, without_unit
from plangen.plan.prose import LOOSE_ENDS

TABLE_TITLES: Final = {
    "tasks": "重点任务分解表",
    "targets": "主要指标表",
    "changes": "修改情况对照表",
    "opinions": "征求意见汇总表",
}
"""What the tables are called, by kind."""

_LISTS: Final = {"tasks": "任务", "targets": "指标"}
"""What the tables list, by kind."""

_TASK_COLUMNS: Final = (
    Column("序号", 2, centred=True),
    Column("重点任务", 8),
    Column("主要目标", 13),
    Column("牵头单位", 8),
    Column("配合单位", 9),
    Column("完成时限", 8, centred=True),
)
_TARGET_COLUMNS: Final = (
    Column("序号", 2, centred=True),
    Column("指标", 8),
    Column("单位", 2, centred=True),
    Column("基数", 3, centred=True),
    Column("目标", 5, centred=True),
    Column("变化", 5, centred=True),
    Column("责任单位", 6),
)
_NARROWEST_TASK, _WIDEST_TASK = 8, 13
"""How wide the column of tasks may be, in characters: eight for headings, more where whole sentences stand in it."""

_NO_UNIT: Final = "—"
"""Stands in the column of units for a ratio and for a bare number."""

_SENTENCE_END: Final = re.compile(r"[。！？][”’》〉）〕】」』]*")
_KEPT: Final = 256
"""How many cells of units and of due dates are kept for the rows that say the same."""

_NOTHING: Final = Text(())
_EMPTY: Final = Cell(_NOTHING)
_COVERED: Final = Cell(_NOTHING, rows=0)

Segments = tuple[Segment, ...]


class Wording(NamedTuple):
    """How the plan reads in its tables.

    `opening` returns what a task or an item opens with – its heading, else its first paragraph, which may be empty –
    and `phrase` what is printed for a target.
    """

    opening: Callable[[model.Task | model.Item], Segments]
    phrase: Callable[[model.Target], Segments]


class Listed(NamedTuple):
    """A section of the plan and how it reads; its sub-sections stand in the same order in both."""

    record: model.Section
    section: Section

    @property
    def below(self) -> "list[Listed]":
        """The sub-sections."""
        return listed(self.record.sections, self.section.sections)


def listed(records: Iterable[model.Section], sections: Iterable[Section]) -> list[Listed]:
    """Return sections of the plan beside how they read."""
    return [Listed(*each) for each in zip(records, sections, strict=True)]


def task_table(title: str, sections: Iterable[Listed], wording: Wording) -> Table:
    """Return the table of all tasks (重点任务分解表), grouped under the headings of their sections."""
    numbers = count(1)

    def rows(each: Listed) -> Iterator[Row]:
        for _, tasks in groupby(each.record.tasks, lambda task: task.lead):
            led = list(tasks)
            spans = [len(led), *([0] * (len(led) - 1))] if led[0].lead else [1] * len(led)
            for task, span in zip(led, spans, strict=True):
                yield _task_row(next(numbers), task, span, wording)

    made = tuple(_grouped(sections, rows))
    return Table("tasks", title, _task_columns(made), made)


def _task_columns(rows: Iterable[Row]) -> tuple[Column, ...]:
    """Return the columns of the table of tasks; tasks and goals share a width by the text there is in each."""
    number, task, goals, *others = _TASK_COLUMNS
    listed_rows = [row.cells for row in rows if row.cells]
    tasks, all_text = (sum(len(str(cell.text)) for cells in listed_rows for cell in cells[1:end]) for end in (2, 3))
    together = task.width + goals.width
    wide = together * tasks // all_text if all_text else 0
    wide = min(max(wide, _NARROWEST_TASK), _WIDEST_TASK)
    return (number, task._replace(width=wide), goals._replace(width=together - wide), *others)


def target_table(title: str, targets: Iterable[model.Target], sections: Iterable[Listed]) -> Table:
    """Return the table of all targets (主要指标表): those of the plan, then those of its sections and their tasks."""
    numbers = count(1)

    def rows(each: Listed) -> Iterator[Row]:
        for target in each.record.targets:
            yield _target_row(next(numbers), target, target.lead)
        for task in each.record.tasks:
            for target in task.targets:
                yield _target_row(next(numbers), target, target.lead or task.lead)

    own = [_target_row(next(numbers), target, target.lead) for target in targets]
    return Table("targets", title, _TARGET_COLUMNS, (*own, *_grouped(sections, rows)))


def empty_table(table: Table, span: Span | None = None) -> Diagnostic:
    """Return what is wrong with asking for a table that has no rows; `span` is where it was asked for."""
    listed_there = _LISTS[table.kind]
    message = f"计划里没有{listed_there}，排不出{TABLE_TITLES[table.kind]}"
    return Diagnostic("D530", message, span, f"先在计划里写上{listed_there}（{table.kind}）")


def _grouped(sections: Iterable[Listed], rows: Callable[[Listed], Iterable[Row]]) -> Iterator[Row]:
    """Yield the rows of sections below their headings; a section without rows in it or below it yields nothing."""
    for each in sections:
        below = [*rows(each), *_grouped(each.below, rows)]
        if below:
            yield Row((), each.section.heading)
            yield from below


def _task_row(number: int, task: model.Task, span: int, wording: Wording) -> Row:
    return Row(
        (
            _number(number),
            Cell(Text(_first_sentence(_opening(task, wording.opening)))),
            Cell(Text(_joined(map(wording.phrase, task.targets)))) if task.targets else _EMPTY,
            _units(task.lead, span) if span else _COVERED,
            _units(task.support),
            _due(task.due),
        )
    )


def _target_row(number: int, target: model.Target, owners: tuple[str, ...]) -> Row:
    goal = target.goal
    baseline, changed = read_baseline(target.baseline), change(target.baseline, goal)
    return Row(
        (
            _number(number),
            _cell(target.indicator),
            _cell(_NO_UNIT if goal.is_ratio or not goal.unit else goal.unit),
            Cell(_text(without_unit(target.baseline, goal.unit)), baseline.amount if baseline else None),
            Cell(_text(without_unit(goal.written, goal.unit)), goal.amount),
            Cell(_text(changed.text), changed.amount) if changed else _EMPTY,
            _units(owners),
        )
    )


@lru_cache(_KEPT)
def _units(units: tuple[str, ...], rows: int = 1) -> Cell:
    """Return the cell of responsible units; the same few stand in many rows."""
    return Cell(_text("、".join(units)), rows=rows) if units else _EMPTY


@lru_cache(_KEPT)
def _due(written: str) -> Cell:
    due = read_due(written)
    return Cell(_text(due.text), due.day) if written else _EMPTY


def _number(number: int) -> Cell:
    return Cell(_text(str(number)), Decimal(number))


def _cell(text: str) -> Cell:
    return Cell(_text(text)) if text else _EMPTY


def _text(text: str) -> Text:
    return Text((Segment(text),)) if text else _NOTHING


def _opening(task: model.Task, opening: Callable[[model.Task | model.Item], Segments]) -> Segments:
    """Return what a task opens with; of a task that is only points, the first point."""
    found = opening(task)
    entry: model.Task | model.Item = task
    while not found and entry.items:
        entry = entry.items[0]
        found = opening(entry)
    return found


def _first_sentence(segments: Iterable[Segment]) -> Segments:
    """Return the first sentence, without the full stop, comma or colon it ends with."""
    sentence: list[Segment] = []
    for segment in segments:
        end = _end_of_sentence(segment.text)
        sentence.append(segment._replace(text=segment.text[:end]) if end else segment)
        if end:
            break
    return (*sentence[:-1], _without_loose_end(sentence[-1])) if sentence else ()


def _end_of_sentence(text: str) -> int:
    """Return where the first sentence of a text ends, 0 when it does not end there."""
    found = _SENTENCE_END.search(text)
    return found.end() if found else 0


def _joined(phrases: Iterable[Segments]) -> Segments:
    """Return the phrases of targets as one list, joined by semicolons."""
    parts: list[Segment] = []
    for phrase in phrases:
        parts += [*phrase[:-1], _without_loose_end(phrase[-1]), Segment("；")]
    return tuple(parts[:-1])


def _without_loose_end(segment: Segment) -> Segment:
    text = segment.text.rstrip(LOOSE_ENDS + "：")
    return segment if text == segment.text else segment._replace(text=text)
