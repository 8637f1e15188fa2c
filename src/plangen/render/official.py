"""Where the elements of an official document stand: GB/T 9704-2012 clauses 7.2 to 7.4 and 10.1 in Word's units.

Lengths are twips unless a name says otherwise. The heads are as high as a whole number of lines, so that the text after
them stands on the grid of the page; what is left over is spread evenly over their blank lines.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError
from plangen.outline.model import Attachment, NumberLine, Official, Outline
from plangen.render.element_misfits import element_misfits
from plangen.render.page import PageGeometry, half_points, twips
from plangen.render.style import HouseStyle

_BASELINE: Final = Decimal("0.8")
"""Where LibreOffice puts the baseline of a line of an exact height, from its top, as part of that height."""

_MARK_ABOVE: Final = Decimal("0.78")
_MARK_BELOW: Final = Decimal("0.14")
"""How far the ink of 小标宋 goes above and below its baseline, in sizes of its type; fonts differ a little."""

_TEXT_BELOW: Final = Decimal("0.09")
"""How far the ink of 仿宋 goes below its baseline, likewise."""

_MARK_LINE: Final = Decimal("1.2")
"""Height of the line of an organ mark, in sizes of its type."""

_HALF: Final = Decimal("0.5")
"""Width of a Latin letter or digit of the text, in sizes."""

_MARK_LATIN: Final = Decimal("0.85")
"""Width of a Latin letter or digit of an organ mark, in sizes: that of a capital, so that no font needs more."""

_SCRIPT_GAP: Final = Decimal("0.25")
"""What LibreOffice puts at most between a Chinese character and a Latin one, in sizes; Word, by `autoSpaceDE`, none."""

_MARK_ROOM: Final = Decimal("0.96")
"""How much of the width of the type area an organ mark may fill."""

_SMALLEST_MARK: Final = Decimal(36)
"""Below this size, in points, the characters of an organ mark are made narrower rather than smaller (小初)."""

_NARROWEST: Final = Decimal("0.5")
"""Least width of the characters of an organ mark, as part of their own width; beyond, they cannot be read well."""

_SUFFIX_GAP: Final = Decimal("0.4")
"""Between the names of several organs and 文件, in sizes of their type."""

_MOST_MARK_LINES: Final = 8
"""How many lines of the page the mark of several organs may take, so that text still stands on the first page."""

_BLANK_LINES: Final = 2
"""Blank lines between mark and document number (§7.2.5), and between red line and title (§7.3.1)."""

_SIGNATURE_RIGHT: Final = 2
_SEALED_DATE_RIGHT: Final = 4
"""Characters to the right of an unsealed signature (§7.3.5.2) and of a sealed date (§7.3.5.1)."""

_DATE_STEP: Final = 2
"""Characters from the first one of an unsealed signature to that of the date below it (§7.3.5.2)."""

_SEALS_A_ROW: Final = 3
_SEAL_LINES: Final = 4
"""Seals of several organs side by side, and the lines one of them needs: 42 mm, not touching (§7.3.5.1)."""

_IMPRINT_BELOW: Final = Decimal("0.12")
"""Room below the text of a row of the imprint, in lines, so that the text stands in its middle."""

_THIN_LINE_AND_GAP: Final = 30
"""What a double line of Word's (`thickThinSmallGap`) adds to its thick one: 0.75 points each; LibreOffice agrees."""

_MANY_ATTACHMENTS: Final = 10
"""From so many on, the number of an attachment takes one half character more."""


class Mark(NamedTuple):
    """How an organ mark is set: size in half-points, scale in percent of the characters' width, height of a line."""

    size: int
    scale: int
    line: int
    width: int
    """Of the widest name."""
    suffix_width: int
    """Of 文件 beside several names, with the gap before it; 0 when there is none."""


class RedHead(NamedTuple):
    """The red head: the exact heights of what stands in it, from the top of the type area down."""

    spacer: int
    mark: Mark
    above_number: tuple[int, ...]
    """Blank lines between mark and document number."""
    label_at: int
    names_at: int
    """Where label and names of those who sign begin."""
    rule_space: int
    """Between the line of the document number and the red line, in points."""
    rule_size: int
    """Of the red line, in eighths of a point."""
    below_rule: tuple[int, ...]
    """Blank lines between red line and title."""


