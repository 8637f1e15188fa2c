"""Text that YAML takes for a comment: what was typed is never dropped without a word."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.diagnostics import Diagnostic, Severity, Source, Span
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

_LIKELY: Final = re.compile(r"[ \t]#[^\s#]|[^\s\x00-\xff] # ")
_STUCK: Final = re.compile(r"[ \t]+(#[^\s#][^\r\n]*)")
"""A `#` that is stuck to what follows, as people write a topic (#最美教师) and nobody writes a comment."""

_BETWEEN_BLANKS: Final = re.compile(r"(?<=[^\s\x00-\xff]) (# [^\r\n]*)")
"""A `#` after Chinese with one blank on either side, as in a text; before a comment two blanks are the custom."""

_DIRECTIVE: Final = re.compile(r"#[ \t]*plangen[ \t]*[:：]", re.IGNORECASE)
"""A comment for plangen itself."""

_MESSAGE: Final = "# 后面的字被当成了说明，不会印出来"


def lost_comments(source: Source, root: Node) -> list[Diagnostic]:
    """Return a diagnostic for each text that a `#` cut off: an error, a warning where it may be a comment."""
    if not _LIKELY.search(source.text):
        return []
    return [found for end in _ends_of_plain_texts(root) if (found := lost_after(source, end))]


def lost_after(source: Source, end: int) -> Diagnostic | None:
    """Return what a `#` cut off where a plain text ends."""
    stuck = _STUCK.match(source.text, end)
    found = stuck or _BETWEEN_BLANKS.match(source.text, end)
    if found is None or _DIRECTIVE.match(source.text, found.start(1)):
        return None
    span = Span(source, *found.span(1))
    if stuck:
        return Diagnostic("Y017", _MESSAGE, span, "要印出来，整个值用引号括起来；真是说明，在 # 后面加一个空格")
    hint = "要印出来，整个值用引号括起来；真是说明，在 # 前面空两格"
    return Diagnostic("Y017", _MESSAGE, span, hint, Severity.WARNING)


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
