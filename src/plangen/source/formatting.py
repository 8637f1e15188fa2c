"""`fmt`: a file in the house style, by edits of its text; what it says stays as it was, comments included."""

from typing import Final, NamedTuple

import yaml

from plangen.diagnostics import Diagnostic, PlanError, Source, whole_file
from plangen.source.edits import apply_fixes
from plangen.source.form import Form, read_form
from plangen.source.ids import give_ids
from plangen.source.indentation import comments, indent
from plangen.source.keys import Language, translate_keys
from plangen.source.mending import mend
from plangen.source.rewrapping import rewrap
from plangen.source.sameness import says_the_same


class Wishes(NamedTuple):
    """What formatting is to do on request: write all keys in a language, give ids to sections and tasks without one."""

    keys: Language | None = None
    ids: bool = False


NO_WISHES: Final = Wishes()


class Formatted(NamedTuple):
    """A file in the house style, and the slips that were repaired on the way."""

    text: str
    repaired: list[Diagnostic]


def format_source(source: Source, wishes: Wishes = NO_WISHES) -> Formatted:
    """Return a file in the house style: one sentence a line, two spaces a level, slips of the keyboard repaired.

    Line breaks are those the file has; where they differ, that of its first line. Raises `PlanError` with the slips
    that are in doubt, and when the text would say anything else than before.
    """
    line_break = _first_line_break(source.text)
    mended = mend(Source(source.name, _plain(source.text)))
    before, root = mended.source, mended.form.root
    births = list(give_ids(root, wishes.keys)) if wishes.ids else []
    fixes = [*rewrap(root), *(birth.fix for birth in births)]
    fixes += translate_keys(root, wishes.keys) if wishes.keys else ()
    edited, _ = apply_fixes(before.text, fixes)
    text = _indented(before, edited)
    if text != before.text:
        _prove_sameness(mended.form, before, Source(source.name, text), frozenset(birth.id for birth in births))
    return Formatted(text.replace("\n", line_break), mended.repaired)


def _indented(before: Source, edited: str) -> str:
    try:
        return indent(edited)
    except yaml.YAMLError:
        raise PlanError([_refusal(before)]) from None


def _first_line_break(text: str) -> str:
    at = min((found for found in (text.find("\n"), text.find("\r")) if found >= 0), default=-1)
    return "\n" if at < 0 or text[at] == "\n" else "\r\n" if text[at + 1 : at + 2] == "\n" else "\r"


def _plain(text: str) -> str:
    """Return a text with line feeds, and without the byte order marks that programs have put before one another's."""
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _prove_sameness(form: Form, before: Source, after: Source, born: frozenset[str]) -> None:
    """Raise `PlanError` unless a text says what it said before, but for new ids, and has the same comments."""
    try:
        read = read_form(after)
    except PlanError:
        read = None
    if (
        read is None
        or not says_the_same(form.root, read.root, born)
        or (not born and form.records != read.records)
        or [each.code for each in form.diagnostics] != [each.code for each in read.diagnostics]
        or comments(before.text) != comments(after.text)
    ):
        raise PlanError([_refusal(before)])


def _refusal(source: Source) -> Diagnostic:
    from pathlib import PurePath  # noqa: PLC0415 - only mistakes pay for it

    hint = "文件没有动；请把它发给 plangen 的维护者"
    return Diagnostic("F008", "整理以后内容会变，这是 plangen 的毛病", whole_file(PurePath(source.name)), hint)
