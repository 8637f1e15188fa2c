"""Comments that speak to plangen (`# plangen: ignore L701`): what they say, and which part of a file they stand by."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.diagnostics import Source, Span
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

_DIRECTIVE: Final = re.compile(r"(?:^|(?<=[ \t\r\n]))#[ \t]*plangen[ \t]*[:：][ \t]*([^\r\n]*)", re.IGNORECASE)
_OWN_LINE: Final = re.compile(r"[ \t-]*")
"""What stands before a comment with a line of its own, or with the dash of the entry below it."""

_LINE_BREAK: Final = re.compile(r"\r\n|\r|\n|\Z")


class Directive(NamedTuple):
    """A comment that speaks to plangen.

    `text` is what it says after the colon. `below` is the part of the file it stands by: the key or entry on its line,
    or, when it has a line of its own, the one that comes next; `None` when none does. `heads_file` says that it stands
    before all content of its file.
    """

    text: str
    span: Span
    below: Span | None
    heads_file: bool

    @property
    def whole(self) -> Span:
        """The comment and the blanks before it, or its line where it has one of its own: what goes when it goes."""
        source, start, end = self.span
        line = source.text.rfind("\n", 0, start) + 1
        before = source.text[line:start].rstrip()
        stop = _LINE_BREAK.search(source.text, end)
        return Span(source, line + len(before), end if before or not stop else stop.end())


def find_directives(root: Node) -> list[Directive]:
    """Return the directives of every file a tree was read from, file by file, each in the order of its text."""
    talking = [source for source in _sources(root) if _DIRECTIVE.search(source.text)]
    layouts = {source: _Layout(source) for source in talking}
    for node, start in _parts(root, None) if layouts else ():
        if node.source in layouts:
            layouts[node.source].add(node, start)
    return [directive for layout in layouts.values() for directive in layout.directives()]


class _Layout:
    """Where the texts of one file stand, and where each of its keys and entries."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._texts: list[tuple[int, int]] = []
        self._parts: list[Span] = []
        """The keys with their values and the entries, in the order of the file, each before what it holds."""
        self._starts: list[int] = []

    def add(self, node: Node, start: int | None) -> None:
        """Take in a node, and with a `start` the key or entry it is the value of."""
        if isinstance(node, Scalar):
            self._texts.append((_start_of_text(node), node.end))
        if start is not None:
            self._parts.append(Span(self._source, start, node.end))
            self._starts.append(start)

    def directives(self) -> Iterator[Directive]:
        """Yield the directives of the file."""
        for found in _DIRECTIVE.finditer(self._source.text):
            at = found.start()
            nth = bisect_right(self._texts, (at, len(self._source.text))) - 1
            if nth < 0 or at >= self._texts[nth][1]:  # a # in a text is text
                span = Span(self._source, at, at + len(found[0].rstrip()))
                yield Directive(found[1].strip(), span, self._below(at), nth < 0)

    def _below(self, at: int) -> Span | None:
        """Return the key or entry that a comment at an offset stands by."""
        line = self._source.text.rfind("\n", 0, at) + 1
        first, next_one = bisect_left(self._starts, line), bisect_left(self._starts, at)
        if _OWN_LINE.fullmatch(self._source.text, line, at):
            return self._parts[next_one] if next_one < len(self._parts) else None
        parts = self._parts[min(first, next_one - 1) : next_one]
        found = Span(self._source, parts[0].start, parts[-1].end)
        for part in parts:
            if part.end <= parts[-1].start:
                break
            found = part
        return found


def _parts(node: Node, start: int | None) -> Iterator[tuple[Node, int | None]]:
    """Yield the nodes of a tree, each with the offset where the key or entry begins that it is the value of."""
    yield node, start
    if isinstance(node, Sequence):
        for entry in node.entries:
            yield from _parts(entry, entry.start)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key, None
            yield from _parts(value, key.start)


def _sources(root: Node) -> dict[Source, None]:
    """Return the files a tree was read from, in the order of the tree."""
    found, waiting = {root.source: None}, [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            waiting += [value for _, value in reversed(node.entries) if not isinstance(value, Scalar)]
        elif isinstance(node, Sequence):
            found |= {entry.source: None for entry in node.entries}
            waiting += [entry for entry in reversed(node.entries) if not isinstance(entry, Scalar)]
    return found


def _start_of_text(node: Scalar) -> int:
    """Return where the text of a scalar begins: of a block on the line after its sign, where a comment may follow."""
    if node.style not in ("|", ">"):
        return node.start
    return node.source.text.find("\n", node.start, node.end) + 1 or node.start
