"""The JSON Schema (draft-07) of a file, made from its record, for editors that complete and check while one types.

It refuses nothing that plangen accepts; what it lets pass, `plangen check` finds. Values are texts to plangen, while an
editor reads `2027` as a number and `true` as a truth value: both are let in wherever a drafter would type them so.
`patternErrorMessage`, `errorMessage` and `defaultSnippets` are extensions that VS Code and yaml-language-server know.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from plangen.plan.model import Item, Official, Section, Target, Task
from plangen.plan.schema import INCLUDE, Bounds, Key, Kind, Record, Shape

Json = Mapping[str, object]
"""A part of a JSON Schema."""

_DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_NOTHING: Final[Json] = {"type": "null"}
"""The value of an optional key that was left blank."""

_INCLUDE: Final[Json] = {
    "type": "object",
    "properties": {name: {"type": "string", "description": "放着这一部分内容的文件"} for name in INCLUDE},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
"""The entry of a list that names a file whose entries stand in its place."""

_ANY_SCALAR: Final = ("string", "number", "boolean")
_TYPED_AS: Final = (("number", "1.5"), ("integer", "1"), ("boolean", "true"))
"""What an editor makes of a text without quotes, by texts that show whether a pattern admits such a one."""

_TRUTH: Final = {"true": True, "false": False}

_ECMASCRIPT: Final = (
    ("[^\\W_]", r"[^\0-/:-@\[-`{-\xa0]"),
    ("[\\w-]", r"[^\0-,./:-@\[-^`{-\xa0]"),
    ("\\d", "[0-9０-９]"),
)
r"""What Python and ECMAScript read differently, and what both read alike.

