"""Texts as they come from web pages and scanners: the text of a plan, spoilt in known ways by a seeded generator.

`python tests/noise.py` prints how much importing recognises of every example and acceptance plan, by kind of noise.
"""

import re
import sys
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from pages import ACCEPTANCE, EXAMPLES
from plangen.api import open_outline
from plangen.diagnostics import PlanError, Source
from plangen.importing.text import import_text
from plangen.outline.model import Entry, Heading, Outline, Paragraph, Section
from plangen.plan import model

WIDTH: Final = 27
"""Characters on a line that a program has broken."""

PAGE: Final = 250
"""Characters, on average, between the breaks that pages have left."""

_HANZI: Final = "\u4e00-\u9fff"
_HALF: Final = str.maketrans("，；：？！（）", ",;:?!()")


Kind = Callable[[str, Random], str]
"""A kind of noise."""


def hard_wraps(text: str, _random: Random) -> str:
    """Break every line after so many characters."""
    return re.sub(rf"(.{{{WIDTH}}})(?=.)", r"\1\n", text)


def glued_lines(text: str, random: Random) -> str:
    """Put three lines in ten behind the one before them, but for the first two."""
    head, _, rest = text.partition("\n")
    second, _, rest = rest.partition("\n")
    glued = re.sub(r"(?<=[。；！？])\n", lambda found: "" if random.random() < 0.3 else found[0], rest)
    return f"{head}\n{second}\n{glued}"


def lost_dots(text: str, random: Random) -> str:
    """Drop three dots in ten behind the numbers that open lines."""
    return re.sub(rf"(?m)^(\d{{1,2}})\.(?=[{_HANZI}])", lambda f: f[1] if random.random() < 0.3 else f[0], text)


def half_width(text: str, _random: Random) -> str:
    """Make all punctuation half-width."""
    return text.translate(_HALF)


def inserted_spaces(text: str, random: Random) -> str:
    """Put a blank between three characters in a hundred."""
    return re.sub(rf"(?<=[{_HANZI}])(?=[{_HANZI}])", lambda _: " " if random.random() < 0.03 else "", text)


def page_breaks(text: str, random: Random) -> str:
    """Break lines where pages ended."""
    return re.sub(r"(?<=[^\n]{2})(?=[^\n]{2})", lambda _: "\n" if random.random() < 1 / PAGE else "", text)


KINDS: Final[tuple[Kind, ...]] = (
    inserted_spaces,
    lost_dots,
    glued_lines,
    page_breaks,
    half_width,
    hard_wraps,
)
"""The kinds of noise, in the order in which they befall a text."""


class Score(NamedTuple):
    """How many entries there are, how many were found, how many of these are right, and whether anything was lost."""

    wanted: int
    found: int
    right: int
    lost: int

    def __add__(self, other: object) -> "Score":  # scores add up, unlike tuples
        assert isinstance(other, Score)
        return Score(*(mine + its for mine, its in zip(self, other, strict=True)))

    @property
    def recall(self) -> float:
        return self.right / self.wanted

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)


def plain_text(outline: Outline) -> str:
    """Return the text of a plan, a paragraph a line."""
    lines = [outline.title, *map(str, outline.opening), *map(str, outline.guiding_thought)]
    for section in outline.sections:
        lines += _section_lines(section)
    return "\n".join([*lines, *map(str, outline.closing)])


def _section_lines(section: Section) -> Iterator[str]:
    yield str(section.heading)
    yield from map(str, section.paragraphs)
    for entry in section.entries:
        yield from _entry_lines(entry)
    for below in section.sections:
        yield from _section_lines(below)


def _entry_lines(entry: Entry) -> Iterator[str]:
    lines: list[Heading | Paragraph] = [*([entry.heading] if entry.heading else []), *entry.paragraphs]
    yield from map(str, lines)
    for below in entry.entries:
        yield from _entry_lines(below)


def entries(plan: model.Plan) -> list[str]:
    """Return what each section, target, task and point begins with, in order, without blanks and marks."""
    found: list[str] = []

    def said(task: model.Task) -> str:
        indicators = {target.id: target.indicator for target in task.targets}
        text = task.heading or "".join(task.text)
        return re.sub(r"\{@([^}.]*)[^}]*\}", lambda reference: indicators.get(reference[1], ""), text)

    def visit(sections: tuple[model.Section, ...]) -> None:
        for section in sections:
            found.append("S" + _beginning(section.heading))
            found.extend("T" + _beginning(target.indicator) for target in section.targets)
            for task in section.tasks:
                found.append("T" + _beginning(said(task)))
                visit_items(task.items)
            visit(section.sections)

    def visit_items(items: tuple[model.Item, ...]) -> None:
        for item in items:
            found.append("I" + _beginning(item.heading or "".join(item.text)))
            visit_items(item.items)

    visit(plan.sections)
    return found


def _beginning(text: str) -> str:
    return re.sub(rf"[^{_HANZI}\w]", "", text)[:6]


def score(text: str, year: int, wanted: list[str]) -> Score:
    """Return how much of a spoilt text is recognised."""
    try:
        imported = import_text(Source("noise.txt", text), year)
    except PlanError:
        return Score(len(wanted), 0, 0, 0)
    found = entries(imported.plan)
    right = matching(wanted, found)
    return Score(len(wanted), len(found), right, sum(each.code == "I001" for each in imported.diagnostics))


def matching(wanted: list[str], found: list[str]) -> int:
    """Return how many entries are found, in order."""
    return sum(block.size for block in SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks())


def spoilt(text: str, kinds: tuple[Kind, ...], seed: int) -> str:
    """Return a text with kinds of noise."""
    random = Random(seed)
    for kind in kinds:
        text = kind(text, random)
    return text


def measure(kinds: tuple[Kind, ...], seeds: range) -> Score:
    """Return how much is recognised of all plans with kinds of noise."""
    total = Score(0, 0, 0, 0)
    for path in (*EXAMPLES, *ACCEPTANCE):
        outline, _ = open_outline(path)
        text = plain_text(outline)
        wanted = entries(import_text(Source("clean.txt", text), outline.year).plan)
        for seed in seeds:
            total += score(spoilt(text, kinds, seed), outline.year, wanted)
    return total


def main() -> None:
    """Print the table."""
    for size in (0, 1, 4):
        for kinds in combinations(KINDS, size):
            found = measure(kinds, range(3))
            name = "、".join(kind.__name__ for kind in kinds) or "none"
            print(f"{found.recall:7.1%} {found.precision:7.1%} {found.lost:3d}  {name}")


if __name__ == "__main__":
    main()
