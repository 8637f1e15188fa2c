"""Two sequences of paragraphs and tables as one with tracked changes.

Which paragraphs became which the comparison of the plans has said; what else there is on a page – the elements of an
official document, titles, blank lines, tables, section breaks – is paired in the gaps between them by what it is. By
construction the new blocks in order are all that is kept or inserted, the old ones all that is kept or deleted.
"""

import copy
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from lxml import etree

from plangen.compare.revised import Line, Revision, revise_line
from plangen.compare.wording import likeness, longest_increasing
from plangen.outline.model import Segment
from plangen.render.redline_chain import chain
from plangen.render.redline_marks import DELETED, INSERTED, PARAGRAPH, SECTION, TABLE, Marks, is_kept
from plangen.render.redline_paragraphs import merge_paragraphs, mergeable, properties_of, text_of
from plangen.render.redline_tables import merge_tables, same_columns

_UNNAMED: Final = -1
_LIKE: Final = 0.2
"""Least likeness of two paragraphs of the same kind of which one became the other."""

_SAME, _BLANK, _ALIKE, _TABLE = 4.0, 0.5, 1.0, 3.0
"""What it is worth to pair equal blocks, blank lines, like paragraphs, tables with as many columns."""

Pairs = list[tuple[int, int]]


class Block(NamedTuple):
    """A paragraph, a table or what else stands in a document; `line` is its place in the plan's lines, or -1."""

    element: etree._Element
    xml: bytes
    text: str
    line: int = _UNNAMED

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph that ends no section."""
        return self.element.tag == PARAGRAPH and next(self.element.iter(SECTION), None) is None


def read_blocks(elements: Iterable[etree._Element], lines: Sequence[Line] = ()) -> list[Block]:
    """Return blocks, those that print lines of a plan with their places: the first that reads so is the first line.

    Where a list counts the numbers of a document, a paragraph reads without its label.
    """
    blocks = []
    for each in elements:
        text = text_of(each) if each.tag == PARAGRAPH else ""
        blocks.append(Block(each, etree.tostring(each, with_tail=False), text))
    places: dict[str, deque[int]] = defaultdict(deque)
    for place, block in enumerate(blocks):
        if block.text:
            places[block.text].append(place)
    for number, line in enumerate(lines):
        found = places.get(str(line)) or places.get(line.unlabelled)
        if found:
            place = found.popleft()
            blocks[place] = blocks[place]._replace(line=number)
    return blocks


def pair_blocks(old: Sequence[Block], new: Sequence[Block], line_pairs: Iterable[tuple[int, int]]) -> Pairs:
    """Return the positions of blocks that became each other, in order."""
    here = {block.line: place for place, block in enumerate(old) if block.line != _UNNAMED}
    there = {block.line: place for place, block in enumerate(new) if block.line != _UNNAMED}
    named = sorted((here[p], there[q]) for p, q in line_pairs if p in here and q in there)
    anchors = [named[n] for n in longest_increasing([q for _, q in named])]
    pairs: Pairs = []
    i = j = 0
    for p, q in [*anchors, (len(old), len(new))]:
        pairs += _pair_unnamed(old, new, range(i, p), range(j, q))
        if p < len(old):
            pairs.append((p, q))
        i, j = p + 1, q + 1
    if _ends_alike(old, new) and (not pairs or (pairs[-1][0] < len(old) - 1 and pairs[-1][1] < len(new) - 1)):
        pairs.append((len(old) - 1, len(new) - 1))
    return pairs


def _pair_unnamed(old: Sequence[Block], new: Sequence[Block], here: range, there: range) -> Pairs:
    before = [place for place in here if old[place].line == _UNNAMED]
    after = [place for place in there if new[place].line == _UNNAMED]
    found = chain([old[place] for place in before], [new[place] for place in after], _worth)
    return [(before[i], after[j]) for i, j in found]


def _worth(old: Block, new: Block) -> float:
    if old.xml == new.xml:
        return _BLANK if old.is_paragraph and not old.text else _SAME
    if old.element.tag == new.element.tag == TABLE:
        return _TABLE if same_columns(old.element, new.element) else 0.0
    if not (old.is_paragraph and new.is_paragraph and old.text and new.text):
        return 0.0
    alike = likeness(old.text, new.text)
    return _ALIKE + alike if alike >= _LIKE and mergeable(old.element, new.element) else 0.0


def _ends_alike(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether both end with a paragraph, and with the same properties: so its mark may be that of either.

    The last paragraph mark of a text can neither be inserted nor deleted.
    """
    if not (old and new and old[-1].is_paragraph and new[-1].is_paragraph):
        return False
    return properties_of(old[-1].element) == properties_of(new[-1].element)


def merge_blocks(
    old: Sequence[Block], new: Sequence[Block], pairs: Pairs, revision: Revision, marks: Marks
) -> list[etree._Element]:
    """Return the blocks of both sides in one order, with marks on what came and went.

    What is to be noted of a new line is a comment on the nearest text before it that stayed.
    """
    merged: list[etree._Element] = []
    notes: list[tuple[int, str]] = []
    i = j = 0
    for p, q in [*pairs, (len(old), len(new))]:
        merged += [_whole(block, DELETED, marks) for block in old[i:p] if _can_be_marked(block)]
        for block in new[j:q]:
            notes += [(len(merged), revision.notes[block.line])] if block.line in revision.notes else []
            merged.append(_whole(block, INSERTED, marks))
        if p < len(old):
            merged += _merge_pair(old[p], new[q], revision, marks)
        i, j = p + 1, q + 1
    _share_last_mark(merged, old, new, pairs, marks)
    for place, note in notes:
        near = next((each for each in reversed(merged[:place]) if is_kept(each)), None)
        if near is not None:
            marks.comment(near, note)
    return merged


def _can_be_marked(block: Block) -> bool:
    """Whether a block can be shown as deleted; what is neither paragraph nor table cannot, and just goes."""
    return block.element.tag in (PARAGRAPH, TABLE)


def _whole(block: Block, tag: str, marks: Marks) -> etree._Element:
    if block.element.tag == PARAGRAPH:
        return marks.whole_paragraph(block.element, tag)
    if block.element.tag == TABLE:
        return marks.whole_table(block.element, tag)
    return copy.deepcopy(block.element)


def _merge_pair(old: Block, new: Block, revision: Revision, marks: Marks) -> list[etree._Element]:
    if old.xml == new.xml or new.element.tag not in (PARAGRAPH, TABLE):
        return [copy.deepcopy(new.element)]
    if new.element.tag == TABLE:
        return [merge_tables(old.element, new.element, marks)]
    return merge_paragraphs(old.element, new.element, marks, _segments(old, new, revision))


def _segments(old: Block, new: Block, revision: Revision) -> Sequence[Segment] | None:
    """Return what became of the line that a block prints; `None` when it prints none."""
    if _UNNAMED in (old.line, new.line):
        return None
    return revise_line(_as_printed(revision.old[old.line], old), _as_printed(revision.new[new.line], new))


def _as_printed(line: Line, block: Block) -> Line:
    """Return a line without its label where a list counts it."""
    return line if block.text == str(line) else line._replace(label="")


def _share_last_mark(
    merged: Sequence[etree._Element], old: Sequence[Block], new: Sequence[Block], pairs: Pairs, marks: Marks
) -> None:
    """Let the last paragraph mark be that of both sides where one of them goes on after the last pair.

    What is marked instead is the mark of the paragraph the other side ends with: ¶ A [+¶ B+] reads ¶ A[+¶ B+].
    """
    if not (pairs and _ends_alike(old, new)):
        return
    p, q = pairs[-1]
    further, tag = (old[p + 1 :], DELETED) if q == len(new) - 1 else (new[q + 1 :], INSERTED)
    joined = properties_of(old[p].element) == properties_of(new[q].element) and mergeable(
        old[p].element, new[q].element
    )
    if further and joined and all(block.is_paragraph for block in (*further, old[p], new[q])):
        marks.clear_paragraph(merged[-1])
        marks.mark_paragraph(merged[-1 - len(further)], tag)
