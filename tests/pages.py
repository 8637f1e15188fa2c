"""Documents as they come out of the printer: rendered by plangen, set by LibreOffice, measured in the PDF.

Lengths across and down a page are millimetres from its upper left corner, sizes are points.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from plangen import api
from plangen.render.choices import DEFAULT_CHOICES, Choices

pymupdf: Final[Any] = import_module("pymupdf")  # half of its functions are annotated, which strict mypy takes amiss

ROOT: Final = Path(__file__).resolve().parents[1]
EXAMPLES: Final = sorted((ROOT / "plans").glob("*.yaml"))
SHARED: Final = next((parent / "shared" for parent in ROOT.parents if (parent / "shared" / "tools").is_dir()), None)
"""The folder of the acceptance plans and the judges, beside the checkout or above it; None where there is none."""

ACCEPTANCE: Final = sorted((SHARED / "acceptance").glob("*.yaml")) if SHARED else []

POINT: Final = 25.4 / 72
"""A point in millimetres."""

_ABOVE_NUMBER: Final = 265.0
"""Lines whose baseline is below the type area, and below what compensated margins add to it, are page numbers."""

_BLACK: Final = 160
"""Grey values below this are ink; red comes out as 129."""

_INKED: Final = bytes(grey < _BLACK for grey in range(256))
"""What a grey value is: 1 for ink, 0 for paper."""

_FRESH_PROFILE: Final = 81
"""What LibreOffice exits with when it has only set up its profile and wants to be started again."""


Name = TypeVar("Name")


class Character(NamedTuple):
    """A visible character: its advance from left to right, its baseline, its type."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str


class Line(NamedTuple):
    """The visible characters on one baseline, from left to right."""

    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)

    @property
    def baseline(self) -> float:
        return self.characters[0].baseline

    @property
    def left(self) -> float:
        return self.characters[0].left

    @property
    def right(self) -> float:
        return self.characters[-1].right


class Page(NamedTuple):
    """A page: the lines in the type area, and those below it."""

    lines: tuple[Line, ...]
    foot: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


class Area(NamedTuple):
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float


class Printed(NamedTuple):
    """A document and the pages it comes out as."""

    docx: Path
    pdf: Path
    pages: tuple[Page, ...]

    def ink(self, page: int, area: Area, dpi: int = 600) -> Area:
        """Return the smallest rectangle that holds all ink inside an area of a page, counted from 1."""
        picture = self._picture(page, area, dpi)
        inked, width = bytes(picture.samples).translate(_INKED), picture.width
        rows = [inked[start : start + width] for start in range(0, len(inked), width)]
        dots = [(row.find(1), row.rfind(1), nth) for nth, row in enumerate(rows) if 1 in row]
        assert dots, f"no ink on page {page} in {area}"
        lefts, rights, heights = zip(*dots, strict=True)
        dot = 25.4 / dpi
        return Area(
            (picture.x + min(lefts)) * dot,
            (picture.y + heights[0]) * dot,
            (picture.x + max(rights) + 1) * dot,
            (picture.y + heights[-1] + 1) * dot,
        )

    def blackness(self, page: int, area: Area) -> float:
        """Return how much of an area of a page is ink, from 0 to 1."""
        inked = bytes(self._picture(page, area, 600).samples).translate(_INKED)
        return sum(inked) / len(inked)

    def _picture(self, page: int, area: Area, dpi: int) -> Any:
        with pymupdf.open(self.pdf) as document:
            clip = pymupdf.Rect(*(edge / POINT for edge in area))
            return document[page - 1].get_pixmap(dpi=dpi, clip=clip, colorspace=pymupdf.csGRAY)


def write_docx(plan: Path, docx: Path, choices: Choices = DEFAULT_CHOICES) -> Path:
    """Render a plan as a Word document."""
    with docx.open("wb") as file:
        api.write_document(api.open_outline(plan)[0], "docx", file, choices)
    return docx


def write_text(plan: Path, docx: Path) -> Path:
    """Render the text of a plan alone, without what makes an official document of it."""
    text = api.open_outline(plan)[0]._replace(official=None, attachments=())
    with docx.open("wb") as file:
        api.write_document(text, "docx", file, Choices("work-plan"))
    return docx


def print_all(documents: Mapping[Name, Path], folder: Path) -> dict[Name, Printed]:
    """Have documents, whose file names differ, set by LibreOffice in one go, and measure what comes out."""
    command = [
        shutil.which("soffice") or "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", "pdf", "--outdir", str(folder)),
        *map(str, documents.values()),
    ]
    for _ in range(2):
        run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
        if run.returncode != _FRESH_PROFILE:
            break
    assert run.returncode == 0, run.stderr
    printed = {}
    for name, docx in documents.items():
        pdf = folder / f"{docx.stem}.pdf"
        assert pdf.is_file(), f"LibreOffice made no {pdf.name}: {run.stdout}{run.stderr}"
        printed[name] = Printed(docx, pdf, measure(pdf))
    return printed


def measure(pdf: Path) -> tuple[Page, ...]:
    """Return the pages of a PDF."""
    pages = []
    with pymupdf.open(pdf) as document:
        for page in document:
            lines = list(_lines(_characters(page)))
            pages.append(
                Page(
                    tuple(line for line in lines if line.baseline <= _ABOVE_NUMBER),
                    tuple(line for line in lines if line.baseline > _ABOVE_NUMBER),
                )
            )
    return tuple(pages)


def stand_in_fonts_missing(names: Iterable[str]) -> list[str]:
    """Return those of the fonts a document names that fontconfig does not replace by one of the Fandol fonts."""
    matcher = shutil.which("fc-match")
    if matcher is None:
        return list(names)
    found = {name: subprocess.check_output([matcher, "-f", "%{family}", name], encoding="utf-8") for name in names}
    return [name for name, family in found.items() if not family.startswith("Fandol")]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment for a command, without what would lead it to another plangen."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | changes


def _characters(page: Any) -> list[Character]:
    found = []
    for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for span in (span for line in block.get("lines", ()) for span in line["spans"]):
            for character in span["chars"]:
                if character["c"].strip():
                    origin, right = character["origin"], character["bbox"][2]
                    found.append(
                        Character(
                            character["c"],
                            origin[0] * POINT,
                            right * POINT,
                            round(origin[1] * POINT, 3),
                            span["size"],
                            span["font"],
                        )
                    )
    return found


def _lines(characters: Sequence[Character]) -> Iterator[Line]:
    ordered = sorted(characters, key=lambda character: (character.baseline, character.left))
    for _, line in groupby(ordered, key=lambda character: character.baseline):
        yield Line(tuple(line))
