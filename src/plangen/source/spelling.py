"""The two languages of keys: what puts the keys of a file, and the words among its values, into one of them."""

from collections.abc import Iterator
from collections.abc import Mapping as Choices
from typing import Literal

from plangen.diagnostics import Fix, Span
from plangen.plan.schema import Kind, Record
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

Language = Literal["zh", "en"]


def respell(cls: type[Record], node: Node | None, language: Language) -> Iterator[Fix]:
    """Yield edits that write a record's keys, and values that are one of a few words, in a language.

    What the record does not know, and what has no twin, stays as it was typed.
    """
    if isinstance(node, Mapping):
        for typed, value in node.entries:
            key = cls.SPELLINGS.get(typed.text)
            if key:
                yield from _respell_word(typed, key.twin if language == "zh" else key.name)
                yield from _respell_value(key.kind, value, language)


def _respell_value(kind: Kind, node: Node, language: Language) -> Iterator[Fix]:
    if isinstance(node, Sequence):
        for entry in node.entries:
            yield from _respell_value(kind, entry, language)
    elif kind.record:
        yield from respell(kind.record(), node, language)
    elif kind.choices and isinstance(node, Scalar):
        yield from _respell_word(node, twin(node.text, kind.choices, language))


def _respell_word(typed: Scalar, wanted: str) -> Iterator[Fix]:
    """Yield the edit that writes a word as `wanted`, between the quotes if it has some."""
    if typed.text != wanted:
        source, start, end = typed.here
        quotes = len(typed.style.strip("|>"))
        yield Fix(Span(source, start + quotes, end - quotes), wanted)


def twin(word: str, choices: Choices[str, object], language: Language) -> str:
    """Return the first word of a language among choices that means what a word does, the word itself if it is one.

    A word without such a twin is returned, too: marks (：) are of no language.
    """
    same = [each for each, meaning in choices.items() if word in choices and meaning == choices[word]]
    found = [each for each in same if each.isascii() == (language == "en") and each.replace("-", "").isalpha()]
    return found[0] if found and word not in found else word
