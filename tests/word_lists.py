"""How Word counts the numbered paragraphs of a document, after ECMA-376 Part 1, 17.9 – worked out without plangen.

Where the standard leaves a choice, or LibreOffice makes another one, `Habits` says which is taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final, NamedTuple
from zipfile import ZipFile

from lxml import etree

from strategies import numeral

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Level(NamedTuple):
    """A level of a list: the number it starts at, `w:numFmt`, `w:lvlText`, and the style it is tied to."""

    start: int
    format: str
    text: str
    style: str = ""


class Instance(NamedTuple):
    """A numbering instance: its definition, and the numbers at which levels start instead."""

    definition: str
    starts: Mapping[int, int]


class Habits(NamedTuple):
    """What programs do differently.

    Whether a level that is skipped counts as used; whether an instance with numbers of its own is a list of its own.
    """

    counts_skipped: bool = True
    starts_lists: bool = False


HABITS: Final = [Habits(*each) for each in product((True, False), repeat=2)]


class Counter:
    """Counts numbered paragraphs."""

    def __init__(
        self, definitions: Mapping[str, Sequence[Level]], instances: Mapping[str, Instance], habits: Habits
    ) -> None:
        self._definitions = definitions
        self._instances = instances
        self._habits = habits
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def label(self, instance: str, level: int) -> str:
        """Return the number of the next paragraph, which stands in a level of an instance."""
        definition, starts = self._instances[instance]
        levels = self._definitions[definition]
        own = self._habits.starts_lists and starts
        counts = self._counts.setdefault(f"{definition} {instance if own else ''}", {})
        if instance not in self._begun:
            self._begun.add(instance)
            for overridden in starts:
                counts.pop(overridden, None)
        for upper in range(level if self._habits.counts_skipped else 0):
            counts.setdefault(upper, starts.get(upper, levels[upper].start))
        counts[level] = counts[level] + 1 if level in counts else starts.get(level, levels[level].start)
        for lower in [lower for lower in counts if lower > level]:
            del counts[lower]
        return re.sub(
            r"%([1-9])",
            lambda found: shown(levels[int(found[1]) - 1].format, counts[int(found[1]) - 1]),
            levels[level].text,
        )


def shown(form: str, number: int) -> str:
    """Return a number below 200 as the most cautious program shows it: circles end at ⑩, and 101 is 一百〇一."""
    if form == "decimal":
        return str(number)
    if form == "decimalFullWidth":
        return str(number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    if form == "decimalEnclosedCircleChinese":
        return numeral("①", number) if number <= 10 else str(number)
    assert form == "chineseCountingThousand"
    return numeral("一", number) if number < 100 else "一百" + ("〇" + numeral("一", number % 100)) * (number > 100)


class Paragraph(NamedTuple):
    """A paragraph as Word shows it; `fields` and `links` are what it refers to, as (bookmark, text)."""

    style: str
    label: str
    text: str
    fields: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    bookmarks: tuple[str, ...]

    @property
    def reference(self) -> str:
        r"""What a `REF` field with `\n` to this paragraph shows (17.16.5.51)."""
        return self.label.rstrip(".")


def read_document(archive: ZipFile, habits: Habits = HABITS[0]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document."""
    styles = etree.fromstring(archive.read("word/styles.xml"))
    numbered = {style.get(f"{W}styleId"): style.find(f"{W}pPr/{W}numPr") for style in styles.iter(f"{W}style")}
    counter = _counter(archive, habits) if "word/numbering.xml" in archive.namelist() else None
    for paragraph in etree.fromstring(archive.read("word/document.xml")).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "Normal" if style is None else str(style.get(f"{W}val"))
        place = paragraph.find(f"{W}pPr/{W}numPr")
        place = numbered[name] if place is None else place
        label = ""
        if place is not None and value(place, "numId") != "0":
            assert counter is not None
            label = counter.label(value(place, "numId"), int(value(place, "ilvl")))
        yield Paragraph(
            name,
            label,
            text_of(paragraph),
            tuple(_fields(paragraph)),
            tuple((str(link.get(f"{W}anchor")), text_of(link)) for link in paragraph.iter(f"{W}hyperlink")),
            tuple(str(each.get(f"{W}name")) for each in paragraph.iter(f"{W}bookmarkStart")),
        )


def value(element: Any, name: str, default: str = "") -> str:
    """Return the value of a child element."""
    child = element.find(f"{W}{name}")
    return default if child is None else str(child.get(f"{W}val"))


def text_of(element: Any) -> str:
    """Return the visible text of an element."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def definitions_of(archive: ZipFile) -> dict[str, list[Level]]:
    """Return the list definitions of a document."""
    numbering = etree.fromstring(archive.read("word/numbering.xml"))
    return {
        str(each.get(f"{W}abstractNumId")): [
            Level(int(value(level, "start")), value(level, "numFmt"), value(level, "lvlText"), value(level, "pStyle"))
            for level in each.iter(f"{W}lvl")
        ]
        for each in numbering.iter(f"{W}abstractNum")
    }


def _counter(archive: ZipFile, habits: Habits) -> Counter:
    numbering = etree.fromstring(archive.read("word/numbering.xml"))
    instances = {
        str(each.get(f"{W}numId")): Instance(
            value(each, "abstractNumId"),
            {int(o.get(f"{W}ilvl", "")): int(value(o, "startOverride")) for o in each.iter(f"{W}lvlOverride")},
        )
        for each in numbering.iter(f"{W}num")
    }
    return Counter(definitions_of(archive), instances, habits)


def _fields(paragraph: Any) -> Iterator[tuple[str, str]]:
    instruction, result, part = "", "", ""
    for element in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        if element.tag == f"{W}fldChar":
            part = element.get(f"{W}fldCharType")
            if part == "end":
                found = re.fullmatch(r" REF (_Ref[0-9_]+) \\n \\h ", instruction)
                assert found, instruction
                yield found[1], result
                instruction, result, part = "", "", ""
        elif part == "begin":
            instruction += element.text or ""
        elif part == "separate":
            result += element.text or ""
