"""L4: the units that are responsible; practice of the genre."""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Diagnostic, Severity, Span
from plangen.plan.schema import Record

_KEYS: Final = ("lead", "support", "copies_to")
_SEPARATORS: Final = "、，,"
_ENDINGS: Final = "科处室股组部办"
"""What a unit of an office is called by its rank: of two such names of one stem one is a slip."""

_LIKENESS: Final = 0.5
"""Least likeness of a name to the one it may be meant for; of three characters two agree."""

_OFTEN: Final = 2
"""Fewest mentions of a name that make it the usual one."""


class _Mention(NamedTuple):
    """A unit that is named under a key of a record."""

    unit: str
    span: Span | None


def unknown_unit(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a unit that is not among those the project knows; says nothing where it knows none.

    Bad: {units: [教师科, 职成科], tasks: [{heading: 甲, lead: 职城科}]}
    Good: {units: [教师科, 职成科], tasks: [{heading: 甲, lead: [职成科, 教师科]}]}
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only who has a list of units pays for it

    known = manuscript.units
    nearest: dict[str, str] = {}
    for mention in _mentions(manuscript) if known else ():
        unit = mention.unit
        if unit not in known:
            if unit not in nearest:
                nearest[unit] = next(iter(get_close_matches(unit, known, 1, _LIKENESS)), "")
            hint = f"是否想写“{nearest[unit]}”？" if nearest[unit] else "核对名称；没有写错的，补进配置的 units"
            yield Diagnostic("L408", f"units 里没有“{unit}”", mention.span, hint, Severity.WARNING)


def other_ending(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a unit whose name ends in another word of rank than it mostly does: 安全处 where others write 安全科.

    Bad: {tasks: [{heading: 甲, lead: 安全科}, {heading: 乙, lead: 安全科}, {heading: 丙, lead: 安全处}]}
    Good: {tasks: [{heading: 甲, lead: 安全科}, {heading: 乙, lead: 安全科}, {heading: 丙, lead: 财务处}]}
    """
    mentions = [mention for mention in _mentions(manuscript) if mention.unit[-1:] in _ENDINGS]
    counts = Counter(mention.unit for mention in mentions)
    usual: dict[str, str] = {}
    for unit, count in counts.most_common():
        if count >= _OFTEN:
            usual.setdefault(unit[:-1], unit)
    for unit, span in mentions:
        right = usual.get(unit[:-1], unit)
        if unit != right and counts[unit] < counts[right]:
            message = f"“{unit}”别处写作“{right}”"
            yield Diagnostic("L409", message, span, "同一个单位写成一样", Severity.WARNING)


def _mentions(manuscript: Manuscript) -> Iterator[_Mention]:
    """Yield every unit that is responsible for something or gets a copy."""
    plan = manuscript.plan
    records: list[Record] = [*plan.targets, *([plan.official] if plan.official else [])]
    for section in manuscript.sections:
        records += section.targets
        for task in section.tasks:
            records += (task, *task.targets)
    for record in records:
        for name in _KEYS:
            written: tuple[str, ...] = getattr(record, name, ())
            for nth, names in enumerate(written):
                yield from _parted(record, name, nth, names)


def _parted(record: Record, name: str, nth: int, names: str) -> Iterator[_Mention]:
    """Yield the units of one entry, which may name several."""
    parts = names.translate(dict.fromkeys(map(ord, _SEPARATORS), "、")).split("、")
    for part in filter(None, (each.strip() for each in parts)):
        spans = record.place.find_all(part, name, nth)
        yield _Mention(part, spans[0] if spans else record.place.span(name, nth))
