"""Diagnostics as SARIF 2.1.0 (OASIS standard), which code hosts and editors read."""

import re
from collections.abc import Sequence
from typing import Final

from plangen.diagnostics.diagnostic import Diagnostic, Fix, Severity
from plangen.diagnostics.span import Span

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_DRIVE: Final = re.compile("[A-Za-z]:/")
_LINK: Final = re.compile(r"\[(?=[^\[\]]*\]\()")

_Json = dict[str, object]


def render_sarif(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """Return the diagnostics as a SARIF log of one run, with a rule for each code found.

    The version of plangen is left out, so that equal plans give equal logs.
    """
    import json  # noqa: PLC0415 - only who wants SARIF pays for it

    codes = sorted({each.code for each in diagnostics})
    run = {
        "tool": {"driver": {"name": "plangen", "language": "zh-CN", "rules": [_rule(code) for code in codes]}},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [{"location": _artifact(name)} for name in files],
        "results": [_result(each, codes.index(each.code)) for each in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> _Json:
    from plangen.diagnostics.catalogue import CATALOGUE  # noqa: PLC0415 - long texts
    from plangen.diagnostics.pages import examples  # noqa: PLC0415

    entry = CATALOGUE[code]
    return {
        "id": code,
        "shortDescription": _text(entry.summary),
        "fullDescription": _text(entry.explanation),
        "help": _text("\n".join((entry.explanation, *examples(entry)))),
    }


def _result(diagnostic: Diagnostic, rule: int) -> _Json:
    """Return a result; `rule` is the index of its rule in the driver."""
    said = "。".join(filter(None, (diagnostic.message, diagnostic.hint)))
    result: _Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": _message(said),
    }
    if diagnostic.span:
        result["locations"] = [{"physicalLocation": _physical(diagnostic.span)}]
    if diagnostic.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(each.span), "message": _message(each.message)}
            for number, each in enumerate(diagnostic.related)
        ]
    if diagnostic.fix:
        result["fixes"] = [_fix(diagnostic.fix)]
    return result


def _fix(fix: Fix) -> _Json:
    replacement = {"deletedRegion": _region(fix.span), "insertedContent": _text(fix.text)}
    return {"artifactChanges": [{"artifactLocation": _artifact(fix.span.source.name), "replacements": [replacement]}]}


def _physical(span: Span) -> _Json:
    location: _Json = {"artifactLocation": _artifact(span.source.name)}
    return {**location, "region": _region(span)} if span.source.text else location


def _region(span: Span) -> _Json:
    """Return a region; its end column is the one after the last character (SARIF 3.30.8)."""
    (line, column), (end_line, end_column) = span.position, span.end_position
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _artifact(name: str) -> _Json:
    """Return the location of a file: a relative reference, or a `file` URI where its name is absolute."""
    from urllib.parse import quote  # noqa: PLC0415

    if _DRIVE.match(name):
        return {"uri": f"file:///{name[:2]}{quote(name[2:], errors='replace')}"}
    if name.startswith("//"):
        return {"uri": f"file:{quote(name, errors='replace')}"}
    return {"uri": f"{'file://' if name.startswith('/') else ''}{quote(name, errors='replace')}"}


def _text(text: str) -> _Json:
    return {"text": text}


def _message(text: str) -> _Json:
    """Return a message in which nothing is a link: readers take `[text](target)` for one (SARIF 3.11.6).

    Braces stay as they are: readers look for placeholders only in messages that come with arguments.
    """
    return _text(_LINK.sub(r"\\[", text))
