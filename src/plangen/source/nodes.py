"""The YAML of a file as a small tree of nodes, each with its span: scalars stay the text their author typed."""

from collections.abc import Iterator
from typing import Any, ClassVar

import yaml

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.source.slips import explain_syntax_error

MAX_DEPTH = 64
"""Deepest nesting read; real plans need about ten levels, nesting bombs thousands."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser where PyYAML was built with it, else the pure one: same events, same positions."""


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

    def find(self, text: str, nth: int, *path: str | int) -> Span:
        """Return the span of an occurrence of a text below `path`; of the whole node when it is written otherwise there."""
        node = self.node(path)
        start = node.start - 1
        for _ in range(nth + 1):
            start = node.source.text.find(text, start + 1, node.end)
            if start < 0:
                return node.here
        return Span(node.source, start, start + len(text))


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
        if self.style == "|" or "\n" not in (raw := self.source.text[self.start : self.end]):
            return self.text.splitlines()
        if self.style == '"':
            return self.text.split("\n")
        lines = raw.splitlines()
        if self.style == ">":
            return lines[1:]
        return lines if not self.style else raw[1:-1].replace("''", "'").splitlines()


class Sequence(Node):
    """A list of nodes."""

    __slots__ = ("entries",)
    kind = "列表"

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.entries: list[Node] = []

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
        return _build(source, yaml.parse(source.text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise PlanError([explain_syntax_error(source, error)]) from error


def _build(source: Source, events: Iterator[Any]) -> Node | None:
    root: Node | None = None
    open_nodes: list[Sequence | Mapping] = []
    pending_keys: list[Scalar | None] = []
    documents = 0
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            _refuse_properties(source, event)
            node: Node = Scalar(source, event.start_mark.index, event.end_mark.index, event.value, event.style or "")
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            _refuse_properties(source, event)
            node = (Mapping if kind is yaml.MappingStartEvent else Sequence)(source, event.start_mark.index, 0)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            pending_keys.pop()
            open_nodes.pop().end = event.end_mark.index
            continue
        elif kind is yaml.AliasEvent:
            raise _refusal(source, event, "Y022", "不能用别名（*）", "把内容直接写出来；文字以 * 开头时加引号")
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise _refusal(
                    source, event, "Y022", "一个文件只能有一份文档", "删去 --- 这一行，或把另一份移到别的文件"
                )
            continue
        else:
            continue
        parent = open_nodes[-1] if open_nodes else None
        if parent is None:
            root = node
        elif type(parent) is Sequence:
            parent.entries.append(node)
        else:
            waiting = pending_keys[-1]
            if waiting is not None:
                parent.entries.append((waiting, node))  # type: ignore[arg-type]
                pending_keys[-1] = None
            elif type(node) is Scalar:
                pending_keys[-1] = node
            else:
                raise _refusal(
                    source, event, "Y022", "键只能是一行文字", "检查这里的括号和问号；文字以 [ 或 { 开头时加引号"
                )
        if type(node) is not Scalar:
            if len(open_nodes) >= MAX_DEPTH:
                raise _refusal(source, event, "Y006", f"层次超过 {MAX_DEPTH} 层", "计划用不到这么多层，检查括号和缩进")
            open_nodes.append(node)  # type: ignore[arg-type]
            pending_keys.append(None)
    return root


def _refuse_properties(source: Source, event: Any) -> None:
    if event.anchor is not None:
        raise _refusal(source, event, "Y022", "不能用锚点（&）", "文字以 & 开头时加引号")
    if event.tag is not None:
        raise _refusal(source, event, "Y022", "不能用标签（!）", "文字以 ! 开头时加引号")


def _refusal(source: Source, event: Any, code: str, message: str, hint: str) -> PlanError:
    start, end = event.start_mark.index, event.end_mark.index
    return PlanError([Diagnostic(code, message, Span(source, start, max(end, start + 1)), hint)])
