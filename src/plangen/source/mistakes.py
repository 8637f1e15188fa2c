"""What a drafter meant: advice for keys nobody knows and values of the wrong kind."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic
from plangen.plan.model import Plan, Section, Target, Task
from plangen.plan.schema import INCLUDE, Record
from plangen.source.nodes import Mapping, Node, Scalar
from plangen.source.slips import find_slip

_NEAR: Final = 0.5
"""How alike a key must be to be what was meant, from 0 to 1."""

_MAKE_A_TEXT: Final = frozenset(("Y012", "Y013", "Y014", "Y015", "Y016"))
"""Slips after which YAML takes keys and entries for one text."""

_PLACES: Final[tuple[tuple[str, type[Record]], ...]] = (
    ("最外层", Plan),
    ("部分", Section),
    ("任务", Task),
    ("指标", Target),
)
"""The records of a plan whose keys drafters put in the wrong place, by what they are called."""


class UnknownKey(NamedTuple):
    """What to say about a key nobody knows, and the name of the key that was meant, or ""."""

    diagnostic: Diagnostic
    meant: str = ""


def explain_unknown_key(
    cls: type[Record], mapping: Mapping, key: Scalar, value: Node, root: type[Record]
) -> UnknownKey:
    """Return what to say about a key that a record does not have; `root` is the record of the whole file."""
    typed = key.text
    if typed == "<<":
        return UnknownKey(Diagnostic("Y022", "不能用合并键（<<）", key.here, "把内容直接写出来"))
    if typed in INCLUDE:
        hint = "在部分或任务的列表里写成单独的一条：- include: 文件.yaml"
        return UnknownKey(Diagnostic("D541", f"“{typed}”不写在这里", key.here, hint))
    slip = None if typed[:1].isalnum() else find_slip(key.source, key.here.position[0])
    if slip:
        return UnknownKey(slip)
    if _is_in_braces(mapping) and type(value) is Scalar and value.empty and value.end <= key.end + 1:
        hint = "大括号里半角逗号会断开文字：整个值用引号括起来，或改用全角逗号"
        return UnknownKey(Diagnostic("D501", f"逗号后面的“{typed}”被当成了键", key.here, hint))
    elsewhere = [place for place, other in _places(root) if typed in other.SPELLINGS and other is not cls]
    if elsewhere:
        hint = f"{typed} 写在{'、'.join(elsewhere)}里，检查缩进，或者移过去"
        return UnknownKey(Diagnostic("D501", f"键“{typed}”不写在这里", key.here, hint))
    chinese = any(character > "\u2e80" for character in typed)
    allowed = {k.twin if chinese else k.name: k.name for k in cls.KEYS}
    near = get_close_matches(typed.strip(), allowed, 1, _NEAR)
    hint = f"是否想写 {near[0]}？" if near else f"这里可以写：{'、'.join(allowed)}"
    return UnknownKey(Diagnostic("D501", f"不认识的键“{typed}”", key.here, hint), allowed[near[0]] if near else "")


def _places(root: type[Record]) -> Iterable[tuple[str, type[Record]]]:
    """Return the records whose keys may have been meant, by what they are called."""
    if root is Plan:
        return _PLACES
    below = ((key.name, key.kind.record()) for key in root.KEYS if key.kind.record)
    return (("最外层", root), *below)


def slip_in(node: Node) -> Diagnostic | None:
    """Return the slip that made a text of what was meant as a key or an entry, if it is one of those."""
    if type(node) is Mapping and not node.entries[0][0].text[:1].isalnum():
        node = node.entries[0][0]
    if type(node) is not Scalar or node.style:
        return None
    slip = find_slip(node.source, node.here.position[0])
    return slip if slip and slip.code in _MAKE_A_TEXT else None


def how_to_write(cls: type[Record], node: Node) -> str:
    """Return what to type where a record is wanted and something else stands."""
    if type(node) is Scalar and cls.NAMES & {"heading", "text"}:
        return f"在前面加上 {cls.REQUIRED[0].name if cls.REQUIRED else 'text'}: "
    example = next((f"，如 {key.name}: {key.example}" for key in cls.KEYS if key.example), "")
    return f"另起一行，缩进后写 键: 值{example or '，键可以是：' + '、'.join(key.name for key in cls.KEYS)}"


def _is_in_braces(node: Node) -> bool:
    return node.source.text.startswith("{", node.start)
