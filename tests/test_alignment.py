"""Alignment: which task became which – never a wrong pair, and hardly one that is not found."""

import time
from collections import Counter
from collections.abc import Iterator

import pytest

from plangen.compare.alignment import Alignment, Ground
from plangen.compare.nodes import Node, tasks_below
from plangen.plan.model import Plan, Section, Task
from revisions import PLANS, STRENGTHS, Revision, load, revise, strangers, tree

SEEDS = range(3)

LEAST_FOUND = 0.98
"""Share of the tasks that are still one task, and must be found; ids are left out."""

LEAST_SPLITS_FOUND = 0.9
"""The like for tasks that were split, and whose halves were then reworded."""


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    return list(map(load, PLANS))


def revisions(plans: list[Plan], name: str) -> Iterator[Revision]:
    for place, plan in enumerate(plans):
        others = strangers(plan, plans[:place] + plans[place + 1 :])
        for seed in SEEDS:
            yield revise(plan, others, STRENGTHS[name], seed)


@pytest.mark.parametrize("name", STRENGTHS)
def test_no_pair_is_wrong_and_nearly_all_are_found(plans: list[Plan], name: str) -> None:
    found = total = splits_found = splits = 0
    for revision in revisions(plans, name):
        alignment = Alignment(revision.old, revision.new)
        old = tasks_below(revision.old.sections)
        places = {id(node): place for place, node in enumerate(old)}
        becomes = Counter(origin for origins in revision.origins for origin in origins)
        for node, origins in zip(tasks_below(revision.new.sections), revision.origins, strict=True):
            match = alignment.of_new(node)
            assert match is None or places[id(match.old)] in origins, (match, match.old.body, match.new.body)
            if len(origins) == 1 and becomes[origins[0]] == 1:
                total += 1
                found += match is not None
        for split in alignment.splits:
            assert becomes[places[id(split.one)]] == 2, split
        splits += sum(count == 2 for count in becomes.values())
        splits_found += len(alignment.splits)
        for merge in alignment.merges:
            assert len(origins_of(merge.one, revision)) == 2, merge
    assert found >= LEAST_FOUND * total > 0
    assert splits_found >= LEAST_SPLITS_FOUND * splits > 0


def origins_of(node: Node, revision: Revision) -> tuple[int, ...]:
    return next(o for n, o in zip(tasks_below(revision.new.sections), revision.origins, strict=True) if n is node)


def plan_of(*sections: tuple[str, list[Task]]) -> Plan:
    return Plan(title="计划", year=2027, sections=tuple(Section(heading=h, tasks=tuple(t)) for h, t in sections))


def align(old: Plan, new: Plan) -> Alignment:
    return Alignment(tree(old), tree(new))


def moved(alignment: Alignment) -> list[str]:
    return [match.new.heading for match in alignment.matches if alignment.moved(match)]


LETTERS = [Task(heading=f"办好第{n}件实事", text=(f"{n}号楼年内完工。",)) for n in "一二三四五六七八"]


def test_one_task_that_was_moved_is_one_move() -> None:
    last, *rest = LETTERS[::-1]
    assert moved(align(plan_of(("部分", LETTERS)), plan_of(("部分", [last, *rest[::-1]])))) == ["办好第八件实事"]


def test_ids_pair_whatever_the_words_and_part_whatever_the_words() -> None:
    old = plan_of(("部分", [Task(id="a", heading="甲", text=("办好学校。",)), Task(id="b", heading="乙乙乙")]))
    new = plan_of(("部分", [Task(id="a", heading="丙", text=("建好操场。",)), Task(id="c", heading="乙乙乙乙")]))
    alignment = align(old, new)
    assert [(m.old.id, m.new.id) for m in alignment.matches if m.new.id] == [("a", "a")]
    assert [(m.old.id, m.new.id) for m in alignment.hints] == [("b", "c")]


def test_the_same_heading_pairs_tasks_whose_ids_differ() -> None:
    """An id that was renamed is no change of the plan."""
    alignment = align(plan_of(("部分", [Task(id="b", heading="乙")])), plan_of(("部分", [Task(id="c", heading="乙")])))
    assert [m.ground for m in alignment.matches] == [Ground.HEADING] * 2


def test_a_guess_is_told_from_what_is_certain() -> None:
    old, new = Task(text=("新建学校三所，招聘教师百名。",)), Task(text=("新建学校五所，招聘教师百名。",))
    guess = align(plan_of(("部分", [old])), plan_of(("部分", [new]))).matches[-1]
    assert guess.guessed
    assert 0 < guess.likeness < 1
    certain = align(plan_of(("部分", [old])), plan_of(("部分", [old]))).matches[-1]
    assert not certain.guessed


def test_a_plan_without_anything_can_be_aligned() -> None:
    empty = Plan(title="", year=0, sections=())
    assert align(empty, empty).matches == ()
    assert align(plan_of(("部分", LETTERS)), empty).matches == ()


def many(count: int, seed: int) -> Plan:
    """Return a plan of many different tasks in few words, which share most of their bigrams."""
    places = [f"{a}{b}镇" for a in "东南西北上下云青" for b in "河湖山桥店庄坪湾"]
    tasks = [
        Task(
            heading=f"推进{places[n % 64]}第{n}号学校建设",
            text=(
                f"完成{places[n % 64]}第{n}号学校{'主体工程' if seed else '地基工程'}，配齐教师和设备。按期开学招生。",
            ),
        )
        for n in range(count)
    ]
    return plan_of(*((f"第{n}片区", tasks[n::10]) for n in range(10)))


def test_many_tasks_take_seconds_and_three_times_as_many_no_six_times_as_long() -> None:
    times = []
    for count in (500, 1_500):
        old, new = tree(many(count, 0)), tree(many(count, 1))
        start = time.process_time()
        alignment = Alignment(old, new)
        times.append(time.process_time() - start)
        assert all(m.old.heading == m.new.heading for m in alignment.matches)
        assert len(alignment.matches) == count + 10
    assert times[1] < 5
    assert times[1] < 6 * times[0] + 0.5  # so short a time is not exact


def test_many_tasks_without_headings_take_seconds() -> None:
    def bare(plan: Plan) -> Plan:
        return plan_of(*((s.heading, [Task(text=t.text) for t in s.tasks]) for s in plan.sections))

    old, new = tree(bare(many(800, 0))), tree(bare(many(800, 1)))
    start = time.process_time()
    alignment = Alignment(old, new)
    assert time.process_time() - start < 10
    wrong = [m for m in alignment.matches if m.new.body.replace("主体", "地基") != m.old.body]
    assert wrong == []
