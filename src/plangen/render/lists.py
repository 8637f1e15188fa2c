"""Which list of a Word document counts which number, so that the numbers Word shows are those of the outline.

Word counts numbered paragraphs by list definition (`w:abstractNum`) and level: a paragraph takes the next number of its
level, and the levels below begin anew. A numbering instance (`w:num`) may begin at another number (ECMA-376 Part 1,
17.9). Lists are used where Word and LibreOffice count alike, and only there:

- One definition of five levels, the shared one, counts the five layers of an official document. A series stands in it
  when it begins at 1 after an entry of a higher level, or first of all, and no such entry comes between its own.
- Any other series – running on through the plan, or below an entry that is in no list – has a definition of one level
  to itself while it lasts. LibreOffice ignores `w:lvlRestart`, so no level of the shared definition may run on.
- A number that Word could not show exactly as printed stays text.

The shared definition has one instance, since a level that begins at a number does so again after any higher one
(17.9.26). And none of its levels is used before a level above it that comes later: nobody says whether that one is then
the first or the second.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from plangen.outline.model import Number
from plangen.plan.markers import LAST_LAYER, Marker, parse_marker

LABEL_LENGTH: Final = 31
"""Most UTF-16 units of a number in Word (MS-OI29500 2.1.283)."""

LARGEST_START: Final = 32767
"""Largest number at which Word's dialog lets a list begin; lists are not trusted beyond."""


class _System(NamedTuple):
    """What Word calls a numeral system (`w:numFmt`), and the last number that all programs are known to write alike."""

    format: str
    last: int


_SYSTEMS: Final = {
    "chinese": _System("chineseCountingThousand", 100),  # from 101 on sources have both 一百零一 and 一百〇一
    "arabic": _System("decimal", LARGEST_START),
    "full-width": _System("decimalFullWidth", LARGEST_START),
    "circled": _System("decimalEnclosedCircleChinese", 10),  # from 11 on Word may show plain digits
}
_UNWRITABLE: Final = frozenset("%\t")
"""What means something else in `w:lvlText`, or becomes something else in an attribute."""

_STANDARD: Final = tuple(map(parse_marker, ("一、", "（一）", "1.", "（1）", "①")))
"""The markers of the five layers (GB/T 9704-2012 §7.3.3), for those that a document does not use."""


class Slot(NamedTuple):
    """A level (`w:ilvl`, from 0) of an instance (`w:numId`, from 1; 0 is no list: the number is text, 17.9.18)."""

    instance: int
    level: int


_SHARED: Final = 1
"""The instance of the shared definition, which is the first."""
_FIRST_OWN: Final = 2
"""The first instance of another definition."""

TEXT: Final = Slot(0, 0)
"""Where a number stands that is in no list."""


class Level(NamedTuple):
    """A level of a definition: `w:numFmt`, `w:lvlText`, and the layer whose heading style it is tied to, 0 for none."""

    format: str
    text: str
    layer: int


class Instance(NamedTuple):
    """An instance: its definition, from 0, and the number it begins at, 0 where it just begins."""

    definition: int
    start: int


class Lists(NamedTuple):
    """The lists of a document.

    `slots` are where the numbers stand; `headings` is the slot to which the heading style of each layer is tied, `TEXT`
    where it is tied to none.
    """

    slots: tuple[Slot, ...]
    definitions: tuple[tuple[Level, ...], ...]
    instances: tuple[Instance, ...]
    headings: Mapping[int, Slot]


def arrange(numbers: Sequence[Number], layers: Iterable[int] = ()) -> Lists:
    """Return the lists that count the numbers of a document, given in the order they are printed in.

    The heading styles of the `layers` are tied to the lists that count them.
    """
    listed = [number if is_listable(number) else None for number in numbers]
    series = _series(listed)
    shared = _shared(series)
    own = _OwnDefinitions({name: each.positions[-1] for name, each in series.items()})
    slots = []
    for position, number in enumerate(listed):
        if number is None:
            slots.append(TEXT)
        elif number.series in shared.levels:
            slots.append(Slot(_SHARED, shared.levels[number.series]))
        else:
            slots.append(Slot(own.count(number, position), 0))
    tied = _tied(layers, shared, own)
    return Lists(tuple(slots), _definitions(tied, shared, own), (Instance(0, 0), *own.instances), tied)


