"""The findings as Markdown: tables of medians and ratios, the aims, and all that was not measured."""

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from benchmarks.aims import aims, ratio
from benchmarks.catalogue import PLANGEN, versions
from benchmarks.measure import Sample
from benchmarks.results import Results

Found = TypeVar("Found")


def report(results: Results) -> str:
    """Return the whole report."""
    blocks = [
        "# What plangen costs beside the usual ways",
        f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores; "
        f"{', '.join(versions())}. CPU time (user + system, with child processes), medians of up to {results.repeat} "
        "interleaved runs. ×: of plangen in the same column. Compare the ratios; the times are this machine's today.",
        *_aims(results),
        *_grid("Whole process: CPU ms", results, results.cold, _milliseconds),
        *_grid("Whole process: peak MiB", results, results.cold, lambda sample: sample.peak),
        *_grid("Size of the document: KiB", results, results.sizes, lambda size: size / 1024),
        *_grid("Within one process, after a first rendering: CPU ms", results, results.warm, _milliseconds),
        *_grid("Within one process: peak MiB", results, results.warm, lambda sample: sample.peak),
        *_batch(results),
        *_start(results),
        "## Same text?",
        _texts(results),
        "## Not measured, or less often",
        "\n".join(_gaps(results)) or "Nothing.",
    ]
    return "\n\n".join(blocks) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _milliseconds(sample: Sample) -> float | None:
    return None if sample.cpu is None else 1000 * sample.cpu


def _cell(value: float | None, base: float | None) -> str:
    if value is None:
        return "–"
    times = ratio(value, base)
    figure = f"{value:,.1f}" if value < 10 else f"{value:,.0f}"
    return figure if times is None else f"{figure} · ×{times:.2f}"


def _aims(results: Results) -> list[str]:
    rows = [[aim.text, aim.demand, aim.finding, aim.verdict] for aim in aims(results)]
    return ["## Aims", _table(["CPU time of a whole process", "demanded", "measured", ""], rows)]


def _grid(
    title: str, results: Results, grid: Mapping[int, Mapping[str, Found]], value: Callable[[Found], float | None]
) -> list[str]:
    """Return a table of ways and sizes; each cell holds the value and its ratio to plangen's."""
    columns = [{name: value(found) for name, found in column.items()} for column in grid.values()]
    rows = [
        [way.label, *(_cell(column.get(way.name), column.get(PLANGEN)) for column in columns)] for way in results.ways
    ]
    return [f"## {title}", _table(["tasks", *(f"{tasks:,}" for tasks in grid)], rows)]


def _batch(results: Results) -> list[str]:
    if not results.batch:
        return []
    rows = [
        [way.label, _cell(_milliseconds(sample), 1000 * (results.per_plan() or 0)), _cell(sample.peak, None)]
        for way in results.ways
        if (sample := results.batch.get(way.name))
    ]
    title = f"## {results.batch_plans:,} plans of 45 tasks in one process"
    return [title, _table(["way", "CPU ms per plan", "peak MiB"], rows)]


def _start(results: Results) -> list[str]:
    rows = [[f"`{name}`", _cell(_milliseconds(sample), None)] for name, sample in results.start.items()]
    return ["## Start-up", _table(["command", "CPU ms"], rows)] if rows else []


def _texts(results: Results) -> str:
    if results.texts is None:
        return "Not compared."
    wrong = [f"- {way}, {tasks:,} tasks: {found}" for (tasks, way), found in results.texts.items() if found]
    right = len(results.texts) - len(wrong)
    same = f"{right} of {len(results.texts)} documents, read by python-docx, show what their plan must read."
    return "\n".join([same, *wrong])


def _gaps(results: Results) -> Iterator[str]:
    for way in results.ways:
        if way.missing:
            yield f"- {way.label}: absent, because this machine lacks or cannot run: {way.missing}"
    for kind, grid in (("whole process", results.cold), ("within one process", results.warm)):
        for tasks, samples in grid.items():
            yield from _shortfalls(f"{kind}, {tasks:,} tasks", samples, results)
    yield from _shortfalls("batch", results.batch, results)
    yield from _shortfalls("start-up", results.start, results)


def _shortfalls(place: str, samples: Mapping[str, Sample], results: Results) -> Iterator[str]:
    for name, sample in samples.items():
        if sample.trouble:
            yield f"- {place}: {name}: {sample.trouble}"
        elif len(sample.costs) < results.repeat:
            yield f"- {place}: {name}: {len(sample.costs)} of {results.repeat} runs; {results.budget:g} s budget used"
