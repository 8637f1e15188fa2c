"""The field reference of the manual: Markdown tables of every key a plan may hold, made from the schema."""

from collections.abc import Iterator
from typing import Final

from plangen.plan.model import Plan
from plangen.plan.schema import Key, Record

_COLUMNS: Final = ("键", "中文", "种类", "必填", "意思", "例")
_ROOT: Final = "计划"
"""What the outermost record is called, which is the value of no key."""


def field_reference() -> str:
    """Return the tables, a record after the other, each where a reader of the schema first meets it."""
    holders = _holders()
    return "\n".join(line for cls in holders for line in _table(cls, holders[cls]))


def _holders() -> dict[type[Record], list[tuple[type[Record], Key]]]:
    """Return every class of record with the records and keys that hold it, depth first from the plan."""
    found: dict[type[Record], list[tuple[type[Record], Key]]] = {Plan: []}

    def visit(cls: type[Record]) -> None:
        for key in cls.KEYS:
            if key.kind.record:
                held = key.kind.record()
                known = held in found
                found.setdefault(held, []).append((cls, key))
                if not known:
                    visit(held)

    visit(Plan)
    names = {cls: held_by[0][1].twin if held_by else _ROOT for cls, held_by in found.items()}
    assert len(set(names.values())) == len(names), names
    return found


def _table(cls: type[Record], holders: list[tuple[type[Record], Key]]) -> Iterator[str]:
    """Yield the lines of a record's heading, of what holds it, and of its table."""
    if holders:
        key = holders[0][1]
        yield f"### {key.twin} `{key.name}`"
        yield ""
        yield f"写在{'、'.join(dict.fromkeys(_name(holder) for holder, _ in holders))}里。"
    else:
        yield f"### {_ROOT}"
        yield ""
        yield "文件的最外层，不缩进。"
    yield ""
    yield _row(_COLUMNS)
    yield _row(("---",) * len(_COLUMNS))
    for each in cls.KEYS:
        example = f"`{each.example}`" if each.example else ""
        yield _row((f"`{each.name}`", f"`{each.twin}`", each.kind.name, "是" * each.required, _meaning(each), example))
    yield ""


def _name(cls: type[Record]) -> str:
    """Return what a record is called: the Chinese name of the first key that holds it."""
    held_by = _holders()[cls]
    return f"“{held_by[0][1].twin}”" if held_by else "文件最外层"


def _meaning(key: Key) -> str:
    """Return what a key means, how its value is written, and what holds when it is left out."""
    said = [key.meaning, key.kind.hint]
    if isinstance(key.default, str) and key.default:
        said.append(f"不写就是“{key.default}”")
    return "。".join(filter(None, said))


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
