"""Prose in the house style: `|` and one sentence a line."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.diagnostics import Fix, Span
from plangen.plan.prose import paragraphs
from plangen.source.comments import lost_after
from plangen.source.nodes import Node
from plangen.source.sentences import prose_lines
from plangen.source.walk import Prose, find_proses, find_records

INDENT: Final = "  "
"""How much deeper than its key or dash a value stands."""

_HEADER: Final = re.compile(r"[|>]([+-]?)[0-9]?([+-]?)")
"""The sign that opens a block; a digit says how deep it is indented, which is not so any more."""


def rewrap(root: Node) -> Iterator[Fix]:
    """Yield the edits that give prose one sentence a line, as `|` where it takes more than one line.

    Prose that is one sentence on one line stays as it is, and so does prose in brackets, where `|` cannot stand. Line
    breaks of the text are to be line feeds.
    """
    for record in find_records(root):
        for prose in find_proses(record):
            column = None if prose.scalar.empty else _column(prose)
            if column is not None:
                edit = _edit_block if prose.scalar.style in ("|", ">") else _make_block
                yield from edit(prose, column, prose_lines(paragraphs(prose.scalar.lines())))


def _edit_block(prose: Prose, column: int, lines: list[str]) -> Iterator[Fix]:
    """Yield what makes a block one of these lines."""
    scalar = prose.scalar
    raw = scalar.source.text[scalar.start : scalar.end].rstrip()
    header, *typed = raw.split("\n")
    if scalar.style == ">" and len(typed) == len(lines) == 1:
        return
    if scalar.style == ">" or not _is_indented(typed, lines):
        header = _HEADER.sub(r"|\1\2", header, count=1)
        yield Fix(Span(scalar.source, scalar.start, scalar.start + len(raw)), f"{header}\n{_content(column, lines)}")


def _is_indented(typed: list[str], lines: list[str]) -> bool:
    """Whether what was typed is these lines, all of them indented alike."""
    indent = " " * (len(typed[0]) - len(typed[0].lstrip(" "))) if typed else ""
    return [line.rstrip(" \t") for line in typed] == [indent + line if line else "" for line in lines]


def _make_block(prose: Prose, column: int, lines: list[str]) -> Iterator[Fix]:
    """Yield what makes a plain or quoted scalar a block, if need be; a comment after it stays on the first line.

    One with a comment between the key and the value is left alone: the comment would have no place. So is one whose
    comment may be text that was cut off: nobody could see that any more.
    """
    scalar, text = prose.scalar, prose.scalar.source.text
    if len(lines) == 1 and "\n" not in text[scalar.start : scalar.end]:
        return
    if lost_after(scalar.source, scalar.end) is not None:
        return
    start = scalar.start if prose.key is None else text.index(":", prose.key.end) + 1
    gap = text[start : scalar.start]
    if gap.strip():
        return
    stop = text.find("\n", scalar.end)
    stop = len(text) if stop < 0 else stop
    opening = ("" if prose.key is None else " ") if "\n" in gap else gap
    comment = text[scalar.end : stop].rstrip()
    yield Fix(Span(scalar.source, start, stop), f"{opening}|{comment}\n{_content(column, lines)}")


def _content(column: int, lines: list[str]) -> str:
    return "\n".join(" " * column + INDENT + line if line else "" for line in lines)


def _column(prose: Prose) -> int | None:
    """Return the column, from 0, of the key or dash before prose; `None` for a dash on a line of its own."""
    source = prose.scalar.source
    if prose.key is not None:
        return source.position(prose.key.start)[1] - 1
    line, column = source.position(prose.scalar.start)
    before = source.line(line)[: column - 1].rstrip()
    return len(before) - 1 if before.endswith("-") else None
