"""Differences: what differs between a part of a plan and what became of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from plangen.compare.alignment import Alignment, Match
from plangen.compare.elements import numbering_values, official_values, plan_values, record_values
from plangen.compare.nodes import Kind, Node, Tree
from plangen.compare.prose import Reviser, target_phrase
from plangen.compare.values import (
    Difference,
    due_differences,
    goal_differences,
    owner_differences,
    wording_difference,
)
from plangen.outline.model import Change
from plangen.plan.model import Attachment, GuidingThought, Notice, Plan, Prose, Section, Target, Task
from plangen.plan.schema import Record

_LONGEST_TITLE: Final = 20
"""Most characters of its first words that stand for the heading a task does not have."""

_THERE: Final = "有"
"""Said of a notice that is there when there was none."""


_NO_ATTACHMENT: Final = Attachment(title="")

Thing = TypeVar("Thing")


class Differ:
    """Finds what differs between the parts of two aligned plans."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._reviser = Reviser(alignment)

    def title(self, node: Node, tree: Tree) -> str:
        """Return the heading of a part of one of the plans as it reads, or its first words."""
        if node.heading:
            return self._reviser.reading((node.heading,), tree)
        words = self._reviser.reading(tuple(node.body.split("\n", 1)[:1]), tree)
        return words if len(words) <= _LONGEST_TITLE else f"{words[:_LONGEST_TITLE]}…"

    def of_plan(self) -> Iterator[Difference]:
        """Yield what differs in what the plan says of itself and once."""
        old, new = self._alignment.old, self._alignment.new
        yield from plan_values(old.plan, new.plan)
        yield from self._prose("opening", Plan.SPELLINGS["opening"].twin, old.plan.opening, new.plan.opening)
        before, after = (each.plan.guiding_thought or GuidingThought(text=()) for each in (old, new))
        yield from self._named_prose(Plan, "guiding_thought", before, after, ("heading", "text"))
        yield from self._targets(old.targets, new.targets)
        yield from self._prose("closing", Plan.SPELLINGS["closing"].twin, old.plan.closing, new.plan.closing)
        yield from official_values(old.plan.official, new.plan.official)
        yield from self._notice(old.plan.notice, new.plan.notice)

    def of_attachment(self, old: Attachment | None, new: Attachment | None) -> Iterator[Difference]:
        """Yield what differs in an attachment, its sections left aside; one that is not there has neither text."""
        before, after = old or _NO_ATTACHMENT, new or _NO_ATTACHMENT
        if old and new:
            yield from record_values(old, new, ("title",))
        yield from record_values(before, after, ("table",))
        yield from self._prose("text", Attachment.SPELLINGS["text"].twin, before.text, after.text)

    def of_part(self, match: Match) -> Iterator[Difference]:
        """Yield what differs in a section – the parts below it left aside – or in a task with its items and targets."""
        old, new = match.old.record, match.new.record
        yield from self._prose("heading", "标题", (match.old.heading,), (match.new.heading,))
        yield from self._prose("text", "正文", match.old.text, match.new.text)
        if isinstance(old, Task) and isinstance(new, Task):
            yield from self._items(match.old.entries, match.new.entries)
        yield from self._targets(match.old.targets, match.new.targets)
        if isinstance(old, Task) and isinstance(new, Task):
            yield from owner_differences(old, new)
            yield from due_differences(old, new)
        if isinstance(old, Section) and isinstance(new, Section):
            yield from numbering_values(old.numbering, new.numbering)

    def whole(self, node: Node, change: Change) -> Iterator[Difference]:
        """Yield all that a section – the parts below it left aside – or a task says, as inserted or deleted."""
        yield from self._prose("text", "正文", *_sides(node.text, change))
        if isinstance(node.record, Task):
            yield from self._items(*_sides(node.entries, change))
        yield from self._targets(*_sides(node.targets, change))
        if isinstance(node.record, Task):
            old, new = (node.record, Task()) if change is Change.DELETED else (Task(), node.record)
            yield from owner_differences(old, new)
            yield from due_differences(old, new)

    def _prose(self, field: str, name: str, old: Prose, new: Prose, note: str = "") -> Iterator[Difference]:
        wording = self._reviser.revise(old, new)
        if wording:
            yield wording_difference(field, name, wording, note)

    def _named_prose(
        self, owner: type[Record], field: str, old: Record, new: Record, names: Iterable[str]
    ) -> Iterator[Difference]:
        """Yield what differs in the texts of a record that is the value of a key."""
        above = owner.SPELLINGS[field].twin
        for name in names:
            before, after = (_paragraphs(getattr(each, name)) for each in (old, new))
            yield from self._prose(f"{field}.{name}", f"{above}（{new.SPELLINGS[name].twin}）", before, after)

    def _notice(self, old: Notice | None, new: Notice | None) -> Iterator[Difference]:
        if (old is None) != (new is None):
            twin = Plan.SPELLINGS["notice"].twin
            yield Difference("notice", twin, _THERE if old else "", _THERE if new else "")
        yield from self._named_prose(Plan, "notice", old or Notice(), new or Notice(), ("title", "text"))

    # --- items ---

    def _items(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Difference]:
        """Yield what differs in the items of two tasks or items, those below them too."""
        for item in new:
            match = self._alignment.of_new(item)
            before = match.old if match else None
            note = "调整顺序" if match and self._alignment.moved(match) else ""
            found = list(self._item(before, item, note))
            if note and not found:
                found = [Difference("item", _item_name(item), "", "", note)]
            yield from found
        for item in old:
            if not self._alignment.of_old(item):
                yield from self._item(item, None)

    def _item(self, old: Node | None, new: Node | None, note: str = "") -> Iterator[Difference]:
        name = _item_name(new) if new else f"原{_item_name(old)}" if old else ""
        before, after = ((each.heading,) if each and each.heading else () for each in (old, new))
        yield from self._prose("item", f"{name}标题", before, after, note)
        yield from self._prose("item", name, old.text if old else (), new.text if new else (), note)
        yield from self._items(old.entries if old else (), new.entries if new else ())

    # --- targets ---

    def _targets(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[Difference]:
        """Yield what differs in the targets of a task, a section or the plan; a move is told where a target is now."""
        for node in new:
            match = self._alignment.of_new(node)
            yield from self._target(match) if match else self._target_alone(node, self._alignment.new)
        for node in old:
            if not self._alignment.of_old(node):
                yield from self._target_alone(node, self._alignment.old)

    def _target_alone(self, node: Node, tree: Tree) -> Iterator[Difference]:
        target = node.record
        if isinstance(target, Target):
            phrase = target_phrase(target, tree)
            old, new, note = ("", phrase, "新增") if tree is self._alignment.new else (phrase, "", "删去")
            yield Difference("target", _target_name(target), old, new, note)

    def _target(self, match: Match) -> Iterator[Difference]:
        old, new = match.old.record, match.new.record
        if not (isinstance(old, Target) and isinstance(new, Target)):
            return
        name = _target_name(new)
        if self._alignment.crosses(match):
            yield Difference("target", name, "", "", f"由{_whereabouts(match.old)}移来")
        elif self._alignment.moved(match):
            yield Difference("target", name, "", "", "调整顺序")
        yield from self._prose("target.indicator", "指标名称", (old.indicator,), (new.indicator,))
        yield from goal_differences(name, old, new)
        yield from self._prose("target.text", f"{name}的表述", _paragraphs(old.text), _paragraphs(new.text))
        for each in (*owner_differences(old, new), *due_differences(old, new)):
            yield each._replace(field=f"target.{each.field}", name=f"{name}的{each.name}")


def _sides(said: tuple[Thing, ...], change: Change) -> tuple[tuple[Thing, ...], tuple[Thing, ...]]:
    """Return what stands in the old and the new plan of something that is deleted or inserted."""
    return (said, ()) if change is Change.DELETED else ((), said)


def _paragraphs(written: str | Prose) -> Prose:
    if isinstance(written, str):
        return (written,) if written else ()
    return written


def _target_name(target: Target) -> str:
    return f"指标“{target.indicator}”"


def _whereabouts(target: Node) -> str:
    return f"原{target.parent.address}" if target.parent else "全篇指标"


def _item_name(item: Node) -> str:
    """Return what an item is called inside its task: 要点（2）, 要点（2）①."""
    numbers = []
    above: Node | None = item
    while above and above.kind is Kind.ITEM:
        numbers.append(above.number)
        above = above.parent
    return f"要点{''.join(reversed(numbers))}"
