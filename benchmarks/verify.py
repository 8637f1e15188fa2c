"""Comparing what a document shows with what its plan must read."""

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path


def difference(reads: Path, document: Path) -> str | None:
    """Return the first paragraph that differs from its line of the text, None when all are the same.

    White space and empty paragraphs are ignored; the document is read by python-docx.
    """
    from docx import Document  # noqa: PLC0415 - a machine may lack it

    expected = _without_space(reads.read_text(encoding="utf-8").splitlines())
    shown = _without_space(paragraph.text for paragraph in Document(str(document)).paragraphs)
    for number, (want, have) in enumerate(zip_longest(expected, shown), 1):
        if want != have:
            return f"paragraph {number}: {_clipped(have)} instead of {_clipped(want)}"
    return None


def _without_space(lines: Iterable[str]) -> list[str]:
    return [text for line in lines if (text := "".join(line.split()))]


def _clipped(text: str | None) -> str:
    return "nothing" if text is None else f"“{text[:30]}”"
