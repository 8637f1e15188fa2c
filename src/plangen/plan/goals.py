"""Goals: a target's figure as an official writes it (`97.8%以上`, `控制在5%以内`), taken apart exactly."""

import re
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

ACCEPTED_FORMS: Final = "97.8%以上、控制在5%以内、不低于92%、≥98%、15%～20%、新增12所、下降0.5个百分点、约3000人"


class Comparator(Enum):
    """How a goal's value is meant."""

    EQUAL = "="
    AT_LEAST = "≥"
    AT_MOST = "≤"
    ABOUT = "≈"
    INCREASE_BY = "+"
    DECREASE_BY = "-"


class Goal(NamedTuple):
    """A goal taken apart; `str()` of it is what its author wrote.

    `verb` is empty when the author wrote none. `upper` is the end of a range (15%～20%), else `None`. `unit` is as
    written (%, 所, 个百分点), possibly empty. `relational` says that a word or sign such as 不低于, 约 or ≥ stands in the
    verb's place.
    """

    written: str
    verb: str
    comparator: Comparator
    value: Decimal
    upper: Decimal | None
    unit: str
    relational: bool

    def __str__(self) -> str:
        return self.written

    @property
    def phrase(self) -> str:
        """The goal with the verb its indicator needs: 达到, or 控制在 for a ceiling, where the author wrote none."""
        if self.verb or self.relational:
            return self.written
        return ("控制在" if self.comparator is Comparator.AT_MOST else "达到") + self.written


class GoalError(ValueError):
    """A goal that cannot be taken apart."""


_AT_LEAST = (
    "不低于",
    "不少于",
    "不小于",
    "不下于",
    "至少",
    "高于",
    "多于",
    "大于",
    "超过",
    "突破",
    "≥",
    ">=",
    ">",
    "＞",
)
_AT_MOST = ("不高于", "不超过", "不多于", "不大于", "至多", "低于", "少于", "小于", "≤", "<=", "<", "＜")
_ABOUT = ("约", "大约", "近", "接近", "≈")
_SUFFIXES: Final = {
    **dict.fromkeys(("及以上", "以上"), Comparator.AT_LEAST),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), Comparator.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Comparator.ABOUT),
}
_PREFIXES: Final = {
    **dict.fromkeys(_AT_LEAST, Comparator.AT_LEAST),
    **dict.fromkeys(_AT_MOST, Comparator.AT_MOST),
    **dict.fromkeys(_ABOUT, Comparator.ABOUT),
}
_INCREASES = ("增", "提高", "提升", "上升", "扩大", "新")
_DECREASES = ("降", "下降", "减", "压减", "压缩", "缩小", "缩短")
_ARRIVALS = ("到", "至", "达", "为", "在")
"""A verb that ends so names the value reached (提高到, 降至), not the change."""

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


def _any(words: tuple[str, ...] | dict[str, Comparator]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_GOAL = re.compile(
    rf"(?P<verb>[\u3400-\u9fff]{{0,12}}?)(?P<prefix>{_any(_PREFIXES)})?\s*(?P<value>{_NUMBER})"
    rf"(?:(?P<lower_unit>[%％‰\u3400-\u9fff]{{0,8}}?)\s*[～~—–-]{{1,2}}\s*(?P<upper>{_NUMBER}))?"
    rf"\s*(?P<unit>[%％‰℃㎡A-Za-z/·\u3400-\u9fff]{{0,12}}?)(?P<suffix>{_any(_SUFFIXES)})?"
)


def parse_goal(written: str) -> Goal:
    """Take a goal apart; raise `GoalError` when it is none of the `ACCEPTED_FORMS`."""
    found = _GOAL.fullmatch(written)
    if not found or (found["lower_unit"] and found["lower_unit"] != found["unit"]):
        raise GoalError(written)
    verb, prefix, suffix = found["verb"], found["prefix"], found["suffix"]
    comparator = _PREFIXES.get(prefix or "") or _SUFFIXES.get(suffix or "") or _by_verb(verb)
    upper = found["upper"]
    return Goal(
        written=written,
        verb=verb,
        comparator=comparator,
        value=_decimal(found["value"]),
        upper=_decimal(upper) if upper else None,
        unit=found["unit"],
        relational=prefix is not None,
    )


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _by_verb(verb: str) -> Comparator:
    if not verb or verb.endswith(_ARRIVALS):
        return Comparator.AT_MOST if verb.startswith("控制") else Comparator.EQUAL
    if verb.startswith(_INCREASES):
        return Comparator.INCREASE_BY
    return Comparator.DECREASE_BY if verb.startswith(_DECREASES) else Comparator.EQUAL
