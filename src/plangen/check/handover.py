"""L7: what a draft made from last year's plan, or from a document, leaves to be decided."""

from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import Manuscript
from plangen.check.targets import all_targets
from plangen.diagnostics import Diagnostic, Related, Severity, Source
from plangen.plan.goals import PENDING
from plangen.plan.marks import TO_CHECK, TO_FILL_IN, UNDECIDED
from plangen.source.directives import Directive, find_marks
from plangen.source.nodes import Node

_FEW: Final = 5
"""Most places of one kind that are named one by one."""


def pending_goal(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a target whose goal is still to be set.

    Bad: {targets: [{indicator: 巩固率, goal: 待定, baseline: 97%}]}
    Good: {targets: [{indicator: 巩固率, goal: 98%, baseline: 97%}]}
    """
    for target in all_targets(manuscript):
        if target.goal.is_pending:
            message = f"指标“{target.indicator}”的目标还没有定"
            hint = f"把“{PENDING}”换成今年的目标"
            yield Diagnostic("L720", message, target.place.span("goal"), hint, Severity.WARNING)


def undecided_task(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find tasks of last year's of which nobody has decided whether they go on: of each file, all of them in one.

    Bad: {tasks: [
        # 延续？
        {heading: 甲}]}
    Good: {tasks: [{heading: 延续？}]}
    """
    by_file: dict[Source, list[Directive]] = {}
    for mark in _marks(manuscript, UNDECIDED):
        by_file.setdefault(mark.span.source, []).append(mark)
    hint = "延续的，删去这一行注释；不再做的，连任务一起删去"
    for first, *others in by_file.values():
        count = f"等 {len(others) + 1} 处" if others else ""
        message = f"去年的任务是不是延续，这里{count}还没有定"
        related = tuple(Related(each.span, "这里也没有定") for each in others[:_FEW])
        yield Diagnostic("L721", message, first.span, hint, Severity.WARNING, related)


def to_fill_in(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find what was cleared, or may no longer be right, and was not filled in again.

    Bad: {tasks: [{heading: 甲, due:
        # 待填：上年是8月
        9月}]}
    Good: {tasks: [{heading: 甲, due: 9月}]}
    """
    for mark in _marks(manuscript, TO_FILL_IN):
        message = f"还没有填{mark.text.removeprefix(TO_FILL_IN).split(' #')[0].rstrip()}"
        yield Diagnostic("L722", message, mark.span, "填好以后，删去这条注释", Severity.WARNING)


def to_check(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find what importing a document was not sure of and nobody has looked at.

    Bad: {tasks: [
        # 待核对：编号跳过了3
        {heading: 甲}]}
    Good: {tasks: [{heading: 甲}]}
    """
    for mark in _marks(manuscript, TO_CHECK):
        yield Diagnostic(
            "L723",
            f"还没有核对{mark.text.removeprefix(TO_CHECK)}",
            mark.span,
            "核对以后，删去这条注释",
            Severity.WARNING,
        )


def _marks(manuscript: Manuscript, word: str) -> Iterator[Directive]:
    """Yield the marks of a kind; a plan that no file holds has none."""
    root = manuscript.plan.place
    return (mark for mark in find_marks(root) if mark.text.startswith(word)) if isinstance(root, Node) else iter(())
