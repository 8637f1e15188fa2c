"""What programs may call: a plan file to a plan, an outline, a document, or a list of what is wrong with it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from plangen.diagnostics import Diagnostic, PlanError, Severity, in_file_order
from plangen.outline.build import build_outline
from plangen.outline.model import Outline
from plangen.plan.model import Plan
from plangen.source.loading import read_plan

if TYPE_CHECKING:
    from plangen.render.formats import Writer

__all__ = [
    "DEFAULT_GENRE",
    "PlanError",
    "Press",
    "check_plan",
    "load_plan",
    "make_outline",
    "open_outline",
    "write_document",
]

DEFAULT_GENRE: Final = "work-plan"
_UNRENDERED: Final = ("official", "notice", "attachments")
"""Keys whose form is checked but which no genre prints yet."""


def load_plan(path: Path) -> Plan:
    """Return the plan a file holds; raise `PlanError` with everything that is wrong with it."""
    return _open(path)[0]


def make_outline(plan: Plan) -> Outline:
    """Return how a plan will read; raise `PlanError` with what is wrong with its numbering, ids and references."""
    built, diagnostics = build_outline(plan)
    if diagnostics:
        raise PlanError(diagnostics)
    return built


def write_document(
    built: Outline, format_name: str, file: IO[bytes], *, genre: str = DEFAULT_GENRE, templates: Path | None = None
) -> None:
    """Write an outline as a document (`docx` or `md`).

    `templates` is an office's own folder of templates, which win over the packaged ones; `None` means there is none.
    Raises `PlanError` at a mistake in a template or in the house style.
    """
    Press(genre, templates).print(built, format_name, file)


class Press:
    """Renders any number of outlines with one genre and one set of templates, compiled once."""

    def __init__(self, genre: str = DEFAULT_GENRE, templates: Path | None = None) -> None:
        from plangen.render.templates import TemplateSet  # noqa: PLC0415

        self._templates = TemplateSet(templates)
        self._genre = self._templates.genre(genre)
        self._writers: dict[str, Writer] = {}

    def print(self, built: Outline, format_name: str, file: IO[bytes]) -> None:
        """Write an outline as a document; see `write_document`."""
        from plangen.render.formats import FORMATS  # noqa: PLC0415

        with _collector_paused():
            if format_name not in self._writers:
                self._writers[format_name] = FORMATS[format_name].writer(self._templates)
            self._writers[format_name].write(built, self._genre, file)


def check_plan(path: Path) -> list[Diagnostic]:
    """Return everything that is wrong with a plan file, in file order."""
    try:
        _open(path)
    except PlanError as error:
        return error.diagnostics
    return []


def open_outline(path: Path) -> tuple[Outline, list[Diagnostic]]:
    """Return how the plan in a file will read, and warnings; raise `PlanError` with all that is wrong with it."""
    plan, built = _open(path)
    return built, in_file_order(_unrendered(plan))


def _open(path: Path) -> tuple[Plan, Outline]:
    with _collector_paused():
        plan, diagnostics = read_plan(path)
        built, more = build_outline(plan)
    if diagnostics or more:
        raise PlanError([*diagnostics, *more])
    return plan, built


def _unrendered(plan: Plan) -> Iterator[Diagnostic]:
    given = [name for name in _UNRENDERED if getattr(plan, name)]
    if given:
        message = f"{'、'.join(given)} 只检查写法，这一版还不排进文档"
        yield Diagnostic("D590", message, plan.place.span(given[0]), severity=Severity.WARNING)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector, which would walk the growing tree again and again: it has no cycles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
