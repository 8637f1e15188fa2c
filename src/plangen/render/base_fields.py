"""The fields of base documents: small facts of a plan, by the names the plan format gives them."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from plangen.outline.model import Official, Outline
from plangen.plan import model

PLAN: Final = "plan"
"""The name of what is no field: the paragraph where the plan goes."""

_PLAN_TWIN: Final = "计划"

_BETWEEN: Final = "、"
"""What stands between the entries of a field that has several."""

_PLAN_FIELDS: Final[Mapping[str, Callable[[Outline], str]]] = {
    "title": lambda outline: outline.title,
    "year": lambda outline: str(outline.year),
    "issuer": lambda outline: outline.issuer,
}
_OFFICIAL_FIELDS: Final[Mapping[str, Callable[[Official], str]]] = {
    "copy_number": lambda official: official.copy_number,
    "secrecy": lambda official: official.secrecy,
    "urgency": lambda official: official.urgency,
    "organ_mark": lambda official: _BETWEEN.join(official.organ_mark) + official.mark_suffix,
    "document_number": lambda official: official.document_number,
    "signatories": lambda official: _BETWEEN.join(official.signatories),
    "recipients": lambda official: official.recipients,
    "signature": lambda official: _BETWEEN.join(official.signature),
    "date": lambda official: official.date,
    "note": lambda official: official.note,
    "copies_to": lambda official: official.copies_to,
    "printed_by": lambda official: official.printed_by,
    "printed_on": lambda official: official.printed_on,
}
FIELDS: Final = (*_PLAN_FIELDS, *_OFFICIAL_FIELDS)
"""The names of all fields."""

_HEAD: Final = ("copy_number", "secrecy", "urgency", "organ_mark", "document_number", "signatories")
_ELEMENTS: Final = (
    _HEAD,
    ("recipients",),
    ("signature", "date"),
    ("note",),
    ("copies_to", "printed_by", "printed_on"),
)
"""The fields of each element that stands in one place of a document (GB/T 9704-2012 clauses 7.2 to 7.4)."""

_SPELLINGS: Final = {PLAN: PLAN, _PLAN_TWIN: PLAN} | {
    spelling: key.name
    for record in (model.Official, model.Plan)
    for spelling, key in record.SPELLINGS.items()
    if key.name in FIELDS
}


def field_named(typed: str) -> str | None:
    """Return the English name of a field, or `plan`, that is written in English or Chinese; `None` for anything else.

    Upper case is lower case here: Word capitalizes what begins a line.
    """
    return _SPELLINGS.get(typed.lower())


def field_values(outline: Outline) -> dict[str, str]:
    """Return what a plan says in every field; an empty text where it says nothing."""
    official = outline.official
    said = {name: read(outline) for name, read in _PLAN_FIELDS.items()}
    return said | {name: read(official) if official else "" for name, read in _OFFICIAL_FIELDS.items()}


def without_elements(outline: Outline, fields: Collection[str]) -> Outline:
    """Return a plan without the elements of an official document that fields belong to.

    A base with a document number has a red head of its own, and so on: nothing is to be printed twice.
    """
    official = outline.official
    elements = [element for element in _ELEMENTS if not set(element).isdisjoint(fields)]
    if official is None or not elements:
        return outline
    emptied = {name: type(getattr(official, name))() for element in elements for name in element}
    if _HEAD in elements:
        emptied |= {"head": "document", "mark_suffix": "", "number_lines": ()}
    return outline._replace(official=official._replace(**emptied))


def left_out(outline: Outline, fields: Collection[str], text: str) -> list[str]:
    """Return the fields whose values `without_elements` leaves to a base that has no such field.

    `text` is the base's own, which may say the value without a field, as many do the organ mark.
    """
    values = field_values(outline)
    elements = [element for element in _ELEMENTS if not set(element).isdisjoint(fields)]
    return [name for element in elements for name in element if name not in fields and values[name] not in text]


def twin(name: str) -> str:
    """Return the Chinese name of a field."""
    return next(spelling for spelling, meant in _SPELLINGS.items() if meant == name and spelling != name)


def advice(typed: str) -> str:
    """Return how to mend the name of a field that is none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

    near = get_close_matches(typed.lower(), _SPELLINGS, 1, 0.5)
    return f"是否想写 {near[0]}？" if near else f"可以写：{'、'.join((PLAN, *FIELDS))}"
