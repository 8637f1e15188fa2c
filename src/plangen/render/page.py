"""The arithmetic of the official page: millimetres and points of the house style to the units of WordprocessingML.

Lengths are twips (1/20 point, 56.69 to a millimetre), font sizes half-points. How each construct measures in Word's
arithmetic and in LibreOffice is recorded in docs/page.md.
"""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from typing import NamedTuple

from plangen.render.style import HouseStyle

_TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")
_CHARACTER_SPACE_PER_POINT = 4096
"""Unit of `w:docGrid/@w:charSpace` (ECMA-376 Part 1, 17.6.5)."""

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
    """Height of a line: so many as the style says fill the type area."""
    character_spacing: int
    """`w:spacing` of the body text: what squeezes its characters to the wanted number a line."""
    character_grid: int | None
    """`w:charSpace` when the style asks for Word's own character grid, else `None`."""
    indent: int
    """Two characters of the body text."""
    cell_margin: int
    """Between the text of a table and the lines beside it."""

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> int:
        """Height of the type area, which is its width where the sheet is turned."""
        return self.height - self.top - self.bottom

    def characters(self, size: Decimal, *, landscape: bool = False) -> int:
        """Return how many characters of a font size, in points, stand on a line side by side."""
        return int((self.text_height if landscape else self.text_width) / (size * 20))


def geometry(style: HouseStyle) -> PageGeometry:
    """Return the page of a house style: the type area exact, the left and bottom margins what is left over."""
    paper, size = style.paper, style.body.size
    width = _twips(paper.width - paper.left - paper.right)
    height = _twips(paper.height - paper.top - paper.bottom)
    right, top = _twips(paper.right), _twips(paper.top)
    pitch = Decimal(width) / paper.characters
    squeeze = _floor(pitch - size * 20)
    by_grid = paper.grid == "characters"
    return PageGeometry(
        width=_twips(paper.width),
        height=_twips(paper.height),
        top=top,
        bottom=_twips(paper.height) - top - height,
        left=_twips(paper.width) - right - width,
        right=right,
        footer=_to_number(style, _DASH_RISE),
        side=_to_number(style, _TURNED_DASH_RISE),
        line=_floor(Decimal(height) / paper.lines),
        character_spacing=0 if by_grid else squeeze,
        character_grid=_floor((pitch / 20 - size) * _CHARACTER_SPACE_PER_POINT) if by_grid else None,
        indent=2 * (int(size * 20) + squeeze),
        cell_margin=_twips(style.table.margin),
    )


def column_widths(shares: Sequence[int], width: int, margin: int) -> list[int]:
    """Return the widths of columns whose texts share a width, all margins in it; they add up to it exactly."""
    text = width - 2 * margin * len(shares)
    edges = [0, *(text * so_far // sum(shares) for so_far in accumulate(shares))]
    return [right - left + 2 * margin for left, right in pairwise(edges)]


def half_points(points: Decimal) -> int:
    """Return a font size as `w:sz` wants it."""
    return int((points * 2).to_integral_value(ROUND_HALF_UP))


def points_in_twips(points: Decimal) -> int:
    """Return a length given in points."""
    return int((points * 20).to_integral_value(ROUND_HALF_UP))


def _to_number(style: HouseStyle, dash_rise: Decimal) -> int:
    """Return how far from the edge of the paper the line of the page number lies."""
    number = style.page_number
    return _twips(style.paper.bottom) - _twips(number.distance) - int(number.size * 20 * dash_rise)


def _twips(millimetres: Decimal) -> int:
    return int((millimetres * _TWIPS_PER_MM).to_integral_value(ROUND_HALF_UP))


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
