"""Numbering: which entry bears which number under the plan's policy – restarting, running on, skipping levels."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Number
from plangen.outline.references import Ids
from plangen.plan.markers import LAST_LAYER, UNNUMBERED, Marker, parse_marker
from plangen.plan.model import Item, Numbering, Section, Target, Task
from plangen.plan.numerals import NumeralRangeError
from plangen.plan.schema import Record

_SECTION_MARKERS: Final = (parse_marker("一、"), parse_marker("（一）"))
_TASK_MARKER: Final = parse_marker("1.")
_ITEM_MARKERS: Final = (parse_marker("（1）"), parse_marker("①"))
_TASK_LAYER: Final = 3
_ITEM_LAYER: Final = 4
"""Layers of tasks and items whose markers are not those of an official document: set in 仿宋 like layers 3 and 4."""

_REFERRED_BY_NUMBER: Final = (Section, Task)
"""Records to which prose refers by their numbers; to targets it refers by their phrases."""

Counters = dict[str, "_Series"]


class Policy(NamedTuple):
    """How levels are numbered at some place of the plan; see the plan format §3 for the defaults."""

    sections: tuple[Marker, ...] = _SECTION_MARKERS
    tasks: Marker = _TASK_MARKER
    items: tuple[Marker, ...] = _ITEM_MARKERS
    continuous: frozenset[str] = frozenset()
    inline: frozenset[str] = frozenset()

    def override(self, numbering: Numbering | None) -> "Policy":
        """Return the policy with what a `numbering` says instead."""
        if numbering is None:
            return self
        said = ((name, getattr(numbering, name)) for name in self._fields)
        return self._replace(**{name: value for name, value in said if value is not None})


class _Series:
    """Entries that are counted together: the number of the series, and of the entry counted last."""

    __slots__ = ("last", "serial")

    def __init__(self, serial: int) -> None:
        self.serial = serial
        self.last = 0


class Mark(NamedTuple):
    """The number of one entry as printed ("" if it has none), how the entry is set, and its number for a list."""

    label: str
    layer: int
    inline: bool
    number: Number | None = None


class NumberedEntry(NamedTuple):
    """A task, item or target with its mark and the items below it."""

    record: Task | Item | Target
    mark: Mark
    entries: "tuple[NumberedEntry, ...]" = ()


class NumberedSection(NamedTuple):
    """A section with its mark, its targets and tasks, and its sub-sections."""

    record: Section
    mark: Mark
    depth: int
    entries: tuple[NumberedEntry, ...]
    sections: "tuple[NumberedSection, ...]"


class Numberer:
    """Numbers the sections of one document; what is wrong goes to `diagnostics`.

    Each series of entries takes the next of `serials`.
    """

    def __init__(self, ids: Ids, diagnostics: list[Diagnostic], serials: Iterator[int]) -> None:
        self._ids = ids
        self._diagnostics = diagnostics
        self._serials = serials
        self._running: Counters = {}
        self._reported: set[tuple[str, str]] = set()
        self.references: dict[str, str] = {}
        """What prose prints for the id of a section or task that has a number."""

    def number(self, sections: Iterable[Section], policy: Policy) -> tuple[NumberedSection, ...]:
        """Return the sections with their numbers, and remember those of the ids."""
        return self._sections(sections, policy, 1, {}, ())

    def _sections(
        self, sections: Iterable[Section], policy: Policy, depth: int, scope: Counters, above: tuple[int, ...]
    ) -> tuple[NumberedSection, ...]:
        return tuple([self._section(section, policy, depth, scope, above) for section in sections])

    def _section(
        self, section: Section, policy: Policy, depth: int, scope: Counters, above: tuple[int, ...]
    ) -> NumberedSection:
        policy = policy.override(section.numbering)
        marker = self._marker(policy.sections, depth, section, f"部分“{section.heading}”")
        series = self._count("sections", depth, marker, policy, scope)
        numbers: tuple[int, ...] = (*above, series.last)
        layer = marker.layer or min(depth, LAST_LAYER)
        mark = self._mark(section, marker, numbers, layer, series=series, inline=False)
        below: Counters = {}
        counted: tuple[Target | Task, ...] = (*self._ids.standing(section.targets), *section.tasks)
        entries = tuple([self._task(entry, policy, below, numbers) for entry in counted])
        subsections = self._sections(section.sections, policy, depth + 1, below, numbers)
        self._remember(section.id, marker, numbers)
        return NumberedSection(section, mark, depth, entries, subsections)

    def _task(self, task: Task | Target, policy: Policy, scope: Counters, above: tuple[int, ...]) -> NumberedEntry:
        marker = policy.tasks
        series = self._count("tasks", 1, marker, policy, scope)
        numbers = (*above, series.last)
        inline = marker.inline or "tasks" in policy.inline
        mark = self._mark(task, marker, numbers, marker.layer or _TASK_LAYER, series=series, inline=inline)
        if type(task) is not Task:
            return NumberedEntry(task, mark)
        self._remember(task.id, marker, numbers)
        items = task.items
        return NumberedEntry(task, mark, self._items(items, policy, 1, numbers) if items else ())

    def _items(
        self, items: Iterable[Item], policy: Policy, depth: int, above: tuple[int, ...]
    ) -> tuple[NumberedEntry, ...]:
        scope: Counters = {}
        return tuple([self._item(item, policy, depth, scope, above) for item in items])

    def _item(self, item: Item, policy: Policy, depth: int, scope: Counters, above: tuple[int, ...]) -> NumberedEntry:
        marker = self._marker(policy.items, depth, item, f"要点“{item.heading or ''.join(item.text)[:12]}”")
        series = self._count("items", depth, marker, policy, scope)
        numbers = (*above, series.last)
        inline = marker.inline or "items" in policy.inline
        mark = self._mark(item, marker, numbers, marker.layer or _ITEM_LAYER, series=series, inline=inline)
        items = self._items(item.items, policy, depth + 1, numbers) if item.items else ()
        return NumberedEntry(item, mark, items)

    def _count(self, level: str, depth: int, marker: Marker, policy: Policy, scope: Counters) -> _Series:
        """Count an entry of a level and return its series.

        Each marker counts for itself, so that a section with 一是 amid tasks from 1. to 30. neither takes a number from
        them nor gets one; and 一是 begins anew in each place even where tasks run on.
        """
        counters = self._running if level in policy.continuous and not marker.inline else scope
        name = f"{level} {depth} {marker.written}"
        series = counters.get(name)
        if series is None:
            series = counters[name] = _Series(next(self._serials))
        series.last += 1
        return series

    def _marker(self, markers: tuple[Marker, ...], depth: int, record: Record, name: str) -> Marker:
        if depth <= len(markers):
            return markers[depth - 1]
        hint = f"在 numbering 里补上第 {depth} 层的编号样式，或者减少一层"
        message = f"{name}在第 {depth} 层，编号样式只有 {len(markers)} 层"
        self._diagnostics.append(Diagnostic("D511", message, record.place.span("heading"), hint))
        return UNNUMBERED

    def _mark(
        self,
        record: Record,
        marker: Marker,
        numbers: tuple[int, ...],
        layer: int,
        *,
        series: _Series,
        inline: bool,
    ) -> Mark:
        if len(marker.numerals) > len(numbers):
            message = f"编号样式 {marker.written} 有 {len(marker.numerals)} 个数，这里连上级只有 {len(numbers)} 层"
            self._report_once("D510", message, record, "减少一个数，或者换一种编号样式")
            return Mark("", layer, inline)
        try:
            label = marker.label(numbers)
        except NumeralRangeError as error:
            self._report_once("D512", str(error), record, f"换一种编号样式，现在用的是 {marker.written}")
            return Mark("", layer, inline)
        if inline or not marker.numbered:
            return Mark(label, layer, inline)
        name = record.id if isinstance(record, _REFERRED_BY_NUMBER) else ""
        shown = numbers[-len(marker.numerals) :]
        return Mark(label, layer, inline, Number(marker, shown, series.serial, name))

    def _report_once(self, code: str, message: str, record: Record, hint: str) -> None:
        """Report what is wrong with a marker where it is first met; it would be wrong in every entry after."""
        if (code, hint) not in self._reported:
            self._reported.add((code, hint))
            self._diagnostics.append(Diagnostic(code, message, record.place.span("heading"), hint))

    def _remember(self, name: str, marker: Marker, numbers: tuple[int, ...]) -> None:
        """Remember what prose prints for an id; nothing where the entry has no number."""
        if name and 0 < len(marker.numerals) <= len(numbers):
            with suppress(NumeralRangeError):
                self.references[name] = marker.reference(numbers)
