"""Many plans at once: each is rendered by itself, and one that is broken does not stop the others."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from plangen.api import Press, open_outline
from plangen.config import NO_CONFIG, Config
from plangen.diagnostics import Diagnostic, PlanError, in_file_order
from plangen.render.choices import DEFAULT_CHOICES, Choices
from plangen.render.formats import DEFAULT_FORMATS, FORMATS
from plangen.render.names import file_name
from plangen.render.output import Claims, Destination, destinations, write_whole


class Outcome(NamedTuple):
    """What became of one plan: the files written, and what is to be said that was not said of a plan before it."""

    plan: Path
    files: list[Path]
    diagnostics: list[Diagnostic]


class Batch:
    """Plans to be rendered.

    `formats` may be empty and `output` `None`: then the config decides, and where it says nothing
    `render.output.destinations`. Raises `OutputChoiceError` when they do not go together, and `PlanError` when what was
    chosen has mistakes.
    """

    def __init__(
        self,
        plans: Sequence[Path],
        formats: Sequence[str] = (),
        output: Path | None = None,
        choices: Choices = DEFAULT_CHOICES,
        config: Config = NO_CONFIG,
    ) -> None:
        suffixes = {name: form.suffix for name, form in FORMATS.items()}
        default_formats = config.formats or DEFAULT_FORMATS
        self._wanted = destinations(plans, formats, output or config.output, suffixes, default_formats)
        self._by_title = config.by_title and output not in [destination.file for destination in self._wanted]
        self._base = choices.base
        self._press = Press(choices)
        self._press.prepare({destination.format_name for destination in self._wanted})

    def run(self) -> Iterator[Outcome]:
        """Render the plans one after the other, yielding what became of each."""
        claims = Claims((destination.plan for destination in self._wanted), self._base)
        said: set[tuple[str, int, int, str, str]] = set()
        for plan, wanted in groupby(self._wanted, key=lambda destination: destination.plan):
            outcome = self._render(plan, list(wanted), claims)
            new = [each for each in outcome.diagnostics if each.identity not in said]
            said.update(each.identity for each in new)
            yield outcome._replace(diagnostics=new)

    def _render(self, plan: Path, wanted: Sequence[Destination], claims: Claims) -> Outcome:
        clash = None if self._by_title else claims.clash(wanted)
        if clash:
            return Outcome(plan, [], [clash])
        try:
            built, diagnostics = open_outline(plan)
        except PlanError as error:
            return Outcome(plan, [], error.diagnostics)
        if self._by_title:
            name = file_name(built.title) or plan.stem
            wanted = [destination.renamed(name) for destination in wanted]
            clash = claims.clash(wanted)
            if clash:
                return Outcome(plan, [], in_file_order([*diagnostics, clash]))
        files: list[Path] = []
        for _, format_name, file in wanted:
            try:
                diagnostics += write_whole(file, partial(self._press.print, built, format_name))
                files.append(file)
            except PlanError as error:
                diagnostics += error.blamed_on(plan)
        return Outcome(plan, files, in_file_order(diagnostics))
