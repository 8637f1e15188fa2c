"""What comparing two revisions costs: `python -m benchmarks.compare`; ratios in one run, as for the rest.

Every task of the new plan is another: its figures are changed, and of each ten one is gone, one is new and one has
moved. All tasks are made of the same few sentences, so nearly every bigram stands everywhere: the worst case for
finding which task is which.
"""

import argparse
import sys
import tempfile
from copy import deepcopy
from pathlib import Path
from random import Random

from benchmarks.__main__ import environment, plangen_words
from benchmarks.measure import Cost, Runner, Sample, interleaved
from benchmarks.plans import plan, yaml_lines
from benchmarks.ways.shared import PlanData

SIZES = (300, 3_000)
MOST_GROWTH = 13
"""Most times the time of 300 tasks that 3 000 may take: what is linear takes ten times as long, sorting a bit more."""

MOST_OF_MARKDOWN = 4
"""Most times the time of rendering both plans as Markdown that comparing 3 000 tasks may take."""


def revised(data: PlanData, seed: int) -> PlanData:
    """Return a revision of a plan in which every task has changed."""
    random = Random(seed)
    new = deepcopy(data)
    sections = new["sections"]
    others = iter([task for section in plan(len(sections) * 10, seed + 1)["sections"] for task in section["tasks"]])
    for section in sections:
        tasks = section["tasks"]
        tasks.remove(random.choice(tasks))
        moved = tasks.pop(random.randrange(len(tasks)))
        random.choice(sections)["tasks"].append(moved)
        tasks.insert(random.randrange(len(tasks) + 1), next(others))
    for section in sections:
        for task in section["tasks"]:
            task["text"] = task["text"].replace("0", "5").replace("建立", "健全")
    return new


def measure(words: list[str], folder: Path, repeat: int) -> dict[str, Sample]:
    """Return what comparing and rendering cost, by the name of the job."""
    runner = Runner(folder, environment(folder), 180)
    jobs = {}
    for size in SIZES:
        data = plan(size)
        names = []
        for name, side in (("old", data), ("new", revised(data, 1))):
            path = folder / f"{name}-{size}.yaml"
            path.write_text("\n".join(yaml_lines(side)) + "\n", encoding="utf-8")
            names.append(str(path))

        def compare(names: list[str] = names) -> Cost:
            return runner.run([*words, "diff", *names])

        def render(names: list[str] = names) -> Cost:
            return runner.run([*words, "render", *names, "--to", "md", "-o", str(folder / "out")])

        jobs[f"diff {size}"], jobs[f"render {size}"] = compare, render
    return interleaved(jobs, repeat, 120)


def main() -> int:
    """Print the ratios; return 1 when one is too large."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description="What comparing plans costs.")
    parser.add_argument("--plangen", default=f"{sys.executable} -m plangen", help="how to run plangen")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each job (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plangen-benchmarks-") as name:
        samples = measure(plangen_words(options.plangen), Path(name), options.repeat)
    for job, sample in samples.items():
        print(f"{job}: {sample.trouble or f'{sample.cpu:.2f} s, {sample.peak:.0f} MiB'}")
    few, many = (samples[f"diff {size}"].cpu for size in SIZES)
    rendered = samples[f"render {SIZES[-1]}"].cpu
    if not (few and many and rendered):
        return 1
    print(f"3 000 tasks of 300: {many / few:.1f} (≤ {MOST_GROWTH})")
    print(f"3 000 tasks of rendering both as Markdown: {many / rendered:.1f} (≤ {MOST_OF_MARKDOWN})")
    return int(many > MOST_GROWTH * few or many > MOST_OF_MARKDOWN * rendered)


if __name__ == "__main__":
    sys.exit(main())
