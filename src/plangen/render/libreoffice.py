"""LibreOffice, as far as plangen needs it: found where it is usually installed, started once for each document.

Every start has a folder of its own for profile, document and PDF, so that it meets neither another start nor a
LibreOffice its user has open.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError, whole_file

SOFFICE_VARIABLE: Final = "PLANGEN_SOFFICE"
"""Environment variable that names the program to use instead of the one that would be found."""

TIME_LIMIT: Final = 120.0
"""Seconds a start may take: fifty times what LibreOffice 7.4 takes for a plan of ten pages on a new profile."""

_FRESH_PROFILE: Final = 81
"""What LibreOffice exits with when it has only set up its profile and wants to be started again."""

_SETTINGS: Final = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""
"""What a profile begins with. Templates and bases come from other people: without the first setting LibreOffice fetches
the pictures a document links to, from the network and from the disk; nothing in a document may run."""

_NAMES: Final = ("soffice.com", "soffice.exe") if sys.platform == "win32" else ("soffice", "libreoffice")
"""On Windows the .com first: it waits, and says on the console what went wrong."""

_WAY_OUT: Final = "再排一次试试；还不行，用 --to docx 排出 Word 文档，在 Word 或 WPS 里另存为 PDF"


def find() -> Path:
    """Return the program: the one `PLANGEN_SOFFICE` names, else the first on `PATH` or in a usual place.

    Raises `PlanError` when there is none.
    """
    named = os.environ.get(SOFFICE_VARIABLE)
    if named and not _is_program(Path(named)):
        message, hint = f"{SOFFICE_VARIABLE} 写的不是能运行的程序", f"改正环境变量 {SOFFICE_VARIABLE}，或者去掉它"
        raise PlanError([Diagnostic("P001", message, whole_file(Path(named)), hint)])
    found = Path(named) if named else next(filter(_is_program, _candidates()), None)
    if found is None:
        hint = (
            "安装 LibreOffice（www.libreoffice.org；麒麟、UOS 在应用商店里）；"
            f"装在别处的，用环境变量 {SOFFICE_VARIABLE} 写明 soffice 的位置"
        )
        raise PlanError([Diagnostic("P001", "没有找到 LibreOffice，排不出 PDF", whole_file(Path(_NAMES[0])), hint)])
    return found.absolute()


def print_to_pdf(program: Path, document: bytes, title: str) -> bytes:
    """Return a Word document as a PDF; `title` names it in messages.

    Raises `PlanError` when LibreOffice cannot be started, fails, or takes longer than `TIME_LIMIT`; it is ended then
    with all it started.
    """
    with TemporaryDirectory(prefix="plangen-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.joinpath("document.docx").write_bytes(document)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_bytes(_SETTINGS)
        code = _run(program, folder, title)
        if code == _FRESH_PROFILE:
            code = _run(program, folder, title)
        pdf = folder / "document.pdf"
        if code == 0 and pdf.is_file():
            return pdf.read_bytes()
        said = _last_words(folder) or f"退出码 {code}"
        raise PlanError([Diagnostic("P002", f"LibreOffice 没有排出《{title}》：{said}", hint=_WAY_OUT)])


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _candidates() -> Iterator[Path]:
    """Yield where the program may be; never the current folder, where other people's files lie."""
    on_path = (Path(folder) for folder in os.get_exec_path() if Path(folder).is_absolute())
    for folder in (*on_path, *_usual_folders()):
        for name in _NAMES:
            yield folder / name


def _usual_folders() -> Iterator[Path]:
    if sys.platform == "win32":
        bases = filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)")))
        yield from (Path(base, "LibreOffice", "program") for base in bases)
    else:
        yield from sorted(Path("/opt").glob("libreoffice*/program"), reverse=True)
        yield from (Path("/usr/lib/libreoffice/program"), Path("/usr/lib64/libreoffice/program"))
        yield Path("/Applications/LibreOffice.app/Contents/MacOS")


def _run(program: Path, folder: Path, title: str) -> int:
    """Run LibreOffice on the document in a folder, keep what it says in a file there, and return its exit code.

    The time zone is the same everywhere, since it is written into the PDF.
    """
    command = [
        str(program),
        f"-env:UserInstallation={folder.joinpath('profile').as_uri()}",
        *("--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder)),
        str(folder / "document.docx"),
    ]
    with folder.joinpath("said").open("wb") as said:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,  # a file: a pipe would be held open by whatever outlives the program
                stderr=subprocess.STDOUT,
                cwd=folder,
                env={**os.environ, "TZ": "UTC"},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            message = f"LibreOffice（{program.as_posix()}）启动不了：{error.strerror or error}"
            raise PlanError([Diagnostic("P002", message, hint=_WAY_OUT)]) from None
        try:
            return process.wait(TIME_LIMIT)
        except subprocess.TimeoutExpired:
            message = f"LibreOffice {TIME_LIMIT:.0f} 秒没有排完《{title}》，已经停掉"
            raise PlanError([Diagnostic("P003", message, hint=_WAY_OUT)]) from None
        finally:
            if process.returncode is None:
                _end_tree(process)


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process with all it started: LibreOffice is a script that starts a launcher that starts the program."""
    if sys.platform == "win32":
        taskkill = Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")
        subprocess.run([taskkill, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_words(folder: Path) -> str:
    """Return the last line LibreOffice said, warnings and the path of the folder left out; "" if it said nothing."""
    said = folder.joinpath("said").read_text(encoding="utf-8", errors="replace").replace(f"{folder}{os.sep}", "")
    lines = (line.strip() for line in said.splitlines())
    return ([line for line in lines if line and not line.startswith("Warning:")] or [""])[-1][:200]
