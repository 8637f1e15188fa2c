"""The opinions of one unit on one document, in its order: tracked changes and comments, put into words."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Final, NamedTuple

from plangen.compare.wording import sentences
from plangen.importing.word import WordParagraph
from plangen.opinions.clauses import is_same, squeezed, without_number
from plangen.opinions.phrases import Passage, advice, around, borders, changed, passages, quoted, shortened
from plangen.opinions.views import Line, Mine, Range, lines

_LONGEST_WORDS: Final = 20
"""Most commented characters that are quoted in the opinion itself."""
_SHORTEST_MOVE: Final = 8
"""Fewest characters of a text that is taken for moved when it goes in one place and comes in another."""
_QUESTION: Final = ("？", "?")
_SUGGESTION: Final = "建议"
_LOOSE: Final = "：:，, "


class Draft(NamedTuple):
    """An opinion on a paragraph of a document, given by its place there.

    `gone` is the whole paragraph or sentence that was deleted, `added` the one that was added, `after` whether it came
    after what the opinion is about; `gone` and `added` are "" for all other changes.
    """

    paragraph: int
    original: str
    advice: str
    gone: str = ""
    added: str = ""
    after: bool = True


class _Place(NamedTuple):
    """A line of a document with its paragraph, and the texts that stood before and after it in the document sent."""

    paragraph: int
    line: Line
    before: str
    after: str
    in_row: bool


def drafts(paragraphs: Sequence[WordParagraph], mine: Mine, remarks: Mapping[str, str]) -> list[Draft]:
    """Return the opinions of a unit on the paragraphs of a document as it was sent.

    `mine` tells its tracked changes; `remarks` are what its comments say, by their ids.
    """
    places = _places(paragraphs, mine)
    texts = _commented_texts(places, remarks)
    unsaid = dict(remarks)
    found: list[Draft] = []
    for _, row in groupby(places, key=lambda place: _row(place.paragraph, paragraphs)):
        together = list(row)
        whole = _whole_row(together)
        found += [whole] if whole else [draft for each in together for draft in _on_line(each, unsaid, texts)]
    return _with_neighbours(_with_moves(found))


def as_suggestion(remark: str) -> str:
    """Return what a comment says as an opinion: 建议：…; a question, or what says 建议 later on, stays as it is."""
    if remark.startswith(_SUGGESTION):
        return f"{_SUGGESTION}：{remark.removeprefix(_SUGGESTION).lstrip(_LOOSE)}"
    return remark if remark.endswith(_QUESTION) or _SUGGESTION in remark else f"{_SUGGESTION}：{remark}"


def is_trifle(old: str, passage: Passage) -> bool:
    """Whether nothing was changed but white space or the number of the paragraph, which follows from other changes."""
    before, after = squeezed(old[passage.start : passage.end]), squeezed(changed(old, passage))
    return before == after or (passage.start == 0 and is_same(before, after))


def _places(paragraphs: Sequence[WordParagraph], mine: Mine) -> list[_Place]:
    found: list[_Place] = []
    before = ""
    for number, paragraph in enumerate(paragraphs):
        here = lines(paragraph, mine)
        for line, after in zip(here, _following(here), strict=True):
            found.append(_Place(number, line, before, after, paragraph.cell is not None))
            before = line.old if line.old.strip() else before
    return [_without_mark(*each) for each in zip_longest(found, found[1:])]


def _following(here: Sequence[Line]) -> list[str]:
    """Return for each line the old text of the next one that has some, "" where there is none."""
    found, after = [], ""
    for line in reversed(here):
        found.append(after)
        after = line.old if line.old.strip() else after
    return found[::-1]


def _without_mark(place: _Place, following: _Place | None) -> _Place:
    """Return a line, not as one that merges with the next when that one is deleted: it just was the last mark to go."""
    gone = place.line.merges and following and following.line.is_gone
    return place._replace(line=place.line._replace(merges=False)) if gone else place


def _commented_texts(places: Iterable[_Place], remarks: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what comments are about, paragraph by paragraph."""
    texts: dict[str, list[str]] = {}
    for place in places:
        for name, (start, end) in place.line.comments.items():
            if name in remarks and (name not in texts or place.line.old[start:end].strip()):
                texts.setdefault(name, []).append(place.line.old[start:end])
    return texts


def _row(number: int, paragraphs: Sequence[WordParagraph]) -> tuple[int, int]:
    """Return what the paragraphs of one row of a table have in common, and no others."""
    cell = paragraphs[number].cell
    return (-1, number) if cell is None else (cell.table, cell.row)


def _whole_row(places: Sequence[_Place]) -> Draft | None:
    """Return the opinion on a row of a table that was deleted or added as a whole."""
    if len(places) == 1 or not places[0].in_row:
        return None
    filled = [each for each in places if each.line.old.strip() or each.line.new.strip()]
    if filled and all(each.line.is_gone for each in filled):
        text = "，".join(each.line.old for each in filled)
        return Draft(places[0].paragraph, shortened(text), "删去此行")
    if filled and all(each.line.is_added for each in filled):
        text = "，".join(each.line.new for each in filled)
        return Draft(places[0].paragraph, shortened(places[0].before), f"在此行后增加一行：{quoted(text)}")
    return None


