"""The judges outside the project, in `shared/tools`, which know nothing of plangen."""

import subprocess
import sys
from pathlib import Path

import pytest

from pages import ROOT, environment


def find_judges(shared: Path | None, ci: bool) -> Path:
    """Return the folder of the judges; where there are none, skip the test, but never in CI."""
    if shared is not None:
        return shared / "tools"
    reason = f"the judges are not here: no shared/tools beside {ROOT} or above it"
    if ci:
        pytest.fail(reason)
    pytest.skip(reason)


def judge(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Ask a judge."""
    command = [sys.executable, str(script), *arguments]
    everything = environment(PYTHONDONTWRITEBYTECODE="1")
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=everything, timeout=120, check=False)
