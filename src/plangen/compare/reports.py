"""The forms in which changes are told, by name."""

from collections.abc import Callable
from typing import Final

from plangen.compare.changes import Changes
from plangen.compare.html import render_html
from plangen.compare.json_report import render_json
from plangen.compare.markdown import render_markdown

REPORTS: Final[dict[str, Callable[[Changes, str, str], str]]] = {
    "md": render_markdown,
    "html": render_html,
    "json": render_json,
}
"""From changes and the names of both sides to the whole report, line break at the end; text is `compare.text`."""
