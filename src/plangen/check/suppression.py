"""`# plangen: ignore L701`: comments in a plan that silence rules, for a key, an entry or a file."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.check.rules import Selection
from plangen.diagnostics import Diagnostic, Fix, Severity, Source, Span
from plangen.plan.model import Plan
from plangen.source.directives import Directive, find_directives
from plangen.source.nodes import Node

_SEPARATORS: Final = "，,、；; \t"
_CODE: Final = "[A-Za-z]+[0-9]*"
_IGNORE: Final = re.compile(
    rf"(?P<word>ignore(?:-file)?)[ \t:：]+(?P<codes>{_CODE}(?:[{_SEPARATORS}]+{_CODE})*)(?![A-Za-z0-9])", re.IGNORECASE
)
"""The codes end where other words begin: those say why."""

_HOW: Final = "写成 # plangen: ignore L701，几个编号用逗号隔开；整个文件都不要的，在开头写 ignore-file"


class _Ignore(NamedTuple):
    """A comment that silences rules, codes or their beginnings, in a part of a file."""

    directive: Directive
    codes: tuple[str, ...]
    part: Span


def without_ignored(plan: Plan, found: Iterable[Diagnostic], rules: Selection) -> Iterator[Diagnostic]:
    """Yield what rules found in a plan but for what its comments silence, and what is wrong with these comments.

    `rules` are those that looked for what was found. A comment that silences nothing is reported with a fix that takes
    it away, unless not all the rules it names were asked. A plan that no file holds has no comments.
    """
    flaws: list[Diagnostic] = []
    directives = find_directives(plan.place) if isinstance(plan.place, Node) else ()
    ignores = [ignore for each in directives if (ignore := _read(each, flaws))]
    silence = _Silence(ignores)
    yield from (diagnostic for diagnostic in found if not silence.covers(diagnostic))
    for ignore in ignores:
        idle = [code for code in ignore.codes if rules.asks_all(code) and (ignore.directive, code) not in silence.used]
        flaws += [_unused(ignore, idle)] if idle else []
    yield from (flaw for flaw in flaws if rules.asks(flaw.code))


def _read(directive: Directive, flaws: list[Diagnostic]) -> _Ignore | None:
    """Return what a directive silences, `None` if nothing; what is wrong with it joins the flaws."""
    said = _IGNORE.match(directive.text)
    if not said:
        flaws.append(_flaw("L002", "看不懂这条 plangen 注释", directive, _HOW))
        return None
    codes = dict.fromkeys(code.upper() for code in re.split(f"[{_SEPARATORS}]+", said["codes"]))
    unknown = [code for code in codes if not Selection.knows(code)]
    if unknown:
        message, hint = f"没有规则“{'、'.join(unknown)}”", "写规则的编号或它的开头，如 L601、L1"
        flaws.append(_flaw("L001", message, directive, hint))
    source, part = directive.span.source, directive.below
    if said["word"].lower() != "ignore":
        part = Span(source, 0, len(source.text))
        if not directive.heads_file:
            hint = "移到文件的开头；只管一处的，写 ignore"
            flaws.append(_flaw("L004", "ignore-file 要写在第一个键的前面", directive, hint))
            return None
    nothing_below = Span(source, directive.span.end, directive.span.end)
    return _Ignore(directive, tuple(code for code in codes if code not in unknown), part or nothing_below)


class _Silence:
    """The parts of files where rules are silent; `used` tells by which comments and codes something was silenced.

    Parts are keys and entries of a tree and files: of two that share a character, one holds the other.
    """

    def __init__(self, ignores: Sequence[_Ignore]) -> None:
        self.used: set[tuple[Directive, str]] = set()
        self._said: dict[Span, dict[str, Directive]] = {}
        for ignore in ignores:
            here = self._said.setdefault(ignore.part, {})
            for code in ignore.codes:
                here.setdefault(code, ignore.directive)
        self._parts: dict[Source, list[Span]] = {}
        self._around: dict[Span, Span | None] = {}
        """The smallest part that holds a part."""
        for part in sorted(self._said, key=lambda each: (each.start, -each.end)):
            before = self._parts.setdefault(part.source, [])
            self._around[part] = self._holding(before[-1] if before else None, part.start)
            before.append(part)

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Tell whether a diagnostic is silenced, and remember by what."""
        span = diagnostic.span
        parts = self._parts.get(span.source, []) if span else []
        if not span or not parts:
            return False
        nth = bisect_right(parts, span.start, key=lambda each: each.start) - 1
        part = self._holding(parts[nth] if nth >= 0 else None, span.start)
        by: set[tuple[Directive, str]] = set()
        while part:
            said = self._said[part]
            by |= {(said[code], code) for code in _beginnings(diagnostic.code) if code in said}
            part = self._around[part]
        self.used |= by
        return bool(by)

    def _holding(self, part: Span | None, at: int) -> Span | None:
        """Return the smallest part that holds an offset, of a part and those around it."""
        while part and part.end <= at:
            part = self._around[part]
        return part


def _beginnings(code: str) -> Iterator[str]:
    return (code[:length] for length in range(1, len(code) + 1))


def _unused(ignore: _Ignore, idle: Sequence[str]) -> Diagnostic:
    """Return a diagnostic of the codes of a comment that silenced nothing, with the fix that takes them away."""
    kept = [code for code in ignore.codes if code not in idle]
    message, hint = f"这里没有 {'、'.join(idle)}，不用写 ignore", "删去" + ("这几个编号" if kept else "这条注释")
    return _flaw("L003", message, ignore.directive, hint)._replace(fix=_without(ignore.directive, kept))


def _without(directive: Directive, kept: Sequence[str]) -> Fix:
    """Return the fix that leaves a comment with some of its codes, or takes it away."""
    said = _IGNORE.match(directive.text) if kept else None
    if not said:
        return Fix(directive.whole, "")
    start = directive.span.end - len(directive.text) + said.start("codes")
    return Fix(Span(directive.span.source, start, start + len(said["codes"])), ",".join(kept))


def _flaw(code: str, message: str, directive: Directive, hint: str) -> Diagnostic:
    return Diagnostic(code, message, directive.span, hint, Severity.WARNING)
