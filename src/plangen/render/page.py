"""The arithmetic of the official page: millimetres and points of the house style to the units of WordprocessingML.

Lengths are twips (1/20 point, 56.69 to a millimetre), font sizes half-points. How each construct measures in Word's
arithmetic and in LibreOffice is recorded in docs/page.md.
"""

from collections.abc import Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from plangen.render.style import HouseStyle, Paper

_TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")
_CHARACTER_SPACE_PER_POINT = 4096
"""Unit of `w:docGrid/@w:charSpace` (ECMA-376 Part 1, 17.6.5)."""

_TIGHTEST: Final = Decimal("0.9")
"""Least distance of characters, in sizes: closer ones touch. The official page needs 0.987 (§5.2.3)."""

_DASH_RISE = Decimal("0.51")
"""Height of the dash of a page number above the bottom of its line, in line heights; measured through LibreOffice."""

_TURNED_DASH_RISE = Decimal("0.42")
"""The same in a line that runs down: between the middle of the line, where Chinese characters are centred, and the
0.33 that LibreOffice 7.4 makes of it."""


class PageGeometry(NamedTuple):
    """A page in twips; see the module for the units of the rest."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    """From the bottom edge of the paper to the bottom of the page number's line."""
    side: int
    """From the left edge of a turned sheet to the page number's line, which runs down."""
    line: int
    """Height of a line."""
    grid_line: int
    """`w:linePitch`: as many as the style wants fill the page. LibreOffice centres a grid that leaves room."""
    title_line: int
    """Height of a line of the title."""
    character_spacing: int
    """`w:spacing` of the body text: what squeezes its characters to the wanted number a line."""
    character_grid: int | None
    """`w:charSpace` when the style asks for Word's own character grid, else `None`."""
    character: int
    """Advance of a character of the body text."""
    half_character: int
    """Advance of a Latin letter or digit of the body text."""
    cell_margin: int
    """Between the text of a table and the lines beside it."""

    @property
    def indent(self) -> int:
        """Two characters of the body text."""
        return 2 * self.character

    @property
    def text_height(self) -> int:
        """Height of what holds the lines: the type area, and with compensated margins a little more."""
        return self.height - self.top - self.bottom

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def lines(self) -> int:
        """How many lines stand on a page."""
        return self.text_height // self.line

    def characters(self, size: Decimal, *, landscape: bool = False) -> int:
        """Return how many characters of a font size, in points, stand on a line side by side."""
        return int((self.text_height if landscape else self.text_width) / (size * 20))


def geometry(style: HouseStyle, *, word_grid: bool = True) -> PageGeometry:
    """Return the page of a house style: the type area exact, the left and bottom margins what is left over.

    Without `word_grid` characters are squeezed by their spacing even where the style asks for Word's character grid,
    which only Word lays out right: the lines and the characters on them are the same.
    """
    paper, size = style.paper, style.body.size
    width, right = twips(paper.width - paper.left - paper.right), twips(paper.right)
    column = _column(paper, size)
    pitch = Decimal(width) / paper.characters
    squeeze = _floor(pitch - size * 20)
    by_grid = word_grid and paper.grid == "characters"
    return PageGeometry(
        width=twips(paper.width),
        height=twips(paper.height),
        top=column.top,
        bottom=twips(paper.height) - column.top - column.height,
        left=twips(paper.width) - right - width,
        right=right,
        footer=_to_number(style, _DASH_RISE),
        side=_to_number(style, _TURNED_DASH_RISE),
        line=column.line,
        grid_line=column.height // paper.lines,
        title_line=column.line if style.title.line is None else points_in_twips(style.title.line),
        character_spacing=0 if by_grid else squeeze,
        character_grid=_floor((pitch / 20 - size) * _CHARACTER_SPACE_PER_POINT) if by_grid else None,
        character=int(size * 20) + squeeze,
        half_character=int(size * 10) + squeeze,
        cell_margin=twips(style.table.margin),
    )


