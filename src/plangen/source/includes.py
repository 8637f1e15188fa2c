"""Entries of a list that stand in files of their own: a plan put together from what departments contribute."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from plangen.diagnostics import Diagnostic, PlanError, Related, Source
from plangen.plan.schema import INCLUDE, Kind, Record
from plangen.source.files import MAX_BYTES
from plangen.source.nodes import Mapping, Node, Scalar, Sequence, read_nodes

MAX_FILES: Final = 500
"""Most files a plan may include, each counted as often as it is; a city has some forty departments."""

MAX_DEPTH: Final = 8
"""Most files that stand in one another."""

_MARK: Final = frozenset(INCLUDE)
_SUFFIXES: Final = (".yaml", ".yml")


def include_files(cls: type[Record], root: Node) -> list[Node]:
    """Put the entries of included files in the place of the entries that name them; return the roots of these files.

    The nodes keep the source they were read from, so that whatever is wrong is found in the right file. Raises
    `PlanError` with everything that cannot be included.
    """
    if not any(name in root.source.text for name in INCLUDE):
        return []
    includer = _Includer()
    includer.record(cls, root, (root.source.name,))
    if includer.diagnostics:
        raise PlanError(includer.diagnostics)
    return includer.roots


class _Includer:
    """Walks the records of a plan; a chain is the names of the files from the plan to the one that is being read."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.roots: list[Node] = []

    def record(self, cls: type[Record], node: Node, chain: tuple[str, ...]) -> None:
        """Include files in the lists of a record and of those below it."""
        if not isinstance(node, Mapping):
            return
        for typed, value in node.entries:
            key = cls.SPELLINGS.get(typed.text)
            if key is None or key.kind.record is None:
                continue
            if isinstance(value, Sequence):
                value.entries = list(self._entries(key.kind, value, chain))
            else:
                self.record(key.kind.record(), value, chain)

    def _entries(self, kind: Kind, sequence: Sequence, chain: tuple[str, ...]) -> Iterator[Node]:
        """Yield the entries of a list, those of files in the place of the entries that name them."""
        assert kind.record is not None, kind
        for entry in sequence.entries:
            named = _including(entry) if kind.includable else None
            if named is None:
                self.record(kind.record(), entry, chain)
                yield entry
            else:
                yield from self._included(kind, entry, named, chain)

    def _included(self, kind: Kind, entry: Node, named: Node, chain: tuple[str, ...]) -> Iterator[Node]:
        """Yield the entries of the file an entry names; report why they are not to be had."""
        if isinstance(entry, Mapping) and len(entry.entries) > 1:
            self._report("D541", f"{INCLUDE[0]} 要单独写成一条", named, "把别的键移到它自己的一条里")
            return
        written = _path(named)
        if written is None:
            hint = "写计划所在的文件夹里的 .yaml 文件，如 各科室/基础教育科.yaml"
            self._report("D540", "这里要写一个文件的路径", named, hint)
            return
        source = self._open(named, written)
        if source is None:
            return
        if source.name in chain:
            again = " → ".join([*chain[chain.index(source.name) :], source.name])
            self._report("D542", f"文件引入了它自己：{again}", named, "删去其中一处引入")
        elif len(chain) > MAX_DEPTH:
            self._report("D543", f"文件一层层引入，超过 {MAX_DEPTH} 层", named, "在计划里直接引入要用的文件")
        elif len(self.roots) >= MAX_FILES or sum(len(each.source.text) for each in self.roots) > MAX_BYTES:
            self._report("D543", "引入的文件太多、太大", named, "检查是不是反复引入了同一个文件")
        else:
            yield from self._list(kind, source, named, (*chain, source.name))

    def _open(self, named: Node, written: str) -> Source | None:
        """Return the file of a path, below the folder of the file that names it; report why it is not to be had."""
        neighbour = named.source.neighbour
        if neighbour is None:
            self._report("D540", "这里不能引入文件", named, "把内容直接写出来")
            return None
        try:
            return neighbour(written)
        except PlanError as error:
            for each in error.diagnostics:
                place = (Related(each.span, "要引入的文件"),) if each.span and each.span.source.text else ()
                self.diagnostics.append(
                    Diagnostic("D540", f"引入不了 {written}：{each.message}", named.here, each.hint, related=place)
                )
            return None

    def _list(self, kind: Kind, source: Source, named: Node, chain: tuple[str, ...]) -> Iterator[Node]:
        """Yield the entries of a file: of the list it is, or of the list that is all it says."""
        try:
            root = read_nodes(source)
        except PlanError as error:
            self.diagnostics += error.diagnostics
            return
        below = root.entries[0][1] if isinstance(root, Mapping) and _names_list_of(kind, root) else root
        if root is not None and isinstance(below, Sequence):
            self.roots.append(root)
            yield from self._entries(kind, below, chain)
        else:
            hint = f"文件里只写{kind.name}，每一条前面加 - 和空格"
            self._report("D540", f"{source.name} 里不是{kind.name}", named, hint)

    def _report(self, code: str, message: str, at: Node, hint: str) -> None:
        self.diagnostics.append(Diagnostic(code, message, at.here, hint))


def _including(entry: Node) -> Node | None:
    """Return what stands behind the key of an entry that includes a file, `None` where there is no such key."""
    pairs = entry.entries if isinstance(entry, Mapping) else ()
    return next((value for typed, value in pairs if typed.text in _MARK), None)


def _names_list_of(kind: Kind, root: Mapping) -> bool:
    """Whether a file is one key, and that the one under which such a list stands in a plan (`tasks`, 任务)."""
    from plangen.plan.model import Section  # noqa: PLC0415 - only plans that include files pay for it

    key = Section.SPELLINGS.get(root.entries[0][0].text)
    return len(root.entries) == 1 and key is not None and key.kind == kind


def _path(node: Node) -> str | None:
    """Return a path that leads down from a folder to a file of YAML, `None` if it is none."""
    if not isinstance(node, Scalar):
        return None
    path = PurePosixPath(node.text.strip().replace("\\", "/"))
    climbs = path.is_absolute() or ".." in path.parts or ":" in path.as_posix()
    return None if climbs or path.suffix.lower() not in _SUFFIXES else path.as_posix()
