"""docxtpl again, by someone who knows that PyYAML has a loader in C: the toughest form of that peer."""

from pathlib import Path

import yaml

from benchmarks.ways import docxtpl_loop, shared


def render(source: Path, target: Path) -> None:
    """Render one plan file to one document."""
    docxtpl_loop.render(source, target, yaml.CSafeLoader)


if __name__ == "__main__":
    shared.main(render)
