"""A .docx from other people as the parts it is made of; what is no such document is refused, and the work is bounded.

Parts, relationships and content types are those of the Open Packaging Conventions (ECMA-376 Part 2).
"""

import io
import posixpath
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from plangen.diagnostics import Diagnostic, PlanError, whole_file
from plangen.source.files import MAX_BYTES, read_bytes

_MAX_PARTS: Final = 5000
_MAX_XML: Final = 16 * 1024 * 1024
"""Largest part that is read as XML, in bytes: a thousand pages of text."""
_MAX_RATIO: Final = 400
"""Most bytes a byte of a large file may unpack to: twenty times what documents reach."""
_HARMLESS: Final = 8 * 1024 * 1024
"""A file that unpacks to no more bytes than this may have any ratio."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files begin: Word 97–2003, WPS, and every Office document with a password."""
_NO_DOCX: Final = (
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", " RTF 文件"),
    (b"<", "网页或 XML 文件"),
)
_SAVE_AS: Final = "用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OTHER_MAIN_PARTS: Final = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": "带宏的 Word 文档（.docm）",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": "带宏的 Word 模板（.dotm）",
    f"{_WORD}template.main+xml": " Word 模板（.dotx）",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": " Excel 工作簿",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": " PowerPoint 演示文稿",
}
_TYPES: Final = "[Content_Types].xml"
_RELATIONSHIPS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CONTENT_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TRANSITIONAL: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Part(NamedTuple):
    """A kind of part: the type of the relationships that lead to it, and of its content."""

    relationship: str
    content_type: str


STYLES: Final = Part("http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles", f"{_WORD}styles+xml")
PROPERTIES: Final = Part(
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
    "application/vnd.openxmlformats-package.core-properties+xml",
)


class Refusals(NamedTuple):
    """The codes of the errors that refuse a document, by what it is read for; `wanted` says what to give instead.

    `unusable` is for what is no .docx, `damaged` for one that cannot be read, `too_large` for too much work.
    """

    unusable: str
    damaged: str
    too_large: str
    wanted: str


