"""A plan in a Word document to a plan in the plan format."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Final

from plangen.diagnostics import Severity, Source
from plangen.importing.blocks import Block, Grid
from plangen.importing.doubts import Doubts
from plangen.importing.normalising import normalise
from plangen.importing.text import Imported, import_blocks
from plangen.importing.traced import NOTHING, Traced, joined
from plangen.importing.word import WordDocument, WordParagraph, read_word

_OTHER_BREAKS: Final = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")
"""What breaks lines in plain text, and never does in a document."""

_TITLES: Final = ("title", "标题")
_HEADINGS: Final = ("heading", "标题 ")


def import_document(path: Path, year: int | None = None) -> Imported:
    """Return the plan a .docx holds, all tracked changes accepted; see `import_text`.

    Places are those in the text of the document, a paragraph a line. Raises `PlanError` when the file is no .docx that
    can be read.
    """
    document = read_word(path)
    paragraphs = document.paragraphs()
    source = Source(path.as_posix(), "\n".join(map(_line, paragraphs)))
    doubts = Doubts(source)
    whole = normalise(Traced(source.text, range(len(source.text))), doubts)
    _doubt_history(document, whole, doubts)
    lines = whole.split_lines()
    found = [(each, list(islice(lines, _line(each).count("\n") + 1))) for each in paragraphs]
    return import_blocks(source, list(_blocks(found)), doubts, year)


def _line(paragraph: WordParagraph) -> str:
    """Return a paragraph as a line of the source; the breaks within a title are there for its looks."""
    text = _OTHER_BREAKS.sub(" ", str(paragraph))
    return text.replace("\n", "") if _is_title(paragraph) else text


def _is_title(paragraph: WordParagraph) -> bool:
    return paragraph.style.lower() in _TITLES


def _doubt_history(document: WordDocument, whole: Traced, doubts: Doubts) -> None:
    changes = {
        (revision.author, revision.date)
        for each in document.raw
        for stretch in each.stretches
        for revision in (stretch.inserted, stretch.deleted)
        if revision is not None
    }
    if changes:
        authors = "、".join(sorted({author for author, _ in changes if author}))
        message = f"文档里有没有接受的修订{f'（{authors}）' if authors else ''}，按全部接受导入"
        doubts.add("I022", message, whole.part(0, 1), "要保留原文的，先在 Word 里拒绝修订")
    for comment in document.comments.values():
        doubts.add("I023", f"批注没有导入：{comment.author}：{comment.text}", whole.part(0, 1), severity=Severity.INFO)


_Found = tuple[WordParagraph, list[Traced]]
"""A paragraph and its lines."""


def _blocks(paragraphs: Iterable[_Found]) -> Iterator[Block]:
    """Yield paragraphs and tables; a table of one column is paragraphs set in a table."""
    for table, group in groupby(paragraphs, key=lambda found: found[0].cell.table if found[0].cell else None):
        found = list(group)
        if table is not None and any(paragraph.cell and paragraph.cell.column for paragraph, _ in found):
            yield Block(NOTHING, _grid(found))
            continue
        for paragraph, lines in found:
            for line in lines:
                if (text := line.strip()).text:
                    yield Block(text, heading=_is_heading(paragraph))


def _is_heading(paragraph: WordParagraph) -> bool:
    return paragraph.style.lower().startswith(_HEADINGS) or (
        paragraph.outline_level is not None and not _is_title(paragraph)
    )


def _grid(cells: Iterable[_Found]) -> Grid:
    rows: dict[int, dict[int, list[Traced]]] = {}
    for paragraph, lines in cells:
        assert paragraph.cell is not None
        rows.setdefault(paragraph.cell.row, {}).setdefault(paragraph.cell.column, []).append(joined(lines).strip())
    return tuple(
        tuple(joined(row.get(column, [])) for column in range(max(row) + 1)) for _, row in sorted(rows.items())
    )
