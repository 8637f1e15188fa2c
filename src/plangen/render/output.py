"""Where documents are written, and writing them whole or not at all."""

import errno
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeVar

from plangen.diagnostics import Diagnostic, PlanError, whole_file

Result = TypeVar("Result")

_SERIAL: Final = count()
"""Makes names of temporary files unique within a process."""

DEFAULT_FOLDER: Final = Path("build")
_DOCUMENTS: Final = (
    *(".docx", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".pdf"),
    *(".md", ".html", ".htm", ".txt", ".markdown", ".xls", ".xlsx"),
)
"""Endings of documents, which are not taken for names of folders."""


class Destination(NamedTuple):
    """A document to be made: the plan, the name of the format, and the file."""

    plan: Path
    format_name: str
    file: Path

    def renamed(self, name: str) -> "Destination":
        """Return the destination with another name for its file, without the ending."""
        return self._replace(file=self.file.with_name(f"{name}{self.file.suffix}"))


class OutputChoiceError(ValueError):
    """The output asked for does not fit the plans and formats asked for; the message is for the user."""


def destinations(
    plans: Sequence[Path],
    formats: Sequence[str],
    output: Path | None,
    suffixes: Mapping[str, str],
    default_formats: Sequence[str],
) -> list[Destination]:
    """Return which plan is written where, plan by plan.

    `suffixes` are the endings of the formats there are. `formats` may be empty: then it is the one `output` is named
    like, else `default_formats`. `output` is a file if it ends like a format and is no folder, else a folder; `None`
    means `build`. Raises `OutputChoiceError` when a single file is to hold several documents.
    """
    named = _format_of(output, suffixes)
    if output is not None and named is None and is_document(output) and not os.path.isdir(output):  # noqa: PTH112
        raise OutputChoiceError(f"写不出 {output.suffix} 文件，-o 后面写 {'、'.join(suffixes.values())} 文件或文件夹")
    if output is None or named is None:
        folder = output or DEFAULT_FOLDER
        return [
            Destination(plan, name, folder / f"{plan.stem}{suffixes[name]}")
            for plan in plans
            for name in formats or default_formats
        ]
    if len(plans) > 1:
        raise OutputChoiceError(f"{len(plans)} 个计划不能写进同一个文件 {output.as_posix()}，-o 后面写文件夹")
    if formats and list(formats) != [named]:
        raise OutputChoiceError(f"-o {output.as_posix()} 的格式与 --to {','.join(formats)} 不一致")
    return [Destination(plan, named, output) for plan in plans]


def _format_of(output: Path | None, suffixes: Mapping[str, str]) -> str | None:
    if output is None or os.path.isdir(output):  # noqa: PTH112 - never raises
        return None
    return next((name for name, suffix in suffixes.items() if output.suffix.lower() == suffix), None)


def is_document(path: Path) -> bool:
    """Return whether a path is named like a document, and not like a folder."""
    return path.suffix.lower() in _DOCUMENTS


class Claims:
    """Which plan writes which files, so that none overwrites the document of another, or what was given to be read.

    That are plans, the base, and documents that were sent back.
    """

    def __init__(self, plans: Iterable[Path], base: Path | None = None, returned: Iterable[Path] = ()) -> None:
        self._sources = dict.fromkeys(map(_same, plans), "计划文件") | ({_same(base): "底本"} if base else {})
        self._sources |= dict.fromkeys(map(_same, returned), "返回的文档")
        self._first: dict[str, Path] = {}

    def clash(self, wanted: Iterable[Destination]) -> Diagnostic | None:
        """Claim the files of a plan's documents; return why one of them is not to be had."""
        found = None
        for plan, _, file in wanted:
            source = self._sources.get(_same(file))
            if source:
                message = f"会盖掉{source} {file.as_posix()}"
                found = Diagnostic("F006", message, whole_file(plan), "用 -o 写到别的地方")
                continue
            other = self._first.setdefault(_same(file), plan)
            if other != plan:
                message = f"{other.as_posix()} 也要写到 {file.as_posix()}"
                hint = "给其中一个改名，或分两次写到不同的文件夹"
                found = Diagnostic("F006", message, whole_file(plan), hint)
        return found


def _same(file: Path) -> str:
    """Return what is the same for all names of one file, upper and lower case alike."""
    return os.path.abspath(file).casefold()  # noqa: PTH100 - unlike resolve, asks no disk


def write_whole(file: Path, write: Callable[[IO[bytes]], Result]) -> Result:
    """Have a file written and return what `write` returns: all of it or, when anything fails, nothing of it.

    What was there before then stays.

    Raises `PlanError` when the file cannot be written, in particular because Word holds it open.
    """
    target = Path(os.path.realpath(file))
    temporary = target.with_name(f".plangen-{os.getpid()}-{next(_SERIAL)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as opened:
            result = write(opened)
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
        return result  # noqa: TRY300 - the last thing that is tried
    except PermissionError:
        raise _unwritable(file, "写不进去", "文件可能正在 Word 或 WPS 里打开，关掉再试；或检查文件夹的权限") from None
    except OSError as error:
        raise _unwritable(file, f"写不进去：{_reason(error)}", "检查文件夹和磁盘空间，或用 -o 换一个地方") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "已经有一个同名的文件夹"
    if isinstance(error, FileNotFoundError):
        return "要放它的文件夹不存在，也建不起来"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "要放它的地方是一个文件，不是文件夹"
    return "磁盘满了" if error.errno == errno.ENOSPC else str(error.strerror or error)


def _unwritable(file: Path, message: str, hint: str) -> PlanError:
    return PlanError([Diagnostic("F005", message, whole_file(file), hint)])