class LetterHead(NamedTuple):
    """The head of a letter, which stands in the header and the footer of its first page."""

    header: int
    """From the upper edge of the paper to the line of the mark."""
    mark: Mark
    rule_space: int
    rule_size: int
    rule: int
    """Height of the first double line with the space above it."""
    overhang: int
    """How far the double lines go beyond the type area on either side, at most to the edge of the paper."""
    after_rule: int
    footer: int
    """From the lower edge of the paper to the footer, whose upper border is the second double line."""
    lines: tuple[NumberLine, ...]


class Signature(NamedTuple):
    """Signature and date: blank lines above, and distances from the left edge of the type area.

    With `centred` both stand in the middle of what is right of `left`. `rows` are those of several sealed signatures,
    as many side by side as there is room for seals, `columns` says where each stands in the middle; the date stands
    below the last.
    """

    blank_lines: int
    left: int
    date_left: int
    centred: bool
    rows: tuple[tuple[str, ...], ...]
    columns: tuple[int, ...]
    row_blank_lines: int


class AttachmentLine(NamedTuple):
    """A line of the list of attachments: what stands before the name, where that begins, where the name does."""

    label: str
    name: str
    hanging: int
    left: int


class Imprint(NamedTuple):
    """The lines of the imprint: their height, and the room below the last one of a row."""

    line: int
    below: int


class Placement(NamedTuple):
    """Where everything around the text of a document stands; `None` and () where there is nothing of the kind."""

    red_head: RedHead | None
    letter_head: LetterHead | None
    signature: Signature | None
    imprint: Imprint
    attachment_lines: tuple[AttachmentLine, ...]


def place_elements(outline: Outline, style: HouseStyle, page: PageGeometry) -> Placement:
    """Return where the elements of a document stand; raise `PlanError` when they do not fit on its pages."""
    official = outline.official
    lines = _attachment_lines(outline.attachments, page)
    imprint = _imprint(page)
    if official is None:
        return Placement(None, None, None, imprint, lines)
    wrong = [
        Diagnostic("D520", each.message, style.place.span(*each.values[0]), each.hint)
        for each in element_misfits(official, style, page)
    ]
    if wrong:
        raise PlanError(wrong)
    has_head = bool(official.organ_mark or official.document_number or official.signatories)
    letter = official.head == "letter"
    _check_imprint(outline, official, style, page)
    return Placement(
        red_head=_red_head(outline, official, style, page) if has_head and not letter else None,
        letter_head=_letter_head(outline, official, style, page) if has_head and letter else None,
        signature=_signature(official, style, page) if official.signature or official.date else None,
        imprint=imprint,
        attachment_lines=lines,
    )


def set_width(text: str, page: PageGeometry) -> int:
    """Return how wide a text of the size of the body is on a line: Latin letters and digits half a character."""
    return sum(page.half_character if _is_narrow(character) else page.character for character in text)


def _is_narrow(character: str) -> bool:
    return unicodedata.east_asian_width(character) not in "WFA"


def _characters(text: str) -> Decimal:
    """Return how many characters wide a text is."""
    return sum((_HALF if _is_narrow(each) else Decimal(1) for each in text), Decimal(0))


def _mark_characters(name: str) -> Decimal:
    """Return how many characters of room a name in an organ mark needs, whatever the font and the program."""
    narrow = [_is_narrow(each) for each in name]
    gaps = sum(one != other for one, other in pairwise(narrow))
    return sum((_MARK_LATIN if each else Decimal(1) for each in narrow), gaps * _SCRIPT_GAP)


def _misfit(outline: Outline, name: str, message: str, hint: str) -> PlanError:
    """Return what to raise when an element does not fit, pointing at where it is written."""
    return PlanError([Diagnostic("D522", message, outline.place.span("official", name), hint)])


