"""What was changed in a text, in the words of an office: 将“6所”改为“8所”；删去“积极”；在“学校”后增加“和幼儿园”.

Places are offsets in the text before the change.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from plangen.compare.wording import revise_text, sentences
from plangen.outline.model import Change

_MOST_EDITS: Final = 3
"""Most changes of a sentence that are named one by one; what was changed more often reads better as a whole."""

_LONGEST_CONTEXT: Final = 10
"""Most characters quoted to say where something is added."""

_LONGEST_ORIGINAL: Final = 120
"""Most characters quoted of what an opinion is about."""

_HEAD, _TAIL = 60, 40
"""Characters quoted at the beginning and at the end of a longer text."""

_PHRASE: Final = 4
"""Characters of a set phrase, most of which have four."""

_CONTEXT_BEFORE: Final = re.compile(r"[^，。；：、！？“”（）《》\s]*$")
_CONTEXT_AFTER: Final = re.compile(r"[^，。；：、！？“”（）《》\s]*")
_INNER_QUOTES: Final = str.maketrans("“”", "‘’")
_SENTENCE_ENDS: Final = "。！？；"
_CLOSERS: Final = "”’》）"


class Edit(NamedTuple):
    """A change of a text: what stood from `start` to `end` gave way to `inserted`."""

    start: int
    end: int
    inserted: str


class Passage(NamedTuple):
    """Neighbouring sentences of a text from `start` to `end`, and the changes in them."""

    start: int
    end: int
    edits: tuple[Edit, ...]


def passages(old: str, new: str, typed: Sequence[Edit] = ()) -> list[Passage]:
    """Return the sentences that were changed, those that share a change together.

    `typed` are the changes as they were made, in order: where a few words were replaced, they tell which.
    """
    found: list[Passage] = []
    ends = borders(old)
    for edit in _as_typed(old, list(_edits(old, new)), typed):
        start, end = _reach(edit, ends)
        if found and start < found[-1].end:
            last = found.pop()
            found.append(Passage(last.start, max(last.end, end), (*last.edits, edit)))
        else:
            found.append(Passage(start, end, (edit,)))
    return found


def advice(old: str, passage: Passage, whole: str) -> str:
    """Return what was changed in a passage; `whole` is what the whole text is called when all of it is gone: 此段."""
    text = old[passage.start : passage.end]
    new = changed(old, passage)
    if not new.strip():
        return f"删去{whole if text.strip() == old.strip() else '此句'}"
    if len(passage.edits) > _MOST_EDITS or _is_rewritten(passage):
        return f"将此句改为{quoted(new)}" if text.strip() else f"增加{quoted(new)}"
    return "，".join(_named(old, passage, edit) for edit in passage.edits)


def changed(old: str, passage: Passage) -> str:
    """Return how a passage reads when it is changed."""
    pieces, at = [], passage.start
    for edit in passage.edits:
        pieces += [old[at : edit.start], edit.inserted]
        at = edit.end
    return "".join((*pieces, old[at : passage.end]))


def _as_typed(old: str, edits: list[Edit], typed: Sequence[Edit]) -> list[Edit]:
    """Return changes; where one is within a phrase that was replaced as a whole, the phrase: 真抓实干, not 真抓实."""
    for phrase in typed:
        if not phrase.inserted or phrase.end - phrase.start > _PHRASE:
            continue
        at = bisect_left(edits, (phrase.start,))
        if at < len(edits) and _is_of(old, edits[at], phrase):
            edits[at] = phrase
    return edits


def _is_of(old: str, edit: Edit, phrase: Edit) -> bool:
    """Whether a change replaces a part of a phrase and makes of it what the phrase became."""
    replaces = edit.start < edit.end <= phrase.end and bool(edit.inserted)
    return replaces and changed(old, Passage(phrase.start, phrase.end, (edit,))) == phrase.inserted


def borders(text: str) -> list[int]:
    """Return where the sentences of a text begin, and where the last one ends."""
    return [0, *accumulate(map(len, sentences(text)))]


def around(ends: Sequence[int], about: tuple[int, int]) -> tuple[int, int]:
    """Return where the sentences around a stretch of a text begin and end; `ends` are the borders of sentences."""
    start, end = about
    first = bisect_right(ends, min(start, max(0, ends[-1] - 1))) - 1
    last = bisect_left(ends, max(end, start + 1))
    return ends[first], ends[min(last, len(ends) - 1)]


def shortened(text: str) -> str:
    """Return a text, cut in its midst when it is long."""
    text = text.strip()
    return text if len(text) <= _LONGEST_ORIGINAL else f"{text[:_HEAD]}……{text[-_TAIL:]}"


def quoted(text: str) -> str:
    """Return a text in quotation marks; those within it become single ones (GB/T 15834-2011, 4.8.3.4)."""
    return f"“{text.strip().translate(_INNER_QUOTES)}”"


def _edits(old: str, new: str) -> Iterator[Edit]:
    at = 0
    start, inserted = 0, ""
    for segment in revise_text(old, new):
        if segment.change is Change.KEPT:
            if at > start or inserted:
                yield Edit(start, at, inserted)
            at += len(segment.text)
            start, inserted = at, ""
        elif segment.change is Change.DELETED:
            at += len(segment.text)
        else:
            inserted += segment.text
    if at > start or inserted:
        yield Edit(start, at, inserted)


def _reach(edit: Edit, ends: Sequence[int]) -> tuple[int, int]:
    """Return where the sentences around an edit begin and end; `ends` are the borders of sentences.

    What is added between two sentences belongs to the first when it is a sentence itself, else to the second.
    """
    start, end = edit.start, edit.end
    if start == end and ends[bisect_left(ends, start)] == start:
        ends_sentence = edit.inserted.rstrip(_CLOSERS).endswith(tuple(_SENTENCE_ENDS))
        if start and (ends_sentence or start == ends[-1]):
            start -= 1
        else:
            end += 1
    return around(ends, (start, end))


def _is_rewritten(passage: Passage) -> bool:
    """Whether something else stands in the place of all of a passage."""
    only = passage.edits[0]
    return (only.start, only.end) == (passage.start, passage.end)


def _named(old: str, passage: Passage, edit: Edit) -> str:
    text = old[passage.start : passage.end]
    if edit.start == edit.end:
        return _addition(old, passage, edit)
    start, end = _unmistakable(text, edit.start - passage.start, edit.end - passage.start)
    replaced = text[start : edit.start - passage.start] + edit.inserted + text[edit.end - passage.start : end]
    return f"将{quoted(text[start:end])}改为{quoted(replaced)}" if replaced else f"删去{quoted(text[start:end])}"


def _unmistakable(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch of a text that stands there once: the one given, else its clause, else its sentence."""
    if text.count(text[start:end]) == 1:
        return start, end
    before, after = _CONTEXT_BEFORE.search(text[:start]), _CONTEXT_AFTER.match(text[end:])
    start, end = start - len(before[0] if before else ""), end + len(after[0] if after else "")
    return (start, end) if text.count(text[start:end]) == 1 else (0, len(text))


def _addition(old: str, passage: Passage, edit: Edit) -> str:
    """Return what is added where; the words that say where are none that are changed too."""
    added = quoted(edit.inserted)
    if edit.start == passage.end:
        return f"在此句后增加{added}"
    before = _CONTEXT_BEFORE.search(old[_end_of_change(passage, edit) : edit.start])
    if before and before[0]:
        return f"在{quoted(before[0][-_LONGEST_CONTEXT:])}后增加{added}"
    after = _CONTEXT_AFTER.match(old[edit.start : passage.end])
    if after and after[0]:
        return f"在{quoted(after[0][:_LONGEST_CONTEXT])}前增加{added}"
    return f"在{quoted(old[passage.start : edit.start])}后增加{added}"


def _end_of_change(passage: Passage, edit: Edit) -> int:
    """Return where the change before a change ends, or where the passage begins."""
    return max((each.end for each in passage.edits if each.end <= edit.start and each != edit), default=passage.start)