class Package(NamedTuple):
    """The parts of a document by name, in the order of the file they come from.

    `path` is the file, for people. `main` is the name of the part that holds the text.
    """

    path: Path
    refusals: Refusals
    parts: Mapping[str, bytes]
    main: str = ""

    def xml(self, name: str) -> BaseOxmlElement:
        """Return the root of a part; raise `PlanError` when it cannot be read, is very large or declares entities."""
        content = self.parts[name]
        if len(content) > _MAX_XML:
            raise self.refusal(
                self.refusals.too_large, f"部件 {name} 解开后超过 {_MAX_XML // 1024 // 1024} MB", "换一份小些的文档"
            )
        try:
            root = parse_xml(content)
        except (etree.XMLSyntaxError, ValueError):
            raise self.refusal(
                self.refusals.damaged, f"文档损坏了，部件 {name} 读不出来", f"{_SAVE_AS}，再试一次"
            ) from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self.refusal(
                self.refusals.unusable, f"部件 {name} 里有 DTD，Word 文档里不会有", "换一份在 Word 里做的文档"
            )
        return root

    def related(self, name: str, kind: str) -> Iterator[str]:
        """Yield the parts that relationships of a part lead to; `kind` is the last word of their type.

        The empty name stands for the package itself.
        """
        folder, file = posixpath.split(name)
        relationships = posixpath.join(folder, "_rels", f"{file}.rels")
        if relationships not in self.parts:
            return
        for each in self.xml(relationships).iter(f"{_RELATIONSHIPS}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            if each.get("Type", "").endswith(f"/{kind}") and target in self.parts:
                yield target

    def with_changes(self, changed: Mapping[str, bytes]) -> "Package":
        """Return the package with other content in some of its parts."""
        return self._replace(parts={**self.parts, **changed})

    def with_part(self, owner: str, name: str, part: Part, content: bytes) -> "Package":
        """Return the package with one more part, declared, and reached from its owner ("" is the package)."""
        types = self.xml(_TYPES)
        _add(types, f"{_CONTENT_TYPES}Override", PartName=f"/{name}", ContentType=part.content_type)
        folder, file = posixpath.split(owner)
        relationships = posixpath.join(folder, "_rels", f"{file}.rels")
        if relationships in self.parts:
            links = self.xml(relationships)
        else:
            links = parse_xml(f'<Relationships xmlns="{_RELATIONSHIPS[1:-1]}"/>')
        _add(links, f"{_RELATIONSHIPS}Relationship", Id=_free_id(links), Type=part.relationship, Target=f"/{name}")
        added = {name: content, _TYPES: as_bytes(types), relationships: as_bytes(links)}
        return self.with_changes(added)

    def refusal(self, code: str, message: str, hint: str) -> PlanError:
        """Return the error that says why the document cannot be used."""
        return PlanError([Diagnostic(code, message, whole_file(self.path), hint)])


def as_bytes(root: etree._Element) -> bytes:
    """Return a part as it stands in a package."""
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def read_package(path: Path, refusals: Refusals) -> Package:
    """Return the parts of a Word document; raise `PlanError` when the file is none, is damaged, or is too much."""
    content = read_bytes(path)
    empty = Package(path, refusals, {})
    if not content.startswith(b"PK"):
        raise _no_package(empty, content)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_excess(empty, entries, len(content))
            package = Package(path, refusals, {entry.filename: archive.read(entry) for entry in entries})
    except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise empty.refusal(
            empty.refusals.damaged, "文档损坏了，打不开", "重新复制一份，或用 Word 打开后另存一份"
        ) from None
    if len(package.parts) < len(entries):
        raise empty.refusal(empty.refusals.damaged, "文档损坏了，有重名的部件", _SAVE_AS)
    return package._replace(main=_main_part(package))


def _no_package(empty: Package, content: bytes) -> PlanError:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            hint = "在 Word 里打开，在“文件—信息—保护文档”里去掉密码，再保存"
            return empty.refusal(empty.refusals.unusable, "文档加了密码", hint)
        return empty.refusal(empty.refusals.unusable, "是 Word 97—2003 的 .doc 或 WPS 的 .wps，不是 .docx", _SAVE_AS)
    what = next((name for start, name in _NO_DOCX if content.startswith(start)), "")
    said = f"是{what}，不是 Word 文档" if what else "不是 Word 文档" if content else "文件是空的"
    return empty.refusal(empty.refusals.unusable, said, empty.refusals.wanted)


def _refuse_excess(empty: Package, entries: list[ZipInfo], packed: int) -> None:
    """Raise `PlanError` when unpacking would take much more room than a document needs."""
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_BYTES or len(entries) > _MAX_PARTS:
        message = f"文档太大，解开后超过 {MAX_BYTES // 1024 // 1024} MB 或 {_MAX_PARTS} 个部件"
        raise empty.refusal(empty.refusals.too_large, message, "压缩里面的图片，或换一份小些的文档")
    if unpacked > max(_HARMLESS, packed * _MAX_RATIO):
        raise empty.refusal(
            empty.refusals.too_large, f"文档解开后是原来的 {unpacked // packed} 倍，不像 Word 文档", "检查文件的来历"
        )


def _main_part(package: Package) -> str:
    """Return the name of the part that holds the text; raise `PlanError` when the package is no Word document."""
    if _TYPES not in package.parts:
        what = " ODF 文档（.odt）" if "mimetype" in package.parts else " OFD 文件" if "OFD.xml" in package.parts else ""
        said = f"是{what}，不是 .docx" if what else "是压缩文件，不是 Word 文档"
        raise package.refusal(package.refusals.unusable, said, _SAVE_AS)
    name = next(package.related("", "officeDocument"), "")
    kind = _content_type(package, name)
    if kind in _OTHER_MAIN_PARTS or any(part.endswith("vbaProject.bin") for part in package.parts):
        raise package.refusal(
            package.refusals.unusable, f"是{_OTHER_MAIN_PARTS.get(kind, '带宏的文档')}，不是 .docx", _SAVE_AS
        )
    if kind != f"{_WORD}document.main+xml":
        raise package.refusal(package.refusals.damaged, "文档损坏了，里面没有正文", _SAVE_AS)
    root = package.xml(name)
    if root.tag != f"{_TRANSITIONAL}document":
        raise package.refusal(package.refusals.unusable, "是“Strict Open XML”文档，不是普通的 .docx", _SAVE_AS)
    if root.find(f"{_TRANSITIONAL}body") is None:
        raise package.refusal(package.refusals.damaged, "文档损坏了，里面没有正文", _SAVE_AS)
    return name


def _content_type(package: Package, name: str) -> str:
    types = package.xml(_TYPES)
    for each in types.iter(f"{_CONTENT_TYPES}Override"):
        if each.get("PartName") == f"/{name}":
            return each.get("ContentType", "")
    extension = posixpath.splitext(name)[1][1:]
    defaults = types.iter(f"{_CONTENT_TYPES}Default")
    return next((each.get("ContentType", "") for each in defaults if each.get("Extension") == extension), "")


def _add(parent: etree._Element, tag: str, **attributes: str) -> None:
    etree.SubElement(parent, tag, attributes)


def _free_id(relationships: etree._Element) -> str:
    taken = {each.get("Id") for each in relationships}
    return next(name for name in (f"plangen{number}" for number in range(len(taken) + 1)) if name not in taken)
