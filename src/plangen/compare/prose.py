"""Prose of two plans compared: a reference to a part is the same as long as the part is, whatever its number now."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final

from plangen.compare.alignment import Alignment
from plangen.compare.nodes import Node, Tree
from plangen.compare.wording import revise_text
from plangen.outline.model import Change, Segment
from plangen.plan.model import Prose, Target
from plangen.plan.prose import LOOSE_ENDS, REFERENCE_MARK, LiteralMark, Reference, references

_FIRST_SIGN: Final = 0x10_0000
_LAST_SIGN: Final = 0x10_FFFE
"""Between these, characters that nobody types (private use, plane 16) stand for references while texts are compared."""


class Reviser:
    """Compares prose of two aligned plans as it reads."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment

    def revise(self, old: Prose, new: Prose) -> tuple[Segment, ...]:
        """Return what became of some paragraphs, a line break for each break between them; () if they read the same."""
        before, after = "\n".join(old), "\n".join(new)
        if REFERENCE_MARK not in before + after:
            return () if before == after else revise_text(before, after)
        trees = self._alignment.old, self._alignment.new
        signs = _Signs(before + after, *trees)
        signed = [self._signed(text, tree, signs) for text, tree in zip((before, after), trees, strict=True)]
        if signed[0] == signed[1]:
            return ()
        segments = _reading_the_same(map(signs.written_out, revise_text(*signed)))
        return () if all(each.change is Change.KEPT for each in segments) else segments

    def reading(self, written: Prose, tree: Tree) -> str:
        """Return some paragraphs of one of the plans as they read, a line for each."""
        text = "\n".join(written)
        if REFERENCE_MARK not in text:
            return text
        return "".join(_pieces(text, lambda found: _printed(tree.by_id(found.id), tree, found.goal_only)))

    def _signed(self, text: str, tree: Tree, signs: "_Signs") -> str:
        """Return a text with signs in place of its references."""

        def sign(found: Reference) -> str:
            node = tree.by_id(found.id)
            return signs.sign(*self._same(node, tree), goal_only=found.goal_only) if node else found.id

        return "".join(_pieces(text, sign))

    def _same(self, node: Node, tree: Tree) -> tuple[Node | None, Node | None]:
        """Return a node with what it is in the other plan, the old one first."""
        if tree is self._alignment.old:
            match = self._alignment.of_old(node)
            return node, match.new if match else None
        match = self._alignment.of_new(node)
        return match.old if match else None, node


def _reading_the_same(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return segments in which a reference and a number typed by hand are the same if they read the same."""
    settled: list[Segment] = []
    for segment in segments:
        last = settled[-1] if settled else None
        if last and last.change is Change.DELETED and (segment.change, segment.text) == (Change.INSERTED, last.text):
            settled[-1] = Segment(last.text)
        else:
            settled.append(segment)
    runs = groupby(settled, lambda segment: segment.change)
    return tuple(Segment("".join(each.text for each in run), change=change) for change, run in runs)


class _Signs:
    """The signs that stand for the references of two texts."""

    def __init__(self, texts: str, old: Tree, new: Tree) -> None:
        taken = set(texts)
        self._free = (sign for sign in map(chr, range(_FIRST_SIGN, _LAST_SIGN)) if sign not in taken)
        self._trees = old, new
        self._old: dict[int, str] = {}
        self._new: dict[int, str] = {}
        """What the signs print in the old and in the new plan, by code point."""
        self._known: dict[tuple[int, int, bool], str] = {}

    def sign(self, old: Node | None, new: Node | None, *, goal_only: bool) -> str:
        """Return the sign of a part, the same in both texts; what it prints when there are no signs left."""
        key = id(old), id(new), goal_only
        if key not in self._known:
            before, after = (
                _printed(node, tree, goal_only) for node, tree in zip((old, new), self._trees, strict=True)
            )
            sign = next(self._free, "")
            if sign:
                self._old[ord(sign)], self._new[ord(sign)] = before, after
            self._known[key] = sign or after
        return self._known[key]

    def written_out(self, segment: Segment) -> Segment:
        """Return a segment with what the references print in place of their signs."""
        printed = self._old if segment.change is Change.DELETED else self._new
        return segment._replace(text=segment.text.translate(printed))


def _printed(node: Node | None, tree: Tree, goal_only: bool) -> str:
    """Return what prose prints for a reference to a part."""
    if node is None:
        return ""
    target = node.record
    if not isinstance(target, Target):
        return node.number
    return target.goal.written if goal_only else target_phrase(target, tree).rstrip(LOOSE_ENDS)


def target_phrase(target: Target, tree: Tree) -> str:
    """Return how a target of a plan reads: its own wording, or indicator, verb and goal."""
    if REFERENCE_MARK not in target.text:
        return target.text or f"{target.indicator}{target.goal.phrase}"
    return "".join(_pieces(target.text, lambda found: _printed(tree.by_id(found.id), tree, goal_only=True)))


def _pieces(text: str, printed: Callable[[Reference], str]) -> Iterator[str]:
    """Yield a text with what its references print in their place."""
    done = 0
    for found in references(text):
        yield text[done : found.start]
        done = found.end
        if isinstance(found, LiteralMark):
            yield REFERENCE_MARK
        elif isinstance(found, Reference):
            yield printed(found)
    yield text[done:]
