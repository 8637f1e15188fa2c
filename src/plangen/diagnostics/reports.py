"""The forms in which what was found is handed to other programs, by name."""

from collections.abc import Callable, Sequence
from typing import Final

from plangen.diagnostics.concise import render_concise
from plangen.diagnostics.diagnostic import Diagnostic
from plangen.diagnostics.github import render_github
from plangen.diagnostics.json_report import render_json
from plangen.diagnostics.junit import render_junit
from plangen.diagnostics.sarif import render_sarif

REPORTS: Final[dict[str, Callable[[Sequence[Diagnostic], Sequence[str]], str]]] = {
    "concise": render_concise,
    "json": render_json,
    "github": render_github,
    "sarif": render_sarif,
    "junit": render_junit,
}
"""From diagnostics in file order and the names of the files checked to the whole report, line break at the end."""
