"""Word documents as people see them: paragraphs with the numbers Word shows, tracked changes, comments.

This is plangen's one reader of .docx. What it reads comes from other people, so the work is bounded (`package`) and
nothing in it runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from plangen.importing.comments import Comment, read_comments
from plangen.importing.lists import ListCounter, Lists
from plangen.importing.package import Refusals, read_package
from plangen.importing.stretches import (
    Properties,
    RawParagraph,
    Reading,
    Revision,
    Stretch,
    TableCell,
    read_paragraphs,
    read_text,
)

__all__ = [
    "Comment",
    "Reading",
    "Revision",
    "Stretch",
    "TableCell",
    "WordDocument",
    "WordParagraph",
    "read_text",
    "read_word",
]

_REFUSALS: Final = Refusals("R100", "R101", "R102", "给出用 Word 或 WPS 存成的 .docx")


class WordParagraph(NamedTuple):
    """A paragraph in a reading of a document.

    `number` is what Word shows before it, "" where it is in no list; `level` is its level there, from 0. `text` is what
    it says in this reading, with tabs and line breaks in it. `stretches` is all of its text with its history, with what
    stands in another reading only, and with the marks of the paragraphs that are joined in it. `style` is the name of
    its style ("heading 1"), `outline_level` (from 0) what makes it a heading. `cell` is where it stands in a table,
    `None` outside; `boxed` says that it stands in a text box. It is not `present` when only other readings have it.
    """

    number: str
    text: str
    stretches: tuple[Stretch, ...]
    style: str = ""
    level: int | None = None
    outline_level: int | None = None
    cell: TableCell | None = None
    boxed: bool = False
    present: bool = True

    def __str__(self) -> str:
        return self.number + self.text


class WordDocument(NamedTuple):
    """A Word document; `path` is the file, for people, `comments` are its comments by their ids."""

    path: Path
    raw: tuple[RawParagraph, ...]
    lists: Lists
    comments: Mapping[str, Comment]

    def paragraphs(self, reading: Reading = Reading.ACCEPTED) -> list[WordParagraph]:
        """Return the paragraphs of a reading, in reading order."""
        return [each for each in self.with_history(reading) if each.present]

    def with_history(self, reading: Reading) -> Iterator[WordParagraph]:
        """Yield the paragraphs of a reading, and those that only other readings have, where they would stand."""
        counter = ListCounter(self.lists)
        for group in _joined(self.raw, reading):
            yield self._paragraph(group, reading, counter)

    def _paragraph(self, group: "_Group", reading: Reading, counter: ListCounter) -> WordParagraph:
        first, stretches = group.paragraphs[0], tuple(s for each in group.paragraphs for s in each.stretches)
        text, properties = read_text(stretches, reading), group.properties(reading)
        present = bool(text) or any(each.is_mark and each.stands_in(reading) for each in stretches)
        number, level = counter.number(properties.place, properties.style) if present else ("", None)
        style, outline_level = self._style(properties)
        return WordParagraph(
            number, text, stretches, style, level, outline_level, first.cell, first.boxed, present=present
        )

    def _style(self, properties: Properties) -> tuple[str, int | None]:
        """Return the name of a paragraph's style, and its outline level: its own or that of its style."""
        chain = [style for _, style in self.lists.chain(properties.style)]
        levels = (properties.outline_level, *(style.outline_level for style in chain))
        return chain[0].name if chain else "", next((level for level in levels if level is not None), None)


class _Group(NamedTuple):
    """Paragraphs of the file that are one paragraph in a reading; it looks as the mark that ends it says."""

    paragraphs: list[RawParagraph]

    def properties(self, reading: Reading) -> Properties:
        """Return what the paragraph says of itself in a reading."""
        ends = [each for each in self.paragraphs if each.stretches[-1].stands_in(reading)]
        last = (ends or self.paragraphs)[-1]
        return last.before if reading is Reading.ORIGINAL else last.properties


def _joined(paragraphs: Iterable[RawParagraph], reading: Reading) -> list[_Group]:
    """Return the paragraphs of a reading: where it has no mark, a paragraph goes on in the next of its container."""
    groups: list[_Group] = []
    last: dict[int, _Group] = {}
    open_: dict[int, bool] = {}
    for each in paragraphs:
        here = each.container
        if open_.get(here):
            last[here].paragraphs.append(each)
        else:
            last[here] = _Group([each])
            groups.append(last[here])
        open_[here] = not each.stretches[-1].stands_in(reading)
    return groups


def read_word(path: Path) -> WordDocument:
    """Return what stands in a .docx; raise `PlanError` when it is none, is damaged, too large, or holds no text."""
    package = read_package(path, _REFUSALS)
    body = package.xml(package.main)
    raw = tuple(read_paragraphs(body))
    if not any(stretch.text.strip() for each in raw for stretch in each.stretches if not stretch.is_mark):
        message, hint = "文档里没有文字", "只有图片的多半是扫描件，请对方发来能改字的 Word 文档"
        raise package.refusal("R103", message, hint)
    return WordDocument(path, raw, Lists(package), read_comments(package))
