"""Prose: how typed lines become paragraphs, and the references to other places of the plan that prose may hold."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

REFERENCE_MARK: Final = "{@"
LITERAL_MARK: Final = "{{@"
"""What prose says where a reader is to see the mark itself."""

SENTENCE_ENDS: Final = "。！？：；…"
"""Punctuation after which neither a run-in mark nor a full stop is added."""

LOOSE_ENDS: Final = "。；，"
"""Punctuation dropped from the end of a wording when it goes on in another sentence."""

ID_PATTERN: Final = re.compile(r"[^\W_][\w-]*")
"""What an id may look like: letters (Chinese ones too), digits, `-` and `_`; never `.`, which separates `.goal`."""

_REFERENCE = re.compile(r"\{\{@|\{@([^{}\n]*)\}?")


class Reference(NamedTuple):
    """A `{@id}` or `{@id.goal}` in prose: `start` and `end` are character offsets in the paragraph."""

    id: str
    goal_only: bool
    start: int
    end: int


class LiteralMark(NamedTuple):
    """A `{{@` in prose, which reads `{@`."""

    start: int
    end: int


class MalformedReference(NamedTuple):
    """A `{@` that is not followed by an id and `}`."""

    start: int
    end: int


HANZI: Final = "〇\u4e00-\u9fff"
"""The inside of a character class for Chinese characters."""

_NOT_HANZI: Final = re.compile(f"[^{HANZI}]")
_TELLING: Final = 15
"""Fewest Chinese characters of a sentence that is not said twice by chance."""


def is_telling(sentence: str) -> bool:
    """Whether a sentence is so long that who says it again has copied it."""
    return len(_NOT_HANZI.sub("", sentence)) >= _TELLING


def paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    """Join typed lines into paragraphs: a blank line ends one; a line break vanishes next to Chinese text.

    Between two words of Latin letters a line break becomes one space. White space at the ends of lines is dropped.
    """
    found: list[str] = []
    current = ""
    for line in map(str.strip, lines):
        if not line:
            if current:
                found.append(current)
            current = ""
        elif not current:
            current = line
        else:
            current += line if _is_wide(current[-1]) or _is_wide(line[0]) else " " + line
    return (*found, current) if current else tuple(found)


def _is_wide(character: str) -> bool:
    """Whether a character stands in Chinese text: wide, or one of “”—…· whose width depends on the text around."""
    if character < "\u00a1":
        return False
    width = unicodedata.east_asian_width(character)
    return width in "WF" or (width == "A" and not character.isalpha())


def references(paragraph: str) -> Iterator[Reference | LiteralMark | MalformedReference]:
    """Yield what begins with `{@` or `{{@` in a paragraph, in order."""
    for found in _REFERENCE.finditer(paragraph) if REFERENCE_MARK in paragraph else ():
        start, end = found.span()
        if found[1] is None:
            yield LiteralMark(start, end)
            continue
        name, dot, what = found[1].strip().partition(".")
        if ID_PATTERN.fullmatch(name) and found[0].endswith("}") and (what == "goal" if dot else True):
            yield Reference(name, bool(dot), start, end)
        else:
            yield MalformedReference(start, end)
