"""What git is told of plans: how to make text of them, where their words end and what stands above a change.

It is a file of its own that the user's config includes, so that it can be taken out whole. Its command falls back on
what git would show anyway: nobody loses his differences because plangen is gone.
"""

import shlex
import sys
from pathlib import Path
from typing import Final

from plangen.git.facts import VERSION

PLAN_DRIVER: Final = "plangen"
DOCX_DRIVER: Final = "plangen-docx"

FILE_NAME: Final = "plangen.gitconfig"

_CHINESE: Final = b"[\xc0-\xff][\x80-\xbf]+"
"""A character beyond ASCII by its bytes, as git's own drivers have it (userdiff.c): right in every locale. Config files
have no escapes for bytes, so the bytes themselves stand in the file."""

_WORD: Final = b"[0-9]+([.][0-9]+)?%?|[A-Za-z]+|" + _CHINESE + b"|[^[:space:]]"

_FUNCTION_NAME: Final = "^ *((〖|● )".encode() + b"(%s|.){1,24}).*$" % _CHINESE
"""The heading of a section or a task, as `facts` begins them. Git cuts what it shows of it at 80 bytes, in the middle
of a character if need be; 24 characters of three bytes have room there."""


def driver_config(*, cached: bool, python: str = sys.executable) -> bytes:
    """Return the file for a plangen that a Python runs; it may run elsewhere another time, or not at all.

    `cached` has git keep the text of old revisions. It commits what it keeps, and without the name of a user would show
    nothing but that this fails; so it is only for those git knows.

    The Python is named, since the `PATH` that git sees is often another one: that of an editor, or of a terminal in
    which no environment is active. What git keeps of old revisions would be in two forms then.
    """
    return b"\n".join(
        (
            b"# plangen git setup",
            f'[diff "{PLAN_DRIVER}"]'.encode(),
            _line("textconv", _command(python, 'cat "$1"')),
            _line("cachetextconv", "true" if cached else "false"),
            _line("xfuncname", _FUNCTION_NAME),
            _line("wordRegex", _WORD),
            f'[diff "{DOCX_DRIVER}"]'.encode(),
            _line("textconv", _command(python, 'git hash-object --no-filters -- "$1"')),
            _line("cachetextconv", "true" if cached else "false"),
            _line("wordRegex", _WORD),
            b"",
        )
    )


def _command(python: str, otherwise: str) -> str:
    """Return what makes text of a file, for the shell git has on every system; it is also the key of what git keeps.

    `-P` keeps Python from taking modules from the folder git is in, where other people's files lie.
    """
    own = f"{shlex.quote(Path(python).as_posix())} -P -m plangen"
    tries = (f'{program} textconv "$1" 2>/dev/null' for program in (own, PLAN_DRIVER))
    return f"convert{VERSION}() {{ {' || '.join((*tries, otherwise))}; }}; convert{VERSION}"


def _line(name: str, value: str | bytes) -> bytes:
    """Return a line of a config file (git-config(1), Syntax)."""
    text = value.encode() if isinstance(value, str) else value
    return b'\t%s = "%s"' % (name.encode(), text.replace(b"\\", b"\\\\").replace(b'"', b'\\"'))
