"""The config of a project: what holds for all its plans, in `plangen.toml` or in `[tool.plangen]` of `pyproject.toml`.

The command line asks for it; programs that call `plangen.api` or `plangen.batch` need none.
"""

import os.path
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError
from plangen.plan.schema import TEXT, Kind, Record, choice, key
from plangen.render.choices import Choices
from plangen.render.formats import FORMATS
from plangen.render.output import is_document
from plangen.source.files import read_source
from plangen.source.nodes import Mapping, Node
from plangen.source.records import RecordReader

_OWN_NAME: Final = "plangen.toml"
_SHARED_NAME: Final = "pyproject.toml"
_SHARED_TABLE: Final = ("tool", "plangen")


def _path(written: str) -> str:
    if any(character < " " for character in written):
        raise ValueError("路径里有不能用的字符")
    return written


def _folder(written: str) -> str:
    if is_document(Path(_path(written))):
        raise ValueError(f"“{written}”是文件，不是文件夹")
    return written


def _formats(written: tuple[str, ...]) -> tuple[str, ...]:
    for name in written:
        if name not in FORMATS:
            raise ValueError(f"没有格式“{name}”")
    return tuple(dict.fromkeys(written))


def _rules(written: tuple[str, ...]) -> tuple[str, ...]:
    from plangen.check.rules import matches_rule  # noqa: PLC0415 - only projects that choose rules pay for it

    for code in written:
        if not matches_rule(code):
            raise ValueError(f"没有规则“{code}”")
    return written


PATH: Final = Kind("路径", "text", _path, "D518", "路径从配置文件所在的文件夹算起")
FOLDER: Final = Kind("文件夹", "text", _folder, "D518", "写文件夹的名字；一份计划的文件名用 -o 写")
FORMAT_NAMES: Final = Kind("格式或其列表", "texts", _formats, "D507", f"可以写：{'、'.join(FORMATS)}", choices=FORMATS)
RULES: Final = Kind(
    "规则编号或其列表", "texts", _rules, "D507", "写规则的编号或它的开头，如 L601、L1", may_be_empty=True
)
UNITS: Final = Kind("单位名称或其列表", "texts", may_be_empty=True)
NUMBERING: Final = choice("编号的做法", {"literal": "literal", "native": "native"})
NAMES: Final = choice("文件名的来历", {"stem": "stem", "title": "title"})


class ConfigFile(Record):
    """A config as it is written; "" and the empty tuple mean that it does not say."""

    style: str = key("版式", PATH, "本单位的版式文件", default="")
    templates: str = key("模板", PATH, "本单位的模板文件夹", default="")
    base: str = key("底本", PATH, "作底本的 Word 文档", default="")
    numbering: str = key("编号", NUMBERING, "literal（编号是文字）或 native（Word 的自动编号）", default="")
    genre: str = key("文种", TEXT, "文种", default="")
    formats: tuple[str, ...] = key("格式", FORMAT_NAMES, "不写 --to 时出哪几种格式", default=())
    output: str = key("输出", FOLDER, "不写 -o 时放到哪个文件夹", default="")
    names: str = key("文件名", NAMES, "stem（跟着计划的文件名）或 title（用计划的标题）", default="stem")
    select: tuple[str, ...] = key("只用规则", RULES, "检查时只用哪些规则，不写就是全部", default=())
    ignore: tuple[str, ...] = key("不用规则", RULES, "检查时不用哪些规则", default=())
    units: tuple[str, ...] = key(
        "单位", UNITS, "认识的单位、科室，检查时指出别的", default=(), example="[办公室, 基础教育科]"
    )


