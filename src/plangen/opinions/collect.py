"""All opinions on a plan, from the documents that departments sent back, each with its clause."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from plangen.compare.nodes import Tree
from plangen.diagnostics import Diagnostic, PlanError, Severity, whole_file
from plangen.importing.word import Comment, Reading, Revision, WordDocument, read_word
from plangen.opinions.clauses import Printed, is_same, pair_paragraphs, printed_paragraphs
from plangen.opinions.drafts import Draft, drafts
from plangen.opinions.untracked import untracked_drafts

_DOCUMENT: Final = ".docx"
_LOCK: Final = "~$"
"""How the file begins that Word keeps beside an open document."""

_NOBODY: Final = frozenset(
    (
        *("", "administrator", "admin", "user", "author", "unknown author", "microsoft office user", "windows user"),
        *("microsoft", "office", "wps", "wps office", "lenovo", "hp", "dell", "pc"),
        *("作者", "用户", "未知作者", "windows 用户"),
    )
)
"""Authors, in lower case, that programs and computers come with: they say nothing of a unit."""


_LEAST_SHARE: Final = 1 / 3
"""Least share of a plan's paragraphs that a document made from it has unchanged."""


_MOST_UNITS: Final = 100
"""Most authors of a document: for each of them it is read once."""


class Opinion(NamedTuple):
    """An opinion: whose it is, where in the plan, on which text, and what it says.

    `clause` is "" where the place was not found. `place` is the place of the clause in the plan, by which opinions are
    sorted.
    """

    unit: str
    clause: str
    original: str
    advice: str
    place: int


def word_files(path: Path) -> list[Path]:
    """Return the documents a path names: the file itself, or the .docx right inside a folder, by name.

    Raises `PlanError` when there is none in the folder.
    """
    if not path.is_dir():
        return [path]
    found = sorted(
        each for each in path.iterdir() if each.suffix.lower() == _DOCUMENT and not each.name.startswith((_LOCK, "."))
    )
    if not found:
        message, hint = "文件夹里没有 Word 文档", "把各单位返回的 .docx 放进这个文件夹"
        raise PlanError([Diagnostic("R104", message, whole_file(path), hint)])
    return found


def collect_opinions(
    files: Iterable[Path], tree: Tree, *, unit_is_file: bool = False
) -> tuple[list[Opinion], list[Diagnostic]]:
    """Return the opinions in documents, in the order of the plan, and what is to be said of the documents.

    A unit is the author of changes and comments, or, when `unit_is_file`, the name of the file. Raises `PlanError` with
    everything that is wrong when a document cannot be read: a list that lacks a unit would pass for a complete one.
    """
    documents, refused = [], []
    for file in files:
        try:
            documents.append(read_word(file))
        except PlanError as error:
            refused += error.diagnostics
    if refused:
        raise PlanError(refused)
    printed = printed_paragraphs(tree)
    opinions: list[Opinion] = []
    diagnostics: list[Diagnostic] = []
    for document in documents:
        found = _Returned(document, printed, unit_is_file=unit_is_file)
        opinions += found.opinions
        diagnostics += found.diagnostics()
    return sorted(opinions, key=lambda opinion: opinion.place), diagnostics


