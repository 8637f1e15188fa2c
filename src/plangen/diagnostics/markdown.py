"""Texts of plans in reports that are written in Markdown.

Documents escape what Markdown would misread and nothing else (`render.markdown`); a report puts pieces of texts beside
marks of its own, where every sign may come to mean something, and escapes them all.
"""

import re
from typing import Final

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>~|&#!])")


def escaped(text: str) -> str:
    """Return a text in which nothing is Markdown, wherever in a line it is put."""
    return _SPECIAL.sub(r"\\\1", text)
