"""HTML: one file with its own style sheet and nothing from outside, for any browser, on screen and on paper."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import IO, Final

from markupsafe import Markup

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Column, Outline
from plangen.render.choices import Choices
from plangen.render.official import place_elements
from plangen.render.page import column_widths, geometry, points_in_twips
from plangen.render.templates import TemplateSet
from plangen.render.titles import title_lines

_PLAIN: Final = re.compile(r"[^\w .-]")
"""What may mean something in a style sheet or in HTML; letters of any script mean themselves."""


class HtmlWriter:
    """Writes outlines as .html files."""

    def __init__(self, templates: TemplateSet, _choices: Choices) -> None:
        filters: dict[str, Callable[..., object]] = {
            "points": points,
            "twips": points_in_twips,
            "css_text": css_text,
            "broken": self._broken,
            "shares": self._shares,
        }
        self._sandbox = templates.sandbox("html", None, filters)
        self._style = templates.house_style
        self._page = geometry(self._style, word_grid=False)

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`."""
        context = {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/html/blocks.j2",
            "style": self._style,
            "page": self._page,
            "placement": place_elements(outline, self._style, self._page),
        }
        self._sandbox.pour("formats/html/document.html", context, file)
        return []

    def _broken(self, title: str, chosen: Sequence[str] = (), landscape: bool = False) -> list[str]:
        style = self._style.title
        return title_lines(title, chosen, style, self._page, style.size, landscape=landscape)

    def _shares(self, columns: Sequence[Column], width: int) -> list[str]:
        """Return the widths of the columns of a table, as wide as this on paper, as CSS wants them: in percent."""
        widths = column_widths([column.width for column in columns], width, self._page.cell_margin)
        return [f"{100 * each / width:.2f}%" for each in widths]


def points(twips: int) -> str:
    """Return a length in twips as CSS wants it, in points."""
    return f"{(Decimal(twips) / 20).normalize():f}pt"


def css_text(text: str) -> Markup:
    """Return a text, such as the name of a font, as CSS wants it, whatever is in it (CSS Syntax Level 3, 4.3.7)."""
    return Markup(f'"{_PLAIN.sub(_escaped, text)}"')


def _escaped(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "
