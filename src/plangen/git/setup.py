"""Setting git up for plans: which files that touches, and what they hold afterwards."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, whole_file
from plangen.git.attributes import has_block, patterns_in, with_block, without_block
from plangen.git.drivers import DOCX_DRIVER, FILE_NAME, PLAN_DRIVER, driver_config
from plangen.git.process import ask, demand
from plangen.git.repository import Repository
from plangen.source.files import read_bytes

ATTRIBUTES: Final = ".gitattributes"
"""The file of a repository that says which files are shown how; it is committed."""

_PLANS_FOLDER: Final = "plans"
_FOLDER_PATTERN: Final = f"{_PLANS_FOLDER}/**/*.yaml"
_ANY_PATTERN: Final = "*.yaml"

_KEPT: Final = "refs/notes/textconv/"
"""Where git keeps what it made of old revisions, by driver (gitattributes(5), cachetextconv)."""

_INCLUDE: Final = "include.path"


class Edit(NamedTuple):
    """A file and what it is to hold; `None` when it is to go."""

    file: Path
    content: bytes | None


class State(NamedTuple):
    """How things stand.

    `patterns` are those of plans, empty when there are none of plangen's lines. `drivers` says whether git knows what
    to do with them, `current` whether it knows it from this plangen. `plans` are the files of the repository that it
    holds for plans; `None` outside of one.
    """

    patterns: list[str]
    drivers: bool
    current: bool
    plans: list[str] | None


class Setup:
    """Git's settings for one repository, or for all those of the user: which plans are plangen's to show, and how.

    Raises `PlanError` when what is there cannot be read or is not plangen's to change.
    """

    def __init__(self, repository: Repository | None, *, everywhere: bool) -> None:
        assert repository or everywhere
        self.repository = repository
        self._folder = repository.top if repository else Path()
        self._scope = "--global" if everywhere else "--local"
        if repository and not everywhere:
            self.attributes, self.drivers = repository.top / ATTRIBUTES, repository.common / FILE_NAME
            self._included = FILE_NAME
            self._usual = _FOLDER_PATTERN if (repository.top / _PLANS_FOLDER).is_dir() else _ANY_PATTERN
        else:
            self.attributes, self.drivers = self._global_attributes(), _config_folder() / FILE_NAME
            self._included = self.drivers.as_posix()
            self._usual = _FOLDER_PATTERN

    def install(self, patterns: Iterable[str]) -> list[Edit]:
        """Return what is to be written; without patterns those there are stay, else it is the usual one."""
        before = self._read(self.attributes)
        wanted = list(patterns) or patterns_in(before or b"") or [self._usual]
        edits = (Edit(self.drivers, driver_config()), Edit(self.attributes, with_block(before, wanted)))
        return [edit for edit in edits if self._read(edit.file) != edit.content]

    def remove(self) -> list[Edit]:
        """Return what is to be written so that nothing of plangen's is left."""
        before = self._read(self.attributes)
        edits = [Edit(self.drivers, None)] if self.drivers.exists() else []
        if before is not None and has_block(before):
            edits.append(Edit(self.attributes, without_block(before)))
        return edits

    def include(self) -> bool:
        """Have git read the drivers; return whether that was new."""
        if self._includes():
            return False
        demand(self._folder, "config", self._scope, "--add", _INCLUDE, self._included)
        return True

    def exclude(self) -> bool:
        """Have git forget the drivers and what it kept; return whether it knew them."""
        known = self._includes()
        if known:
            shown = demand(self._folder, "config", self._scope, "-z", "--show-origin", "--get-all", _INCLUDE).fields
            config = self._folder / shown[0].removeprefix("file:")
            demand(self._folder, "config", self._scope, "--fixed-value", "--unset-all", _INCLUDE, self._included)
            if not config.stat().st_size:  # made by `include`
                config.unlink()
        for driver in (PLAN_DRIVER, DOCX_DRIVER) if self.repository else ():
            demand(self._folder, "update-ref", "-d", _KEPT + driver)
        return known

    def state(self) -> State:
        """Return how things stand."""
        drivers = self._read(self.drivers)
        known = drivers is not None and self._includes()
        patterns = patterns_in(self._read(self.attributes) or b"")
        return State(patterns, known, known and drivers == driver_config(), self._plans())

    def _plans(self) -> list[str] | None:
        """Return the files of the repository that git shows by plangen's driver, whatever says so."""
        if not self.repository:
            return None
        listed = demand(self._folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard").printed
        fields = demand(self._folder, "check-attr", "-z", "--stdin", "diff", typed=listed).fields
        return sorted({path for path, value in zip(fields[::3], fields[2::3], strict=True) if value == PLAN_DRIVER})

    def _includes(self) -> bool:
        return self._included in ask(self._folder, "config", self._scope, "-z", "--get-all", _INCLUDE).fields

    def _global_attributes(self) -> Path:
        """Return the user's own file of attributes (gitattributes(5))."""
        named = ask(self._folder, "config", "--global", "-z", "--type=path", "--get", "core.attributesFile").fields
        return Path(named[0]) if named else _config_folder() / "attributes"

    def _read(self, file: Path) -> bytes | None:
        """Return what a file holds, `None` when there is none; in a work tree git follows no link to attributes."""
        if file == self._folder / ATTRIBUTES and file.is_symlink():
            hint = "git 不读链接里的设置；把它换成普通的文件"
            raise PlanError([Diagnostic("R040", "是一个链接，没有改它", whole_file(file), hint)])
        return read_bytes(file) if file.exists() else None


def _config_folder() -> Path:
    """Return the folder of the user's settings of git (git-config(1), FILES)."""
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "git"
