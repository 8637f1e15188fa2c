"""What a drafter meant: advice for keys nobody knows and values of the wrong kind."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Span
from plangen.plan.model import Item, Plan, Section, Target, Task
from plangen.plan.schema import INCLUDE, Record
from plangen.source.nodes import Mapping, Node, Scalar
from plangen.source.slips import SPACES, blame, find_slip
from plangen.source.swallowed import colon_in_text, glued_key, typed_name

_NEAR: Final = 0.5
"""How alike a key must be to be what was meant, from 0 to 1."""

_SPACE_AT_THE_END: Final = re.compile(rf"(\w+) *([{SPACES}]+) *")
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
    return (
        _not_used(key)
        or _slip_of_a_key(cls, key)
        or _broken_by_a_comma(mapping, key, value)
        or _in_the_wrong_place(cls, key, root)
        or _unknown(cls, mapping, key)
    )


def _not_used(key: Scalar) -> UnknownKey | None:
    if key.text == "<<":
        return UnknownKey(Diagnostic("Y022", "不能用合并键（<<）", key.here, "把内容直接写出来"))
    if key.text in INCLUDE:
        hint = "在部分或任务的列表里写成单独的一条：- include: 文件.yaml"
        return UnknownKey(Diagnostic("D541", f"“{key.text}”不写在这里", key.here, hint))
    return None


def _broken_by_a_comma(mapping: Mapping, key: Scalar, value: Node) -> UnknownKey | None:
    if not (mapping.in_braces and type(value) is Scalar and value.empty and value.end <= key.end + 1):
        return None
    hint = "大括号里半角逗号会断开文字：整个值用引号括起来，或改用全角逗号"
    return UnknownKey(Diagnostic("D501", f"逗号后面的“{key.text}”被当成了键", key.here, hint))


def _in_the_wrong_place(cls: type[Record], key: Scalar, root: type[Record]) -> UnknownKey | None:
    typed = key.text
    elsewhere = [place for place, other in _places(root) if typed in other.SPELLINGS and other is not cls]
    if not elsewhere:
        return None
    hint = f"{typed} 写在{'、'.join(elsewhere)}里，检查缩进，或者移过去"
    return UnknownKey(Diagnostic("D501", f"键“{typed}”不写在这里", key.here, hint))


def _unknown(cls: type[Record], mapping: Mapping, key: Scalar) -> UnknownKey:
    typed = key.text
    chinese = any(character > "\u2e80" for character in typed)
    allowed = {k.twin if chinese else k.name: k.name for k in cls.KEYS}
    near = get_close_matches(typed.strip(), allowed, 1, _NEAR)
    if near:
        diagnostic = Diagnostic("D501", f"不认识的键“{typed}”", key.here, f"是否想写 {near[0]}？")
        return UnknownKey(diagnostic, allowed[near[0]])
    if cls is Item and len(mapping.entries) == 1:
        return UnknownKey(colon_in_text(key))
    return UnknownKey(Diagnostic("D501", f"不认识的键“{typed}”", key.here, f"这里可以写：{'、'.join(allowed)}"))


def _slip_of_a_key(cls: type[Record], key: Scalar) -> UnknownKey | None:
    """Return the slip of the keyboard that made nothing known of a key, and the key that was meant."""
    glued = glued_key(cls, key)
    if glued:
        return UnknownKey(glued, cls.SPELLINGS[typed_name(key)].name)
    spaced = None if key.style else _SPACE_AT_THE_END.fullmatch(key.text)
    if spaced and spaced[1] in cls.SPELLINGS:
        span = Span(key.source, key.start + spaced.start(2), key.start + spaced.end(2))
        return UnknownKey(blame("special space at a key", span), cls.SPELLINGS[spaced[1]].name)
    slip = None if key.text[:1].isalnum() else find_slip(key.source, key.here.position[0])
    meant = cls.SPELLINGS.get(re.sub(rf"^[{SPACES}]+", "", key.text))
    return UnknownKey(slip, meant.name if meant else "") if slip else None


def _places(root: type[Record]) -> Iterable[tuple[str, type[Record]]]:
    """Return the records whose keys may have been meant, by what they are called."""
    if root is Plan:
        return _PLACES
    below = ((key.name, key.kind.record()) for key in root.KEYS if key.kind.record)
    return (("最外层", root), *below)


def how_to_write(cls: type[Record], node: Node) -> str:
    """Return what to type where a record is wanted and something else stands."""
    if type(node) is Scalar and cls.NAMES & {"heading", "text"}:
        return f"在前面加上 {cls.REQUIRED[0].name if cls.REQUIRED else 'text'}: "
    example = next((f"，如 {key.name}: {key.example}" for key in cls.KEYS if key.example), "")
    return f"另起一行，缩进后写 键: 值{example or '，键可以是：' + '、'.join(key.name for key in cls.KEYS)}"
