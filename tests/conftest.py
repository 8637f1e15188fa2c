"""What all tests share: the options of the test run, a cache of their own, and what LibreOffice prints of them."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from judges import find_judges
from pages import SHARED, Printed, print_all
from plangen.render.cache import CACHE_VARIABLE

# No deadline: machines differ, and what must be fast has tests of its own. In CI the same examples every time: a
# landing is not the place to find a new one.
settings.register_profile("plangen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("plangen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--accept`, which rewrites what the cases expect; read the difference before you commit it."""
    parser.addoption("--accept", action="store_true", help="rewrite the expected output of tests/cases")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse `--accept` where nobody reads the difference."""
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is not for CI: expected output is read by a person before it is committed")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all tests that print to one worker, where several run: LibreOffice is to be started once."""
    for item in items:
        if isinstance(item, pytest.Function) and "paper" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("paper"))


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep compiled templates away from the user's cache."""
    os.environ[CACHE_VARIABLE] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def judges() -> Path:
    """Return the folder of the judges."""
    return find_judges(SHARED, os.environ.get("CI") == "true")


@pytest.fixture(scope="session")
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Printed]]:
    """Print the documents of all modules with tests that want them, LibreOffice setting them in one go.

    `documents` of a module writes them into a folder and returns them by name. What is printed is returned by the name
    of the module and that name.
    """
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    tests = (item for item in request.session.items if isinstance(item, pytest.Function))
    modules = {item.module.__name__: item.module for item in tests if "paper" in item.fixturenames}
    folder = tmp_path_factory.mktemp("paper")
    written = {}
    for module_name, module in modules.items():
        own = folder / module_name
        own.mkdir()
        for name, docx in module.documents(own).items():
            written[module_name, name] = docx.rename(folder / f"{module_name}-{docx.name}")
    printed = print_all(written, folder)
    return {each: {name: paper for (module, name), paper in printed.items() if module == each} for each in modules}


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, paper: dict[str, dict[str, Printed]]) -> dict[str, Printed]:
    """Return what is printed of the documents of a module, by the names the module gives them."""
    return paper[request.module.__name__]
