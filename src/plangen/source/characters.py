"""Characters that no plan may hold, because neither YAML 1.1 nor XML 1.0 can."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from plangen.diagnostics import Diagnostic, Source, Span

_MOST_SHOWN: Final = 20
"""Most characters reported one by one."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


def unreadable(text: str) -> Iterator[re.Match[str]]:
    """Yield the characters of a text that are control characters or none at all."""
    return _pattern().finditer(text)


def explain_unreadable(source: Source) -> list[Diagnostic]:
    """Return a diagnostic for each such character in a source, the first twenty of them."""
    return [
        Diagnostic("Y005", f"看不见的控制字符 U+{ord(found[0]):04X}", Span(source, *found.span()), "删掉这个字符")
        for found in islice(unreadable(source.text), _MOST_SHOWN)
    ]
