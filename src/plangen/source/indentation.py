"""The indentation of a file: two spaces a level, lists indented, nothing at the ends of lines.

Works on the tokens of YAML and moves whole lines: what stands on a line stays, but for blanks after dashes.
"""

import re
from typing import Any, Final

import yaml

from plangen.source.nodes import LOADER

STEP: Final = 2
"""Columns from a key or dash to what belongs to it."""

_BLANKS: Final = " \t"
_DIGIT: Final = re.compile(r"([|>][+-]?)([0-9])")
"""What opens a block and says how deep its text is indented."""

_COMMENT: Final = re.compile(r"(?<!\S)#[^\n]*")

_OPENINGS: Final = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSINGS: Final = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


def indent(text: str) -> str:
    """Return a text of sound YAML, with line feeds, indented anew; all its tokens and comments stay in their order."""
    indenter = _Indenter(text)
    for token in yaml.scan(text, Loader=LOADER):
        indenter.see(token)
    return indenter.finish()


def comments(text: str) -> list[str]:
    """Return the comments of a text of sound YAML in order, without blanks at their ends."""
    found: list[str] = []
    done = 0
    for token in yaml.scan(text, Loader=LOADER):
        start, end = token.start_mark.index, token.end_mark.index
        if type(token) is yaml.ScalarToken and token.style in ("|", ">"):
            start = text.find("\n", start, end) + 1 or end  # a comment may stand behind the sign
        if start > done and "#" in text[done:start]:
            found += (each[0].rstrip() for each in _COMMENT.finditer(text, done, start))
        done = max(done, end)
    return found


class _Block:
    """A mapping or list that is open: its column as typed, as it is to be, and that of the key or dash read last."""

    __slots__ = ("hook", "is_list", "new", "old")

    def __init__(self, old: int, new: int, *, is_list: bool) -> None:
        self.old = old
        self.new = new
        self.hook = new
        self.is_list = is_list


