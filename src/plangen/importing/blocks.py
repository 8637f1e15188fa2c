"""A document as importing sees it, whatever it came from: paragraphs and tables, in order."""

from collections.abc import Sequence
from typing import NamedTuple

from plangen.importing.traced import Traced

Grid = tuple[tuple[Traced, ...], ...]
"""The rows of a table, each of them its cells."""


class Block(NamedTuple):
    """A paragraph, or a table: `grid` is empty in a paragraph; `heading` says that the document calls it a heading."""

    text: Traced
    grid: Grid = ()
    heading: bool = False


def plain_blocks(text: Traced) -> list[Block]:
    """Return the lines of a text that say something."""
    return [Block(line) for each in text.split_lines() if (line := each.strip()).text]


def whole_text(grid: Grid) -> Traced:
    """Return the characters of a table, to account for them."""
    return Traced("".join(c.text for row in grid for c in row), [at for row in grid for c in row for at in c.offsets])


def squeezed(text: str) -> str:
    """Return a text without its white space, as texts of two places are compared."""
    return "".join(text.split())


def headings(blocks: Sequence[Block]) -> frozenset[int]:
    """Return where the paragraphs stand that a document calls headings: the offset of their first character."""
    return frozenset(block.text.offsets[0] for block in blocks if block.heading)


def texts(blocks: Sequence[Block]) -> list[Traced]:
    """Return the paragraphs among blocks."""
    return [block.text for block in blocks if not block.grid]
