"""Random plans as their authors would type them, and what each must read like – worked out without plangen."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

Typed = dict[str, Any]
"""A mapping of a plan file: texts, lists and mappings, as typed."""

MARKUP = "&<>{}[]()*_`#|\\\"'~!+-=.:;/@%1a 。，“”—"
UNUSUAL = "😀👨‍👩‍👧𠮷𪚥é　①％"
UNPRINTABLE = "\ufeff\ufffe\uffff"
"""What neither YAML nor plans can hold, besides control characters and lone surrogates."""
CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), *range(127, 133), *range(134, 160))] + [
    *UNPRINTABLE
]

CHARACTERS = (
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=UNPRINTABLE)
    | st.sampled_from(MARKUP)
    | st.sampled_from(UNUSUAL)
    | st.sampled_from("坚持立德树人扩大公办学位供给")
)
TOKENS = st.sampled_from(
    ["{@", "{{@a}", "**", "~~", "](", "&lt;", "<b>", "1. ", " # ", "\\n", "]]>", "{{ x }}", "{% if"]
)
"""What several characters together might mean to YAML, Markdown, XML, Jinja2 or plangen."""
ENDINGS = st.sampled_from(["", "", "。", "？", "：", "；", "……", "。”", "！）"])
TEXTS = (
    st.builds(lambda parts, end: "".join(parts) + end, st.lists(CHARACTERS | TOKENS, min_size=1, max_size=12), ENDINGS)
    .map(str.strip)
    .filter(bool)
)
"""One line of anything that can be typed."""
PROSES = st.lists(TEXTS, min_size=1, max_size=2)
"""Paragraphs."""
GOALS = st.sampled_from(["97.8%以上", "控制在5%以内", "不低于92%", "新增12所", "15%～20%", "约3000人", "100%"])

SECTION_MARKERS = ["一、", "（一）", "第一部分 ", "第一，", "1.", "none"]
TASK_MARKERS = ["1.", "（一）", "一是", "一是", "——", "none", "1.1 "]
ITEM_MARKERS = ["（1）", "①", "1)", "●"]


def plain_key(name: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Typed]:
    """Return a strategy for a mapping that may hold a key."""
    return st.one_of(st.just({}), values.map(lambda value: {name: value}))


def merged(*parts: st.SearchStrategy[Typed]) -> st.SearchStrategy[Typed]:
    """Return a strategy for a mapping made of several."""
    return st.tuples(*parts).map(lambda found: {name: value for part in found for name, value in part.items()})


TARGETS = st.lists(st.fixed_dictionaries({"indicator": TEXTS, "goal": GOALS}), max_size=2)
OWNERS = st.lists(TEXTS, min_size=1, max_size=2)
INNER_ITEMS = st.fixed_dictionaries({"text": PROSES})
ITEMS = merged(
    plain_key("heading", TEXTS),
    st.fixed_dictionaries({"text": PROSES}),
    plain_key("items", st.lists(INNER_ITEMS, min_size=1, max_size=2)),
)
TASKS = merged(
    st.one_of(
        st.fixed_dictionaries({"heading": TEXTS}),
        st.fixed_dictionaries({"text": PROSES}),
        st.fixed_dictionaries({"heading": TEXTS, "text": PROSES}),
    ),
    plain_key("items", st.lists(ITEMS, min_size=1, max_size=2)),
    plain_key("targets", TARGETS),
    plain_key("lead", OWNERS),
    plain_key("support", OWNERS),
)
OVERRIDES = plain_key("numbering", st.fixed_dictionaries({"tasks": st.sampled_from(["1.", "（1）", "none"])}))


def sections(depth: int) -> st.SearchStrategy[list[Typed]]:
    """Return a strategy for sections, `depth` deep at most."""
    return st.lists(
        merged(
            st.fixed_dictionaries({"heading": TEXTS}),
            plain_key("text", PROSES),
            plain_key("targets", TARGETS),
            plain_key("tasks", st.lists(TASKS, min_size=1, max_size=3)),
            OVERRIDES,
            plain_key("sections", sections(depth - 1)) if depth > 1 else st.just({}),
        ),
        min_size=1,
        max_size=2,
    )


NUMBERINGS = st.fixed_dictionaries(
    {
        "sections": st.lists(st.sampled_from(SECTION_MARKERS), min_size=3, max_size=3),
        "tasks": st.sampled_from(TASK_MARKERS),
        "items": st.lists(st.sampled_from(ITEM_MARKERS), min_size=2, max_size=2),
        "continuous": st.sampled_from(
            [[], ["tasks"], ["sections", "tasks"], ["items"], ["sections", "tasks", "items"]]
        ),
        "inline": st.lists(st.just("items"), max_size=1),
    }
)
LAYOUTS = st.fixed_dictionaries(
    {
        "task_heading": st.sampled_from(["run-in", "own-line"]),
        "run_in_mark": st.sampled_from(["。", "："]),
        "owners": st.sampled_from(["hidden", "bracket", "bracket"]),
    }
)
ENDS = (
    plain_key("issuer", TEXTS),
    plain_key("opening", PROSES),
    plain_key("guiding_thought", PROSES),
    plain_key("targets", TARGETS),
    plain_key("closing", PROSES),
    st.fixed_dictionaries({"layout": LAYOUTS}),
)
HEAD = st.fixed_dictionaries({"title": TEXTS, "year": st.just("2027")})
PLANS = st.one_of(
    merged(HEAD, st.fixed_dictionaries({"sections": sections(2)}), *ENDS),
    merged(HEAD, st.fixed_dictionaries({"numbering": NUMBERINGS, "sections": sections(3)}), *ENDS),
)


# --- how it is typed -------------------------------------------------------------------------------------------------

PROSE_KEYS = ("text", "opening", "guiding_thought", "closing")
REFERRING_KEYS = (*PROSE_KEYS, "heading")
"""Keys in whose text `{@` opens a reference, and is therefore typed `{{@`."""


def as_yaml(plan: Typed) -> str:
    """Return a plan as a file: block style, every text quoted."""
    return "\n".join(_mapping(plan, "")) + "\n"


def _mapping(mapping: Typed, indent: str) -> Iterator[str]:
    for name, value in mapping.items():
        if name in REFERRING_KEYS:
            lines = value if isinstance(value, list) else [value]
            yield f"{indent}{name}: " + _quoted("\n\n".join(line.replace("{@", "{{@") for line in lines))
        elif isinstance(value, str):
            yield f"{indent}{name}: {_quoted(value)}"
        elif isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _mapping(value, indent + "  ")
        elif not value or isinstance(value[0], str):
            if value:
                yield f"{indent}{name}: [{', '.join(map(_quoted, value))}]"
        else:
            yield f"{indent}{name}:"
            for each in value:
                first, *others = _mapping(each, indent + "    ")
                yield f"{indent}  - {first.lstrip(' ')}"
                yield from others


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# --- how it must read ------------------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """A text that must be found: at the start of the next paragraph, or further on in the same one."""

    text: str
    opens: bool


def numeral(system: str, number: int) -> str:
    """Return a number below 100."""
    if system == "1":
        return str(number)
    if system == "①":
        return "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"[number - 1]
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return ((digits[tens] if tens > 1 else "") + "十" if tens else "") + digits[ones].strip()


def label(marker: str, number: int, above: int) -> str:
    """Return what is printed before the entry number `number` whose parent is number `above`."""
    if marker == "none":
        return ""
    if marker == "1.1 ":
        return f"{above}.{number} "
    system = next((character for character in marker if character in "一1①"), "")
    return marker.replace(system, numeral(system, number)) if system else marker


class Reading:
    """What a plan must read like, piece by piece in document order."""

    def __init__(self, plan: Typed) -> None:
        self._plan = plan
        numbering: Mapping[str, Any] = plan.get("numbering", {})
        self._sections: Sequence[str] = numbering.get("sections", ["一、", "（一）"])
        self._tasks: str = numbering.get("tasks", "1.")
        self._items: Sequence[str] = numbering.get("items", ["（1）", "①"])
        self._continuous = numbering.get("continuous", [])
        self._inline_items = bool(numbering.get("inline", []))
        self._layout: Mapping[str, str] = plan.get("layout", {})
        self._counted: dict[tuple[str, int, str], int] = {}
        self._paragraph = False
        """Whether a paragraph is open in which an inline entry runs on."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the pieces."""
        plan = self._plan
        yield Piece(plan["title"], True)
        for name in ("opening", "guiding_thought"):
            yield from (Piece(text, True) for text in plan.get(name, ()))
        leading = [{"heading": "主要目标", "targets": plan["targets"]}] if plan.get("targets") else []
        yield from self._sections_pieces([*leading, *plan["sections"]], 1, self._tasks)
        yield from (Piece(text, True) for text in plan.get("closing", ()))

    def _number(self, level: str, depth: int, marker: str, siblings: list[str]) -> int:
        """Count an entry: among those with the same marker before it, in the whole plan or beside it."""
        if level in self._continuous and not marker.endswith("是"):
            key = (level, depth, marker)
            self._counted[key] = self._counted.get(key, 0) + 1
            return self._counted[key]
        siblings.append(marker)
        return siblings.count(marker)

    def _sections_pieces(self, sections: Sequence[Typed], depth: int, task_marker: str) -> Iterator[Piece]:
        siblings: list[str] = []
        for section in sections:
            marker = self._sections[depth - 1]
            number = self._number("sections", depth, marker, siblings)
            yield Piece(label(marker, number, 0) + section["heading"], True)
            yield from (Piece(text, True) for text in section.get("text", ()))
            self._paragraph = "text" in section
            mine = section.get("numbering", {}).get("tasks", task_marker)
            counted: list[str] = []
            for target in section.get("targets", ()):
                opening = label(mine, self._number("tasks", 1, mine, counted), number)
                yield Piece(opening + target["indicator"], self._opens(mine.endswith("是")))
                yield Piece(target["goal"] + "。", False)
            for task in section.get("tasks", ()):
                own = self._number("tasks", 1, mine, counted)
                yield from self._task(task, label(mine, own, number), inline=mine.endswith("是"))
                self._paragraph = self._paragraph and mine.endswith("是")
            yield from self._sections_pieces(section.get("sections", ()), depth + 1, mine)

    def _opens(self, inline: bool) -> bool:
        opens = not (inline and self._paragraph)
        self._paragraph = True if inline else self._paragraph
        return opens

    def _task(self, task: Typed, opening: str, *, inline: bool) -> Iterator[Piece]:
        own_line = self._layout.get("task_heading") == "own-line" and "heading" in task and not inline
        if own_line:
            yield Piece(opening + task["heading"], True)
            self._paragraph = False
            for text in task.get("text", ()):
                yield Piece(text, True)
                self._paragraph = True
        else:
            yield from self._entry(task, opening, inline=inline)
        targets = task.get("targets", ())
        for nth, target in enumerate(targets):
            yield Piece(target["indicator"], own_line and not self._paragraph and nth == 0)
            yield Piece(target["goal"] + ("。" if nth == len(targets) - 1 else "，"), False)
        self._paragraph = self._paragraph or bool(targets)
        yield from self._items_pieces(task.get("items", ()), 1)
        if self._layout.get("owners") == "bracket":
            for role, name in (("牵头单位：", "lead"), ("配合单位：", "support")):
                if name in task:
                    yield Piece(role + "、".join(task[name]), False)

    def _entry(self, entry: Typed, opening: str, *, inline: bool) -> Iterator[Piece]:
        texts = list(entry.get("text", ()))
        opens = not (inline and self._paragraph)
        if "heading" in entry:
            said = entry["heading"]
            mark = (
                ""
                if said.rstrip("”’》〉）〕】」』").endswith(tuple("。！？：；…"))
                else self._layout.get("run_in_mark", "。")
            )
            first = texts.pop(0) if texts else ""
            yield Piece(opening + said + mark + first, opens)
        else:
            yield Piece(opening + texts.pop(0), opens)
        yield from (Piece(text, not inline) for text in texts)
        self._paragraph = True

    def _items_pieces(self, items: Sequence[Typed], depth: int) -> Iterator[Piece]:
        siblings: list[str] = []
        for item in items:
            marker = self._items[depth - 1]
            number = self._number("items", depth, marker, siblings)
            yield from self._entry(item, label(marker, number, 0), inline=self._inline_items)
            yield from self._items_pieces(item.get("items", ()), depth + 1)
            self._paragraph = self._inline_items
