"""Content: how alike two parts of plans are by their words, and which parts are worth comparing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.compare.nodes import Kind, Node
from plangen.compare.wording import bigrams, dice

_FEW: Final = 900
"""So many pairs of parts are all compared; of more, only those that share rare words."""

_CANDIDATES: Final = 6
"""How many parts are compared with a part when there are many."""

_LOOKED_UP: Final = 400
"""How many entries of the index are looked at for a part, the rarest words first."""

_SHORTEST_CLAUSE: Final = 5
"""Fewest characters of a clause that is a key of the index: shorter ones stand everywhere."""

_STANDS_IN: Final = 0.5
"""Least share of a clause's bigrams that stand in a part which says the clause, perhaps reworded."""

_CLAUSE_MARKS: Final = re.compile(r"[，。；：、！？\n]")


class _Words(NamedTuple):
    """The bigrams of a part: of its heading, of what is below, and of both."""

    heading: frozenset[str]
    body: frozenset[str]
    together: frozenset[str]


class Contents:
    """Compares parts by their words; what it finds out about a part it keeps."""

    def __init__(self) -> None:
        self._words: dict[int, _Words] = {}

    def likeness(self, old: Node, new: Node) -> float:
        """Return how alike two parts are, 0 to 1; targets by their indicators, the rest by heading and text."""
        if (old.heading, old.body) == (new.heading, new.body):
            return 1.0
        before, after = self._of(old), self._of(new)
        headings = dice(before.heading, after.heading)
        if new.kind is Kind.TARGET or not (before.body or after.body):
            return headings
        together = dice(before.together, after.together)
        if not (before.heading and after.heading):
            return together
        if not (before.body and after.body):
            return max(0.6 * headings, together)
        return max(0.4 * headings + 0.6 * dice(before.body, after.body), together)

    def candidates(self, old: Sequence[Node], new: Sequence[Node]) -> Iterator[tuple[int, int, float]]:
        """Yield positions of parts that may be each other, and how alike they are."""
        if len(old) * len(new) <= _FEW:
            pairs = ((row, column) for row in range(len(old)) for column in range(len(new)))
        else:
            index = _Index(map(self._keys, old))
            pairs = ((row, column) for column, node in enumerate(new) for row in index.nearest(self._keys(node)))
        for row, column in pairs:
            yield row, column, self.likeness(old[row], new[column])

    def share(self, part: Node, whole: Node) -> float:
        """Return which share of a part's text stands in another one, clause by clause, 0 to 1."""
        said = self._of(whole).together
        total = found = 0
        for clause in _CLAUSE_MARKS.split(part.body or part.heading):
            words = bigrams(clause)
            total += len(clause)
            if len(words & said) >= _STANDS_IN * len(words):
                found += len(clause)
        return found / total if total else 0.0

    def sources(self, parts: Sequence[Node], wholes: Sequence[Node], least: float) -> Iterator[tuple[Node, Node]]:
        """Yield each part with the one that holds the most of its text, if that is at least a share of it."""
        if not (parts and wholes):
            return
        index = _Index(map(self._keys, wholes))
        for part in parts:
            near = [(self.share(part, wholes[row]), -row) for row in index.nearest(self._keys(part))]
            share, row = max(near, default=(0.0, 0))
            if share >= least:
                yield part, wholes[-row]

    def _of(self, node: Node) -> _Words:
        found = self._words.get(id(node))
        if found is None:
            heading, body = bigrams(node.heading), bigrams(node.body)
            found = self._words[id(node)] = _Words(heading, body, heading | body)
        return found

    def _keys(self, node: Node) -> set[str]:
        """Return what a part is looked up by: its bigrams and its longer clauses."""
        clauses = _CLAUSE_MARKS.split(node.body)
        return {*self._of(node).together, *(each for each in clauses if len(each) >= _SHORTEST_CLAUSE)}


class _Index:
    """Finds the parts that share rare words with another one without looking at all of them."""

    def __init__(self, parts: Iterable[set[str]]) -> None:
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, keys in enumerate(parts):
            for key in keys:
                self._places[key].append(place)

    def nearest(self, keys: set[str]) -> list[int]:
        """Return the places of the parts that share the most and the rarest keys, those first."""
        known = sorted((len(self._places[key]), key) for key in keys if key in self._places)
        shared: dict[int, float] = defaultdict(float)
        left = _LOOKED_UP
        for count, key in known:
            left -= count
            if left < 0 and shared:
                break
            for place in self._places[key][:_LOOKED_UP]:
                shared[place] += 1 / count
        return sorted(shared, key=lambda place: (-shared[place], place))[:_CANDIDATES]
