"""Two paragraphs as one with tracked changes, character by character, each character with the properties it has."""

import copy
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from lxml import etree

from plangen.compare.wording import revise_text
from plangen.outline.model import Change, Segment
from plangen.render.redline_marks import (
    BREAK,
    DELETED,
    INSERTED,
    LINK,
    PARAGRAPH,
    PROPERTIES,
    RUN,
    RUN_PROPERTIES,
    TAB,
    TEXT,
    Marks,
    add_text,
    as_xml,
    rename_deleted,
    w,
)

_FIELD_MARK: Final = w("fldChar")
_KEEP: Final = w("keepNext")
_KEPT_OLD: Final = frozenset((w("bookmarkStart"), w("bookmarkEnd")))
"""What takes no room and is kept of an old paragraph."""

_TAGS: Final = {Change.INSERTED: INSERTED, Change.DELETED: DELETED}


class Unit(NamedTuple):
    """What stays, comes or goes as one: a character, a tab, a break, a field or a link; or a mark that has no text.

    `look` is its properties and, unless it is a character, all it is made of, as XML; `parts` are the elements.
    """

    text: str
    look: bytes
    properties: etree._Element | None
    parts: tuple[etree._Element, ...] = ()

    @property
    def is_tracked(self) -> bool:
        """Whether it comes and goes with a mark; content controls cannot, nor drawings, whose ids must be there once.

        A new one just takes the place of the old one.
        """
        return not self.parts or (self.parts[0].tag in (RUN, LINK) and b":docPr" not in self.look)


def units(paragraph: etree._Element) -> list[Unit]:
    """Return what a paragraph is made of, apart from its properties."""
    found: list[Unit] = []
    field: list[etree._Element] = []
    depth = 0
    for child in paragraph:
        if child.tag == PROPERTIES:
            continue
        marks = [each.get(w("fldCharType")) for each in child.iter(_FIELD_MARK)]
        depth += marks.count("begin") - marks.count("end")
        if marks or field:
            field.append(child)
            if depth <= 0:
                found.append(_whole(field))
                field = []
        elif child.tag == RUN:
            found += _characters(child)
        else:
            found.append(_whole([child]))
    return [*found, _whole(field)] if field else found


def _characters(run: etree._Element) -> Iterator[Unit]:
    properties = run.find(RUN_PROPERTIES)
    look = b"" if properties is None else as_xml(properties)
    for child in run:
        if child.tag == TEXT:
            yield from [Unit(character, look, properties) for character in child.text or ""]
        elif child.tag == TAB:
            yield Unit("\t", look, properties)
        elif child.tag == BREAK and not child.attrib:
            yield Unit("\n", look, properties)
        elif child.tag != RUN_PROPERTIES:
            alone = etree.Element(RUN)
            if properties is not None:
                alone.append(copy.deepcopy(properties))
            alone.append(copy.deepcopy(child))
            yield _whole([alone])


def _whole(parts: Sequence[etree._Element]) -> Unit:
    text = "".join(each.text or "" for part in parts for each in part.iter(TEXT))
    look = b"".join([as_xml(part) for part in parts])
    return Unit(text, look, None, tuple(parts))


def text_of(paragraph: etree._Element) -> str:
    """Return the text of a paragraph as its units have it."""
    return "".join([unit.text for unit in units(paragraph)])


def properties_of(paragraph: etree._Element, *, but_keeping: bool = False) -> bytes:
    """Return the properties of a paragraph as XML; `but_keeping` leaves out whether it is kept with the next one."""
    properties = paragraph.find(PROPERTIES)
    if properties is None:
        return b""
    if but_keeping and properties.find(_KEEP) is not None:
        properties = copy.deepcopy(properties)
        etree.strip_elements(properties, _KEEP)
    return as_xml(properties)


def merge_paragraphs(
    old: etree._Element, new: etree._Element, marks: Marks, segments: Sequence[Segment] | None = None
) -> list[etree._Element]:
    """Return what stands for a paragraph that became another one.

    `segments` say what became of its text, `None` leaves that to be found out. Where nothing but the properties of the
    paragraphs is different, and no more than whether it is kept with the next one, the old mark goes and a new one
    comes. Otherwise the old paragraph goes and the new one comes: changes of properties are not tracked.
    """
    if not mergeable(old, new):
        return [marks.whole_paragraph(old, DELETED), marks.whole_paragraph(new, INSERTED)]
    if properties_of(old) == properties_of(new):
        return [merge_contents(old, new, marks, segments)]
    merged = merge_contents(old, new, marks, segments, properties=old)
    marks.mark_paragraph(merged, DELETED)
    bare = _with_properties_of(new)
    marks.mark_paragraph(bare, INSERTED)
    return [merged, bare]


