"""Many plans at once: each is rendered by itself, and one that is broken does not stop the others."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from plangen.api import Press, open_outline
from plangen.diagnostics import Diagnostic, PlanError, in_file_order
from plangen.render.choices import DEFAULT_CHOICES, Choices
from plangen.render.formats import FORMATS
from plangen.render.output import Destination, collisions, destinations, write_whole


class Outcome(NamedTuple):
    """What became of one plan: the files written, and what is to be said that was not said of a plan before it."""

    plan: Path
    files: list[Path]
    diagnostics: list[Diagnostic]


class Batch:
    """Plans to be rendered.

    `formats` may be empty and `output` `None`; see `render.output.destinations`. Raises `OutputChoiceError` when they
    do not go together, and `PlanError` when what was chosen has mistakes.
    """

    def __init__(
        self,
        plans: Sequence[Path],
        formats: Sequence[str] = (),
        output: Path | None = None,
        choices: Choices = DEFAULT_CHOICES,
    ) -> None:
        suffixes = {name: form.suffix for name, form in FORMATS.items()}
        self._wanted = destinations(plans, formats, output, suffixes)
        self._base = choices.base
        self._press = Press(choices)
        self._press.prepare({destination.format_name for destination in self._wanted})

    def run(self) -> Iterator[Outcome]:
        """Render the plans one after the other, yielding what became of each."""
        clashes = collisions(self._wanted, self._base)
        said: set[tuple[str, int, int, str, str]] = set()
        for plan, wanted in groupby(self._wanted, key=lambda destination: destination.plan):
            outcome = Outcome(plan, [], [clashes[plan]]) if plan in clashes else self._render(plan, list(wanted))
            new = [each for each in outcome.diagnostics if each.identity not in said]
            said.update(each.identity for each in new)
            yield outcome._replace(diagnostics=new)

    def _render(self, plan: Path, wanted: Sequence[Destination]) -> Outcome:
        try:
            built, diagnostics = open_outline(plan)
        except PlanError as error:
            return Outcome(plan, [], error.diagnostics)
        files: list[Path] = []
        for _, format_name, file in wanted:
            try:
                diagnostics += write_whole(file, partial(self._press.print, built, format_name))
                files.append(file)
            except PlanError as error:
                diagnostics += error.diagnostics
        return Outcome(plan, files, in_file_order(diagnostics))
