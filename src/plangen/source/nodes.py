"""The YAML of a file as a small tree of nodes, each with its span: scalars stay the text their author typed."""

import re
from collections.abc import Callable
from typing import Any, ClassVar, Final, Protocol, cast

import yaml

from plangen.diagnostics import Diagnostic, PlanError, Source, Span

MAX_NODES = 2_000_000
"""Most keys and values read; thirty thousand tasks have half a million."""

MAX_DEPTH = 64
"""Deepest nesting read; real plans need about ten levels, nesting bombs thousands."""

_DEPTH_LIMIT: Final = "nesting depth"
"""What newer versions of libyaml complain of when nesting is deeper than they read."""

_OPENING: Final = re.compile(r"[\[{]")

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it, else the pure one: same events, same positions."""


_BREAK_OR_ESCAPE = re.compile(r"\\(?:\r\n|\r|\n)[ \t]*|\\.|[ \t]++(?![\r\n])|[ \t]*+(?:\r\n|\r|\n)[ \t]*")
"""In double quotes: an escaped line break, any other escape, blanks, or a line break with the blanks around it."""


class Node:
    """A value in the file: characters `start` to `end` (exclusive) of `source`."""

    __slots__ = ("end", "source", "start")
    kind: ClassVar[str]

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end

    @property
    def here(self) -> Span:
        """The span of the node; of a mapping or list, what stands on its first line."""
        return Span(self.source, self.start, self.end)

    def node(self, path: tuple[str | int, ...]) -> "Node":  # noqa: ARG002
        """Return the node below `path`, as far as the path leads."""
        return self

    def span(self, *path: str | int) -> Span:
        """Return the span of the node below `path`; see `diagnostics.Place`."""
        return self.node(path).here

    def find_all(self, text: str, *path: str | int) -> list[Span]:
        """Return the spans of a text in the node below `path`, in order."""
        node = self.node(path)
        found, start = [], node.source.text.find(text, node.start, node.end)
        while start >= 0:
            found.append(Span(node.source, start, start + len(text)))
            start = node.source.text.find(text, start + len(text), node.end)
        return found


class Scalar(Node):
    """A text; `style` is the YAML style: "" plain, "|", ">", a single or a double quote."""

    __slots__ = ("style", "text")
    kind = "文字"

    def __init__(self, source: Source, start: int, end: int, text: str, style: str) -> None:
        super().__init__(source, start, end)
        self.text = text
        self.style = style

    @property
    def empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.text.strip()

    @property
    def here(self) -> Span:
        """The span of the text on its first line; of a block scalar, its first line of text."""
        text, start = self.source.text, self.start
        if self.style in ("|", ">"):
            start = text.find("\n", start, self.end) + 1 or start
            start += len(text[start : self.end]) - len(text[start : self.end].lstrip())
        stop = text.find("\n", start, self.end)
        return Span(self.source, start, self.end if stop < 0 else stop)

    def lines(self) -> list[str]:
        """Return the lines as typed, whichever style they were typed in; a blank line stays a line.

        The styles that fold line breaks into spaces are read again from the file, so that a typed space stays a space.
        """
        if self.source.text.find("\n", self.start, self.end) < 0 or self.style == "|":
            return self.text.splitlines()
        raw = self.source.text[self.start : self.end]
        if self.style == '"':
            return _unfolded(raw).splitlines()
        lines = raw.splitlines()
        if self.style == ">":
            return lines[1:]
        return lines if not self.style else raw[1:-1].replace("''", "'").splitlines()


def _unfolded(quoted: str) -> str:
    """Return the text of a scalar in double quotes with its line breaks kept, but for those a backslash escapes."""

    def keep(found: re.Match[str]) -> str:
        if not found[0].strip(" \t"):
            return found[0]
        if not found[0].startswith("\\"):
            return "\\n"
        return "" if found[0][1] in "\r\n" else found[0]

    one_line = _BREAK_OR_ESCAPE.sub(keep, quoted)
    return next(event.value for event in yaml.parse(one_line, Loader=LOADER) if type(event) is yaml.ScalarEvent)


class Sequence(Node):
    """A list of nodes."""

    __slots__ = ("entries",)
    kind = "列表"

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.entries: list[Node] = []

    @property
    def in_brackets(self) -> bool:
        """Whether the list is written [a, b]."""
        return self.source.text.startswith("[", self.start)

    @property
    def here(self) -> Span:
        """The span of the first line of the list."""
        return _first_line(self)

    def node(self, path: tuple[str | int, ...]) -> Node:
        """Return the entry with an index, or what is below it."""
        return self.entries[int(path[0])].node(path[1:]) if path else self


class Mapping(Node):
    """Keys and values in the order of the file; `entries` keeps duplicate keys.

    `names` maps the keys as the model names them to the position of their entry, once a record has been read.
    """

    __slots__ = ("entries", "names")
    kind = "键和值"

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.entries: list[tuple[Scalar, Node]] = []
        self.names: dict[str, int] = {}

    @property
    def in_braces(self) -> bool:
        """Whether the mapping is written {a: b}."""
        return self.source.text.startswith("{", self.start)

    @property
    def here(self) -> Span:
        """The span of the first line of the mapping."""
        return _first_line(self)

    def node(self, path: tuple[str | int, ...]) -> Node:
        """Return the value of a key, or what is below it; the mapping itself when the key is not there."""
        if not path or path[0] not in self.names:
            return self
        return self.entries[self.names[str(path[0])]][1].node(path[1:])


def _first_line(node: Node) -> Span:
    stop = node.source.text.find("\n", node.start, node.end)
    return Span(node.source, node.start, node.end if stop < 0 else stop)


def read_nodes(source: Source) -> Node | None:
    """Return the root of a YAML text, `None` if it holds nothing; raise `PlanError` at what is not accepted."""
    try:
        parser = LOADER(source.text)
        try:
            return _TreeBuilder(source).build(parser)
        finally:
            parser.dispose()
    except yaml.YAMLError as error:
        if _DEPTH_LIMIT in str(getattr(error, "problem", "")):
            raise _too_deep(_depth_exceeded(source, error)) from error
        from plangen.source.syntax import explain_syntax_error  # noqa: PLC0415 - only mistakes pay for it

        raise PlanError(explain_syntax_error(source, error)) from error


def _depth_exceeded(source: Source, error: yaml.YAMLError) -> Span:
    """Return about where nesting got too deep for plans; libyaml itself gives up much deeper, reading ahead."""
    last = error.problem_mark.index if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else 0
    openings = [found.start() for found in _OPENING.finditer(source.text, 0, last + 1)]
    start = openings[MAX_DEPTH - 1] if len(openings) >= MAX_DEPTH else last
    return Span(source, start, start + 1)


def _too_deep(span: Span) -> PlanError:
    hint = "计划用不到这么多层，检查括号和缩进"
    return PlanError([Diagnostic("Y006", f"层次超过 {MAX_DEPTH} 层", span, hint)])


class _Mark(Protocol):
    """A place in the text; the parser's own marks may be of two classes."""

    index: int


