"""Diagnostics one a line, for editors, `grep` and long lists."""

from collections.abc import Sequence

from plangen.diagnostics.diagnostic import Diagnostic
from plangen.diagnostics.text import SEVERITY_WORDS, location, printable


def render_concise(diagnostics: Sequence[Diagnostic], _files: Sequence[str]) -> str:
    """Return lines `file:line:column: severity code message`; without a place, the line begins with the severity."""
    return "".join(f"{_line(each)}\n" for each in diagnostics)


def _line(diagnostic: Diagnostic) -> str:
    where = f"{location(diagnostic.span)}: " if diagnostic.span else ""
    return printable(f"{where}{SEVERITY_WORDS[diagnostic.severity]} {diagnostic.code} {diagnostic.message}")
