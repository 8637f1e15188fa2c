"""The lists of a Word document: which list and level a paragraph stands in, and the number Word shows before it.

After ECMA-376 Part 1, 17.9. Levels (`w:ilvl`) count from 0; instances are `w:numId`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from docx.oxml.ns import qn
from lxml import etree

from plangen.importing.numerals import written
from plangen.importing.package import Package

_PLACE: Final = re.compile("%([1-9])")
_WHOLE: Final = re.compile("[+-]?[0-9]{1,9}")
_NO_LIST: Final = "0"
"""The instance of paragraphs that are taken out of the list their style puts them in (17.9.18)."""

_LAST_LEVEL: Final = 8
_LONGEST_CHAIN: Final = 20
"""Most styles based on each other that are followed; Word itself allows eleven."""
_OFF: Final = frozenset(("0", "false", "off"))


class ListPlace(NamedTuple):
    """Where a paragraph says that it is numbered: instance and level, "" and `None` when it does not say."""

    instance: str = ""
    level: int | None = None


class Level(NamedTuple):
    """A level of a list: the number it begins at, its format and text (一、 is `%1、`).

    `restart` is the level from whose use on it begins anew, counted from 1: 0 means never, `None` any level above it.
    With `legal`, all numbers in its text are digits. `style` is the paragraph style tied to it.
    """

    start: int
    format: str
    text: str
    restart: int | None
    legal: bool
    style: str


class Instance(NamedTuple):
    """An instance of a list: its definition, its levels, and the numbers at which levels begin instead."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class ParagraphStyle(NamedTuple):
    """What a paragraph style says of lists and outline: "" and `None` where it says nothing."""

    name: str
    based_on: str
    place: ListPlace
    outline_level: int | None


class Lists:
    """The lists and paragraph styles of a document."""

    def __init__(self, package: Package) -> None:
        self.styles: dict[str, ParagraphStyle] = {}
        self._default = ""
        self._instances: dict[str, Instance] = {}
        styles = next(package.related(package.main, "styles"), None)
        if styles:
            self._read_styles(package.xml(styles))
        numbering = next(package.related(package.main, "numbering"), None)
        if numbering:
            self._instances = dict(self._read_instances(package.xml(numbering)))

    def chain(self, style: str) -> Iterator[tuple[str, ParagraphStyle]]:
        """Yield a style and those it is based on; an unknown style is the default one."""
        name = style if style in self.styles else self._default
        for _ in range(_LONGEST_CHAIN):
            if name not in self.styles:
                return
            yield name, self.styles[name]
            name = self.styles[name].based_on

    def place(self, said: ListPlace, style: str) -> tuple[Instance, str, int] | None:
        """Return instance, its id and the level a paragraph is numbered in, `None` when it is not numbered.

        What the paragraph says goes before its style; a level tied to the style goes before the level the style says
        (17.9.23).
        """
        instance_id, level = said
        for name, each in self.chain(style):
            found = each.place
            if not instance_id and found.instance:
                instance_id = found.instance
                tied = self._tied(instance_id, style, name)
                level = level if level is not None else tied if tied is not None else found.level
        instance = self._instances.get(instance_id)
        if instance is None or instance_id == _NO_LIST:
            return None
        place = min(max(level or 0, 0), _LAST_LEVEL)
        return (instance, instance_id, place) if place in instance.levels else None

    def _tied(self, instance_id: str, *styles: str) -> int | None:
        """Return the level of an instance that is tied to one of some styles."""
        levels = self._instances[instance_id].levels if instance_id in self._instances else {}
        return next((number for style in styles for number, level in levels.items() if level.style == style), None)

    def _read_styles(self, root: etree._Element) -> None:
        for each in root.iterchildren(qn("w:style")):
            properties = each.find(qn("w:pPr"))
            name = each.get(qn("w:styleId"), "")
            self.styles[name] = ParagraphStyle(
                value(each, "w:name"), value(each, "w:basedOn"), list_place(properties), outline_level(properties)
            )
            if each.get(qn("w:type")) == "paragraph" and each.get(qn("w:default")) not in (None, *_OFF):
                self._default = name

    def _read_instances(self, root: etree._Element) -> Iterator[tuple[str, Instance]]:
        definitions = {each.get(qn("w:abstractNumId"), ""): each for each in root.iterchildren(qn("w:abstractNum"))}
        used = {each.get(qn("w:numId"), ""): value(each, "w:abstractNumId") for each in root.iterchildren(qn("w:num"))}
        styled = {value(each, "w:styleLink"): name for name, each in definitions.items()}
        for each in root.iterchildren(qn("w:num")):
            definition = self._linked(value(each, "w:abstractNumId"), definitions, styled, used)
            if definition not in definitions:
                continue
            levels = _levels(definitions[definition])
            starts = {}
            for override in each.iterchildren(qn("w:lvlOverride")):
                number = _whole(override.get(qn("w:ilvl")), 0)
                levels |= _levels(override)
                if override.find(qn("w:startOverride")) is not None:
                    starts[number] = _whole(value(override, "w:startOverride"), 1)
            yield each.get(qn("w:numId"), ""), Instance(definition, levels, starts)

    def _linked(
        self,
        name: str,
        definitions: Mapping[str, etree._Element],
        styled: Mapping[str, str],
        used: Mapping[str, str],
    ) -> str:
        """Return the definition that a definition stands for: one that only names a list style stands for its list."""
        style = value(definitions.get(name), "w:numStyleLink")
        if not style:
            return name
        if style in styled:
            return styled[style]
        return used.get(self.styles[style].place.instance, name) if style in self.styles else name


