"""Alignment: which section, task, item and target of an old plan is which of a new one.

Ids decide first, then headings, then content. What content decides says how alike the two are, and is a guess unless
they are the same word for word. Two parts whose ids differ are never paired by content: that is a hint, no more.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

from plangen.compare.content import Contents
from plangen.compare.nodes import Kind, Node, Tree, tasks_below
from plangen.compare.wording import Pairs, likeness, longest_increasing
from plangen.plan.model import Attachment, Task

_SAME: Final = 0.36
"""Least likeness of two parts that are one reworded; with it no pair in tests/test_alignment.py is wrong."""

_SURE: Final = 0.6
"""Least likeness of two tasks of different sections that are one because their headings are the same: below it, a
heading such as 加强组织领导 proves nothing, and the pair is a guess at most."""

_SAME_INDICATOR: Final = 0.5
"""Least likeness of the names of two indicators of one owner that are one renamed."""

_SAME_TITLE: Final = 0.6
"""Least likeness of the titles of two attachments that are one renamed."""

_FEW_ATTACHMENTS: Final = 2_500
"""So many pairs of attachments are all compared; of more, only those with the same title are paired."""

_HINT: Final = 0.5
"""Least likeness of two parts with different ids that deserves a hint."""

_REGROUPED: Final = 0.6
"""Least share of a part's sentences that must stand in another one for it to be split off from or merged into that."""


_SAME_HOME: Final = 0.04
_SAME_LEAD: Final = 0.02
"""What standing in the same section and being led by the same unit add to the likeness when pairs are ranked."""


class Ground(Enum):
    """What a pair rests on, the surest first."""

    ID = "id"
    HEADING = "heading"
    CONTENT = "content"


class Match(NamedTuple):
    """A part of the old plan and what it is in the new one; `likeness` is how alike their words are, 0 to 1."""

    old: Node
    new: Node
    ground: Ground
    likeness: float

    @property
    def guessed(self) -> bool:
        """Whether only similar wording speaks for the pair, so that a person should look at it."""
        return self.ground is Ground.CONTENT and self.likeness < 1


class Regrouping(NamedTuple):
    """One part that became several (a split: `one` is old), or several that became one (a merger: `one` is new).

    `several` are in the order of their plan.
    """

    one: Node
    several: tuple[Node, ...]


class Alignment:
    """What became of every part.

    `matches` are in the order of the new plan. `hints` pair parts that look the same but bear different ids.
    `attachments` holds the positions of attachments that are each other, in the order of the new plan, and then of
    those that are gone; `None` stands for none.
    """

    def __init__(self, old: Tree, new: Tree) -> None:
        self.old = old
        self.new = new
        aligner = _Aligner(old, new)
        aligner.run()
        self.splits = tuple(aligner.splits)
        self.merges = tuple(aligner.merges)
        self.hints = tuple(aligner.hints)
        self.attachments = aligner.attachments
        self._of_old = aligner.of_old
        self._of_new = aligner.of_new
        self.matches = tuple(match for node in new.walk() if (match := self.of_new(node)))
        self._moved = _moved(self)

    def of_old(self, node: Node) -> Match | None:
        """Return the pair an old part belongs to, `None` when it is gone."""
        return self._of_old.get(id(node))

    def of_new(self, node: Node) -> Match | None:
        """Return the pair a new part belongs to, `None` when it was added."""
        return self._of_new.get(id(node))

    def crosses(self, match: Match) -> bool:
        """Whether a part stands elsewhere than in what became of its parent."""
        return not self._same_parent(match)

    def moved(self, match: Match) -> bool:
        """Whether a part changed places with others beside it; the fewest parts whose moves explain the new order."""
        return id(match.new) in self._moved

    def _same_parent(self, match: Match) -> bool:
        old, new = match.old.parent, match.new.parent
        if old is None or new is None:
            return old is new
        above = self.of_old(old)
        return above is not None and above.new is new


