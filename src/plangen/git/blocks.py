"""plangen's lines in a file of somebody else's: put in, taken out, and nothing else touched.

They stand between two marks. What the file had before comes back byte for byte, also a last line without a line break.
"""

import re
from collections.abc import Sequence
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError

BEGIN: Final = b"# >>> plangen"
END: Final = b"# <<< plangen"

_BLOCK: Final = re.compile(rb"^# >>> plangen\r?\n(.*?)^# <<< plangen(\r?\n)?", re.MULTILINE | re.DOTALL)


def with_block(before: bytes | None, lines: Sequence[bytes]) -> bytes:
    """Return a file with plangen's lines, in the place of those it had; `None` means there is no file yet."""
    content = before or b""
    found = _find(content)
    newline = _newline(found[0] if found else content)
    block = newline.join((BEGIN, *lines, END))
    if found:
        return content[: found.start()] + block + (found[2] or b"") + content[found.end() :]
    if before is None or content.endswith(b"\n"):
        return content + block + newline
    return content + newline + block  # without a line break at its end, as it was before


def without_block(before: bytes, left: Sequence[bytes] = ()) -> bytes | None:
    """Return a file without plangen's lines; `None` when it had no others and was made for them.

    `left` are lines to leave in their place.
    """
    found = _find(before)
    if not found:
        return before
    newline = _newline(found[0])
    head, tail = before[: found.start()], b"".join(line + newline for line in left) + before[found.end() :]
    if found[2]:
        return head + tail or None
    return head + tail if left else head.removesuffix(newline) + tail


def lines_of(content: bytes) -> list[bytes] | None:
    """Return plangen's lines in a file, without their marks; `None` when it has none.

    Raises `PlanError` when one of the marks is missing or doubled.
    """
    found = _find(content)
    return found[1].splitlines() if found else None


def _newline(content: bytes) -> bytes:
    """Return how lines end."""
    return b"\r\n" if b"\r\n" in content else b"\n"


def _find(content: bytes) -> re.Match[bytes] | None:
    found = _BLOCK.search(content)
    if not content.count(BEGIN) == content.count(END) == bool(found):
        message = f"文件里“{BEGIN.decode()}”和“{END.decode()}”没有配成一对"
        raise PlanError([Diagnostic("R040", message, hint="删去多余的一行，或者把两行之间的内容都删去")])
    return found
