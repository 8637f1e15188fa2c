"""Lines to paragraphs: where a program broke lines, and where their author did."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from plangen.importing.details import ends_with_owners
from plangen.importing.doubts import Doubts
from plangen.importing.marks import opens_entry
from plangen.importing.residue import TITLE_WORDS
from plangen.importing.traced import Traced, joined

_FEWEST_LINES: Final = 15
_NARROWEST, _WIDEST = 15, 60
"""Lines broken by a program have about the same length, in characters; a page of official text has 28."""

_TOLERANCE: Final = 2
_CLOSERS: Final = "。，、；：！？）)”》’,.;:!?"
_ENDS: Final = "。！？；：…:;!?"
_PLAIN_HEADING: Final = re.compile("[^，。、；：,;:]{2,16}(?:[，,][^，。、；：,;:]{2,16})?")
_LONGEST_HEADING: Final = 40
_STRAY_NUMBER: Final = re.compile(r"(?:^|[\s\u4e00-\u9fff])\d{1,3}[.．][。.]?$")
"""A number at the end of a line, whose heading fell on the next."""

_REST_OF_HEADING: Final = re.compile(r"[^，。、；：,;:]{1,15}。\S")
_CLAUSE: Final = re.compile("[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十]{1,2}[，、]")

_TITLE: Final = re.compile(rf"(?P<title>(?:\d{{4}}年)?.{{2,14}}?{TITLE_WORDS})\s+(?=.{{15,}})")
_TITLE_LINE: Final = re.compile(rf".{{2,40}}{TITLE_WORDS}\d?")
_SECTION_LINE: Final = re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章))")
_TITLE_LINES: Final = 5
"""Among how many of the first lines a title may stand that has the text on its line."""


def join_lines(lines: Sequence[Traced], doubts: Doubts, headings: frozenset[int] = frozenset()) -> Traced:
    """Return the paragraphs of a text, one a line; see `find_marks` for `headings`."""
    lines = [piece for nth, line in enumerate(lines) for piece in _split_title(line, nth)]
    width = _width(lines)
    if width:
        doubts.add("I008", f"每行约 {width} 字，像是硬换行，已经接成段", lines[0], "核对分段")
    pieces: list[Traced] = []
    for nth, line in enumerate(lines):
        if nth:
            before = lines[nth - 1]
            goes_on = headings.isdisjoint((before.offsets[0], line.offsets[0])) and _goes_on(
                before.text, line.text, width
            )
            if goes_on and not width and before.text[-1:] not in _CLOSERS and line.text[:1] not in _CLOSERS:
                doubts.add("I009", f"接到了上一行：…{before.text[-8:]}｜{line.text[:8]}…", line.part(0, 8), "核对分段")
            if not goes_on:
                pieces.append(Traced("\n", line.offsets[:1]))
        pieces.append(line)
    return joined(pieces)


def _split_title(line: Traced, nth: int) -> list[Traced]:
    found = _TITLE.match(line.text) if nth < _TITLE_LINES else None
    return [line.part(0, found.end("title")), line.part(found.end()).strip()] if found else [line]


def _width(lines: Sequence[Traced]) -> int:
    """Return how many characters a line has where a program broke the lines, 0 where none did."""
    lengths = Counter(len(line.text) for line in lines)

    def near(length: int) -> int:
        return sum(lengths[length + off] for off in range(-_TOLERANCE, _TOLERANCE + 1))

    if len(lines) < _FEWEST_LINES:
        return 0
    usual = max(lengths, key=lambda length: (near(length), length))
    return usual if _NARROWEST <= usual <= _WIDEST and near(usual) * 2 >= len(lines) else 0


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if _STRAY_NUMBER.search(before) or line[0] in _CLOSERS or _is_torn_heading(before, line):
        return True
    if (
        opens_entry(line)
        or (_CLAUSE.match(line) and _PLAIN_HEADING.fullmatch(_last_sentence(before)))
        or _TITLE_LINE.fullmatch(before)
    ):
        return False
    if width and len(before) >= width - _TOLERANCE:
        return True
    return not (
        before[-1] in _ENDS
        or ends_with_owners(before)
        or (_SECTION_LINE.match(before) and len(before) <= _LONGEST_HEADING)
        or _PLAIN_HEADING.fullmatch(before)
    )


def _is_torn_heading(before: str, line: str) -> bool:
    """Whether a numbered heading was broken within: it goes on for a few characters, up to its full stop or its end."""
    if not opens_entry(before) or opens_entry(line) or any(mark in before for mark in _ENDS):
        return False
    if _SECTION_LINE.match(before):
        return _PLAIN_HEADING.fullmatch(line) is not None and not _CLAUSE.match(line)
    return _REST_OF_HEADING.match(line) is not None


def _last_sentence(line: str) -> str:
    return re.split("[。！？]", line)[-1]
