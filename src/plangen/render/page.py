"""The arithmetic of the official page: millimetres and points of the house style to the units of WordprocessingML.

Lengths are twips (1/20 point, 56.69 to a millimetre), font sizes half-points. How each construct measures in Word's
arithmetic and in LibreOffice is recorded in docs/page.md.
"""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from plangen.render.style import HouseStyle, Paper

_TWIPS_PER_MM = Decimal(1440) / Decimal("25.4")
_CHARACTER_SPACE_PER_POINT = 4096
"""Unit of `w:docGrid/@w:charSpace` (ECMA-376 Part 1, 17.6.5)."""

_DASH_RISE = Decimal("0.51")
"""Height of the dash of a page number above the bottom of its line, in line heights; measured through LibreOffice."""


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
    line: int
    """Height of a line: so many as the style says fill the type area."""
    character_spacing: int
    """`w:spacing` of the body text: what squeezes its characters to the wanted number a line."""
    character_grid: int | None
    """`w:charSpace` when the style asks for Word's own character grid, else `None`."""
    indent: int
    """Two characters of the body text."""

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    def characters(self, size: Decimal) -> int:
        """Return how many characters of a font size, in points, stand on a line side by side."""
        return int(self.text_width / (size * 20))


def geometry(style: HouseStyle, *, word_grid: bool = True) -> PageGeometry:
    """Return the page of a house style: the type area exact, the left and bottom margins what is left over.

    Without `word_grid` characters are squeezed by their spacing even where the style asks for Word's character grid,
    which only Word lays out right: the lines and the characters on them are the same.
    """
    paper, size = style.paper, style.body.size
    width = _twips(paper.width - paper.left - paper.right)
    height = _twips(paper.height - paper.top - paper.bottom)
    right, top = _twips(paper.right), _twips(paper.top)
    pitch = Decimal(width) / paper.characters
    squeeze = _floor(pitch - size * 20)
    by_grid = word_grid and paper.grid == "characters"
    return PageGeometry(
        width=_twips(paper.width),
        height=_twips(paper.height),
        top=top,
        bottom=_twips(paper.height) - top - height,
        left=_twips(paper.width) - right - width,
        right=right,
        footer=_footer(style, paper),
        line=_floor(Decimal(height) / paper.lines),
        character_spacing=0 if by_grid else squeeze,
        character_grid=_floor((pitch / 20 - size) * _CHARACTER_SPACE_PER_POINT) if by_grid else None,
        indent=2 * (int(size * 20) + squeeze),
    )


def half_points(points: Decimal) -> int:
    """Return a font size as `w:sz` wants it."""
    return int((points * 2).to_integral_value(ROUND_HALF_UP))


def points_in_twips(points: Decimal) -> int:
    """Return a length given in points."""
    return int((points * 20).to_integral_value(ROUND_HALF_UP))


def _footer(style: HouseStyle, paper: Paper) -> int:
    number = style.page_number
    return _twips(paper.bottom) - _twips(number.distance) - int(number.size * 20 * _DASH_RISE)


def _twips(millimetres: Decimal) -> int:
    return int((millimetres * _TWIPS_PER_MM).to_integral_value(ROUND_HALF_UP))


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
