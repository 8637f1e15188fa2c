"""The files of a plan, itself and those it includes, and where they go in a new year."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Fix, PlanError, Source, Span
from plangen.plan.carrying import Years
from plangen.source.nodes import Node, Scalar, read_nodes
from plangen.source.walk import find_includes

PLAN: Final = PurePosixPath()
"""Stands for the file of the plan itself among the paths from its folder."""


class PlanFile(NamedTuple):
    """A file of the old plan, its root, where it goes in the new one, and the edits of the paths it includes."""

    source: Source
    root: Node
    path: PurePosixPath
    fixes: list[Fix]
    line_break: str


def files_of_plan(source: Source, years: Years) -> Iterator[PlanFile]:
    """Yield the file of a plan and those it includes, each once; these go to paths that name the new year.

    Raises `PlanError` when a file is included from two that go to different folders, so that both cannot name it.
    """
    taken: dict[PurePosixPath, PurePosixPath] = {}
    waiting = [(source, PurePosixPath(), PLAN)]
    while waiting:
        file, folder, new = waiting.pop(0)
        root = read_nodes(file)
        assert root is not None, "the plan was read before"
        fixes = []
        for include in find_includes(root):
            named = include.entries[0][1]
            if not isinstance(named, Scalar) or file.neighbour is None:
                continue
            written = PurePosixPath(named.text.strip().replace("\\", "/"))
            old = folder / written
            below = _renamed(written, years)
            if new.parent / below == old or new.parent / below in taken.values():
                below = PurePosixPath(str(years.new)) / below
            if old not in taken:
                taken[old] = new.parent / below
                waiting.append((file.neighbour(written.as_posix()), old.parent, taken[old]))
            if not taken[old].is_relative_to(new.parent):
                hint = "只在一处引入它，或者复制上年的文件，自己改"
                message = f"{written} 在几处引入，新的一年放不到一起"
                raise PlanError([Diagnostic("F019", message, named.here, hint)])
            text = taken[old].relative_to(new.parent).as_posix()
            typed = file.text[named.start : named.end].rstrip()
            fixes.append(Fix(Span(file, named.start, named.start + len(typed)), text))
        yield PlanFile(file, root, new, fixes, _line_break(file))


def _renamed(path: PurePosixPath, years: Years) -> PurePosixPath:
    return PurePosixPath(path.as_posix().replace(str(years.old), str(years.new)))


class _LineFed(Source):
    """A text with line feeds, whatever line breaks its file has: `line_break` is that of its first line."""

    line_break = "\n"


def with_line_feeds(source: Source) -> Source:
    """Return a text, and those around it, with line feeds for line breaks."""
    text, around = source.text, source.neighbour
    found = re.search(r"\r\n|\r|\n", text)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    neighbour = None if around is None else (lambda written: with_line_feeds(around(written)))
    fed = _LineFed(source.name, plain, neighbour)
    fed.line_break = found[0] if found else "\n"
    return fed


def _line_break(source: Source) -> str:
    return source.line_break if isinstance(source, _LineFed) else "\n"
