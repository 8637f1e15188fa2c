"""How the parts of a package are kept in its zip file: the same bytes on any day and machine."""

from typing import Final
from zipfile import ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip file can hold."""


def stored(name: str) -> ZipInfo:
    """Return the entry for a part.

    Parts are stored, not deflated: what deflate makes of them depends on the machine's zlib.
    """
    entry = ZipInfo(name, _EPOCH)
    entry.create_system = 0
    return entry
