"""Clauses: the printed paragraphs of a plan, each with what people call the place where it stands (第3条)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.compare.nodes import Tree, spoken_number
from plangen.compare.wording import pair_texts
from plangen.outline.model import Attachment, Entry, Paragraph, Section, Table
from plangen.outline.tables import TABLE_TITLES

_MARKER: Final = re.compile(
    r"第?[0-9０-９]+(?:条|项|[.．、](?![0-9]))|第?[零一二三四五六七八九十百千]+(?:条|项|部分|、)"
    r"|[（(][0-9零一二三四五六七八九十百千]+[)）]|[①-⑳㉑-㉟㊱-㊿]"
)
"""The numbers of paragraphs, by how official documents write them."""


class Printed(NamedTuple):
    """A printed paragraph or cell of a plan.

    `clause` is where people say it stands. `in_body` says that it is part of the plan's own text, from its title to its
    closing, and in no table.
    """

    text: str
    clause: str
    in_body: bool = True


def printed_paragraphs(tree: Tree) -> list[Printed]:
    """Return what is printed of a plan in the order of the genre `notice`, which has all of it."""
    outline = tree.outline
    notice = [outline.notice.title, *map(str, outline.notice.paragraphs)] if outline.genre == "notice" else []
    found = [Printed(each, "印发通知", in_body=False) for each in notice]
    found.append(Printed(outline.title, "标题"))
    found += _prose(outline.opening, "开头")
    found += _prose(outline.guiding_thought, "指导思想")
    for section in outline.sections:
        found += _section(tree, section)
    found += _prose(outline.closing, "结尾")
    for attachment in outline.attachments:
        found += [each._replace(in_body=False) for each in _attachment(tree, attachment)]
    standing = {each.table.kind for each in outline.attachments if each.table}
    for table in (outline.tables.tasks, outline.tables.targets):
        if table.kind not in standing:
            found += _table(table)
    return [each for each in found if squeezed(each.text)]


def pair_paragraphs(printed: Sequence[Printed], texts: Sequence[str]) -> list[int | None]:
    """Return for each paragraph of a document which printed one it is, by its place, `None` where it is none.

    Paragraphs of the plan's own text are known again when they were reworded; what is in tables and around the plan is
    short and alike, and must say the same.
    """
    found: list[int | None] = [None] * len(texts)
    filled = [place for place, text in enumerate(texts) if squeezed(text)]
    pairs = pair_texts([squeezed(each.text) for each in printed], [squeezed(texts[place]) for place in filled])
    for ours, theirs in pairs:
        if ours is None or theirs is None:
            continue
        if printed[ours].in_body or is_same(printed[ours].text, texts[filled[theirs]]):
            found[filled[theirs]] = ours
    return found


def is_same(one: str, other: str) -> bool:
    """Whether two paragraphs say the same, white space and the numbers they begin with left aside."""
    return without_number(squeezed(one)) == without_number(squeezed(other))


def squeezed(text: str) -> str:
    """Return a text without white space, which programs add and drop at will."""
    return "".join(text.split())


def without_number(text: str) -> str:
    """Return a text without the number it begins with."""
    found = _MARKER.match(text)
    return text[found.end() :] if found else text


def _section(tree: Tree, section: Section) -> Iterator[Printed]:
    node = tree.node_of(section)
    clause = node.address if node else ""
    yield Printed(str(section.heading), clause)
    yield from _prose(section.paragraphs, clause)
    for entry in section.entries:
        yield from _entry(tree, entry, clause)
    for below in section.sections:
        yield from _section(tree, below)


def _entry(tree: Tree, entry: Entry, above: str) -> Iterator[Printed]:
    """Yield the paragraphs of an entry; `above` is the clause of what it stands in."""
    node = tree.node_of(entry)
    clause = node.address if node and entry.kind != "target" else _target_clause(entry, above)
    if entry.heading:
        yield Printed(str(entry.heading), clause)
    yield from _prose(entry.paragraphs, clause)
    for below in entry.entries:
        yield from _entry(tree, below, clause)


def _target_clause(entry: Entry, above: str) -> str:
    """Return what a target that stands by itself is called: by its number, like the tasks it is counted with."""
    number = spoken_number(entry.label, entry.paragraphs[0].number if entry.paragraphs else None)
    return f"{above}第{number}条" if number else above


def _attachment(tree: Tree, attachment: Attachment) -> Iterator[Printed]:
    yield Printed(attachment.title, attachment.label)
    yield from _prose(attachment.paragraphs, attachment.label)
    for section in attachment.sections:
        yield from _section(tree, section)
    if attachment.table:
        yield from _table(attachment.table)


def _table(table: Table) -> Iterator[Printed]:
    """Yield the cells of a table; a row is called by the number in its first cell."""
    name = TABLE_TITLES[table.kind]
    yield from (Printed(column.name, name, in_body=False) for column in table.columns)
    for row in table.rows:
        if row.group:
            yield Printed(str(row.group), name, in_body=False)
        for cell in row.cells:
            yield Printed(str(cell.text), f"{name}第{row.cells[0].text}行", in_body=False)


def _prose(paragraphs: Iterable[Paragraph], clause: str) -> list[Printed]:
    return [Printed(str(each), clause) for each in paragraphs]
