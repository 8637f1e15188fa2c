"""What importing is not sure of: warnings at the place in the source, some of them noted in the plan as well."""

from bisect import bisect_left, insort
from collections.abc import Iterable

from plangen.diagnostics import Diagnostic, Severity, Source, Span, in_file_order
from plangen.importing.traced import Ledger, Traced


class Doubts:
    """The doubts about one source; what was left out is accounted for when its doubt is raised, and not before."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: list[Diagnostic] = []
        self._noted: list[tuple[int, str]] = []
        self.ledger = Ledger(source)

    def add(
        self,
        code: str,
        message: str,
        at: Traced,
        hint: str = "",
        *,
        dropped: Iterable[Traced] = (),
        noted: bool = False,
        severity: Severity = Severity.WARNING,
    ) -> None:
        """Raise a doubt at a text; `dropped` is what is left out, `noted` puts it into the plan as a comment too."""
        self.ledger.account(*dropped)
        span = at.span(self._source)
        self._found.append(Diagnostic(code, message, span, hint, severity))
        if noted:
            insort(self._noted, (span.start, message))

    def drop(self, code: str, message: str, text: Traced, hint: str = "") -> None:
        """Leave a text out."""
        self.add(code, message, text, hint, dropped=[text])

    def notes(self, text: Traced) -> list[str]:
        """Return what is to be noted of a text: the doubts raised within it, each once."""
        span = text.span(self._source)
        first, last = bisect_left(self._noted, (span.start, "")), bisect_left(self._noted, (span.end, ""))
        return list(dict.fromkeys(said for _, said in self._noted[first:last]))

    def diagnostics(self) -> list[Diagnostic]:
        """Return all doubts in the order of the source, and what was lost, which is an error."""
        lost = [
            Diagnostic("I001", f"“{_shown(span)}”没有写进计划", span, "手工补上，并请报告给 plangen 的维护者")
            for span in self.ledger.lost()
        ]
        return in_file_order([*self._found, *lost])


def _shown(span: Span) -> str:
    text = span.source.text[span.start : span.end]
    return text if len(text) <= 24 else f"{text[:24]}…"
