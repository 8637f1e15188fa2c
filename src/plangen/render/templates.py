"""The Jinja2 side: where templates are found, the sandbox they run in, and their errors as diagnostics."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, UndefinedError
from jinja2.exceptions import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from plangen.diagnostics import Diagnostic, PlanError, Source, Span, whole_file
from plangen.outline import model as outline_model
from plangen.plan.schema import Record
from plangen.render.cache import compiled_templates
from plangen.render.house_style import read_house_style
from plangen.render.output import write_whole
from plangen.render.style import HouseStyle
from plangen.source.files import read_source

_MISTAKES: Final = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What a mistake in a template may raise while it runs."""

_OUTLINE_NODES: Final = frozenset(
    node for node in vars(outline_model).values() if isinstance(node, type) and hasattr(node, "_fields")
)
_UNDEFINED_NAME: Final = re.compile(r"^'([^']+)' is undefined|has no attribute '([^']+)'")
_GENRE: Final = re.compile(r"genres/[^/.][^/]*\.j2")
_READABLE_METHODS: Final = frozenset(("font", "latin", "alternatives"))
"""What templates may call on a house style."""

_PIECES: Final = 200
"""How many pieces of output are encoded and written at once."""


def packaged_templates() -> Path:
    """Return the folder of the templates that come with plangen: in the package, or beside `src` in a checkout."""
    installed = Path(__file__).parents[1] / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


class TemplateSet:
    """Templates found along a search path: an office's own folder first, if it names one, then the packaged ones.

    `style` is an office's own file of house style, which wins over those of the templates.
    """

    def __init__(self, own: Path | None = None, style: Path | None = None) -> None:
        if own is not None and not own.is_dir():
            blamed = whole_file(own)
            raise PlanError(
                [Diagnostic("T001", "模板文件夹不存在", blamed, "用 plangen templates --copy 文件夹 复制一份")]
            )
        self.folders: tuple[Path, ...] = (*((own,) if own else ()), packaged_templates())
        self._style = style

    @cached_property
    def house_style(self) -> HouseStyle:
        """The house style of the set, read when first asked for; raises `PlanError` at what is wrong with it."""
        *own, packaged = (folder / "style.yaml" for folder in self.folders)
        kept = [path for path in own if path.is_file()]
        return read_house_style(packaged, [*kept, self._style] if self._style else kept)

    def names(self, below: str = "") -> dict[str, Path]:
        """Return the files below a folder of the set, sorted by name, each with the copy that wins."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            for path in (folder / below).rglob("*"):
                if path.is_file():
                    found.setdefault(path.relative_to(folder).as_posix(), path)
        return dict(sorted(found.items()))

    def find_genre(self, name: str) -> None:
        """Raise `PlanError` if the set has no such genre."""
        genres = [Path(found).stem for found in self.names("genres") if _GENRE.fullmatch(found)]
        if name not in genres:
            raise PlanError([Diagnostic("T002", f"没有文种“{name}”", hint=f"现有的文种：{'、'.join(genres)}")])

    def sandbox(
        self, format_name: str, finalize: Callable[[Any], Any] | None, filters: Mapping[str, Callable[..., Any]]
    ) -> "Sandbox":
        """Return what runs the templates of the set; `finalize` sees every value printed, before it is escaped."""
        return Sandbox(self.folders, format_name, finalize, filters)


def copy_templates(folder: Path) -> Iterator[Path]:
    """Copy the packaged templates into a folder, yielding each copy; raise `PlanError` rather than overwrite a file."""
    found = TemplateSet().names()
    taken = [name for name in found if (folder / name).exists()]
    if taken:
        message = f"里面已经有 {taken[0]} 等 {len(taken)} 个模板文件，没有覆盖"
        raise PlanError([Diagnostic("F005", message, whole_file(folder), "换一个空文件夹")])
    for name, path in found.items():
        content = path.read_bytes()
        write_whole(folder / name, lambda file, content=content: file.write(content))  # type: ignore[misc]
        yield folder / name


class _OutlineSandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, told what data there is: of outlines and records the fields; all else Jinja2 decides."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Return whether a template may read an attribute: of records and outlines only what they say."""
        if type(obj) in _OUTLINE_NODES:
            return attr in type(obj)._fields and attr != "place"  # type: ignore[attr-defined]
        if isinstance(obj, Record):
            return attr in _READABLE_METHODS or attr in obj.NAMES - {"place"}
        return super().is_safe_attribute(obj, attr, value)


