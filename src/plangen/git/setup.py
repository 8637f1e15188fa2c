"""Setting git up for plans: which files that touches, and what they hold afterwards."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, whole_file
from plangen.git.attributes import attribute_lines, patterns_in
from plangen.git.blocks import lines_of, with_block, without_block
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

_SECTION: Final = b"[include]"


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
    """Git's settings for one repository, or (`everywhere`) for all those of the user: what is a plan, and how it shows.

    `repository` may be `None` only for all of them. Raises `PlanError` when what is there is not plangen's to change.
    """

    def __init__(self, repository: Repository | None, *, everywhere: bool) -> None:
        self._repository = repository
        self._folder = repository.top if repository else Path()
        self._everywhere = everywhere or repository is None
        if repository and not everywhere:
            self.attributes = repository.top / ATTRIBUTES
            self._config, self._drivers = repository.common / "config", repository.common / FILE_NAME
            self._included = FILE_NAME
            self._usual = _FOLDER_PATTERN if (repository.top / _PLANS_FOLDER).is_dir() else _ANY_PATTERN
        else:
            self.attributes = self._global_attributes()
            self._config, self._drivers = _global_config(), _config_folder() / FILE_NAME
            self._included = self._drivers.as_posix()
            self._usual = _FOLDER_PATTERN

    def install(self, patterns: Iterable[str]) -> list[Edit]:
        """Return what is to be written; without patterns those there are stay, else it is the usual one."""
        attributes, config = _read(self.attributes), _read(self._config)
        wanted = list(patterns) or patterns_in(lines_of(attributes or b"") or ()) or [self._usual]
        edits = (
            Edit(self._drivers, self._driver_config()),
            Edit(self._config, with_block(config, [*self._include_lines(), *self._foreign_lines(config)])),
            Edit(self.attributes, with_block(attributes, attribute_lines(wanted))),
        )
        return [edit for edit in edits if _read(edit.file) != edit.content]

    def remove(self) -> list[Edit]:
        """Return what is to be written so that nothing of plangen's is left."""
        edits = []
        attributes, config = _read(self.attributes), _read(self._config)
        if attributes is not None and lines_of(attributes) is not None:
            edits.append(Edit(self.attributes, without_block(attributes)))
        if config is not None and lines_of(config) is not None:
            foreign = self._foreign_lines(config)
            edits.append(Edit(self._config, without_block(config, [_SECTION, *foreign] if foreign else ())))
        return [*edits, Edit(self._drivers, None)] if self._drivers.exists() else edits

    def forget(self) -> None:
        """Have git forget what it kept of old revisions."""
        for driver in (PLAN_DRIVER, DOCX_DRIVER) if self._repository else ():
            demand(self._folder, "update-ref", "-d", _KEPT + driver)

    def state(self) -> State:
        """Return how things stand."""
        drivers, config = _read(self._drivers), _read(self._config)
        known = drivers is not None and bool(lines_of(config or b""))
        patterns = patterns_in(lines_of(_read(self.attributes) or b"") or ())
        return State(patterns, known, known and drivers == self._driver_config(), self._plans())

    def _driver_config(self) -> bytes:
        """Return what the drivers are to be; git keeps texts where it knows its user wherever they hold."""
        scope = ["--global"] if self._everywhere else []
        known = (ask(self._folder, "config", *scope, "--get", name).printed for name in ("user.name", "user.email"))
        return driver_config(cached=all(known))

    def _include_lines(self) -> tuple[bytes, bytes]:
        """Return the lines of a config that have git read the drivers (git-config(1), Includes)."""
        quoted = self._included.replace("\\", "\\\\").replace('"', '\\"')
        return _SECTION, f'\tpath = "{quoted}"'.encode()

    def _foreign_lines(self, config: bytes | None) -> Sequence[bytes]:
        """Return what others had git include since, which it writes among plangen's lines."""
        own = self._include_lines()
        return [line for line in lines_of(config or b"") or () if line not in own]

    def _plans(self) -> list[str] | None:
        """Return the files of the repository that git shows by plangen's driver, whatever says so."""
        if not self._repository:
            return None
        listed = demand(self._folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard").printed
        fields = demand(self._folder, "check-attr", "-z", "--stdin", "diff", typed=listed).fields
        return sorted({path for path, value in zip(fields[::3], fields[2::3], strict=True) if value == PLAN_DRIVER})

    def _global_attributes(self) -> Path:
        """Return the user's own file of attributes (gitattributes(5))."""
        named = ask(self._folder, "config", "--global", "-z", "--type=path", "--get", "core.attributesFile").fields
        return Path(named[0]) if named else _config_folder() / "attributes"


def _global_config() -> Path:
    """Return the user's own config, the one git itself would write to (git-config(1), FILES)."""
    named = os.environ.get("GIT_CONFIG_GLOBAL")
    own, shared = Path.home() / ".gitconfig", _config_folder() / "config"
    return Path(named) if named else shared if shared.exists() and not own.exists() else own


def _config_folder() -> Path:
    """Return the folder of the user's settings of git (git-config(1), FILES)."""
    home = os.environ.get("XDG_CONFIG_HOME")
    return (Path(home) if home else Path.home() / ".config") / "git"


def _read(file: Path) -> bytes | None:
    """Return what a file holds, `None` when there is none; in a work tree git follows no link to attributes."""
    if file.name == ATTRIBUTES and file.is_symlink():
        hint = "git 不读链接里的设置；把它换成普通的文件"
        raise PlanError([Diagnostic("R040", "是一个链接，没有改它", whole_file(file), hint)])
    return read_bytes(file) if file.exists() else None