def join(old: Lists, new: Lists) -> tuple[Lists, Lists] | None:
    """Return the lists of two documents as those of one that holds the paragraphs of both, each counted as it was.

    Whichever document is taken out, the other one is counted as if it had been alone. The heading styles are tied as in
    the new one. `None` when both count with the same level of the shared definition by other markers.
    """
    five = _joined_shared(old, new)
    if five is None:
        return None
    definitions = [five, *new.definitions[1:]]
    homes = [0]
    for place, levels in enumerate(old.definitions[1:], 1):
        bare = _untied(levels)
        homes.append(place if place < len(new.definitions) and _untied(new.definitions[place]) == bare else 0)
        if not homes[-1]:
            homes[-1] = len(definitions)
            definitions.append(bare)
    instances = list(new.instances)
    places = {0: 0}
    for place, (definition, start) in enumerate(old.instances, 1):
        moved = Instance(homes[definition], start)
        there = new.instances[place - 1 : place] == (moved,)
        if not there:
            instances.append(moved)
        places[place] = place if there else len(instances)
    slots = tuple([slot._replace(instance=places[slot.instance]) for slot in old.slots])
    both = Lists(new.slots, tuple(definitions), tuple(instances), new.headings)
    return both._replace(slots=slots), both


def _joined_shared(old: Lists, new: Lists) -> tuple[Level, ...] | None:
    """Return the levels of the shared definition of two documents, `None` when they cannot share it."""
    used, used_now = ({slot.level for slot in lists.slots if slot.instance == _SHARED} for lists in (old, new))
    before, after = _untied(old.definitions[0]), _untied(new.definitions[0])
    if any(before[level] != after[level] for level in used & used_now):
        return None
    return tuple([before[n] if n in used - used_now else level for n, level in enumerate(new.definitions[0])])


def _untied(levels: Iterable[Level]) -> tuple[Level, ...]:
    return tuple([level._replace(layer=0) for level in levels])


def is_listable(number: Number) -> bool:
    """Whether a list of Word shows the number exactly as printed."""
    marker = number.marker
    if len(marker.numerals) != 1 or not _UNWRITABLE.isdisjoint("".join(marker.literals)):
        return False
    length = len(number.label.encode("utf-16-le")) // 2
    return number.values[-1] <= _SYSTEMS[marker.numerals[0].name].last and length <= LABEL_LENGTH


class _Series(NamedTuple):
    """A series of listed numbers: their positions, and whether they are 1, 2, 3 … without a gap."""

    marker: Marker
    positions: tuple[int, ...]
    gapless: bool


def _series(listed: Sequence[Number | None]) -> dict[int, _Series]:
    """Return the series of the listed numbers by their names, in the order they begin."""
    members: dict[int, list[tuple[int, Number]]] = {}
    for position, number in enumerate(listed):
        if number is not None:
            members.setdefault(number.series, []).append((position, number))
    return {
        name: _Series(
            found[0][1].marker,
            tuple([position for position, _ in found]),
            [number.values[-1] for _, number in found] == list(range(1, len(found) + 1)),
        )
        for name, found in members.items()
    }


class _Shared(NamedTuple):
    """What stands in the shared definition: the level of each series, and the marker of each level in use."""

    levels: dict[int, int]
    markers: dict[int, Marker]


def _shared(series: Mapping[int, _Series]) -> _Shared:
    """Return which series the shared definition counts right, decided level by level from the highest down."""
    shared = _Shared({}, {})
    above: list[tuple[int, int]] = []
    for level in range(LAST_LAYER):
        here = {name: each for name, each in series.items() if each.marker.layer == level + 1}
        found = _counted_right(here, above)
        if found:
            shared.markers[level] = here[found[0]].marker
            shared.levels.update(dict.fromkeys(found, level))
            above = sorted((*above, *((position, level) for name in found for position in here[name].positions)))
    return shared


