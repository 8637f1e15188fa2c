"""A fuzzer: thousands of broken plans, of which none may break plangen. `python tests/fuzz.py --seed 1 --count 10000`.

Plan number N of a seed is always the same. Each is checked by the command line in a worker that is bounded in time and
memory: the exit code is 0, 1 or 2, there is no traceback, and whatever is said has a code of the catalogue and a place
within the file. What passes without errors is rendered to Markdown and Word.
"""

import argparse
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, Final, NamedTuple

from mutations import mutate
from pages import ACCEPTANCE, EXAMPLES
from plangen import api, cli
from plangen.diagnostics.catalogue import CATALOGUE
from plangen.diagnostics.span import Source

MOST_SECONDS: Final = 2.0
"""Most processor time a plan may take to be checked, and as much again to be rendered."""

MOST_MEMORY: Final = 1 << 30
"""Most bytes a worker may have."""

EXIT_CODES: Final = (0, 1, 2)


class Verdict(NamedTuple):
    """What came of a plan: the exit code, the seconds it took, the peak of its worker in MiB, and what is wrong."""

    number: int
    exit_code: int
    seconds: float
    peak: float
    problem: str = ""


class OutOfTimeError(Exception):
    """A plan took longer than it may."""


def plan_texts() -> list[bytes]:
    """Return the plans that are mutated: the examples and, where they are, the acceptance plans."""
    return [path.read_bytes() for path in (*EXAMPLES, *ACCEPTANCE)]


def mutated(seed: int, number: int, plans: Sequence[bytes]) -> bytes:
    """Return plan number `number` of a seed."""
    return mutate(Random(f"{seed}:{number}"), plans)


def judge(number: int, content: bytes, folder: Path) -> Verdict:
    """Return what comes of a plan that holds `content`; `folder` is for its file."""
    path = folder / "plan.yaml"
    path.write_bytes(content)
    start = process_time()
    code, problem = -1, ""
    try:
        with _time_limit(2 * MOST_SECONDS):
            code, said, talk = _run(["check", str(path), "--format", "json"])
            problem = _judge_check(code, said, talk, content)
            took = process_time() - start
            if not problem and took > MOST_SECONDS:
                problem = f"took {took:.1f} s"
        if not problem and code == 0:
            with _time_limit(2 * MOST_SECONDS):
                _render(path)
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        problem = traceback.format_exc(limit=-4)
    return Verdict(number, code, process_time() - start, _peak(), problem)


def _run(arguments: list[str]) -> tuple[int, str, str]:
    """Run the command line; return exit code, standard output and standard error."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    argv, sys.argv = sys.argv, ["plangen", *arguments]
    try:
        with redirect_stdout(streams[0]), redirect_stderr(streams[1]):
            cli.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else -1
    finally:
        sys.argv = argv
    said = []
    for stream in streams:
        stream.seek(0)
        said.append(stream.read())
    return code, said[0], said[1]


def _judge_check(code: int, said: str, talk: str, content: bytes) -> str:
    """Return what is wrong with what `check` did, "" when nothing is."""
    if code not in EXIT_CODES or "Traceback" in talk:
        return f"exit code {code}: {talk}"
    found = json.loads(said)["diagnostics"]
    errors = [each for each in found if each["severity"] == "error"]
    if bool(errors) != bool(code):
        return f"exit code {code} with {len(errors)} errors"
    source = Source("", _text(content))
    return next((wrong for each in found if (wrong := _misplaced(each, source))), "")


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _misplaced(diagnostic: dict[str, Any], source: Source) -> str:
    """Return what is wrong with the code or the place of a diagnostic, "" when nothing is."""
    if diagnostic["code"] not in CATALOGUE or not diagnostic["message"]:
        return f"no such code or no message: {diagnostic}"
    for place in (diagnostic, *diagnostic["related"], *filter(None, [diagnostic["fix"]])):
        if place["line"] is None:
            continue
        try:
            start = source.offset(place["line"], place["column"])
            end = source.offset(place["end_line"], place["end_column"])
        except IndexError:
            return f"outside of the file: {diagnostic}"
        if not (0 <= start <= end <= max(len(source.text), 1) and min(place["line"], place["column"]) >= 1):
            return f"outside of the file: {diagnostic}"
    return ""


@cache
def _press() -> api.Press:
    return api.Press()


def _render(path: Path) -> None:
    """Render a plan without errors; what cannot be printed at all is refused in words."""
    outline, _ = api.open_outline(path)
    for format_name in ("md", "docx"):
        try:
            _press().print(outline, format_name, io.BytesIO())
        except api.PlanError as refused:
            if not refused.diagnostics or any(each.code not in CATALOGUE for each in refused.diagnostics):
                raise


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTimeError` in what takes longer."""

    def stop(_signal: int, _frame: object) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _peak() -> float:
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Worker:
    """What a worker process keeps from plan to plan."""

    plans: list[bytes]
    folder: Path


def _start_worker(folder: str) -> None:
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.environ["PLANGEN_DEBUG"] = "1"
    _Worker.plans = plan_texts()
    _Worker.folder = Path(tempfile.mkdtemp(dir=folder))
    os.chdir(_Worker.folder)


def _judge_number(job: tuple[int, int]) -> Verdict:
    seed, number = job
    return judge(number, mutated(seed, number, _Worker.plans), _Worker.folder)


def judge_all(seed: int, numbers: Iterable[int], workers: int) -> Iterator[Verdict]:
    """Yield the verdicts on the plans of a seed, in their order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        get_context("spawn").Pool(workers, _start_worker, (folder,)) as pool,
    ):
        yield from pool.imap(_judge_number, ((seed, number) for number in numbers), chunksize=8)


def main() -> int:
    """Judge the plans of a seed and print what came of them; return 1 when one of them broke plangen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=int, default=0, help="the number of the first plan")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--keep", type=Path, help="a folder for the plans that broke plangen")
    options = parser.parse_args()
    plans, verdicts = plan_texts(), []
    for verdict in judge_all(options.seed, range(options.start, options.start + options.count), options.workers):
        verdicts.append(verdict)
        if verdict.problem:
            print(f"--- {options.seed}:{verdict.number}", verdict.problem, sep="\n", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                broken = options.keep / f"{options.seed}-{verdict.number}.yaml"
                broken.write_bytes(mutated(options.seed, verdict.number, plans))
    slowest = max(verdicts, key=lambda each: each.seconds)
    print(f"{len(verdicts)} plans, exit codes {dict(sorted(Counter(each.exit_code for each in verdicts).items()))}")
    print(f"slowest {slowest.seconds:.2f} s ({options.seed}:{slowest.number}), in all", end=" ")
    print(
        f"{sum(each.seconds for each in verdicts):.0f} s; largest worker {max(each.peak for each in verdicts):.0f} MiB"
    )
    problems = sum(bool(each.problem) for each in verdicts)
    print(f"{problems} problems")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