class Sandbox:
    """Runs templates that can format but not act; undefined names are errors."""

    def __init__(
        self,
        folders: Sequence[Path],
        format_name: str,
        finalize: Callable[[Any], Any] | None,
        filters: Mapping[str, Callable[..., Any]],
    ) -> None:
        self._folders = tuple(str(folder) for folder in folders)
        self._environment = _OutlineSandbox(
            loader=_Loader(self._folders),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=compiled_templates(format_name),
        )
        self._environment.filters.update(filters)

    def text(self, name: str, context: Mapping[str, object]) -> str:
        """Return what a template makes; raise `PlanError` at a mistake in any template it uses."""
        try:
            return self._environment.get_template(name).render(context)
        except _MISTAKES as error:
            raise self._explained(error) from error

    def pour(self, name: str, context: Mapping[str, object], file: IO[bytes]) -> None:
        """Write what a template makes, in UTF-8 and piece by piece; raise `PlanError` like `text`."""
        try:
            stream = self._environment.get_template(name).stream(context)
            stream.enable_buffering(_PIECES)
            stream.dump(file, "utf-8")
        except _MISTAKES as error:
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> Exception:
        """Return a template's mistake as a `PlanError`, or the error itself when it is not a template's."""
        if isinstance(error, TemplateSyntaxError):
            said = f"模板语法不对：{error.message}"
            return _mistake(
                "T003", said, error.filename or error.name or "", error.lineno, "对照 Jinja2 的写法检查这一行"
            )
        place = self._last_template_line(error.__traceback__)
        if isinstance(error, TemplateNotFound):
            return _mistake("T006", f"没有模板 {error.name}", *(place or ("", 1)), "检查模板的名字和文件夹")
        if place is None:
            return error
        if isinstance(error, UndefinedError):
            return _mistake("T004", f"模板用了没有定义的名字：{_undefined_name(error)}", *place, "检查名字的拼写")
        return _mistake("T005", f"模板执行出错：{error}", *place, "检查这一行的写法")

    def _last_template_line(self, trace: TracebackType | None) -> tuple[str, int] | None:
        """Return file and line of the innermost frame of a template, `None` if there is none."""
        import traceback  # noqa: PLC0415 - only mistakes pay for it

        frames = (f for f in reversed(traceback.extract_tb(trace)) if self._is_template(f.filename))
        return next(((frame.filename, frame.lineno or 1) for frame in frames), None)

    def _is_template(self, filename: str) -> bool:
        return filename.startswith(self._folders) and not filename.endswith(".py")


class _Loader(FileSystemLoader):
    """Jinja2's loader, with plangen's own message for a template that is not UTF-8."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return text, file name and freshness of a template; raise `PlanError` when it is not UTF-8."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError:
            for folder in self.searchpath:
                if Path(folder, template).is_file():
                    read_source(Path(folder, template))
            raise


def _undefined_name(error: UndefinedError) -> str:
    """Return the name a template used though nothing has it, as far as Jinja2's message tells."""
    said = error.message or ""
    found = _UNDEFINED_NAME.search(said)
    return next(filter(None, found.groups())) if found else said


def _mistake(code: str, message: str, filename: str, line: int, hint: str) -> PlanError:
    path = Path(filename)
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    source = Source(path.as_posix(), text)
    if not text:
        return PlanError([Diagnostic(code, message, Span(source, 0, 0) if filename else None, hint)])
    start = source.offset(min(line, text.count("\n") + 1))
    shown = source.line(source.position(start)[0])
    start += len(shown) - len(shown.lstrip())
    return PlanError([Diagnostic(code, message, Span(source, start, start + max(1, len(shown.strip()))), hint)])
