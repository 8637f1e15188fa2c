"""Sentences: where prose is broken into lines, so that an edit of one sentence is an edit of one line."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from plangen.plan.prose import paragraphs

_PAIRS: Final = {
    "”": "“",
    "’": "‘",
    "）": "（",
    "》": "《",
    "〉": "〈",
    "】": "【",
    "〕": "〔",
    "」": "「",
    "』": "『",
    ")": "(",
}
"""What closes a quotation or a bracket, and what opened it."""

_HALF: Final = re.compile(f'[{re.escape("".join((*_PAIRS, *_PAIRS.values())))}"]')
_END: Final = re.compile("[。；！？]+")
_CLOSING: Final = re.compile("[”’）】〕」』]+")
"""What may stand between a full stop and the end of its line; not 》: a title is part of a sentence."""

_BEFORE_QUOTATION: Final = frozenset(("", *"。！？；：”）"))
"""What stands before a quotation or bracket that is a sentence, "" at the beginning; others are part of one."""

_GOES_ON: Final = frozenset("，、。；：！？…—”’）》〉】〕」』)")
"""What no sentence begins with."""

_GOES_ON_AFTER_QUOTATION: Final = _GOES_ON | frozenset("的等和及与")
"""What shows that a quotation, itself a sentence, stands within another."""


def prose_lines(text: Iterable[str]) -> list[str]:
    """Return paragraphs as lines in the house style: one sentence a line, a blank line between paragraphs.

    The lines read as the same paragraphs.
    """
    lines: list[str] = []
    for paragraph in text:
        lines += ("", *_sentences(paragraph)) if lines else _sentences(paragraph)
    return lines


def _sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, ； ending one, too; quotations and brackets stay whole."""
    found, start = [], 0
    for end in _ends(paragraph):
        found.append(paragraph[start:end])
        start = end
    found.append(paragraph[start:])
    return found if paragraphs(found) == (paragraph,) else [paragraph]


def _ends(paragraph: str) -> Iterator[int]:
    """Yield the offsets inside a paragraph at which a sentence ends."""
    pairs = _pairs(paragraph)
    starts = [start for start, _ in pairs]
    for found in _END.finditer(paragraph):
        end = found.end()
        nearest = bisect_left(starts, end) - 1
        closing = _CLOSING.match(paragraph, end)
        if closing and nearest >= 0 and closing.end() == pairs[nearest][1] + 1:
            if not found[0].endswith("。") or paragraph[: starts[nearest]][-1:] not in _BEFORE_QUOTATION:
                continue
            end, goes_on = closing.end(), _GOES_ON_AFTER_QUOTATION
        elif nearest >= 0 and end <= pairs[nearest][1]:
            continue
        else:
            goes_on = _GOES_ON
        following = paragraph[end : end + 1]
        if following and following not in goes_on and not following.isspace():
            yield end


def _pairs(paragraph: str) -> list[tuple[int, int]]:
    """Return where quotations and brackets that stand in no other begin and end; halves without the other are none."""
    found: list[tuple[int, int]] = []
    waiting: dict[str, list[int]] = {}
    for half in _HALF.finditer(paragraph):
        character, at = half[0], half.start()
        opening = _PAIRS.get(character, character if character in waiting and character == '"' else "")
        if waiting.get(opening):
            start = waiting[opening].pop()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at))
        elif character not in _PAIRS:
            waiting.setdefault(character, []).append(at)
    return found
