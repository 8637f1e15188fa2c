"""HTML: one file with its own style sheet and nothing from outside, for any browser, on screen and on paper."""

import re
from decimal import Decimal
from typing import IO, Final

from markupsafe import Markup

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.page import geometry
from plangen.render.templates import TemplateSet
from plangen.render.titles import title_lines

_PLAIN: Final = re.compile(r"[^\w .-]")
"""What may mean something in a style sheet or in HTML; letters of any script mean themselves."""


class HtmlWriter:
    """Writes outlines as .html files."""

    def __init__(self, templates: TemplateSet, _choices: Choices) -> None:
        self._sandbox = templates.sandbox("html", None, {"points": points, "font_family": font_family})
        self._style = templates.house_style
        self._page = geometry(self._style, word_grid=False)

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`."""
        style, page = self._style.title, self._page
        context = {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/html/blocks.j2",
            "style": self._style,
            "page": page,
            "title_lines": title_lines(outline, style.characters, page.characters(style.size)),
        }
        self._sandbox.pour("formats/html/document.html", context, file)
        return []


def points(twips: int) -> str:
    """Return a length in twips as CSS wants it, in points."""
    return f"{(Decimal(twips) / 20).normalize():f}pt"


def font_family(names: tuple[str, ...]) -> Markup:
    """Return names of fonts as CSS wants them, whatever is in them (CSS Syntax Level 3, 4.3.7)."""
    return Markup(", ".join(f'"{_PLAIN.sub(_escaped, name)}"' for name in names))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{ord(found[0]):x} "
