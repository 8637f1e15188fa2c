"""Command line of the benchmark: `python -m benchmarks --help`."""

import argparse
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench
from benchmarks.catalogue import ways
from benchmarks.measure import Runner
from benchmarks.report import report
from benchmarks.results import Results

ROOT = Path(__file__).parent.parent


def arguments() -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Compare plangen with the usual ways.")
    parser.add_argument("--sizes", default="30,45,300,3000,30000", help="numbers of tasks (default: %(default)s)")
    parser.add_argument("--repeat", type=int, default=7, help="runs of each job at most (default: %(default)s)")
    parser.add_argument("--ways", default="", help="names of the ways, plangen among them (default: all)")
    parser.add_argument("--batch", type=int, default=1000, help="plans of the batch, 0 for none (default: %(default)s)")
    parser.add_argument(
        "--plangen",
        default=f"{shlex.quote(sys.executable)} -m plangen",
        help="how to run plangen: PYTHON -m plangen (default: with this interpreter)",
    )
    parser.add_argument("--budget", type=float, default=30, help="seconds a way may run at a size (default: 30)")
    parser.add_argument("--limit", type=int, default=180, help="seconds after which a run is killed (default: 180)")
    parser.add_argument("--verify", action=argparse.BooleanOptionalAction, default=True, help="compare the texts")
    parser.add_argument("--report", type=Path, help="file for the report (default: standard output)")
    return parser.parse_args()


def plangen_words(command: str) -> list[str]:
    """Split the command; its program gets its full path, for runs happen in another folder."""
    program, *rest = shlex.split(command)
    return [str(Path(shutil.which(program) or program).absolute()), *rest]


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of every run: this checkout importable, byte code and caches kept in the run's folder."""
    own = {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    return {**os.environ, **own}


def run(options: argparse.Namespace, folder: Path) -> Results:
    """Measure and compare as the options say."""
    chosen: Sequence[str] = options.ways.split(",") if options.ways else []
    compared = [way for way in ways(plangen_words(options.plangen)) if not chosen or way.name in chosen]
    results = Results(compared, options.repeat, options.budget)
    bench = Bench(folder, Runner(folder, environment(folder), options.limit), results)
    bench.measure([int(size) for size in options.sizes.split(",")], options.batch)
    if options.verify:
        bench.verify()
    return results


def main() -> int:
    """Run the benchmark; return 1 when a document does not show what its plan must read."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="plangen-benchmarks-") as name:
        results = run(options, Path(name))
    text = report(results)
    if options.report:
        options.report.write_text(text, encoding="utf-8")
    else:
        print(text)
    return int(any((results.texts or {}).values()))


if __name__ == "__main__":
    sys.exit(main())
