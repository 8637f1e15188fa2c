"""Keys, entries, lines and brackets that a slip of the keyboard made part of a text or of a key."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from plangen.diagnostics import Diagnostic, Span
from plangen.plan.model import Plan, Section, Target, Task
from plangen.plan.schema import Record
from plangen.source.nodes import Mapping, Node, Scalar
from plangen.source.slips import SPACES, blame, find_slip

_MAKE_A_TEXT: Final = frozenset(("Y012", "Y013", "Y014", "Y015", "Y016"))
"""Slips after which YAML takes keys and entries for one text."""

_LIST_MARKS: Final = frozenset(("Y012", "Y013"))
_COLONS: Final = frozenset(("Y014", "Y015"))

_GLUED: Final = re.compile(rf"(\w{{1,16}})[ {SPACES}]*([：︰﹕∶:])")
"""A key and a colon that YAML does not take for one."""

_NEXT_KEY: Final = re.compile(r"(，)\s*(\w{1,16}) ?[：︰﹕∶:]")
_IN_BRACKETS: Final = re.compile(r"[［【｛〔](?:[^\r\n]*)[\]］】｝〕}]")
_GOES_ON: Final = frozenset("，、,；")
"""What a line ends with that is not the whole of an entry."""

_MOST_SWALLOWED: Final = 20
"""Most lines of one text that are reported."""

_RECORDS: Final[tuple[type[Record], ...]] = (Plan, Section, Task, Target)
"""The records whose keys a text may have swallowed."""


def glued_key(cls: type[Record], node: Scalar) -> Diagnostic | None:
    """Return that the colon after a key of a record is full-width or has no blank, where that made one text of both."""
    name = typed_name(node)
    found = _GLUED.match(node.source.text, node.start, node.end) if name in cls.SPELLINGS and not node.style else None
    if not found:
        return None
    span = Span(node.source, *found.span(2))
    return blame("colon without a space" if found[2] == ":" else "full-width colon", span)


def typed_name(node: Scalar) -> str:
    """Return the key that a scalar begins with, "" when it begins with none."""
    found = _GLUED.match(node.source.text, node.start, node.end)
    return found[1] if found else ""


def commas_in_braces(cls: type[Record], mapping: Mapping) -> Iterator[Diagnostic]:
    """Yield the full-width commas that made one text of a value in braces and of the key that comes next."""
    for _, value in mapping.entries:
        if type(value) is Scalar and not value.style:
            for found in _NEXT_KEY.finditer(value.source.text, value.start, value.end):
                if found[2] in cls.SPELLINGS:
                    yield blame("full-width comma in braces", Span(value.source, *found.span(1)))


def colon_in_text(key: Scalar) -> Diagnostic:
    """Return that the colon after what YAML took for a key is one of a text; without one, a `?` made the key."""
    colon = key.source.text.find(":", key.end, _end_of_line(key))
    if colon < 0:
        return Diagnostic("Y018", "前面的半角问号有别的意思", key.here, "删去问号，或者整个值用引号括起来")
    hint = "文字里的冒号用全角的“：”，或者整个值用引号括起来"
    return Diagnostic("Y018", f"文字里有半角冒号，“{key.text}”被当成了键", Span(key.source, colon, colon + 1), hint)


def _end_of_line(key: Scalar) -> int:
    end = key.source.text.find("\n", key.end)
    return len(key.source.text) if end < 0 else end


def colon_that_made_keys(node: Node) -> Diagnostic | None:
    """Return the colon that made keys and values of what was meant as a text, as far as can be told."""
    if type(node) is not Mapping or node.source.text.startswith("{", node.start) or not node.entries[0][0].text:
        return None
    first = node.entries[0][0]
    return None if any(first.text in record.SPELLINGS for record in _RECORDS) else colon_in_text(first)


def brackets_of_a_list(node: Scalar) -> Diagnostic | None:
    """Return that brackets around a whole value are full-width, which makes one text of a list."""
    if node.style or not _IN_BRACKETS.fullmatch(node.text):
        return None
    return blame("full-width bracket around a list", Span(node.source, node.start, node.start + 1))


def slips_in_text(node: Scalar) -> Iterator[Diagnostic]:
    """Yield what a text without quotes swallowed: a full-width bar, and lines meant as keys or entries."""
    source, first = node.source, node.here.position[0]
    bar = find_slip(source, first)
    if bar and bar.code == "Y023":
        yield bar
        return
    last = source.position(node.end)[0]
    found = (slip for number in range(first + 1, last + 1) if (slip := _swallowed(node, number)))
    yield from islice(found, _MOST_SWALLOWED)


def _swallowed(node: Scalar, number: int) -> Diagnostic | None:
    source = node.source
    line, start = source.line(number), source.offset(number)
    slip = find_slip(source, number)
    found = _GLUED.search(line)
    known = found is not None and any(found[1] in record.SPELLINGS for record in _RECORDS)
    if slip and (slip.code in _LIST_MARKS or (slip.code in _COLONS and known)):
        return slip._replace(hint=f"{slip.hint}；真是一段文字，写在 | 下面")
    if line.lstrip().startswith("- "):
        at = start + len(line) - len(line.lstrip())
        hint = "列表的每一条与上面的短横线对齐；真是一段文字，写在 | 下面"
        return Diagnostic("Y024", "这一行被接到了上一行后面", Span(source, at, at + 1), hint)
    return None


def slip_of_a_list(node: Scalar) -> Diagnostic | None:
    """Return what made one text of several lines or entries, where one text or a list may stand."""
    if brackets := brackets_of_a_list(node):
        return brackets
    first, last = node.source.position(node.start)[0], node.source.position(node.end)[0]
    slip = find_slip(node.source, first) if not node.style else None
    if slip and slip.code in (*_LIST_MARKS, "Y023"):
        return slip
    lines = [number for number in range(first + 1, last + 1) if node.source.line(number).strip()]
    if len(lines) < (2 if node.style in ("|", ">") else 1) or node.style in ("'", '"'):
        return None
    if node.source.line(lines[0] - 1).rstrip()[-1:] in _GOES_ON:
        return None
    slip = find_slip(node.source, lines[0])
    if slip and slip.code in _LIST_MARKS:
        return slip
    line, start = node.source.line(lines[0]), node.source.offset(lines[0])
    at = start + len(line) - len(line.lstrip())
    return Diagnostic(
        "Y024", "这里的几行会连成一项", Span(node.source, at, start + len(line)), "每一条另起一行，前面加 - 和空格"
    )


def slip_in(node: Node) -> Diagnostic | None:
    """Return the slip that made a text of what was meant as a key or an entry, if it is one of those."""
    if type(node) is Mapping and not node.entries[0][0].text[:1].isalnum():
        node = node.entries[0][0]
    if type(node) is not Scalar or node.style:
        return None
    if brackets := brackets_of_a_list(node):
        return brackets
    slip = find_slip(node.source, node.here.position[0])
    return slip if slip and slip.code in _MAKE_A_TEXT else None
