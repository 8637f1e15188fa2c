"""How a text is numbered: the signs its entries bear, and whether they are counted on from group to group."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from plangen.plan import model
from plangen.plan.markers import UNNUMBERED, Marker, parse_marker

_NUMERAL: Final = re.compile(r"[一二三四五六七八九十百]+|\d+|[①-⑳]")
_FIRSTS: Final = {**dict.fromkeys("0123456789", "1"), **dict.fromkeys("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "①")}
"""The first numeral of the kind a numeral is of, by its first sign; Chinese ones are the rest."""

_BRACKETS: Final = str.maketrans({"(": "（", ")": "）"})


class _Group(NamedTuple):
    """Entries that were counted together: their signs, and their numbers."""

    signs: Sequence[str]
    numbers: Sequence[int]


class Counts:
    """What was counted so far; signs are numbers as the first of their kind."""

    def __init__(self) -> None:
        self._sections: dict[int, list[str]] = {}
        """The signs of sections by depth, from 1."""
        self._tasks: list[_Group] = []
        self._items: dict[int, list[_Group]] = {}
        """The groups of points by depth, from 1."""

    def section(self, depth: int, sign: str) -> None:
        """Note a section."""
        self._sections.setdefault(depth, []).append(sign)

    def tasks(self, signs: Sequence[str], numbers: Sequence[int]) -> None:
        """Note the tasks of a section; what is counted with them and is none has a number and no sign."""
        self._tasks.append(_Group(signs, numbers))

    def items(self, depth: int, signs: Sequence[str], numbers: Sequence[int]) -> None:
        """Note points that stand together."""
        self._items.setdefault(depth, []).append(_Group(signs, numbers))

    def numbering(self, *, inline: bool) -> model.Numbering:
        """Return how everything is numbered that was noted; `inline` says that points run on in one paragraph."""
        tasks = usual(_signs(self._tasks))
        running = {"tasks": self._tasks, "items": self._items.get(1, [])}
        return model.Numbering(
            sections=tuple(marker(usual(signs)) for _, signs in sorted(self._sections.items())) or None,
            tasks=marker(tasks) if tasks else None,
            items=tuple(marker(usual(_signs(groups))) for _, groups in sorted(self._items.items())) or None,
            continuous=frozenset(name for name, groups in running.items() if _run_on(groups)) or None,
            inline=frozenset(("items",)) if inline else None,
        )


def first_sign(sign: str) -> str:
    """Return a number as the first of its kind (（三） is （一）, a bare 3 is 1.); "" of none."""
    written = sign.translate(_BRACKETS).strip()
    first = _NUMERAL.sub(lambda found: _FIRSTS.get(found[0][0], "一"), written)
    return f"{first}." if first == "1" else first


def usual(signs: Sequence[str]) -> str:
    """Return what is most often there, of several the first; "" where there is nothing."""
    return max(Counter(signs).items(), key=lambda each: each[1])[0] if signs else ""


def marker(sign: str) -> Marker:
    """Return the marker of a sign, that of entries without a number for ""."""
    return parse_marker(sign) if sign else UNNUMBERED


def _signs(groups: Iterable[_Group]) -> list[str]:
    return [sign for group in groups for sign in group.signs]


def _run_on(groups: Sequence[_Group]) -> bool:
    """Whether numbers run on from group to group."""
    pairs = list(pairwise(groups))
    return bool(pairs) and all(after.numbers[0] == before.numbers[-1] + 1 for before, after in pairs)
