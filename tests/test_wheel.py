"""What users install: the wheel, in an environment of its own, used from another folder."""

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pytest

import plangen
from pages import EXAMPLES, ROOT, environment

TEMPLATES: Final = ROOT / "templates"
NEEDED: Final = ("click", "PyYAML", "Jinja2", "MarkupSafe")
WINDOWS: Final = sys.platform == "win32"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel; without isolation, since there may be no network."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a fresh environment and return the folder of its commands.

    The packages plangen needs come, through a .pth file, from the environment the tests run in: no network. Since
    .pth files found that way are not read, an editable plangen of that environment stays invisible.
    """
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(home, system_site_packages=False, with_pip=False)
    commands = home / ("Scripts" if WINDOWS else "bin")
    offline = ["--no-deps", "--no-index", "--no-input", "--disable-pip-version-check", "--quiet"]
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python")]
    run([*pip, "install", *offline, str(wheel)], home)
    (packages,) = home.rglob("site-packages")
    needed = {str(distribution(name).locate_file("")) for name in NEEDED}
    (packages / "needed.pth").write_text("\n".join(sorted(needed)), encoding="utf-8")
    return commands


def test_the_wheel_holds_the_templates(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = {
            name.removeprefix("plangen/templates/"): archive.read(name)
            for name in archive.namelist()
            if name.startswith("plangen/templates/")
        }
    files = (path for path in TEMPLATES.rglob("*") if path.is_file())
    assert packed == {path.relative_to(TEMPLATES).as_posix(): path.read_bytes() for path in files}


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
        commands = next(archive.read(name) for name in names if name.endswith(".dist-info/entry_points.txt"))
    assert {name.split("/")[0] for name in names} == {"plangen", f"plangen-{plangen.__version__}.dist-info"}
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "plangen").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == modules
    assert "plangen/py.typed" in names
    assert not [name for name in names if name.endswith((".pyc", ".yaml")) and "/templates/" not in name]
    assert b"plangen = plangen.cli:main" in commands


def test_the_installed_program_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = run([str(installed / "python"), "-c", "import plangen; print(plangen.__file__)"], tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)


def test_the_installed_command_renders_a_plan(installed: Path, tmp_path: Path) -> None:
    plan = tmp_path / "计划.yaml"
    plan.write_bytes(EXAMPLES[0].read_bytes())
    said = run([str(installed / "plangen"), "render", "计划.yaml"], tmp_path)
    made = [Path("build", f"计划{suffix}") for suffix in (".docx", ".md")]
    assert said.splitlines() == [path.as_posix() for path in made]
    with ZipFile(tmp_path / made[0]) as archive:
        assert archive.testzip() is None
        assert "word/document.xml" in archive.namelist()
    assert (tmp_path / made[1]).read_text(encoding="utf-8").startswith("# ")


def test_the_installed_command_begins_a_plan(installed: Path, tmp_path: Path) -> None:
    said = run([str(installed / "plangen"), "new", "2027", "--kind", "实施方案"], tmp_path)
    assert said.splitlines() == ["2027.yaml", "plan.schema.json"]
    run([str(installed / "plangen"), "check", "2027.yaml"], tmp_path)


def test_the_installed_command_lists_its_own_templates(installed: Path, tmp_path: Path) -> None:
    for line in run([str(installed / "plangen"), "templates"], tmp_path).splitlines():
        assert Path(line.split("\t")[-1]).is_relative_to(installed.parent)


def test_the_version(installed: Path, tmp_path: Path) -> None:
    for command in ([str(installed / "plangen")], [str(installed / "python"), "-m", "plangen"]):
        assert run([*command, "--version"], tmp_path).strip() == f"plangen {plangen.__version__}"


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command in a folder and return what it prints; fail if it fails."""
    everything = environment(PYTHONUTF8="1", PATH=os.defpath)
    done = subprocess.run(
        command, cwd=folder, env=everything, capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout
