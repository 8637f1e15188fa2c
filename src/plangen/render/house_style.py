"""Reading the house style: plangen's own, and over it what an office keeps that differs."""

from collections.abc import Sequence
from pathlib import Path

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.render.page import Misfit, geometry, misfits
from plangen.render.style import HouseStyle
from plangen.source.files import read_source
from plangen.source.loading import parse_record


def read_house_style(packaged: Path, own: Sequence[Path] = ()) -> HouseStyle:
    """Return the packaged house style with an office's files laid over it, the last of which wins.

    Raises `PlanError` when a file cannot be read, and with everything that is wrong in any of them.
    """
    base, *above = map(read_source, (packaged, *own))
    style, diagnostics = parse_record(HouseStyle, base, *above)
    if not diagnostics:
        found = misfits(style, geometry(style))
        diagnostics = [Diagnostic("D520", each.message, _blamed(style, each, base), each.hint) for each in found]
    if diagnostics:
        raise PlanError(diagnostics)
    return style


def _blamed(style: HouseStyle, misfit: Misfit, base: Source) -> Span | None:
    """Return the value to point at: the first of those that take part that an office changed."""
    spans = [style.place.span(*path) for path in misfit.values]
    return next((span for span in spans if span and span.source is not base), spans[0])
