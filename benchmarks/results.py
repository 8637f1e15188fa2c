"""What one run of the benchmark found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.catalogue import PLANGEN, Way
from benchmarks.measure import Sample

HELP = "plangen --help"
IMPORT_CLICK = "python -c 'import click'"
BARE = "python -c ''"

Grid = dict[int, dict[str, Sample]]


@dataclass
class Results:
    """Samples by number of tasks and name of the way; seconds are CPU time throughout."""

    ways: list[Way]
    repeat: int
    budget: float
    """Seconds on the clock after which a way gets no further run at a size."""
    cold: Grid = field(default_factory=dict)
    """Whole processes."""
    sizes: dict[int, dict[str, int]] = field(default_factory=dict)
    """Bytes of the documents whole processes made."""
    warm: Grid = field(default_factory=dict)
    """Within one process, after a first rendering."""
    batch_plans: int = 0
    batch: dict[str, Sample] = field(default_factory=dict)
    """One process for `batch_plans` plans; cost per plan."""
    start: dict[str, Sample] = field(default_factory=dict)
    """Start-up: HELP, IMPORT_CLICK and BARE."""
    texts: Mapping[tuple[int, str], str | None] | None = None
    """First difference between a document's text and its plan's, by tasks and way; None when not compared."""

    def cpu(self, tasks: int, way: str = PLANGEN) -> float | None:
        """Return the seconds of a whole process."""
        return _sample(self.cold.get(tasks, {}), way).cpu

    def peak(self, tasks: int, way: str = PLANGEN) -> float | None:
        """Return the peak memory of a whole process in MiB."""
        return _sample(self.cold.get(tasks, {}), way).peak

    def per_plan(self, way: str = PLANGEN) -> float | None:
        """Return the seconds per plan of the batch."""
        return _sample(self.batch, way).cpu

    def start_up(self, name: str) -> float | None:
        """Return the seconds of a start-up."""
        return _sample(self.start, name).cpu


def _sample(samples: Mapping[str, Sample], name: str) -> Sample:
    return samples.get(name, Sample())
