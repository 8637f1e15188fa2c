"""Writing new files: a record as YAML in the house style, as `fmt` would leave it, for people to go on with.

Files that exist are never written anew; they are edited by position.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from plangen.plan.goals import Goal
from plangen.plan.markers import Marker
from plangen.plan.schema import Key, Kind, Record, Shape
from plangen.source.sentences import prose_lines

Notes = Mapping[int, Sequence[str]]
"""Comments that stand before records, by the `id()` of the record: one line each, without the sign."""

_NO_NOTES: Final[Notes] = {}
_INDENT: Final = "  "
_FIRST: Final = (
    *("heading", "title", "title_lines", "indicator", "id", "year", "issuer", "opening", "guiding_thought"),
    *("numbering", "layout"),
)
"""The keys a record begins with: what it is, then how it is numbered; the others follow as they are declared."""

_NOT_PLAIN: Final = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`~]|.*(?::(?:\s|$)|\s#|\s$)|$", re.DOTALL)
"""What a text without quotes must not be, begin with or hold (YAML 1.1, 7.3.3); more is quoted than must be."""

_LISTABLE: Final = re.compile(r"[^\W_][\w·“”《》（）〔〕.-]*")
"""A text that may stand in a list in brackets without quotes."""

_LONGEST_LIST: Final = 60
"""Most characters of a list in brackets."""

_ESCAPES: Final = {
    ord('"'): '\\"',
    ord("\\"): "\\\\",
    **{code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF)},
}


def write_record(record: Record, *, chinese: bool = False, notes: Notes = _NO_NOTES) -> str:
    """Return a record as the text of a file, with English or Chinese keys; read again, it is the same record."""
    return "\n".join([*_Writer(notes, chinese=chinese).lines(record), ""])


class _Writer:
    def __init__(self, notes: Notes, *, chinese: bool) -> None:
        self._notes = notes
        self._chinese = chinese

    def lines(self, record: Record) -> Iterator[str]:
        """Yield the lines of a mapping, keys left at their defaults left out."""
        yield from self._comments(record)
        for key in sorted(record.KEYS, key=_rank):
            value: object = getattr(record, key.name)
            if value != key.default:
                name = key.twin if self._chinese else key.name
                first, *rest = _SHAPES[key.kind.shape](self, key.kind, value)
                yield f"{name}:{first}"
                yield from rest

    def _comments(self, record: Record) -> Iterator[str]:
        return (f"# {each}" for each in self._notes.get(id(record), ()))

    def text(self, kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of one line of text."""
        yield " " + _scalar(self._word(kind, value))

    def prose(self, _kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of prose: one sentence on its line, more of them below it, one a line."""
        lines = prose_lines(map(str, _listed(value)))
        if len(lines) == 1 and not _NOT_PLAIN.match(lines[0]):
            yield " " + lines[0]
            return
        yield " |"
        yield from map(_indented, lines)

    def texts(self, kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of one or more lines of text."""
        words = [self._word(kind, each) for each in _listed(value)]
        if len(words) == 1:
            yield " " + _scalar(words[0])
        elif all(map(_LISTABLE.fullmatch, words)) and sum(map(len, words)) < _LONGEST_LIST:
            yield f" [{', '.join(words)}]"
        else:
            yield ""
            yield from (f"{_INDENT}- {_scalar(word)}" for word in words)

    def lexemes(self, _kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of markers, which are quoted: their white space counts."""
        markers = [value] if isinstance(value, Marker) else _listed(value)
        words = [_quoted(each.written or "none") for each in markers if isinstance(each, Marker)]
        yield f" {words[0]}" if isinstance(value, Marker) else f" [{', '.join(words)}]"

    def record(self, _kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of a record."""
        assert isinstance(value, Record), value
        yield ""
        yield from map(_indented, self.lines(value))

    def records(self, kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of a list of records, some of which may be written as prose alone."""
        yield ""
        for entry in _listed(value):
            assert isinstance(entry, Record), entry
            lines = list(self._prose_alone(kind, entry) or self.lines(entry))
            comments = len(self._notes.get(id(entry), ()))
            yield from map(_indented, lines[:comments])
            yield from map(_indented, _entry(lines[comments:]))

    def _prose_alone(self, kind: Kind, entry: Record) -> list[str]:
        """Return the lines of an entry that needs no keys, nothing if it does."""
        if kind.shape != "proses or records" or not _is_prose(entry):
            return []
        first, *rest = self.prose(kind, entry.text)  # type: ignore[attr-defined]  # it is prose
        return [*self._comments(entry), first.removeprefix(" "), *rest]

    def prose_or_record(self, kind: Kind, value: object) -> Iterator[str]:
        """Yield what follows the key of a record that may be written as prose alone."""
        assert isinstance(value, Record), value
        yield from self.prose(kind, value.text) if _is_prose(value) else self.record(kind, value)  # type: ignore[attr-defined]

    def _word(self, kind: Kind, value: object) -> str:
        """Return a value as it is typed, of a choice the word of the language."""
        if kind.choices is not None:
            words = [word for word, chosen in kind.choices.items() if chosen == value]
            return words[-1 if self._chinese else 0]
        if isinstance(value, date):
            return value.isoformat()
        return value.written if isinstance(value, Goal) else str(value)


_SHAPES: Final[Mapping[Shape, Callable[[_Writer, Kind, object], Iterator[str]]]] = {
    "text": _Writer.text,
    "prose": _Writer.prose,
    "texts": _Writer.texts,
    "lexemes": _Writer.lexemes,
    "record": _Writer.record,
    "records": _Writer.records,
    "prose or record": _Writer.prose_or_record,
    "proses or records": _Writer.records,
}


def _rank(key: Key) -> int:
    return _FIRST.index(key.name) if key.name in _FIRST else len(_FIRST)


def _is_prose(record: Record) -> bool:
    """Whether a record says nothing but its text."""
    return all((getattr(record, key.name) != key.default) == (key.name == "text") for key in record.KEYS)


def _entry(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines as the entry of a list."""
    for nth, line in enumerate(lines):
        yield f"{_INDENT if nth else '- '}{line}".rstrip()


def _indented(line: str) -> str:
    return (_INDENT + line).rstrip()


def _scalar(text: str) -> str:
    return _quoted(text) if _NOT_PLAIN.match(text) else text


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _listed(value: object) -> list[object]:
    """Return the values of a list; those of a set in a fixed order."""
    if isinstance(value, frozenset):
        return sorted(value)
    assert isinstance(value, tuple), value
    return list(value)
