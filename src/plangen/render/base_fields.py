"""The fields of base documents: small facts of a plan, by the names the plan format gives them."""

from collections.abc import Callable, Mapping
from typing import Final

from plangen.outline.model import Outline
from plangen.plan.model import Official, Plan

PLAN: Final = "plan"
"""The name of what is no field: the paragraph where the plan goes."""

_PLAN_TWIN: Final = "计划"

FIELDS: Final[Mapping[str, Callable[[Outline], str]]] = {
    "title": lambda outline: outline.title,
    "year": lambda outline: str(outline.year),
    "issuer": lambda outline: outline.issuer,
}
"""Every field, and what a plan says there; an empty text means that it says nothing."""

_SPELLINGS: Final = {PLAN: PLAN, _PLAN_TWIN: PLAN} | {
    spelling: key.name
    for record in (Official, Plan)
    for spelling, key in record.SPELLINGS.items()
    if key.name in FIELDS
}


def field_named(typed: str) -> str | None:
    """Return the English name of a field, or `plan`, that is written in English or Chinese; `None` for anything else.

    Upper case is lower case here: Word capitalizes what begins a line.
    """
    return _SPELLINGS.get(typed.lower())


def twin(name: str) -> str:
    """Return the Chinese name of a field."""
    return next(spelling for spelling, meant in _SPELLINGS.items() if meant == name and spelling != name)


def advice(typed: str) -> str:
    """Return how to mend the name of a field that is none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

    near = get_close_matches(typed.lower(), _SPELLINGS, 1, 0.5)
    return f"是否想写 {near[0]}？" if near else f"可以写：{'、'.join((PLAN, *FIELDS))}"
