"""Slips of the keyboard that can be repaired safely: there is one thing the author can have meant.

A slip is repaired where what stands beside it is a key of the plan format or another sign that leaves no doubt. What is
in doubt – a missing quote, a `#` that cuts a text off, lines that are not in line – is left to the author.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from plangen.diagnostics import Diagnostic, Fix, Source, Span
from plangen.source.slips import SPACES
from plangen.source.walk import plan_keys

_COLONS: Final = ":：︰﹕∶"
_DASHES: Final = "-–—－•·"
_ODD: Final = "\t" + "".join(filter(re.compile(f"[{SPACES}]").match, map(chr, range(0x3001))))
"""Every character that looks like a blank, or like nothing, and is none to YAML."""
_BRACKETS: Final = {"［": ("[", "］", "]"), "｛": ("{", "｝", "}"), "【": ("[", "】", "]")}
_KEY: Final = re.compile(rf"\s*(\w{{1,16}})[ {_ODD}]*[{_COLONS}]")
_AFTER_KEY: Final = re.compile(rf"[ {_ODD}]*(?:[{_DASHES}][ {_ODD}]*)?(?:.*[{{，,][ {_ODD}]*)?(\w{{1,16}})[ {_ODD}]*$")
_ODD_INDENTATION: Final = re.compile(rf"^( *[{_ODD}][ {_ODD}]*)(?=[^\s])", re.MULTILINE)
_STRUCTURE: Final = re.compile(rf"[{_DASHES}][ {_ODD}]*\S|\w{{1,16}}[ {_ODD}]*[{_COLONS}]")
_BLOCK: Final = re.compile(rf"(?:[{_COLONS}]|-)[ {_ODD}]*[|>][+-]?[0-9]?[+-]?[ \t]*(?:#.*)?$")
"""A line that opens a text."""

_FARTHEST_UP: Final = 2000
"""Most lines looked at above a slip to find what it stands in."""

_WIDTHS: Final = ((2, 2), (4, 2), (8, 2), (2, 1), (4, 1), (8, 1))
"""How many columns a tab stop and a full-width space may have been meant to be."""


@cache
def _spellings() -> frozenset[str]:
    """Return every spelling of every key of a plan."""
    return frozenset(spelling for key in plan_keys() for spelling in (key.name, key.twin))


def safe_fix(diagnostic: Diagnostic) -> Fix | None:
    """Return the edit that repairs a slip; `None` for one that is in doubt, and for whatever is none."""
    if diagnostic.span is None or diagnostic.code not in _REPAIRS or _is_in_block(diagnostic.span):
        return None
    return _REPAIRS[diagnostic.code](diagnostic.span)


def indentations(source: Source) -> Iterator[list[Fix]]:
    """Yield the ways in which tabs and special spaces before keys and dashes may be meant, each as edits."""
    found = [
        each
        for each in _ODD_INDENTATION.finditer(source.text)
        if each[0][0] != " " or _STRUCTURE.match(source.text, each.end())
    ]
    tried: set[tuple[str, ...]] = set()
    for tab, wide in _WIDTHS:
        meant = tuple(_spaces(each[0], tab, wide) for each in found)
        if found and meant not in tried:
            tried.add(meant)
            yield [Fix(Span(source, *each.span()), text) for each, text in zip(found, meant, strict=True)]


def _spaces(typed: str, tab: int, wide: int) -> str:
    """Return the blanks that an indentation looks like."""
    column = 0
    for character in typed:
        if character == "\t":
            column += tab - column % tab
        else:
            column += wide if character == "\u3000" else character not in "\u200b\u200c\u200d\u2060"
    return " " * column


def _line(span: Span) -> tuple[str, str]:
    """Return what stands before and after a span on its line."""
    text = span.source.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : span.start], text[span.end : len(text) if end < 0 else end]


def _is_in_block(span: Span) -> bool:
    """Whether a line stands in a text that `|` or `>` opened, where nothing is a slip."""
    line, _ = span.position
    indentation = _depth(span.source.line(line))
    for number in range(line - 1, max(0, line - _FARTHEST_UP), -1):
        above = span.source.line(number)
        if above.strip() and _depth(above) < indentation:
            if _BLOCK.search(above):
                return True
            indentation = _depth(above)
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _colon(span: Span) -> Fix | None:
    """Write a half-width colon and a blank behind a key."""
    before, after = _line(span)
    key = _AFTER_KEY.match(before)
    if key is None or key[1] not in _spellings():
        return None
    blanks = len(after) - len(after.lstrip(f" {_ODD}"))
    return Fix(Span(span.source, span.start, span.end + blanks), ": " if after.strip() else ":")


def _dash(span: Span) -> Fix | None:
    """Write a half-width dash and a blank before a key, or before an entry among others that have one."""
    before, after = _line(span)
    if before.strip() or after[:1] in _DASHES or not after.strip():
        return None
    key = _KEY.match(after)
    if (key is None or key[1] not in _spellings()) and not _is_among_entries(span, before):
        return None
    blanks = len(after) - len(after.lstrip(f" {_ODD}"))
    return Fix(Span(span.source, span.start, span.end + blanks), "- ")


def _is_among_entries(span: Span, indentation: str) -> bool:
    """Whether the line above with text is an entry that begins in the same column, or opens a list."""
    text = span.source.text
    above = text[: span.start].rstrip(f"\r\n {_ODD}").rsplit("\n", 1)[-1]
    entry = above.startswith(indentation) and above[len(indentation) : len(indentation) + 2] == "- "
    return entry or above.rstrip().endswith(":")


def _space(span: Span) -> Fix | None:
    """Write a blank for a special one behind a dash or the colon of a key; write none before that colon."""
    before, after = _line(span)
    key = _AFTER_KEY.match(before)
    if key is not None and key[1] in _spellings() and after.lstrip(" ")[:1] == ":":
        return Fix(span, "")
    head = before.rstrip(f" {_ODD}")
    key = _AFTER_KEY.match(head[:-1]) if head.endswith(":") else None
    if head.strip(f" {_ODD}") != "-" and (key is None or key[1] not in _spellings()):
        return None
    blanks = len(after) - len(after.lstrip(f" {_ODD}"))
    return Fix(Span(span.source, span.start - len(before) + len(head), span.end + blanks), " ")


def _comma(span: Span) -> Fix | None:
    """Write half-width commas in a list in brackets, or before a key in braces."""
    text = span.source.text[span.start : span.end]
    _, after = _line(span)
    if text == "，":
        key = _KEY.match(after)
        if key is None or key[1] not in _spellings():
            return None
        blanks = len(after) - len(after.lstrip(f" {_ODD}"))
        return Fix(Span(span.source, span.start, span.end + blanks), ", ")
    return Fix(span, re.sub(rf"，[ {_ODD}]*", ", ", text))


def _bracket(span: Span) -> Fix | None:
    """Write half-width brackets around a whole value."""
    before, after = _line(span)
    typed = span.source.text[span.start : span.end]
    if typed in _BRACKETS:
        opening, closing, half = _BRACKETS[typed]
        value = after.rstrip()
        if value[-1:] not in (closing, half) or before.rstrip()[-1:] not in (":", "-"):
            return None
        return Fix(Span(span.source, span.start, span.end + len(value)), opening + value[:-1] + half)
    end = next((half for _, closing, half in _BRACKETS.values() if closing == typed), None)
    return Fix(span, end) if end and not after.strip() else None


_REPAIRS: Final[Mapping[str, Callable[[Span], Fix | None]]] = {
    "Y012": _dash,
    "Y013": _dash,
    "Y014": _colon,
    "Y015": _colon,
    "Y016": _space,
    "Y019": _comma,
    "Y020": _bracket,
}
