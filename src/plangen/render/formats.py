"""The formats there are, and what writes each: imported by who writes it, so that the names of formats cost nothing."""

from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Final, NamedTuple, Protocol

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Outline
from plangen.render.choices import Choices

if TYPE_CHECKING:
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
    writer: "Callable[[TemplateSet, Choices], Writer]"
    by_default: bool = False


def _word(templates: "TemplateSet", choices: Choices) -> Writer:
    from plangen.render.docx import DocxWriter  # noqa: PLC0415

    return DocxWriter(templates, choices)


def _markdown(templates: "TemplateSet", choices: Choices) -> Writer:
    from plangen.render.markdown import MarkdownWriter  # noqa: PLC0415

    return MarkdownWriter(templates, choices)


def _workbook(templates: "TemplateSet", choices: Choices) -> Writer:
    from plangen.render.xlsx import WorkbookWriter  # noqa: PLC0415

    return WorkbookWriter(templates, choices)


def _pdf(templates: "TemplateSet", choices: Choices) -> Writer:
    from plangen.render.pdf import PdfWriter  # noqa: PLC0415

    return PdfWriter(templates, choices)


def _html(templates: "TemplateSet", choices: Choices) -> Writer:
    from plangen.render.html import HtmlWriter  # noqa: PLC0415

    return HtmlWriter(templates, choices)


FORMATS: Final = {
    "docx": Format(".docx", _word, by_default=True),
    "md": Format(".md", _markdown, by_default=True),
    "xlsx": Format(".xlsx", _workbook),
    "pdf": Format(".pdf", _pdf),
    "html": Format(".html", _html),
}
DEFAULT_FORMATS: Final = tuple(name for name, form in FORMATS.items() if form.by_default)
