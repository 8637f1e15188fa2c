"""Texts of other encodings than UTF-8, as they come from 记事本 and older editors."""

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks, the longer ones first: that of UTF-16 is the beginning of that of UTF-32."""

_WITHOUT_MARK: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
"""Encodings that betray themselves without a mark: colons, blanks and line breaks have bytes of zero."""


def decode_foreign(content: bytes) -> str | None:
    """Return the text that bytes hold in UTF-16, UTF-32 or GBK; `None` when it can be none of them."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    if b"\0" in content:
        found = (_decoded(content, encoding) for encoding in _WITHOUT_MARK)
        return next((text for text in found if text and "\0" not in text and ":" in text), None)
    return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