def column_widths(shares: Sequence[int], width: int, margin: int) -> list[int]:
    """Return the widths of columns whose texts share a width, all margins in it; they add up to it exactly."""
    text = width - 2 * margin * len(shares)
    edges = [0, *(text * so_far // sum(shares) for so_far in accumulate(shares))]
    return [right - left + 2 * margin for left, right in pairwise(edges)]


class Misfit(NamedTuple):
    """Values of a house style that are right one by one and do not fit together.

    `values` are the paths of all that take part, the likeliest culprit first.
    """

    message: str
    hint: str
    values: tuple[tuple[str, str], ...]


def misfits(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    """Yield what does not fit on the page of a house style: lines, characters, title, margins, page number."""
    yield from _crowded_lines(style, page)
    yield from _crowded_title(style, page)
    yield from _crowded_characters(style, page)
    if page.top < 0 or page.bottom < 0:
        message = f"一页 {style.paper.lines} 行，补偿边距大过了页边距"
        yield Misfit(message, "增加 lines，或者把 margins 写成 standard", (("paper", "lines"), ("paper", "margins")))
    else:
        yield from _misplaced_number(style, page)


def _crowded_lines(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    paper, body = style.paper, style.body
    heights = (("paper", "line"), ("paper", "lines"), ("paper", "top"), ("paper", "bottom"), ("paper", "height"))
    if page.line < points_in_twips(body.size):
        message = f"行距 {_points(page.line)} 磅，放不下正文 {body.size} 磅的字"
        way_out = "加大 line" if paper.line else "减少 lines"
        yield Misfit(message, f"{way_out}，或者减小 body 的 size", (*heights, ("body", "size")))
        return
    if page.lines != paper.lines:
        message = f"行距 {_points(page.line)} 磅，一页排 {page.lines} 行，不是 {paper.lines} 行"
        widest = _points(_filling_line(paper, body.size))
        hint = f"{paper.lines} 行的行距最多 {widest} 磅；或者 lines 写 {page.lines}"
        yield Misfit(message, hint, heights)
    size = style.title.size
    if page.title_line < points_in_twips(size):
        message = f"行距 {_points(page.title_line)} 磅，放不下标题 {size} 磅的字"
        hint = f"title 的 line 写 {size} 以上的磅数"
        yield Misfit(message, hint, (("title", "line"), ("title", "size"), *heights))


def _crowded_title(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    if style.title.blank_lines >= page.lines:
        message = f"标题下面的空行排满了一页（{page.lines} 行）"
        yield Misfit(message, "减小 title 的 blank_lines", (("title", "blank_lines"),))


def _crowded_characters(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    paper, size = style.paper, style.body.size
    widths = (("paper", "characters"), ("paper", "left"), ("paper", "right"), ("paper", "width"))
    if page.text_width < paper.characters * size * 20 * _TIGHTEST:
        message = f"一行 {paper.characters} 字，版心放不下 {size} 磅的字"
        hint = f"characters 写 {max(1, page.characters(size))}，或者减小 body 的 size"
        yield Misfit(message, hint, (*widths, ("body", "size")))
    if not page.characters(style.title.size):
        yield Misfit("版心放不下标题的一个字", "检查 paper 的左右边距", (*widths[1:], ("title", "size")))


def _misplaced_number(style: HouseStyle, page: PageGeometry) -> Iterator[Misfit]:
    number = style.page_number
    values = (("page_number", "distance"), ("page_number", "size"), ("paper", "bottom"), ("paper", "margins"))
    distance = twips(number.distance)
    farthest = page.footer + distance
    # Word and LibreOffice raise the bottom of the text above what stands below it
    nearest = farthest + points_in_twips(number.size) - page.bottom
    if distance > farthest:
        most = _tenths(farthest, ROUND_FLOOR)
        yield Misfit("页码排到纸外面去了", f"page_number 的 distance 最多 {most} 毫米", values)
    elif distance < nearest:
        least = _tenths(nearest, ROUND_CEILING)
        yield Misfit("页码太高，会把正文顶上去", f"page_number 的 distance 至少 {least} 毫米", values)


class _Column(NamedTuple):
    """Where the lines of a page stand, in twips: top margin, height of what holds them, height of one."""

    top: int
    height: int
    line: int


def _column(paper: Paper, size: Decimal) -> _Column:
    """Return the lines of a page whose characters have a size in points.

    Half of what a line is higher than its characters lies above them, half below. By standard margins the lines fill
    the type area; by compensated ones the characters do, from the top of the first line to the bottom of the last, so
    that n lines have n - 1 line heights and one character between them, and the margins give way to what lies outside.
    """
    top, height = twips(paper.top), _text_height(paper)
    line = _filling_line(paper, size) if paper.line is None else points_in_twips(paper.line)
    if paper.margins == "standard":
        return _Column(top, height, line)
    leading = line - points_in_twips(size)
    return _Column(top - leading // 2, height + leading, line)


def _filling_line(paper: Paper, size: Decimal) -> int:
    """Return the height of a line by which as many as the style wants fill the page; see `_column`."""
    if paper.margins == "standard":
        return _text_height(paper) // paper.lines
    return (_text_height(paper) - points_in_twips(size)) // max(1, paper.lines - 1)


def _text_height(paper: Paper) -> int:
    return twips(paper.height - paper.top - paper.bottom)


def half_points(points: Decimal) -> int:
    """Return a font size as `w:sz` wants it."""
    return int((points * 2).to_integral_value(ROUND_HALF_UP))


def points_in_twips(points: Decimal) -> int:
    """Return a length given in points."""
    return int((points * 20).to_integral_value(ROUND_HALF_UP))


def eighths_of_a_point(millimetres: Decimal) -> int:
    """Return the width of a line, given in millimetres, as `w:sz` of a border wants it."""
    return int((millimetres * _TWIPS_PER_MM * 8 / 20).to_integral_value(ROUND_HALF_UP))


def twips(millimetres: Decimal) -> int:
    """Return a length given in millimetres."""
    return int((millimetres * _TWIPS_PER_MM).to_integral_value(ROUND_HALF_UP))


def _to_number(style: HouseStyle, dash_rise: Decimal) -> int:
    """Return how far from the edge of the paper the line of the page number lies."""
    number = style.page_number
    return twips(style.paper.bottom) - twips(number.distance) - int(number.size * 20 * dash_rise)


def _points(length: int) -> Decimal:
    return Decimal(length) / 20


def _tenths(length: int, rounding: str) -> Decimal:
    """Return a length in millimetres, to a tenth."""
    return (length / _TWIPS_PER_MM).quantize(Decimal("0.1"), rounding)


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
