"""A plan as git shows it: one fact a line, in the order of the format and without numbers.

What does not count is left out – comments, quotes, the order of keys, English or Chinese ones, values that are the
default – and no line changes because something else was put in before it. References stay as typed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from plangen.diagnostics import PlanError, Severity, Source
from plangen.plan.markers import UNNUMBERED, UNNUMBERED_WORDS, Marker
from plangen.plan.model import Attachment, Item, Plan, Section, Target, Task
from plangen.plan.schema import Key, Kind, Record
from plangen.source.loading import parse_record

VERSION: Final = 1
"""To be made larger when the lines below change: git keeps those of old revisions, and makes them anew then."""

_OPENINGS: Final[Mapping[type[Record], tuple[str, str, str]]] = {
    Section: ("heading", "〖", "〗"),
    Task: ("heading", "● ", ""),
    Item: ("heading", "· ", ""),
    Target: ("indicator", "指标：", ""),
    Attachment: ("title", "附件：", ""),
}
"""The key an entry of a list begins with, and what stands around its value; where it is blank, its text is taken."""

_INDENT: Final = "  "
_TEXT: Final = "text"
_NOTHING: Final = "无"
_SENTENCE: Final = re.compile(r"[^。！？；]*(?:[。！？；][”’》〉）〕】」』]*|$)")


def plan_facts(source: Source) -> Iterator[str] | None:
    """Return the lines that say what a plan says; `None` when it is no plan, or one with errors."""
    source.neighbour = _not_opened
    try:
        plan, diagnostics = parse_record(Plan, source)
    except PlanError:
        return None
    if any(each.severity is Severity.ERROR for each in diagnostics):
        return None
    return _record(plan, "")


def _not_opened(written: str) -> Source:
    """Return an entry that says which file it stands for: git shows one file at a time."""
    return Source(written, f"- heading: '（引入 {written.replace(chr(39), chr(39) * 2)}）'\n")


def _record(record: Record, indent: str, *, without: str = "") -> Iterator[str]:
    """Yield what a record says, but for the key that has been said."""
    for key in record.KEYS:
        value: object = getattr(record, key.name)
        if key.name != without and (key.required or value != key.default):
            yield from _value(key, value, indent)


def _value(key: Key, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Record):
        yield f"{indent}{key.twin}："
        yield from _record(value, indent + _INDENT)
    elif key.kind.record and isinstance(value, tuple):
        for entry in value:
            yield from _entry(entry, indent)
    elif key.kind.shape == "prose" and isinstance(value, tuple):
        if key.name != _TEXT:
            yield f"{indent}{key.twin}："
            indent += _INDENT
        yield from _prose(value, indent)
    else:
        yield f"{indent}{key.twin}：{_written(key.kind, value)}"


def _entry(entry: Record, indent: str) -> Iterator[str]:
    """Yield an entry of a list: the line it begins with, and below it the rest of what it says."""
    name, before, after = _OPENINGS[type(entry)]
    opening: str = getattr(entry, name)
    if opening:
        yield f"{indent}{before}{opening}{after}"
        yield from _record(entry, indent + _INDENT, without=name)
        return
    first, *others = _prose(getattr(entry, _TEXT), "") or [""]
    yield f"{indent}{before}{first}{after}".rstrip()
    yield from (f"{indent}{_INDENT}{line}".rstrip() for line in others)
    yield from _record(entry, indent + _INDENT, without=_TEXT)


def _prose(paragraphs: Iterable[str], indent: str) -> list[str]:
    """Return prose, a sentence a line, with an empty line between paragraphs."""
    lines: list[str] = []
    for paragraph in paragraphs:
        sentences = (found[0].strip() for found in _SENTENCE.finditer(paragraph))
        lines += [*([""] if lines else []), *(indent + sentence for sentence in sentences if sentence)]
    return lines


def _written(kind: Kind, value: object) -> str:
    """Return a value as a drafter would write it, the same for all ways to write it."""
    if kind.choices:
        chosen = value if isinstance(value, frozenset) else {value}
        return "、".join(_words(kind.choices, chosen)) or _NOTHING
    if isinstance(value, Marker):
        return UNNUMBERED_WORDS[-1] if value == UNNUMBERED else value.written
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return "、".join(_written(kind, each) for each in value) or _NOTHING
    return str(value)


def _words(choices: Mapping[str, object], chosen: Iterable[object]) -> Iterator[str]:
    """Yield one word for each value that was chosen, the Chinese one where there is one."""
    for value in dict.fromkeys(each for each in choices.values() if each in set(chosen)):
        words = [word for word, meant in choices.items() if meant == value]
        yield next((word for word in words if not word.isascii()), words[0])
