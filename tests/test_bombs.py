"""Plans made to choke a program: each is refused, or read in about the time a plain plan of its size takes."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from plangen import api
from plangen.diagnostics import Diagnostic
from test_bounds import is_done_in, least

HEAD: Final = "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n"
SIZE: Final = 30_000
"""Characters of a bomb; what takes quadratic time takes seconds for as many."""

TASKS: Final = HEAD + "    tasks:\n" + "      - {heading: 丙, text: 丁。}\n" * (SIZE // 30)
"""A plain plan of that size."""

BOMBS: Final = {
    "billion laughs": "".join(
        f"a{k}: &a{k} [{', '.join([f'*a{k - 1}'] * 10) if k else 'x'}]\n" for k in range(SIZE // 60)
    ),
    "anchors": "".join(f"a{k}: &a{k} x\n" for k in range(SIZE // 12)),
    "aliases": "[" + "*a, " * (SIZE // 4) + "]",
    "brackets": "[" * SIZE,
    "brackets in a value": HEAD + "    text: " + "[" * SIZE,
    "braces": "{a: " * (SIZE // 4),
    "braces closed": "{a: " * (SIZE // 8) + "}" * (SIZE // 8),
    "dashes": "- " * (SIZE // 2),
    "questions": "? " * (SIZE // 2),
    "blocks in blocks": "".join(" " * k + "a:\n" for k in range(240)),
    "sections in sections": "title: 甲\nyear: 2027\n"
    + "".join("  " * k + "sections:\n" + "  " * k + "- heading: 甲\n" for k in range(120)),
    "unknown keys": "".join(f"k{k}: x\n" for k in range(SIZE // 8)),
    "unknown keys like one": "".join(f"title{k}: x\n" for k in range(SIZE // 12)),
    "one unknown key": "a: x\n" * (SIZE // 5),
    "one key": "title: x\n" * (SIZE // 9),
    "keys on one line": "{" + "".join(f"k{k}: x, " for k in range(SIZE // 10)) + "}",
    "slips on every line": "".join(f"k{k}：x\n" for k in range(SIZE // 8)),
    "dashes without blanks": HEAD + "    tasks:\n" + "      -丙\n" * (SIZE // 9),
    "slips in braces": HEAD + "    targets: [{indicator: 甲" + "a:b," * (SIZE // 4) + "}]\n",
    "a long key": "甲" * SIZE + ": x",
    "a year": f"title: 甲\nyear: {'9' * SIZE}\nsections: []",
    "a copy number": HEAD + f"official: {{copy_number: {'9' * SIZE}}}",
    "a document number": HEAD + f"official: {{document_number: 云教〔2027〕{'9' * SIZE}号}}",
    "a goal": HEAD + f"    targets: [{{indicator: 丙, goal: {'9' * SIZE}}}]",
    "a goal of decimals": HEAD + f"    targets: [{{indicator: 丙, goal: '{'9.' * (SIZE // 2)}'}}]",
    "months": HEAD + f"    tasks: [{{heading: 丙, due: '{'9月' * (SIZE // 2)}'}}]",
    "months in Chinese": HEAD + f"    tasks: [{{heading: 丙, due: '{'一月' * (SIZE // 2)}'}}]",
    "days": HEAD + f"    tasks: [{{heading: 丙, due: '{'2027-9-' * (SIZE // 7)}'}}]",
    "a marker": HEAD + f"numbering: {{tasks: '{'1.' * (SIZE // 2)}'}}",
    "an id": HEAD + f"    id: {'a-' * (SIZE // 2)}!",
}

SIGNS: Final = (
    *(
        " ",
        "　",
        "\t",
        "[",
        "]",
        "［",
        "【",
        "{",
        '"',
        "'",
        "“",
        "9",
        "：",
        "，",
        "#",
        "—",
        ".",
        "%",
        "|",
        "\\",
        "{@a}",
    ),
    *(
        "××",
        "2027年",
        "3—5万",
        "a@b.",
        "http://",
        "《",
        "（",
        "a ",
        "、等",
        "第1个",
        "甲。",
        "\u2028",
        "text：",
        "{a: ",
    ),
)
"""What rules and slips search for: a wall of each."""


def checking(text: str, folder: Path) -> Callable[[], list[Diagnostic]]:
    """Return what checks a plan of this text."""
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return lambda: api.check_plan(path)


@pytest.fixture(scope="module")
def limit(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Return the seconds a bomb may take: many times those of a plain plan of its size."""
    return 12 * least(checking(TASKS, tmp_path_factory.mktemp("plain"))) + 0.3


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_in_no_time(name: str, limit: float, tmp_path: Path) -> None:
    assert is_done_in(limit, checking(BOMBS[name], tmp_path))


@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_wall_of_signs_is_read_in_no_time(sign: str, limit: float, tmp_path: Path) -> None:
    wall = sign * (SIZE * 2 // 3 // len(sign))
    single = wall.replace("'", "''")
    right = f"{HEAD}    text: '{single}'\n"
    for text in (right, f"{HEAD}    text: 甲{wall}\n  x\n", f"{HEAD}    甲{wall[:3000]}: x\n"):
        assert is_done_in(limit, checking(text, tmp_path))


def test_one_line_takes_no_longer_than_many(tmp_path: Path) -> None:
    sentence = "扩大公办学位供给，新增学位三千个。"
    count = SIZE // len(sentence)
    lines = least(checking(HEAD + "    text: |\n" + f"      {sentence}\n" * count, tmp_path))
    assert is_done_in(4 * lines + 0.3, checking(f"{HEAD}    text: {sentence * count}\n", tmp_path))
