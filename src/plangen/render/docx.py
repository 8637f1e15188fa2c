"""Word documents: a package whose every part is a template, all appearance coming from the house style."""

import re
from collections.abc import Callable, Sequence
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Column, Outline
from plangen.render.archive import stored_part
from plangen.render.choices import Choices
from plangen.render.page import column_widths, geometry, half_points, points_in_twips
from plangen.render.style import HouseStyle
from plangen.render.templates import TemplateSet
from plangen.render.titles import break_title
from plangen.source.files import read_source
from plangen.source.loading import parse_record

_PACKAGE: Final = "formats/docx/package"
_PART: Final = re.compile(r".*/(?!\._)[^/]+\.xml|.*/_rels/[^/]*\.rels")
"""Files of the package folder that are parts; what systems and editors leave there is not."""


class DocxWriter:
    """Writes outlines as .docx files."""

    def __init__(self, templates: TemplateSet, _choices: Choices) -> None:
        filters: dict[str, Callable[..., object]] = {
            "half_points": half_points,
            "twips": points_in_twips,
            "broken": self._broken,
            "widths": self._widths,
        }
        self._sandbox = templates.sandbox("docx", None, filters)
        self._style = house_style(templates)
        self._page = geometry(self._style)
        parts = [name for name in templates.names(_PACKAGE) if _PART.fullmatch(name)]
        self._parts = sorted(parts, key=lambda name: (not name.endswith("[Content_Types].xml"), name))

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`."""
        context = self._context(outline, genre)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name in self._parts:
                with archive.open(stored_part(name.removeprefix(f"{_PACKAGE}/")), "w") as entry:
                    self._sandbox.pour(name, context, entry)
        return []

    def _context(self, outline: Outline, genre: str) -> dict[str, object]:
        return {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/docx/blocks.j2",
            "style": self._style,
            "page": self._page,
        }

    def _broken(self, title: str, chosen: Sequence[str] = (), landscape: bool = False) -> list[str]:
        """Return the lines of a title: those its author chose, else broken by sense; wider pages bear longer ones."""
        style, page = self._style.title, self._page
        capacity = page.characters(style.size, landscape=landscape)
        comfortable = style.characters * capacity // page.characters(style.size)
        return [line.strip(" ") for line in chosen or break_title(title, comfortable, capacity)]

    def _widths(self, columns: Sequence[Column], width: int) -> list[int]:
        """Return the widths of the columns of a table as wide as this, in twips."""
        return column_widths([column.width for column in columns], width, self._page.cell_margin)


def house_style(templates: TemplateSet) -> HouseStyle:
    """Return the house style among the templates; raise `PlanError` when there are mistakes in it."""
    style, diagnostics = parse_record(HouseStyle, read_source(templates.find("style.yaml")))
    if not diagnostics:
        misfits = style.misfits()
        diagnostics = [Diagnostic(f.code, f.message, style.place.span(f.at), f.hint) for f in misfits]
    if diagnostics:
        raise PlanError(diagnostics)
    return style
