"""Which elements of one sequence became which of another, where nothing but their likeness tells."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

T = TypeVar("T")

Worth = Callable[[T, T], float]
"""How much it is worth that one became the other; 0 where it did not."""

_MOST_PAIRS: Final = 100_000
"""Most pairs that are compared each with each; of longer sequences only the equal ends are paired."""


def chain(old: Sequence[T], new: Sequence[T], worth: Worth[T]) -> list[tuple[int, int]]:
    """Return the positions of those that became each other: in order, and together worth the most."""
    if len(old) * len(new) > _MOST_PAIRS:
        return _ends(old, new, worth)
    rows, columns = len(old), len(new)
    pair = [[worth(before, after) for after in new] for before in old]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = pair[i][j] + best[i + 1][j + 1] if pair[i][j] else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found = []
    i = j = 0
    while i < rows and j < columns:
        if pair[i][j] and best[i][j] == pair[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _ends(old: Sequence[T], new: Sequence[T], worth: Worth[T]) -> list[tuple[int, int]]:
    """Pair from both ends as long as those that stand there became each other."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and worth(old[head], new[head]):
        head += 1
    tail = 0
    while tail < shorter - head and worth(old[-1 - tail], new[-1 - tail]):
        tail += 1
    return [(n, n) for n in range(head)] + [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
