"""The TOML of a file as a tree of nodes, each with its span: `tomllib` judges the text, tokens give the places.

Only what a project's config needs is told apart: tables, lists, texts, and all that is none of these.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import ClassVar, Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

_TOKEN: Final = re.compile(
    r"[ \t\r]+|\#[^\n]*"  # nothing
    r'|(?P<lines>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5})'
    r'|(?P<text>"(?:\\.|[^"\\])*"|\'[^\']*\')'
    r"|(?P<bare>[^\s\[\]{},=.#\"']+)"
    r"|(?P<sign>[\n\[\]{},=.])",
    re.DOTALL,
)
_COMPLAINT: Final = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)

_PROBLEMS: Final = (
    ("Expected '='", "键后面缺等号", "写成 键 = 值，等号用半角"),
    ("Invalid initial character for a key", "键里有不能用的字符", "键用英文；写汉字的键要加引号"),
    ("Invalid statement", "这里不是键", "写成 键 = 值，键用英文；写汉字的键要加引号"),
    ("Unescaped '\\'", "引号里的反斜杠 \\ 有特殊含义", "路径里的 \\ 改成 /，或者改用单引号"),
    ("Invalid hex value", "引号里的反斜杠 \\ 有特殊含义", "路径里的 \\ 改成 /，或者改用单引号"),
    ("Unterminated string", "引号没有配对", "补上另一半引号"),
    ('Expected "\'"', "引号没有配对", "补上另一半引号"),
    ("Illegal character '\\n'", "引号没有配对", "补上另一半引号"),
    ("Unclosed array", "方括号没有配对，或者少了逗号", '写成 ["甲", "乙"]，逗号用半角'),
    ("Unclosed inline table", "花括号没有配对，或者少了逗号", "检查花括号和其中的逗号"),
    ("Invalid value", "值的写法不对", '文字用半角双引号括起来，如 "docx"'),
    ("Expected newline or end of document", "值后面还有别的字", "一行写一个 键 = 值；整个值用引号括起来"),
    ("Cannot declare", "这一节写了两遍", "两处合成一处"),
    ("Cannot overwrite a value", "这个键写了两遍", "两处合成一处，或者删去一处"),
    ("Expected ']' at the end of a table", "节的名字没有写完", "写成 [名字]，方括号用半角"),
)
"""What `tomllib` says, what it means, how to mend it."""


class Bare(Node):
    """A value that is no text, list or table: a number, a date, true or false."""

    kind: ClassVar[str] = "没有引号的值"


class _Token(NamedTuple):
    """A piece of a TOML text: which group of the pattern it is, and where it stands."""

    group: str
    text: str
    start: int
    end: int


def read_toml(source: Source) -> Mapping:
    """Return the outermost table of a TOML text; raise `PlanError` where it is none."""
    try:
        tomllib.loads(source.text)
        return _TreeBuilder(source).build()
    except RecursionError:
        raise PlanError([Diagnostic("C001", "括号层次太深", Span(source, 0, 1), "检查括号")]) from None
    except ValueError as error:
        raise PlanError([_explained(source, str(error))]) from None


def _explained(source: Source, complaint: str) -> Diagnostic:
    """Return what `tomllib` complains of, in Chinese."""
    found = _COMPLAINT.fullmatch(complaint)
    said, line, column = found.groups() if found else (complaint, None, None)
    last = max(0, len(source.text) - 1)
    start = min(source.offset(int(line), int(column)), last) if line and column else last
    if said.startswith("Cannot"):  # said of what the line begins with, when all of it has been read
        whole = source.line(source.position(start)[0])
        start = source.offset(source.position(start)[0], 1 + len(whole) - len(whole.lstrip()))
    message, hint = next(
        ((m, h) for key, m, h in _PROBLEMS if key in said), ("这一行不合 TOML 的写法", '写成 键 = "值"，符号都用半角')
    )
    return Diagnostic("C001", message, Span(source, start, start + 1), hint)


class _TreeBuilder:
    """Builds the tree of a text that `tomllib` has found right, so that every token is where it belongs."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tokens = [*_tokens(source.text), _Token("sign", "\n", len(source.text), len(source.text))]
        self._next = 0
        self._root = Mapping(source, 0, len(source.text))
        self._found: dict[tuple[int, str], Node] = {}
        """The values of the mappings by identity and key."""

    def build(self) -> Mapping:
        """Return the root."""
        table = self._root
        while self._next < len(self._tokens):
            if self._takes("\n"):
                continue
            start = self._tokens[self._next].start
            if self._takes("["):
                of_array = self._takes("[")
                table = self._header(start, self._key(), of_array=of_array)
                self._takes("]")
                self._takes("]")
            else:
                self._pair(table)
        return self._root

    def _header(self, start: int, path: list[Scalar], *, of_array: bool) -> Mapping:
        *above, last = path
        holder = self._descend(self._root, above, start)
        if not of_array:
            return self._descend(holder, [last], start)
        array = self._found.get((id(holder), last.text))
        if not isinstance(array, Sequence):
            array = Sequence(self._source, start, last.end)
            self._put(holder, last, array)
        table = Mapping(self._source, start, last.end)
        array.entries.append(table)
        return table

    def _descend(self, table: Mapping, path: list[Scalar], start: int) -> Mapping:
        """Return the table below a path of keys, made where there is none."""
        for key in path:
            below = self._found.get((id(table), key.text))
            if isinstance(below, Sequence):
                below = below.entries[-1]
            if not isinstance(below, Mapping):
                below = Mapping(self._source, start, key.end)
                self._put(table, key, below)
            table = below
        return table

    def _put(self, table: Mapping, key: Scalar, value: Node) -> None:
        table.entries.append((key, value))
        self._found[id(table), key.text] = value

    def _pair(self, table: Mapping) -> None:
        *above, last = self._key()
        self._takes("=")
        holder = self._descend(table, above, last.start)
        self._put(holder, last, self._value())

    def _key(self) -> list[Scalar]:
        """Return the parts of a key, which dots separate."""
        parts = [self._scalar(self._take())]
        while self._takes("."):
            parts.append(self._scalar(self._take()))
        return parts

    def _value(self) -> Node:
        token = self._take()
        if token.group in ("text", "lines"):
            return self._scalar(token)
        if token.text == "[":
            return self._array(token.start)
        if token.text == "{":
            return self._inline_table(token.start)
        return self._bare(token)

    def _array(self, start: int) -> Sequence:
        array = Sequence(self._source, start, 0)
        while not self._takes("]"):
            if not self._takes(",") and not self._takes("\n"):
                array.entries.append(self._value())
        array.end = self._tokens[self._next - 1].end
        return array

    def _inline_table(self, start: int) -> Mapping:
        table = Mapping(self._source, start, 0)
        while not self._takes("}"):
            if not self._takes(",") and not self._takes("\n"):
                self._pair(table)
        table.end = self._tokens[self._next - 1].end
        return table

    def _bare(self, first: _Token) -> Bare:
        """Return a value of several tokens, as `1.5` and `2027-01-01 08:00` are."""
        last = first
        while self._tokens[self._next].group == "bare" or self._tokens[self._next].text == ".":
            last = self._take()
        return Bare(self._source, first.start, last.end)

    def _scalar(self, token: _Token) -> Scalar:
        """Return a text or a part of a key; its style is one of YAML's that keeps lines as they are."""
        style = '"' if token.group == "text" else ""
        text = token.text if token.group == "bare" else tomllib.loads(f"text = {token.text}")["text"]
        return Scalar(self._source, token.start, token.end, text, "|" if token.group == "lines" else style)

    def _take(self) -> _Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _takes(self, sign: str) -> bool:
        """Take the next token if it is a sign."""
        token = self._tokens[self._next]
        taken = token.group == "sign" and token.text == sign
        self._next += taken
        return taken


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if found.lastgroup:
            yield _Token(found.lastgroup, found[0], *found.span())
