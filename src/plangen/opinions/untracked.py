"""What was typed into a document without being tracked, found by comparing it with the plan as it is printed."""

from collections.abc import Iterator, Sequence
from typing import Final

from plangen.importing.word import WordParagraph
from plangen.opinions.clauses import Printed
from plangen.opinions.drafts import Draft, is_trifle
from plangen.opinions.phrases import advice, passages, quoted, shortened
from plangen.opinions.views import flat

_UNTRACKED: Final = "（未留修订痕迹）"


def untracked_drafts(
    paragraphs: Sequence[WordParagraph], paired: Sequence[int | None], printed: Sequence[Printed]
) -> list[tuple[int, Draft]]:
    """Return the changes of a document that nobody tracked, each with its place among the printed paragraphs.

    `paired` is which printed paragraph each paragraph of the document is. Changes are looked for in the plan's own text
    only, and paragraphs that were added or deleted between two that are there: around it stands what is none of it.
    """
    found: list[tuple[int, Draft]] = []
    anchor, before = -1, -1
    for at, place in enumerate(paired):
        if place is None or not printed[place].in_body:
            continue
        if anchor >= 0:
            found += [(before, each) for each in _added(paragraphs, anchor, at)]
            found += [(gone, _missing(printed[gone], anchor)) for gone in range(before + 1, place)]
        found += [(place, each) for each in _reworded(at, printed[place].text, paragraphs[at])]
        anchor, before = at, place
    return found


def _reworded(at: int, old: str, paragraph: WordParagraph) -> Iterator[Draft]:
    for passage in passages(old, _one_line(paragraph)):
        if not is_trifle(old, passage):
            text = old[passage.start : passage.end]
            yield Draft(at, shortened(text), advice(old, passage, "此段") + _UNTRACKED)


def _added(paragraphs: Sequence[WordParagraph], anchor: int, end: int) -> Iterator[Draft]:
    for each in paragraphs[anchor + 1 : end]:
        if each.present and each.text.strip() and each.cell is None and not each.boxed:
            text = f"在此段后增加一段：{quoted(_one_line(each))}{_UNTRACKED}"
            yield Draft(anchor, shortened(_one_line(paragraphs[anchor])), text)


def _missing(printed: Printed, anchor: int) -> Draft:
    return Draft(anchor, shortened(printed.text), f"删去此段{_UNTRACKED}")


def _one_line(paragraph: WordParagraph) -> str:
    return flat(str(paragraph))
