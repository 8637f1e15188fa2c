"""Compiled templates kept between runs: compiling them takes half as long as everything else a short plan needs."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from plangen import __version__

CACHE_VARIABLE: Final = "PLANGEN_CACHE"
"""Environment variable that names another folder for the cache; an empty value turns the cache off."""


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja2's cache of compiled templates in the user's own cache folder.

    Jinja2 checks every entry against the template's text. Templates compile differently for each format, since formats
    escape differently, so each has entries of its own. A cache that cannot be read or written is no reason to fail.
    """

    def __init__(self, folder: Path, format_name: str) -> None:
        super().__init__(str(folder), f"{__version__}-{format_name}-%s.cache")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template into the bucket, if there is an intact one."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001 - unpickling a damaged file may raise anything
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(format_name: str) -> CompiledTemplates | None:
    """Return the cache for a format, or `None` when it is turned off or there is no folder for it."""
    folder = _folder()
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return CompiledTemplates(folder, format_name)


def _folder() -> Path | None:
    chosen = os.environ.get(CACHE_VARIABLE)
    if chosen is not None:
        return Path(chosen) if chosen else None
    name = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    base = os.environ.get(name)
    with suppress(RuntimeError):
        return (Path(base) if base else Path.home() / ".cache") / "plangen"
    return None
