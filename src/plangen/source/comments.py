"""Text that YAML takes for a comment: what was typed is never dropped without a word."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.diagnostics import Diagnostic, Source, Span
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

_LIKELY: Final = re.compile(r"[ \t]#[^\s#]")
_STUCK: Final = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
"""A `#` that is stuck to what follows, as people write a topic (#最美教师) and nobody writes a comment."""


def lost_comments(source: Source, root: Node) -> list[Diagnostic]:
    """Return a diagnostic for each text that a `#` cut off."""
    if not _LIKELY.search(source.text):
        return []
    hint = "要印出来，整个值用引号括起来；真是说明，在 # 后面加一个空格"
    return [
        Diagnostic("Y017", "# 后面的字被当成了说明，不会印出来", Span(source, *found.span(1)), hint)
        for end in _ends_of_plain_texts(root)
        if (found := _STUCK.match(source.text, end))
    ]


def _ends_of_plain_texts(node: Node) -> Iterator[int]:
    if isinstance(node, Scalar):
        if not node.style:
            yield node.end
    elif isinstance(node, Sequence):
        for entry in node.entries:
            yield from _ends_of_plain_texts(entry)
    elif isinstance(node, Mapping):
        for _, value in node.entries:
            yield from _ends_of_plain_texts(value)
