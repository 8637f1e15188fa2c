"""Redline documents judged: what is left of them when all changes are accepted or rejected."""

import copy
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import ZipFile

from lxml import etree

from pages import environment
from plangen import api
from plangen.api import Choices, Reading, Redline

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER: Final = etree.XMLParser(remove_blank_text=True)
_NAMESPACES: Final = re.compile(rb' xmlns:\w+="[^"]*"')
_CONTAINERS: Final = tuple(W + name for name in ("body", "tbl", "tr", "tc"))
_OF_TABLES: Final = tuple(W + name for name in ("tblPr", "tblGrid", "tcW"))
_REFERENCES: Final = (W + "headerReference", W + "footerReference")
_UNTRACKED: Final = (W + "bookmarkStart", W + "bookmarkEnd")


class Paragraph(NamedTuple):
    """A paragraph: its properties, and its text with the properties it has, neighbours of one look as one."""

    properties: bytes
    runs: tuple[tuple[bytes, str], ...]


def redlined(old: Reading, new: Reading, redline: Redline | None = None, choices: Choices | None = None) -> bytes:
    """Return the redline document of two revisions."""
    file = io.BytesIO()
    api.write_redline(api.align_plans(old, new), file, redline or Redline("审稿人"), choices or Choices())
    return file.getvalue()


def rendered(reading: Reading, choices: Choices | None = None) -> bytes:
    """Return the ordinary document of a plan."""
    file = io.BytesIO()
    api.write_document(reading.outline, "docx", file, choices or Choices())
    return file.getvalue()


def part(document: bytes, name: str = "word/document.xml") -> etree._Element:
    """Return a part of a document."""
    with ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(name), _PARSER)


def text_of(element: etree._Element) -> str:
    """Return all text in an element, deleted or not."""
    return "".join([str(each) for each in element.itertext()])


def contents(root: etree._Element, *, as_rejected: bool = False) -> list[Paragraph | bytes | str]:
    """Return all that stands in a part, in order.

    Left out is what is not tracked: bookmarks, comments, tables and links of which nothing is left – and, where all
    changes were `rejected`, what tables and the last section take from the new document: the widths of tables, the
    headers and footers of the section, the list that counts a number.
    """
    root = copy.deepcopy(root)
    etree.strip_elements(root, *_UNTRACKED, with_tail=False)
    for each in list(root.iter(W + "r", W + "hyperlink", W + "tbl")):
        mere_comment = each.find(W + "commentReference") is not None
        nothing_left = each.tag == W + "hyperlink" and not len(each)
        if mere_comment or nothing_left or (each.tag == W + "tbl" and each.find(W + "tr") is None):
            _parent(each).remove(each)
    if as_rejected:
        etree.strip_elements(root, *_OF_TABLES, W + "numPr", with_tail=False)
        for heading in root.iterfind(f".//{W}pPr/{W}pStyle"):
            if heading.get(W + "val", "").startswith("Heading"):
                etree.strip_elements(_parent(heading), W + "ind")
        for each in root.iter(W + "instrText"):
            each.text = (each.text or "").replace("_old ", " ")
        for each in root.iter(W + "hyperlink"):
            each.set(W + "anchor", each.get(W + "anchor", "").removesuffix("_old"))
        for section in root.iterfind(f"{W}body/{W}sectPr"):
            etree.strip_elements(section, *_REFERENCES)
    return list(_walk(root))


def _walk(parent: etree._Element) -> Iterator[Paragraph | bytes | str]:
    for child in parent:
        if child.tag == W + "p":
            yield _read(child)
        elif child.tag in _CONTAINERS:
            yield str(child.tag)
            yield from _walk(child)
        else:
            yield _xml(child)


def _read(paragraph: etree._Element) -> Paragraph:
    runs: list[tuple[bytes, str]] = []
    for child in paragraph:
        if child.tag == W + "pPr":
            continue
        look, text = _run(child) if child.tag == W + "r" else (_xml(child), "")
        if runs and runs[-1][0] == look:
            runs[-1] = (look, runs[-1][1] + text)
        else:
            runs.append((look, text))
    return Paragraph(_xml(paragraph.find(W + "pPr")), tuple(runs))


def _run(run: etree._Element) -> tuple[bytes, str]:
    signs = {W + "tab": "\t", W + "br": "\n"}
    text = "".join(
        each.text or "" if each.tag == W + "t" else signs.get(str(each.tag), _xml(each).decode())
        for each in run
        if each.tag != W + "rPr"
    )
    return _xml(run.find(W + "rPr")), text


def _xml(element: etree._Element | None) -> bytes:
    return b"" if element is None else _NAMESPACES.sub(b"", etree.tostring(element, with_tail=False))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def settled(document: bytes, judge: Mapping[str, Any], *, accept: bool, name: str = "word/document.xml") -> Any:
    """Return a part after a judge accepted or rejected all changes."""
    resolve: Callable[..., Any] = judge["resolve"]
    return resolve(part(document, name), accept)


_MACRO: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Settle(listing As String)
  Dim args(0) As New com.sun.star.beans.PropertyValue
  Dim out(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden" : args(0).Value = True
  out(0).Name = "FilterName" : out(0).Value = "MS Word 2007 XML"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  n = FreeFile
  Open listing For Input As #n
  Do While Not Eof(n)
    Line Input #n, row
    part = Split(row, "|")
    doc = StarDesktop.loadComponentFromURL(ConvertToURL(part(0)), "_blank", 0, args())
    If part(1) &lt;&gt; "" Then helper.executeDispatch(doc.CurrentController.Frame, part(1), "", 0, Array())
    doc.storeToURL(ConvertToURL(part(2)), out())
    doc.close(True)
  Loop
  Close #n
End Sub
</script:module>
"""
_LIBRARY: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def libreoffice(jobs: Iterable[tuple[Path, str, Path]], folder: Path) -> None:
    """Have LibreOffice load documents, do something with each – or nothing – and save it as a Word document."""
    profile = folder / "profile"
    office = [str(shutil.which("soffice")), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run_quietly([*office, "--terminate_after_init"])
    basic = profile / "user" / "basic" / "Standard"
    basic.mkdir(parents=True, exist_ok=True)
    (basic / "Module1.xba").write_text(_MACRO, encoding="utf-8")
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    listing = folder / "jobs.txt"
    listing.write_text("\n".join("|".join(map(str, job)) for job in jobs), encoding="utf-8")
    _run_quietly([*office, f'macro:///Standard.Module1.Settle("{listing}")'])


def _run_quietly(command: Sequence[str]) -> None:
    subprocess.run(command, env=environment(), capture_output=True, timeout=120, check=False)
