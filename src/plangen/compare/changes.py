"""Changes: what became of a plan, said in the plan's own terms; every report is made from this."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Final, NamedTuple

from plangen.compare.alignment import Alignment, Match
from plangen.compare.differences import Differ
from plangen.compare.nodes import Kind, Node, Tree, tasks_below
from plangen.compare.values import Difference
from plangen.compare.wording import longest_increasing
from plangen.diagnostics import Span
from plangen.outline.model import Change
from plangen.plan.model import Attachment

SUMMARY: Final = {
    "added": "新增 {}",
    "removed": "删除 {}",
    "moved_across": "移到别的部分 {}",
    "moved": "调整顺序 {}",
    "split": "拆分 {}",
    "merged": "合并 {}",
    "reworded": "改写 {}",
    "sections": "部分改动 {}",
    "targets": "指标改动 {}",
    "owners": "责任单位改动 {}",
    "due": "完成时限改动 {}",
    "attachments": "附件改动 {}",
    "other": "其他改动 {}",
    "renumbered": "仅编号变化 {}",
}
"""What is counted, by its name for programs, in the order in which it is said, and how; the first seven are tasks."""

_WORDS: Final = frozenset(("heading", "text", "item"))
"""The fields that are the words of a task."""


class What(Enum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


_WHAT: Final = {What.ADDED: "新增", What.REMOVED: "删除", What.CHANGED: ""}
"""What became of a part that nothing else is said of, in a word."""


_UNSTATED: Final = ("", "否")
"""Values that a document may have without stating them."""

_DOUBTFUL: Final = 0.5
"""Below this likeness people are asked to see for themselves whether two parts are one."""

_KINDS: Final = {Kind.SECTION: "部分", Kind.TASK: "任务", Kind.TARGET: "指标"}
"""What people call the parts that may have an id."""


class PartChange(NamedTuple):
    """What became of the plan as a whole, a section, a task or an attachment, as `kind` says.

    `address` is how people speak of it in the new plan and `old_address` in the old, "" where it is not; of the plan as
    a whole both are "". `title` is its heading or its first words. `moves` says where it came from or went to. `guess`
    is how alike the two are where only that speaks for them being the same, else `None`. `old_span` and `new_span` are
    where it stands in the files, `None` if in none. `renumbered` says that one needs the old address to find it in the
    old plan.
    """

    what: What
    kind: str
    title: str
    address: str = ""
    old_address: str = ""
    moves: tuple[str, ...] = ()
    guess: float | None = None
    differences: tuple[Difference, ...] = ()
    old_span: Span | None = None
    new_span: Span | None = None
    renumbered: bool = False

    @property
    def where(self) -> str:
        """Where people find it in either plan, and its title: 第3条（原第6条） 扩大公办学位供给; 全篇 for all of it."""
        if self.kind == "plan":
            return "全篇"
        address = f"原{self.old_address}" if self.what is What.REMOVED else self.address
        if self.renumbered:
            address += f"（原{self.old_address}）"
        return address if f"“{self.title}”" in address else f"{address} {self.title}"

    @property
    def news(self) -> str:
        """In a few words what became of it, and how sure that is; "" where the differences say all."""
        said = self.moves or (_WHAT[self.what],)
        return "；".join(filter(None, (*said, self.doubt)))

    @property
    def doubt(self) -> str:
        """How alike the two are where only that speaks for them being the same; "" where they are sure to be."""
        if self.guess is None:
            return ""
        return f"按内容配对，相似度 {self.guess:.2f}{'，请核对' if self.guess < _DOUBTFUL else ''}"


class Hint(NamedTuple):
    """Two parts that look the same though their ids differ; `kind` is what people call such a part."""

    kind: str
    old_address: str
    address: str
    title: str
    likeness: float

    @property
    def said(self) -> str:
        """The hint in words."""
        where = f"原{self.old_address}与{self.address} {self.title}"
        return f"疑似同一{self.kind}，编码不同：{where}（相似度 {self.likeness:.2f}）"


class Changes(NamedTuple):
    """All that changed between two plans; the title of a plan that is not there is "".

    `counts` says how often what happened, by the names of `SUMMARY`, those that did not happen left out. `parts` are in
    the order of the new plan, what is gone after what stood before it. What only bears another number is counted, not
    listed.
    """

    old_title: str
    new_title: str
    old_tasks: int
    new_tasks: int
    counts: dict[str, int]
    parts: tuple[PartChange, ...]
    hints: tuple[Hint, ...]

    @property
    def differ(self) -> bool:
        """Whether a reader would see any difference."""
        return bool(self.counts)

    @property
    def summary(self) -> str:
        """One line: how many tasks there were and are, and how often what happened."""
        if not self.differ:
            return "两稿内容相同"
        absent = "" if self.new_title else "改稿没有这个文件，以下全部是删除。"
        absent = absent if self.old_title else "原稿没有这个文件，以下全部是新增。"
        said = [phrase.format(self.counts[name]) for name, phrase in SUMMARY.items() if name in self.counts]
        return f"{absent}任务 {self.old_tasks} → {self.new_tasks} 项：{'，'.join(said)}"


def find_changes(alignment: Alignment, recognised: tuple[bool, bool] = (False, False)) -> Changes:
    """Return all that changed between two aligned plans.

    `recognised` says which of them were recognised in documents. These do not print all that a plan says: a value they
    do not state differs from none.
    """
    finder = _Finder(alignment, recognised)
    old, new = alignment.old, alignment.new
    parts = tuple(finder.parts())
    hints = tuple(
        Hint(
            _KINDS[each.new.kind], each.old.address, each.new.address, finder.differ.title(each.new, new), each.likeness
        )
        for each in alignment.hints
    )
    counts = _count(parts) + finder.counts
    return Changes(
        old.plan.title,
        new.plan.title,
        _tasks(old),
        _tasks(new),
        {name: counts[name] for name in SUMMARY if counts[name]},
        parts,
        hints,
    )


def _tasks(tree: Tree) -> int:
    """Return how many tasks there are in the plan and its attachments."""
    return sum(len(tasks_below(top)) for top in (tree.sections, *tree.attachments))


def _count(parts: Sequence[PartChange]) -> Counter[str]:
    """Return how often what happened, as far as the parts tell."""
    counts: Counter[str] = Counter()
    for part in parts:
        fields = [difference.field for difference in part.differences]
        targets = sum(field.startswith("target") for field in fields)
        counts["sections"] += part.kind == "section"
        counts["attachments"] += part.kind == "attachment"
        if part.what is What.CHANGED:
            counts["targets"] += targets
        if part.kind == "plan":
            counts["other"] += len(fields) - targets
        elif part.kind == "task" and part.what is What.CHANGED:
            counts["reworded"] += not _WORDS.isdisjoint(fields)
            counts["owners"] += fields.count("lead") + fields.count("support")
            counts["due"] += fields.count("due")
    return counts


class _Finder:
    """Finds what changed, part by part; what the parts do not tell it counts itself."""

    def __init__(self, alignment: Alignment, recognised: tuple[bool, bool]) -> None:
        self._alignment = alignment
        self._recognised = recognised
        self.differ = Differ(alignment)
        self.counts: Counter[str] = Counter(split=len(alignment.splits), merged=len(alignment.merges))
        self._parts_of: dict[int, list[str]] = defaultdict(list)
        """What is said of the tasks into which one was split, and of those that were merged."""
        self._wholes: dict[int, list[str]] = defaultdict(list)
        """What is said of a task that was split, and of one that several were merged into."""
        for one, several in alignment.splits:
            for node in several:
                self._parts_of[id(node)].append(f"由原{one.address}拆分")
            self._wholes[id(one)].append(f"拆分为{_addresses(several)}")
        for one, several in alignment.merges:
            for node in several:
                self._parts_of[id(node)].append(f"并入{one.address}")
            self._wholes[id(one)].append(f"由原{_addresses(several)}合并")

    def parts(self) -> Iterator[PartChange]:
        """Yield what changed: the plan as a whole, its sections and tasks, its attachments."""
        old, new = self._alignment.old, self._alignment.new
        differences = self._stated(self.differ.of_plan())
        if differences:
            yield PartChange(
                What.CHANGED,
                "plan",
                new.plan.title,
                differences=differences,
                old_span=old.plan.place.span(),
                new_span=new.plan.place.span(),
            )
        yield from self._document(old.sections, new.sections)
        yield from self._attachments()

    def _document(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[PartChange]:
        """Yield what changed in the sections of a document, what is gone after what stood before it."""
        gone: dict[int, list[PartChange]] = defaultdict(list)
        before = 0
        for node in _parts(old):
            match = self._alignment.of_old(node)
            if match:
                before = id(match.new)
            else:
                gone[before].append(self._alone(node, What.REMOVED))
        yield from gone.pop(0, ())
        for node in _parts(new):
            match = self._alignment.of_new(node)
            change = self._matched(match) if match else self._alone(node, What.ADDED)
            if change:
                yield change
            yield from gone.pop(id(node), ())
        for left in gone.values():  # what stood before these has gone to another document
            yield from left

    def _matched(self, match: Match) -> PartChange | None:
        """Return what became of a section or task, `None` if nothing but perhaps its number."""
        old, new = match.old, match.new
        moves, differences = tuple(self._moves(match)), self._stated(self.differ.of_part(match))
        if not (moves or differences):
            self.counts["renumbered"] += old.label != new.label
            return None
        return PartChange(
            What.CHANGED,
            new.kind.value,
            self.differ.title(new, self._alignment.new),
            new.address,
            old.address,
            moves=moves,
            guess=match.likeness if match.guessed else None,
            differences=differences,
            old_span=old.record.place.span(),
            new_span=new.record.place.span(),
            renumbered=old.address != new.address and list(_numbers(old)) != list(_numbers(new)),
        )

    def _stated(self, differences: Iterable[Difference]) -> tuple[Difference, ...]:
        """Return the differences without values that a recognised plan does not state."""
        old, new = self._recognised
        return tuple(
            each
            for each in differences
            if each.wording or not ((old and each.old in _UNSTATED) or (new and each.new in _UNSTATED))
        )

    def _alone(self, node: Node, what: What) -> PartChange:
        """Return a section or task that is in one of the plans only."""
        added = what is What.ADDED
        moves = (*self._parts_of.get(id(node), ()), *self._wholes.get(id(node), ()))
        span = node.record.place.span()
        self.counts[what.value] += node.kind is Kind.TASK and not moves
        return PartChange(
            what,
            node.kind.value,
            self.differ.title(node, self._alignment.new if added else self._alignment.old),
            node.address if added else "",
            "" if added else node.address,
            moves=moves,
            differences=tuple(self.differ.whole(node, Change.INSERTED if added else Change.DELETED)),
            old_span=None if added else span,
            new_span=span if added else None,
        )

    def _moves(self, match: Match) -> Iterator[str]:
        yield from self._wholes.get(id(match.old), ())
        yield from self._wholes.get(id(match.new), ())
        is_task = match.new.kind is Kind.TASK
        if self._alignment.crosses(match):
            self.counts["moved_across"] += is_task
            old, new = self._alignment.old, self._alignment.new
            yield f"由{self._home(match.old, old)}移到{self._home(match.new, new)}"
        elif self._alignment.moved(match):
            self.counts["moved"] += is_task
            yield "调整顺序"

    def _home(self, node: Node, tree: Tree) -> str:
        """Return what people call the section a part stands in."""
        return f"“{self.differ.title(node.parent, tree)}”" if node.parent else "全篇"

    def _attachments(self) -> Iterator[PartChange]:
        old, new = self._alignment.old, self._alignment.new
        pairs = self._alignment.attachments
        both = [(row, column) for row, column in pairs if row is not None and column is not None]
        stayed = {both[n] for n in longest_increasing([row for row, _ in both])}
        for row, column in pairs:
            moves = ("调整顺序",) if (row, column) in both and (row, column) not in stayed else ()
            change = self._attachment(row, column, moves)
            if change:
                yield change
            before = old.attachments[row] if row is not None else ()
            after = new.attachments[column] if column is not None else ()
            yield from self._document(before, after)

    def _attachment(self, row: int | None, column: int | None, moves: tuple[str, ...]) -> PartChange | None:
        """Return what became of an attachment, its sections left aside, `None` if nothing but perhaps its number."""
        old, new = self._alignment.old, self._alignment.new
        before = old.plan.attachments[row] if row is not None else None
        after = new.plan.attachments[column] if column is not None else None
        differences = tuple(self.differ.of_attachment(before, after))
        if before and after and not (differences or moves):
            return None
        what = What.CHANGED if before and after else What.ADDED if after else What.REMOVED
        title = (after or before or Attachment(title="")).title
        return PartChange(
            what,
            "attachment",
            title,
            _label(new, column),
            _label(old, row),
            moves=moves,
            differences=differences,
            old_span=before.place.span() if before else None,
            new_span=after.place.span() if after else None,
            renumbered=row is not None and column is not None and _label(old, row) != _label(new, column),
        )


def _parts(top: Sequence[Node]) -> Iterator[Node]:
    """Yield the sections and tasks of a document in order, but not the sections that keys of the plan itself make."""
    for section in top:
        if section.kind is Kind.SECTION:
            yield section
        yield from section.entries
        yield from _parts(section.sections)


def _label(tree: Tree, place: int | None) -> str:
    """Return what an attachment is called, "" for none."""
    return "" if place is None else tree.outline.attachments[place].label


def _addresses(nodes: Sequence[Node]) -> str:
    return "、".join(node.address for node in nodes)


def _numbers(node: Node | None) -> Iterator[str]:
    """Yield the numbers that lead to a part, its own first."""
    while node:
        yield node.label
        node = node.parent
