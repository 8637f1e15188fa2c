"""A plan in plain text – typed, pasted from a page, or taken out of another document – to a plan in the plan format."""

import re
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.importing.blocks import Block, Grid, headings, plain_blocks, texts, whole_text
from plangen.importing.composing import Drafter, literal
from plangen.importing.doubts import Doubts
from plangen.importing.frame import AttachedBlocks, take_frame
from plangen.importing.joining import join_lines
from plangen.importing.markdown import SUFFIXES, markdown_blocks
from plangen.importing.marks import find_marks
from plangen.importing.normalising import normalise
from plangen.importing.punctuation import doubt_blanks, widen
from plangen.importing.residue import TITLE_WORDS, without_residue
from plangen.importing.tables import Facts, head_and_groups, read_table
from plangen.importing.traced import NOTHING, Traced
from plangen.importing.tree import grow
from plangen.plan import model
from plangen.plan.marks import TO_CHECK

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

    A source named .md or .markdown is read as Markdown. Raises `PlanError` when the text holds no plan: nothing is
    numbered in it, or no year is to be found.
    """
    doubts = Doubts(source)
    text = normalise(Traced(source.text, range(len(source.text))), doubts)
    blocks = markdown_blocks(text, doubts) if source.name.lower().endswith(SUFFIXES) else plain_blocks(text)
    return import_blocks(source, blocks, doubts, year)


def import_blocks(source: Source, blocks: list[Block], doubts: Doubts, year: int | None = None) -> Imported:
    """Return the plan a document holds; see `import_text`."""
    frame = take_frame(blocks, doubts)
    lines = without_residue(texts(frame.blocks), doubts)
    facts = Facts()
    attached = [_attached(each, facts, doubts) for each in frame.attachments]
    for block in frame.blocks:
        if block.grid:
            _read_grid(block.grid, facts, doubts)
    if not lines and not facts.tasks:
        raise _refusal("I002", "里面没有文字", source, "检查是不是选错了文件")
    known = headings(blocks)
    whole = widen(join_lines(lines, doubts, known))
    doubt_blanks(whole, doubts)
    marks = find_marks(whole, doubts, known)
    if not marks and not facts.tasks:
        hint = "计划要有“一、”“（一）”“1.”这样的编号，或者单独成行的小标题"
        raise _refusal("I002", "没有认出任何一条带编号的内容", source, hint)
    before, branches = grow(whole, marks)
    title, opening = _title(before, doubts)
    drafter = Drafter(doubts, facts)
    drafted = drafter.draft(branches) if branches else drafter.draft_tables()
    written = frame.title or (title.text if title else _NO_TITLE)
    if branches and not re.search(r"[。！？”）]$", whole.text.rstrip()):
        at = whole.part(max(0, len(whole.text) - 10))
        doubts.add("I012", f"末尾没有句号，可能没有写完：…{at.text}", at, "对照原件补上")
    doubts.ledger.account(*opening)
    attachments = tuple(
        model.Attachment(title=each.title.text, table=kind) if kind else drafter.attachment(each.title.text, below)
        for each, (kind, below) in zip(frame.attachments, attached, strict=True)
        if kind or below.text
    )
    plan = model.Plan(
        title=written,
        year=_year(written, source) if year is None else year,
        opening=tuple(map(literal, opening)),
        targets=drafted.targets,
        sections=drafted.sections,
        closing=drafted.closing,
        numbering=drafter.numbering(),
        layout=drafted.layout,
        official=frame.official,
        notice=frame.notice,
        attachments=attachments,
    )
    doubts.ledger.account(*facts.used())
    for name, row in facts.unused():
        hint = "正文里有这一条的，把单位和时限补上"
        doubts.drop("I019", f"表里的“{name}”和正文对不上，这一行没有导入", row, hint)
    if written == _NO_TITLE:
        doubts.add("I017", "没有认出标题", whole.part(0, 1), "把标题写进 title")
        drafted.notes.setdefault(id(plan), []).append(f"{TO_CHECK}：原文没有标题")
    return Imported(plan, drafted.notes, doubts.diagnostics())


def _attached(each: AttachedBlocks, facts: Facts, doubts: Doubts) -> tuple[str, Traced]:
    """Return the kind of the table an attachment is, "" if it is none, and the paragraphs it is instead."""
    kinds = [_read_grid(block.grid, facts, doubts) for block in each.blocks if block.grid]
    lines = texts(each.blocks)
    if lines:
        return "", widen(join_lines(lines, doubts))
    kind = next(filter(None, kinds), "")
    if not kind:
        doubts.drop("I020", f"附件“{each.title.text}”后面没有内容，没有导入", each.title, "对照原件补上")
    return kind, NOTHING


def _read_grid(grid: Grid, facts: Facts, doubts: Doubts) -> str:
    kind = read_table(grid, facts)
    if kind:
        doubts.ledger.account(head_and_groups(grid))
    else:
        doubts.drop("I019", f"表格没有导入，共 {len(grid)} 行", whole_text(grid), "表里的内容改写成任务，或者另附")
    return kind


def _refusal(code: str, message: str, source: Source, hint: str) -> PlanError:
    return PlanError([Diagnostic(code, message, Span(source, 0, 0), hint)])


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
        raise _refusal("I018", "看不出是哪一年的计划", source, "用 --year 写明，如 --year 2026")
    return int(found[0])
