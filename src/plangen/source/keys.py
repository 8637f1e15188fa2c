"""The keys of a file in one language: English or Chinese."""

from collections.abc import Iterator
from collections.abc import Mapping as Choices
from typing import Final, Literal

from plangen.diagnostics import Fix, Span
from plangen.plan.schema import INCLUDE
from plangen.source.nodes import Mapping, Node, Scalar, Sequence
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


def translate_words(root: Node, language: Language) -> Iterator[Fix]:
    """Yield the edits that write values that are one of a few words in a language; what has no twin stays as it is."""
    for record, mapping, _ in find_records(root):
        for typed, value in mapping.entries:
            key = record.SPELLINGS.get(typed.text)
            choices = key.kind.choices if key else None
            for word in value.entries if isinstance(value, Sequence) else (value,):
                if choices and isinstance(word, Scalar):
                    yield from _respell(word, twin(word.text, choices, language))


def twin(word: str, choices: Choices[str, object], language: Language) -> str:
    """Return the first word of a language among choices that means what a word does, the word itself if it is one.

    A word without such a twin is returned, too: marks (：) are of no language.
    """
    same = [each for each, meaning in choices.items() if word in choices and meaning == choices[word]]
    found = [each for each in same if each.isascii() == (language == "en") and each.replace("-", "").isalpha()]
    return found[0] if found and word not in found else word


def is_chinese(mapping: Mapping) -> bool:
    """Whether the keys of a mapping are written in Chinese; the first of them tells."""
    return bool(mapping.entries) and not mapping.entries[0][0].text.isascii()


def _respell(typed: Scalar, name: str) -> Iterator[Fix]:
    """Yield the edit that writes a key as `name`, between the quotes if it has some."""
    if typed.text != name:
        quotes = len(typed.style)
        yield Fix(Span(typed.source, typed.start + quotes, typed.end - quotes), name)
