"""The files of a new plan: where they go, and writing them without losing what is there."""

import os.path
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from plangen.diagnostics import Diagnostic, PlanError, whole_file
from plangen.render.output import OutputChoiceError, is_document, write_whole
from plangen.source.files import PLAN_SUFFIXES, decode, read_bytes

_PLANS: Final = Path("plans")
_SCHEMA: Final = "plan.schema.json"
"""What the first line of a sample calls the schema."""

_NO_OTHERS: Final[Mapping[Path, str]] = {}
_HEAD: Final = 3
"""Lines by which a schema that plangen wrote is known, whichever version: {, dialect, title."""


def destination(year: int, output: Path | None) -> Path:
    """Return where the plan of a year goes.

    `output` is a plan's file or a folder; `None` means `plans` where there is such a folder, else the current folder.
    Raises `OutputChoiceError` when it is neither.
    """
    if output is None:
        output = _PLANS if os.path.isdir(_PLANS) else Path()  # noqa: PTH112 - never raises
    elif not os.path.isdir(output):  # noqa: PTH112
        if output.suffix.lower() in PLAN_SUFFIXES:
            return output
        if is_document(output):
            raise OutputChoiceError(f"计划不能写成 {output.suffix} 文件，-o 后面写 .yaml 文件或文件夹")
    return output / f"{year}{PLAN_SUFFIXES[0]}"


def next_destination(old: Path, old_year: int, year: int, output: Path | None) -> Path:
    """Return where next year's plan goes: beside last year's, where that is a plan named like its year.

    Otherwise, and with an `output`, see `destination`.
    """
    if output is None and old.suffix.lower() in PLAN_SUFFIXES and str(old_year) in old.stem:
        return old.with_name(f"{old.stem.replace(str(old_year), str(year))}{old.suffix}")
    return destination(year, output)


def refuse_overwriting(read: Path, written: Iterable[Path]) -> None:
    """Raise `PlanError` when the file that was read would be overwritten."""
    for file in written:
        if file.exists() and read.exists() and file.samefile(read):
            message = f"会盖掉上年的计划 {file.as_posix()}"
            raise PlanError([Diagnostic("F006", message, whole_file(file), "用 -o 写到别的地方")])


def write_plan(
    file: Path, text: str, schema: str, others: Mapping[Path, str] = _NO_OTHERS, *, force: bool = False
) -> list[Path]:
    """Write a new plan, other files that belong to it and the schema beside it, and return the files written.

    A schema that plangen wrote before is brought up to date. Raises `PlanError` when a file is there already that
    would be lost, unless `force` says that it may be; then, or when a file cannot be written, there is no new plan.
    """
    beside = file.with_name(_SCHEMA)
    before = _read_schema(beside)
    in_the_way = (each for path in (file, *others) for each in _file_in_the_way(path))
    lost = [] if force else [*in_the_way, *_schema_in_the_way(beside, before, schema)]
    if lost:
        raise PlanError(lost)
    stale = before is None or before.splitlines() != schema.splitlines()
    contents = {**({beside: schema} if stale else {}), **others, file: text}
    for path, content in contents.items():
        _write(path, content)
    return [file, *(path for path in contents if path in others), *([beside] if stale else [])]


def _write(path: Path, content: str) -> None:
    def write(opened: IO[bytes]) -> None:
        opened.write(content.encode())

    write_whole(path, write)


def _read_schema(path: Path) -> str | None:
    """Return the schema that is there, "" for one that is no text, `None` for none; raise `PlanError` if unreadable."""
    if not os.path.lexists(path):
        return None
    content = read_bytes(path)
    try:
        return decode(path, content).text
    except PlanError:
        return ""


def _file_in_the_way(file: Path) -> Iterator[Diagnostic]:
    if os.path.lexists(file):
        hint = "用 -o 换一个名字；真的不要原来的，加上 --force"
        yield Diagnostic("F013", "已经有这个文件，没有覆盖", whole_file(file), hint)


def _schema_in_the_way(path: Path, before: str | None, schema: str) -> Iterator[Diagnostic]:
    if before is not None and _head(before) != _head(schema):
        hint = "给它改个名字，或者用 -o 换一个文件夹；真的不要它，加上 --force"
        yield Diagnostic("F014", "这个文件不是 plangen 写的，没有覆盖", whole_file(path), hint)


def _head(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()[:_HEAD]]
