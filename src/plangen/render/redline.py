"""Redline documents (花脸稿): a plan as a Word document that shows what changed since another revision of it.

Both revisions are made into documents by the same templates; the comparison of the plans says which paragraph became
which. So whatever templates make of a plan – an office's own, a base document, headers, page breaks, what is placed by
arithmetic – accepting all changes gives the new document and rejecting all the old one.
"""

from io import BytesIO
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_STORED, ZipFile

from plangen.compare.revised import Revision
from plangen.diagnostics import Diagnostic, Severity
from plangen.importing.package import Package, Refusals
from plangen.outline.model import Outline
from plangen.render.archive import stored_part
from plangen.render.choices import Choices, Redline
from plangen.render.docx import DocxWriter
from plangen.render.lists import join
from plangen.render.native import NativeNumbering
from plangen.render.redline_package import merge_packages
from plangen.render.tables import refuse_empty_table
from plangen.render.templates import TemplateSet

_NOBODY: Final = "起草人"
"""The author of changes to a plan that nobody issues."""

_REFUSALS: Final = Refusals("T020", "T021", "T022", "用 --base 给出在 Word 或 WPS 里做的 .docx")
"""What is said of documents that cannot be merged; only a base, or templates, make such."""

_Numberings = tuple[NativeNumbering | None, NativeNumbering | None]


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
        refuse_empty_table(new, self._genre or new.genre)
        numberings, said = self._numberings(old, new) if self._native else ((None, None), [])
        before, _ = self._render(old, numberings[0])
        after, more = self._render(new, numberings[1])
        author = self._redline.author or new.issuer or old.issuer or _NOBODY
        merged = merge_packages(before, after, revision, self._redline._replace(author=author))
        with ZipFile(file, "w", ZIP_STORED) as archive:
            for name, content in merged.parts.items():
                archive.writestr(stored_part(name), content)
        return [*said, *more]

    def _numberings(self, old: Outline, new: Outline) -> tuple[_Numberings, list[Diagnostic]]:
        """Return how Word counts the numbers of both revisions in one document, nothing where it cannot."""
        before, after = (self._docx.survey(each, self._genre or each.genre) for each in (old, new))
        joined = join(before.arranged(), after.arranged())
        if joined is None:
            message = "编号样式改了，新旧两种编号不能用同一个列表，花脸稿里的编号是文字"
            return (None, None), [Diagnostic("R020", message, new.place.span("numbering"), severity=Severity.WARNING)]
        return (NativeNumbering(before, joined[0]), NativeNumbering(after, joined[1])), []

    def _render(self, outline: Outline, numbering: NativeNumbering | None) -> tuple[Package, list[Diagnostic]]:
        document = BytesIO()
        diagnostics = self._docx.write(outline, self._genre or outline.genre, document, numbering)
        with ZipFile(document) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        package = Package(Path(f"{outline.title}.docx"), _REFUSALS, parts)
        return package._replace(main=next(package.related("", "officeDocument"))), diagnostics
