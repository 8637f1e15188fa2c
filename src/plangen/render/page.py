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
    character: int
    """Advance of a character of the body text."""
    half_character: int
    """Advance of a Latin letter or digit of the body text."""

    @property
    def indent(self) -> int:
        """Two characters of the body text."""
        return 2 * self.character

    @property
    def text_height(self) -> int:
        """Height of the type area."""
        return self.height - self.top - self.bottom

    @property
    def text_width(self) -> int:
        """Width of the type area."""
        return self.width - self.left - self.right

    def characters(self, size: Decimal) -> int:
        """Return how many characters of a font size, in points, stand on a line side by side."""
        return int(self.text_width / (size * 20))


def geometry(style: HouseStyle) -> PageGeometry:
    """Return the page of a house style: the type area exact, the left and bottom margins what is left over."""
    paper, size = style.paper, style.body.size
    width = twips(paper.width - paper.left - paper.right)
    height = twips(paper.height - paper.top - paper.bottom)
    right, top = twips(paper.right), twips(paper.top)
    pitch = Decimal(width) / paper.characters
    squeeze = _floor(pitch - size * 20)
    by_grid = paper.grid == "characters"
    return PageGeometry(
        width=twips(paper.width),
        height=twips(paper.height),
        top=top,
        bottom=twips(paper.height) - top - height,
        left=twips(paper.width) - right - width,
        right=right,
        footer=_footer(style, paper),
        line=_floor(Decimal(height) / paper.lines),
        character_spacing=0 if by_grid else squeeze,
        character_grid=_floor((pitch / 20 - size) * _CHARACTER_SPACE_PER_POINT) if by_grid else None,
        character=int(size * 20) + squeeze,
        half_character=int(size * 10) + squeeze,
    )


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


def _footer(style: HouseStyle, paper: Paper) -> int:
    number = style.page_number
    return twips(paper.bottom) - twips(number.distance) - int(number.size * 20 * _DASH_RISE)


def _floor(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_FLOOR))
