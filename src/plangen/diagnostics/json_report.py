"""Diagnostics as JSON for programs.

`{"version": 1, "diagnostics": […]}`, where a diagnostic has

- `file`, `line`, `column`, `end_line`, `end_column`: where it is; lines and columns count from 1, columns in code
  points, the end is the first place after it. All five are null when no file is to blame, the last four when the file
  as a whole is;
- `code`, `severity` (`error`, `warning`, `info`), `message`, and `hint`, "" when there is nothing to advise;
- `related`: a list of other places, with the five keys of a place and `message`;
- `fix`: null, or the five keys of a place and `text`, what to put there instead.

A key may be added within a version; none is removed, renamed or changes its meaning.
"""

from collections.abc import Sequence
from typing import Final

from plangen.diagnostics.diagnostic import Diagnostic
from plangen.diagnostics.span import Span

VERSION: Final = 1
"""Version of the schema."""


def render_json(diagnostics: Sequence[Diagnostic], _files: Sequence[str]) -> str:
    """Return the diagnostics as a JSON document."""
    import json  # noqa: PLC0415 - only who wants JSON pays for it

    document = {"version": VERSION, "diagnostics": [_entry(each) for each in diagnostics]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(diagnostic: Diagnostic) -> dict[str, object]:
    fix = diagnostic.fix
    return {
        **_place(diagnostic.span),
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "related": [{**_place(each.span), "message": each.message} for each in diagnostic.related],
        "fix": {**_place(fix.span), "text": fix.text} if fix else None,
    }


def _place(span: Span | None) -> dict[str, str | int | None]:
    line = column = end_line = end_column = None
    if span and span.source.text:
        line, column = span.position
        end_line, end_column = span.end_position
    return {
        "file": span.source.name if span else None,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }
