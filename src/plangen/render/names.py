"""File names from titles: what Windows, whose rules are the strictest, accepts."""

import unicodedata
from typing import Final

_FORBIDDEN: Final = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
"""Characters no name may hold, and their full-width forms (Microsoft, Naming Files, Paths, and Namespaces)."""

_RESERVED: Final = frozenset(
    ("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"))
)
"""Names of devices, which are no names of files whatever ending follows."""

_NOT_SHOWN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories of characters that have no shape."""

_MOST_BYTES: Final = 240
"""Longest name in UTF-8, eighty Chinese characters: file systems hold 255 bytes, ending included."""


def file_name(title: str) -> str:
    """Return a title as the name of a file, without an ending; "" when nothing of it can be one.

    Characters that are not shown are dropped: they could make a name look like another.
    """
    kept = "".join(character for character in title if unicodedata.category(character) not in _NOT_SHOWN)
    name = kept.translate(_FORBIDDEN).encode()[:_MOST_BYTES].decode(errors="ignore").strip(" .\u3000")
    return f"{name}_" if name.partition(".")[0].rstrip().upper() in _RESERVED else name
