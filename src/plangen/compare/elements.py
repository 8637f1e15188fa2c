"""What stands once in a plan, key by key: title, official elements, layout, numbering, by their Chinese names."""

import datetime
from collections.abc import Iterable, Iterator, Mapping

from plangen.compare.values import Difference
from plangen.outline.numbering import Policy
from plangen.outline.official import printed_date
from plangen.plan.kinds import MARKERS
from plangen.plan.markers import Marker
from plangen.plan.model import Layout, Numbering, Official, Plan
from plangen.plan.schema import Key, Record


def plan_values(old: Plan, new: Plan) -> Iterator[Difference]:
    """Yield how the single values of two plans differ: what they are called, and how they are numbered and set."""
    yield from record_values(old, new, ("title", "title_lines", "year", "issuer"))
    before, after = Policy().override(old.numbering), Policy().override(new.numbering)
    yield from _policy(before._asdict(), after._asdict())
    yield from record_values(
        old.layout, new.layout, tuple(key.name for key in Layout.KEYS), Plan.SPELLINGS["layout"].twin
    )


def official_values(old: Official | None, new: Official | None) -> Iterator[Difference]:
    """Yield how the elements of the official document differ; a plan without any has them all empty."""
    names = tuple(key.name for key in Official.KEYS)
    yield from record_values(old or Official(), new or Official(), names)


def numbering_values(old: Numbering | None, new: Numbering | None) -> Iterator[Difference]:
    """Yield how the numbering that a section rules for itself differs."""
    before, after = (
        {key.name: getattr(each or Numbering(), key.name) for key in Numbering.KEYS} for each in (old, new)
    )
    yield from _policy(before, after)


def _policy(old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Difference]:
    for key in Numbering.KEYS:
        if old[key.name] != new[key.name]:
            before, after = (_said(key, each[key.name]) for each in (old, new))
            yield Difference(f"numbering.{key.name}", f"编号（{key.twin}）", before, after)


def record_values(old: Record, new: Record, names: Iterable[str], above: str = "") -> Iterator[Difference]:
    """Yield how the values of some keys of a record differ; `above` is what the record itself is called, or ""."""
    for name in names:
        before, after = getattr(old, name), getattr(new, name)
        key = type(new).SPELLINGS[name]
        twin = f"{above}（{key.twin}）" if above else key.twin
        if isinstance(before, Record):
            yield from record_values(before, after, tuple(each.name for each in before.KEYS), twin)
        elif before != after:
            yield Difference(name, twin, _said(key, before), _said(key, after))


def _said(key: Key, value: object) -> str:
    """Return a value as people say it, a word of the schema by its Chinese spelling; "" for none."""
    if value is None or value in (key.kind.blank, ()):
        return ""
    if isinstance(value, datetime.date):
        return printed_date(value)
    if isinstance(value, frozenset):
        return "、".join(_word(key, each) for each in key.kind.choices or () if each in value) or "无"
    if isinstance(value, Marker):
        return value.written or "不编号"
    if isinstance(value, tuple):
        return (" " if key.kind is MARKERS else "、").join(_said(key, each) for each in value)
    return _word(key, value)


def _word(key: Key, value: object) -> str:
    """Return the Chinese spelling of a value that must be one of a few; of others, the value itself."""
    spellings = [word for word, meant in (key.kind.choices or {}).items() if meant == value]
    return next((word for word in spellings if not word.isascii()), str(value))
