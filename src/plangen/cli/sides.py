"""What a comparison compares: the words of the command line as two texts."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click

if TYPE_CHECKING:
    from plangen.diagnostics import Diagnostic, Source
    from plangen.git.repository import Commit, Repository
    from plangen.importing.text import Imported

_IMPORTED: Final = (".docx", ".md", ".txt", ".pdf")
"""Endings of documents that are no plan files, and in which the plan must be recognised."""

_FILES: Final = (".yaml", ".yml", *_IMPORTED)
"""Endings of files; what ends so is never taken for a revision."""

_FOLDERS: Final = ("./", "../", ".\\", "..\\", "/", "\\")
"""Beginnings of paths, which no revision has."""

_HEAD: Final = "HEAD"
_PARTED: Final = "..."
_RANGE: Final = ".."


class Side(NamedTuple):
    """One side of a comparison, under the name users know it by.

    `source` is `None` where there is no such file. `imported` is the plan that was recognised in a document that is no
    plan file; then there is no text either. `commit` is the revision it was read from, `None` for a file of the disk.
    """

    name: str
    source: "Source | None"
    imported: "Imported | None" = None
    commit: "Commit | None" = None

    @property
    def absent(self) -> bool:
        """Whether there is no such file."""
        return self.source is None and self.imported is None


def find_sides(words: Sequence[str]) -> tuple[Side, Side]:
    """Return the old and the new side that words name.

    They are `PLAN` (what was committed last against the file), `REV PLAN`, `REV1 REV2 PLAN`, `REV1..REV2 PLAN`,
    `REV1...REV2 PLAN` (since both parted) or `OLD.yaml NEW.yaml`. Raises `PlanError` when they name nothing, and
    `UsageError` when they are none of these.
    """
    *before, last = words or ("",)
    plan = Path(last)
    if not last or len(before) > 2:
        raise click.UsageError("写一个计划，计划前面可以写一个或两个版本；或者写两个文件")
    if len(before) == 1 and _is_file(before[0], plan):
        return read_side(Path(before[0])), read_side(plan)
    return _committed(before, plan)


def read_side(file: Path) -> Side:
    """Return a file as a side: a plan, or a document in which there is one; raise `PlanError` if it cannot be read."""
    if file.suffix.lower() not in _IMPORTED:
        from plangen.source.files import read_source  # noqa: PLC0415

        return Side(file.as_posix(), read_source(file))
    from plangen.importing.files import import_file  # noqa: PLC0415

    return Side(file.as_posix(), None, import_file(file))


def _is_file(word: str, plan: Path) -> bool:
    """Whether a word names a file and not a revision; git is asked only where it may be either."""
    path = Path(word)
    if path.suffix.lower() in _FILES or word.startswith(_FOLDERS) or path.is_absolute():
        if not plan.is_file() and plan.suffix.lower() not in _FILES:
            raise click.UsageError(f"版本写在计划的前面：{plan} {word}")
        return True
    if not path.is_file():
        return False
    from plangen.diagnostics import Diagnostic, PlanError  # noqa: PLC0415

    if _is_revision(word, plan):
        hint = f"文件写 ./{word}，版本写 {word}^0"
        raise PlanError([Diagnostic("R033", f"“{word}”既是文件，又是版本", hint=hint)])
    return True


def _is_revision(word: str, plan: Path) -> bool:
    from plangen.diagnostics import PlanError  # noqa: PLC0415
    from plangen.git.repository import locate  # noqa: PLC0415

    try:
        return locate(plan)[0].has(word)
    except PlanError:
        return False  # without a repository there are no revisions


def _committed(revisions: Sequence[str], plan: Path) -> tuple[Side, Side]:
    """Return the sides of a plan in a repository: between two revisions, or between one and the file."""
    from plangen.diagnostics import Diagnostic, PlanError, whole_file  # noqa: PLC0415
    from plangen.git.repository import locate  # noqa: PLC0415

    repository, path = locate(plan)
    old, new, parted = _ends(revisions)
    _refuse_unknown(repository, filter(None, (old, new)))
    if parted and new:
        old = repository.merge_base(old, new)
    later = _revision(repository, new, path) if new else _file_if_any(plan)
    earlier = _revision(repository, old, path)
    if earlier.absent and (former := repository.old_path(path, old, new)):
        earlier = _revision(repository, old, former)
    if earlier.absent and later.absent:
        message = f"没有这个文件，{later.name if new else '文件夹里'}没有，{earlier.name} 也没有"
        raise PlanError([Diagnostic("R034", message, whole_file(plan), "检查文件名和所在的文件夹")])
    return earlier, later


def _ends(words: Sequence[str]) -> tuple[str, str | None, bool]:
    """Return the revisions to compare, `None` for the file as it is, and whether it is since both parted."""
    if len(words) == 2:
        return words[0], words[1], False
    word = words[0] if words else _HEAD
    for mark in (_PARTED, _RANGE):
        old, found, new = word.partition(mark)
        if found:
            return old or _HEAD, new or _HEAD, mark == _PARTED
    return word, None, False


def _refuse_unknown(repository: "Repository", revisions: Iterable[str]) -> None:
    """Raise `PlanError` with all that is wrong with the names of revisions."""
    from plangen.diagnostics import PlanError  # noqa: PLC0415

    wrong: list[Diagnostic] = []
    for revision in revisions:
        try:
            repository.resolve(revision)
        except PlanError as error:
            wrong += error.diagnostics
    if wrong:
        raise PlanError(wrong)


def _revision(repository: "Repository", revision: str, path: str) -> Side:
    source = repository.source(revision, path)
    return Side(f"{revision}:{path}", source, commit=repository.commit(revision))


def _file_if_any(path: Path) -> Side:
    return read_side(path) if path.exists() else Side(path.as_posix(), None)
