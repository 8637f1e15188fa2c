"""Word documents: a package whose every part is a template, all appearance coming from the house style."""

import re
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.page import geometry, half_points, points_in_twips
from plangen.render.style import HouseStyle
from plangen.render.templates import TemplateSet
from plangen.render.titles import break_title
from plangen.source.files import read_source
from plangen.source.loading import parse_record

if TYPE_CHECKING:
    from plangen.render.native import NativeNumbering

_PACKAGE: Final = "formats/docx/package"
_PART: Final = re.compile(r".*/(?!\._)[^/]+\.xml|.*/_rels/[^/]*\.rels")
"""Files of the package folder that are parts; what systems and editors leave there is not."""

_DOCUMENT: Final = f"{_PACKAGE}/word/document.xml"
_LISTS: Final = f"{_PACKAGE}/word/numbering.xml"
"""The part that only documents with native numbering have."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip file can hold: the same bytes on any day."""


class DocxWriter:
    """Writes outlines as .docx files."""

    def __init__(self, templates: TemplateSet, choices: Choices) -> None:
        self._sandbox = templates.sandbox("docx", None, {"half_points": half_points, "twips": points_in_twips})
        self._style = _house_style(templates)
        self._page = geometry(self._style)
        self._native = choices.native_numbering
        found = (name for name in templates.names(_PACKAGE) if _PART.fullmatch(name))
        parts = [name for name in found if self._native or name != _LISTS]
        self._parts = sorted(parts, key=lambda name: (not name.endswith("[Content_Types].xml"), name))

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`.

        Parts are stored, not deflated: what deflate makes of them depends on the machine's zlib, and the same plan is
        to give the same bytes everywhere.
        """
        context = self._context(outline, genre)
        if self._native:
            context["native"] = self._native_numbering(context)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name in self._parts:
                part = ZipInfo(name.removeprefix(f"{_PACKAGE}/"), _EPOCH)
                part.create_system = 0
                with archive.open(part, "w") as entry:
                    self._sandbox.pour(name, context, entry)
        return []

    def _context(self, outline: Outline, genre: str) -> dict[str, object]:
        style, page = self._style.title, self._page
        lines = outline.title_lines or break_title(outline.title, style.characters, page.characters(style.size))
        return {
            "outline": outline,
            "genre": genre,
            "blocks": "formats/docx/blocks.j2",
            "style": self._style,
            "page": page,
            "title_lines": [line.strip(" ") for line in lines],
            "native": None,
        }

    def _native_numbering(self, context: Mapping[str, object]) -> "NativeNumbering":
        """Return the lists and references of a document, found by making it once without them."""
        from plangen.render.native import NativeNumbering, Survey  # noqa: PLC0415 - only native numbering pays for it

        survey = Survey()
        self._sandbox.text(_DOCUMENT, {**context, "native": survey})
        return NativeNumbering(survey)


def _house_style(templates: TemplateSet) -> HouseStyle:
    style, diagnostics = parse_record(HouseStyle, read_source(templates.find("style.yaml")))
    if not diagnostics:
        misfits = style.misfits()
        diagnostics = [Diagnostic(f.code, f.message, style.place.span(f.at), f.hint) for f in misfits]
    if diagnostics:
        raise PlanError(diagnostics)
    return style
