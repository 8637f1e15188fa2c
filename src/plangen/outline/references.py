"""Ids and what refers to them: which targets prose refers to, and the numbers and phrases printed for references."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from plangen.diagnostics import Diagnostic, Place, Span
from plangen.outline.model import Segment
from plangen.plan.model import Item, Plan, Prose, Section, Target, Task
from plangen.plan.prose import LOOSE_ENDS, REFERENCE_MARK, LiteralMark, MalformedReference, Reference, references
from plangen.plan.schema import Record


def body_records(plan: Plan) -> Iterator[Record]:
    """Yield the plan and every record of its body that holds prose or may have an id, in the order of the format."""
    yield plan
    if plan.guiding_thought:
        yield plan.guiding_thought
    yield from plan.targets
    yield from _below_sections(plan.sections)


def attached_records(plan: Plan) -> Iterator[Record]:
    """Yield the records of the attachments, which are documents of their own."""
    for attachment in plan.attachments:
        yield attachment
        yield from _below_sections(attachment.sections)


def _below_sections(sections: Iterable[Section]) -> Iterator[Record]:
    for section in sections:
        yield section
        yield from section.targets
        for task in section.tasks:
            yield task
            yield from _below_items(task.items)
            yield from task.targets
        yield from _below_sections(section.sections)


def _below_items(items: Iterable[Item]) -> Iterator[Record]:
    for item in items:
        yield item
        yield from _below_items(item.items)


class Ids:
    """The ids of a plan: `records` by id, and `referred`, the ids that the prose of its body refers to.

    The wording of a target prints nothing by itself, so what it mentions does not count as referred to. `worded` are
    the targets of the body that have one.
    """

    def __init__(self, plan: Plan, diagnostics: list[Diagnostic]) -> None:
        self.records: dict[str, Section | Task | Target] = {}
        self.referred: set[str] = set()
        self.worded: list[Target] = []
        for record in body_records(plan):
            self._add(record, diagnostics)
            if type(record) is not Target:
                for name in record.REFERRING:
                    self._note_references(getattr(record, name))
            elif record.text:
                self.worded.append(record)
        for record in attached_records(plan):
            self._add(record, diagnostics)

    def standing(self, targets: Iterable[Target]) -> tuple[Target, ...]:
        """Return the targets that no prose refers to, and which are therefore printed by themselves."""
        return tuple(target for target in targets if not target.id or target.id not in self.referred)

    def _add(self, record: Record, diagnostics: list[Diagnostic]) -> None:
        if not (isinstance(record, Section | Task | Target) and record.id):
            return
        first = self.records.setdefault(record.id, record)
        if first is not record:
            span, where = first.place.span("id"), ""
            if span:
                where = f"，第 {span.position[0]} 行已经用过"
            message = f"编码“{record.id}”重复{where}"
            diagnostics.append(Diagnostic("D514", message, record.place.span("id"), "换一个不同的编码"))

    def _note_references(self, written: str | Prose) -> None:
        for paragraph in (written,) if isinstance(written, str) else written:
            if REFERENCE_MARK in paragraph:
                self.referred.update(found.id for found in references(paragraph) if isinstance(found, Reference))


_MOST_COMPARED: Final = 20
"""Most unknown ids for which a similar one is looked up."""


class Resolver:
    """Turns written prose into segments, with numbers and phrases in place of references.

    `numbers` says what is printed for the id of a section or task; an id that is not there has no number.
    """

    def __init__(self, ids: Ids, diagnostics: list[Diagnostic]) -> None:
        self._ids = ids
        self._diagnostics = diagnostics
        self._phrases: dict[int, tuple[Segment, ...]] = {}
        self._unknown = 0
        self.numbers: dict[str, str] = {}

    def resolve(self, written: Prose, place: Place, name: str = "text") -> list[tuple[Segment, ...]]:
        """Return the segments of each paragraph; `place` and `name` say where the prose stands."""
        spot = _Spot(place, name)
        return [self._paragraph(paragraph, spot) for paragraph in written]

    def phrase(self, target: Target) -> tuple[Segment, ...]:
        """Return what is printed for a target: its own wording, or indicator, verb and goal."""
        found = self._phrases.get(id(target))
        if found is None:
            plain = (Segment(f"{target.indicator}{target.goal.phrase}"),)
            found = self._paragraph(target.text, _Spot(target.place, "text", in_wording=True)) if target.text else plain
            self._phrases[id(target)] = found
        return found

    def _paragraph(self, paragraph: str, spot: "_Spot") -> tuple[Segment, ...]:
        if REFERENCE_MARK not in paragraph:
            return (Segment(paragraph),)
        segments: list[Segment] = []
        done = 0
        for found in references(paragraph):
            segments.append(Segment(paragraph[done : found.start]))
            done = found.end
            spot.meet()
            if isinstance(found, LiteralMark):
                segments.append(Segment(REFERENCE_MARK))
            elif isinstance(found, Reference):
                segments.append(Segment(self._printed(found, spot), refers_to=found.id))
            else:
                self._report(
                    "D516", "引用写法不对", found, spot, "写成 {@编码} 或 {@编码.goal}；要印出 {@ 本身，写 {{@"
                )
        segments.append(Segment(paragraph[done:]))
        return tuple([segment for segment in segments if segment.text]) or (Segment(""),)

    def _printed(self, reference: Reference, spot: "_Spot") -> str:
        record = self._ids.records.get(reference.id)
        if record is None:
            return self._report(
                "D515", f"没有编码为“{reference.id}”的条目", reference, spot, self._advise(reference.id)
            )
        if isinstance(record, Target):
            return self._printed_target(record, reference, spot)
        if reference.goal_only:
            message = f"“{reference.id}”不是指标，没有目标值"
            return self._report("D516", message, reference, spot, f"写成 {{@{reference.id}}}")
        number = self.numbers.get(reference.id, "")
        message = f"“{reference.id}”没有编号，不能引用"
        return number or self._report("D517", message, reference, spot, "改用文字说明，或给它编号")

    def _printed_target(self, target: Target, reference: Reference, spot: "_Spot") -> str:
        if reference.goal_only:
            return str(target.goal)
        if spot.in_wording:
            hint = f"只引用目标值：{{@{reference.id}.goal}}"
            return self._report("D521", "指标的表述里不能引用整条指标", reference, spot, hint)
        return "".join(segment.text for segment in self.phrase(target)).rstrip(LOOSE_ENDS)

    def _advise(self, unknown: str) -> str:
        """Return a hint for an unknown id; only the first ones are compared with all the others."""
        self._unknown += 1
        if self._unknown <= _MOST_COMPARED:
            from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

            near = get_close_matches(unknown, self._ids.records, 1, 0.5)
            if near:
                return f"是否想写 {{@{near[0]}}}？"
        return "给要引用的条目写上 id"

    def _report(self, code: str, message: str, found: Reference | MalformedReference, spot: "_Spot", hint: str) -> str:
        self._diagnostics.append(Diagnostic(code, message, spot.span(found), hint))
        return ""


class _Spot:
    """Where prose stands: in the value `name` of a place. Its references are met one after the other."""

    def __init__(self, place: Place, name: str, *, in_wording: bool = False) -> None:
        self.in_wording = in_wording
        self._place = place
        self._name = name
        self._met = 0

    def meet(self) -> None:
        """Pass the next mark of a reference."""
        self._met += 1

    @cached_property
    def _marks(self) -> list[Span]:
        return self._place.find_all(REFERENCE_MARK, self._name)

    def span(self, found: Reference | MalformedReference) -> Span | None:
        """Return the span of the reference met last; of the whole value when the file writes it otherwise."""
        if self._met > len(self._marks):
            return self._place.span(self._name)
        mark = self._marks[self._met - 1]
        return mark._replace(end=mark.start + found.end - found.start)
