"""Redline documents (花脸稿): a plan as a Word document that shows what changed since another revision of it.

Both revisions are made into documents by the same templates; the comparison of the plans says which paragraph became
which. So whatever templates make of a plan – an office's own, a base document, headers, page breaks, what is placed by
arithmetic – accepting all changes gives the new document and rejecting all the old one.
"""

from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from plangen.compare.revised import Revision
from plangen.diagnostics import Diagnostic
from plangen.outline.model import Outline
from plangen.render.archive import stored_part
from plangen.render.base_package import Package
from plangen.render.choices import Choices
from plangen.render.docx import DocxWriter
from plangen.render.redline_package import Redline, merge_packages
from plangen.render.templates import TemplateSet


class RedlineWriter:
    """Writes redline documents, in one way or the other."""

    def __init__(self, templates: TemplateSet, choices: Choices, redline: Redline) -> None:
        self._docx = DocxWriter(templates, choices._replace(native_numbering=False))
        self._native = choices.native_numbering and not redline.manual
        self._genre = choices.genre
        self._redline = redline

    def write(self, old: Outline, new: Outline, revision: Revision, file: IO[bytes]) -> list[Diagnostic]:
        """Write the new revision of a plan with what changed since the old one.

        Returns and raises what `formats.Writer` does for the new one.
        """
        before, after = self._render(old), self._render(new)
        merged = merge_packages(before[0], after[0], revision, self._redline)
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, content in merged.parts.items():
                archive.writestr(stored_part(name), content)
        return after[1]

    def _render(self, outline: Outline) -> tuple[Package, list[Diagnostic]]:
        document = BytesIO()
        diagnostics = self._docx.write(outline, self._genre or outline.genre, document)
        with ZipFile(document) as archive:
            package = Package(Path(f"{outline.title}.docx"), {name: archive.read(name) for name in archive.namelist()})
        return package._replace(main=next(package.related("", "officeDocument"))), diagnostics
