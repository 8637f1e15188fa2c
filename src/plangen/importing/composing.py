"""The tree of a text to a plan: which entries are sections, tasks and points, how they are numbered, what is noted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.importing.clauses import Clauses, split_clauses
from plangen.importing.counting import Counts, first_sign, marker, usual
from plangen.importing.details import FoundTarget, Owners, find_due, find_figures, find_targets, read_goal, take_owners
from plangen.importing.doubts import Doubts
from plangen.importing.marks import find_marks
from plangen.importing.tables import Facts, TaskFacts
from plangen.importing.traced import Traced
from plangen.importing.tree import Branch, grow, paragraphs
from plangen.outline.build import TARGETS_HEADING
from plangen.plan import model
from plangen.plan.dates import DateError, check_due
from plangen.plan.marks import TO_CHECK
from plangen.plan.prose import LITERAL_MARK, REFERENCE_MARK
from plangen.source.ids import INITIALS, Namer

_SENTENCE_END: Final = re.compile("[。！？]")

_TARGET: Final = "m"
"""What the ids of targets begin with."""

_SUGGESTION: Final = "建议："
_NUMBER: Final = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、])\s*")
_TABLED: Final = "1."
"""How tasks are numbered that come out of a table, which has one number after another."""

_SECTION_LEVELS: Final = 2


def literal(text: Traced) -> str:
    """Return a text as prose that reads so: what looks like a reference in it is none."""
    return text.text.replace(REFERENCE_MARK, LITERAL_MARK)


class Drafted(NamedTuple):
    """What came out of a text: the plan's sections and layout, and the notes for records by their `id()`."""

    sections: tuple[model.Section, ...]
    targets: tuple[model.Target, ...]
    layout: model.Layout
    closing: model.Prose
    notes: dict[int, list[str]]


