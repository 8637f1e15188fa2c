"""What plangen is asked to cost, as ratios in one run, and whether it does."""

from dataclasses import dataclass

from benchmarks.results import HELP, IMPORT_CLICK, Results


@dataclass(frozen=True)
class Aim:
    """One demand and what was measured."""

    text: str
    most: float
    measured: float | None
    unit: str = ""
    below: bool = False
    """Whether `most` itself is already too much."""

    @property
    def demand(self) -> str:
        """The demand in words: `≤ 0.5`, `< 1`, `≤ 300 MiB`."""
        return f"{'<' if self.below else '≤'} {self.most:g} {self.unit}".strip()

    @property
    def finding(self) -> str:
        """What was measured, in the demand's unit."""
        return "–" if self.measured is None else f"{self.measured:.{1 if self.unit else 3}f} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        """met, NOT met or not measured."""
        if self.measured is None:
            return "not measured"
        met = self.measured < self.most if self.below else self.measured <= self.most
        return "met" if met else "**NOT met**"


def aims(results: Results) -> list[Aim]:
    """Return every aim with what this run found."""
    cpu = results.cpu
    return [
        Aim("45 tasks: of docxtpl", 0.5, ratio(cpu(45), cpu(45, "docxtpl_loop"))),
        Aim("45 tasks: of docxtpl with PyYAML's C loader", 0.5, ratio(cpu(45), cpu(45, "docxtpl_c_loader"))),
        Aim("45 tasks: of pandoc", 0.35, ratio(cpu(45), cpu(45, "pandoc_reference"))),
        Aim("45 tasks: of the usual script", 0.3, ratio(cpu(45), cpu(45, "usual_script"))),
        Aim("3 000 tasks: of python-docx paragraph by paragraph", 0.12, ratio(cpu(3000), cpu(3000, "python_docx"))),
        Aim("3 000 tasks: of npm's docx", 1, ratio(cpu(3000), cpu(3000, "npm_docx")), below=True),
        Aim("30 000 tasks: of docxtpl", 0.2, ratio(cpu(30000), cpu(30000, "docxtpl_loop"))),
        Aim("30 000 tasks: of docxtpl with PyYAML's C loader", 0.2, ratio(cpu(30000), cpu(30000, "docxtpl_c_loader"))),
        Aim("30 000 tasks: of its own time for 3 000", 11, ratio(cpu(30000), cpu(3000))),
        Aim("30 000 tasks: peak memory", 300, results.peak(30000), "MiB"),
        Aim("a plan of the batch: of docxtpl", 0.25, ratio(results.per_plan(), results.per_plan("docxtpl_loop"))),
        Aim(
            "a plan of the batch: of docxtpl with PyYAML's C loader",
            0.25,
            ratio(results.per_plan(), results.per_plan("docxtpl_c_loader")),
        ),
        Aim("`--help`: more than importing click", 20, _milliseconds_between(results), "ms"),
    ]


def ratio(part: float | None, whole: float | None) -> float | None:
    """Return part over whole where both were measured."""
    return None if part is None or not whole else part / whole


def _milliseconds_between(results: Results) -> float | None:
    shown, imported = results.start_up(HELP), results.start_up(IMPORT_CLICK)
    return None if shown is None or imported is None else 1000 * (shown - imported)