To ECMAScript (ECMA-262) `\w` and `\d` are ASCII. What stands for them lets more pass beyond ASCII than Python does.
"""

_SNIPPETS: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Section: ("heading", "tasks"),
    Task: ("heading", "text", "lead", "due"),
    Item: ("heading", "text"),
    Target: ("indicator", "goal"),
    Official: ("organ_mark", "document_number", "recipients", "signature", "date"),
}
"""The keys a record is begun with when an editor writes it."""


def json_schema(cls: type[Record], title: str, *, overlay: bool = False) -> Json:
    """Return the schema of a file that holds a record of a class.

    With `overlay` the file says only what differs from another; see `source.overlay.lay_over`. Then nothing is required
    but what the entries of a list, which replaces the one below it as a whole, must say.
    """
    found = _records(cls)
    whole = set(found) if not overlay else {below for below, in_list in found.items() if in_list}
    definitions = {
        each.__name__: _record(each, f"#/definitions/{each.__name__}", complete=each in whole)
        for each in found
        if each is not cls
    }
    return {
        "$schema": _DIALECT,
        "title": title,
        **_record(cls, "#", complete=cls in whole),
        "definitions": definitions,
    }


def _records(root: type[Record]) -> dict[type[Record], bool]:
    """Return every class of record that can stand in one, itself first, with whether it is the entry of a list."""
    found = {root: False}

    def visit(holder: type[Record]) -> None:
        for key in holder.KEYS:
            if key.kind.record:
                cls = key.kind.record()
                known = cls in found
                found[cls] = found.get(cls, False) or key.kind.shape.endswith("records")
                if not known:
                    visit(cls)

    visit(root)
    return found


def _record(cls: type[Record], pointer: str, *, complete: bool) -> Json:
    """Return the schema of a mapping; `pointer` is where it stands in the whole."""
    properties: dict[str, Json] = {}
    for key in cls.KEYS:
        properties[key.name] = {"title": key.twin, "description": _description(key), **_value(key)}
        properties[key.twin] = {"$ref": f"{pointer}/properties/{key.name}"}
    demands = list(_demands(cls)) if complete else []
    snippets = [_snippet(cls, chinese) for chinese in (False, True)] if cls in _SNIPPETS else []
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "errorMessage": f"这里要写键和值，键只能是：{'、'.join(cls.SPELLINGS)}",
        **({"allOf": demands} if demands else {}),
        **({"defaultSnippets": snippets} if snippets else {}),
    }


def _demands(cls: type[Record]) -> Iterator[Json]:
    """Yield what must be there: each required key in exactly one spelling, and something of the contents."""
    for key in cls.REQUIRED:
        yield {"oneOf": [{"required": [key.name]}, {"required": [key.twin]}]}
    contents = [key for key in cls.KEYS if key.name in cls.CONTENTS]
    if contents:
        yield {"anyOf": [{"required": [spelling]} for key in contents for spelling in (key.name, key.twin)]}


def _description(key: Key) -> str:
    """Return what a key means, how its value is written, and an example."""
    return key.explanation + (f"。例如 {key.name}: {key.example}" if key.example else "")


def _value(key: Key) -> Json:
    value = _SHAPES[key.kind.shape](key.kind)
    if key.required:
        return {"allOf": [value]} if "$ref" in value else value  # draft-07 ignores whatever stands beside a $ref
    alternatives = value.get("anyOf")
    return {"anyOf": [*(alternatives if isinstance(alternatives, list) else [value]), _NOTHING]}


def _scalar(kind: Kind) -> Json:
    """Return the schema of a text."""
    words = [_TRUTH[word] for word in kind.choices or () if word in _TRUTH] + list(kind.choices or ())
    said = ([{"enum": words, "errorMessage": kind.hint}] if words else []) + (
        [_number(kind.bounds, kind.hint)] if kind.bounds else []
    )
    if said:
        return said[0] if len(said) == 1 else {"anyOf": said}
    if kind.pattern is None:
        return {"type": list(_ANY_SCALAR), "minLength": 1}
    types = [name for name, sample in _TYPED_AS if re.fullmatch(kind.pattern, sample)]
    return {"type": ["string", *types], "pattern": _anchored(kind.pattern), "patternErrorMessage": kind.hint}


def _number(bounds: Bounds, hint: str) -> Json:
    """Return the schema of a number, in quotes or without; in quotes its size goes unchecked."""
    return {
        "type": ["string", "integer" if bounds.whole else "number"],
        "minimum": bounds.least,
        "maximum": bounds.largest,
        "pattern": _anchored("[0-9]+" if bounds.whole else "[0-9.]+"),
        "patternErrorMessage": hint,
    }


def _anchored(pattern: str) -> str:
    """Return a pattern for the whole of a text, in what is common to Python and ECMAScript."""
    common = re.sub(r"\(\?P<\w+>", "(?:", pattern)
    for python, both in _ECMASCRIPT:
        common = common.replace(python, both)
    return rf"^\s*(?:{common})\s*$"


def _scalars(kind: Kind) -> Json:
    """Return the schema of a text or a list of texts."""
    return {"anyOf": [_scalar(kind), _list(_scalar(kind), fewest=0 if kind.may_be_empty else 1)]}


def _list(entry: Json, fewest: int = 1) -> Json:
    return {"type": "array", "items": entry, "minItems": fewest}


def _reference(kind: Kind) -> Json:
    assert kind.record is not None, kind
    return {"$ref": f"#/definitions/{kind.record().__name__}"}


def _records_or_files(kind: Kind) -> Json:
    """Return the schema of a list of records, some of which may stand in files of their own."""
    return _list({"anyOf": [_reference(kind), _INCLUDE]} if kind.includable else _reference(kind))


def _scalar_or_record(kind: Kind) -> Json:
    return {"anyOf": [_scalar(kind), _reference(kind)]}


_SHAPES: Final[Mapping[Shape, Callable[[Kind], Json]]] = {
    "text": _scalar,
    "prose": _scalar,
    "texts": _scalars,
    "lexemes": _scalars,
    "record": _reference,
    "records": _records_or_files,
    "prose or record": _scalar_or_record,
    "proses or records": lambda kind: _list(_scalar_or_record(kind)),
}


def _snippet(cls: type[Record], chinese: bool) -> Json:
    """Return a record begun, its values the examples, for the drafter to type over one after the other."""
    names = "、".join(key.twin if chinese else key.name for key in _begun(cls))
    return {"label": names, "description": f"写上 {names}", "body": _body(cls, chinese, [0])}


def _begun(cls: type[Record]) -> list[Key]:
    return [cls.SPELLINGS[name] for name in _SNIPPETS[cls]]


def _body(cls: type[Record], chinese: bool, stops: list[int]) -> Json:
    """Return the mapping of a snippet; `stops` holds how many places to type at there are so far."""
    return {key.twin if chinese else key.name: _place(key, chinese, stops) for key in _begun(cls)}


def _place(key: Key, chinese: bool, stops: list[int]) -> object:
    """Return what a snippet holds for a key: a place to type at, or a list with one record begun."""
    if key.kind.record:
        return [_body(key.kind.record(), chinese, stops)]
    stops[0] += 1
    return f"${{{stops[0]}:{key.example or key.twin}}}"
