"""Short names for entries, made once from what they say and never changed after."""

from base64 import b32encode
from hashlib import sha256
from typing import Final

_LENGTH: Final = 4


class Namer:
    """Gives names that are unique in a plan."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, text: str, prefix: str = "t") -> str:
        """Return a name for what says this."""
        digest = b32encode(sha256(text.encode()).digest()).decode().lower().rstrip("=")
        length = _LENGTH
        while (name := f"{prefix}-{digest[:length]}") in self._given and length < len(digest):
            length += 1
        self._given.add(name)
        return name
