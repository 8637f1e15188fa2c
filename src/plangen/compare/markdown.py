"""Changes as Markdown, as it is read on the page of a merge request: ~~deleted~~, **inserted**."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from plangen.compare.changes import Changes, PartChange, What
from plangen.compare.text import BREAK, shortened
from plangen.compare.values import Difference
from plangen.diagnostics import Span
from plangen.diagnostics.markdown import escaped
from plangen.outline.model import Change, Segment

_MARKS: Final = {Change.DELETED: "~~{}~~", Change.INSERTED: "**{}**"}
_TAGS: Final = {Change.DELETED: "<del>{}</del>", Change.INSERTED: "<ins>{}</ins>"}
"""What stands in for the marks where Markdown would not take them for marks: beside Chinese punctuation."""


def render_markdown(changes: Changes, old_name: str, new_name: str) -> str:
    """Return the changes as a Markdown document: the summary, then a list."""
    return "\n".join(_lines(changes, old_name, new_name)) + "\n"


def _lines(changes: Changes, old_name: str, new_name: str) -> Iterator[str]:
    yield f"# {_escaped(changes.new_title or changes.old_title)}修改情况"
    yield ""
    yield f"{_code(old_name)} → {_code(new_name)}"
    yield ""
    yield _escaped(changes.summary)
    if changes.parts:
        yield ""
    for part in changes.parts:
        yield f"- {_opening(part)}"
        for difference in part.differences:
            yield f"  - {_difference(part, difference)}"
    for hint in changes.hints:
        yield f"- {_escaped(hint.said)}"


def _opening(part: PartChange) -> str:
    news = f"（{_escaped(part.news)}）" if part.news else ""
    places = " → ".join(filter(None, map(_place, (part.old_span, part.new_span))))
    return f"**{_escaped(part.where)}**{news}" + (f" {places}" if places and part.kind != "plan" else "")


def _place(span: Span | None) -> str:
    return _code(f"{span.source.name}:{span.position[0]}") if span else ""


def _difference(part: PartChange, difference: Difference) -> str:
    if part.what is not What.CHANGED:
        return _escaped(f"{difference.name}：{difference.new or difference.old}")
    name, note = _escaped(difference.name), f"（{_escaped(difference.note)}）" if difference.note else ""
    if difference.wording:
        return f"{name}：{_marked(difference.wording)}{note}"
    if not (difference.old or difference.new):
        return f"{name}：{_escaped(difference.note)}"
    return f"{name}：{_escaped(difference.old or '无')} → {_escaped(difference.new or '无')}{note}"


def _marked(wording: Sequence[Segment]) -> str:
    last = len(wording) - 1
    texts = [shortened(segment, first=n == 0, last=n == last).replace("\n", BREAK) for n, segment in enumerate(wording)]
    around = ["", *texts, ""]
    return "".join(
        _mark(segment.change, text, before=around[n], after=around[n + 2])
        for n, (segment, text) in enumerate(zip(wording, texts, strict=True))
    )


def _mark(change: Change, text: str, *, before: str, after: str) -> str:
    """Return a text with its mark; with a tag where the mark would be none (CommonMark 0.31 §6.2, flanking)."""
    if change is Change.KEPT:
        return _escaped(text)
    fits = _flanks(text[:1], before[-1:]) and _flanks(text[-1:], after[:1])
    return (_MARKS if fits else _TAGS)[change].format(_escaped(text))


def _flanks(inner: str, outer: str) -> bool:
    """Whether a mark between two characters belongs to the inner one."""
    if inner.isspace():
        return False
    return not _is_sign(inner) or not outer or outer.isspace()


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _escaped(text: str) -> str:
    return escaped(text.replace("\n", BREAK))


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(0x2CB))}`"
