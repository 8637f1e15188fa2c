"""Nodes: the parts of a plan as they are compared – what was written, how it reads, and where a reader finds it."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

from plangen.outline.build import leading_sections
from plangen.outline.model import Attachment, Entry, Number, Outline
from plangen.outline.model import Section as OutlineSection
from plangen.outline.numbering import Policy
from plangen.outline.references import Ids
from plangen.plan.model import Item, Plan, Section, Target, Task

_LABEL_ENDS: Final = "、.．，,：:。；; 　"
"""What closes a printed number and is no part of it when it is spoken of."""

_BRACKETS: Final = ("（", "(")


class Kind(Enum):
    """What a node is."""

    THOUGHT = "thought"
    """The section that the guiding thought makes when it has a heading; its record stands in for one."""
    GOALS = "goals"
    """The section 主要目标 that the plan-wide targets make; its record stands in for one."""
    SECTION = "section"
    TASK = "task"
    ITEM = "item"
    TARGET = "target"


class Node:
    """A part of a plan; it is itself and equal to no other.

    `outline` is how it reads, `None` for a target that stands in prose or in its task. `parent` is `None` at the top.
    `address` is how people speak of it: 第3条, or 第二部分第3条 where numbers
    begin anew in each section. `sections`, `entries` – the tasks of a section, the items of a task or item – and
    `targets` are what is below it.
    """

    __slots__ = ("_body", "address", "entries", "kind", "outline", "parent", "record", "sections", "targets")

    def __init__(
        self,
        kind: Kind,
        record: Section | Task | Item | Target,
        outline: OutlineSection | Entry | None,
        parent: "Node | None",
        address: str,
    ) -> None:
        self.kind = kind
        self.record = record
        self.outline = outline
        self.parent = parent
        self.address = address
        self.sections: tuple[Node, ...] = ()
        self.entries: tuple[Node, ...] = ()
        self.targets: tuple[Node, ...] = ()
        self._body: str | None = None

    @property
    def id(self) -> str:
        """The id its author gave it, or ""."""
        return "" if isinstance(self.record, Item) else self.record.id

    @property
    def heading(self) -> str:
        """The heading as written; of a target, its indicator."""
        return self.record.indicator if isinstance(self.record, Target) else self.record.heading

    @property
    def text(self) -> tuple[str, ...]:
        """The paragraphs as written; of a target, its goal and its wording."""
        if isinstance(self.record, Target):
            return tuple(filter(None, (self.record.goal.written, self.record.text)))
        return self.record.text

    @property
    def body(self) -> str:
        """Everything written below the heading, that of its items too, a line for each paragraph."""
        if self._body is None:
            self._body = "\n".join(_written_below(self))
        return self._body

    @property
    def label(self) -> str:
        """The number as printed, or ""."""
        if self.outline is None:
            return ""
        return self.outline.label if isinstance(self.outline, Entry) else self.outline.heading.label

    @property
    def number(self) -> str:
        """The number as one speaks of it, without what closes it, or ""."""
        return spoken_number(self.label, _number_of(self.outline) if self.outline else None)

    def __repr__(self) -> str:
        return f"<{self.kind.value} {self.address} {self.heading}>"


class Tree:
    """The nodes of a plan.

    `sections` are its sections with those that the guiding thought and the plan-wide targets make; `targets` the
    plan-wide targets; `attachments` holds the sections of each attachment.
    """

    def __init__(self, plan: Plan, outline: Outline) -> None:
        self.plan = plan
        self.outline = outline
        reader = _Reader(plan)
        self.sections = reader.body(outline)
        self.targets = reader.plan_targets(outline, self.sections)
        self.attachments = tuple(
            reader.attachment(written.sections, read)
            for written, read in zip(plan.attachments, outline.attachments, strict=True)
        )
        self._nodes = {id(node.outline): node for node in self.walk() if node.outline}
        self._places = {id(node): place for place, node in enumerate(self.walk())}
        self._ids = {node.id: node for node in self.walk() if node.id}

    def walk(self) -> Iterator[Node]:
        """Yield every node in the order of the plan: plan-wide targets, the body, the attachments."""
        yield from self.targets
        for top in (self.sections, *self.attachments):
            for node in top:
                yield from walk(node)

    def node_of(self, outline: OutlineSection | Entry) -> Node | None:
        """Return the node that reads as this very section or entry of the outline."""
        return self._nodes.get(id(outline))

    def place(self, node: Node) -> int:
        """Return how many nodes stand before a node of this plan."""
        return self._places[id(node)]

    def by_id(self, name: str) -> Node | None:
        """Return the node of an id."""
        return self._ids.get(name)


def walk(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order of the plan format."""
    yield node
    for below in (node.targets, node.entries, node.sections):
        for each in below:
            yield from walk(each)


def tasks_below(sections: Iterable[Node]) -> list[Node]:
    """Return the tasks of sections and of all sections below them, in order."""
    return [task for section in sections for task in (*section.entries, *tasks_below(section.sections))]


