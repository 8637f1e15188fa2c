"""The declarative schema: what a key is, and the kinds of value it may hold.

A record is a frozen dataclass whose fields are declared with `key`. That one table drives validation (`source.records`),
the field reference of the manual and every message that names a key.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar, dataclass_transform, overload

from plangen.diagnostics import NOWHERE, Place

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What every record of the plan has: the place it was read from, which does not count when records are compared."""

    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def flaws(self) -> "Iterable[Flaw]":
        """Return what is wrong with the record as a whole, its keys being right one by one."""
        return ()


class Flaw(NamedTuple):
    """Something wrong between the keys of a record; `at` names the key to point at, "" the whole record."""

    code: str
    message: str
    hint: str
    at: str = ""


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[Value]) -> type[Value]:
    """Make a subclass of `Record` a frozen dataclass of its keys."""
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


class Kind(NamedTuple):
    """A kind of value.

    `name` is the Chinese word messages use for it. `shape` says which nodes of a file it accepts: `text` (one line),
    `prose` (paragraphs), `texts` (one line or a list of them), `record` (a mapping), `records` (a list of mappings),
    `prose or record`, and `proses or records` (a list of either). `parse` turns the text into the value and raises
    `ValueError`, whose message is for the drafter, if it cannot; `code` is the diagnostic such a failure gets and
    `hint` what mends it. `record` returns the class of the mappings; a function, since records may hold their own kind.
    """

    name: str
    shape: str
    parse: Callable[[Any], Any] | None = None
    code: str = "D503"
    hint: str = ""
    record: Callable[[], type[Record]] | None = None


class Key(NamedTuple):
    """One key of a record: its English name, its Chinese twin, the kind of its value and what it means."""

    name: str
    twin: str
    kind: Kind
    meaning: str
    example: str
    required: bool


@overload
def key(twin: str, kind: Kind, meaning: str, *, example: str = ...) -> Any: ...
@overload
def key(twin: str, kind: Kind, meaning: str, *, default: Value, example: str = ...) -> Value: ...
def key(twin: str, kind: Kind, meaning: str, *, default: Any = ..., example: str = "") -> Any:
    """Declare a key of a record; without a `default` it is required."""
    required = default is ...
    metadata = {"key": (twin, kind, meaning, example, required)}
    return field(metadata=metadata) if required else field(default=default, metadata=metadata)


@cache
def keys(cls: type[Record]) -> tuple[Key, ...]:
    """Return the keys of a record class, in the order they are declared."""
    return tuple(Key(f.name, *f.metadata["key"]) for f in fields(cls) if "key" in f.metadata)


@cache
def spellings(cls: type[Record]) -> Mapping[str, Key]:
    """Return every spelling a key of the record may have, English and Chinese, with the key it means."""
    declared = keys(cls)
    return {k.name: k for k in declared} | {k.twin: k for k in declared}


TEXT: Final = Kind("一行文字", "text")
PROSE: Final = Kind("文字", "prose")
TEXTS: Final = Kind("一行文字或其列表", "texts")


def choice(name: str, choices: Mapping[str, object]) -> Kind:
    """Return the kind of a text that must be one of a few, each of which stands for a value."""
    return Kind(name, "text", lambda written: _chosen(written, choices), "D507", f"可以写：{'、'.join(choices)}")


def choices(name: str, allowed: Mapping[str, str]) -> Kind:
    """Return the kind of a list of such texts; the value is the set of what they stand for."""

    def parse(written: tuple[str, ...]) -> frozenset[str]:
        return frozenset(str(_chosen(each, allowed)) for each in written)

    return Kind(name, "texts", parse, "D507", f"可以写：{'、'.join(allowed)}")


def _chosen(written: str, allowed: Mapping[str, object]) -> object:
    if written not in allowed:
        raise ValueError(f"“{written}”不在可选的值里")
    return allowed[written]
