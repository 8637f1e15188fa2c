"""Two years' plans: which tasks go on, which are new or gone, how the targets move, which sentences are said again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from plangen.compare.alignment import Alignment, Match
from plangen.compare.differences import Differ
from plangen.compare.nodes import Kind, Node, Tree, tasks_below
from plangen.compare.prose import Reviser
from plangen.compare.values import Difference
from plangen.compare.wording import sentences
from plangen.plan.carrying import Years, carried_text
from plangen.plan.goals import Goal, change, shift
from plangen.plan.model import Item, Section, Target, Task
from plangen.plan.prose import is_telling


class Fate(Enum):
    """What became of a task, in the order in which people ask; the value is the word for it."""

    ADDED = "新增"
    CHANGED = "修改"
    KEPT = "延续"
    DROPPED = "不再列入"


class TaskFate(NamedTuple):
    """A task and what became of it; an address is "" where there is no such task. `said` tells what was changed."""

    fate: Fate
    title: str
    old_address: str
    address: str
    said: str


class TargetFate(NamedTuple):
    """A target in both years, `None` for a year without it; `change` is how far the new goal is from the old."""

    indicator: str
    old: Target | None
    new: Target | None
    change: str


class Repeated(NamedTuple):
    """A sentence of the new plan that the old one said; `only_years` says that but for its years it is the same."""

    sentence: str
    old_address: str
    address: str
    only_years: bool


class YearOverYear(NamedTuple):
    """What became of a plan in another year; `sentences` is how many sentences the new plan has that tell anything."""

    years: Years
    title: str
    tasks: list[TaskFate]
    targets: list[TargetFate]
    repeated: list[Repeated]
    sentences: int

    @property
    def summary(self) -> str:
        """One line: how many tasks and targets met which fate, and how much of the new plan was said before."""
        counts = Counter(task.fate for task in self.tasks)
        said = "，".join(f"{fate.value} {counts[fate]}" for fate in Fate if counts[fate])
        share = f"，占 {len(self.repeated) * 100 // self.sentences}%" if self.sentences else ""
        old, new = len(self.tasks) - counts[Fate.ADDED], len(self.tasks) - counts[Fate.DROPPED]
        again = f"{self.sentences} 句里有 {len(self.repeated)} 句是上年的{share}"
        return f"任务 {old} → {new} 项{'：' if said else ''}{said}；{again}"


def compare_years(alignment: Alignment) -> YearOverYear:
    """Return what became of last year's plan in this year's, both aligned."""
    old, new = alignment.old.plan, alignment.new.plan
    years = Years(old.year, new.year, (old.title,))
    repeated, count = _repeated(alignment, years)
    return YearOverYear(years, new.title, [*_tasks(alignment, years)], [*_targets(alignment)], repeated, count)


# --- tasks ---


def _tasks(alignment: Alignment, years: Years) -> Iterator[TaskFate]:
    """Yield the tasks of the new plan in order, then those that are gone."""
    differ, regrouped = Differ(alignment), _regrouped(alignment)
    for node in tasks_below(alignment.new.sections):
        match, title = alignment.of_new(node), differ.title(node, alignment.new)
        if match is None:
            yield TaskFate(Fate.ADDED, title, "", node.address, regrouped.get(id(node), ""))
        else:
            said = [*_changes(alignment, match, differ, years), *filter(None, [regrouped.get(id(node))])]
            fate = Fate.CHANGED if said else Fate.KEPT
            yield TaskFate(fate, title, match.old.address, node.address, "；".join(said))
    for node in tasks_below(alignment.old.sections):
        if alignment.of_old(node) is None:
            title = differ.title(node, alignment.old)
            yield TaskFate(Fate.DROPPED, title, node.address, "", regrouped.get(id(node), ""))


def _changes(alignment: Alignment, match: Match, differ: Differ, years: Years) -> Iterator[str]:
    """Yield what was changed in a task, targets and what another year brings about left aside."""
    if alignment.crosses(match) and match.new.parent:
        yield f"移到“{differ.title(match.new.parent, alignment.new)}”"
    names = [_said(each) for each in differ.of_part(match) if not _comes_with_the_year(each, years)]
    yield from dict.fromkeys(names)


def _comes_with_the_year(difference: Difference, years: Years) -> bool:
    """Whether a difference is in a target, or is none but for the years."""
    return difference.field.startswith("target") or carried_text(difference.old, years) == difference.new


def _said(difference: Difference) -> str:
    if difference.wording:
        return f"{difference.name}改写"
    return f"{difference.name}：{difference.old or '无'} → {difference.new or '无'}"


def _regrouped(alignment: Alignment) -> dict[int, str]:
    """Return what is to be said of tasks that were split off or merged."""
    said: dict[int, str] = {}
    for one, several in alignment.splits:
        said |= {id(node): f"由上年{one.address}拆分" for node in several}
    for one, several in alignment.merges:
        said |= {id(node): f"并入{one.address}" for node in several}
        said[id(one)] = f"由上年{'、'.join(node.address for node in several)}合并"
    return said


# --- targets ---


def _targets(alignment: Alignment) -> Iterator[TargetFate]:
    """Yield the targets of the new plan in order, then those that are gone."""
    for node in _of_kind(alignment.new, Kind.TARGET):
        match, new = alignment.of_new(node), node.record
        old = match.old.record if match else None
        assert isinstance(new, Target), node
        before = old if isinstance(old, Target) else None
        yield TargetFate(new.indicator, before, new, goal_change(before.goal, new.goal) if before else Fate.ADDED.value)
    for node in _of_kind(alignment.old, Kind.TARGET):
        gone = node.record
        if alignment.of_old(node) is None and isinstance(gone, Target):
            yield TargetFate(gone.indicator, gone, None, Fate.DROPPED.value)


def _of_kind(tree: Tree, kind: Kind) -> Iterator[Node]:
    return (node for node in tree.walk() if node.kind is kind)


def goal_change(old: Goal, new: Goal) -> str:
    """Return how far this year's goal is from last year's, "" when they cannot be compared."""
    if new.is_pending:
        return new.written
    found = shift(old, new) if old.is_change or new.is_change else change(old.figure, new)
    return found.text if found else ""


# --- sentences ---


def _repeated(alignment: Alignment, years: Years) -> tuple[list[Repeated], int]:
    """Return the sentences that are said again, and how many the new plan has that tell anything."""
    reviser = Reviser(alignment)
    known: dict[str, tuple[str, str]] = {}
    for sentence, address in _sentences(alignment.old, reviser):
        known.setdefault(carried_text(sentence, years), (sentence, address))
        known.setdefault(sentence, (sentence, address))
    found, count = [], 0
    for sentence, address in _sentences(alignment.new, reviser):
        count += 1
        if sentence in known:
            before, old_address = known[sentence]
            found.append(Repeated(sentence, old_address, address, only_years=before != sentence))
    return found, count


def _sentences(tree: Tree, reviser: Reviser) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a plan that tell anything, as they read, and where they stand."""
    plan = tree.plan
    yield from _of_text(plan.opening, "开头", tree, reviser)
    yield from _of_text(plan.guiding_thought.text if plan.guiding_thought else (), "指导思想", tree, reviser)
    for node in tree.walk():
        if isinstance(node.record, Section | Task | Item) and node.kind is not Kind.THOUGHT:
            yield from _of_text(node.record.text, node.address, tree, reviser)
    yield from _of_text(plan.closing, "结尾", tree, reviser)


def _of_text(text: Sequence[str], address: str, tree: Tree, reviser: Reviser) -> Iterable[tuple[str, str]]:
    whole = reviser.reading(tuple(text), tree)
    told = (each.strip() for each in sentences(whole))
    return [(each, address) for each in told if is_telling(each)]
