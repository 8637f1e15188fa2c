"""Revisions of plans made by chance, as offices make them, and what truly became of every task.

Ids are left out, so that only words can tell.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from plangen.api import open_reading
from plangen.compare.nodes import Tree, tasks_below
from plangen.compare.wording import likeness, sentences
from plangen.outline.build import build_outline
from plangen.plan.model import Plan, Section, Target, Task
from plangen.source.files import read_source

AnyRecord = TypeVar("AnyRecord", Plan, Section, Task)

PLANS = sorted(Path(__file__).parents[1].joinpath("plans").glob("*.yaml"))

SYNONYMS = dict(
    pair.split("/")
    for line in (
        "推进/推动 加强/强化 健全/完善 完善/健全 提升/提高 开展/组织开展 建立/构建 落实/抓好 推动/促进",
        "深化/持续深化 做好/切实做好 严格/从严 组织/统一组织 培养/培育 不少于/至少 全市/全域 学校/各学校 教师/广大教师",
        "学生/青少年 机制/长效机制 工作/各项工作 建设/高质量建设 管理/规范管理 每学期/每半年 全面/全方位 支持/大力支持",
        "用好/管好用好 优化/改进 规范/进一步规范",
    )
    for pair in line.split()
)
PREFIXES = ("持续", "着力", "全面", "扎实", "切实")


class Strength(NamedTuple):
    """How hard the authors went at the words: shares of words, sentences and headings that change."""

    words: float
    sentences: float
    headings: float


STRENGTHS = {
    "light": Strength(0.3, 0.1, 0.15),
    "medium": Strength(0.6, 0.2, 0.3),
    "heavy": Strength(0.9, 0.3, 0.45),
}
"""The three strengths."""

DELETED, INSERTED, MOVED, SPLIT, MERGED = 0.12, 0.12, 0.10, 0.05, 0.05
"""Shares of the tasks that are deleted, inserted, moved to another section, split and merged, whatever the strength."""


class Draft(NamedTuple):
    """A task of the new plan and the places of the old tasks it comes from: none, one, or several that were merged."""

    task: Task
    origins: tuple[int, ...]


class Revision(NamedTuple):
    """An old and a new plan; `origins` holds, for each task of the new, the places of the old ones it comes from."""

    old: Tree
    new: Tree
    origins: tuple[tuple[int, ...], ...]


def load(path: Path) -> Plan:
    """Return an example plan without ids, what prose refers to written out."""
    reading = open_reading(read_source(path))
    targets = {node.id: node.record for node in Tree(reading.plan, reading.outline).walk() if node.id}
    sections = tuple(_plain(section, targets) for section in reading.plan.sections)
    return remade(reading.plan, sections=sections, attachments=(), targets=())


def remade(record: AnyRecord, **changes: object) -> AnyRecord:
    """Return a record with some values changed."""
    values = {key.name: getattr(record, key.name) for key in record.KEYS}
    return type(record)(**{**values, **changes})


def tree(plan: Plan) -> Tree:
    """Return the nodes of a plan."""
    return Tree(plan, build_outline(plan)[0])


def revise(plan: Plan, others: Sequence[Task], strength: Strength, seed: int) -> Revision:
    """Return a revision of a plan; what is inserted are tasks of other plans about something else."""
    chance = Random(seed)
    old = tree(plan)
    places = {id(node.record): place for place, node in enumerate(tasks_below(old.sections))}
    sections: list[list[Draft]] = []
    bare = _leaves(plan.sections)
    for section in bare:
        sections.append([Draft(task, (places[id(task)],)) for task in section.tasks])
    _rearrange(sections, others, chance)
    reworded = [[draft._replace(task=_reworded(draft, strength, chance)) for draft in drafts] for drafts in sections]
    filled = iter(reworded)
    new = remade(plan, sections=tuple(_refilled(section, filled) for section in plan.sections))
    origins = tuple(draft.origins for drafts in reworded for draft in drafts)
    return Revision(old, tree(new), origins)


def strangers(plan: Plan, others: Iterable[Plan]) -> list[Task]:
    """Return the tasks of other plans that are about something a plan does not speak of."""
    own = [task for section in _leaves(plan.sections) for task in section.tasks]
    found = [task for other in others for section in _leaves(other.sections) for task in section.tasks]
    return [task for task in found if all(_alike(task, each) < 0.3 for each in own)]


def _alike(one: Task, other: Task) -> float:
    return max(likeness(one.heading, other.heading), likeness("".join(one.text), "".join(other.text)))


def _plain(section: Section, records: Mapping[str, object]) -> Section:
    tasks = tuple(remade(task, id="", text=_written_out(task.text, records)) for task in section.tasks)
    below = tuple(_plain(each, records) for each in section.sections)
    return remade(section, id="", text=_written_out(section.text, records), tasks=tasks, sections=below)


def _written_out(text: tuple[str, ...], records: Mapping[str, object]) -> tuple[str, ...]:
    def phrase(found: re.Match[str]) -> str:
        record = records.get(found[1])
        return f"{record.indicator}{record.goal.phrase}" if isinstance(record, Target) else "有关"

    return tuple(re.sub(r"\{@([^}.]*)[^}]*\}", phrase, paragraph) for paragraph in text)


def _leaves(sections: Iterable[Section]) -> list[Section]:
    """Return all sections in the order in which their tasks are counted: a section, then those below it."""
    return [each for section in sections for each in (section, *_leaves(section.sections))]


def _refilled(section: Section, drafts: "Iterable[list[Draft]]") -> Section:
    tasks = tuple(draft.task for draft in next(iter(drafts)))
    return remade(section, tasks=tasks, sections=tuple(_refilled(each, drafts) for each in section.sections))


def _rearrange(sections: list[list[Draft]], others: Sequence[Task], chance: Random) -> None:
    """Delete, merge, split, move and insert tasks."""
    full = [drafts for drafts in sections if drafts]
    for drafts in full:
        drafts[:] = [draft for draft in drafts if chance.random() >= DELETED or len(drafts) == 1]
        drafts[:] = _merged(drafts, chance)
        drafts[:] = [part for draft in drafts for part in _split(draft, chance)]
    for drafts in full:
        for draft in [each for each in drafts if chance.random() < MOVED and len(full) > 1]:
            drafts.remove(draft)
            there = chance.choice([each for each in full if each is not drafts])
            there.insert(chance.randrange(len(there) + 1), draft)
    inserted = list(others)
    chance.shuffle(inserted)
    for drafts in full:
        for _ in [draft for draft in drafts if chance.random() < INSERTED and inserted]:
            drafts.insert(chance.randrange(len(drafts) + 1), Draft(inserted.pop() if inserted else drafts[0].task, ()))


def _merged(drafts: Sequence[Draft], chance: Random) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        last = merged[-1] if merged else None
        if last and len(last.origins) == 1 and chance.random() < MERGED and last.task.text and draft.task.text:
            heading = f"{last.task.heading}，{draft.task.heading}" if last.task.heading and draft.task.heading else ""
            text, items = ("".join((*last.task.text, *draft.task.text)),), (*last.task.items, *draft.task.items)
            task = remade(last.task, heading=heading, text=text, items=items)
            merged[-1] = Draft(task, (*last.origins, *draft.origins))
        else:
            merged.append(draft)
    return merged


def _split(draft: Draft, chance: Random) -> list[Draft]:
    said = sentences("".join(draft.task.text))
    if len(said) < 2 or len(draft.origins) > 1 or chance.random() >= SPLIT:
        return [draft]
    middle = len(said) // 2
    first = remade(draft.task, text=("".join(said[:middle]),))
    heading = re.split("[，、。]", said[middle])[0] if draft.task.heading else ""
    return [
        Draft(first, draft.origins),
        Draft(Task(heading=heading, text=("".join(said[middle:]),), lead=draft.task.lead), draft.origins),
    ]


def _reworded(draft: Draft, strength: Strength, chance: Random) -> Task:
    task = draft.task
    if not draft.origins:
        return task
    heading = _other_words(task.heading, strength, chance)
    if heading and chance.random() < strength.headings:
        heading = chance.choice(PREFIXES) + heading if chance.random() < 0.5 else heading[: max(4, len(heading) - 3)]
    text = tuple(_other_sentences(paragraph, strength, chance) for paragraph in task.text)
    return remade(task, heading=heading, text=text)


def _other_words(text: str, strength: Strength, chance: Random) -> str:
    def replaced(found: re.Match[str]) -> str:
        return SYNONYMS[found[0]] if chance.random() < strength.words else found[0]

    return re.sub("|".join(SYNONYMS), replaced, text)


def _other_sentences(paragraph: str, strength: Strength, chance: Random) -> str:
    """Drop some clauses, never all, move some sentences, replace some words."""
    said = sentences(paragraph)
    if chance.random() < strength.sentences:
        chance.shuffle(said)
    clauses = [clause for sentence in said for clause in re.findall("[^，。；]*[，。；]?", sentence) if clause]
    kept = [clause for clause in clauses if chance.random() >= strength.sentences] or clauses[:1]
    return _other_words("".join(kept), strength, chance)
