"""The declarative schema: what a key is, and the kinds of value it may hold.

A record is a class whose keys are declared with `key`. That one table drives validation (`source.records`), the field
reference of the manual, the JSON Schema for editors and every message that names a key.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final, Literal, NamedTuple, Never, TypeVar, dataclass_transform, overload

from plangen.diagnostics import NOWHERE, Place

Value = TypeVar("Value")

INCLUDE: Final = ("include", "引入")
"""The key that stands alone in an entry of a list and names the file whose entries stand in its place; and its twin."""

Shape = Literal["text", "prose", "texts", "lexemes", "record", "records", "prose or record", "proses or records"]
"""Which nodes of a file a kind accepts; see `Kind`."""


class Bounds(NamedTuple):
    """The least and the largest number a value may be; `whole` says that it has no decimals."""

    least: float
    largest: float
    whole: bool = False


class Kind(NamedTuple):
    """A kind of value.

    `name` is the Chinese word messages use for it. `shape` says which nodes of a file it accepts: `text` (one line),
    `prose` (paragraphs), `texts` (one line or a list of them), `lexemes` (the same, with
    the white space their author quoted), `record` (a mapping), `records` (a list of mappings),
    `prose or record`, and `proses or records` (a list of either). `parse` turns the text into the value and raises
    `ValueError`, whose message is for the drafter, if it cannot; `code` is the diagnostic such a failure gets and
    `hint` what mends it. `record` returns the class of the mappings; a function, since records may hold their own kind.
    `blank` stands in for a required value that is wrong or missing, so that reading can go on. `may_be_empty`
    says that an empty list means something. `referring` says that
    references ({@id}) are understood in the text, `includable` that entries of the list may stand in files of their
    own.

    What `parse` asks of a text stands here as data too, as far as data can say it, for editors: every text it accepts
    is one of `choices` or a number within `bounds`, where there are any, and matches the whole of `pattern`.
    """

    name: str
    shape: Shape
    parse: Callable[[Any], Any] | None = None
    code: str = "D503"
    hint: str = ""
    record: "Callable[[], type[Record]] | None" = None
    blank: Any = ""
    may_be_empty: bool = False
    referring: bool = False
    includable: bool = False
    choices: Mapping[str, object] | None = None
    pattern: str | None = None
    bounds: Bounds | None = None


class Key(NamedTuple):
    """One key of a record: its English name, its Chinese twin, the kind of its value and what it means."""

    name: str
    twin: str
    kind: Kind
    meaning: str
    example: str
    required: bool
    default: Any

    @property
    def explanation(self) -> str:
        """What the key means, what holds when it is left out, and how its value is written."""
        default = f"，不写就是“{self.default}”" if isinstance(self.default, str) and self.default else ""
        hint = f"。{self.kind.hint}" if self.kind.hint else ""
        return self.meaning + default + hint


class Flaw(NamedTuple):
    """Something wrong between the keys of a record; `at` names the key to point at, "" the whole record."""

    code: str
    message: str
    hint: str
    at: str = ""


@overload
def key(twin: str, kind: Kind, meaning: str, *, example: str = ...) -> Any: ...
@overload
def key(twin: str, kind: Kind, meaning: str, *, default: Value, example: str = ...) -> Value: ...
def key(twin: str, kind: Kind, meaning: str, *, default: Any = ..., example: str = "") -> Any:
    """Declare a key of a record; without a `default` it is required."""
    return Key("", twin, kind, meaning, example, default is ..., default)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(key,))
class _Declarative:
    """Lets type checkers see the keys of a record as the arguments it is made with."""


class Record(_Declarative):
    """A frozen value made of keys; equal to another of its class that says the same, wherever it stands.

    Not a dataclass: making eighteen of those takes longer than reading a plan. Values left at their default live on the
    class, so that a record holds what was written and no more.
    """

    place: Place = NOWHERE
    KEYS: ClassVar[tuple[Key, ...]] = ()
    SPELLINGS: ClassVar[Mapping[str, Key]] = {}
    """Every spelling a key may have, English and Chinese, with the key it means."""
    NAMES: ClassVar[frozenset[str]] = frozenset()
    """What a record may be made with: the English names of its keys, and its place."""
    REQUIRED: ClassVar[tuple[Key, ...]] = ()
    CONTENTS: ClassVar[tuple[str, ...]] = ()
    """The names of the keys of which at least one must say something; empty when a record may be without."""
    REFERRING: ClassVar[tuple[str, ...]] = ()
    """The names of the keys in whose text references are understood."""

    def __init_subclass__(cls) -> None:
        cls.KEYS = tuple(v._replace(name=name) for name, v in vars(cls).items() if isinstance(v, Key))
        for each in cls.KEYS:
            if each.required:
                delattr(cls, each.name)
            else:
                setattr(cls, each.name, each.default)
        cls.SPELLINGS = {k.name: k for k in cls.KEYS} | {k.twin: k for k in cls.KEYS}
        cls.NAMES = frozenset((*(k.name for k in cls.KEYS), "place"))
        cls.REQUIRED = tuple(k for k in cls.KEYS if k.required)
        cls.REFERRING = tuple(k.name for k in cls.KEYS if k.kind.referring)

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - self.NAMES
        missing = [k.name for k in self.REQUIRED if k.name not in values]
        if unknown or missing:
            raise TypeError(f"{type(self).__name__}: unknown {sorted(unknown)}, missing {missing}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: object) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, k.name) == getattr(other, k.name) for k in self.KEYS)

    __hash__ = None  # type: ignore[assignment]  # compared by value, never used as a key

    def __repr__(self) -> str:
        said = (f"{k.name}={getattr(self, k.name)!r}" for k in self.KEYS if getattr(self, k.name) != k.default)
        return f"{type(self).__name__}({', '.join(said)})"

    def contents(self) -> tuple[object, ...]:
        """Return the values of the keys of which at least one must say something."""
        return tuple(getattr(self, name) for name in self.CONTENTS)

    def flaws(self) -> Iterable[Flaw]:
        """Return what is wrong with the record as a whole, its keys being right one by one."""
        return ()


TEXT: Final = Kind("一行文字", "text")
HEADING: Final = Kind("一行文字", "text", referring=True)
PROSE: Final = Kind("文字", "prose", blank=(), referring=True)
TEXTS: Final = Kind("一行文字或其列表", "texts", blank=())


def choice(name: str, choices: Mapping[str, object]) -> Kind:
    """Return the kind of a text that must be one of a few, each of which stands for a value."""
    hint = f"可以写：{'、'.join(choices)}"
    return Kind(name, "text", lambda written: _chosen(written, choices), "D507", hint, choices=choices)


def choices(name: str, allowed: Mapping[str, str]) -> Kind:
    """Return the kind of a list of such texts; the value is the set of what they stand for."""

    def parse(written: tuple[str, ...]) -> frozenset[str]:
        return frozenset(str(_chosen(each, allowed)) for each in written)

    return Kind(name, "texts", parse, "D507", f"可以写：{'、'.join(allowed)}", may_be_empty=True, choices=allowed)


def form(name: str, pattern: str, hint: str, *, code: str = "D518", wrong: str = "{name}“{written}”的写法不对") -> Kind:
    """Return the kind of a text that must match the whole of a pattern; `wrong` is what is said of one that does not.

    The pattern is one that Python and ECMAScript read alike, but for what `plan.json_schema` translates.
    """

    def parse(written: str) -> str:
        if not re.fullmatch(pattern, written):
            raise ValueError(wrong.format(name=name, written=written))
        return written

    return Kind(name, "text", parse, code, hint, pattern=pattern)


def _chosen(written: str, allowed: Mapping[str, object]) -> object:
    if written not in allowed:
        raise ValueError(f"“{written}”不在可选的值里")
    return allowed[written]
