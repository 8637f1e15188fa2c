"""Where something stands: a source text, a span of its characters, and the place a value was read from."""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from pathlib import PurePath
from typing import NamedTuple, Protocol

_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Source:
    """The text of one file, under the name users know it by.

    Offsets count characters (code points) of `text` from 0; lines and columns count from 1, as editors show them.
    `neighbour` returns another file by its path from the folder of this one, as that stood when this one was read, and
    raises `PlanError` when it cannot be had; `None` where there are no files around, as when a program made the text.
    """

    def __init__(self, name: str, text: str, neighbour: "Callable[[str], Source] | None" = None) -> None:
        self.name = name
        self.text = text
        self.neighbour = neighbour

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return the (line, column) of a character offset, both counted from 1."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """Return the character offset of a line and column counted from 1."""
        return self._line_starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its line break."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


class Span(NamedTuple):
    """The characters `start` to `end` (exclusive) of a source; an empty source means the file as a whole."""

    source: Source
    start: int
    end: int

    @property
    def position(self) -> tuple[int, int]:
        """The (line, column) of the first character, both counted from 1."""
        return self.source.position(self.start)

    @property
    def end_position(self) -> tuple[int, int]:
        """The (line, column) of the place after the last character, both counted from 1."""
        return self.source.position(self.end)


def whole_file(path: PurePath) -> Span:
    """Return the span that stands for a file as a whole, for what is wrong with it before it is read."""
    return Span(Source(path.as_posix(), ""), 0, 0)


class Place(Protocol):
    """Where a value of the plan was read; how the plan's values find their lines again."""

    def span(self, *path: str | int) -> Span | None:
        """Return the span of the value below `path` (keys as the model names them, list indices), or of all.

        `None` means the value has no place in a file, as when a plan was built by a program.
        """

    def find_all(self, text: str, *path: str | int) -> list[Span]:
        """Return the spans of a text in the value below `path`, in order."""


class _Nowhere:
    """The place of a value that no file holds."""

    def span(self, *_path: str | int) -> None:
        """Return `None`: there is no such place."""
        return

    def find_all(self, _text: str, *_path: str | int) -> list[Span]:
        """Return nothing: there is no such place."""
        return []

    def __repr__(self) -> str:
        return "NOWHERE"


NOWHERE: Place = _Nowhere()
