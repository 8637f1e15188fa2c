"""`check --fix`: what diagnostics say is safe to change, changed in the text, round by round."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Fix, PlanError, Severity, Source, in_file_order
from plangen.source.edits import apply_fixes
from plangen.source.mending import mend

Check = Callable[[Source], list[Diagnostic]]
"""Returns everything there is to say about a text."""

_MOST_ROUNDS: Final = 10
"""Most rounds: a fix may bring another mistake to light, and of fixes that share characters one waits."""

_MOST_TRIED: Final = 60
"""Most times a text is checked in a round to find out which fix does harm."""

_SLIPS: Final = "Y"
"""Codes of what is wrong with the YAML itself begin with it."""

_RULES: Final = "L"
"""Codes of rules begin with it; other errors mean that a plan cannot be read."""


class Fixed(NamedTuple):
    """A text with its fixes made, what was fixed, in the order in which it was, and what remains."""

    source: Source
    made: list[Diagnostic]
    remaining: list[Diagnostic]


def fix_source(source: Source, found: list[Diagnostic], check: Check) -> Fixed:
    """Return a text with every safe fix made; none is kept after which the text cannot be read as before.

    `found` is what there is to say about the text as it is.
    """
    fixed = _mended(Fixed(source, [], found), check)
    for _ in range(_MOST_ROUNDS):
        better = _round(fixed, check)
        if better is None:
            break
        fixed = better
    return fixed


def _mended(fixed: Fixed, check: Check) -> Fixed:
    """Return a text with the slips of its YAML repaired; as it is, with what is in doubt, when something is."""
    source = fixed.source
    if not any(each.code.startswith(_SLIPS) for each in fixed.remaining):
        return fixed
    try:
        mended = mend(source)
    except PlanError as error:
        return fixed._replace(remaining=in_file_order([*fixed.remaining, *error.diagnostics]))
    text = Source(source.name, mended.source.text, source.neighbour)
    return Fixed(text, mended.repaired, check(text))


def _round(fixed: Fixed, check: Check) -> Fixed | None:
    """Return a text with the fixes of what remains made; `None` when there is none that does no harm."""
    name = fixed.source.name
    wanted = [(each, each.fix) for each in fixed.remaining if each.fix and each.fix.span.source.name == name]
    tried = 0
    best: Fixed | None = None
    kept: list[tuple[Diagnostic, Fix]] = []
    groups = [wanted] if wanted else []
    while groups and tried < _MOST_TRIED:
        group = groups.pop(0)
        tried += 1
        better = _with(fixed, [*kept, *group], check)
        if better is not None:
            kept, best = [*kept, *group], better
        elif len(group) > 1:
            groups[:0] = [group[: len(group) // 2], group[len(group) // 2 :]]
    return best


def _with(fixed: Fixed, wanted: Sequence[tuple[Diagnostic, Fix]], check: Check) -> Fixed | None:
    """Return a text with fixes made; `None` when it changes nothing or does harm."""
    text, made = apply_fixes(fixed.source.text, [fix for _, fix in wanted])
    source = Source(fixed.source.name, text, fixed.source.neighbour)
    remaining = check(source)
    if text == fixed.source.text or _form_errors(remaining) - _form_errors(fixed.remaining):
        return None
    kept = set(made)
    done = [diagnostic for diagnostic, fix in wanted if fix in kept]
    return Fixed(source, [*fixed.made, *done], remaining)


def _form_errors(diagnostics: Sequence[Diagnostic]) -> Counter[tuple[str, str]]:
    errors = (each for each in diagnostics if each.severity is Severity.ERROR and not each.code.startswith(_RULES))
    return Counter((each.code, each.message) for each in errors)
