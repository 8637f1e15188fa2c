"""A plan in plain text – typed, pasted from a page, or taken out of another document – to a plan in the plan format."""

import re
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Severity, Source
from plangen.importing.doubts import Doubts
from plangen.importing.drafting import TO_CHECK, Drafter
from plangen.importing.joining import join_lines
from plangen.importing.marks import find_marks
from plangen.importing.normalising import normalise
from plangen.importing.punctuation import doubt_blanks, widen
from plangen.importing.residue import TITLE_WORDS, without_residue
from plangen.importing.traced import Traced
from plangen.importing.tree import grow
from plangen.plan import model

_TITLE: Final = re.compile(rf"(?P<title>.{{2,40}}{TITLE_WORDS})\d?")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?=年|学年|[-—–])")
_NO_TITLE: Final = "标题待定"


class Imported(NamedTuple):
    """A plan that was imported, the notes for its records by their `id()`, and what is doubtful."""

    plan: model.Plan
    notes: dict[int, list[str]]
    diagnostics: list[Diagnostic]


def import_text(source: Source, year: int | None = None) -> Imported:
    """Return the plan a text holds; `year` is the one it is for, `None` if the text says it.

    Raises `PlanError` when the text holds no plan: nothing is numbered in it, or no year is to be found.
    """
    doubts = Doubts(source)
    text = normalise(Traced(source.text, range(len(source.text))), doubts)
    lines = [line.strip() for line in text.split_lines()]
    lines = without_residue([line for line in lines if line.text], doubts)
    if not lines:
        raise PlanError([Diagnostic("I002", "里面没有文字", at_whole(source), "检查是不是选错了文件")])
    whole = widen(join_lines(lines, doubts))
    doubt_blanks(whole, doubts)
    marks = find_marks(whole, doubts)
    if not marks:
        hint = "计划要有“一、”“（一）”“1.”这样的编号，或者单独成行的小标题"
        raise PlanError([Diagnostic("I002", "没有认出任何一条带编号的内容", at_whole(source), hint)])
    before, branches = grow(whole, marks)
    title, opening = _title(before, doubts)
    drafted = Drafter(doubts).draft(branches)
    written = title.text if title else _NO_TITLE
    if year is None:
        year = _year(written, source)
    if not re.search(r"[。！？”）]$", whole.text.rstrip()):
        at = whole.part(max(0, len(whole.text) - 10))
        doubts.add("I012", f"末尾没有句号，可能没有写完：…{at.text}", at, "对照原件补上")
    doubts.ledger.account(*opening)
    plan = model.Plan(
        title=written,
        year=year,
        opening=tuple(each.text for each in opening),
        sections=drafted.sections,
        closing=drafted.closing,
        numbering=drafted.numbering,
        layout=drafted.layout,
    )
    if not title:
        doubts.add("I017", "没有认出标题", whole.part(0, 1), "把标题写进 title")
        drafted.notes.setdefault(id(plan), []).append(f"{TO_CHECK}原文没有标题")
    return Imported(plan, drafted.notes, doubts.diagnostics())


def at_whole(source: Source):
    from plangen.diagnostics import Span
    return Span(source, 0, 0)


def _title(before: list[Traced], doubts: Doubts) -> tuple[Traced | None, list[Traced]]:
    """Return the title among the paragraphs before the first number, and the others."""
    found = [(each, match) for each in before if (match := _TITLE.fullmatch(each.text))]
    if not found:
        return None, before
    dated = [pair for pair in found if _YEAR.search(pair[0].text)]
    paragraph, match = (dated or found)[-1]
    title = paragraph.part(*match.span("title"))
    doubts.ledger.account(paragraph)
    for each, _ in found:
        if each is not paragraph:
            doubts.drop("I007", f"另有一个标题，没有导入：{each.text}", each)
    return title, [each for each in before if all(each is not other for other, _ in found)]


def _year(title: str, source: Source) -> int:
    found = _YEAR.search(title) or _YEAR.search(source.text)
    if not found:
        raise PlanError([Diagnostic("I018", "看不出是哪一年的计划", at_whole(source), "用 --year 写明，如 --year 2026")])
    return int(found[0])
