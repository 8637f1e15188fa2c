"""The floor no Python program can pass: the text stands ready beside the plan (.txt); wrap it, deflate it, write it.

No model, no YAML, no library: the package is written with struct and zlib because importing zipfile would cost
more than the work, and `open` stands for pathlib for the same reason.
"""

import struct
import sys
import zlib

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
}


def body(lines: list[str]) -> str:
    """Return the main part of a document with one paragraph a line."""
    inner = "".join([f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines])
    return f'<w:document xmlns:w="{MAIN}"><w:body>{inner}</w:body></w:document>'


def package(parts: dict[str, str]) -> bytes:
    """Return the parts as a zip archive, deflated, dated 1980-01-01."""
    entries, directory = bytearray(), bytearray()
    for name, text in parts.items():
        content = text.encode()
        compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = compressor.compress(content) + compressor.flush()
        sizes = (zlib.crc32(content), len(packed), len(content), len(name), 0)
        common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, *sizes)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(entries))
        directory += name.encode()
        entries += b"PK\3\4" + common + name.encode() + packed
    end = struct.pack("<HHHHLLH", 0, 0, len(parts), len(parts), len(directory), len(entries), 0)
    return bytes(entries + directory) + b"PK\5\6" + end


def render(source: object, target: object) -> None:
    """Write one document from the text beside one plan file."""
    with open(str(source).removesuffix(".yaml") + ".txt", encoding="utf-8") as file:  # noqa: PTH123
        lines = file.read().splitlines()
    with open(str(target), "wb") as file:  # noqa: PTH123
        file.write(package({**PARTS, "word/document.xml": body(lines)}))


if __name__ == "__main__":
    for plan, out in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
        render(plan, out)