def merge_contents(
    old: etree._Element,
    new: etree._Element,
    marks: Marks,
    segments: Sequence[Segment] | None = None,
    *,
    properties: etree._Element | None = None,
) -> etree._Element:
    """Return a paragraph with what was in another one as well, and the properties of it or of a third."""
    merged = _with_properties_of(new if properties is None else properties)
    _write(merged, _changes(units(old), units(new), segments), marks)
    return merged


def mergeable(old: etree._Element, new: etree._Element) -> bool:
    """Whether a paragraph that became another is shown as one: not where properties, or several lines of text, differ.

    The lines of a title are broken by sense: those of another title are others.
    """
    if properties_of(old, but_keeping=True) != properties_of(new, but_keeping=True):
        return False
    before, after = text_of(old), text_of(new)
    return before == after or "\n" not in before + after


def _with_properties_of(paragraph: etree._Element) -> etree._Element:
    made = etree.Element(PARAGRAPH)
    properties = paragraph.find(PROPERTIES)
    if properties is not None:
        made.append(copy.deepcopy(properties))
    return made


def _changes(
    before: Sequence[Unit], after: Sequence[Unit], segments: Sequence[Segment] | None
) -> Iterator[tuple[Change, Unit]]:
    """Yield the units of two paragraphs in one order, with what became of each."""
    old, new = ("".join([unit.text for unit in side]) for side in (before, after))
    if segments is None:
        segments = revise_text(old, new)
    i = j = 0
    for p, q in [*_stayed(before, after, segments), (len(before), len(after))]:
        for unit in before[i:p]:
            if unit.is_tracked:
                yield Change.DELETED, unit
            elif unit.parts[0].tag in _KEPT_OLD:
                yield Change.KEPT, unit
        for unit in after[j:q]:
            yield (Change.INSERTED if unit.is_tracked else Change.KEPT), unit
        if p < len(before):
            yield Change.KEPT, after[q]
        i, j = p + 1, q + 1


def _stayed(before: Sequence[Unit], after: Sequence[Unit], segments: Sequence[Segment]) -> Iterator[tuple[int, int]]:
    """Yield the positions of units that stayed: all their text stayed, and they look as they did."""
    partner = _partners(segments)
    starts = dict(_starts(after))
    for start, position in _starts(before):
        unit = before[position]
        at = partner.get(start, -1)
        found = starts.get(at, -1)
        if found < 0 or after[found][:2] != unit[:2]:
            continue
        if all(partner.get(start + n) == at + n for n in range(1, len(unit.text))):
            yield position, found


def _partners(segments: Sequence[Segment]) -> dict[int, int]:
    """Return where the characters that stayed stand in the old text, and where in the new one."""
    partner: dict[int, int] = {}
    i = j = 0
    for text, _, change in segments:
        if change is Change.KEPT:
            partner.update(zip(range(i, i + len(text)), range(j, j + len(text)), strict=True))
        i += len(text) if change is not Change.INSERTED else 0
        j += len(text) if change is not Change.DELETED else 0
    return partner


def _starts(side: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Yield where in the text the units begin that have any, with their positions."""
    start = 0
    for position, unit in enumerate(side):
        if unit.text:
            yield start, position
            start += len(unit.text)


def _write(paragraph: etree._Element, changes: Iterator[tuple[Change, Unit]], marks: Marks) -> None:
    """Append units to a paragraph, neighbours that share a fate in one mark and those of the same look in one run."""
    for (change, alone), group in groupby(changes, lambda each: (each[0], _stands_alone(each[1]))):
        found = [unit for _, unit in group]
        tag = _TAGS.get(change)
        if tag is None:
            _append(paragraph, found)
        elif alone:
            for part in [part for unit in found for part in unit.parts]:
                link = copy.deepcopy(part)
                marks.mark_content(link, tag)
                paragraph.append(link)
        else:
            mark = marks.mark(tag)
            _append(mark, found)
            paragraph.append(mark)
            if tag == DELETED:
                rename_deleted(mark)


def _stands_alone(unit: Unit) -> bool:
    """Whether a unit cannot stand in a mark of several: a link has the marks inside (17.16.22), others have none."""
    return bool(unit.parts) and unit.parts[0].tag != RUN


def _append(parent: etree._Element, found: Sequence[Unit]) -> None:
    for (_, whole), group in groupby(found, lambda unit: (unit.look, bool(unit.parts))):
        same = list(group)
        if whole:
            parent.extend([copy.deepcopy(part) for unit in same for part in unit.parts])
        else:
            run = etree.SubElement(parent, RUN)
            if same[0].properties is not None:
                run.append(copy.deepcopy(same[0].properties))
            add_text(run, "".join([unit.text for unit in same]))