class _Returned:
    """A document that was sent back: its paragraphs as they were sent, and which of the plan they are."""

    def __init__(self, document: WordDocument, printed: Sequence[Printed], *, unit_is_file: bool) -> None:
        self._document = document
        self._printed = printed
        self._unit_is_file = unit_is_file
        self._paragraphs = list(document.with_history(Reading.ORIGINAL))
        self._paired = pair_paragraphs(printed, [str(each) if each.present else "" for each in self._paragraphs])
        self._places = _carried(self._paired)
        self.tracked = [opinion for unit in self._units() for opinion in self._of_unit(unit)]
        self.is_known = self._share_unchanged() >= _LEAST_SHARE
        found = untracked_drafts(self._paragraphs, self._paired, printed) if self.is_known else []
        self.untracked = [self._opinion(document.path.stem, each, place) for place, each in found]
        self.opinions = [*self.tracked, *self.untracked]

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Yield what is to be said of the document."""
        blamed = whole_file(self._document.path)
        if not self.is_known:
            message = "与计划大不相同，条款可能定不准，没有留痕的修改也没有列入"
            yield Diagnostic("R105", message, blamed, "检查 --plan 是不是这份文档的计划", Severity.WARNING)
        elif not self.opinions:
            yield Diagnostic("R106", "没有修订和批注，文字也与计划一样", blamed, "", Severity.INFO)
        nobody = dict.fromkeys(each.unit for each in self.tracked if each.unit.lower() in _NOBODY)
        if nobody:
            message, hint = f"作者是“{'、'.join(nobody)}”，看不出是哪个单位", "用 --unit file 把文件名作为单位"
            yield Diagnostic("R107", message, blamed, hint, Severity.WARNING)
        if self.untracked:
            message = f"有 {len(self.untracked)} 处与计划不同，又没有修订痕迹，按直接修改列入"
            hint = "计划在发出文档之后改过的，--plan 用发出时的那一稿"
            yield Diagnostic("R108", message, blamed, hint, Severity.WARNING)

    def _share_unchanged(self) -> float:
        """Return how many of the paragraphs of the plan's own text stand in the document as they are, 0 to 1."""
        body = sum(each.in_body for each in self._printed)
        pairs = zip(self._paragraphs, self._paired, strict=True)
        known = [(str(each), self._printed[place]) for each, place in pairs if place is not None]
        return sum(each.in_body and is_same(each.text, text) for text, each in known) / body

    def _units(self) -> list[str]:
        """Return the units that have opinions in the document, in the order they come up."""
        stretches = [stretch for each in self._paragraphs for stretch in each.stretches]
        revisions = [found for stretch in stretches for found in (stretch.inserted, stretch.deleted) if found]
        authors = [*(each.author for each in revisions), *(each.author for each in self._document.comments.values())]
        units = list(dict.fromkeys(map(self._unit, authors)))
        if len(units) > _MOST_UNITS:
            message, hint = (
                f"修订和批注的作者超过 {_MOST_UNITS} 个",
                "检查是不是选错了文件；作者没有用处的，写 --unit file",
            )
            raise PlanError([Diagnostic("R102", message, whole_file(self._document.path), hint)])
        return units

    def _unit(self, author: str) -> str:
        return self._document.path.stem if self._unit_is_file else author

    def _of_unit(self, unit: str) -> Iterator[Opinion]:
        def mine(revision: Revision | None) -> bool:
            return revision is not None and self._unit(revision.author) == unit

        for draft in drafts(self._paragraphs, mine, self._remarks(unit)):
            yield self._opinion(unit, draft, self._places[draft.paragraph])

    def _remarks(self, unit: str) -> dict[str, str]:
        """Return what the comments of a unit say that answer no other, with the answers, by their ids."""
        comments = self._document.comments
        threads: dict[str, list[Comment]] = {}
        for each in comments.values():
            if each.answers in comments:
                threads.setdefault(each.answers, []).append(each)
        own = (each for each in comments.values() if each.answers not in comments and self._unit(each.author) == unit)
        return {each.id: _remark(each, threads.get(each.id, ())) for each in own if each.text}

    def _opinion(self, unit: str, draft: Draft, place: int) -> Opinion:
        clause = self._printed[place].clause if place >= 0 else ""
        return Opinion(unit, clause, draft.original, draft.advice, place)


def _carried(paired: Iterable[int | None]) -> list[int]:
    """Return for each paragraph the place of the one before it that is in the plan, its own if it is; -1 before all."""
    places, last = [], -1
    for place in paired:
        last = last if place is None else place
        places.append(last)
    return places


def _remark(comment: Comment, answers: Iterable[Comment]) -> str:
    said = _one_line(comment.text) + ("（已解决）" if comment.settled else "")
    return said + "".join(f"（{each.author}答复：{_one_line(each.text)}）" for each in answers if each.text)


def _one_line(text: str) -> str:
    return "".join(text.split("\n"))
