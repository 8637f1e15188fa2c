"""Repairs of slips in memory, so that a file can be read on and all its mistakes be said at once.

A repaired text serves only to find more mistakes: nothing is ever printed from it or written back.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final

from plangen.diagnostics import Diagnostic, Fix, Related, Severity, Source, Span
from plangen.source.edits import apply_fixes

_MOST_ROUNDS: Final = 20
"""Most times a file is read again."""

_MOST_READ: Final = 500_000
"""Most characters read again, all rounds together: a plan that has more is answered with the first mistakes."""

_MOST_REPAIRS: Final = 200
"""Most slips repaired at a time."""

_IN_DOUBT: Final = 3
"""Lines below a repair in which a complaint of the parser may be the repair's own fault."""

_BLANKS: Final = " \t\r\n"
_STAND_INS: Final = str.maketrans("%@`*&!|>?-\"'[]{}#:”’", "％＠｀＊＆！｜＞？－＂＇［］｛｝＃：\"'")
_HALF_WIDTH: Final = str.maketrans(
    {"［": "[", "【": "[", "］": "]", "】": "]", "｛": "{", "｝": "}", "，": ", ", "：": ": "}
)
_PROPERTY: Final = re.compile(r"[&!]\S* *")
_PAIR: Final = re.compile(r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")
_ENTRY_KEY: Final = re.compile(r" *(- +)\w{1,16}:")
_BELOW: Final = re.compile(r"\r?\n( *)\w{1,16}:")
_OPENS: Final = re.compile(r"^ *-|[:|>][-+]?[ \t]*$")
"""A line on which those below it depend."""

_BAR: Final = {"＞": ">"}

_Repair = Callable[[Span], Fix | None]


def read_on(
    first: Sequence[Diagnostic], size: int, diagnose: Callable[[Callable[[Source], Source]], Iterable[Diagnostic]]
) -> list[Diagnostic]:
    """Return what is wrong with a file: what was found `first` and what is found once its slips are repaired.

    `size` is the number of characters of all that is read. `diagnose` reads everything again, each source as the
    function it is given repairs it, and returns what is wrong then.
    """
    said: list[Diagnostic] = []
    latest = list(first)
    repairs: dict[Fix, Diagnostic] = {}
    for _ in range(min(_MOST_ROUNDS, _MOST_READ // max(size, 1))):
        found = dict(islice(((fix, each) for each in latest if (fix := _find_repair(each))), _MOST_REPAIRS))
        if not found.keys() - repairs.keys():
            break
        repairs |= found
        again = [_in_file(each) for each in diagnose(partial(_Repaired, fixes=tuple(repairs)))]
        lines = _Lines(repairs.values())
        if any(each.code == "Y001" and lines.are_near(each, _IN_DOUBT) for each in again):
            break
        latest = list(_trusted(again, repairs.values()))
        said += found.values()
    return [*said, *latest]


def is_structural(diagnostic: Diagnostic) -> bool:
    """Whether a mistake in a file that can be read makes other mistakes appear, or hides them, until it is mended."""
    return diagnostic.code in _STRUCTURAL and diagnostic.severity is Severity.ERROR


def _trusted(found: Iterable[Diagnostic], repaired: Collection[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield of what is found after repairs what cannot be their fault."""
    begun = {(each.span.source.name, each.span.start) for each in repaired if each.span}
    crude = _Lines(each for each in repaired if each.code in _CRUDE)
    guessed = any(each.code in _GUESSED for each in repaired)
    for each in found:
        begins_alike = each.span is not None and (each.span.source.name, each.span.start) in begun
        if not begins_alike and not crude.are_near(each, 0) and (not guessed or each.code in _REPAIRS):
            yield each


class _Lines:
    """The lines of repairs."""

    def __init__(self, repaired: Iterable[Diagnostic]) -> None:
        self._lines = {(each.span.source.name, each.span.position[0]) for each in repaired if each.span}

    def are_near(self, complaint: Diagnostic, most: int) -> bool:
        """Whether a complaint stands on such a line, or at most so many below one: it may be the repair's fault."""
        if complaint.span is None:
            return False
        name, line = complaint.span.source.name, complaint.span.position[0]
        return any((name, line - below) in self._lines for below in range(most + 1))


class _Repaired(Source):
    """A text with repairs, which knows where its characters stand in the file."""

    def __init__(self, original: Source, fixes: Sequence[Fix]) -> None:
        text, made = apply_fixes(original.text, [fix for fix in fixes if fix.span.source.name == original.name])
        neighbour = original.neighbour
        super().__init__(original.name, text, (lambda path: _Repaired(neighbour(path), fixes)) if neighbour else None)
        self._original = original
        self._made = made
        self._starts: list[int] = []
        """Where each repair begins in this text."""
        longer = 0
        for fix in made:
            self._starts.append(fix.span.start + longer)
            longer += len(fix.text) - (fix.span.end - fix.span.start)

    def in_file(self, span: Span) -> Span:
        """Return where a span of this text stands in the file."""
        start = self._offset_in_file(span.start)
        return Span(self._original, start, max(self._offset_in_file(span.end), start))

    def _offset_in_file(self, offset: int) -> int:
        nth = bisect_right(self._starts, offset) - 1
        if nth < 0:
            return offset
        (_, start, end), text = self._made[nth]
        inside = offset - self._starts[nth]
        return min(start + inside, end) if inside < len(text) else end + inside - len(text)


def _in_file(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic of a repaired text as one of the file."""
    related = tuple(Related(_span_in_file(each.span), each.message) for each in diagnostic.related)
    span = diagnostic.span
    return diagnostic._replace(span=span and _span_in_file(span), related=related, fix=None)


def _span_in_file(span: Span) -> Span:
    return span.source.in_file(span) if isinstance(span.source, _Repaired) else span


def _find_repair(diagnostic: Diagnostic) -> Fix | None:
    repair = _REPAIRS.get(diagnostic.code)
    return repair(diagnostic.span) if repair and diagnostic.span and diagnostic.span.source.text else None


def _rest_of_line(span: Span) -> str:
    """Return what stands on a line from the beginning of a span on."""
    line, column = span.position
    return span.source.line(line)[column - 1 :]


def _with_blank(sign: str) -> _Repair:
    """Return the repair that puts a sign and a blank in the place of what stands there."""

    def repair(span: Span) -> Fix:
        followed = span.source.text[span.end : span.end + 1]
        return Fix(span, sign if not followed or followed in _BLANKS else f"{sign} ")

    return repair


def _blank(span: Span) -> Fix:
    """Put an ordinary blank in the place of another; nothing where one stands before a colon."""
    return Fix(span, "" if _rest_of_line(span)[span.end - span.start :].lstrip()[:1] == ":" else " ")


def _indentation(span: Span) -> Fix:
    text = span.source.text[span.start : span.end]
    return Fix(span, "".join("  " if each in "\t\u3000" else " " for each in text))


def _stand_in(span: Span) -> Fix:
    """Put the full-width form in the place of a sign; what begins a value is quoted instead, to its end."""
    sign, rest = span.source.text[span.start], _rest_of_line(span).rstrip()
    line, column = span.position
    before = span.source.line(line)[: column - 1]
    pair = _PAIR.match(rest)
    if pair:
        return Fix(Span(span.source, span.start, span.start + pair.end()), pair[0].translate(_STAND_INS))
    if sign in ":#”’" or not re.fullmatch(r"\s*(?:- +)?(?:[^\[{\"']*: +)?", before):
        return Fix(span, span.source.text[span.start : span.end].translate(_STAND_INS))
    return Fix(Span(span.source, span.start, span.start + len(rest)), "'" + rest.replace("'", "''") + "'")


def _half_width(span: Span) -> Fix:
    """Put half-width signs in the place of full-width ones, from a bracket to the end of the line."""
    rest = _rest_of_line(span)
    if span.source.text[span.start] in "］】｝":
        rest = rest[:1]
    return Fix(Span(span.source, span.start, span.start + len(rest)), rest.translate(_HALF_WIDTH))


def _commas(span: Span) -> Fix:
    return Fix(span, span.source.text[span.start : span.end].replace("，", ", "))


def _bar(span: Span) -> Fix:
    return Fix(span, _BAR.get(span.source.text[span.start], "|"))


def _property(span: Span) -> Fix | None:
    """Leave out what is written before a value; where another document begins there is nothing to read on for."""
    found = _PROPERTY.match(span.source.text, span.start)
    if found:
        return Fix(Span(span.source, *found.span()), "")
    return _stand_in(span) if span.source.text[span.start] == "*" else None


def _unaligned(span: Span) -> Fix | None:
    """Leave out a line that nobody understands; shift one that begins an entry to the keys below it."""
    source, line = span.source, span.position[0]
    text, start = source.line(line), source.offset(line)
    blanks = len(text) - len(text.lstrip())
    entry, below = _ENTRY_KEY.match(text), _BELOW.match(source.text, start + len(text))
    if entry and below:
        return Fix(Span(source, start, start + blanks), " " * max(len(below[1]) - len(entry[1]), 0))
    if not text.strip() or _OPENS.search(text):
        return None
    return Fix(Span(source, start + blanks, start + blanks), "# ")


_REPAIRS: Final[dict[str, _Repair]] = {
    "Y001": _unaligned,
    "Y005": lambda span: Fix(span, " "),
    "Y011": _indentation,
    "Y012": _with_blank("-"),
    "Y013": _with_blank("-"),
    "Y014": _with_blank(":"),
    "Y015": _with_blank(":"),
    "Y016": _blank,
    "Y017": _stand_in,
    "Y018": _stand_in,
    "Y019": _commas,
    "Y020": _half_width,
    "Y022": _property,
    "Y023": _bar,
}
"""How a slip is repaired, by its code: as its author most probably meant it."""

_GUESSED: Final = frozenset(("Y001", "Y005", "Y011"))
"""Mistakes whose repair is a guess: what is found after one is said only if it is a slip by itself."""

_CRUDE: Final = frozenset(("Y017", "Y018", "Y020", "Y022"))
"""Mistakes whose repair keeps the file readable and not the value: nothing else is said of its line."""

_STRUCTURAL: Final = frozenset(("Y011", "Y012", "Y013", "Y014", "Y015", "Y016", "Y018", "Y019", "Y020", "Y023"))
