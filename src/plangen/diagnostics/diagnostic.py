"""The one record of everything plangen has to say about an input."""

from collections.abc import Iterable
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

from plangen.diagnostics.span import Span, whole_file


class Severity(Enum):
    """How much a diagnostic weighs, the heaviest first.

    An error is against the plan format or a plain demand of a standard, a warning against practice, an information a
    matter of taste or something to look at.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Related(NamedTuple):
    """Another place that belongs to what is wrong, and what it is (`第一次写在这里`)."""

    span: Span
    message: str


class Fix(NamedTuple):
    """A safe repair: `text` in place of the characters of `span`; nothing the author meant is changed by it."""

    span: Span
    text: str


class Diagnostic(NamedTuple):
    """What is wrong, where, and how to mend it.

    `code` is a key of `CATALOGUE`. `message` and `hint` are one Chinese sentence each, without closing full stop.
    `span` is `None` when no file is to blame; an empty `hint` means there is nothing to advise, a `fix` of `None` that
    only a person can mend it.
    """

    code: str
    message: str
    span: Span | None = None
    hint: str = ""
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def identity(self) -> tuple[str, int, int, str, str]:
        """File, start, end, code and message: two diagnostics that share it say the same thing twice."""
        return (*_place(self), self.code, self.message)


class PlanError(Exception):
    """An input cannot be used; `diagnostics` says why, all problems at once, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_file_order(diagnostics)
        super().__init__("；".join(d.message for d in self.diagnostics))

    def blamed_on(self, path: PurePath) -> list[Diagnostic]:
        """Return the diagnostics, those that blame no file blaming this one as a whole."""
        return [each if each.span else each._replace(span=whole_file(path)) for each in self.diagnostics]


def in_file_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by file and place, each once; those without a place come first.

    Files keep the order in which they are first spoken of: that of the command line, not of their names.
    """
    found = {each.identity: each for each in diagnostics}
    names = dict.fromkeys(("", *(_place(each)[0] for each in found.values())))
    ranks = {name: rank for rank, name in enumerate(names)}

    def rank(diagnostic: Diagnostic) -> tuple[int, int, int]:
        name, start, end = _place(diagnostic)
        return ranks[name], start, end

    return sorted(found.values(), key=rank)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    span = diagnostic.span
    return (span.source.name, span.start, span.end) if span else ("", 0, 0)
