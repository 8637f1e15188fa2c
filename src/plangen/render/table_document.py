"""A document that is nothing but tables, through the same templates as a plan: title, table, on turned pages."""

from collections.abc import Sequence
from typing import IO

from plangen.diagnostics import Diagnostic
from plangen.outline.model import Attachment, Notice, Outline, Table, Tables
from plangen.render.choices import DEFAULT_CHOICES, Choices
from plangen.render.formats import FORMATS
from plangen.render.tables import TABLES_GENRE
from plangen.render.templates import TemplateSet


def write_tables(
    title: str, tables: Sequence[Table], format_name: str, file: IO[bytes], choices: Choices = DEFAULT_CHOICES
) -> list[Diagnostic]:
    """Write tables as a document of a format and return what its readers should be warned of.

    A single table stands under the title of the document, several each under their own. Of the choices, templates and
    style count. Raises `PlanError` when these have mistakes or the document cannot be made, `KeyError` for a format
    there is not.
    """
    looks = Choices(templates=choices.templates, style=choices.style)
    writer = FORMATS[format_name].writer(TemplateSet(looks.templates, looks.style), looks)
    return writer.write(_outline(title, tables), TABLES_GENRE, file)


def _outline(title: str, tables: Sequence[Table]) -> Outline:
    """Return an outline whose attachments are tables, and which says nothing else."""
    titles = [title] if len(tables) == 1 else [table.title for table in tables]
    return Outline(
        genre=TABLES_GENRE,
        title=title,
        title_lines=(),
        year=0,
        issuer="",
        opening=(),
        guiding_thought=(),
        sections=(),
        closing=(),
        official=None,
        notice=Notice("", ()),
        attachments=tuple(
            Attachment("", own, (), (), table._replace(title=own)) for own, table in zip(titles, tables, strict=True)
        ),
        tables=Tables(lambda: _nothing("tasks"), lambda: _nothing("targets")),
    )


def _nothing(kind: str) -> Table:
    return Table(kind, "", (), ())
