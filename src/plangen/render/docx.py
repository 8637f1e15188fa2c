"""Word documents: a package whose every part is a template, all appearance coming from the house style."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Column, Outline
from plangen.render.archive import stored_part
from plangen.render.choices import Choices
from plangen.render.official import place_elements
from plangen.render.page import column_widths, eighths_of_a_point, geometry, half_points, points_in_twips
from plangen.render.templates import TemplateSet
from plangen.render.titles import title_lines

if TYPE_CHECKING:
    from plangen.render.base import Base, Rendered
    from plangen.render.native import NativeNumbering, Survey

_PACKAGE: Final = "formats/docx/package"
_PART: Final = re.compile(r".*/(?!\._)[^/]+\.xml|.*/_rels/[^/]*\.rels")
"""Files of the package folder that are parts; what systems and editors leave there is not."""

_LONG_PART: Final = f"{_PACKAGE}/word/document.xml"
"""The part that may be long and is written piece by piece; any other that comes out empty is left out."""


_LEAST_CELL: Final = 2
"""Characters that must stand in a cell of a table, on average of the columns."""


class DocxWriter:
    """Writes outlines as .docx files.

    Those `for_libreoffice` are the same for the eye, by what LibreOffice sets right: without Word's character grid
    (`page.geometry`), and without tying the only paragraph of a text to its list of attachments, since Word keeps its
    last lines there (ECMA-376 Part 1, 17.3.1.15), LibreOffice all of it, away from the first page.
    """

    def __init__(self, templates: TemplateSet, choices: Choices, *, for_libreoffice: bool = False) -> None:
        self._style = templates.house_style
        self._base = _open_base(choices.base)
        self._native = choices.native_numbering
        self._for_libreoffice = for_libreoffice
        page = geometry(self._style, word_grid=not for_libreoffice)
        self._page = page if self._base is None else self._base.page(page)
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

    def write(
        self, outline: Outline, genre: str, file: IO[bytes], numbering: "NativeNumbering | None" = None
    ) -> list[Diagnostic]:
        """Write a document, with a `numbering` that was arranged for it or its own; see `formats.Writer`."""
        if self._base is not None:
            return self._base.write(outline, self._rendered(self._base.left_to_plan(outline), genre), file)
        if numbering is None and self._native:
            numbering = self._own_numbering(outline, genre)
        context = self._context(outline, genre, numbering)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name in self._parts:
                part = stored_part(name.removeprefix(f"{_PACKAGE}/"))
                if name == _LONG_PART:
                    with archive.open(part, "w") as entry:
                        self._sandbox.pour(name, context, entry)
                elif text := self._sandbox.text(name, context).strip():
                    archive.writestr(part, text)
        return []

    def survey(self, outline: Outline, genre: str) -> "Survey":
        """Return what numbers and references a document has, found by making it once without them."""
        from plangen.render.native import Survey  # noqa: PLC0415 - only native numbering pays for it

        survey = Survey()
        self._sandbox.text(_LONG_PART, self._context(outline, genre, survey))
        return survey

    def _own_numbering(self, outline: Outline, genre: str) -> "NativeNumbering":
        from plangen.render.native import NativeNumbering  # noqa: PLC0415 - only native numbering pays for it

        survey = self.survey(outline, genre)
        return NativeNumbering(survey, survey.arranged())

    def _rendered(self, outline: Outline, genre: str) -> "Rendered":
        from plangen.render.base import Rendered  # noqa: PLC0415 - only bases pay for it

        context = self._context(outline, genre)
        names = ("word/document.xml", "word/styles.xml", "docProps/core.xml")
        return Rendered(*(self._sandbox.text(f"{_PACKAGE}/{name}", context) for name in names))

    def _context(
        self, outline: Outline, genre: str, native: "NativeNumbering | Survey | None" = None
    ) -> dict[str, object]:
        base = self._base
        return {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/docx/blocks.j2",
            "style": self._style,
            "page": self._page,
            "placement": place_elements(outline, self._style, self._page),
            "preceded": base is not None and base.surroundings.preceded,
            "followed": base is not None and base.surroundings.followed,
            "native": native,
            "for_libreoffice": self._for_libreoffice,
        }

    def _broken(self, title: str, chosen: Sequence[str] = (), landscape: bool = False) -> list[str]:
        size = (self._base.title_size if self._base else None) or self._style.title.size
        return title_lines(title, chosen, self._style.title, self._page, size, landscape=landscape)

    def _widths(self, columns: Sequence[Column], width: int) -> list[int]:
        """Return the widths of the columns of a table as wide as this, in twips.

        Raises `PlanError` when the margins of the cells leave no room for their texts.
        """
        margin = self._page.cell_margin
        if width < len(columns) * (2 * margin + _LEAST_CELL * points_in_twips(self._style.table.size)):
            hint = "减小 table 的 margin 或者 size"
            span = self._style.place.span("table", "margin")
            raise PlanError([Diagnostic("D520", "附表的格子太窄，放不下字", span, hint)])
        return column_widths([column.width for column in columns], width, margin)


def _open_base(path: Path | None) -> "Base | None":
    if path is None:
        return None
    from plangen.render.base import Base  # noqa: PLC0415 - python-docx takes longer to import than a plan to render

    return Base(path)
