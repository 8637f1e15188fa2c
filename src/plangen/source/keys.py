"""The keys of a file in one language: English or Chinese."""

from collections.abc import Iterator
from typing import Final, Literal

from plangen.diagnostics import Fix, Span
from plangen.plan.schema import INCLUDE
from plangen.source.nodes import Mapping, Node, Scalar
from plangen.source.walk import find_includes, find_records

Language = Literal["zh", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


def translate_keys(root: Node, language: Language) -> Iterator[Fix]:
    """Yield the edits that write every key in a language; keys no record knows stay as they are."""
    for record, mapping, _ in find_records(root):
        for typed, _ in mapping.entries:
            key = record.SPELLINGS.get(typed.text)
            if key is not None:
                yield from _respell(typed, key.twin if language == "zh" else key.name)
    for mapping in find_includes(root):
        yield from _respell(mapping.entries[0][0], INCLUDE[language == "zh"])


def is_chinese(mapping: Mapping) -> bool:
    """Whether the keys of a mapping are written in Chinese; the first of them tells."""
    return bool(mapping.entries) and not mapping.entries[0][0].text.isascii()


def _respell(typed: Scalar, name: str) -> Iterator[Fix]:
    """Yield the edit that writes a key as `name`, between the quotes if it has some."""
    if typed.text != name:
        quotes = len(typed.style)
        yield Fix(Span(typed.source, typed.start + quotes, typed.end - quotes), name)
