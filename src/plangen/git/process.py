"""Git as a program: asked by lists of arguments, never through a shell, and answering in bytes.

A repository may come from other people, so nothing it says is run: only commands that read are used, no hook, no file
system monitor, no signature program, no text conversion; and nothing is fetched from elsewhere.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError

TIME_LIMIT: Final = 60.0
"""Seconds a question may take: reading the history of one file in the largest repositories known takes ten."""

_PROGRAM: Final = "git.exe" if sys.platform == "win32" else "git"

_OPTIONS: Final = (
    "--no-pager",
    "--literal-pathspecs",  # [ and * in the name of a file are just characters
    *("-c", "core.quotepath=off"),
    *("-c", "core.fsmonitor=false"),
)
"""Options of every question: whatever the user's config says, the answer has one form, and no program is run."""

_ENVIRONMENT: Final = {
    "LC_ALL": "C",  # messages are understood by their English words
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "none",  # what a partial clone lacks is not fetched behind the user's back
}
_REPOSITORY_VARIABLES: Final = frozenset(
    (
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    )
)
"""What hooks and aliases of git leave behind: a repository is found from its files, not from them."""


class Answer(NamedTuple):
    """What git answered: its exit code, what it printed, and what it said besides."""

    code: int
    printed: bytes
    said: str

    @property
    def text(self) -> str:
        """What it printed, as text; the bytes of names that are not UTF-8 come through unharmed."""
        return os.fsdecode(self.printed)

    @property
    def fields(self) -> list[str]:
        """What it printed, where NUL ends each field (option `-z`)."""
        return self.text.split("\0")[:-1]

    @property
    def complaint(self) -> str:
        """The last thing it said, for people."""
        lines = [line for line in self.said.splitlines() if line.strip()]
        return lines[-1].removeprefix("fatal: ").removeprefix("error: ") if lines else f"退出码 {self.code}"


def ask(folder: Path, *arguments: str, typed: bytes = b"") -> Answer:
    """Return what git answers in a folder, whatever its exit code; `typed` is its standard input.

    Raises `PlanError` when there is no git, or when it takes longer than `TIME_LIMIT`.
    """
    try:
        ran = subprocess.run(
            [find_program(), *_OPTIONS, *arguments],
            input=typed,
            capture_output=True,
            cwd=folder,
            env=_environment(),
            timeout=TIME_LIMIT,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        message, hint = f"git {TIME_LIMIT:.0f} 秒没有做完，已经停掉", "过一会儿再试；仓库在网络盘上的，拷到本机再试"
        raise PlanError([Diagnostic("R038", message, hint=hint)]) from None
    except OSError as error:
        raise PlanError([Diagnostic("R030", f"git 启动不了：{error.strerror or error}", hint=_INSTALL)]) from None
    return Answer(ran.returncode, ran.stdout, ran.stderr.decode("utf-8", errors="replace"))


def demand(folder: Path, *arguments: str, typed: bytes = b"") -> Answer:
    """Return what git answers in a folder; raise `PlanError` when it fails."""
    answer = ask(folder, *arguments, typed=typed)
    if answer.code:
        raise failure(answer)
    return answer


def failure(answer: Answer) -> PlanError:
    """Return the error that says git failed, in its own words."""
    partial = "promisor remote" in answer.said or "not allowed" in answer.said
    hint = "本机只有一部分历史，先运行 git fetch --refetch" if partial else "照它说的改；用 git status 看看仓库是否正常"
    return PlanError([Diagnostic("R037", f"git 出错了：{answer.complaint}", hint=hint)])


_INSTALL: Final = "安装 git（git-scm.com；麒麟、UOS 在应用商店里）；不用 git，也可以直接比较两个文件"


@cache
def find_program() -> Path:
    """Return git, the first on `PATH`; never from the current folder, where other people's files lie."""
    for folder in map(Path, os.get_exec_path()):
        program = folder / _PROGRAM
        if folder.is_absolute() and program.is_file() and os.access(program, os.X_OK):
            return program
    raise PlanError([Diagnostic("R030", "没有找到 git", hint=_INSTALL)])


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _REPOSITORY_VARIABLES}
    return kept | _ENVIRONMENT
