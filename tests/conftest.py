"""What all tests share: the options of the test run, and a cache of their own."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from plangen.render.cache import CACHE_VARIABLE

# No deadline: machines differ, and what must be fast has tests of its own. In CI the same examples every time: a
# landing is not the place to find a new one.
settings.register_profile("plangen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("plangen")

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which rewrites what the cases expect; read the difference before you commit it."""
    parser.addoption("--accept", action="store_true", help="rewrite the expected output of tests/cases")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse `--accept` where nobody reads the difference."""
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is not for CI: expected output is read by a person before it is committed")


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep compiled templates away from the user's cache."""
    os.environ[CACHE_VARIABLE] = str(tmp_path_factory.mktemp("cache"))
