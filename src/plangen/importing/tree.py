"""The tree a text's numbers make: every entry with its heading and its paragraphs, still as found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from plangen.importing.marks import Mark
from plangen.importing.punctuation import close_up
from plangen.importing.traced import NOTHING, Traced

_LONGEST_SECTION_HEADING: Final = 45
_LONGEST_RUN_IN: Final = 42
_LONGEST_BEFORE_COLON: Final = 20
_SECTION_HEADING: Final = re.compile(
    rf"\s*(?P<heading>[^\n。]{{2,{_LONGEST_SECTION_HEADING}}}?)(?P<end>\n|$|。(?=.)|\s(?=\S{{25,}}))", re.DOTALL
)
_RUN_IN: Final = {
    "。": re.compile(rf"(?P<heading>[^。；\n]{{2,{_LONGEST_RUN_IN}}}?)(?P<end>。|\n)(?=\s*\S)"),
    "：": re.compile(rf"(?P<heading>[^。；：\n]{{2,{_LONGEST_BEFORE_COLON}}}?)(?P<end>：|\n)(?=\s*\S)"),
}
_LOOSE: Final = " 。．.、\n"


@dataclass
class Branch:
    """An entry as found: `sign` is its number as written, `own_line` says that the heading has its line to itself."""

    mark: Mark
    sign: Traced
    heading: Traced = NOTHING
    own_line: bool = False
    paragraphs: list[Traced] = field(default_factory=list)
    branches: "list[Branch]" = field(default_factory=list)

    @property
    def whole(self) -> Traced:
        """Everything the entry says itself, to find the doubts about it."""
        offsets = [*self.sign.offsets, *self.heading.offsets, *(at for each in self.paragraphs for at in each.offsets)]
        return Traced(" " * len(offsets), offsets)

    @property
    def opens_paragraph(self) -> bool:
        """Whether the entry begins a paragraph of its own."""
        return self.mark.first


def grow(text: Traced, marks: Sequence[Mark]) -> tuple[list[Traced], list[Branch]]:
    """Return the paragraphs before the first number, and the tree of those that are numbered."""
    ends = [*(mark.start for mark in marks[1:]), len(text.text)] if marks else []
    contents = [text.part(mark.end, end) for mark, end in zip(marks, ends, strict=True)]
    run_in_mark = _run_in_mark(contents)
    before = text.part(0, marks[0].start) if marks else text
    roots: list[Branch] = []
    open_branches: list[Branch] = []
    for nth, (mark, content) in enumerate(zip(marks, contents, strict=True)):
        has_branches = nth + 1 < len(marks) and marks[nth + 1].level > mark.level
        branch = _branch(text, mark, content, run_in_mark, has_branches=has_branches)
        while open_branches and open_branches[-1].mark.level >= mark.level:
            open_branches.pop()
        (open_branches[-1].branches if open_branches else roots).append(branch)
        open_branches.append(branch)
    return paragraphs(before), roots


def paragraphs(text: Traced) -> list[Traced]:
    """Return the paragraphs of a text, blanks closed up, none empty."""
    return [closed for line in text.split_lines() if (closed := close_up(line)).text]


def _run_in_mark(contents: Sequence[Traced]) -> str:
    """Return the mark most run-in headings are closed with."""
    colons = sum(bool(_RUN_IN["："].match(each.text.lstrip(_LOOSE))) for each in contents)
    stops = sum(bool(_RUN_IN["。"].match(each.text.lstrip(_LOOSE))) for each in contents)
    return "：" if colons * 2 > len(contents) and colons > stops else "。"


def _branch(text: Traced, mark: Mark, content: Traced, run_in_mark: str, *, has_branches: bool) -> Branch:
    branch = Branch(mark, text.part(mark.start, mark.end))
    content = _without_loose_beginning(content)
    if mark.level <= 1:
        found = _SECTION_HEADING.match(content.text + "\n")
    elif has_branches and "。" not in content.text and "\n" not in content.text.strip():
        branch.heading, branch.own_line = close_up(content), True
        return branch
    else:
        found = _RUN_IN[run_in_mark].match(content.text)
    if found:
        branch.heading = close_up(content.part(*found.span("heading")))
        branch.own_line = found["end"] != run_in_mark
        content = content.part(min(found.end(), len(content.text)))
    elif has_branches and mark.level <= 2 and "\n" not in content.text.strip():
        branch.heading, content = close_up(content).strip("。"), NOTHING
    branch.paragraphs = paragraphs(_without_loose_beginning(content))
    return branch


def _without_loose_beginning(text: Traced) -> Traced:
    return text.part(len(text.text) - len(text.text.lstrip(_LOOSE)))
