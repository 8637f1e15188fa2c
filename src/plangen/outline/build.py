"""A plan to its outline: numbers, phrases, references and paragraphs."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import count
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Place
from plangen.outline.model import (
    Attachment,
    Entry,
    Heading,
    Notice,
    Number,
    Outline,
    Paragraph,
    Run,
    Section,
    Segment,
    Tables,
    Text,
)
from plangen.outline.numbering import Mark, NumberedEntry, NumberedSection, Numberer, Policy
from plangen.outline.official import default_notice_text, default_notice_title, official_elements
from plangen.outline.references import Ids, Resolver
from plangen.outline.tables import TABLE_TITLES, Wording, empty_table, listed, target_table, task_table
from plangen.plan import model
from plangen.plan.prose import LOOSE_ENDS, SENTENCE_ENDS

TARGETS_HEADING: Final = "主要目标"
"""Heading of the section that holds the plan-wide targets no prose refers to."""

_CLOSERS: Final = "”’》〉）〕】」』"
"""Marks that may follow the punctuation which ends a sentence."""

_PAUSES: Final = SENTENCE_ENDS + "，、；,;:.!?"


def build_outline(plan: model.Plan) -> tuple[Outline, list[Diagnostic]]:
    """Return the outline of a plan and what is wrong with its numbering, ids and references.

    With errors the outline has gaps and serves only to find more of them.
    """
    builder = _Builder(plan)
    return builder.outline(), builder.diagnostics


def leading_sections(plan: model.Plan, ids: Ids) -> Iterable[model.Section]:
    """Yield the sections that stand before those of the plan: guiding thought with a heading, plan-wide targets."""
    thought, targets = plan.guiding_thought, ids.standing(plan.targets)
    if thought and thought.heading:
        yield model.Section(place=thought.place, heading=thought.heading, text=thought.text)
    if targets:
        yield model.Section(place=plan.place, heading=TARGETS_HEADING, targets=targets)


class _Draft:
    """A paragraph being written: its label and number, and its runs as [role, layer, segments]."""

    __slots__ = ("label", "number", "runs")

    def __init__(
        self,
        label: str,
        segments: Iterable[Segment],
        role: str = "text",
        layer: int = 0,
        number: Number | None = None,
    ) -> None:
        self.label = label
        self.number = number
        self.runs = [(role, layer, [Segment(label), *segments] if label else list(segments))]

    def add(self, segments: Iterable[Segment], role: str = "text", layer: int = 0) -> None:
        """Append segments, to the last run if it is of the same kind."""
        if self.runs[-1][:2] == (role, layer):
            self.runs[-1][2].extend(segments)
        else:
            self.runs.append((role, layer, list(segments)))

    @property
    def end(self) -> str:
        """The last character that is no closing mark, or ""."""
        segments = self.runs[-1][2]
        return segments[-1].text.rstrip(_CLOSERS)[-1:] if segments else ""

    def finish(self) -> Paragraph:
        """Return the paragraph."""
        runs = tuple([Run(role, Text(tuple(s)), layer) for role, layer, s in self.runs])
        return Paragraph(self.label, runs, self.number)


class _Pending(NamedTuple):
    """An entry whose paragraphs may still grow, because the entries after it run on in them."""

    kind: str
    id: str
    label: str
    heading: Heading | None
    drafts: "list[_Draft]"
    entries: "list[_Pending]"

    def finish(self) -> Entry:
        """Return the entry."""
        paragraphs = tuple([draft.finish() for draft in self.drafts])
        entries = tuple([entry.finish() for entry in self.entries])
        return Entry(self.kind, self.id, self.heading, paragraphs, entries, self.label)


class _Builder:
    """Writes the outline of one plan; what is wrong goes to `diagnostics`."""

    def __init__(self, plan: model.Plan) -> None:
        self._plan = plan
        self.diagnostics: list[Diagnostic] = []
        self._ids = Ids(plan, self.diagnostics)
        self._resolver = Resolver(self._ids, self.diagnostics)
        self._series = count()
        self._open: _Draft | None = None
        """The paragraph an inline entry would run on in."""
        self._last: _Draft | None = None
        """The paragraph of the current task written last, where the bracket with the owners goes."""
        self._openings: dict[int, tuple[Segment, ...]] = {}
        """What each task and item opens with, by identity: its heading, else its first paragraph."""

    def outline(self) -> Outline:
        """Build everything; numbers first, since prose may refer to what comes later."""
        plan, policy = self._plan, Policy().override(self._plan.numbering)
        sections = self._number((*leading_sections(plan, self._ids), *plan.sections), policy)
        attached = [self._number(attachment.sections, policy) for attachment in plan.attachments]
        thought = plan.guiding_thought
        written = self._sections(sections)
        tables = self._tables(written[len(written) - len(plan.sections) :])
        return Outline(
            genre="notice" if plan.notice else "work-plan",
            title=plan.title,
            title_lines=plan.title_lines,
            year=plan.year,
            issuer=plan.issuer,
            opening=self._prose(plan.opening, plan.place, "opening"),
            guiding_thought=self._prose(thought.text, thought.place) if thought and not thought.heading else (),
            sections=written,
            closing=self._prose(plan.closing, plan.place, "closing"),
            official=official_elements(plan.official),
            notice=self._notice(plan.notice or model.Notice()),
            attachments=tuple(
                self._attachment(label, attachment, numbered, tables)
                for label, attachment, numbered in zip(
                    _labels(plan.attachments), plan.attachments, attached, strict=True
                )
            ),
            tables=tables,
            place=plan.place,
        )

    def _notice(self, notice: model.Notice) -> Notice:
        text = notice.text or default_notice_text(self._plan)
        return Notice(notice.title or default_notice_title(self._plan), self._prose(text, notice.place))

    def _tables(self, sections: Iterable[Section]) -> Tables:
        """Return what makes the tables of the plan; `sections` are its own as they read."""
        plan = self._plan
        titles = {kind: plan.title + name for kind, name in TABLE_TITLES.items()}
        titles |= {each.table: each.title for each in reversed(plan.attachments) if each.table}
        wording = Wording(lambda record: self._openings.get(id(record), ()), self._resolver.phrase)
        for target in self._ids.worded:
            self._resolver.phrase(target)  # what is wrong with a wording is found now, not when a table is made
        below = listed(plan.sections, sections)
        return Tables(
            partial(task_table, titles["tasks"], below, wording),
            partial(target_table, titles["targets"], plan.targets, below),
        )

    def _attachment(
        self, label: str, attachment: model.Attachment, numbered: Iterable[NumberedSection], tables: Tables
    ) -> Attachment:
        text, sections = self._prose(attachment.text, attachment.place), self._sections(numbered)
        if not attachment.table:
            return Attachment(label, attachment.title, text, sections, None)
        table = tables.tasks if attachment.table == "tasks" else tables.targets
        if not table.rows:
            self.diagnostics.append(empty_table(table, attachment.place.span("table")))
        return Attachment(label, attachment.title, text, sections, table._replace(title=attachment.title))

    def _number(self, sections: Iterable[model.Section], policy: Policy) -> tuple[NumberedSection, ...]:
        numberer = Numberer(self._ids, self.diagnostics, self._series)
        numbered = numberer.number(sections, policy)
        self._resolver.numbers.update(numberer.references)
        return numbered

    def _sections(self, numbered: Iterable[NumberedSection]) -> tuple[Section, ...]:
        return tuple([self._section(each) for each in numbered])

    def _section(self, numbered: NumberedSection) -> Section:
        section, mark, depth = numbered.record, numbered.mark, numbered.depth
        heading = Heading(mark.label, self._text(section.heading, section.place), mark.layer, depth, mark.number)
        drafts = [_Draft("", segments) for segments in self._resolver.resolve(section.text, section.place)]
        self._open = drafts[-1] if drafts else None
        entries = [self._entry(each, depth + 1) for each in numbered.entries]
        return Section(
            section.id,
            heading,
            tuple([draft.finish() for draft in drafts]),
            tuple([entry.finish() for entry in entries]),
            self._sections(numbered.sections),
        )

    def _entry(self, numbered: NumberedEntry, depth: int) -> _Pending:
        record, mark = numbered.record, numbered.mark
        if isinstance(record, model.Task):
            pending = self._task(record, mark, numbered.entries, depth)
        elif isinstance(record, model.Item):
            pending = self._item(record, mark, numbered.entries, depth)
        else:
            pending = _Pending("target", record.id, mark.label, None, [], [])
            self._begin(pending, mark, _sentence([self._resolver.phrase(record)]))
        if not mark.inline:
            self._open = None
        return pending

    def _item(self, item: model.Item, mark: Mark, below: Iterable[NumberedEntry], depth: int) -> _Pending:
        pending = _Pending("item", "", mark.label, None, [], [])
        self._write(pending, item, mark)
        pending.entries.extend([self._entry(each, depth + 1) for each in below])
        return pending

    def _task(self, task: model.Task, mark: Mark, below: Iterable[NumberedEntry], depth: int) -> _Pending:
        own_line = self._plan.layout.task_heading == "own-line" and task.heading and not mark.inline
        pending = _Pending("task", task.id, mark.label, None, [], [])
        if own_line:
            self._open = self._last = None
            heading = self._text(task.heading, task.place)
            self._openings[id(task)] = heading.segments
            for segments in self._resolver.resolve(task.text, task.place):
                self._continue(pending, segments)
        else:
            self._write(pending, task, mark)
        self._write_targets(pending, task)
        pending.entries.extend([self._entry(each, depth + 1) for each in below])
        owners = self._owners(task)
        if self._last and owners:
            self._last.add(owners)
        if not own_line:
            return pending
        if not self._last:
            heading = Text((*heading.segments, *owners))
        return pending._replace(heading=Heading(mark.label, heading, mark.layer, depth, mark.number))

    def _write(self, pending: _Pending, record: model.Task | model.Item, mark: Mark) -> None:
        """Write an entry whose heading, if any, is run in."""
        texts = self._resolver.resolve(record.text, record.place)
        if record.heading:
            heading = self._text(record.heading, record.place)
            closed = str(heading).rstrip(_CLOSERS).endswith(tuple(SENTENCE_ENDS))
            closing = () if closed else (Segment(self._plan.layout.run_in_mark),)
            self._openings[id(record)] = heading.segments
            self._begin(pending, mark, (*heading.segments, *closing), "run-in", mark.layer)
        else:
            opening = texts.pop(0) if texts else ()
            self._openings[id(record)] = opening
            self._begin(pending, mark, opening)
        for nth, segments in enumerate(texts):
            if self._last and (mark.inline or (nth == 0 and record.heading)):
                self._last.add(segments)
            else:
                self._continue(pending, segments)

    def _begin(
        self, pending: _Pending, mark: Mark, segments: tuple[Segment, ...], role: str = "text", layer: int = 0
    ) -> None:
        """Open the paragraph of an entry, or run on in the open one; an entry that is only its points has none."""
        if mark.inline and self._open:
            self._last = self._open
            self._last.add((Segment(mark.label), *segments), role, layer)
        elif mark.label or segments:
            self._last = self._open = _Draft(mark.label, segments, role, layer, mark.number)
            pending.drafts.append(self._last)
        else:
            self._last = self._open = None

    def _continue(self, pending: _Pending, segments: Iterable[Segment]) -> None:
        """Open a further paragraph of an entry."""
        self._last = self._open = _Draft("", segments)
        pending.drafts.append(self._last)

    def _write_targets(self, pending: _Pending, task: model.Task) -> None:
        phrases = [self._resolver.phrase(target) for target in self._ids.standing(task.targets)] if task.targets else ()
        if not phrases:
            return
        if self._last:
            stop = () if not self._last.end or self._last.end in _PAUSES else (Segment("。"),)
            self._last.add((*stop, *_sentence(phrases)))
        else:
            self._continue(pending, _sentence(phrases))

    def _owners(self, task: model.Task) -> tuple[Segment, ...]:
        layout = self._plan.layout
        roles = ((layout.owner_labels.lead, task.lead), (layout.owner_labels.support, task.support))
        parts = [f"{label}：{'、'.join(units)}" for label, units in roles if units]
        return (Segment(f"（{'；'.join(parts)}）"),) if parts and layout.owners == "bracket" else ()

    def _prose(self, written: model.Prose, place: Place, name: str = "text") -> tuple[Paragraph, ...]:
        return tuple([_Draft("", segments).finish() for segments in self._resolver.resolve(written, place, name)])

    def _text(self, heading: str, place: Place) -> Text:
        return Text(self._resolver.resolve((heading,), place, "heading")[0])


def _labels(attachments: Sequence[model.Attachment]) -> Iterable[str]:
    """Return what the attachments are called: a single one bears no number (GB/T 9704-2012 §7.3.4)."""
    return ("附件",) if len(attachments) == 1 else (f"附件{number}" for number, _ in enumerate(attachments, 1))


def _sentence(phrases: Iterable[tuple[Segment, ...]]) -> tuple[Segment, ...]:
    """Return target phrases as one sentence: joined by commas, closed by a full stop."""
    parts: list[Segment] = []
    for phrase in phrases:
        last = phrase[-1]
        parts += [*phrase[:-1], last._replace(text=last.text.rstrip(LOOSE_ENDS)), Segment("，")]
    closed = parts[-2].text.endswith(("！", "？"))
    return tuple(parts[:-1]) if closed else (*parts[:-1], Segment("。"))
