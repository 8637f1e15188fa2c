"""Zip archives that are the same on any day and machine."""

from typing import Final
from zipfile import ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip file can hold."""


def stored_part(name: str) -> ZipInfo:
    """Return the entry of a part that is stored, not deflated.

    What deflate makes of a part depends on the machine's zlib, and the same plan is to give the same bytes everywhere.
    """
    part = ZipInfo(name, _EPOCH)
    part.create_system = 0
    return part
