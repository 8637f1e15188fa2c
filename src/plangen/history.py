"""What became of a plan, revision by revision: when, by whom, and in one line what it means."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from plangen.api import Reading, align_plans, open_reading
from plangen.compare.changes import find_changes
from plangen.diagnostics import Diagnostic, PlanError, Severity, whole_file
from plangen.git.repository import Commit, Repository, Revision, locate
from plangen.plan.model import Section
from plangen.plan.schema import INCLUDE

_SAME: Final = "内容没有变"

_MOST_NAMED: Final = 3
"""Most parts of a plan that are named in a line; of more, the first of them."""


class Milestone(NamedTuple):
    """A commit that changed a plan, and what it did to the plan, one Chinese phrase without full stop."""

    commit: Commit
    said: str


def milestones(path: Path, most: int) -> Iterator[Milestone]:
    """Yield what became of a plan, newest first, not more than `most`; each is found out when it is asked for.

    What a commit did is said against the revision before it, under the plan's former name if need be. Raises
    `PlanError` when there is no repository, or the plan was never committed.
    """
    repository, inside = locate(path)
    revisions = repository.history(inside, most)
    if not revisions:
        raise PlanError([_unknown(path)])
    return map(_Teller(repository).milestone, revisions)


def _unknown(path: Path) -> Diagnostic:
    if path.exists():
        return Diagnostic("R035", "计划还没有提交过", whole_file(path), "先用 git add 和 git commit 提交")
    return Diagnostic("R034", "没有这个文件，git 里也没有过", whole_file(path), "检查文件名和所在的文件夹")


class _Teller:
    """Tells what commits did to a plan, newest first, reading no revision twice."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._last: tuple[str | None, Reading | str] = (None, "")
        """What the revision read last holds, and the hash that stands for it."""

    def milestone(self, revision: Revision) -> Milestone:
        """Return what a commit did."""
        renamed = f"由 {revision.old_path} 改名" if revision.path != revision.old_path else ""
        said = self._told(revision)
        return Milestone(revision.commit, "；".join(filter(None, (renamed, said))))

    def _told(self, revision: Revision) -> str:
        if revision.blob is None:
            return "删去文件"
        if revision.blob == revision.old_blob:
            return "" if revision.path != revision.old_path else _SAME
        new = self._read(revision.commit.hash, revision.path, revision.blob)
        if isinstance(new, str):
            return new
        if revision.old_blob is None:
            return _told_of_new(new)
        old = self._read(f"{revision.commit.hash}^", revision.old_path, revision.old_blob)
        return "改好了上一版的错误" if isinstance(old, str) else _told_of_change(old, new)

    def _read(self, commit: str, path: str, blob: str) -> Reading | str:
        """Return a plan, or in a phrase why it cannot be read."""
        if self._last[0] == blob:
            return self._last[1]
        alone = False
        read: Reading | str
        try:
            source = self._repository.source(commit, path)
            assert source is not None, (commit, path)
            alone = not any(mark in source.text for mark in INCLUDE)
            read = open_reading(source)
        except PlanError as error:
            read = _told_of_errors(error)
        self._last = (blob if alone else None, read)  # what is included may differ though the plan does not
        return read


def _told_of_new(new: Reading) -> str:
    sections, tasks = new.plan.sections, sum(map(_count_tasks, new.plan.sections))
    return f"新建，{len(sections)} 个部分、{tasks} 项任务"


def _count_tasks(section: Section) -> int:
    return len(section.tasks) + sum(map(_count_tasks, section.sections))


def _told_of_change(old: Reading, new: Reading) -> str:
    changes = find_changes(align_plans(old, new))
    if not changes.differ:
        return _SAME
    named = "、".join(part.where for part in changes.parts[:_MOST_NAMED])
    more = f"等 {len(changes.parts)} 处" if len(changes.parts) > _MOST_NAMED else ""
    return changes.summary + (f"；{named}{more}" if named else "")


def _told_of_errors(error: PlanError) -> str:
    errors = [each for each in error.diagnostics if each.severity is Severity.ERROR]
    first = errors[0]
    where = f"第 {first.span.position[0]} 行" if first.span and first.span.source.text else ""
    return f"写得有错误，读不懂：{where}{first.message}" + (f"等 {len(errors)} 处" if len(errors) > 1 else "")
