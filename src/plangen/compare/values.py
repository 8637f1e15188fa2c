"""Values of two plans compared, each in its own terms: targets, owners, due dates."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.outline.model import Change, Segment
from plangen.plan.dates import Due, read_due
from plangen.plan.goals import Comparator, Goal, read_baseline, shift
from plangen.plan.model import Target, Task

_COMPARATORS: Final = {
    Comparator.EQUAL: "等于",
    Comparator.AT_LEAST: "不低于",
    Comparator.AT_MOST: "不超过",
    Comparator.ABOUT: "约",
    Comparator.INCREASE_BY: "增加",
    Comparator.DECREASE_BY: "减少",
}
"""How people say what a goal means by its value."""

_ROLES: Final = ("lead", "support")
"""The keys that name owners."""


class Difference(NamedTuple):
    """One thing about a part that differs.

    `field` names it for programs, `name` for people (正文, 指标“学前三年毛入园率”). `wording` is what became of prose,
    () where the two values are better shown whole; `old` and `new` are the values as they read, "" for none. `note`
    says what the difference means (推迟3个月), "" when there is nothing to say.
    """

    field: str
    name: str
    old: str
    new: str
    note: str = ""
    wording: tuple[Segment, ...] = ()


def wording_difference(field: str, name: str, wording: tuple[Segment, ...], note: str = "") -> Difference:
    """Return the difference that a revised text makes."""
    old = "".join(segment.text for segment in wording if segment.change is not Change.INSERTED)
    new = "".join(segment.text for segment in wording if segment.change is not Change.DELETED)
    return Difference(field, name, old, new, note, wording)


def owner_differences(old: Task | Target, new: Task | Target) -> Iterator[Difference]:
    """Yield how the owners of a task or target differ, by role."""
    roles = [role for role in _ROLES if role in new.NAMES]
    before = {role: tuple(getattr(old, role)) for role in roles}
    after = {role: tuple(getattr(new, role)) for role in roles}
    for role in roles:
        if before[role] != after[role]:
            said = [*_comings_and_goings(before[role], after[role])]
            for other in roles:
                units = [each for each in after[role] if each in before[other] and each not in after[other]]
                if other != role and units:
                    said.append(f"{'、'.join(units)}由{_twin(new, other)}改为{_twin(new, role)}")
            name = f"{_twin(new, role)}单位"
            yield Difference(role, name, "、".join(before[role]), "、".join(after[role]), "，".join(said))


def _twin(record: Task | Target, role: str) -> str:
    return record.SPELLINGS[role].twin


def _comings_and_goings(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    """Yield which units came and went, where there were some before and are some now."""
    if not (old and new):
        return
    added = [unit for unit in new if unit not in old]
    removed = [unit for unit in old if unit not in new]
    if added:
        yield f"增加{'、'.join(added)}"
    if removed:
        yield f"去掉{'、'.join(removed)}"
    if not (added or removed):
        yield "顺序调整"


def due_differences(old: Task | Target, new: Task | Target) -> Iterator[Difference]:
    """Yield how the due date of a task or target differs, unless it is the same day, month or quarter."""
    before, after = read_due(old.due), read_due(new.due)
    if before.text != after.text:
        yield Difference("due", "完成时限", before.text, after.text, _postponed(before, after))


def _postponed(old: Due, new: Due) -> str:
    """Return by how much a due date was moved: in months where both name a month or a quarter, else in days."""
    if old.day is None or new.day is None or old.day == new.day:
        return ""
    word = "推迟" if new.day > old.day else "提前"
    if old.text.endswith("日") or new.text.endswith("日"):
        return f"{word}{abs((new.day - old.day).days)}天"
    return f"{word}{abs(12 * (new.day.year - old.day.year) + new.day.month - old.day.month)}个月"


def goal_differences(name: str, old: Target, new: Target) -> Iterator[Difference]:
    """Yield how a target, of which people say `name`, differs in its goal and in last year's figure."""
    if old.goal.written != new.goal.written:
        yield Difference("target.goal", name, old.goal.written, new.goal.written, _goal_note(old.goal, new.goal))
    if old.baseline != new.baseline:
        before, after = read_baseline(old.baseline), read_baseline(new.baseline)
        moved = shift(before, after) if before and after else None
        note = moved.text if moved else ""
        yield Difference(
            "target.baseline", f"{name}的{Target.SPELLINGS['baseline'].twin}", old.baseline, new.baseline, note
        )


def _goal_note(old: Goal, new: Goal) -> str:
    moved = shift(old, new)
    said = [moved.text] if moved else []
    if old.comparator is not new.comparator:
        said.append(f"由“{_COMPARATORS[old.comparator]}”改为“{_COMPARATORS[new.comparator]}”")
    if old.unit != new.unit and old.unit and new.unit:
        said.append(f"单位由“{old.unit}”改为“{new.unit}”")
    return "，".join(said)
