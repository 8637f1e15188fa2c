"""The elements of an official document as they are printed: GB/T 9704-2012 clauses 7.2 to 7.4."""

from typing import TYPE_CHECKING, Final

from plangen.outline.model import NumberLine, Official
from plangen.plan import model
from plangen.plan.prose import LITERAL_MARK, REFERENCE_MARK

if TYPE_CHECKING:
    import datetime

_SIGNATORIES_A_LINE: Final = 2
"""Names of those who sign, on one line as a rule (§7.2.6)."""

_LONG_NAME: Final = 6
"""Names of more characters than this stand one on a line: two leave no room for the document number beside them."""

_MARK_SUFFIX: Final = "文件"
"""What follows the name of an organ in its mark, or the names of several, to the right of them (§7.2.4)."""


def official_elements(written: model.Official | None) -> Official | None:
    """Return the elements as they are printed, `None` when there are none."""
    if written is None:
        return None
    organs, suffix = _organ_mark(written.organ_mark, letter=written.head == "letter")
    return Official(
        head=written.head,
        copy_number=written.copy_number,
        secrecy=written.secrecy,
        urgency=written.urgency,
        organ_mark=organs,
        mark_suffix=suffix,
        document_number=written.document_number,
        signatories=written.signatories,
        number_lines=_number_lines(written.document_number, written.signatories),
        recipients=_closed("，".join(written.recipients), "："),
        signature=written.signature,
        date=printed_date(written.date),
        sealed=written.sealed,
        note=_bracketed(written.note),
        copies_to=_closed(_listed("抄送：", written.copies_to), "。"),
        printed_by=written.printed_by,
        printed_on=_closed(printed_date(written.printed_on), "印发"),
    )


def default_notice_title(plan: model.Plan) -> str:
    """Return the title of a notice whose author wrote none."""
    return f"{plan.issuer}关于印发《{_quotable(plan.title)}》的通知"


def default_notice_text(plan: model.Plan) -> model.Prose:
    """Return the text of a notice whose author wrote none, as he would have written it: prose, in which {@ refers."""
    title = _quotable(plan.title).replace(REFERENCE_MARK, LITERAL_MARK)
    return (f"现将《{title}》印发给你们，请结合实际，认真贯彻落实。",)


def printed_date(date: "datetime.date | None") -> str:
    """Return a date as it is printed, in Arabic numerals without leading zeros (§7.3.5.4); "" for `None`."""
    return f"{date.year}年{date.month}月{date.day}日" if date else ""


def _organ_mark(written: tuple[str, ...], *, letter: bool) -> tuple[tuple[str, ...], str]:
    """Return the names of the organs and the 文件 that stands beside them, or "" where nobody wrote it.

    Of a single organ the mark is one text; of several, 文件 may be written after any name or as the last entry. The
    mark of a letter is the name alone (§10.1). Where nothing but 文件 is written, that is the mark.
    """
    if len(written) < 2 and not letter:
        return written, ""
    names = tuple(name for name in (each.removesuffix(_MARK_SUFFIX).strip() for each in written) if name)
    if letter or not names:
        return names or written[:1], ""
    return names, _MARK_SUFFIX if any(each.endswith(_MARK_SUFFIX) for each in written) else ""


def _number_lines(number: str, signatories: tuple[str, ...]) -> tuple[NumberLine, ...]:
    """Return the lines of those who sign, with the document number at the left of the last (§7.2.5, §7.2.6)."""
    step = 1 if any(len(name) > _LONG_NAME for name in signatories) else _SIGNATORIES_A_LINE
    rows = ["　".join(signatories[n : n + step]) for n in range(0, len(signatories), step)] or [""]
    last = len(rows) - 1
    return tuple(
        NumberLine(number if n == last else "", "签发人：" if signatories and not n else "", row)
        for n, row in enumerate(rows)
    )


def _closed(text: str, mark: str) -> str:
    """Return a text with its closing mark, once; nothing stays nothing."""
    return text.rstrip("：:。；;，,") + mark if text else ""


def _listed(label: str, organs: tuple[str, ...]) -> str:
    """Return organs after their label; nothing stays nothing."""
    return label + "，".join(organs) if organs else ""


def _bracketed(note: str) -> str:
    """Return a note in round brackets (§7.3.6)."""
    return note if not note or note[0] in "（(" else f"（{note}）"


def _quotable(title: str) -> str:
    """Return a title that can stand in 《》: inside them the marks are 〈〉 (GB/T 15834 4.15.3.5)."""
    return title.replace("《", "〈").replace("》", "〉")
