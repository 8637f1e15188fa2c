"""Whether two texts of YAML say the same: the proof that formatting changed how a plan is written, and nothing else."""

from functools import cache
from typing import Final

from plangen.plan.prose import paragraphs
from plangen.plan.schema import INCLUDE
from plangen.source.nodes import Mapping, Node, Scalar, Sequence
from plangen.source.walk import plan_keys

_NONE: Final[frozenset[str]] = frozenset()


def says_the_same(before: Node, after: Node, born: frozenset[str] = _NONE) -> bool:
    """Whether two trees have the same keys and values in the same order; `born` are ids given in between.

    Keys are the same in both languages. Texts are the same character by character; what was or became a block of lines
    is the same when it has the same paragraphs.
    """
    if isinstance(before, Scalar) and isinstance(after, Scalar):
        return before.text == after.text or (
            _is_block(after) and paragraphs(before.lines()) == paragraphs(after.lines())
        )
    if isinstance(before, Sequence) and isinstance(after, Sequence):
        return len(before.entries) == len(after.entries) and all(
            says_the_same(old, new, born) for old, new in zip(before.entries, after.entries, strict=True)
        )
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return False
    entries = [(key, value) for key, value in after.entries if not _is_born(key, value, born)]
    return len(before.entries) == len(entries) and all(
        _is_same_key(old.text, new.text) and says_the_same(old_value, new_value, born)
        for (old, old_value), (new, new_value) in zip(before.entries, entries, strict=True)
    )


def _is_same_key(old: str, new: str) -> bool:
    return old == new or frozenset((old, new)) in _twins()


@cache
def _twins() -> frozenset[frozenset[str]]:
    return frozenset((frozenset(INCLUDE), *(frozenset((key.name, key.twin)) for key in plan_keys())))


def _is_block(scalar: Scalar) -> bool:
    return scalar.style in ("|", ">")


def _is_born(key: Scalar, value: Node, born: frozenset[str]) -> bool:
    return key.text in ("id", "编码") and isinstance(value, Scalar) and value.text in born