def _on_line(place: _Place, unsaid: dict[str, str], texts: Mapping[str, Sequence[str]]) -> list[Draft]:
    """Return the opinions on a line; comments on several paragraphs are told at the first and taken from `unsaid`."""
    comments = {name: place.line.comments[name] for name in place.line.comments if name in unsaid}
    said = {name: unsaid.pop(name) for name in comments}
    found: list[tuple[Range, Draft]] = []
    for extent, draft, names in _with_comments(list(_changes(place)), comments, texts):
        notes = "".join(f"（批注：{said.pop(name)}）" for name in names)
        found.append((extent, draft._replace(advice=draft.advice + notes)))
    ends = borders(place.line.old)
    found += [(comments[name], _on_comment(place, ends, comments[name], texts[name], said[name])) for name in said]
    return [draft for _, draft in sorted(found, key=lambda each: each[0])]


def _with_comments(
    changes: Sequence[tuple[Range, Draft]], comments: Mapping[str, Range], texts: Mapping[str, Sequence[str]]
) -> Iterator[tuple[Range, Draft, list[str]]]:
    """Yield changes, each with the comments that stand on the same text; those on several paragraphs stand alone."""
    names: list[list[str]] = [[] for _ in changes]
    ends = [extent[1] for extent, _ in changes]
    for name, (start, end) in comments.items():
        first = bisect_left(ends, start)
        if len(texts[name]) == 1 and first < len(changes) and changes[first][0][0] <= end:
            names[first].append(name)
    yield from ((*change, own) for change, own in zip(changes, names, strict=True))


def _changes(place: _Place) -> Iterator[tuple[Range, Draft]]:
    """Yield the opinions that the changes of a line are, after what they are about, as places in the old text."""
    number, line = place.paragraph, place.line
    whole: Range = (0, len(line.old))
    if line.is_added:
        anchor, side = (place.before, "后") if place.before and not place.after else (place.after, "前")
        text = f"在此段{side}增加一段：{quoted(line.new)}" if anchor else f"增加一段：{quoted(line.new)}"
        yield whole, Draft(number, shortened(anchor), text, added=line.new, after=side == "后")
    elif line.is_gone:
        yield whole, Draft(number, shortened(line.old), "删去此段", gone=line.old)
    else:
        for passage in passages(line.old, line.new, line.typed):
            if not is_trifle(line.old, passage):
                yield (passage.start, passage.end), _passage(number, line.old, passage)
        if line.new.strip() and (line.merges or place.after):
            last = sentences(line.old)[-1:] or [""]
            advised = "此处不分段，与下一段合并" if line.merges else "此处另起一段"
            yield (len(line.old), len(line.old)), Draft(number, shortened(last[0]), advised)


def _passage(number: int, old: str, passage: Passage) -> Draft:
    text, edit = old[passage.start : passage.end], passage.edits[0]
    is_gone = not changed(old, passage).strip()
    is_added = len(passage.edits) == 1 and edit.start == edit.end in (passage.start, passage.end)
    return Draft(
        number,
        shortened(text),
        advice(old, passage, "此段"),
        gone=text if is_gone else "",
        added=edit.inserted if is_added else "",
        after=edit.start == passage.end,
    )


def _on_comment(place: _Place, ends: Sequence[int], about: Range, texts: Sequence[str], remark: str) -> Draft:
    """Return the opinion that a comment is; a comment on a few words quotes them, `ends` are borders of sentences."""
    if len(texts) > 1:
        return Draft(place.paragraph, shortened("".join(texts)), as_suggestion(remark))
    start, end = around(ends, about)
    sentence, words = place.line.old[start:end], texts[0].strip()
    few = words and squeezed(words) != squeezed(sentence) and len(words) <= _LONGEST_WORDS
    said = as_suggestion(remark)
    return Draft(place.paragraph, shortened(sentence), f"关于{quoted(words)}，{said}" if few else said)


def _with_moves(found: Sequence[Draft]) -> list[Draft]:
    """Return the opinions, a text that went in one place and came in another as one that is moved."""
    gone, added = _once(found, "gone"), _once(found, "added")
    moved = {gone[text]: added[text] for text in gone if text in added}
    targets = set(moved.values())
    return [
        _move(draft, found[moved[at]]) if at in moved else draft for at, draft in enumerate(found) if at not in targets
    ]


def _once(found: Sequence[Draft], field: str) -> dict[str, int]:
    """Return where texts stand that are long enough to be known again, and stand once."""
    places: dict[str, list[int]] = {}
    for at, draft in enumerate(found):
        text = without_number(squeezed(getattr(draft, field)))
        if len(text) >= _SHORTEST_MOVE:
            places.setdefault(text, []).append(at)
    return {text: at[0] for text, at in places.items() if len(at) == 1}


def _move(draft: Draft, target: Draft) -> Draft:
    what = "此段" if draft.advice.startswith("删去此段") else "此句"
    side = "后" if target.after else "前"
    notes = draft.advice[len("删去此段") :]
    return draft._replace(advice=f"将{what}移到{quoted(target.original)}{side}{notes}", gone="")


def _with_neighbours(found: Iterable[Draft]) -> list[Draft]:
    """Return the opinions, paragraphs that were added one after the other as one."""
    joined: list[Draft] = []
    for draft in found:
        last = joined[-1] if joined else None
        if last and "增加一段：" in last.advice and _head(draft) == _head(last):
            joined[-1] = last._replace(advice=last.advice + draft.advice.removeprefix(_head(draft)[1]))
        else:
            joined.append(draft)
    return joined


def _head(draft: Draft) -> tuple[str, str]:
    """Return what an added paragraph is added to, and how the opinion begins that says so."""
    beginning, colon, _ = draft.advice.partition("增加一段：")
    return draft.original, beginning + colon
