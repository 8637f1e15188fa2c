"""Repositories made for tests: real ones, with everything fixed that a user's settings or the day would decide."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PLAN = """\
title: 云川市2027年教育工作要点
year: 2027
sections:
  - heading: 促进教育公平
    tasks:
      - heading: 扩大学位供给
        text: |
          加快新城片区学校建设。
          年内交付使用学校6所。
        targets:
          - {indicator: 九年义务教育巩固率, goal: 97.5%以上}
        lead: 规划建设科
        due: 2027-08
      - heading: 办好乡村学校
        text: 保留并办好必要的乡村小规模学校。
"""


class Office:
    """A new folder with a repository, empty or a copy, and people who commit to it, one a day from 2027-01-04 on."""

    def __init__(self, folder: Path, *, of: "Office | None" = None) -> None:
        self.folder = folder
        self._day: int = of._day if of else 4
        if of:
            shutil.copytree(of.folder, folder)
            self.git("update-index", "-q", "--refresh")
        else:
            folder.mkdir()
            self.git("init", "-q", "-b", "main", "--template=")

    def git(self, *arguments: str, **variables: str) -> str:
        """Run git and return what it prints."""
        ran = subprocess.run(
            ["git", "--no-pager", *arguments],
            cwd=self.folder,
            env={**os.environ, **variables},
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert ran.returncode == 0, ran.stderr.decode()
        return ran.stdout.decode()

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file."""
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def commit(self, subject: str, author: str = "张三") -> None:
        """Commit everything."""
        date = f"2027-01-{self._day:02}T09:00:00+08:00"
        self._day += 1
        self.git("add", "-A")
        who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in _person(author, date)}
        self.git("commit", "-q", "--allow-empty", "-m", subject, **who)


def _person(name: str, date: str) -> tuple[tuple[str, str], ...]:
    return ("NAME", name), ("EMAIL", "someone@yunchuan.example"), ("DATE", date)


def settle(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Let git see no settings but those of a home made for the test; skip the test where there is no git."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    home.mkdir()
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)
    for name, value in (("HOME", str(home)), ("USERPROFILE", str(home)), ("GIT_CONFIG_NOSYSTEM", "1")):
        patch.setenv(name, value)
    patch.delenv("XDG_CONFIG_HOME", raising=False)
    patch.setenv("GIT_CEILING_DIRECTORIES", str(home.parent))
