"""New plans: the sample of a genre for a year, in the keys its drafter prefers, with the schema for editors beside."""

import os.path
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final

from plangen.api import open_reading
from plangen.diagnostics import Diagnostic, PlanError, Source, whole_file
from plangen.render.output import OutputChoiceError, is_document, write_whole
from plangen.render.templates import TemplateSet
from plangen.source.edits import apply_fixes
from plangen.source.files import PLAN_SUFFIXES, decode, read_bytes, read_source
from plangen.source.keys import Language, translate_keys, translate_words, twin
from plangen.source.nodes import read_nodes
from plangen.source.walk import plan_keys

_SAMPLES: Final = "samples"
"""The folder of the samples among the templates."""

_YEAR: Final = "YYYY"
"""Stands in a sample for the year: four characters, so that places in it stay places in the plan."""

_COMMENT: Final = re.compile("(?:^|(?<= ))#.*", re.MULTILINE)
_MENTION: Final = re.compile("“([a-z_-]+)”")
"""A key, or a word that is a value, as the comments of a sample speak of it."""

_PLANS: Final = Path("plans")
_SCHEMA: Final = "plan.schema.json"
"""What the first line of a sample calls the schema."""

_HEAD: Final = 3
"""Lines by which a schema that plangen wrote is known, whichever version: {, dialect, title."""


def sample(name: str, year: int, language: Language, templates: Path | None = None) -> str:
    """Return a sample as the plan of a year, its keys in a language.

    `templates` is an office's own folder of templates, whose sample of that name wins over the packaged one. Raises
    `PlanError` when that is no plan without errors.
    """
    written = read_source(TemplateSet(templates).names(_SAMPLES)[f"{_SAMPLES}/{name}.yaml"])
    source = Source(written.name, written.text.replace(_YEAR, str(year)))
    open_reading(source)
    root = read_nodes(source)
    text, _ = apply_fixes(
        source.text, (*translate_keys(root, language), *translate_words(root, language)) if root else ()
    )
    return _COMMENT.sub(_in_chinese(), text) if language == "zh" else text


def _in_chinese() -> Callable[[re.Match[str]], str]:
    """Return what gives the comment found the Chinese twins of the keys and values it mentions."""
    twins: dict[str, str] = {}
    for key in plan_keys():  # of a name with several twins the first is meant
        twins.setdefault(key.name, key.twin)
        for word in key.kind.choices or {}:
            twins.setdefault(word, twin(word, key.kind.choices or {}, "zh"))

    def name(mention: re.Match[str]) -> str:
        return f"“{twins.get(mention[1], mention[1])}”"

    return lambda comment: _MENTION.sub(name, comment[0])


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


def write_plan(file: Path, text: str, schema: str, *, force: bool = False) -> list[Path]:
    """Write a new plan and the schema beside it, and return the files written.

    A schema that plangen wrote before is brought up to date. Raises `PlanError` when a file is there already that
    would be lost, unless `force` says that it may be; then, or when a file cannot be written, there is no new plan.
    """
    beside = file.with_name(_SCHEMA)
    before = _read_schema(beside)
    lost = [] if force else [*_plan_in_the_way(file), *_schema_in_the_way(beside, before, schema)]
    if lost:
        raise PlanError(lost)
    stale = before is None or before.splitlines() != schema.splitlines()
    contents = {beside: schema, file: text} if stale else {file: text}
    for path, content in contents.items():
        _write(path, content)
    return sorted(contents, key=lambda path: path != file)


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


def _plan_in_the_way(file: Path) -> Iterator[Diagnostic]:
    if os.path.lexists(file):
        hint = "用 -o 换一个名字；真的不要原来的，加上 --force"
        yield Diagnostic("F013", "已经有这个文件，没有覆盖", whole_file(file), hint)


def _schema_in_the_way(path: Path, before: str | None, schema: str) -> Iterator[Diagnostic]:
    if before is not None and _head(before) != _head(schema):
        hint = "给它改个名字，或者用 -o 换一个文件夹；真的不要它，加上 --force"
        yield Diagnostic("F014", "这个文件不是 plangen 写的，没有覆盖", whole_file(path), hint)


def _head(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()[:_HEAD]]
