"""Markers: what stands before a numbered entry, written as its first number (`一、` `（一）` `1.` `①` `一是`)."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from plangen.plan.numerals import FIRST_NUMERALS, Numeral

UNNUMBERED_WORDS: Final = ("none", "无")
INLINE_WORDS: Final = ("是", "要")
"""A numeral followed by one of these opens a clause (一是……。二是……。), so such entries run on in one paragraph."""

_NUMERAL = re.compile(r"[0-9]+|[０-９]+|[零一二三四五六七八九十百千]+|[①-⑳㉑-㉟㊱-㊿]")
_CLOSING = "、.．，,：:。；; 　"
LAST_LAYER: Final = 5
_LAYERS: Final = {"一、": 1, "（一）": 2, "1.": 3, "1．": 3, "（1）": 4, "①": 5}
"""The layers of GB/T 9704-2012 §7.3.3 (and ① of GB/T 15834-2011 B.3) by the marker that shows them."""

CLAUSE: Final = re.compile(
    "(?:^|(?<=[，。；：、！ ]))(?P<number>[一二三四五六七八九十]{1,2})"
    f"(?P<kind>[{''.join(INLINE_WORDS)}])(?![个些种定求否])"
)
"""The number of a clause in a text (一是……。二是……。), and which kind of clause it counts."""


class MarkerError(ValueError):
    """A marker is not written as its first number; the message is for the drafter."""


class Marker(NamedTuple):
    """A marker taken apart.

    `literals` holds the text before, between and after the numerals: one more than `numerals`. Without numerals the
    single literal is printed as it stands. With several, the leading ones carry the numbers of the parents.
    """

    literals: tuple[str, ...]
    numerals: tuple[Numeral, ...] = ()

    @property
    def numbered(self) -> bool:
        """Whether the marker counts."""
        return bool(self.numerals)

    @property
    def inline(self) -> bool:
        """Whether entries with this marker run on within one paragraph by the marker's nature."""
        return self.numbered and self.literals[-1].startswith(INLINE_WORDS)

    @property
    def layer(self) -> int | None:
        """The layer (1 to 5) this marker shows in an official document, or `None` when it is no standard marker."""
        return _LAYERS.get(self.written)

    @property
    def written(self) -> str:
        """The marker as its author wrote it: as its first number."""
        return self.label((1,) * len(self.numerals))

    def label(self, numbers: Sequence[int]) -> str:
        """Return the printed label for an entry.

        `numbers` are the entry's own number and, before it, those of its parents, outermost first, at least as many as
        the marker has numerals. Raises `NumeralRangeError` when a numeral system does not reach so far.
        """
        if len(self.numerals) == 1:
            return f"{self.literals[0]}{self.numerals[0].write(numbers[-1])}{self.literals[1]}"
        return self._stem(numbers) + self.literals[-1]

    def reference(self, numbers: Sequence[int]) -> str:
        """Return the number as prose refers to it: the label without what closes it (12, 三, （二）)."""
        suffix = self.literals[-1]
        return self._stem(numbers) + ("" if suffix.startswith(INLINE_WORDS) else suffix.rstrip(_CLOSING))

    def _stem(self, numbers: Sequence[int]) -> str:
        """Return the label up to its last numeral."""
        used = numbers[len(numbers) - len(self.numerals) :]
        pieces = zip(self.literals[:-1], self.numerals, used, strict=True)
        return "".join(literal + numeral.write(number) for literal, numeral, number in pieces)


UNNUMBERED: Final = Marker(("",))


def parse_marker(written: str) -> Marker:
    """Take a marker apart; raise `MarkerError` if its numerals are not the first ones (二、 instead of 一、)."""
    if written.strip() in UNNUMBERED_WORDS:
        return UNNUMBERED
    numerals = _NUMERAL.findall(written)
    wrong = next((numeral for numeral in numerals if numeral not in FIRST_NUMERALS), None)
    if wrong:
        raise MarkerError(f"编号样式要写成第一个编号，这里写的是“{wrong}”")
    sign = next((c for c in "".join(_NUMERAL.split(written)) if unicodedata.category(c) in ("No", "Nl", "Nd")), None)
    if sign:
        raise MarkerError(f"不会数“{sign}”这样的编号")
    return Marker(tuple(_NUMERAL.split(written)), tuple(FIRST_NUMERALS[numeral] for numeral in numerals))
