"""Slips of the keyboard that can be repaired safely: there is one thing the author can have meant.

A slip is repaired where what stands beside it is a key of the plan format or another sign that leaves no doubt. What is
in doubt – a missing quote, a `#` that cuts a text off, lines that are not in line – is left to the author.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from plangen.diagnostics import Diagnostic, Fix, Source, Span
from plangen.source.slips import SPACES, find_slip
from plangen.source.walk import plan_keys

_COLONS: Final = ":：︰﹕∶"
_DASHES: Final = "-–—－•·"
_ODD: Final = "\t" + "".join(filter(re.compile(f"[{SPACES}]").match, map(chr, range(0x3001))))
"""Every character that looks like a blank, or like nothing, and is none to YAML."""
_BRACKETS: Final = {"［": ("[", "］", "]"), "｛": ("{", "｝", "}"), "【": ("[", "】", "]")}
_KEY: Final = re.compile(rf"\s*(\w{{1,16}})[ {_ODD}]*[{_COLONS}]")
_AFTER_KEY: Final = re.compile(rf"[ {_ODD}]*(?:[{_DASHES}][ {_ODD}]*)?(?:.*[{{，,][ {_ODD}]*)?(\w{{1,16}})[ {_ODD}]*$")
_KEY_IN_BRACES: Final = re.compile(rf"(^|[，,])[ {_ODD}]*(\w{{1,16}})[ {_ODD}]*[{_COLONS}][ {_ODD}]*")
_ODD_INDENTATION: Final = re.compile(rf"^( *[{_ODD}][ {_ODD}]*+)(?=\S)", re.MULTILINE)
_STRUCTURE: Final = re.compile(rf"[{_DASHES}][ {_ODD}]*\S|\w{{1,16}}[ {_ODD}]*[{_COLONS}]")
_KEY_LINE: Final = re.compile(
    rf"[ {_ODD}]*(?P<dash>[{_DASHES}]?)[ {_ODD}]*(?P<key>\w{{1,16}})[ {_ODD}]*[{_COLONS}](?P<value>.*)"
)
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


@cache
def _lists() -> frozenset[str]:
    """Return every spelling of the keys of lists whose entries have keys."""
    lists = (key for key in plan_keys() if key.kind.shape == "records")
    return frozenset(spelling for key in lists for spelling in (key.name, key.twin))


def safe_fix(diagnostic: Diagnostic) -> Fix | None:
    """Return the edit that repairs a slip; `None` for one that is in doubt, and for whatever is none."""
    return None if diagnostic.span is None or _is_in_block(diagnostic.span) else _repaired(diagnostic)


def _repaired(slip: Diagnostic) -> Fix | None:
    repair = _REPAIRS.get(slip.code)
    return repair(slip.span) if repair and slip.span else None


def slips_at_keys(source: Source) -> Iterator[tuple[Diagnostic, Fix]]:
    """Yield the slips on lines that hold a key by the look of them, with what repairs them, one a line.

    A syntax error hides those after it; this finds them all at once. Lines of text, those that go on with the line
    above, and entries that may be sentences are left out.
    """
    for number in _key_lines(source):
        slip = find_slip(source, number)
        fix = _repaired(slip) if slip else None
        if slip and fix:
            yield slip, fix


def _key_lines(source: Source) -> Iterator[int]:
    """Yield the lines that hold a key, counted from 1."""
    deepest: int | None = None
    """The column right of which lines belong to the text above."""
    in_list = True
    """Whether an entry that comes now is one with keys."""
    for number, line in enumerate(source.text.split("\n"), 1):
        text, depth = line.strip(), _depth(line)
        if not text or text.startswith("#") or (deepest is not None and depth > deepest):
            continue
        found = _KEY_LINE.match(line)
        key = found["key"] if found else ""
        value = found["value"].strip() if found and key in _spellings() else text.lstrip(f"{_DASHES} {_ODD}")
        if found and key in _spellings():
            deepest = found.start("key") if value and not value.startswith("#") else None
            if not found["dash"] or key.isascii() or in_list:
                yield number
            in_list = in_list if deepest is not None else key in _lists()
        else:
            deepest = depth
        if _goes_on(value):
            return


def _goes_on(value: str) -> bool:
    """Whether a value in quotes or brackets goes on below its line: where it ends, the look of lines does not tell."""
    if value[:1] in ('"', "'"):
        return value.replace("\\" + value[0], "").count(value[0]) % 2 == 1
    opened = sum(value.count(each) for each in "[{［｛")
    return value[:1] in tuple("[{［｛") and opened > sum(value.count(each) for each in "]}］｝】")


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
    return len(line) - len(line.lstrip(f" {_ODD}"))


def _replaced(span: Span, text: str) -> Fix:
    """Return the edit that puts a text in the place of a span and of the blanks after it, of whatever kind."""
    _, after = _line(span)
    blanks = len(after) - len(after.lstrip(f" {_ODD}"))
    return Fix(span._replace(end=span.end + blanks), text)


def _colon(span: Span) -> Fix | None:
    """Write a half-width colon and a blank behind a key."""
    before, after = _line(span)
    key = _AFTER_KEY.match(before)
    if key is None or key[1] not in _spellings():
        return None
    return _replaced(span, ": " if after.strip() else ":")


def _dash(span: Span) -> Fix | None:
    """Write a half-width dash and a blank before a key, or before an entry among others that have one."""
    before, after = _line(span)
    if before.strip() or after[:1] in _DASHES or not after.strip():
        return None
    key = _KEY.match(after)
    if (key is None or key[1] not in _spellings()) and not _is_among_entries(span, before):
        return None
    return _replaced(span, "- ")


def _is_among_entries(span: Span, indentation: str) -> bool:
    """Whether the lines above, in the same column and with dashes of whatever kind, lead up to an entry or a key."""
    line, column = span.position
    for number in range(line - 1, max(0, line - _FARTHEST_UP), -1):
        above = span.source.line(number).rstrip(f" {_ODD}")
        if above.startswith(f"{indentation}- ") or above.endswith(":"):
            return True
        if above and (not above.startswith(indentation) or above[column - 1] not in _DASHES):
            return False
    return False


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
    return _replaced(span._replace(start=span.start - len(before) + len(head)), " ")


def _comma(span: Span) -> Fix | None:
    """Write half-width commas in a list in brackets, or before a key in braces."""
    text = span.source.text[span.start : span.end]
    _, after = _line(span)
    if text == "，":
        key = _KEY.match(after)
        if key is None or key[1] not in _spellings():
            return None
        return _replaced(span, ", ")
    return Fix(span, _with_half_width_commas(text))


def _bracket(span: Span) -> Fix | None:
    """Write half-width brackets around a whole value, and half-width signs between what stands in them."""
    before, after = _line(span)
    typed = span.source.text[span.start : span.end]
    if typed in _BRACKETS:
        opening, closing, half = _BRACKETS[typed]
        value = after.rstrip()
        if value[-1:] not in (closing, half) or before.rstrip()[-1:] not in (":", "-"):
            return None
        inner = _with_half_width_keys(value[:-1]) if opening == "{" else _with_half_width_commas(value[:-1])
        return Fix(span._replace(end=span.end + len(value)), opening + inner + half)
    end = next((half for _, closing, half in _BRACKETS.values() if closing == typed), None)
    return Fix(span, end) if end and not after.strip() else None


def _with_half_width_keys(text: str) -> str:
    """Return the inside of braces with half-width signs before and behind the keys of a plan."""

    def rewrite(found: re.Match[str]) -> str:
        return f"{', ' if found[1] else ''}{found[2]}: " if found[2] in _spellings() else found[0]

    return _KEY_IN_BRACES.sub(rewrite, text)


def _with_half_width_commas(text: str) -> str:
    return re.sub(rf"，[ {_ODD}]*", ", ", text)


_REPAIRS: Final[Mapping[str, Callable[[Span], Fix | None]]] = {
    "Y012": _dash,
    "Y013": _dash,
    "Y014": _colon,
    "Y015": _colon,
    "Y016": _space,
    "Y019": _comma,
    "Y020": _bracket,
}
