"""Word documents: a package whose every part is a template, all appearance coming from the house style."""

import re
from collections.abc import Callable, Sequence
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Column, Outline
from plangen.render.archive import stored_part
from plangen.render.choices import Choices
from plangen.render.official import place_elements
from plangen.render.page import column_widths, eighths_of_a_point, geometry, half_points, points_in_twips
from plangen.render.templates import TemplateSet
from plangen.render.titles import title_lines

_PACKAGE: Final = "formats/docx/package"
_PART: Final = re.compile(r".*/(?!\._)[^/]+\.xml|.*/_rels/[^/]*\.rels")
"""Files of the package folder that are parts; what systems and editors leave there is not."""

_LONG_PART: Final = "/word/document.xml"
"""The part that may be long and is written piece by piece; any other that comes out empty is left out."""


class DocxWriter:
    """Writes outlines as .docx files; without `word_grid` as LibreOffice sets them right (`page.geometry`)."""

    def __init__(self, templates: TemplateSet, _choices: Choices, *, word_grid: bool = True) -> None:
        self._style = templates.house_style
        self._page = geometry(self._style, word_grid=word_grid)
        filters: dict[str, Callable[..., object]] = {
            "half_points": half_points,
            "twips": points_in_twips,
            "eighths": eighths_of_a_point,
            "broken": self._broken,
            "widths": self._widths,
        }
        self._sandbox = templates.sandbox("docx", None, filters)
        parts = [name for name in templates.names(_PACKAGE) if _PART.fullmatch(name)]
        self._parts = sorted(parts, key=lambda name: (not name.endswith("[Content_Types].xml"), name))

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`.

        Parts are stored, not deflated: what deflate makes of them depends on the machine's zlib, and the same plan is
        to give the same bytes everywhere.
        """
        context = self._context(outline, genre)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name in self._parts:
                part = stored_part(name.removeprefix(f"{_PACKAGE}/"))
                if name.endswith(_LONG_PART):
                    with archive.open(part, "w") as entry:
                        self._sandbox.pour(name, context, entry)
                elif text := self._sandbox.text(name, context).strip():
                    archive.writestr(part, text)
        return []

    def _context(self, outline: Outline, genre: str) -> dict[str, object]:
        return {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/docx/blocks.j2",
            "style": self._style,
            "page": self._page,
            "placement": place_elements(outline, self._style, self._page),
        }

    def _broken(self, title: str, chosen: Sequence[str] = (), landscape: bool = False) -> list[str]:
        return title_lines(title, chosen, self._style.title, self._page, landscape=landscape)

    def _widths(self, columns: Sequence[Column], width: int) -> list[int]:
        """Return the widths of the columns of a table as wide as this, in twips."""
        return column_widths([column.width for column in columns], width, self._page.cell_margin)
