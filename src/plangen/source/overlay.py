"""Laying one tree of nodes over another: a file says only what differs, and its values keep their places."""

from plangen.plan.schema import Key, Record
from plangen.source.nodes import Mapping, Node


def lay_over(cls: type[Record], below: Node, above: Node) -> Node:
    """Return the mapping of a record as `above` changes `below`, key by key.

    A mapping goes into the mapping below it; any other value, a list too, replaces what is below. What the record does
    not know is kept from both, for the reader of records to complain of. Every node keeps its source and place; the
    mapping returned stands where `above` does.
    """
    if type(below) is not Mapping or type(above) is not Mapping:
        return above
    beneath = {key.name: value for typed, value in below.entries if (key := cls.SPELLINGS.get(typed.text))}
    merged = Mapping(above.source, above.start, above.end)
    said = set()
    for typed, value in above.entries:
        key = cls.SPELLINGS.get(typed.text)
        merged.entries.append((typed, _value(key, beneath, value)))
        said.add(key.name if key else "")
    for typed, value in below.entries:
        key = cls.SPELLINGS.get(typed.text)
        if key is None or key.name not in said:
            merged.entries.append((typed, value))
    return merged


def _value(key: Key | None, beneath: dict[str, Node], above: Node) -> Node:
    if key is None or key.kind.record is None or key.name not in beneath:
        return above
    return lay_over(key.kind.record(), beneath[key.name], above)