class _Event(Protocol):
    """What plangen reads of any parser event."""

    start_mark: _Mark
    end_mark: _Mark


class _PropertiedEvent(_Event, Protocol):
    """The start of a node."""

    anchor: str | None
    tag: str | None


class _ScalarEvent(_PropertiedEvent, Protocol):
    """A scalar."""

    value: str
    style: str | None


class _Parser(Protocol):
    """What gives the events of a text, one after the other, the last of them a `StreamEndEvent`."""

    def get_event(self) -> object:
        """Return the next event."""


class _TreeBuilder:
    """Builds a tree from the events of a parser, refusing what plans do not need: aliases, tags, further documents."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._root: Node | None = None
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Scalar | None] = []
        """For each open node the key that still waits for its value."""
        self._documents = 0

    def build(self, parser: "_Parser") -> Node | None:
        """Return the root."""
        left = MAX_NODES
        handlers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping,
            yaml.SequenceStartEvent: self._sequence,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        next_event, handler_of = parser.get_event, handlers.get
        while (kind := type(event := next_event())) is not yaml.StreamEndEvent:
            handler = handler_of(kind)
            if handler is not None:
                handler(event)
            left -= 1
            if not left:
                raise self._refusal(cast(_Event, event), "Y007", "内容太多", "计划用不到这么多条，检查是不是选错了文件")
        return self._root

    def _scalar(self, event: _ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        start, end = event.start_mark.index, event.end_mark.index
        node = Scalar(self._source, start, end, event.value, event.style or "")
        keys = self._keys
        if keys and keys[-1] is None and type(self._open[-1]) is Mapping:
            keys[-1] = node
        else:
            self._attach(node, event)

    def _mapping(self, event: _PropertiedEvent) -> None:
        self._push(Mapping(self._source, event.start_mark.index, 0), event)

    def _sequence(self, event: _PropertiedEvent) -> None:
        self._push(Sequence(self._source, event.start_mark.index, 0), event)

    def _push(self, node: Sequence | Mapping, event: _PropertiedEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if len(self._open) >= MAX_DEPTH:
            raise _too_deep(
                Span(self._source, event.start_mark.index, max(event.end_mark.index, event.start_mark.index + 1))
            )
        self._attach(node, event)
        self._open.append(node)
        self._keys.append(None)

    def _attach(self, node: Node, event: _Event) -> None:
        """Make a node the root, the next entry of a list, or the value of the key that waits."""
        if not self._open:
            self._root = node
            return
        parent, key = self._open[-1], self._keys[-1]
        if type(parent) is Sequence:
            parent.entries.append(node)
        elif key is None:
            hint = "检查这里的括号和问号；文字以 [ 或 { 开头时加引号"
            raise self._refusal(event, "Y022", "键只能是一行文字", hint)
        else:
            cast(Mapping, parent).entries.append((key, node))
            self._keys[-1] = None

    def _end(self, event: _Event) -> None:
        self._keys.pop()
        self._open.pop().end = event.end_mark.index

    def _alias(self, event: _Event) -> None:
        raise self._refusal(event, "Y022", "不能用别名（*）", "把内容直接写出来；文字以 * 开头时加引号")

    def _document(self, event: _Event) -> None:
        self._documents += 1
        if self._documents > 1:
            hint = "删去 --- 这一行，或把另一份移到别的文件"
            raise self._refusal(event, "Y022", "一个文件只能有一份文档", hint)

    def _refuse_properties(self, event: _PropertiedEvent) -> None:
        if event.anchor is not None:
            raise self._refusal(event, "Y022", "不能用锚点（&）", "文字以 & 开头时加引号")
        raise self._refusal(event, "Y022", "不能用标签（!）", "文字以 ! 开头时加引号")

    def _refusal(self, event: _Event, code: str, message: str, hint: str) -> PlanError:
        start, end = event.start_mark.index, event.end_mark.index
        return PlanError([Diagnostic(code, message, Span(self._source, start, max(end, start + 1)), hint)])
