"""Texts of other encodings than UTF-8, as they come from 记事本 and older editors."""

import codecs
from typing import Final, NamedTuple


class Foreign(NamedTuple):
    """A text of another encoding and what that is called; "" where it cannot be told."""

    name: str
    text: str


_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer ones first: that of UTF-16 is the beginning of that of UTF-32."""

_WITHOUT_MARK: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
"""Encodings that betray themselves without a mark: colons, blanks and line breaks have bytes of zero."""

_UNREADABLE: Final = "\ufffd"
_MOST_UNREADABLE: Final = 0.02
"""How much of a text may be damaged that still counts as GBK."""


def decode_wide(content: bytes) -> Foreign | None:
    """Return the text that bytes hold in UTF-16 or UTF-32, `None` when it is in neither; a damaged end is left out."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked:
        return Foreign(marked.upper(), content.decode(marked, errors="replace"))
    for encoding in _WITHOUT_MARK if b"\0" in content else ():
        text = content.decode(encoding, errors="replace")
        if "\0" not in text and ":" in text and _damage(text) <= _MOST_UNREADABLE:
            return Foreign(encoding.upper()[:6], text)
    return None


def decode_narrow(content: bytes) -> Foreign:
    """Return the text of bytes that are not quite UTF-8: GBK, or UTF-8 that is damaged, "" by name."""
    damaged = content.decode(errors="replace")
    chinese = sum(character > "\x7f" for character in damaged)
    text = content.decode("gb18030", errors="replace")
    if damaged.count(_UNREADABLE) * 2 < chinese or _damage(text) > _MOST_UNREADABLE:
        return Foreign("", damaged)
    return Foreign("GBK", text)


def decode_foreign(content: bytes) -> str | None:
    """Return the text that bytes hold in UTF-16, UTF-32 or GBK; `None` when it can be none of them or is damaged."""
    found = decode_wide(content) or decode_narrow(content)
    sound = found.name and _UNREADABLE not in found.text and "\0" not in found.text
    return found.text if sound else None


def _damage(text: str) -> float:
    return text[:-1].count(_UNREADABLE) / max(len(text), 1)
