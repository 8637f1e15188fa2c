"""The formats there are, and what writes each."""

from collections.abc import Callable
from typing import IO, Final, NamedTuple, Protocol

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Outline
from plangen.render.choices import Choices
from plangen.render.docx import DocxWriter
from plangen.render.markdown import MarkdownWriter
from plangen.render.templates import TemplateSet


class Writer(Protocol):
    """Writes outlines as documents of one format; its templates are compiled once."""

    def write(self, outline: Outline, genre: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write a document of a genre and return what its readers should be warned of.

        Raises `PlanError` at a mistake in a template and when the document cannot be made.
        """


class Format(NamedTuple):
    """A format: the ending of its files, what makes its writer, and whether it is written when none is asked for."""

    suffix: str
    writer: Callable[[TemplateSet, Choices], Writer]
    by_default: bool = False


def _workbooks(templates: TemplateSet, choices: Choices) -> Writer:
    from plangen.render.xlsx import WorkbookWriter  # noqa: PLC0415 - only workbooks pay for it

    return WorkbookWriter(templates, choices)


FORMATS: Final = {
    "docx": Format(".docx", DocxWriter, by_default=True),
    "md": Format(".md", MarkdownWriter, by_default=True),
    "xlsx": Format(".xlsx", _workbooks),
}
DEFAULT_FORMATS: Final = tuple(name for name, form in FORMATS.items() if form.by_default)
