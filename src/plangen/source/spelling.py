"""The two languages of keys: what puts the keys of a file, and the words among its values, into one of them."""

from collections.abc import Iterator, Mapping

from plangen.diagnostics import Fix
from plangen.plan.schema import Kind, Record
from plangen.source.nodes import Mapping as MappingNode
from plangen.source.nodes import Node, Scalar, Sequence


def respell(cls: type[Record], node: Node | None, *, chinese: bool) -> Iterator[Fix]:
    """Yield fixes that put a record's keys, and values that are one of a few words, into Chinese or into English.

    What the record does not know, and what has no twin, is left as it was typed.
    """
    if isinstance(node, MappingNode):
        for typed, value in node.entries:
            key = cls.SPELLINGS.get(typed.text)
            if key:
                yield from _respell_word(typed, key.twin if chinese else key.name)
                yield from _respell_value(key.kind, value, chinese=chinese)


def _respell_value(kind: Kind, node: Node, *, chinese: bool) -> Iterator[Fix]:
    if isinstance(node, Sequence):
        for entry in node.entries:
            yield from _respell_value(kind, entry, chinese=chinese)
    elif kind.record and isinstance(node, MappingNode):
        yield from respell(kind.record(), node, chinese=chinese)
    elif kind.choices and isinstance(node, Scalar):
        yield from _respell_word(node, twin(node.text, kind.choices, chinese=chinese))


def _respell_word(typed: Scalar, wanted: str) -> Iterator[Fix]:
    if typed.text != wanted:
        yield Fix(typed.here, wanted)


def twin(word: str, choices: Mapping[str, object], *, chinese: bool) -> str:
    """Return the first Chinese or English word among choices that means what a word does; itself where it is one.

    Marks (：) are no words of either language.
    """
    same = [each for each, meaning in choices.items() if word in choices and meaning == choices[word]]
    found = [each for each in same if each.isascii() != chinese and each.replace("-", "").isalpha()]
    return found[0] if found and word not in found else word
