"""The plan as a proof-reader reads it: every passage of prose, with exact places in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Fix, Place, Related, Severity, Span
from plangen.outline.references import attached_records, body_records
from plangen.plan.goals import Goal
from plangen.plan.model import Plan, Section, Task
from plangen.plan.prose import references
from plangen.plan.schema import Key, Record

HANZI: Final = "〇\u4e00-\u9fff"
"""The inside of a character class for Chinese characters."""

HIDDEN: Final = "\ufffc"
"""Stands in for each character that is no prose: of references ({@id}), addresses of pages and of mail."""

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", re.ASCII
)
_SENTENCE: Final = re.compile(r"[^。！？；]+[。！？；]?")
_PAUSE: Final = re.compile("[，。；：！？]")
_NEAR: Final = 200
"""Most characters before and after a spot that are looked at to understand it."""

_UNTYPED: Final = "\"'\\"
"""What a quoted scalar of YAML holds besides the text: quotes and the signs that escape them."""


class _Value:
    """The value of a key as paragraphs, and where each of its characters stands in the file."""

    def __init__(self, place: Place, name: str, paragraphs: tuple[str, ...]) -> None:
        self._place = place
        self._name = name
        self._paragraphs = paragraphs

    def span(self, start: int, end: int) -> Span | None:
        """Return the span of the characters `start` to `end` of all paragraphs; of the value where it is escaped."""
        whole = self._whole
        if whole is None or end > len(self._offsets):
            return whole
        return Span(whole.source, self._offsets[start], self._offsets[end - 1] + 1)

    @cached_property
    def _whole(self) -> Span | None:
        return self._place.span(self._name)

    @cached_property
    def _offsets(self) -> list[int]:
        """The offset of every character, as far as the file holds it as typed.

        Reading drops white space and nothing else, so each character is the next one in the file that is none.
        """
        whole = self._whole
        if whole is None:
            return []
        text, at, found = whole.source.text, whole.start, []
        for character in "".join(self._paragraphs):
            while at < len(text) and text[at] != character and (text[at].isspace() or text[at] in _UNTYPED):
                at += 1
            if at >= len(text) or text[at] != character:
                break
            found.append(at)
            at += 1
        return found


class Passage:
    """A paragraph of prose, a heading or another text of the plan.

    `record` and `name` say which key of which record it is the value of. `text` is as typed, `plain` the same with
    every character that is no prose hidden, so that offsets agree. `attached` says that it is in an attachment.
    """

    def __init__(self, record: Record, name: str, text: str, value: _Value, offset: int, *, attached: bool) -> None:
        self.record = record
        self.name = name
        self.text = text
        self.plain = _plain(text)
        self.attached = attached
        self._value = value
        self._offset = offset

    def span(self, start: int, end: int) -> Span | None:
        """Return where the characters `start` to `end` (exclusive) stand; `None` when no file holds them."""
        return self._value.span(self._offset + start, self._offset + end)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence starts and ends (exclusive), its closing mark included."""
        return tuple(found.span() for found in _SENTENCE.finditer(self.plain))

    def sentence_around(self, at: int) -> str:
        """Return the sentence that holds the character at an offset; of an endless one what is near."""
        nth = bisect_right(self.sentences, (at, len(self.plain) + 1)) - 1
        start, end = self.sentences[nth] if nth >= 0 else (0, len(self.plain))
        return self.plain[max(start, at - _NEAR) : min(end, at + _NEAR)]

    def clause_around(self, at: int) -> str:
        """Return what stands between the pauses before and after an offset, as far as it is near."""
        before = _PAUSE.split(self.plain[max(0, at - _NEAR) : at])[-1]
        return before + _PAUSE.split(self.plain[at : at + _NEAR])[0]

    def warn(
        self,
        code: str,
        message: str,
        start: int,
        end: int,
        hint: str = "",
        *,
        severity: Severity = Severity.WARNING,
        instead: str | None = None,
        related: tuple[Related, ...] = (),
    ) -> Diagnostic:
        """Return a diagnostic of the characters `start` to `end`; `instead` is what is safe to type in their place."""
        span = self.span(start, end)
        fix = None
        if span and instead is not None and span.source.text[span.start : span.end] == self.text[start:end]:
            fix = Fix(span, instead)
        return Diagnostic(code, message, span, hint, severity, related, fix)


def _plain(text: str) -> str:
    """Return a text with references and addresses hidden."""
    if "{@" in text:
        for found in references(text):
            text = text[: found.start] + HIDDEN * (found.end - found.start) + text[found.end :]
    return _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text) if "@" in text or "://" in text else text


class PlacedTask(NamedTuple):
    """A task and the section it stands in."""

    task: Task
    section: Section


class Manuscript:
    """A plan to be proof-read; `units` are the units its project knows, empty when it does not say."""

    def __init__(self, plan: Plan, units: Sequence[str] = ()) -> None:
        self.plan = plan
        self.units = units

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of the plan, its notice and its attachments, in the order of the format."""
        plan = self.plan
        body: list[Record] = [*body_records(plan), *([plan.notice] if plan.notice else [])]
        return (*_passages(body, attached=False), *_passages(attached_records(plan), attached=True))

    @cached_property
    def _text(self) -> str:
        return "\n".join(passage.plain for passage in self.passages)

    def find_all(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Yield where a pattern matches, passage by passage; for one of many patterns, most of which never match.

        The pattern must not ask for the start or the end of a text: all texts are searched as one first.
        """
        if pattern.search(self._text):
            for passage in self.passages:
                for found in pattern.finditer(passage.plain):
                    yield passage, found

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Every section of the plan itself, at any depth."""
        return tuple(_sections(self.plan.sections))

    @cached_property
    def tasks(self) -> tuple[PlacedTask, ...]:
        """Every task of the plan itself."""
        return tuple(PlacedTask(task, section) for section in self.sections for task in section.tasks)


def _sections(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _sections(section.sections)


def _passages(records: Iterable[Record], *, attached: bool) -> Iterator[Passage]:
    for record in records:
        for key in record.KEYS:
            paragraphs = _paragraphs(record, key)
            value, offset = _Value(record.place, key.name, paragraphs), 0
            for paragraph in paragraphs:
                yield Passage(record, key.name, paragraph, value, offset, attached=attached)
                offset += len(paragraph)


def _paragraphs(record: Record, key: Key) -> tuple[str, ...]:
    """Return the paragraphs of a key that holds free text; nothing for what is checked by its kind."""
    value: object = getattr(record, key.name)
    if isinstance(value, Goal):
        return (str(value),)
    if key.kind.parse is not None or not value:
        return ()
    if key.kind.shape == "prose" and isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()
