"""Text that knows where in the source each of its characters stood, and a ledger of what became of every one."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from plangen.diagnostics import Source, Span


class Traced(NamedTuple):
    """A text, and for each of its characters the offset in the source of the one it came from."""

    text: str
    offsets: Sequence[int]

    def part(self, start: int, end: int | None = None) -> "Traced":
        """Return the characters `start` to `end` (exclusive), to the end without one."""
        return Traced(self.text[start:end], self.offsets[start:end])

    def strip(self, characters: str | None = None) -> "Traced":
        """Return the text without white space, or without these characters, at its ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self.part(start, max(start, len(self.text.rstrip(characters))))

    def sub(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> "Traced":
        """Return the text with what a pattern finds replaced; what comes in stands where the first character stood."""
        pieces: list[Traced] = []
        done = 0
        for found in pattern.finditer(self.text):
            new = replace(found)
            if new == found[0]:
                continue
            at = self.offsets[min(found.start(), len(self.offsets) - 1)]
            pieces += [self.part(done, found.start()), Traced(new, [at] * len(new))]
            done = found.end()
        return joined([*pieces, self.part(done)]) if pieces else self

    def split_lines(self) -> Iterator["Traced"]:
        """Yield the lines, without what ends them."""
        start = 0
        for line in self.text.split("\n"):
            yield self.part(start, start + len(line))
            start += len(line) + 1

    def span(self, source: Source) -> Span:
        """Return where the text stood; of an empty one nothing is known but the beginning of the source."""
        if not self.offsets:
            return Span(source, 0, 0)
        return Span(source, min(self.offsets), max(self.offsets) + 1)


NOTHING = Traced("", ())


def joined(pieces: Iterable[Traced]) -> Traced:
    """Return texts put together."""
    texts: list[str] = []
    offsets: list[int] = []
    for piece in pieces:
        texts.append(piece.text)
        offsets.extend(piece.offsets)
    return Traced("".join(texts), offsets)


class Ledger:
    """What became of the characters of a source: each that says something must be accounted for, or it was lost.

    White space and punctuation say nothing: they are what importing may mend.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._accounted = bytearray(len(source.text))

    def account(self, *texts: Traced) -> None:
        """Note that these characters are in the plan, in its numbers, or were left out with a warning."""
        for text in texts:
            for offset in text.offsets:
                self._accounted[offset] = 1

    def lost(self) -> list[Span]:
        """Return the stretches of characters that nobody accounted for."""
        text, spans, start = self._source.text, [], None
        for offset, accounted in enumerate(self._accounted):
            lost = not accounted and text[offset].isalnum()
            if lost and start is None:
                start = offset
            if start is not None and accounted:
                spans.append(_trimmed(self._source, start, offset))
                start = None
        return [*spans, _trimmed(self._source, start, len(text))] if start is not None else spans


def _trimmed(source: Source, start: int, end: int) -> Span:
    """Return a span up to its last character that says something."""
    while end > start and not source.text[end - 1].isalnum():
        end -= 1
    return Span(source, start, end)