def _moved(alignment: Alignment) -> set[int]:
    """Return the identities of new nodes that are not in a longest run which kept its order within one parent."""
    families: dict[tuple[int, Kind], list[Match]] = defaultdict(list)
    for match in alignment.matches:
        if not alignment.crosses(match):
            families[id(match.new.parent), match.new.kind].append(match)
    moved: set[int] = set()
    for family in families.values():
        stayed = set(longest_increasing([alignment.old.place(match.old) for match in family]))
        moved.update(id(match.new) for n, match in enumerate(family) if n not in stayed)
    return moved


Key = Callable[[Node], Hashable]
"""What two parts must share to be the same; empty where a part has no such thing."""


class _Aligner:
    """Aligns two plans step by step; what is paired once stays paired."""

    def __init__(self, old: Tree, new: Tree) -> None:
        self._old = old
        self._new = new
        self._contents = Contents()
        self.of_old: dict[int, Match] = {}
        self.of_new: dict[int, Match] = {}
        self.splits: list[Regrouping] = []
        self.merges: list[Regrouping] = []
        self.hints: list[Match] = []
        self.attachments = _pair_attachments(old.plan.attachments, new.plan.attachments)

    def run(self) -> None:
        """Align sections, tasks, items and targets, from what is sure to what is likely."""
        self._pair_ids()
        self._align_documents(self._old.sections, self._new.sections)
        for before, after in self.attachments:
            if before is not None and after is not None:
                self._align_documents(self._old.attachments[before], self._new.attachments[after])
        self._align_targets()

    def _pair(self, old: Node, new: Node, ground: Ground, alike: float | None = None) -> None:
        if alike is None:
            alike = self._contents.likeness(old, new)
        self.of_old[id(old)] = self.of_new[id(new)] = Match(old, new, ground, alike)

    def _free(self, old: Iterable[Node], new: Iterable[Node]) -> tuple[list[Node], list[Node]]:
        """Return the nodes that are not paired yet."""
        return [n for n in old if id(n) not in self.of_old], [n for n in new if id(n) not in self.of_new]

    def _home(self, node: Node) -> int:
        """Return what stands for the parent of a node in both plans: the new one, where it is known."""
        match = self.of_old.get(id(node.parent))
        return id(match.new if match else node.parent)

    def _pair_ids(self) -> None:
        for node in self._new.walk():
            twin = self._old.by_id(node.id) if node.id else None
            if twin and twin.kind is node.kind:
                self._pair(twin, node, Ground.ID)

    def _align_documents(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Align the sections of two documents, their tasks and items."""
        old_sections, new_sections = _sections(old), _sections(new)
        self._pair_same(old_sections, new_sections, _leading)
        self._pair_same(old_sections, new_sections, _path)
        self._pair_same(old_sections, new_sections, _heading)
        old_tasks, new_tasks = tasks_below(old), tasks_below(new)
        self._pair_parts(old_tasks, new_tasks)
        self._pair_renamed_sections(old_sections, new_sections)
        self._regroup(old_tasks, new_tasks)
        self._align_items(new_tasks)

    def _align_items(self, parents: Iterable[Node]) -> None:
        for parent in parents:
            match = self.of_new.get(id(parent))
            if match and match.old.entries and parent.entries:
                self._pair_parts(match.old.entries, parent.entries)
                self._align_items(parent.entries)

    def _align_targets(self) -> None:
        old, new = ([node for node in tree.walk() if node.kind is Kind.TARGET] for tree in (self._old, self._new))
        self._pair_same(old, new, lambda node: (self._home(node), node.heading), alone=False)
        self._pair_same(old, new, _heading)
        rows: dict[int, list[Node]] = defaultdict(list)
        columns: dict[int, list[Node]] = defaultdict(list)
        for nodes, homes in zip(self._free(old, new), (rows, columns), strict=True):
            for node in nodes:
                homes[self._home(node)].append(node)
        for home, nodes in columns.items():
            self._pair_like(rows.get(home, []), nodes, _SAME_INDICATOR)

    def _pair_parts(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Pair tasks, or the items of a pair: what is the same word for word, by heading, by content."""
        self._pair_same(old, new, lambda node: (self._home(node), node.heading, node.body), alone=False)
        self._pair_same(old, new, lambda node: (node.heading, node.body))
        self._pair_same(old, new, lambda node: node.heading and (self._home(node), node.heading))
        self._pair_same(old, new, _heading, least=_SURE)
        self._pair_like(old, new, _SAME)

    def _pair_same(
        self, old: Iterable[Node], new: Iterable[Node], key: Key, *, alone: bool = True, least: float = 0
    ) -> None:
        """Pair the nodes with the same key, in order; where they must be `alone`, if there is just one on either side.

        A key that is empty is the same as no other; pairs that are less alike than `least` are none.
        """
        groups: tuple[dict[Hashable, list[Node]], ...] = (defaultdict(list), defaultdict(list))
        for nodes, group in zip(self._free(old, new), groups, strict=True):
            for node in nodes:
                group[key(node)].append(node)
        for name, nodes in groups[1].items():
            twins = groups[0].get(name, [])
            if name and not (alone and (len(twins), len(nodes)) != (1, 1)):
                for before, after in zip(twins, nodes, strict=False):
                    alike = self._contents.likeness(before, after)
                    if alike >= least:
                        self._pair(before, after, Ground.HEADING if after.heading else Ground.CONTENT, alike)

    def _pair_like(self, old: Iterable[Node], new: Iterable[Node], least: float) -> None:
        """Pair the nodes that are most alike, the likest first; those whose ids differ get a hint instead."""
        rows, columns = self._free(old, new)
        ranked = []
        for row, column, alike in self._contents.candidates(rows, columns):
            before, after = rows[row], columns[column]
            nearby = _SAME_HOME * (self._home(before) == self._home(after)) + _SAME_LEAD * _share_lead(before, after)
            ranked.append((-alike - nearby, row, column, alike))
        taken: set[int] = set()
        for _, row, column, alike in sorted(ranked):
            before, after = rows[row], columns[column]
            apart = bool(before.id and after.id)
            if alike >= (_HINT if apart else least) and not taken & {id(before), id(after)}:
                taken |= {id(before), id(after)}
                if apart:
                    self.hints.append(Match(before, after, Ground.CONTENT, alike))
                else:
                    self._pair(before, after, Ground.CONTENT, alike)

    def _pair_renamed_sections(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Pair sections that share the most tasks, from the top down, then those without tasks by their words."""
        for depth in range(1 + max(map(_depth, new), default=0)):
            rows, columns = self._free(*([node for node in nodes if _depth(node) == depth] for nodes in (old, new)))
            self._pair_by_tasks(rows, columns)
        before, after = ([node for node in nodes if not tasks_below([node])] for nodes in (old, new))
        self._pair_like(before, after, _SAME)

    def _pair_by_tasks(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Pair sections of one depth that share at least half of the tasks of either; likeness is the share."""
        places = {id(node): place for place, node in enumerate(old)}
        shared: dict[tuple[int, int], int] = defaultdict(int)
        for column, section in enumerate(new):
            for task in tasks_below([section]):
                match = self.of_new.get(id(task))
                before = _above(match.old, _depth(section)) if match else None
                if before is not None and id(before) in places:
                    shared[places[id(before)], column] += 1
        rows, columns = ([len(tasks_below([each])) for each in sections] for sections in (old, new))
        for (row, column), count in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
            before, after, sizes = old[row], new[column], (rows[row], columns[column])
            if all(self._free([before], [after])) and not (before.id and after.id) and 2 * count >= min(sizes):
                self._pair(before, after, Ground.CONTENT, count / max(sizes))

    def _regroup(self, old: Sequence[Node], new: Sequence[Node]) -> None:
        """Find tasks that were split or merged: what is left over and stands, most of it, in another task."""
        gone, added = self._free(old, new)
        for one, parts in self._sources(added, old, self.of_old):
            self._split(one, parts)
        gone, added = self._free(gone, new)
        for one, parts in self._sources(gone, new, self.of_new):
            self._merge(one, parts)

    def _sources(
        self, parts: Sequence[Node], wholes: Sequence[Node], of_whole: Mapping[int, Match]
    ) -> list[tuple[Node, list[Node]]]:
        """Return the tasks of the other plan that hold most of some left over ones, with these."""
        found: dict[int, tuple[Node, list[Node]]] = {}
        for part, one in self._contents.sources(parts, wholes, _REGROUPED):
            match = of_whole.get(id(one))
            kept = (match.new if match.old is one else match.old) if match else None
            if kept is None or self._contents.share(part, kept) < _REGROUPED:
                found.setdefault(id(one), (one, []))[1].append(part)
        return list(found.values())

    def _split(self, one: Node, parts: list[Node]) -> None:
        match = self.of_old.get(id(one))
        if match:
            parts = [match.new, *parts]
        if len(parts) > 1:
            self.splits.append(Regrouping(one, tuple(sorted(parts, key=self._new.place))))
        elif not (one.id and parts[0].id):
            self._pair(one, parts[0], Ground.CONTENT)

    def _merge(self, one: Node, parts: list[Node]) -> None:
        match = self.of_new.get(id(one))
        if match:
            parts = [match.old, *parts]
        if len(parts) > 1:
            self.merges.append(Regrouping(one, tuple(sorted(parts, key=self._old.place))))
        elif not (one.id and parts[0].id):
            self._pair(parts[0], one, Ground.CONTENT)


def _pair_attachments(old: Sequence[Attachment], new: Sequence[Attachment]) -> Pairs:
    """Pair attachments by title, then by like titles, then those that are the same table of the plan."""
    partner: dict[int, int] = {}
    rows = {each.title: row for row, each in reversed(list(enumerate(old)))}
    for column, after in enumerate(new):
        if after.title in rows:
            partner[column] = rows.pop(after.title)
    left = [row for row in range(len(old)) if row not in set(partner.values())]
    for same in (_like_title, _same_table) if len(old) * len(new) <= _FEW_ATTACHMENTS else ():
        for column, after in enumerate(new):
            row = next((row for row in left if same(old[row], after)), None) if column not in partner else None
            if row is not None:
                partner[column] = row
                left.remove(row)
    return [(partner.get(column), column) for column in range(len(new))] + [(row, None) for row in left]


def _like_title(old: Attachment, new: Attachment) -> bool:
    return likeness(old.title, new.title) >= _SAME_TITLE


def _same_table(old: Attachment, new: Attachment) -> bool:
    return bool(old.table) and old.table == new.table


def _sections(top: Iterable[Node]) -> list[Node]:
    return [node for section in top for node in (section, *_sections(section.sections))]


def _heading(node: Node) -> str:
    return node.heading


def _leading(node: Node) -> Kind | None:
    """Return the kind of a section that stands before those of its author, of which there is one at most."""
    return None if node.kind is Kind.SECTION else node.kind


def _path(node: Node) -> tuple[str, ...]:
    above = _path(node.parent) if node.parent else ()
    return (*above, node.heading)


def _depth(node: Node) -> int:
    return 1 + _depth(node.parent) if node.parent else 0


def _above(task: Node, depth: int) -> Node | None:
    """Return the section at some depth above a task."""
    above = task.parent
    while above and _depth(above) > depth:
        above = above.parent
    return above if above and _depth(above) == depth else None


def _share_lead(old: Node, new: Node) -> bool:
    before, after = old.record, new.record
    return isinstance(before, Task) and isinstance(after, Task) and bool(set(before.lead) & set(after.lead))
