"""Files that hold plans in other forms, by their kind: Word documents, PDFs, Markdown, plain text of any encoding."""

import io
from pathlib import Path
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError, Source, whole_file
from plangen.importing.markdown import SUFFIXES
from plangen.importing.text import Imported, import_text
from plangen.source.encodings import decode_foreign
from plangen.source.files import read_bytes

_MOST_PAGES: Final = 2000
_TEXT_SUFFIXES: Final = (".txt", *SUFFIXES, ".text", "")


def import_file(path: Path, year: int | None = None) -> Imported:
    """Return the plan a file holds; see `import_text`. Raises `PlanError` when there is none in it."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        return import_text(_pdf_text(path), year)
    if suffix in _TEXT_SUFFIXES:
        return import_text(decode_any(path, read_bytes(path)), year)
    from plangen.importing.document import import_document  # noqa: PLC0415 - text needs no lxml

    return import_document(path, year)


def decode_any(path: Path, content: bytes) -> Source:
    """Return the text of a file in whatever encoding it was saved; raise `PlanError` when it is no text."""
    try:
        text: str | None = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = decode_foreign(content)
    if text is not None and "\0" in text:
        text = decode_foreign(content)
    if text is not None:
        return Source(path.as_posix(), text)
    raise _refusal(path, "这不是文字文件", "导入 .docx、.txt、.md 或有文字的 .pdf")


def _pdf_text(path: Path) -> Source:
    content = read_bytes(path)
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError:
        raise _refusal(path, "导入 PDF 要用程序库 pypdf", "pip install 'plangen[import]'", "F007") from None
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _refusal(path, "PDF 加了密码", "去掉密码再导入")
        pages = [page.extract_text() for _, page in zip(range(_MOST_PAGES), reader.pages, strict=False)]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        raise _refusal(path, "PDF 读不出来", "用 WPS 或 Word 打开，另存为 .docx 再导入") from error
    if not any(page.strip() for page in pages):
        raise _refusal(path, "PDF 里没有文字，多半是扫描件", "先用文字识别软件转成文字，再导入")
    return Source(path.as_posix(), "\n".join(pages))


def _refusal(path: Path, message: str, hint: str, code: str = "I002") -> PlanError:
    return PlanError([Diagnostic(code, message, whole_file(path), hint)])
