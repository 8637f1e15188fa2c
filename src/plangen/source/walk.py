"""The records of a file by its nodes: which mapping is which record, and where prose stands."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from plangen.plan.model import SECTIONS, TASKS, Plan, Section, Task
from plangen.plan.schema import INCLUDE, Key, Record, key
from plangen.source.nodes import Mapping, Node, Scalar, Sequence


class Contribution(Record):
    """What a plan includes, where its file is written with the key under which it stands in a plan."""

    tasks: tuple[Task, ...] = key("任务", TASKS, "任务", default=())
    sections: tuple[Section, ...] = key("部分", SECTIONS, "部分", default=())


class Found(NamedTuple):
    """A mapping that is written as a record; `in_flow` says that it stands in brackets or is written with them."""

    record: type[Record]
    mapping: Mapping
    in_flow: bool


class Prose(NamedTuple):
    """A scalar that holds prose, and its key; `key` is `None` for an entry of a list."""

    scalar: Scalar
    key: Scalar | None


@cache
def plan_keys() -> tuple[Key, ...]:
    """Return every key of every record of a plan."""
    records: list[type[Record]] = [Plan]
    for record in records:
        below = (known.kind.record() for known in record.KEYS if known.kind.record)
        records += (each for each in dict.fromkeys(below) if each not in records)
    return tuple(known for record in records for known in record.KEYS)


def root_records(root: Node) -> Iterator[tuple[type[Record], Node]]:
    """Yield what a file holds: a plan, or the sections or tasks that a plan includes."""
    if isinstance(root, Sequence):
        cls: type[Record] = Section if any(_is_section(each) for each in root.entries) else Task
        yield from ((cls, entry) for entry in root.entries)
    else:
        keys = [typed.text for typed, _ in root.entries] if isinstance(root, Mapping) else []
        yield Contribution if len(keys) == 1 and keys[0] in Contribution.SPELLINGS else Plan, root


def _is_section(node: Node) -> bool:
    """Whether an entry of a list has a key that sections have and tasks have not."""
    typed = [key.text for key, _ in node.entries] if isinstance(node, Mapping) else []
    return any(each in Section.SPELLINGS and each not in Task.SPELLINGS for each in typed)


def find_records(root: Node) -> Iterator[Found]:
    """Yield every record of a file, each before those in it; entries that name a file to include are none."""
    return (found for found in _all(root) if not _is_include(found))


def find_includes(root: Node) -> Iterator[Mapping]:
    """Yield the entries of a file that name a file to include."""
    return (found.mapping for found in _all(root) if _is_include(found))


def _is_include(found: Found) -> bool:
    entries = found.mapping.entries
    return len(entries) == 1 and entries[0][0].text in INCLUDE and entries[0][0].text not in found.record.SPELLINGS


def _all(root: Node) -> Iterator[Found]:
    for cls, node in root_records(root):
        yield from _below(cls, node, in_flow=isinstance(root, Sequence) and root.in_brackets)


def _below(cls: type[Record], node: Node, *, in_flow: bool) -> Iterator[Found]:
    if not isinstance(node, Mapping):
        return
    in_flow = in_flow or node.in_braces
    yield Found(cls, node, in_flow)
    for typed, value in node.entries:
        known = cls.SPELLINGS.get(typed.text)
        if known is None or known.kind.record is None:
            continue
        if isinstance(value, Sequence):
            for entry in value.entries:
                yield from _below(known.kind.record(), entry, in_flow=in_flow or value.in_brackets)
        else:
            yield from _below(known.kind.record(), value, in_flow=in_flow)


def find_proses(found: Found) -> Iterator[Prose]:
    """Yield the prose of a record that does not stand in brackets, without that of the records in it."""
    for typed, value in () if found.in_flow else found.mapping.entries:
        known = found.record.SPELLINGS.get(typed.text)
        if known is None or "prose" not in known.kind.shape:
            continue
        if isinstance(value, Scalar):
            yield Prose(value, typed)
        elif isinstance(value, Sequence) and not value.in_brackets:
            yield from (Prose(entry, None) for entry in value.entries if isinstance(entry, Scalar))
