"""Markdown: escaping what a reader of CommonMark or of GitHub's dialect would take for markup, and nothing else."""

import re
from collections.abc import Callable
from typing import IO, Final

from markupsafe import Markup

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.templates import TemplateSet

_PUNCTUATION = r"!-/:-@\[-`{-~"
_INLINE: Final = re.compile(
    rf"\\(?=[{_PUNCTUATION}]|$)"  # a backslash that would escape something, or break the line
    r"|[`~]"  # code, strikethrough
    r"|(?<!\s)\*|\*(?!\s|$)"  # emphasis, unless the star stands alone
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, unless inside a word
    r"|\](?=[(\[:])"  # a link's text ends
    r"|<(?=[A-Za-z/!?])"  # a tag or an autolink
    r"|&(?=(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]*);)"  # a character reference
)
_BLOCK_START: Final = re.compile(
    r"^(?:(?P<number>[0-9]{1,9})(?=[.)](?:\s|$))"  # a numbered list
    r"|(?=#{1,6}(?:\s|$))|(?=>)|(?=[-+](?:\s|$))|(?=-(?:[ \t]*-){2,}[ \t]*$))"  # heading, quotation, list, rule
)
_BLANK_LINES: Final = re.compile(r"\n{3,}")
_CLOSING_HASHES: Final = re.compile(r"(?:(?<=\s)|^)(?=#+\s*$)")
"""Where `#` signs at the end of a heading would vanish as its closing sequence."""


def escape_inline(text: str) -> str:
    """Return text that reads as itself inside a heading."""
    return _CLOSING_HASHES.sub(r"\\", _INLINE.sub(r"\\\g<0>", text), count=1)


def escape_paragraph(text: str) -> str:
    """Return text that reads as itself as a paragraph of its own, on one line."""
    return _BLOCK_START.sub(r"\g<number>\\", _INLINE.sub(r"\\\g<0>", text.lstrip(" \t")))


def escape_cell(text: str) -> str:
    """Return text that reads as itself inside a cell of a table, on one line."""
    return escape_inline(" ".join(text.split("\n"))).replace("|", r"\|")


class MarkdownWriter:
    """Writes outlines as .md files."""

    def __init__(self, templates: TemplateSet, _choices: Choices) -> None:
        filters = {"inline": _escaping(escape_inline), "cell": _escaping(escape_cell)}
        self._sandbox = templates.sandbox("markdown", _finalize, filters)

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`."""
        context = {"outline": outline, "genre": genre, "blocks": "formats/markdown/blocks.j2"}
        text = self._sandbox.text("formats/markdown/document.md", context)
        file.write(_BLANK_LINES.sub("\n\n", text.strip("\n") + "\n").encode())
        return []


def _escaping(escape: Callable[[str], str]) -> Callable[[object], Markup]:
    """Return a filter that escapes whatever it is given."""
    return lambda value: Markup(escape(str(value)))


def _finalize(value: object) -> Markup:
    """Escape whatever a template prints, unless it is Markdown already."""
    return value if isinstance(value, Markup) else Markup(escape_paragraph(str(value)))