class _Indenter:
    """Takes the tokens of a text one after the other and learns how far each line is to be indented.

    Lines and columns count from 0. What stands on the lines is changed at the end, so that columns stay as they are.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._columns: dict[int, int] = {}
        """How far lines are to be indented; others stay."""
        self._gaps: list[tuple[int, int, int]] = []
        """Line, start and end of blanks that are to be one."""
        self._open: list[_Block] = []
        self._closed: list[_Block] = []
        """Blocks that ended since the last line with a token."""
        self._done = -1
        """The last line that is dealt with."""
        self._limit: int | None = None
        """The column a comment may not pass, or the text above would swallow it."""
        self._brackets = 0
        """How many brackets are open."""
        self._bracket_line = 0
        self._dash = (-1, 0)
        """Line and column after the dash read last."""

    def see(self, token: Any) -> None:  # noqa: ANN401 - PyYAML's tokens have no common class to name
        """Take the next token."""
        kind, line, column = type(token), token.start_mark.line, token.start_mark.column
        if self._brackets:
            self._see_in_brackets(kind, token.end_mark.line)
        elif kind is yaml.BlockEndToken:
            self._closed.append(self._open.pop())
        elif kind is yaml.BlockMappingStartToken or kind is yaml.BlockSequenceStartToken:
            self._join_dash(line, column)
            self._open.append(_Block(column, self._below(), is_list=kind is yaml.BlockSequenceStartToken))
        elif kind is yaml.KeyToken or kind is yaml.ValueToken:
            block = self._open[-1]
            block.hook = block.new
            self._place(line, column, block.new)
        elif kind is yaml.BlockEntryToken:
            block = self._open[-1]
            block.hook = block.new if block.is_list else block.new + STEP
            self._place(line, column, block.hook)
            self._dash = (line, column + 1)
        elif kind is yaml.ScalarToken or kind in _OPENINGS:
            self._join_dash(line, column)
            self._place(line, column, self._below())
            self._see_value(kind, token)
        elif kind is yaml.DocumentStartToken or kind is yaml.DirectiveToken:
            self._place(line, column, 0)
        elif kind is yaml.StreamEndToken:
            self._place_comments(len(self._lines), None)

    def finish(self) -> str:
        """Return the text as it is to be: no blanks at the ends of lines, one line break at its own end."""
        lines = self._lines
        for number, start, end in reversed(self._gaps):
            lines[number] = f"{lines[number][:start]} {lines[number][end:]}"
        for number, column in self._columns.items():
            lines[number] = " " * column + lines[number].lstrip(_BLANKS)
        return "\n".join(line.rstrip(_BLANKS) for line in lines).rstrip("\n") + "\n"

    def _below(self) -> int:
        """Return the column of what belongs to the key or dash read last."""
        return self._open[-1].hook + STEP if self._open else 0

    def _join_dash(self, line: int, column: int) -> None:
        """Leave one blank between a dash and what follows it on its line."""
        if self._dash[0] == line and column > self._dash[1] + 1:
            self._gaps.append((line, self._dash[1], column))
        self._dash = (-1, 0)

    def _see_in_brackets(self, kind: type, last: int) -> None:
        """Count brackets; at the last one, move the lines between as far as the line they began on."""
        if kind in _OPENINGS:
            self._brackets += 1
        elif kind in _CLOSINGS:
            self._brackets -= 1
        if not self._brackets and last > self._bracket_line:
            first = self._bracket_line
            moved = self._columns.get(first, 0) - _indentation(self._lines[first])
            for number in range(first + 1, last + 1):
                self._columns[number] = max(0, _indentation(self._lines[number]) + moved)
            self._done = last

    def _see_value(self, kind: type, token: Any) -> None:  # noqa: ANN401
        first, last = token.start_mark.line, token.end_mark.line
        if kind in _OPENINGS:
            self._brackets, self._bracket_line = 1, first
        elif token.style in ("|", ">"):
            self._move_text(first, last if token.end_mark.column else last - 1, token.start_mark.column)
        elif last > first:
            self._columns.update(dict.fromkeys(range(first + 1, last + 1), self._below()))
            self._done = last

    def _move_text(self, first: int, last: int, column: int) -> None:
        """Move the text of a block, whose lines keep what they are indented more than the block is."""
        lines, header, column_of_text = self._lines, self._lines[first], self._below()
        found = _DIGIT.match(header, column)
        if found:
            typed = (self._open[-1].old if self._open else 0) + int(found[2])
            lines[first] = f"{header[: found.start(2)]}{STEP}{header[found.end() :]}"
        else:
            typed = next((_indentation(line) for line in lines[first + 1 : last + 1] if line.strip(_BLANKS)), 0)
        for number in range(first + 1, last + 1):
            text = lines[number][typed:]
            lines[number] = " " * column_of_text + text if text.strip(_BLANKS) else ""
        self._done = max(first, last)
        self._limit = column_of_text - STEP

    def _place(self, line: int, column: int, new: int) -> None:
        """Indent a line that begins with a token, and the comments above it."""
        if line > self._done:
            self._place_comments(line, (column, new))
            self._columns[line] = new
            self._done = line
            self._closed.clear()
            self._limit = None

    def _place_comments(self, end: int, following: tuple[int, int] | None) -> None:
        """Indent the comments before a line like what they stood in line with: what follows, or what was above."""
        if all(not self._lines[number].strip(_BLANKS) for number in range(self._done + 1, end)):
            return
        known = {block.old: block.new for block in (*self._open, *reversed(self._closed))}
        known.update((following,) if following else ())
        moved = following[1] - following[0] if following else 0
        for number in range(self._done + 1, end):
            column = _indentation(self._lines[number])
            new = known.get(column, max(0, column + moved))
            self._columns[number] = new if self._limit is None else min(new, self._limit)


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(_BLANKS))
