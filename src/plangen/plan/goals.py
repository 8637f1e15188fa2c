"""Goals: a target's figure as an official writes it (`97.8%以上`, `控制在5%以内`), taken apart exactly."""

import re
from collections.abc import Callable
from decimal import Context, Decimal
from enum import Enum
from typing import Final, NamedTuple

ACCEPTED_FORMS: Final = (
    "97.8%以上、控制在5%以内、不低于92%、≥98%、15%～20%、17:1以内、新增12所、下降0.5个百分点、约3000人"
)


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
    written (%, 所, 个百分点), possibly empty; of a ratio 17:1 the value is 17 and the unit `:1`. `relational` says that
    a word or sign such as 不低于, 约 or ≥ stands in the verb's place.
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

    @property
    def is_ratio(self) -> bool:
        """Whether the goal is a ratio (17:1, 1/3), whose two numbers make sense together only."""
        return self.unit.startswith(_RATIO_SIGNS)

    @property
    def is_change(self) -> bool:
        """Whether the goal names a change (新增12所, 下降0.5个百分点) and not the value to be reached."""
        return _by_verb(self.verb) in (Comparator.INCREASE_BY, Comparator.DECREASE_BY)

    @property
    def amount(self) -> Decimal | None:
        """The one number of the goal; `None` for a range and for a ratio."""
        return None if self.upper is not None or self.is_ratio else self.value


class Change(NamedTuple):
    """How far a goal is from its baseline: as an official writes it, and as a signed number where it is one."""

    text: str
    amount: Decimal | None


class GoalError(ValueError):
    """A goal that cannot be taken apart."""


_PREFIXES: Final = {
    **dict.fromkeys(
        ("不低于", "不少于", "不小于", "不下于", "至少", "高于", "多于", "大于", "超过", "突破", "≥", ">=", ">", "＞"),
        Comparator.AT_LEAST,
    ),
    **dict.fromkeys(
        ("不高于", "不超过", "不多于", "不大于", "至多", "低于", "少于", "小于", "≤", "<=", "<", "＜"),
        Comparator.AT_MOST,
    ),
    **dict.fromkeys(("大约", "接近", "约", "近", "≈"), Comparator.ABOUT),
}
_SUFFIXES: Final = {
    **dict.fromkeys(("及以上", "以上"), Comparator.AT_LEAST),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), Comparator.AT_MOST),
    **dict.fromkeys(("左右", "上下"), Comparator.ABOUT),
}
_INCREASES: Final = ("增", "提高", "提升", "上升", "扩大", "新")
_DECREASES: Final = ("降", "下降", "减", "压减", "压缩", "缩小", "缩短")
_ARRIVALS: Final = ("到", "至", "达", "为", "在")
"""A verb that ends so names the value reached (提高到, 降至), not the change."""

_RATIO_SIGNS: Final = (":", "：", "∶", "/")
_POINTS: Final = {"%": "个百分点", "％": "个百分点", "‰": "个千分点"}
"""Units whose differences have a unit of their own."""

_POINT_UNITS: Final = tuple(_POINTS.values())

_EXACT: Final = Context(prec=200)
"""More digits than two goals have."""

_LONGEST_WORD: Final = 12
"""Most characters of a verb or a unit; what is longer is a sentence, which a goal is not."""

_LONGEST_GOAL: Final = 80
"""Most characters of a goal; what is longer is a sentence."""

_NUMBER: Final = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
GOAL_PATTERN: Final = (
    rf"(?P<before>[^0-9]*?)\s*(?P<value>{_NUMBER})(?P<ratio>[:：∶/][0-9]+)?"
    rf"(?:(?P<lower_unit>[^0-9～~—–－-]*?)\s*(?:[～~—–－-]{{1,2}}|至|到)\s*(?P<upper>{_NUMBER}))?"
    r"\s*(?P<after>[^0-9]*)"
)
"""How a goal is put together; what its words may be is for `parse_goal` to say."""

_GOAL: Final = re.compile(GOAL_PATTERN)