class Drafter:
    """Turns branches into records, and keeps what they were numbered by."""

    def __init__(self, doubts: Doubts, facts: Facts) -> None:
        self._doubts = doubts
        self._facts = facts
        self._namer = Namer()
        self._notes: dict[int, list[str]] = {}
        self._counts = Counts()
        self._own_lines = Counter[bool]()
        self._usual_task = ""
        self._usually_inline = False
        self._phrases: Sequence[str] = ()
        self._targets: list[model.Target] = []
        """The targets of the task that is being written, and how a table words them."""
        self._owners: list[Owners] = []

    def draft(self, branches: Sequence[Branch]) -> Drafted:
        """Return what the branches of a text come to."""
        closing = self._closing(branches)
        self._usual_task = usual([sign for each in branches for sign in self._task_signs(each, 1)])
        self._usually_inline = _mostly([inline for each in branches for inline in self._inline_items(each, 1)])
        sections = tuple(self._section(each, 1) for each in branches)
        sections, targets = _without_plan_targets(sections)
        return Drafted(sections, targets, self._layout(), closing, self._notes)

    def draft_tables(self) -> Drafted:
        """Return what the tables of tasks come to, where they are all there is: a section for each group of rows."""
        sections = []
        counted = 0
        for heading, rows in self._facts.groups:
            if rows:
                found = _NUMBER.sub("", heading) or "重点任务"
                tasks = tuple(self._tabled_task(each) for each in rows)
                born = self._namer.name(INITIALS[model.Section], found, "")
                sections.append(model.Section(heading=found, id=born, tasks=tasks))
                self._counts.tasks([_TABLED] * len(tasks), range(counted + 1, counted + len(tasks) + 1))
                counted += len(tasks)
        return Drafted(tuple(sections), (), model.Layout(), (), self._notes)

    def _tabled_task(self, facts: TaskFacts) -> model.Task:
        self._facts.task(facts.task)
        goals = [f"{goal}。" for goal in facts.goals]
        self._phrases, self._targets = facts.goals, []
        text = self._referring(("".join(goals),)) if goals else ()
        return model.Task(
            heading=facts.task.rstrip("。"),
            id=self._namer.name(INITIALS[model.Task], facts.task, ""),
            text=text,
            targets=tuple(self._targets),
            lead=facts.lead,
            support=facts.support,
            due=facts.due if _is_due(facts.due) else "",
        )

    def _closing(self, branches: Sequence[Branch]) -> model.Prose:
        """Take the last paragraph away where it stands in brackets, and says nothing of the last entry."""
        last = branches[-1] if branches else None
        while last is not None and last.branches:
            last = last.branches[-1]
        if last is None or len(last.paragraphs) < 2:
            return ()
        clauses = split_clauses(last.paragraphs) if last in branches else None
        if clauses is not None and clauses.after:
            del last.paragraphs[-len(clauses.after) :]
            return self._prose(clauses.after)
        owned = [n for n, each in enumerate(last.paragraphs) if take_owners(each)[2]]
        if owned and owned[-1] + 1 < len(last.paragraphs):
            closing = self._prose(last.paragraphs[owned[-1] + 1 :])
            del last.paragraphs[owned[-1] + 1 :]
            return closing
        text = last.paragraphs[-1].text
        if text.startswith("（") and text.endswith("）") and take_owners(last.paragraphs[-1])[2] is None:
            return (self._said(last.paragraphs.pop()),)
        at = last.paragraphs[-1]
        self._doubts.add(
            "I014", "最后一条后面还有一段，可能是结尾", at.part(0, 8), "是结尾的，移到 closing", noted=True
        )
        return ()

    def _section(self, branch: Branch, depth: int) -> model.Section:
        self._counts.section(depth, self._sign(branch))
        below = branch.branches
        are_sections = _holds_sections(branch, depth)
        heading, paragraphs = branch.heading, branch.paragraphs
        if not heading.text:
            heading, paragraphs = (paragraphs[0], paragraphs[1:]) if paragraphs else (heading, paragraphs)
        clauses = None if below else split_clauses(paragraphs)
        text = self._prose(clauses.before if clauses else paragraphs)
        targets, below = ((), below) if are_sections else self._leading_targets(below)
        section = model.Section(
            heading=self._said(heading) or "标题待定",
            id=self._namer.name(INITIALS[model.Section], heading.text, "".join(text)),
            text=text,
            targets=targets,
            tasks=self._clause_tasks(clauses) if clauses else () if are_sections else self._tasks(below),
            sections=tuple(self._section(each, depth + 1) for each in below) if are_sections else (),
            numbering=None if are_sections else self._own_numbering(branch, depth),
        )
        self._note(section, branch)
        return section

    def _leading_targets(self, branches: list[Branch]) -> tuple[tuple[model.Target, ...], list[Branch]]:
        """Return the targets a section's entries begin with, each of them an entry that says nothing else."""
        targets: list[model.Target] = []
        for branch in branches:
            target = self._target_alone(branch)
            if target is None:
                break
            self._doubts.ledger.account(branch.sign, *branch.paragraphs)
            targets.append(target)
        if targets and len(targets) < len(branches):
            self._counts.tasks((), _numbers(branches[: len(targets)]))
        return tuple(targets), branches[len(targets) :]

    def _target_alone(self, branch: Branch) -> model.Target | None:
        """Return the target an entry is, `None` if it is more than one, or none."""
        if branch.heading.text or branch.branches or len(branch.paragraphs) != 1:
            return None
        text = branch.paragraphs[0].text.rstrip("。；")
        found = [
            each for each in find_targets(text, (), self._facts.targets) if (each.start, each.end) == (0, len(text))
        ]
        if found:
            return self._target(found[0])
        worded = [name for name in self._facts.targets if name in text]
        for name in worded:
            goal = read_goal(self._facts.targets[name].goal)
            if goal is not None:
                return self._target(FoundTarget(name, goal, 0, len(text), text))
        return None

    def _target(self, found: FoundTarget) -> model.Target:
        facts = self._facts.target(found.indicator)
        tabled = read_goal(facts.goal)
        return model.Target(
            indicator=found.indicator,
            goal=tabled if tabled and tabled.phrase == found.goal.phrase else found.goal,
            baseline=facts.baseline,
            lead=facts.lead,
            text=found.wording,
            id=self._namer.name(_TARGET, found.indicator, ""),
        )

    def _own_numbering(self, branch: Branch, depth: int) -> model.Numbering | None:
        """Return how the tasks of a section are numbered where that is not as in most."""
        own = usual(list(self._task_signs(branch, depth)))
        inline = list(self._inline_items(branch, depth))
        tasks = marker(own) if own and own != self._usual_task else None
        differs = bool(inline) and _mostly(inline) != self._usually_inline
        items = frozenset(["items"] if _mostly(inline) else []) if differs else None
        return model.Numbering(tasks=tasks, inline=items) if tasks or items is not None else None

    def _tasks(self, branches: Sequence[Branch]) -> tuple[model.Task, ...]:
        if not branches:
            return ()
        self._counts.tasks([self._sign(each) for each in branches], _numbers(branches))
        return tuple(self._task(each) for each in branches)

    def _task(self, branch: Branch) -> model.Task:
        if branch.heading.text:
            self._own_lines[branch.own_line] += 1
        return self._record_task(branch, branch.heading, branch.paragraphs)

    def _record_task(self, branch: Branch | None, heading: Traced | None, paragraphs: list[Traced]) -> model.Task:
        title = self._said(heading) if heading is not None else ""
        paragraphs, owners = self._without_owners(paragraphs, branch)
        said = self._prose(paragraphs)
        facts = self._task_facts(title, said)
        self._phrases, self._targets = facts.goals, []
        text = self._referring(said)
        items = self._items(branch.branches, 1) if branch is not None else ()
        targets = tuple(self._targets)
        due = [facts.due] if facts.due else find_due(text)
        task = model.Task(
            heading=title,
            id=self._namer.name(INITIALS[model.Task], title, "".join(text)),
            text=text,
            items=items,
            targets=targets,
            lead=owners.lead if owners else facts.lead,
            support=owners.support if owners else facts.support,
            due=due[0] if len(due) == 1 and _is_due(due[0]) else "",
        )
        if branch is not None:
            self._note(task, branch)
        notes = [f"{_SUGGESTION}时限有几个：{'、'.join(due)}"] if len(due) > 1 else []
        notes += [f"{_SUGGESTION}可能是指标：{each}" for paragraph in text for each in find_figures(paragraph)]
        if notes:
            self._notes.setdefault(id(task), []).extend(notes)
        return task

    def _without_owners(self, paragraphs: list[Traced], branch: Branch | None) -> tuple[list[Traced], Owners | None]:
        """Take the bracket with the owners from the last paragraph of a task, which may be one of its points."""
        last = branch
        while last is not None and last.branches:
            last = last.branches[-1]
        holder = paragraphs if last is branch or last is None else last.paragraphs
        if not holder:
            return paragraphs, None
        rest, bracket, owners = take_owners(holder[-1])
        if owners is None:
            return paragraphs, None
        self._doubts.ledger.account(bracket)
        self._owners.append(owners)
        if owners.etc:
            self._doubts.add("I015", "责任单位后面的“等”没有导入", bracket, "把单位写全")
        holder[-1:] = [rest] if rest.text else []
        return paragraphs, owners

    def _task_facts(self, title: str, text: model.Prose) -> TaskFacts:
        """Return what tables say of a task, by its heading, else by the sentence it begins with."""
        opening = title or (_SENTENCE_END.split(text[0], maxsplit=1)[0] if text else "")
        return self._facts.task(opening)

    def attachment(self, title: str, text: Traced) -> model.Attachment:
        """Return an attachment of prose, or of sections where something is numbered in it."""
        marks = find_marks(text, self._doubts) if text.text else []
        before, branches = grow(text, marks)
        if branches and not before:
            return model.Attachment(title=title, sections=tuple(self._section(each, 1) for each in branches))
        return model.Attachment(title=title, text=self._prose(paragraphs(text)))

    def _referring(self, text: model.Prose) -> model.Prose:
        """Return prose that refers to the targets it states, which are those of the task."""
        said: list[str] = []
        for paragraph in text:
            pieces, done = [], 0
            for found in find_targets(paragraph, self._phrases, self._facts.targets):
                target = self._target(found)
                self._targets.append(target)
                pieces += [
                    paragraph[done : found.start],
                    f"{REFERENCE_MARK}{target.id}{'.goal' if found.goal_only else ''}}}",
                ]
                done = found.end
            said.append("".join([*pieces, paragraph[done:]]))
        return tuple(said)

    def _items(self, branches: Sequence[Branch], depth: int) -> tuple[model.Item, ...]:
        if not branches:
            return ()
        self._counts.items(depth, [self._sign(each) for each in branches], _numbers(branches))
        return tuple(self._item(each, depth) for each in branches)

    def _item(self, branch: Branch, depth: int) -> model.Item:
        item = model.Item(
            heading=self._said(branch.heading),
            text=self._referring(self._prose(branch.paragraphs)),
            items=self._items(branch.branches, depth + 1),
        )
        self._note(item, branch)
        return item

    def _clause_tasks(self, clauses: Clauses) -> tuple[model.Task, ...]:
        """Return the tasks of a text that is made of clauses (一是……。二是……。)."""
        found = clauses.taken_apart()
        self._counts.tasks([each.sign for each in found], range(1, len(found) + 1))
        self._doubts.ledger.account(*(each.number for each in found))
        return tuple(self._record_task(None, each.heading, [each.text] if each.text.text else []) for each in found)

    def _said(self, text: Traced) -> str:
        """Return a text for the plan; whatever is put there is accounted for."""
        self._doubts.ledger.account(text)
        return literal(text)

    def _prose(self, texts: Iterable[Traced]) -> model.Prose:
        return tuple(self._said(each) for each in texts)

    def _sign(self, branch: Branch) -> str:
        """Return the number of a branch as the first of its kind (（三） is （一）); "" without one."""
        self._doubts.ledger.account(branch.sign)
        return first_sign(branch.sign.text)

    def _note(self, record: model.Section | model.Task | model.Item, branch: Branch) -> None:
        notes = [f"{TO_CHECK}：{each}" for each in self._doubts.notes(branch.whole)]
        if notes:
            self._notes.setdefault(id(record), []).extend(notes)

    def numbering(self) -> model.Numbering:
        """Return how everything drafted so far is numbered, attachments included."""
        return self._counts.numbering(inline=self._usually_inline)

    def _inline_items(self, branch: Branch, depth: int) -> Iterator[bool]:
        """Yield of each point of the tasks of a section whether it runs on in the paragraph before it."""
        if _holds_sections(branch, depth):
            for each in branch.branches:
                yield from self._inline_items(each, depth + 1)
        else:
            for task in branch.branches:
                yield from (not each.opens_paragraph for each in _below(task))

    def _task_signs(self, branch: Branch, depth: int) -> Iterator[str]:
        """Yield the signs of the tasks of a section and of those below it."""
        if _holds_sections(branch, depth):
            for each in branch.branches:
                yield from self._task_signs(each, depth + 1)
        elif branch.branches:
            yield from (first_sign(each.sign.text) for each in branch.branches)
        else:
            clauses = split_clauses(branch.paragraphs)
            yield from clauses.signs if clauses else ()

    def _layout(self) -> model.Layout:
        labels = model.OwnerLabels()
        lead = usual([each.lead_label for each in self._owners if each.lead_label])
        support = usual([each.support_label for each in self._owners if each.support_label])
        labels = model.OwnerLabels(lead=lead or labels.lead, support=support or labels.support)
        return model.Layout(
            task_heading="own-line" if self._own_lines[True] > self._own_lines[False] else "run-in",
            owners="bracket" if self._owners else "hidden",
            owner_labels=labels,
        )


def _without_plan_targets(
    sections: tuple[model.Section, ...],
) -> tuple[tuple[model.Section, ...], tuple[model.Target, ...]]:
    """Return sections without the one that the plan's own targets are printed as, and these targets."""
    first = sections[0] if len(sections) > 1 else None
    if first is None or first.heading != TARGETS_HEADING or first.tasks or first.text or first.sections:
        return sections, ()
    return sections[1:], first.targets


def _holds_sections(branch: Branch, depth: int) -> bool:
    """Whether what stands below a section are sections: some of them have entries in paragraphs of their own."""
    return depth < _SECTION_LEVELS and any(
        each.own_line and any(below.opens_paragraph for below in each.branches) for each in branch.branches
    )


def _numbers(branches: Iterable[Branch]) -> list[int]:
    return [each.mark.number for each in branches]


def _below(branch: Branch) -> Iterator[Branch]:
    for each in branch.branches:
        yield each
        yield from _below(each)


def _mostly(answers: Sequence[bool]) -> bool:
    return sum(answers) * 2 > len(answers)


def _is_due(written: str) -> bool:
    """Whether a due date is one that the plan format takes."""
    try:
        check_due(written)
    except DateError:
        return False
    return True
