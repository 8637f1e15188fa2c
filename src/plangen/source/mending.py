"""A file with slips of the keyboard to one without, where all of them can be repaired safely."""

from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Source, Span, in_file_order
from plangen.source.edits import apply_fixes
from plangen.source.form import Form, read_form
from plangen.source.sameness import says_the_same
from plangen.source.slip_fixes import indentations, safe_fix, slips_at_keys

_MOST_ROUNDS: Final = 50
"""Most times a file is read again: a syntax error hides those after it."""

_MOST_A_LINE: Final = 3
"""Rounds in which all lines with keys are looked at: one has a few slips at most, a dash, a colon and a blank."""

_INDENTATION: Final = "Y011"
_UNKNOWN_KEY: Final = "D501"


class Mended(NamedTuple):
    """A file without slips, its form, and the slips that were repaired, as they were found."""

    source: Source
    form: Form
    repaired: list[Diagnostic]


def mend(source: Source) -> Mended:
    """Return a file with its slips repaired; raise `PlanError` with those that are in doubt.

    No repair adds or removes a line.
    """
    current = source
    repaired: list[Diagnostic] = []
    for number in range(_MOST_ROUNDS):
        found, form = _slips(current)
        if form is not None and not found:
            return Mended(current, form, sorted(repaired, key=_line))
        fixes = [(slip, fix) for slip in found if (fix := safe_fix(slip)) is not None]
        fixes += slips_at_keys(current) if number < _MOST_A_LINE else ()
        if fixes:
            text, made = apply_fixes(current.text, (fix for _, fix in fixes))
            current, done = Source(source.name, text), set(made)
            repaired += in_file_order(slip for slip, fix in fixes if fix in done)
        elif any(slip.code == _INDENTATION for slip in found):
            indented = _mend_indentation(current)
            if indented is None:
                break
            first = next(slip for slip in found if slip.code == _INDENTATION)
            return indented._replace(repaired=sorted([*repaired, first, *indented.repaired], key=_line))
        else:
            break
    raise PlanError(_in_original(source, each) for each in in_file_order(found))


def _line(diagnostic: Diagnostic) -> int:
    return diagnostic.span.position[0] if diagnostic.span else 0


def _slips(source: Source) -> tuple[list[Diagnostic], Form | None]:
    try:
        form = read_form(source)
    except PlanError as error:
        return error.diagnostics, None
    return form.slips, form


def _mend_indentation(source: Source) -> Mended | None:
    """Return a file with tabs and special spaces before its lines repaired, if there is one way to read them.

    A way that puts a key where it has no business is none.
    """
    found: list[Mended] = []
    for fixes in indentations(source):
        text, _ = apply_fixes(source.text, fixes)
        if text == source.text:
            continue
        try:
            mended = mend(Source(source.name, text))
        except PlanError:
            continue
        moved = {fix.span.position[0] for fix in fixes}
        if not any(each.code == _UNKNOWN_KEY and _line(each) in moved for each in mended.form.diagnostics):
            found.append(mended)
    same = found and all(says_the_same(found[0].form.root, each.form.root) for each in found[1:])
    return found[0] if same else None


def _in_original(source: Source, diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic of a repaired file in the file as it is: on its line, about in its column."""
    if diagnostic.span is None:
        return diagnostic
    line, column = diagnostic.span.position
    length = diagnostic.span.end - diagnostic.span.start
    start = source.offset(line) + min(column - 1, len(source.line(line)))
    return diagnostic._replace(span=Span(source, start, start + length), related=(), fix=None)
