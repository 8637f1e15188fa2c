"""What programs may call: a plan file to a plan, an outline, a document, or a list of what is wrong with it."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Severity, Source, in_file_order
from plangen.outline.build import build_outline
from plangen.outline.model import Outline
from plangen.plan.model import Plan
from plangen.render.choices import DEFAULT_CHOICES, TRACKED, Choices, Redline
from plangen.source.files import decode, encode_like, read_bytes, read_source
from plangen.source.loading import parse_record

if TYPE_CHECKING:
    from plangen.compare.alignment import Alignment
    from plangen.render.formats import Writer
    from plangen.source.keys import Language

__all__ = [
    "Change",
    "Choices",
    "PlanError",
    "Press",
    "Reading",
    "Redline",
    "align_plans",
    "check_plan",
    "check_source",
    "fix_plan",
    "format_plan",
    "load_plan",
    "make_outline",
    "open_outline",
    "open_reading",
    "write_change",
    "write_document",
    "write_redline",
]


class Reading(NamedTuple):
    """A plan read to the end: as written, as it will read, and what is to be said of it.

    With errors among the diagnostics, plan and outline have gaps.
    """

    plan: Plan
    outline: Outline
    diagnostics: list[Diagnostic]


class Change(NamedTuple):
    """What a plan file is to hold in place of what it holds: `old` and `new` are bytes, `before` and `after` texts.

    `mended` is what was put right. `found` and `remaining` are what there is to say of the file before and after;
    formatting does not ask.
    """

    file: Path
    old: bytes
    new: bytes
    before: str
    after: str
    mended: list[Diagnostic]
    found: Sequence[Diagnostic] = ()
    remaining: Sequence[Diagnostic] = ()

    def difference(self) -> Iterator[str]:
        """Yield the lines of a unified diff, without line breaks."""
        from plangen.source.difference import unified_difference  # noqa: PLC0415

        return unified_difference(self.file.as_posix(), self.before, self.after)


def load_plan(path: Path) -> Plan:
    """Return the plan a file holds; raise `PlanError` with everything that is wrong with it."""
    return open_reading(read_source(path)).plan


def make_outline(plan: Plan) -> Outline:
    """Return how a plan will read; raise `PlanError` with what is wrong with its numbering, ids and references."""
    built, diagnostics = build_outline(plan)
    _refuse_errors(diagnostics)
    return built


def write_document(
    built: Outline, format_name: str, file: IO[bytes], choices: Choices = DEFAULT_CHOICES
) -> list[Diagnostic]:
    """Write an outline as a document of a format and return what its readers should be warned of.

    The formats are `docx`, `md`, `xlsx`, `pdf` and `html`. Raises `PlanError` when what was chosen has mistakes or the
    document cannot be made, `ValueError` for a format there is not.
    """
    return Press(choices).print(built, format_name, file)


class Press:
    """Renders any number of outlines by the same choices, the templates compiled once."""

    def __init__(self, choices: Choices = DEFAULT_CHOICES) -> None:
        from plangen.render.templates import TemplateSet  # noqa: PLC0415

        self._choices = choices
        self._templates = TemplateSet(choices.templates, choices.style)
        if choices.style:
            _ = self._templates.house_style  # what is wrong with it is said, whether a format asks for it or not
        if choices.genre:
            self._templates.find_genre(choices.genre)
        self._writers: dict[str, Writer] = {}

    def prepare(self, format_names: Iterable[str]) -> None:
        """Read the house style and the like for formats; raise `PlanError` at what is wrong there.

        Raises `ValueError` for a format there is not.
        """
        from plangen.render.formats import FORMATS  # noqa: PLC0415

        for name in format_names:
            if name not in FORMATS:
                raise ValueError(f"no format {name!r}, only {', '.join(FORMATS)}")
            if name not in self._writers:
                self._writers[name] = FORMATS[name].writer(self._templates, self._choices)

    def print(self, built: Outline, format_name: str, file: IO[bytes]) -> list[Diagnostic]:
        """Write an outline as a document; see `write_document`."""
        from plangen.render.tables import refuse_empty_table  # noqa: PLC0415

        self.prepare((format_name,))
        genre = self._choices.genre or built.genre
        with _collector_paused():
            refuse_empty_table(built, genre)
            return self._writers[format_name].write(built, genre, file)


def align_plans(old: Reading | None, new: Reading | None) -> "Alignment":
    """Return which part of an old plan is which of a new one; `None` stands for a plan that is not there."""
    from plangen.compare.alignment import Alignment  # noqa: PLC0415 - only comparing pays for it
    from plangen.compare.nodes import Tree  # noqa: PLC0415

    trees = []
    for reading in (old, new):
        plan = reading.plan if reading else Plan(title="", year=0, sections=())
        trees.append(Tree(plan, reading.outline if reading else build_outline(plan)[0]))
    return Alignment(*trees)


def write_redline(
    alignment: "Alignment", file: IO[bytes], redline: Redline = TRACKED, choices: Choices = DEFAULT_CHOICES
) -> list[Diagnostic]:
    """Write a redline document (花脸稿), the new plan as a Word document with its changes against the old one marked.

    Returns and raises what `write_document` does.
    """
    from plangen.compare.revised import revise  # noqa: PLC0415
    from plangen.render.redline import RedlineWriter  # noqa: PLC0415
    from plangen.render.templates import TemplateSet  # noqa: PLC0415

    templates = TemplateSet(choices.templates, choices.style)
    if choices.genre:
        templates.find_genre(choices.genre)
    writer = RedlineWriter(templates, choices, redline)
    with _collector_paused():
        return writer.write(alignment.old.outline, alignment.new.outline, revise(alignment), file)


def check_plan(
    path: Path, *, select: Sequence[str] = (), ignore: Sequence[str] = (), units: Sequence[str] = ()
) -> list[Diagnostic]:
    """Return everything there is to say about a plan file, in file order.

    The rules of the proof-reader read a plan only when it has no errors of form; `select` and `ignore` are codes of
    rules or their beginnings, without `select` all rules are meant; comments in the plan silence rules for a part of
    it. `units` are the only units that may be responsible for anything; empty means any. Other diagnostics are never
    left out.
    """
    try:
        source = read_source(path)
    except PlanError as error:
        return error.diagnostics
    return check_source(source, select=select, ignore=ignore, units=units)


def check_source(
    source: Source, *, select: Sequence[str] = (), ignore: Sequence[str] = (), units: Sequence[str] = ()
) -> list[Diagnostic]:
    """Return everything there is to say about the text of a plan; see `check_plan`."""
    try:
        reading = _read(source)
    except PlanError as error:
        return error.diagnostics
    if _has_errors(reading.diagnostics):
        return reading.diagnostics
    from plangen.check.rules import Selection, proofread  # noqa: PLC0415 - only checking pays for it
    from plangen.check.suppression import without_ignored  # noqa: PLC0415

    rules = Selection(select, ignore)
    found = without_ignored(reading.plan, proofread(reading.plan, rules, units), rules)
    return in_file_order([*reading.diagnostics, *found])


def fix_plan(
    path: Path, *, select: Sequence[str] = (), ignore: Sequence[str] = (), units: Sequence[str] = ()
) -> Change:
    """Return a plan file with what `check_plan` finds fixed where that is safe; nothing is written.

    What it includes is not changed. Raises `PlanError` when the file cannot be read as text.
    """
    from plangen.source.fixing import fix_source  # noqa: PLC0415

    content, source = read_bytes(path), read_source(path)
    check = partial(check_source, select=select, ignore=ignore, units=units)
    found = check(source)
    fixed = fix_source(source, found, check)
    after = fixed.source.text
    new = encode_like(content, after)
    return Change(path, content, new, source.text, after, fixed.made, found, fixed.remaining)


def format_plan(path: Path, *, keys: "Language | None" = None, ids: bool = False, to_utf8: bool = False) -> Change:
    """Return a plan file, or one that a plan includes, in the house style; nothing is written.

    `keys` asks for all keys in one language, `ids` for ids of sections and tasks that have none, `to_utf8` for a file
    in GBK, UTF-16 or UTF-32 to become UTF-8. Raises `PlanError` when the file cannot be read, has slips that only its
    author can repair, or would say anything else afterwards.
    """
    from plangen.source.formatting import Wishes, format_source  # noqa: PLC0415

    content = read_bytes(path)
    source = _decode_anyhow(path, content) if to_utf8 else decode(path, content)
    with _collector_paused():
        formatted = format_source(source, Wishes(keys, ids))
    new = encode_like(content, formatted.text)
    return Change(path, content, new, source.text, formatted.text, formatted.repaired)


def _decode_anyhow(path: Path, content: bytes) -> Source:
    try:
        return decode(path, content)
    except PlanError:
        from plangen.source.encodings import decode_foreign  # noqa: PLC0415

        text = decode_foreign(content)
        if text is None:
            raise
        return Source(path.as_posix(), text)


def write_change(change: Change) -> None:
    """Write what a file is to hold, all of it or nothing; raise `PlanError` when it cannot be written."""
    from plangen.render.output import write_whole  # noqa: PLC0415

    write_whole(change.file, lambda file: file.write(change.new))


def open_outline(path: Path) -> tuple[Outline, list[Diagnostic]]:
    """Return how the plan in a file will read, and warnings; raise `PlanError` with all that is wrong with it."""
    reading = open_reading(read_source(path))
    return reading.outline, reading.diagnostics


def open_reading(source: Source) -> Reading:
    """Return the plan of a text, as written and as it will read; raise `PlanError` with all that is wrong with it."""
    reading = _read(source)
    _refuse_errors(reading.diagnostics)
    return reading


def _read(source: Source) -> Reading:
    """Read a plan; raise `PlanError` only when it cannot be read at all."""
    with _collector_paused():
        plan, diagnostics = parse_record(Plan, source)
        outline, more = build_outline(plan)
    return Reading(plan, outline, in_file_order([*diagnostics, *more]))


def _refuse_errors(diagnostics: Sequence[Diagnostic]) -> None:
    if _has_errors(diagnostics):
        raise PlanError(diagnostics)


def _has_errors(diagnostics: Sequence[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


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