def _red_head(outline: Outline, official: Official, style: HouseStyle, page: PageGeometry) -> RedHead:
    look = style.red_head
    mark = _mark(outline, official, look.size, style, page)
    above = sum(map(bool, (official.copy_number, official.secrecy, official.urgency)))
    type_area = twips(style.paper.top) - page.top
    spacer = type_area + twips(look.distance) - above * page.line - _ink_top(mark)
    rule_space = _points(twips(look.line_distance) - _room_below(_TEXT_BELOW, style.body.size, page.line))
    rule_size = int(look.line_width * 8)
    fixed = (
        (above + len(official.number_lines)) * page.line
        + max(1, spacer)
        + mark.line * max(1, len(official.organ_mark))
        + rule_space * 20
        + rule_size * 20 // 8
    )
    blanks = _spread(fixed, 2 * _BLANK_LINES, page.line)
    label_at, names_at = _signatories_at(outline, official, page)
    return RedHead(
        spacer=max(1, spacer),
        mark=mark,
        above_number=blanks[:_BLANK_LINES],
        label_at=label_at,
        names_at=names_at,
        rule_space=rule_space,
        rule_size=rule_size,
        below_rule=blanks[_BLANK_LINES:],
    )


def _spread(fixed: int, count: int, line: int) -> tuple[int, ...]:
    """Return the heights of blank lines, about one line each, that make up whole lines together with what is fixed."""
    total = fixed + count * line
    wanted = (2 * total + line) // (2 * line) * line - fixed
    return tuple(wanted * (n + 1) // count - wanted * n // count for n in range(count))


def _signatories_at(outline: Outline, official: Official, page: PageGeometry) -> tuple[int, int]:
    """Return where label and names of those who sign begin: the widest line ends one character from the right.

    Raises `PlanError` when they leave no room for the document number, which begins one character from the left.
    """
    lines = official.number_lines
    names_at = page.text_width - page.character - max(set_width(line.right, page) for line in lines)
    label_at = names_at - set_width("签发人：", page)
    number_ends = page.character + set_width(official.document_number, page)
    beside_number = label_at if len(lines) == 1 else names_at
    if official.signatories and (beside_number < number_ends or label_at < page.character):
        hint = "用规范化的姓名，姓名后面不写职务"
        raise _misfit(outline, "signatories", "签发人太长，一行放不下", hint)
    return label_at, names_at


def _mark(outline: Outline, official: Official, largest: Decimal, style: HouseStyle, page: PageGeometry) -> Mark:
    """Return how the organ mark is set: as large as fits; raise `PlanError` when it fits in no way that can be read."""
    names = official.organ_mark or ("",)
    widest = max(*map(_mark_characters, names), Decimal(1))
    suffix = _characters(official.mark_suffix)
    beside = suffix + _SUFFIX_GAP if suffix else Decimal(0)
    room = page.text_width / Decimal(20) * _MARK_ROOM
    highest = Decimal(_MOST_MARK_LINES * page.line) / 20 / len(names) / _MARK_LINE
    size = min(largest, highest, max(room / (widest + beside), _SMALLEST_MARK))
    scale = min(Decimal(1), room / ((widest + beside) * size))
    if scale < _NARROWEST or size < style.title.size:
        message = "发文机关标志太长，一行放不下" if scale < _NARROWEST else "发文机关太多，版头放不下"
        raise _misfit(outline, "organ_mark", message, "用规范化简称，或者只写主办机关")
    half = half_points(size)
    set_size = Decimal(half) / 2
    character = set_size * 20 * scale
    return Mark(
        size=half,
        scale=int(scale * 100),
        line=int(set_size * _MARK_LINE * 20),
        width=int(widest * character) + 1,
        suffix_width=int(beside * character) + 1 if suffix else 0,
    )


def _ink_top(mark: Mark) -> int:
    """Return how far below the top of its line the ink of a mark begins."""
    return int(mark.line * _BASELINE - mark.size * 10 * _MARK_ABOVE)


def _room_below(depth: Decimal, size: Decimal, line: int) -> int:
    """Return how far above the bottom of its line the ink of a text ends that goes so deep below its baseline."""
    return int(line * (1 - _BASELINE) - size * 20 * depth)


def _points(length: int) -> int:
    """Return a length in whole points, 0 to 31, which is how Word keeps the distance of a border."""
    return min(31, max(0, round(length / 20)))


def _letter_head(outline: Outline, official: Official, style: HouseStyle, page: PageGeometry) -> LetterHead:
    look = style.letter_head
    mark = _mark(outline, official, style.red_head.size, style, page)
    header = twips(look.distance) - _ink_top(mark)
    rule_space = _points(twips(look.line_distance) - _room_below(_MARK_BELOW, Decimal(mark.size) / 2, mark.line))
    rule_size = int(look.line_width * 8)
    rule = rule_space * 20 + rule_size * 20 // 8 + _THIN_LINE_AND_GAP
    bottom = header + mark.line * max(1, len(official.organ_mark)) + rule
    lines_down = -(-(bottom - page.top) // page.line)
    return LetterHead(
        header=max(1, header),
        mark=mark,
        rule_space=rule_space,
        rule_size=rule_size,
        rule=rule,
        overhang=max(0, min((twips(look.line_length) - page.text_width) // 2, page.left, page.right)),
        after_rule=max(0, page.top + lines_down * page.line - bottom),
        footer=twips(look.foot_distance),
        lines=_letter_lines(official),
    )


def _letter_lines(official: Official) -> tuple[NumberLine, ...]:
    """Return the lines below the first double line: number at the right of the first, the rest at the left (§10.1)."""
    left = [each for each in (official.copy_number, official.secrecy, official.urgency) if each] or [""]
    return tuple(NumberLine(each, "", "" if n else official.document_number) for n, each in enumerate(left))


def _signature(official: Official, style: HouseStyle, page: PageGeometry) -> Signature:
    look = style.signature
    names, character = official.signature, page.character
    widest = max((set_width(name, page) for name in names), default=0)
    date = set_width(official.date, page)
    if official.sealed:
        columns = max(1, min(_SEALS_A_ROW, len(names), page.text_width // (widest + 2 * character)))
        rows = tuple(names[n : n + columns] for n in range(0, len(names), columns)) if len(names) > 1 else ()
        block = page.text_width // columns if columns > 1 else max(date + 2 * _SEALED_DATE_RIGHT * character, widest)
        left = max(0, page.text_width - block)
        middles = tuple(page.text_width - block * n + block // 2 for n in range(columns, 0, -1))
        return Signature(look.sealed_blank_lines, left, left, True, rows, middles, _SEAL_LINES - 1)
    left = page.text_width - _SIGNATURE_RIGHT * character - widest
    date_left = left + _DATE_STEP * character
    too_far = date_left + date - (page.text_width - _SIGNATURE_RIGHT * character)
    if date > widest and names:
        left, date_left = left - too_far, date_left - too_far
    elif not names:
        date_left = page.text_width - _SEALED_DATE_RIGHT * character - date
    return Signature(look.blank_lines, max(0, left), max(0, date_left), False, (), (), 0)


def _attachment_lines(attachments: Sequence[Attachment], page: PageGeometry) -> tuple[AttachmentLine, ...]:
    """Return the list of attachments (§7.3.4): names hang from their first character."""
    character, half = page.character, page.half_character
    indent = 2 * character
    if len(attachments) == 1:
        return (AttachmentLine("附件：", attachments[0].title, 3 * character, indent + 3 * character),)
    number = 3 * half if len(attachments) >= _MANY_ATTACHMENTS else 2 * half
    left = indent + 3 * character + number + (character - 2 * half)
    return tuple(
        AttachmentLine(
            f"附件：{n}." if n == 1 else f"{n}.", each.title, left - (indent + (3 * character if n > 1 else 0)), left
        )
        for n, each in enumerate(attachments, 1)
    )


def _imprint(page: PageGeometry) -> Imprint:
    """Return lines that stand in the middle of rows one grid line high."""
    below = int(page.line * _IMPRINT_BELOW)
    return Imprint(page.line - below, below)


def _check_imprint(outline: Outline, official: Official, style: HouseStyle, page: PageGeometry) -> None:
    """Raise `PlanError` when the imprint is higher than a page."""
    size = style.imprint.size * 20
    room = page.text_width - 5 * size
    lines = -(-_characters(official.copies_to) * size // room) + 1
    if lines * page.line > page.text_height:
        raise _misfit(outline, "copies_to", "抄送机关太多，版记比一页还高", "减少抄送机关")
