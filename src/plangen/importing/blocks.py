"""A document as importing sees it, whatever it came from: paragraphs and tables, in order."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from plangen.importing.traced import NOTHING, Traced

_HEADING: Final = re.compile(r"^#{1,6}\s+|\s+#+\s*$")
_SECOND_LEVEL: Final = re.compile("(?m)^##")
_MARKUP: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|\*\*|~~|\[(?P<label>[^\]\n]*)\]\([^)\n]*\)|<br\s*/?>|</?[a-z]+>"
)
_RULE: Final = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_TABLE_ROW: Final = re.compile(r"\s*\|.*\|\s*")
_TABLE_RULE: Final = re.compile(r"\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*")
_CELL_END: Final = re.compile(r"(?<!\\)\|")

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


def markdown_blocks(text: Traced) -> list[Block]:
    """Return the paragraphs and tables of a text in Markdown, without its markup."""
    blocks: list[Block] = []
    rows: list[tuple[Traced, ...]] = []
    below_title = "##" if _SECOND_LEVEL.search(text.text) else "#"
    for line in text.split_lines():
        if _TABLE_ROW.fullmatch(line.text):
            if not _TABLE_RULE.fullmatch(line.text):
                rows.append(tuple(_cells(line)))
            continue
        if rows:
            blocks.append(Block(NOTHING, tuple(rows)))
            rows = []
        bare = _without_markup(line.sub(_HEADING, lambda _: "")).strip()
        if bare.text and not _RULE.fullmatch(line.text):
            blocks.append(Block(bare, heading=line.text.startswith(below_title)))
    return [*blocks, Block(NOTHING, tuple(rows))] if rows else blocks


def _cells(row: Traced) -> Iterator[Traced]:
    row = row.strip()
    start = 1
    for found in _CELL_END.finditer(row.text, 1):
        yield _without_markup(row.part(start, found.start())).strip()
        start = found.end()


def _without_markup(text: Traced) -> Traced:
    return text.sub(_MARKUP, lambda found: found["escaped"] or found["label"] or "")


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
