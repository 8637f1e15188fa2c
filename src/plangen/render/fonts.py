"""The fonts a Word document asks for, those a PDF made of it holds, and which of the first are not among the second."""

import re
import shutil
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, Final, NamedTuple
from xml.etree import ElementTree
from zipfile import ZipFile

_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTENT_TYPE: Final = re.compile(
    r"application/vnd\..*\.wordprocessingml\.(document\.main|header|footer|footnotes|styles)\+xml"
)
"""What is said of the parts with text, and of the part with the styles (ECMA-376 Part 2, 10.1.2)."""

_BASE_FONT: Final = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/<>()\[\]]+)")
"""The name of an embedded font, without the tag that says it is a subset (ISO 32000-1, 9.6.4)."""

_OBJECT_STREAM: Final = re.compile(rb"/ObjStm\b.{0,500}?>>\s*stream\r?\n", re.DOTALL)
_LARGEST_STREAM: Final = 1 << 24
"""Most bytes taken out of one compressed object stream."""

_ASCII: Final = re.compile(r"[!-~]")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]")


class Replaced(NamedTuple):
    """The fonts a document asks for that its PDF has not, and the fonts the PDF has that nobody asked for."""

    missing: tuple[str, ...]
    instead: tuple[str, ...]


def used(document: IO[bytes]) -> list[str]:
    """Return the names of the fonts that the visible characters of a Word document are to be set in, each once."""
    found: dict[str, None] = {}
    with ZipFile(document) as archive:
        parts = dict(_parts(archive))
        styles = _Styles([_parsed(archive, name) for name, kind in parts.items() if kind == "styles"])
        for name in parts:
            for paragraph in _parsed(archive, name).iter(f"{_W}p"):
                for run in paragraph.iter(f"{_W}r"):
                    found |= dict.fromkeys(styles.fonts(paragraph, run))
    return list(found)


def _parts(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the parts that text and its looks stand in, whatever they are called, with what each is."""
    for override in _parsed(archive, "[Content_Types].xml").iter(f"{_TYPES}Override"):
        if found := _CONTENT_TYPE.fullmatch(override.get("ContentType", "")):
            yield override.get("PartName", "").removeprefix("/"), found[1]


def _parsed(archive: ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))


class _Styles:
    """The styles of a Word document, asked for the fonts of a run (ECMA-376 Part 1, 17.7.2)."""

    def __init__(self, roots: Sequence[ElementTree.Element]) -> None:
        self._by_id = {style.get(f"{_W}styleId", ""): style for root in roots for style in root.iter(f"{_W}style")}
        defaults = (root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr") for root in roots)
        self._defaults = next(defaults, None)
        self._normal = next((name for name, style in self._by_id.items() if _is_normal(style)), "")

    def fonts(self, paragraph: ElementTree.Element, run: ElementTree.Element) -> Iterator[str]:
        """Yield the fonts of the characters of a run; a font that only the theme names is left out."""
        text = "".join(piece.text or "" for piece in run.iter(f"{_W}t"))
        for kind, characters in (("eastAsia", _BEYOND_ASCII), ("ascii", _ASCII)):
            if characters.search(text):
                yield from filter(None, [self._font(kind, paragraph, run)])

    def _font(self, kind: str, paragraph: ElementTree.Element, run: ElementTree.Element) -> str:
        for properties in self._properties(paragraph, run):
            fonts = properties.find(f"{_W}rFonts")
            if fonts is not None:
                if fonts.get(f"{_W}{kind}Theme"):
                    return ""
                if named := fonts.get(f"{_W}{kind}"):
                    return named
        return ""

    def _properties(self, paragraph: ElementTree.Element, run: ElementTree.Element) -> Iterator[ElementTree.Element]:
        """Yield the run properties that apply, the nearest first."""
        direct = run.find(f"{_W}rPr")
        paragraph_style = _value(paragraph, f"{_W}pPr/{_W}pStyle") or self._normal
        if direct is not None:
            yield direct
        yield from self._inherited(_value(run, f"{_W}rPr/{_W}rStyle"))
        yield from self._inherited(paragraph_style)
        if self._defaults is not None:
            yield self._defaults

    def _inherited(self, name: str) -> Iterator[ElementTree.Element]:
        seen: set[str] = set()
        while name in self._by_id and name not in seen:
            seen.add(name)
            style = self._by_id[name]
            properties = style.find(f"{_W}rPr")
            if properties is not None:
                yield properties
            name = _value(style, f"{_W}basedOn")


def _is_normal(style: ElementTree.Element) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on")


def _value(element: ElementTree.Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get(f"{_W}val", "")


def embedded(pdf: bytes) -> list[str]:
    """Return the PostScript names of the fonts of a PDF, sorted.

    LibreOffice 7.4 and 25.2 write font dictionaries uncompressed; those in compressed object streams (ISO 32000-1,
    7.5.7) are looked for where there are no others.
    """
    names = _BASE_FONT.findall(pdf) or [name for each in _object_streams(pdf) for name in _BASE_FONT.findall(each)]
    return sorted({_decoded(name) for name in names})


def _object_streams(pdf: bytes) -> Iterator[bytes]:
    for found in _OBJECT_STREAM.finditer(pdf):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(memoryview(pdf)[found.end() :], _LARGEST_STREAM)


def _decoded(name: bytes) -> str:
    """Return a name as text; `#` and two digits stand for a byte (ISO 32000-1, 7.3.5)."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), name)
    with suppress(UnicodeDecodeError):
        return plain.decode("utf-8")
    return plain.decode("gb18030", "replace")


def replaced(wanted: Iterable[Sequence[str]], held: Sequence[str]) -> Replaced:
    """Return what became of the fonts a document asks for, each given with its alternatives, in a PDF that holds some.

    PDFs know fonts by their PostScript names only. What else a font is called, fontconfig says; where there is none,
    as on Windows, the alternatives must contain the PostScript name or its beginning.
    """
    wanted = [*wanted]
    called: dict[str, Sequence[str]] = {name: (name,) for name in held}
    if not all(_has(called, names) for names in wanted):
        families = _families()
        called = {name: (name, *families.get(name, ())) for name in held}
    asked_for = [name for names in wanted for name in names]
    missing = (names[0] for names in wanted if not _has(called, names))
    instead = (name for name, others in called.items() if not _is_one_of(asked_for, others))
    return Replaced(tuple(missing), tuple(instead))


def _has(called: Mapping[str, Sequence[str]], wanted: Iterable[str]) -> bool:
    return any(_is_one_of(wanted, names) for names in called.values())


def _is_one_of(wanted: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a font that goes by some names is a wanted one; PostScript names go on with the cut: SimHei-Regular."""
    known = [_bare(name) for name in names]
    return any(name.startswith(_bare(each)) for each in wanted for name in known)


def _bare(name: str) -> str:
    return name.replace(" ", "").casefold()


def _families() -> dict[str, list[str]]:
    """Return the names of the families of the installed fonts by PostScript name; nothing without fontconfig."""
    lister = shutil.which("fc-list")
    if lister is None:
        return {}
    command = [lister, "--format", "%{postscriptname}\t%{family}\n"]
    try:
        listed = subprocess.run(command, capture_output=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = (line.partition("\t") for line in listed.decode("utf-8", "replace").splitlines())
    return {name: families.split(",") for name, _, families in lines}
