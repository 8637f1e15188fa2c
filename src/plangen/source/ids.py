"""Ids for sections and tasks that have none: short, made once, and kept whatever becomes of the text."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from plangen.diagnostics import Fix, Span
from plangen.plan.model import Section, Task
from plangen.plan.schema import Record
from plangen.source.keys import Language, is_chinese
from plangen.source.nodes import Node, Scalar
from plangen.source.walk import Found, find_records

INITIALS: Final[dict[type[Record], str]] = {Section: "s", Task: "t"}
"""What ids begin with, by what they name."""

_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
"""Digits and letters that nobody takes for one another."""

_LENGTH: Final = 4
"""Characters of an id after its initial: nearly a million, so that of a thousand tasks few have to choose again."""


class Namer:
    """Makes ids that are unique in a plan, from what their owners say."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._attempts: dict[str, int] = {}

    def name(self, initial: str, heading: str, text: str) -> str:
        """Return a new id made from heading and text; who says the same as another takes the next."""
        seed = f"{''.join(heading.split())}\0{''.join(text.split())}"
        while True:
            attempt = self._attempts.get(seed, 0)
            self._attempts[seed] = attempt + 1
            digest = hashlib.sha256(f"{seed}\0{attempt}".encode()).digest()
            tail = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest[:_LENGTH])
            born = f"{initial}-{tail}"
            if born not in self._taken:
                self._taken.add(born)
                return born


class Birth(NamedTuple):
    """An id that was made, and the edit that writes it."""

    id: str
    fix: Fix


def give_ids(root: Node, language: Language | None = None) -> Iterator[Birth]:
    """Yield the edits that give every section and task without an id one, unique in the file.

    The key is written in a language, `None` for that of the keys around it.
    """
    records = list(find_records(root))
    namer = Namer(_text(value).strip() for found in records for name, _, value in _values(found) if name == "id")
    for found in records:
        if found.record in INITIALS and _may_have_one(found):
            said = {name: _text(value) for name, _, value in _values(found)}
            born = namer.name(INITIALS[found.record], said.get("heading", ""), said.get("text", ""))
            yield Birth(born, _insertion(found, born, language))


def _may_have_one(found: Found) -> bool:
    """Whether a record has no id, and no key that may be meant as one."""
    names = [name for name, _, _ in _values(found)]
    return "id" not in names and len(names) == len(found.mapping.entries)


def _insertion(found: Found, born: str, language: Language | None) -> Fix:
    """Return the edit that writes an id: under a heading of one line, else before the first key."""
    mapping = found.mapping
    source, text = mapping.source, mapping.source.text
    first = mapping.entries[0][0]
    chinese = is_chinese(mapping) if language is None else language == "zh"
    written = f"{'编码' if chinese else 'id'}: {born}"
    if found.in_flow:
        return Fix(Span(source, first.start, first.start), f"{written}, ")
    column = " " * (source.position(first.start)[1] - 1)
    heading = next(((typed, value) for name, typed, value in _values(found) if name == "heading"), None)
    if heading is None or "\n" in text[heading[0].start : heading[1].end]:
        return Fix(Span(source, first.start, first.start), f"{written}\n{column}")
    end = text.find("\n", heading[1].end)
    end = len(text) if end < 0 else end
    return Fix(Span(source, end, end), f"\n{column}{written}")


def _values(found: Found) -> Iterator[tuple[str, Scalar, Node]]:
    """Yield the keys of a record by their names, as typed, and with their values."""
    for typed, value in found.mapping.entries:
        key = found.record.SPELLINGS.get(typed.text)
        if key is not None:
            yield key.name, typed, value


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else ""
