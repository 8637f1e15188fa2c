"""Diagnostics as text for people: file:line:column, the source line, a caret under the spot, and how to mend it."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from plangen.diagnostics.diagnostic import Diagnostic, Severity
from plangen.diagnostics.span import Span

SEVERITY_WORDS: Final = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提醒"}
"""What users call how much a diagnostic weighs."""

_WINDOW = 76
"""Most display cells of a source line shown around the caret, so that an excerpt fits an 80-column terminal."""


_STEERING = frozenset(("Cc", "Cf", "Zl", "Zp"))
"""Unicode categories of characters that are not shown but do something."""


_COLORS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
"""Colours of the severities on a terminal (ECMA-48, SGR): red, yellow, cyan."""


def render_text(diagnostic: Diagnostic, *, color: bool = False) -> str:
    """Return a diagnostic as lines for people, without a closing line break; `color` is for terminals only."""
    tint = _COLORS[diagnostic.severity] if color else ""
    where = f"{location(diagnostic.span)}: " if diagnostic.span else ""
    word = _tinted(SEVERITY_WORDS[diagnostic.severity], tint)
    lines = [f"{printable(where)}{word} {diagnostic.code} {printable(diagnostic.message)}"]
    if diagnostic.span and diagnostic.span.source.text:
        source_line, indent, caret = _excerpt(diagnostic.span)
        lines += (printable(source_line), indent + _tinted(caret, tint))
    lines += (printable(f"{location(each.span)}: {each.message}") for each in diagnostic.related)
    if diagnostic.hint:
        lines.append(printable(f"   = 提示：{diagnostic.hint}"))
    return "\n".join(lines)


def _tinted(text: str, tint: str) -> str:
    return f"\x1b[1;{tint}m{text}\x1b[0m" if tint else text


def printable(text: str) -> str:
    """Return a text in which nothing can steer a terminal: controls, direction marks and line separators become �."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(c) in _STEERING else c for c in text)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """Return one line that counts the diagnostics by severity, or an empty text when there is none."""
    counts = ((severity, sum(d.severity is severity for d in diagnostics)) for severity in Severity)
    said = "、".join(f"{count} 个{SEVERITY_WORDS[severity]}" for severity, count in counts if count)
    return f"发现 {said}" if said else ""


def location(span: Span) -> str:
    """Return `file:line:column`, or the file alone when its text could not be read."""
    if not span.source.text:
        return span.source.name
    line, column = span.position
    return f"{span.source.name}:{line}:{column}"


def display_width(text: str) -> int:
    """Return how many terminal cells a text takes: two for a wide character, none for a combining one."""
    return sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _excerpt(span: Span) -> tuple[str, str, str]:
    """Return the line a span begins on, what stands under it before the caret, and the caret as long as the span."""
    number, column = span.position
    line = span.source.line(number)
    start = min(column - 1, len(line))  # a line break has a place, but none on the line as shown
    stop = min(len(line), start + span.end - span.start)
    left, right = _window(line, start)
    before, marked = line[left:start], line[start : max(start, min(stop, right))]
    shown = ("…" if left else "") + line[left:right] + ("…" if right < len(line) else "")
    gutter = f" {number} | "
    indent = " " * (len(gutter) - 2) + "| " + " " * bool(left) + " " * display_width(before)
    return gutter + shown.replace("\t", " "), indent, "^" * max(1, display_width(marked))


def _window(line: str, start: int) -> tuple[int, int]:
    """Return the bounds of the part of a line to show: all of it if it fits, else what surrounds `start`."""
    left, width = start, 0
    while left and width + _cells(line[left - 1]) <= _WINDOW // 2:
        left -= 1
        width += _cells(line[left])
    right = start
    while right < len(line) and width < _WINDOW:
        width += _cells(line[right])
        right += 1
    return left, right
