"""Files: which ones hold plans, and their bytes as text."""

import codecs
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError, Source, Span, whole_file

MAX_BYTES: Final = 64 * 1024 * 1024
"""Largest file read: about seventy thousand tasks, twice what anybody has asked for."""

PLAN_SUFFIXES: Final = (".yaml", ".yml")


def plan_files(path: Path) -> list[Path]:
    """Return the plans a path names: the file itself, or the plans right inside a folder, by name.

    Raises `PlanError` when there is no such file or folder, or no plan in the folder.
    """
    if path.is_dir():
        found = sorted(each for each in path.iterdir() if _is_plan(each))
        if not found:
            raise _about(path, "F002", "文件夹里没有计划文件", "计划文件的扩展名是 .yaml 或 .yml")
        return found
    if not path.exists():
        raise _about(path, "F001", "文件不存在", "检查文件名和所在的文件夹")
    return [path]


def _is_plan(path: Path) -> bool:
    return path.suffix.lower() in PLAN_SUFFIXES and not path.name.startswith(".") and path.is_file()


def read_source(path: Path) -> Source:
    """Return the text of a file, without a byte order mark; raise `PlanError` when it is no readable UTF-8 text."""
    source = decode(path, read_bytes(path))
    source.neighbour = partial(_neighbour, path)
    return source


def _neighbour(path: Path, written: str) -> Source:
    """Return a file below the folder of another; links out of it are not followed."""
    folder, found = path.parent, path.parent / written
    if found.exists() and not found.resolve().is_relative_to(folder.resolve()):
        raise _about(found, "F003", "文件在计划的文件夹外面", "把文件放到计划的文件夹里")
    return read_source(found)


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raise `PlanError` when there is no such file, or it is too large or unreadable."""
    try:
        if not path.is_file() and path.exists():
            raise _about(path, "F003", "不是普通的文件", "检查是不是选错了文件")
        if path.stat().st_size > MAX_BYTES:
            raise _about(path, "F004", f"文件太大，超过 {MAX_BYTES // 1024 // 1024} MB", "检查是不是选错了文件")
        return path.read_bytes()
    except FileNotFoundError:
        raise _about(path, "F001", "文件不存在", "检查文件名和所在的文件夹") from None
    except OSError as error:
        raise _about(path, "F003", f"文件读不出来：{error.strerror}", "检查文件权限，或是否被别的程序占用") from None


def decode(path: PurePath, content: bytes) -> Source:
    """Return the text a file of this name holds, without a byte order mark; raise `PlanError` when it is not UTF-8."""
    try:
        source = Source(path.as_posix(), content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _not_utf8(path, content, error.start) from None
    if "\0" in source.text:
        _refuse_wide(path, content)
    return source


def encode_like(content: bytes, text: str) -> bytes:
    """Return a text as UTF-8 to take the place of `content`: with a byte order mark where that has one."""
    return text.encode("utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8")


def _refuse_wide(path: PurePath, content: bytes) -> None:
    """Raise `PlanError` when bytes are UTF-16 or UTF-32."""
    from plangen.source.encodings import decode_wide  # noqa: PLC0415 - only mistakes pay for it

    wide = decode_wide(content)
    if wide:
        raise _about(path, "Y002", f"文件编码是 {wide.name}，不是 UTF-8", _how_to_convert(path))


def _not_utf8(path: PurePath, content: bytes, first_bad_byte: int) -> PlanError:
    """Return what to say of the first character that is not UTF-8, shown as GBK if the file is readable as such."""
    from plangen.source.encodings import decode_narrow  # noqa: PLC0415 - only mistakes pay for it

    _refuse_wide(path, content)
    content = content.removeprefix(codecs.BOM_UTF8)
    name, text = decode_narrow(content)
    source = Source(path.as_posix(), text)
    if not name:
        offset = len(content[:first_bad_byte].decode())
        hint = "多半是文件损坏了：删掉这个字符重新打；看到的都是乱码，就换一份文件"
        return PlanError([Diagnostic("Y003", "这里不是 UTF-8 编码的字", Span(source, offset, offset + 1), hint)])
    before = content[:first_bad_byte].decode("gb18030", errors="replace")
    offset = len(before) - (not text.startswith(before))
    message = "文件编码是 GBK（记事本的 ANSI），不是 UTF-8"
    return PlanError([Diagnostic("Y003", message, Span(source, offset, offset + 1), _how_to_convert(path))])


def _how_to_convert(path: PurePath) -> str:
    by_hand = "在编辑器里另存为 UTF-8"
    return f"{by_hand}，或者运行 plangen fmt --to-utf8" if path.suffix.lower() in PLAN_SUFFIXES else by_hand


def _about(path: PurePath, code: str, message: str, hint: str) -> PlanError:
    return PlanError([Diagnostic(code, message, whole_file(path), hint)])