class ListCounter:
    """Counts the numbered paragraphs of a document, in order.

    Instances of one definition count together. A level that is skipped counts as used, as Word does it.
    """

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()

    def number(self, said: ListPlace, style: str) -> tuple[str, int | None]:
        """Return the number shown before the next paragraph and its level, "" and `None` when it is not numbered."""
        found = self._lists.place(said, style)
        if found is None:
            return "", None
        instance, instance_id, level = found
        counts = self._counts.setdefault(instance.definition, {})
        if instance_id not in self._begun:
            self._begun.add(instance_id)
            for overridden in instance.starts:
                counts.pop(overridden, None)
        for upper in range(level):
            counts.setdefault(upper, _start(instance, upper))
        counts[level] = counts[level] + 1 if level in counts else _start(instance, level)
        for lower in [lower for lower in counts if lower > level and _restarts(instance.levels.get(lower), level)]:
            del counts[lower]
        return _label(instance.levels, level, counts), level


def list_place(properties: etree._Element | None) -> ListPlace:
    """Return where paragraph properties (`w:pPr`) say that the paragraph is numbered."""
    said = None if properties is None else properties.find(qn("w:numPr"))
    if said is None:
        return ListPlace()
    level = value(said, "w:ilvl")
    return ListPlace(value(said, "w:numId"), _whole(level, 0) if level else None)


def outline_level(properties: etree._Element | None) -> int | None:
    """Return the outline level paragraph properties say, from 0; `None` when they say none or body text (9)."""
    level = _whole(value(properties, "w:outlineLvl"), _LAST_LEVEL + 1)
    return level if 0 <= level <= _LAST_LEVEL else None


def value(element: etree._Element | None, tag: str) -> str:
    """Return the value (`w:val`) of a child of an element, "" where there is none."""
    child = None if element is None else element.find(qn(tag))
    return "" if child is None else child.get(qn("w:val"), "")


def is_on(element: etree._Element | None, tag: str) -> bool:
    """Whether an element has a child that turns something on (17.17.4)."""
    child = None if element is None else element.find(qn(tag))
    return child is not None and child.get(qn("w:val"), "1") not in _OFF


def _levels(element: etree._Element) -> dict[int, Level]:
    """Return the levels of a definition or an override; there are nine at most."""
    found = dict(map(_level, element.iterchildren(qn("w:lvl"))))
    return {number: level for number, level in found.items() if 0 <= number <= _LAST_LEVEL}


def _level(element: etree._Element) -> tuple[int, Level]:
    restart = value(element, "w:lvlRestart")
    return _whole(element.get(qn("w:ilvl")), 0), Level(
        _whole(value(element, "w:start"), 0),
        value(element, "w:numFmt") or "decimal",
        value(element, "w:lvlText"),
        _whole(restart, 0) if restart else None,
        is_on(element, "w:isLgl"),
        value(element, "w:pStyle"),
    )


def _start(instance: Instance, level: int) -> int:
    if level in instance.starts:
        return instance.starts[level]
    return instance.levels[level].start if level in instance.levels else 1


def _restarts(lower: Level | None, level: int) -> bool:
    """Whether the use of a level has a lower one begin anew (17.9.10)."""
    return lower is None or lower.restart is None or level < lower.restart


def _label(levels: Mapping[int, Level], level: int, counts: Mapping[int, int]) -> str:
    own = levels[level]
    if own.format == "bullet":
        return written(1, own.format)

    def shown(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        form = levels[place].format if place in levels else "decimal"
        return written(counts.get(place, 1), "decimal" if own.legal else form)

    return _PLACE.sub(shown, own.text)


def _whole(text: str | None, otherwise: int) -> int:
    """Return the whole number a text is; what is none, or none that Word would take, is something else."""
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise
