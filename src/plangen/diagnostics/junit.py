"""Diagnostics as JUnit XML, which build servers show as tests: a suite a file, a case a diagnostic.

Only errors are failures, as for the exit code; what weighs less is the output of a case that passes. A file about which
there is nothing to say is one case that passes. Elements and attributes are those that Jenkins and GitLab read.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from plangen.diagnostics.diagnostic import Diagnostic, Severity
from plangen.diagnostics.text import location, render_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TOOL: Final = "plangen"
"""What a suite is called whose diagnostics blame no file."""

_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold, escaped or not (XML 1.0, 2.2)."""


def render_junit(diagnostics: Sequence[Diagnostic], files: Sequence[str]) -> str:
    """Return the diagnostics, which are in file order, as an XML document."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - only who wants XML pays for it

    found = {name: list(group) for name, group in groupby(diagnostics, key=_suite_name)}
    root = ET.Element("testsuites")
    for name in dict.fromkeys((*found, *files)):
        _add_suite(root, name, found.get(name, []))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite_name(diagnostic: Diagnostic) -> str:
    return diagnostic.span.source.name if diagnostic.span else _TOOL


def _add_suite(root: "Element", name: str, diagnostics: Sequence[Diagnostic]) -> None:
    failures = sum(each.severity is Severity.ERROR for each in diagnostics)
    counts = {"tests": str(len(diagnostics) or 1), "failures": str(failures), "errors": "0"}
    suite = _add(root, "testsuite", name=name, **counts)
    for each in diagnostics:
        where = location(each.span) if each.span else _TOOL
        case = _add(suite, "testcase", classname=name, name=f"{each.code} {where}")
        if each.severity is Severity.ERROR:
            said = _add(case, "failure", type=each.code, message=each.message)
        else:
            said = _add(case, "system-out")
        said.text = _xml_text(render_text(each))
    if not diagnostics:
        _add(suite, "testcase", classname=name, name=name)


def _add(parent: "Element", tag: str, **attributes: str) -> "Element":
    element = parent.makeelement(tag, {name: _xml_text(value) for name, value in attributes.items()})
    parent.append(element)
    return element


def _xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
