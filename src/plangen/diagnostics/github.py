"""Diagnostics as workflow commands, which GitHub Actions shows beside the lines they are about.

Commands and escapes: "Workflow commands for GitHub Actions" in GitHub's documentation, and `command.ts` of
actions/toolkit.
"""

from collections.abc import Sequence
from typing import Final

from plangen.diagnostics.diagnostic import Diagnostic, Severity
from plangen.diagnostics.span import Span
from plangen.diagnostics.text import printable

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_github(diagnostics: Sequence[Diagnostic], _files: Sequence[str]) -> str:
    """Return one workflow command a line, for each diagnostic."""
    return "".join(f"{_command(each)}\n" for each in diagnostics)


def _command(diagnostic: Diagnostic) -> str:
    properties = {**(_place(diagnostic.span) if diagnostic.span else {}), "title": diagnostic.code}
    said = ",".join(f"{name}={_escaped(str(value), _IN_PROPERTIES)}" for name, value in properties.items())
    message = "\n".join(filter(None, (diagnostic.message, diagnostic.hint and f"提示：{diagnostic.hint}")))
    return f"::{_COMMANDS[diagnostic.severity]} {said}::{_escaped(message, _IN_MESSAGES)}"


def _escaped(text: str, escapes: dict[int, str]) -> str:
    return printable(text.translate(escapes))


def _place(span: Span) -> dict[str, str | int]:
    """Return the properties of a place; columns only within one line, GitHub takes no others."""
    if not span.source.text:
        return {"file": span.source.name}
    line, column = span.position
    end_line, end_column = span.end_position
    place: dict[str, str | int] = {"file": span.source.name, "line": line, "endLine": end_line}
    return place if line != end_line else {**place, "col": column, "endColumn": end_column}
