"""Render one plan again and again in one process: `warm.py WAY RESULT PLAN.yaml OUT` → median CPU seconds in RESULT.

The first rendering is not counted. WAY is a module of `benchmarks.ways`, or `plangen`, whose interpreter must run this.
"""

import contextlib
import importlib
import io
import runpy
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

SECONDS = 2.0
"""Wall time after which no further rendering begins."""
MOST = 20
"""Renderings counted at most."""


def cpu() -> float:
    """Return the user and system seconds of this process and the children it waited for."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def renderer(way: str) -> Callable[[Path, Path], None]:
    """Return what renders one plan file to one document, or into one folder where the way is plangen."""
    if way == "plangen":
        return render_with_plangen
    render: Callable[[Path, Path], None] = importlib.import_module(f"benchmarks.ways.{way}").render
    return render


def render_with_plangen(source: Path, folder: Path) -> None:
    """Run plangen's command line in this process."""
    sys.argv = ["plangen", "render", str(source), "--to", "docx", "-o", str(folder)]
    silence = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(silence), contextlib.redirect_stderr(silence):
        try:
            runpy.run_module("plangen", run_name="__main__")
        except SystemExit as end:
            if end.code:
                raise RuntimeError(f"plangen ended with exit code {end.code}") from end


def measure(render: Callable[[Path, Path], None], source: Path, target: Path) -> float:
    """Return the median CPU seconds of a rendering."""
    render(source, target)
    costs: list[float] = []
    begin = time.monotonic()
    while not costs or (len(costs) < MOST and time.monotonic() - begin < SECONDS):
        before = cpu()
        render(source, target)
        costs.append(cpu() - before)
    return statistics.median(costs)


if __name__ == "__main__":
    name, result, plan, out = sys.argv[1:]
    Path(result).write_text(str(measure(renderer(name), Path(plan), Path(out))), encoding="utf-8")