def _counted_right(series: Mapping[int, _Series], above: Sequence[tuple[int, int]]) -> list[int]:
    """Return those of the series of a level that the level counts right, all with the same marker.

    `above` are the positions and levels of the entries of higher levels, in order. Between two of them one series may
    stand that begins and ends there; none where the second is of a level that has not been used since it began anew.
    """
    positions = [position for position, _ in above]
    in_use = _levels_in_use(level for _, level in above)
    found: list[int] = []
    taken = -1
    for name, each in series.items():
        gap = bisect_left(positions, each.positions[0])
        fits = each.gapless and gap == bisect_left(positions, each.positions[-1]) != taken
        skips = gap < len(above) and above[gap][1] not in in_use[gap]
        if fits and not skips and (not found or series[found[0]].marker == each.marker):
            found.append(name)
            taken = gap
    return found


def _levels_in_use(levels: Iterable[int]) -> list[frozenset[int]]:
    """Return, before each of a sequence of entries and after the last, the levels used and not begun anew since."""
    in_use: list[frozenset[int]] = [frozenset()]
    for level in levels:
        in_use.append(frozenset((*(upper for upper in in_use[-1] if upper < level), level)))
    return in_use


class _OwnDefinitions:
    """Definitions of one level, each lent to one series after the other; `last` is the last position of each series."""

    def __init__(self, last: Mapping[int, int]) -> None:
        self._last = last
        self._free: dict[Marker, list[int]] = {}
        self._counting: dict[int, tuple[int, int]] = {}
        """The instance and the number last counted by series."""
        self.begun: list[tuple[Marker, int]] = []
        """The marker and the first instance of each definition."""
        self.instances: list[Instance] = []

    def count(self, number: Number, position: int) -> int:
        """Return the instance that counts a number, a new one where the series begins or has left a number out."""
        value = number.values[-1]
        instance, before = self._counting.get(number.series, (0, 0))
        if not instance or value != before + 1:
            instance = self._begin(number, self.instances[instance - _FIRST_OWN].definition if instance else None)
        self._counting[number.series] = (instance, value)
        if position == self._last[number.series]:
            self._free.setdefault(number.marker, []).append(self.instances[instance - _FIRST_OWN].definition)
        return instance

    def _begin(self, number: Number, definition: int | None) -> int:
        """Return a new instance of a definition, of a free one if none is given."""
        start = number.values[-1]
        free = self._free.get(number.marker)
        if definition is None and free:
            definition = free.pop()
        elif definition is None:
            self.begun.append((number.marker, len(self.instances) + _FIRST_OWN))
            definition = len(self.begun)
            start = 0 if start == 1 else start
        self.instances.append(Instance(definition, start))
        return len(self.instances) + _FIRST_OWN - 1


def _tied(layers: Iterable[int], shared: _Shared, own: _OwnDefinitions) -> dict[int, Slot]:
    """Return the slots to which the heading styles of some layers are tied: where the layers' numbers stand.

    That is the level of the shared definition, unless all numbers of the layer stand in definitions of their own.
    """
    tied = dict.fromkeys(range(1, LAST_LAYER + 1), TEXT)
    for layer in layers:
        homes = [Slot(instance, 0) for marker, instance in own.begun if marker.layer == layer]
        if layer - 1 in shared.markers:
            tied[layer] = Slot(_SHARED, layer - 1)
        elif homes:
            tied[layer] = homes[0]
    return tied


def _definitions(tied: Mapping[int, Slot], shared: _Shared, own: _OwnDefinitions) -> tuple[tuple[Level, ...], ...]:
    layers = {slot: layer for layer, slot in tied.items()}
    five = [
        _level(shared.markers.get(level, marker), level, layers.get(Slot(_SHARED, level), 0))
        for level, marker in enumerate(_STANDARD)
    ]
    others = [(_level(marker, 0, layers.get(Slot(instance, 0), 0)),) for marker, instance in own.begun]
    return (tuple(five), *others)


def _level(marker: Marker, level: int, layer: int) -> Level:
    """Return the level of a definition that counts with a marker of one numeral."""
    before, after = marker.literals
    return Level(_SYSTEMS[marker.numerals[0].name].format, f"{before}%{level + 1}{after}", layer)
