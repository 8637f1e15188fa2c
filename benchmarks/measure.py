"""Running commands and counting what they cost: interleaved rounds, medians, limits."""

import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PROBE = Path(__file__).parent / "probe.py"


class RunError(Exception):
    """A run that failed or took too long; its text says which."""


@dataclass(frozen=True)
class Cost:
    """What one run cost."""

    cpu: float
    """User and system time of the process and its descendants, in seconds."""
    wall: float
    """Time on the clock, in seconds."""
    peak: float
    """Largest resident set of any of its processes, in MiB."""


@dataclass
class Sample:
    """What the runs of one job cost, and why there are no more of them."""

    costs: list[Cost] = field(default_factory=list)
    trouble: str = ""

    @property
    def cpu(self) -> float | None:
        """Median CPU time in seconds; None without a run."""
        return statistics.median(cost.cpu for cost in self.costs) if self.costs else None

    @property
    def peak(self) -> float | None:
        """Median peak memory in MiB; None without a run."""
        return statistics.median(cost.peak for cost in self.costs) if self.costs else None

    @property
    def wall(self) -> float:
        """Time on the clock of all runs together, in seconds."""
        return sum(cost.wall for cost in self.costs)


@dataclass(frozen=True)
class Runner:
    """Runs commands as whole processes."""

    folder: Path
    """Where they run and where what they print is kept."""
    environment: Mapping[str, str]
    limit: int
    """Seconds on the clock after which a run is killed."""

    def run(self, command: Sequence[str]) -> Cost:
        """Run a command and return its cost, or raise RunError."""
        log = self.folder / "log.txt"
        probe = [sys.executable, "-I", "-S", str(PROBE), str(self.limit), str(log), *command]
        answer = subprocess.run(
            probe, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        if answer.returncode:
            raise RunError((answer.stderr.splitlines() or [f"exit {answer.returncode}"])[-1])
        status, cpu, wall, kibibytes = (float(number) for number in answer.stdout.split())
        if status:
            raise RunError(f"over {self.limit} s" if wall >= self.limit else f"exit {status:.0f}: {_last_line(log)}")
        return Cost(cpu, wall, kibibytes / 1024)


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "no output")


def interleaved(jobs: Mapping[str, Callable[[], Cost]], repeat: int, budget: float) -> dict[str, Sample]:
    """Run every job once a round, each round beginning with the next one.

    Jobs that failed or have used their budget of seconds are left out of further rounds.
    """
    names = list(jobs)
    samples = {name: Sample() for name in names}
    for turn in range(repeat):
        first = turn % max(1, len(names))
        for name in names[first:] + names[:first]:
            sample = samples[name]
            if sample.trouble or sample.wall >= budget:
                continue
            try:
                sample.costs.append(jobs[name]())
            except RunError as trouble:
                sample.trouble = str(trouble)
    return samples
