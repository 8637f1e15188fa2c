"""Markdown as a document: paragraphs, headings and tables without their markup."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.importing.blocks import Block
from plangen.importing.doubts import Doubts
from plangen.importing.traced import NOTHING, Traced, joined

SUFFIXES: Final = (".md", ".markdown")
"""How files of Markdown are named."""

_HEADING: Final = re.compile(r"^#{1,6}\s+|\s+#+\s*$")
_SECOND_LEVEL: Final = re.compile("(?m)^##")
_MARKUP: Final = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|!?\[(?P<label>[^\]\n]*)\]\((?P<address>[^)\n]*)\)"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<!\*)\*(?P<emphasis>[^\s*](?:[^*\n]*[^\s*])?)\*(?!\*)"
    r"|\*\*|~~|(?P<tag><br\s*/?>|</?[a-z]+>)"
)
_KEPT: Final = ("escaped", "label", "code", "emphasis")
"""What of a piece of markup is text."""

_NESTING: Final = ("label", "emphasis")
"""What may hold markup itself."""

_RULE: Final = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_TABLE_ROW: Final = re.compile(r"\s*\|.*\|\s*")
_TABLE_RULE: Final = re.compile(r"\s*\|(?:\s*:?-{3,}:?\s*\|)+\s*")
_CELL_END: Final = re.compile(r"(?<!\\)\|")


def markdown_blocks(text: Traced, doubts: Doubts) -> list[Block]:
    """Return the paragraphs and tables of a text in Markdown; the address of a link is left out with a doubt."""
    blocks: list[Block] = []
    rows: list[tuple[Traced, ...]] = []
    below_title = "##" if _SECOND_LEVEL.search(text.text) else "#"
    for line in text.split_lines():
        if _TABLE_ROW.fullmatch(line.text):
            if not _TABLE_RULE.fullmatch(line.text):
                rows.append(tuple(_cells(line, doubts)))
            continue
        if rows:
            blocks.append(Block(NOTHING, tuple(rows)))
            rows = []
        bare = _without_markup(line.sub(_HEADING, lambda _: ""), doubts).strip()
        if bare.text and not _RULE.fullmatch(line.text):
            blocks.append(Block(bare, heading=line.text.startswith(below_title)))
    return [*blocks, Block(NOTHING, tuple(rows))] if rows else blocks


def _cells(row: Traced, doubts: Doubts) -> Iterator[Traced]:
    row = row.strip()
    start = 1
    for found in _CELL_END.finditer(row.text, 1):
        yield _without_markup(row.part(start, found.start()), doubts).strip()
        start = found.end()


def _without_markup(text: Traced, doubts: Doubts) -> Traced:
    pieces: list[Traced] = []
    done = 0
    for found in _MARKUP.finditer(text.text):
        kept = next((name for name in _KEPT if found[name] is not None), None)
        inside = text.part(*found.span(kept)) if kept else NOTHING
        pieces += [text.part(done, found.start()), _without_markup(inside, doubts) if kept in _NESTING else inside]
        done = found.end()
        if found["tag"]:
            doubts.ledger.account(text.part(*found.span()))
        if found["address"]:
            at = text.part(*found.span("address"))
            doubts.drop("I006", f"链接的地址没有导入：{found['address']}", at)
    return joined([*pieces, text.part(done)]) if pieces else text