def spoken_number(label: str, number: Number | None) -> str:
    """Return a printed number as prose refers to it: 12 for 12., 三 for 三、, （二） as it is; "" for a mere sign."""
    if number is not None:
        return number.marker.reference(number.values)
    return label.rstrip(_LABEL_ENDS) if any(map(str.isnumeric, label)) else ""


class _Reader:
    """Makes the nodes of one plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._ids = Ids(plan, [])
        self._policy = Policy().override(plan.numbering)

    def body(self, outline: Outline) -> tuple[Node, ...]:
        """Return the nodes of the body's sections, those before the author's own first."""
        leading = list(leading_sections(self._plan, self._ids))
        nodes = []
        for record, read in zip((*leading, *self._plan.sections), outline.sections, strict=True):
            nodes.append(self._section(record, read, None, self._policy, ""))
            if len(nodes) <= len(leading):
                nodes[-1].kind = Kind.GOALS if record.targets else Kind.THOUGHT
                nodes[-1].targets = ()
        return tuple(nodes)

    def plan_targets(self, outline: Outline, sections: Sequence[Node]) -> tuple[Node, ...]:
        """Return the nodes of the plan-wide targets."""
        place = next((n for n, node in enumerate(sections) if node.kind is Kind.GOALS), None)
        read = () if place is None else outline.sections[place].entries
        return self._targets(self._plan.targets, read, None, "全篇指标")

    def attachment(self, sections: Iterable[Section], read: Attachment) -> tuple[Node, ...]:
        """Return the nodes of the sections of an attachment."""
        pairs = zip(sections, read.sections, strict=True)
        return tuple(self._section(record, each, None, self._policy, read.label) for record, each in pairs)

    def _section(
        self, record: Section, read: OutlineSection, parent: Node | None, policy: Policy, document: str
    ) -> Node:
        policy = policy.override(record.numbering)
        number = spoken_number(read.heading.label, read.heading.number)
        above = parent.address if parent else document
        address = above + _section_name(number, record.heading, nested=bool(parent))
        node = Node(Kind.SECTION, record, read, parent, address)
        standing = [entry for entry in read.entries if entry.kind == "target"]
        node.targets = self._targets(record.targets, standing, node, address)
        continuous = "tasks" in policy.continuous
        tasks = zip(record.tasks, read.entries[len(standing) :], strict=True)
        node.entries = tuple(self._task(task, entry, node, document, continuous=continuous) for task, entry in tasks)
        below = zip(record.sections, read.sections, strict=True)
        node.sections = tuple(self._section(each, section, node, policy, document) for each, section in below)
        return node

    def _task(self, task: Task, read: Entry, section: Node, document: str, *, continuous: bool) -> Node:
        number = spoken_number(read.label, _number_of(read))
        runs_on = continuous and number and _number_of(read) is not None
        address = (document if runs_on else section.address) + _task_name(number)
        node = Node(Kind.TASK, task, read, section, address)
        node.targets = self._targets(task.targets, (), node, address)
        node.entries = self._items(task.items, read.entries, node)
        return node

    def _items(self, items: Iterable[Item], read: Iterable[Entry], parent: Node) -> tuple[Node, ...]:
        return tuple(self._item(item, entry, parent) for item, entry in zip(items, read, strict=True))

    def _item(self, item: Item, read: Entry, parent: Node) -> Node:
        number = spoken_number(read.label, _number_of(read))
        node = Node(Kind.ITEM, item, read, parent, parent.address + _item_name(number))
        node.entries = self._items(item.items, read.entries, node)
        return node

    def _targets(
        self, targets: tuple[Target, ...], read: Iterable[Entry], parent: Node | None, above: str
    ) -> tuple[Node, ...]:
        standing = {id(t): entry for t, entry in zip(self._ids.standing(targets), read, strict=False)}
        return tuple(
            Node(Kind.TARGET, target, standing.get(id(target)), parent, f"{above}“{target.indicator}”")
            for target in targets
        )


def _number_of(read: OutlineSection | Entry) -> Number | None:
    if read.heading:
        return read.heading.number
    return read.paragraphs[0].number if read.paragraphs else None


def _section_name(number: str, heading: str, *, nested: bool) -> str:
    if not number:
        return f"“{heading}”部分"
    if nested and number.startswith(_BRACKETS):
        return number
    return number if number.endswith("部分") else f"{_ordinal(number)}部分"


def _task_name(number: str) -> str:
    """Return what a task is called by its number; nothing for one without, which its heading has to tell."""
    if not number or number.endswith(("是", "要")):
        return f"“{number}”" if number else ""
    return f"{_ordinal(number)}条"


def _item_name(number: str) -> str:
    if not number:
        return "的要点"
    return number if not number[-1].isalnum() or number.isnumeric() else f"“{number}”"


def _ordinal(number: str) -> str:
    return number if number.startswith("第") else f"第{number}"


def _written_below(node: Node) -> Iterator[str]:
    yield from node.text
    for item in node.entries:
        if item.heading:
            yield item.heading
        yield from _written_below(item)
