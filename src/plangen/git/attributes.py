"""plangen's lines in a file of attributes (`.gitattributes`): put in, taken out, and nothing else touched.

They stand between two marks. What the file had before comes back byte for byte, also a last line without a line break.
"""

import re
from collections.abc import Iterable
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError
from plangen.git.drivers import DOCX_DRIVER, PLAN_DRIVER

BEGIN: Final = b"# >>> plangen"
END: Final = b"# <<< plangen"

_BLOCK: Final = re.compile(rb"^# >>> plangen\r?\n(.*?)^# <<< plangen(\r?\n)?", re.MULTILINE | re.DOTALL)
_PLAN_LINE: Final = re.compile(rf"(.+?)[ \t]+diff={PLAN_DRIVER}")
_TO_QUOTE: Final = re.compile(r'[\s"]|^[#!]')


def with_block(before: bytes | None, patterns: Iterable[str]) -> bytes:
    """Return a file of attributes with plangen's lines, the ones it had replaced; `None` means there is no file yet."""
    content = before or b""
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    lines = [f"{_quoted(pattern)} diff={PLAN_DRIVER}".encode() for pattern in patterns]
    block = newline.join((BEGIN, *lines, f"*.docx diff={DOCX_DRIVER}".encode(), END))
    found = _find(content)
    if found:
        return content[: found.start()] + block + (found[2] or b"") + content[found.end() :]
    if before is None or content.endswith(b"\n"):
        return content + block + newline
    return content + newline + block  # without a line break at its end, as it was before


def without_block(before: bytes) -> bytes | None:
    """Return a file of attributes without plangen's lines; `None` when it had no others and was made for them."""
    found = _find(before)
    if not found:
        return before
    head, tail = before[: found.start()], before[found.end() :]
    if found[2]:
        return head + tail or None
    return head.removesuffix(b"\n").removesuffix(b"\r") + tail


def patterns_in(content: bytes) -> list[str]:
    """Return the patterns of plans among plangen's lines."""
    found = _find(content)
    lines = found[1].decode("utf-8", errors="replace").splitlines() if found else []
    return [_unquoted(line[1]) for line in map(_PLAN_LINE.fullmatch, lines) if line]


def has_block(content: bytes) -> bool:
    """Whether a file of attributes has plangen's lines."""
    return _find(content) is not None


def _find(content: bytes) -> re.Match[bytes] | None:
    """Return where plangen's lines are; raise `PlanError` when one of their marks is missing or doubled."""
    if not content.count(BEGIN) == content.count(END) <= 1 or (BEGIN in content and not _BLOCK.search(content)):
        message = f"文件里“{BEGIN.decode()}”和“{END.decode()}”没有配成一对"
        raise PlanError([Diagnostic("R040", message, hint="删去多余的一行，或者把两行之间的内容都删去")])
    return _BLOCK.search(content)


def _quoted(pattern: str) -> str:
    """Return a pattern as gitattributes(5) wants it: in quotes where it has blanks or begins like something else."""
    if not _TO_QUOTE.search(pattern):
        return pattern
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(written: str) -> str:
    return re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written
