"""Nodes to records: one walk over the file that checks every key and reports every error at its spot.

A wrong value is reported and replaced by its default, or by a blank of its kind, so that the walk goes on; what came
out of a walk with errors is only good for finding more errors.
"""

import re
from collections.abc import Callable
from typing import Final

from plangen.diagnostics import Diagnostic, Severity, Span
from plangen.plan.prose import paragraphs
from plangen.plan.schema import Key, Kind, Record, Shape
from plangen.source.characters import unreadable
from plangen.source.nodes import Mapping, Node, Scalar, Sequence
from plangen.source.slips import BARS

_KEY: Final = re.compile(r"｛|\w{1,16}[ \u3000]*[：︰﹕∶:]")
"""What a text begins with that may be a record: a full-width brace, or a key and its colon."""

_MARKS: Final = frozenset("［【｛〔-–—－•·") | frozenset(BARS)
"""What a text begins with that may be a list."""

_MOST_ADVISED: Final = 500
"""Most unknown keys for which it is found out what was meant: more are a file of something else."""

_INVALID: Final = object()
"""What a reader returns for a value it has reported as wrong."""


class RecordReader:
    """Reads records from nodes and keeps what is wrong in `diagnostics`.

    `how_to_write_text` is what mends a value that should be a text, in the language of the file.
    """

    def __init__(self, how_to_write_text: str = "把文字直接写在冒号后面") -> None:
        self._how_to_write_text = how_to_write_text
        self.diagnostics: list[Diagnostic] = []
        self._unknown = 0
        """How many keys nobody knew."""
        self._root: type[Record] | None = None
        """The record of the whole file."""

    def record(self, cls: type[Record], node: Node) -> object:
        """Return a record read from a mapping, or `_INVALID` if the node is no mapping."""
        self._root = self._root or cls
        if type(node) is not Mapping:
            from plangen.source.mistakes import how_to_write  # noqa: PLC0415 - only mistakes pay for it

            return self._not_as_wanted(node, "键和值", how_to_write(cls, node))
        text = node.source.text
        if text[node.start] == "{" and text.find("，", node.start, node.end) > 0:
            from plangen.source.swallowed import commas_in_braces  # noqa: PLC0415 - only mistakes pay for it

            self.diagnostics += commas_in_braces(cls, node)
        values, sound = self._values(cls, node)
        for key in cls.REQUIRED:
            if key.name not in values:
                sound = False
                if key.name not in node.names:
                    self._missing_key(node, key)
                values[key.name] = key.kind.blank
        found = cls(place=node, **values)
        if sound:
            for flaw in found.flaws():
                self._report(flaw.code, flaw.message, node.span(flaw.at) if flaw.at else node.here, flaw.hint)
        return found

    def _values(self, cls: type[Record], node: Mapping) -> tuple[dict[str, object], bool]:
        """Return the values of a mapping by the names of their keys, and whether each could be used.

        What is wrong inside a record or list below does not count: something is there, which is all that flaws ask.
        """
        known, names = cls.SPELLINGS, node.names
        values: dict[str, object] = {}
        sound = True
        unknown: list[int] = []
        for index, (key_node, value_node) in enumerate(node.entries):
            key = known.get(key_node.text)
            if key is None:
                unknown.append(index)
                sound = False
            elif key.name in names:
                self._duplicate_key(node, key, key_node)
                sound = False
            else:
                names[key.name] = index
                before = len(self.diagnostics)
                value = self._value(key, key_node, value_node)
                if value is not _INVALID:
                    values[key.name] = value
                elif len(self.diagnostics) > before:
                    sound = False
        for index in unknown:
            self._unknown_key(cls, node, index)
        return values, sound

    def _value(self, key: Key, key_node: Scalar, node: Node) -> object:
        """Return the value of a key; of an optional key left blank `_INVALID`, without a word."""
        if type(node) is Scalar and node.empty:
            if key.required or node.style:
                self._report("D504", f"“{key_node.text}”是空的", key_node.here, _how(key))
            return _INVALID
        kind = key.kind
        value = _READERS[kind.shape](self, kind, node)
        if value is _INVALID or kind.parse is None:
            return value
        try:
            return kind.parse(value)
        except ValueError as error:
            return self._blame(kind, node, value, error)

    def _blame(self, kind: Kind, node: Node, value: object, error: ValueError) -> object:
        """Report a value that cannot be understood: the entries of a list that cannot, or the whole of it."""
        before = len(self.diagnostics)
        if type(node) is Sequence and isinstance(value, tuple) and len(value) == len(node.entries):
            for entry, text in zip(node.entries, value, strict=True):
                self._try_alone(kind, entry, text)
        if len(self.diagnostics) == before:
            self._report(kind.code, str(error), node.here, kind.hint)
        return _INVALID

    def _try_alone(self, kind: Kind, entry: Node, text: object) -> None:
        try:
            if kind.parse is not None:
                kind.parse((text,))
        except ValueError as error:
            self._report(kind.code, str(error), entry.here, kind.hint)

    def text(self, _kind: Kind, node: Node) -> object:
        """Return one line of text."""
        if type(node) is not Scalar:
            return self._wrong_kind(node, "一行文字")
        if self._is_unreadable(node):
            return _INVALID
        if self._has_slipped(node):
            return _INVALID
        lines = paragraphs(node.lines())
        if len(lines) > 1:
            return self._report("D505", "这里只能写一行文字", node.here, "删去中间的空行")
        return lines[0] if lines else ""

    def prose(self, kind: Kind, node: Node) -> object:
        """Return paragraphs."""
        if type(node) is not Scalar:
            return self._wrong_kind(node, kind.name)
        return _INVALID if self._is_unreadable(node) or self._has_slipped(node) else paragraphs(node.lines())

    def texts(self, kind: Kind, node: Node) -> object:
        """Return a tuple of lines: one, or those of a list."""
        return self._one_or_many(kind, node, self.text)

    def lexemes(self, kind: Kind, node: Node) -> object:
        """Return a tuple of texts as typed, quoted white space included: one, or those of a list."""
        return self._one_or_many(kind, node, self._lexeme)

    def _one_or_many(self, kind: Kind, node: Node, read: Callable[[Kind, Node], object]) -> object:
        if type(node) is Sequence:
            if not node.entries and not kind.may_be_empty:
                return self._empty_list(node)
            glued = [entry for entry in node.entries if _is_glued(entry)] if node.in_brackets else ()
            for entry in glued:
                hint = "改成半角逗号加空格；一项里真有逗号，用引号括起来"
                self._report("Y019", "方括号里用了全角逗号，几项连成了一项", entry.here, hint)
            return _INVALID if glued else self._all(node.entries, lambda entry: self._filled(kind, entry, read))
        if type(node) is not Scalar:
            return self._wrong_kind(node, kind.name)
        value = _INVALID if kind.shape == "texts" and self._is_slipped_list(node) else read(kind, node)
        if value is _INVALID:
            return value
        if kind.shape == "texts" and not kind.parse and not node.style and ("，" in node.text or ", " in node.text):
            hint = "写成方括号里的几项，如 [基础教育科, 财务科]"
            self.diagnostics.append(Diagnostic("Y019", "用逗号隔开的几项连成了一项", node.here, hint, Severity.WARNING))
        return (value,)

    def _lexeme(self, _kind: Kind, node: Node) -> object:
        if type(node) is not Scalar or "\n" in node.text:
            return self._wrong_kind(node, "一行文字")
        return _INVALID if self._is_unreadable(node) else node.text

    def one_record(self, kind: Kind, node: Node) -> object:
        """Return one record."""
        return self.record(_class(kind), node)

    def records(self, kind: Kind, node: Node) -> object:
        """Return a tuple of records."""
        if type(node) is not Sequence:
            return self._wrong_kind(node, "列表")
        if not node.entries:
            return self._empty_list(node)
        cls = _class(kind)
        return self._all(node.entries, lambda entry: self.record(cls, entry))

    def prose_or_record(self, kind: Kind, node: Node) -> object:
        """Return a record; bare prose becomes one with that text."""
        if type(node) is not Scalar:
            return self.record(_class(kind), node)
        if node.empty:
            return self._report("D504", "这一条是空的", node.here, "写上内容，或者删去这一条")
        text = _INVALID if self._is_slipped_record(_class(kind), node) else self.prose(kind, node)
        return text if text is _INVALID else _class(kind)(place=node, text=text)

    def proses_or_records(self, kind: Kind, node: Node) -> object:
        """Return a tuple of records, each written as a record or as bare prose."""
        if type(node) is not Sequence:
            return self._wrong_kind(node, "列表")
        if not node.entries:
            return self._empty_list(node)
        return self._all(node.entries, lambda entry: self.prose_or_record(kind, entry))

    def _empty_list(self, node: Sequence) -> object:
        return self._report("D504", "列表是空的", node.here, "至少写一条，或者删去这个键")

    @staticmethod
    def _all(nodes: list[Node], read: Callable[[Node], object]) -> object:
        values = tuple([value for value in map(read, nodes) if value is not _INVALID])
        return values if values or not nodes else _INVALID

    def _filled(self, kind: Kind, entry: Node, read: Callable[[Kind, Node], object]) -> object:
        if type(entry) is Scalar and entry.empty:
            return self._report("D504", "这一条是空的", entry.here, "写上内容，或者删去这一条")
        return read(kind, entry)

    def _is_unreadable(self, node: Scalar) -> bool:
        """Report the first control character of a text; only escapes between double quotes can have brought one in."""
        found = next(unreadable(node.text), None) if node.style == '"' else None
        if found is not None:
            self._report("Y005", f"看不见的控制字符 U+{ord(found[0]):04X}", node.here, "删掉这个字符")
        return found is not None

    def _has_slipped(self, node: Scalar) -> bool:
        """Report the lines that a text without quotes swallowed, and a full-width bar before it."""
        text = node.source.text
        if node.style or (text.find("\n", node.start, node.end) < 0 and text[node.start : node.start + 1] not in BARS):
            return False
        from plangen.source.swallowed import slips_in_text  # noqa: PLC0415 - plans put such texts under a bar

        before = len(self.diagnostics)
        self.diagnostics += slips_in_text(node)
        return len(self.diagnostics) > before

    def _is_slipped_list(self, node: Scalar) -> bool:
        """Report a list that slips have made one text."""
        text = node.source.text
        if text[node.start] not in _MARKS and text.find("\n", node.start, node.end) < 0:
            return False
        from plangen.source.swallowed import slip_of_a_list  # noqa: PLC0415 - only mistakes pay for it

        return self._said(slip_of_a_list(node))

    def _is_slipped_record(self, cls: type[Record], node: Scalar) -> bool:
        """Report a record that a slip has made a text."""
        if node.style or not _KEY.match(node.text):
            return False
        from plangen.source.swallowed import brackets_of_a_list, glued_key  # noqa: PLC0415 - only mistakes pay for it

        return self._said(glued_key(cls, node) or (brackets_of_a_list(node) if node.text[0] == "｛" else None))

    def _said(self, diagnostic: Diagnostic | None) -> bool:
        """Keep a diagnostic, if there is one; return whether there is."""
        if diagnostic:
            self.diagnostics.append(diagnostic)
        return diagnostic is not None

    def _unknown_key(self, cls: type[Record], node: Mapping, index: int) -> None:
        self._unknown += 1
        if self._unknown > _MOST_ADVISED:
            typed = node.entries[index][0]
            self._report("D501", f"不认识的键“{typed.text}”", typed.here, "先改好前面的")
            return
        from plangen.source.mistakes import explain_unknown_key  # noqa: PLC0415 - only mistakes pay for it

        diagnostic, meant = explain_unknown_key(cls, node, *node.entries[index], self._root or cls)
        self.diagnostics.append(diagnostic)
        if meant:
            node.names.setdefault(meant, index)  # a key that is only misspelt is not missing

    def _duplicate_key(self, node: Mapping, key: Key, key_node: Scalar) -> None:
        line = node.entries[node.names[key.name]][0].here.position[0]
        self._report(
            "Y021", f"键“{key_node.text}”重复了，第 {line} 行已经写过", key_node.here, "两处合成一处，或者删去一处"
        )

    def _missing_key(self, node: Mapping, key: Key) -> None:
        self._report("D502", f"缺少“{key.name}”（{key.twin}）", node.here, _how(key))

    def _wrong_kind(self, node: Node, wanted: str) -> object:
        hint = "每一条另起一行，前面加 - 和空格" if wanted == "列表" else self._how_to_write_text
        return self._not_as_wanted(node, wanted, hint)

    def _not_as_wanted(self, node: Node, wanted: str, hint: str) -> object:
        from plangen.source.swallowed import colon_that_made_keys, slip_in  # noqa: PLC0415 - only mistakes pay for it

        slip = slip_in(node) or (colon_that_made_keys(node) if wanted not in ("键和值", "列表") else None)
        if self._said(slip):
            return _INVALID
        return self._report("D503", f"这里要写{wanted}，现在是{node.kind}", node.here, hint)

    def _report(self, code: str, message: str, span: Span | None, hint: str) -> object:
        self.diagnostics.append(Diagnostic(code, message, span, hint))
        return _INVALID


_READERS: Final[dict[Shape, Callable[[RecordReader, Kind, Node], object]]] = {
    "text": RecordReader.text,
    "prose": RecordReader.prose,
    "texts": RecordReader.texts,
    "lexemes": RecordReader.lexemes,
    "record": RecordReader.one_record,
    "records": RecordReader.records,
    "prose or record": RecordReader.prose_or_record,
    "proses or records": RecordReader.proses_or_records,
}


def _class(kind: Kind) -> type[Record]:
    assert kind.record is not None, kind
    return kind.record()


def _how(key: Key) -> str:
    return f"例如 {key.name}: {key.example}" if key.example else f"写上{key.meaning}"


def _is_glued(entry: Node) -> bool:
    """Whether an entry of a list in brackets looks like several, separated by full-width commas."""
    return type(entry) is Scalar and not entry.style and "，" in entry.text
