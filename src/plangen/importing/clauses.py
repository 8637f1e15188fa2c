"""Clauses (一是……。二是……。) in the paragraphs of a section: where they begin, and what stands around them."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from plangen.importing.traced import Traced, joined
from plangen.plan.markers import CLAUSE
from plangen.plan.numerals import read_chinese

_FEWEST: Final = 2
"""Fewest clauses that make 一是 a number."""

_HEADING: Final = re.compile(r"(?P<heading>[^。；]{2,42}?)。(?=.)")


class Clause(NamedTuple):
    """A clause: its number as the first of its kind (一是, 一要) and as it stands, its heading, and the rest.

    `heading` is `None` where it is opened with none.
    """

    sign: str
    number: Traced
    heading: Traced | None
    text: Traced


class Clauses(NamedTuple):
    """Paragraphs that hold clauses: what stands before them, they themselves as one text, and what follows."""

    before: list[Traced]
    text: Traced
    after: list[Traced]

    @property
    def signs(self) -> list[str]:
        """The number of each clause as the first of its kind."""
        return [_sign(each) for each in _numbers(self.text.text)]

    def taken_apart(self) -> list[Clause]:
        """Return the clauses; what follows them belongs to the last."""
        whole = joined([self.text, *self.after])
        found = _numbers(whole.text)
        ends = [each.start() for each in found[1:]] + [len(whole.text)]
        return [
            Clause(_sign(each), whole.part(*each.span()), *_run_in(whole.part(each.end(), end)))
            for each, end in zip(found, ends, strict=True)
        ]


def split_clauses(paragraphs: Sequence[Traced]) -> Clauses | None:
    """Return paragraphs taken apart at the clauses, which run on even where lines were broken; `None` without any."""
    whole = joined(paragraphs)
    found = _numbers(whole.text)
    if not found:
        return None
    starts = list(accumulate((len(each.text) for each in paragraphs), initial=0))
    last = bisect_right(starts, found[-1].start())
    end = starts[last] if last < len(starts) else len(whole.text)
    first = bisect_right(starts, found[0].start()) - 1
    lead = whole.part(starts[first], found[0].start()).strip()
    before = [*paragraphs[:first], *([lead] if lead.text else [])]
    return Clauses(before, whole.part(found[0].start(), end), list(paragraphs[last:]))


def _numbers(text: str) -> list[re.Match[str]]:
    """Return the numbers of clauses that are counted off from 一; nothing where there are not two."""
    found: list[re.Match[str]] = []
    for each in CLAUSE.finditer(text):
        if read_chinese(each["number"]) == len(found) + 1 and (not found or found[0]["kind"] == each["kind"]):
            found.append(each)
    return found if len(found) >= _FEWEST else []


def _sign(number: re.Match[str]) -> str:
    return f"一{number['kind']}"


def _run_in(text: Traced) -> tuple[Traced | None, Traced]:
    text = text.strip()
    found = _HEADING.match(text.text)
    if not found:
        return None, text
    return text.part(*found.span("heading")), text.part(found.end()).strip()
