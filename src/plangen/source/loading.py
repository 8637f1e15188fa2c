"""A file to a plan, with everything that is wrong with its form."""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import TypeVar

from plangen.diagnostics import Diagnostic, PlanError, Source, Span
from plangen.plan.schema import Record
from plangen.source.comments import lost_comments
from plangen.source.includes import include_files
from plangen.source.nodes import Node, read_nodes
from plangen.source.overlay import lay_over
from plangen.source.records import RecordReader

AnyRecord = TypeVar("AnyRecord", bound=Record)


def parse_record(cls: type[AnyRecord], source: Source, *overlays: Source) -> tuple[AnyRecord, list[Diagnostic]]:
    """Return the record a text holds and what is wrong with it.

    Each of `overlays` says only what differs from the texts before it; see `overlay.lay_over`. A record with errors
    holds blanks in place of what is wrong and serves only to find more errors. Raises `PlanError` when a text cannot be
    read as such a record at all.
    """
    sources = (source, *overlays)
    try:
        found, diagnostics = _read(cls, sources)
    except PlanError as error:
        raise PlanError(_read_on(cls, sources, error.diagnostics)) from error
    if any(each.code.startswith("Y") for each in diagnostics):
        from plangen.source.repairs import is_structural  # noqa: PLC0415 - only mistakes pay for it

        if any(map(is_structural, diagnostics)):
            raise PlanError(_read_on(cls, sources, diagnostics))
    return found, diagnostics


def _read(cls: type[AnyRecord], sources: Sequence[Source]) -> tuple[AnyRecord, list[Diagnostic]]:
    """Return the record that texts laid over one another hold, and what is wrong with it."""
    required = "、".join(key.name for key in cls.REQUIRED)
    known = "、".join(key.name for key in cls.KEYS)
    source, *overlays = sources
    roots = [_root(source, f"至少写上 {required}"), *(_root(each, f"写上要改的几项：{known}") for each in overlays)]
    included = include_files(cls, roots[0])
    reader = RecordReader()
    found = reader.record(cls, reduce(partial(lay_over, cls), roots))
    if not isinstance(found, cls):
        raise PlanError(reader.diagnostics)
    lost = [each for root in (*roots, *included) for each in lost_comments(root.source, root)]
    return found, [*reader.diagnostics, *lost]


def _read_on(cls: type[Record], sources: Sequence[Source], first: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return what is wrong with texts, with what comes to light when the slips found `first` are repaired."""
    from plangen.source.repairs import read_on  # noqa: PLC0415 - only mistakes pay for it

    def diagnose(repaired: Callable[[Source], Source]) -> Sequence[Diagnostic]:
        try:
            return _read(cls, [repaired(each) for each in sources])[1]
        except PlanError as error:
            return error.diagnostics

    return read_on(first, sum(len(each.text) for each in sources), diagnose)


def _root(source: Source, hint: str) -> Node:
    root = read_nodes(source)
    if root is None:
        raise PlanError([Diagnostic("Y004", "文件里没有内容", Span(source, 0, 0), hint)])
    return root
