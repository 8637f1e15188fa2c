"""The field reference of the manual: Markdown tables of every key a plan may hold, made from the schema."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from plangen.plan.model import Plan
from plangen.plan.schema import Key, Record

_COLUMNS: Final = ("键", "中文", "种类", "必填", "意思", "例")
_TOP: Final = "文件最外层"
"""What holds the keys of the plan itself, which is the value of no key."""


class _Use(NamedTuple):
    """A place where a record may stand: a key of another record."""

    holder: type[Record]
    key: Key


def field_reference() -> str:
    """Return the tables, one a record, each where someone who reads the schema from the top first meets it."""
    uses = _uses()
    return "\n".join(line for cls in uses for line in (*_introduction(cls, uses), *_table(cls)))


def _uses() -> dict[type[Record], list[_Use]]:
    """Return every class of record with the places where it may stand, depth first from the plan."""
    found: dict[type[Record], list[_Use]] = {Plan: []}

    def visit(holder: type[Record]) -> None:
        for key in holder.KEYS:
            if key.kind.record:
                cls = key.kind.record()
                known = cls in found
                found.setdefault(cls, []).append(_Use(holder, key))
                if not known:
                    visit(cls)

    visit(Plan)
    return found


def _introduction(cls: type[Record], uses: dict[type[Record], list[_Use]]) -> Iterator[str]:
    """Yield the lines above a record's table: what it is called, and where it is written."""
    if not uses[cls]:
        yield from ("### 计划", "", f"写在{_TOP}，不缩进。", "")
        return
    key = uses[cls][0].key
    holders = [f"“{uses[use.holder][0].key.twin}”里" if uses[use.holder] else _TOP for use in uses[cls]]
    yield from (
        f"### {key.twin} `{key.name}`",
        "",
        f"写在{'、'.join(sorted(holders, key=lambda holder: holder != _TOP))}。",
        "",
    )


def _table(cls: type[Record]) -> Iterator[str]:
    yield _row(_COLUMNS)
    yield _row(["---"] * len(_COLUMNS))
    for key in cls.KEYS:
        required = "是" if key.required else ""
        yield _row((_code(key.name), _code(key.twin), key.kind.name, required, key.explanation, _code(key.example)))
    yield ""


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
