"""One run of the benchmark: make the plans, measure every way on them, compare the texts."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from benchmarks import plans, verify
from benchmarks.catalogue import PLANGEN, Way
from benchmarks.measure import Cost, RunError, Runner, Sample, interleaved
from benchmarks.results import BARE, HELP, IMPORT_CLICK, Results

BATCH_TASKS = 45
FIRST_TASKS = 30


@dataclass(frozen=True)
class Bench:
    """The run in progress: its folder, what runs its commands, and what it has found so far."""

    folder: Path
    runner: Runner
    results: Results

    def measure(self, sizes: Sequence[int], batch: int) -> None:
        """Measure whole processes, within one process, the batch and start-up."""
        self._prepare()
        plan_files = {tasks: self._plan(tasks) for tasks in sizes}
        for tasks, plan in plan_files.items():
            _tell(f"{tasks} tasks, whole process")
            jobs = {way.name: partial(self._render, way, [plan]) for way in self._present()}
            self.results.cold[tasks] = self._interleaved(jobs)
            self.results.sizes[tasks] = self._sizes(tasks)
        for tasks, plan in plan_files.items():
            _tell(f"{tasks} tasks, within one process")
            self.results.warm[tasks] = self._warm(tasks, plan)
        if batch:
            _tell(f"batch of {batch} plans")
            self._batch(batch)
        _tell("start-up")
        self._start()

    def verify(self) -> None:
        """Compare the text of every document a whole process made with what its plan must read."""
        if find_spec("docx") is None:
            return
        _tell("comparing texts")
        self.results.texts = {
            (tasks, name): self._difference(name, self._plan(tasks))
            for tasks, samples in self.results.cold.items()
            for name, sample in samples.items()
            if sample.costs
        }

    def _sizes(self, tasks: int) -> dict[str, int]:
        samples, plan = self.results.cold[tasks], self._plan(tasks)
        return {name: self._target(name, plan).stat().st_size for name, sample in samples.items() if sample.costs}

    def _difference(self, way: str, plan: Path) -> str | None:
        return verify.difference(plan.with_suffix(".txt"), self._target(way, plan))

    def _prepare(self) -> None:
        """Run every way once, uncounted: byte code and templates get cached, and what cannot run counts as absent."""
        _tell("first runs")
        plan = self._plan(FIRST_TASKS)
        for place, way in enumerate(self.results.ways):
            try:
                if not way.missing:
                    self._render(way, [plan])
            except RunError as trouble:
                self.results.ways[place] = replace(way, missing=str(trouble))

    def _warm(self, tasks: int, plan: Path) -> dict[str, Sample]:
        """Measure the ways that can run within one process and are not too slow for it."""
        samples: dict[str, Sample] = {}
        jobs: dict[str, Callable[[], Cost]] = {}
        for way in self._present():
            if way.python and self._too_slow(self.results.cold[tasks][way.name]):
                samples[way.name] = Sample(trouble="not tried, a whole process failed or used up the budget")
            elif way.python:
                jobs[way.name] = partial(self._render_warm, way, plan)
        return self._interleaved(jobs) | samples

    def _too_slow(self, cold: Sample) -> bool:
        return bool(cold.trouble) or cold.wall >= self.results.budget * len(cold.costs)

    def _batch(self, count: int) -> None:
        """Render many different plans in one process."""
        folder = self.folder / "batch"
        folder.mkdir(exist_ok=True)
        plan_files = [plans.write(folder, f"batch-{number}", BATCH_TASKS, number) for number in range(count)]
        jobs = {way.name: partial(self._render, way, plan_files) for way in self._present() if way.batch}
        self.results.batch_plans = count
        self.results.batch = self._interleaved(jobs)

    def _start(self) -> None:
        """Measure start-up with the interpreter that has plangen."""
        python = next((way.python for way in self._present() if way.name == PLANGEN), "")
        if python:
            commands = {BARE: ["-c", ""], IMPORT_CLICK: ["-c", "import click"], HELP: ["-m", "plangen", "--help"]}
            run = self.runner.run
            self.results.start = self._interleaved(
                {name: partial(run, [python, *words]) for name, words in commands.items()}
            )

    def _present(self) -> list[Way]:
        return [way for way in self.results.ways if not way.missing]

    def _interleaved(self, jobs: Mapping[str, Callable[[], Cost]]) -> dict[str, Sample]:
        return interleaved(jobs, self.results.repeat, self.results.budget)

    def _plan(self, tasks: int) -> Path:
        path = self.folder / f"plan-{tasks}.yaml"
        return path if path.exists() else plans.write(self.folder, path.stem, tasks)

    def _target(self, way: str, plan: Path) -> Path:
        folder = self.folder / "documents" / way
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{plan.stem}.docx"

    def _render(self, way: Way, plan_files: Sequence[Path]) -> Cost:
        """Render plans in one whole process; the CPU time is per plan."""
        cost = self.runner.run(way.command([(plan, self._target(way.name, plan)) for plan in plan_files]))
        return replace(cost, cpu=cost.cpu / len(plan_files))

    def _render_warm(self, way: Way, plan: Path) -> Cost:
        """Render a plan again and again in one process; the CPU time is the median of one rendering."""
        result, target = self.folder / "warm.txt", self._target(way.name, plan)
        out = target.parent if way.name == PLANGEN else target
        cost = self.runner.run([way.python, "-m", "benchmarks.warm", way.name, str(result), str(plan), str(out)])
        return replace(cost, cpu=float(result.read_text(encoding="utf-8")))


def _tell(stage: str) -> None:
    print(f"… {stage}", file=sys.stderr, flush=True)
