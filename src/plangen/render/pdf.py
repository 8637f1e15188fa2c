"""PDF: the Word document as LibreOffice prints it, the same on any day."""

import re
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import IO, TYPE_CHECKING, Final

from plangen.diagnostics import Diagnostic, Severity
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.docx import DocxWriter
from plangen.render.style import FONT_CLASSES
from plangen.render.templates import TemplateSet

if TYPE_CHECKING:
    from plangen.render.fonts import Replaced

_DATE: Final = re.compile(rb"(?<=Date\(D:)[0-9]{14}|(?<=Date>)[0-9]{4}(?:-[0-9]{2}){2}T(?:[0-9]{2}:){2}[0-9]{2}")
"""Dates in the information dictionary (ISO 32000-1, 7.9.4) and in XMP, without their time zones."""

_ANY_DATE: Final = {14: b"19800101000000", 19: b"1980-01-01T00:00:00"}
"""What stands in place of a date, by its length."""

_LANGUAGE: Final = re.compile(rb"(?<=/Lang\()[a-z]{2}-[A-Z]{2}(?=\))")
"""The language of a document (ISO 32000-1, 14.9.2), for which LibreOffice takes the one it speaks itself."""

_IDENTIFIERS: Final = re.compile(rb"(/ID ?\[ ?<)[0-9A-F]{32}(>\s*<)[0-9A-F]{32}(?=>)")
_CHECKSUM: Final = re.compile(rb"(/DocChecksum /)[0-9A-F]{32}")
"""The two file identifiers (ISO 32000-1, 14.4), and LibreOffice's own checksum: made of the time among other things."""


class PdfWriter:
    """Writes outlines as .pdf files: a Word document that LibreOffice prints.

    The document is laid out without Word's character grid, which LibreOffice 7.4 sets with 14 characters a line
    (docs/page.md). A font that is replaced is warned of once, however many documents miss it.
    """

    def __init__(self, templates: TemplateSet, choices: Choices) -> None:
        style = templates.house_style
        self._docx = DocxWriter(templates, choices, for_libreoffice=True)
        self._alternatives = {names[0]: names for names in map(style.alternatives, FONT_CLASSES)}
        self._warned: set[str] = set()

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document; see `formats.Writer`. Raises `PlanError` when LibreOffice is missing or fails."""
        from plangen.render import fonts, libreoffice  # noqa: PLC0415 - what only PDF needs

        program = libreoffice.find()
        document = BytesIO()
        diagnostics = self._docx.write(outline, genre, document)
        pdf = libreoffice.print_to_pdf(program, document.getvalue(), outline.title)
        file.write(reproducible(pdf))
        wanted = [self._alternatives.get(name, (name,)) for name in fonts.used(document)]
        return [*diagnostics, *self._warning(fonts.replaced(wanted, fonts.embedded(pdf)))]

    def _warning(self, replaced: "Replaced") -> Iterator[Diagnostic]:
        missing, instead = ([name for name in names if name not in self._warned] for names in replaced)
        if missing:
            self._warned.update(missing, instead)
            by = f"（用的是 {'、'.join(instead)}）" if instead else ""
            message = f"PDF 里用别的字体代替了：{'、'.join(missing)}{by}"
            hint = "装上这些字体再排；已经装了的，把它的英文名也写进 style.yaml 的 fonts"
            yield Diagnostic("P004", message, hint=hint, severity=Severity.WARNING)


def reproducible(pdf: bytes) -> bytes:
    """Return a PDF of LibreOffice's without the time and the language of the system that made it.

    All dates are the same, the language is Chinese, identifiers are made of the content. Nothing changes its place, so
    that the cross-reference table stays right.
    """
    plain = _LANGUAGE.sub(b"zh-CN", _DATE.sub(lambda found: _ANY_DATE[len(found[0])], pdf))
    digest = sha256(_identified(plain, b"0" * 32)).hexdigest()[:32].upper()
    return _identified(plain, digest.encode())


def _identified(pdf: bytes, identifier: bytes) -> bytes:
    """Return a PDF with a file identifier of 32 digits."""
    return _CHECKSUM.sub(rb"\g<1>" + identifier, _IDENTIFIERS.sub(rb"\g<1>%b\g<2>%b" % (identifier, identifier), pdf))