class Config(NamedTuple):
    """What a config says, and the folder its paths start from, as it is seen from the current folder."""

    said: ConfigFile
    folder: Path

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats documents are made in unless others are asked for; empty means those of the table of formats."""
        return self.said.formats

    @property
    def output(self) -> Path | None:
        """The folder documents go to unless another is asked for."""
        return self._path(self.said.output)

    @property
    def by_title(self) -> bool:
        """Whether documents are named by the titles of their plans, and not by the plans' files."""
        return self.said.names == "title"

    @property
    def select(self) -> tuple[str, ...]:
        """The rules plans are checked by unless others are asked for; empty means all."""
        return self.said.select

    @property
    def ignore(self) -> tuple[str, ...]:
        """The rules plans are not checked by, besides those the command line names."""
        return self.said.ignore

    @property
    def units(self) -> tuple[str, ...]:
        """The only units that may be responsible for anything; empty means any."""
        return self.said.units

    def choices(
        self,
        *,
        genre: str | None = None,
        templates: Path | None = None,
        style: Path | None = None,
        base: Path | None = None,
        numbering: str | None = None,
    ) -> Choices:
        """Return how documents are to be made: as the arguments say, and where they are `None`, as the config says.

        Raises `PlanError` when the config names a file or folder that is not there.
        """
        said = self.said
        own = {
            "templates": self._path(said.templates) if templates is None else None,
            "style": self._path(said.style) if style is None else None,
            "base": self._path(said.base) if base is None else None,
        }
        missing = [self._missing(name, path) for name, path in own.items() if path and not _is_there(name, path)]
        if missing:
            raise PlanError(missing)
        return Choices(
            genre=genre or said.genre,
            templates=templates or own["templates"],
            style=style or own["style"],
            base=base or own["base"],
            native_numbering=(numbering or said.numbering) == "native",
        )

    def _path(self, written: str) -> Path | None:
        return self.folder / written if written else None

    def _missing(self, name: str, path: Path) -> Diagnostic:
        return Diagnostic("C002", f"{path.as_posix()} 不存在", self.said.place.span(name), PATH.hint)


def _is_there(name: str, path: Path) -> bool:
    return os.path.isdir(path) if name == "templates" else os.path.isfile(path)  # noqa: PTH112, PTH113 - never raise


NO_CONFIG: Final = Config(ConfigFile(), Path())
"""What holds where there is no config."""


def find_config(folder: Path) -> Config:
    """Return the config of the project a folder belongs to: the nearest one in it or above it, or none.

    A `pyproject.toml` counts when it has a table for plangen; `plangen.toml` goes before one beside it. Raises
    `PlanError` with everything that is wrong with the config.
    """
    for up in range(len(folder.resolve().parts)):
        here = folder.joinpath(*[".."] * up)
        table = _own_table(here / _OWN_NAME) or _shared_table(here / _SHARED_NAME)
        if table is not None:
            return _read(table, here)
    return NO_CONFIG


def _own_table(path: Path) -> Mapping | None:
    """Return the table of a `plangen.toml`, `None` when there is no such file."""
    return _outermost(path) if os.path.isfile(path) else None  # noqa: PTH113 - never raises


def _shared_table(path: Path) -> Mapping | None:
    """Return plangen's table in a `pyproject.toml`, `None` when there is none; most are not ours to read."""
    with suppress(OSError):
        if _SHARED_TABLE[-1].encode() in path.read_bytes():
            node: Node | None = _outermost(path)
            for name in _SHARED_TABLE:
                entries = node.entries if isinstance(node, Mapping) else []
                node = next((value for key_node, value in entries if key_node.text == name), None)
            return node if isinstance(node, Mapping) else None
    return None


def _outermost(path: Path) -> Mapping:
    from plangen.source.toml import read_toml  # noqa: PLC0415 - only projects that have a config pay for it

    return read_toml(read_source(path))


def _read(table: Mapping, folder: Path) -> Config:
    reader = RecordReader('写成引号括起来的一段文字，如 "build"')
    said = reader.record(ConfigFile, table)
    if reader.diagnostics or not isinstance(said, ConfigFile):
        raise PlanError(reader.diagnostics)
    return Config(said, folder)