def parse_goal(written: str) -> Goal:
    """Take a goal apart; raise `GoalError` when it is none of the `ACCEPTED_FORMS`."""
    found = _GOAL.fullmatch(written) if len(written) <= _LONGEST_GOAL else None
    if not found:
        raise GoalError(written)
    verb, prefix = _split(found["before"], _PREFIXES, found["before"].endswith)
    word, suffix = _split(found["after"], _SUFFIXES, found["after"].endswith)
    unit = (found["ratio"] or "") + word
    if not (_is_word(verb) and _is_word(word)) or found["lower_unit"] not in (None, "", unit):
        raise GoalError(written)
    upper = found["upper"]
    return Goal(
        written=written,
        verb=verb,
        comparator=prefix or suffix or _by_verb(verb),
        value=_decimal(found["value"]),
        upper=_decimal(upper) if upper else None,
        unit=unit,
        relational=prefix is not None,
    )


def read_baseline(written: str) -> Goal | None:
    """Return a baseline taken apart like a goal; `None` when it is not one exact figure (97.5%, 260人次)."""
    try:
        found = parse_goal(written)
    except GoalError:
        return None
    return found if found.comparator is Comparator.EQUAL and found.amount is not None else None


def change(baseline: str, goal: Goal) -> Change | None:
    """Return how far a goal is from a baseline, compared exactly; percentages in percentage points.

    A goal that is itself a change is its own. `None` when there is nothing to compare: no baseline or none that can be
    read, different units, a range, a ratio.
    """
    amount = goal.amount
    if goal.is_change:
        fewer = _by_verb(goal.verb) is Comparator.DECREASE_BY
        return Change(goal.written, amount.copy_negate() if amount is not None and fewer else amount)
    before = read_baseline(baseline)
    if before is None or before.unit != goal.unit or amount is None:
        return None
    difference = _EXACT.subtract(amount, before.value)
    if not difference:
        return Change("持平", Decimal(0))
    unit = _POINTS.get(goal.unit, goal.unit)
    more, less = ("提高", "下降") if unit.endswith(_POINT_UNITS) else ("增加", "减少")
    return Change(f"{more if difference > 0 else less}{_plain(difference.copy_abs())}{unit}", difference)


def shift(old: Goal, new: Goal) -> Change | None:
    """Return how far the figure of a goal was moved: ↑0.5个百分点; percentages in percentage points.

    `None` when there is nothing to compare: different units, a range, a ratio, an increase against a decrease.
    """
    before, after = old.amount, new.amount
    kinds = {goal.comparator if goal.is_change else None for goal in (old, new)}
    if before is None or after is None or old.unit != new.unit or len(kinds) > 1:
        return None
    difference = _EXACT.subtract(after, before)
    if not difference:
        return Change("数值不变", Decimal(0))
    unit = _POINTS.get(new.unit, new.unit)
    return Change(f"{'↑' if difference > 0 else '↓'}{_plain(difference.copy_abs())}{unit}", difference)


def without_unit(written: str, unit: str) -> str:
    """Return a figure as it stands beside a column that states the unit: 97.8%以上 is 97.8以上; a ratio is kept."""
    if not unit or unit.startswith(_RATIO_SIGNS):
        return written
    return re.sub(rf"(?<=[0-9])\s*{re.escape(unit)}", "", written)


def _plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _split(text: str, words: dict[str, Comparator], ends_with: Callable[[str], bool]) -> tuple[str, Comparator | None]:
    """Return a text without the comparing word it ends with, and what that word means."""
    word = max(filter(ends_with, words), key=len, default="")
    return text.removesuffix(word).strip(), words.get(word)


def _is_word(text: str) -> bool:
    """Whether a text can be a verb or a unit: short, and without punctuation of a sentence."""
    return len(text) <= _LONGEST_WORD and not any(
        character.isdigit() or character in "，。；：、！？,;:!?+-± " for character in text
    )


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", ""))


def _by_verb(verb: str) -> Comparator:
    if not verb or verb.endswith(_ARRIVALS):
        return Comparator.AT_MOST if verb.startswith("控制") else Comparator.EQUAL
    if verb.startswith(_INCREASES):
        return Comparator.INCREASE_BY
    return Comparator.DECREASE_BY if verb.startswith(_DECREASES) else Comparator.EQUAL


BLANK_GOAL: Final = Goal("", "", Comparator.EQUAL, Decimal(0), None, "", relational=False)
"""Stands in for a goal that is wrong or missing."""
