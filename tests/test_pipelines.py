"""What engineers copy: the hooks for pre-commit, and the examples for CI, whose commands run as they stand there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple
from xml.etree import ElementTree

import pytest
import yaml

from docs_commands import type_command
from pages import ROOT, environment

HOOKS: Final = ROOT / ".pre-commit-hooks.yaml"
EXAMPLES: Final = (ROOT / "docs" / "ci" / "github.yml", ROOT / "docs" / "ci" / "gitlab.yml")
BROKEN: Final = """\
title: 云川市2027年教育工作要点
yaer: 2027
sections:
      -   heading: 促进教育公平
          text: |
                坚持把公平作为教育的底色。办好家门口的每一所学校。
"""
"""A plan with a mistake, that is not tidy either."""


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    return found


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a project with good plans, as it comes out of git."""
    shutil.copytree(ROOT / "plans", tmp_path / "计划 2027" / "plans")
    return tmp_path / "计划 2027"


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which plangen is found, and git knows nobody's settings."""
    (tmp_path / "gitconfig").write_text("[user]\nname = t\nemail = t@localhost\n", encoding="utf-8")
    return environment(
        PATH=os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath))),
        GIT_CONFIG_GLOBAL=str(tmp_path / "gitconfig"),
        GIT_CONFIG_NOSYSTEM="1",
        PRE_COMMIT_HOME=str(tmp_path / "pre-commit"),
        PYTHONUTF8="1",
    )


class Done(NamedTuple):
    """What became of a command."""

    exit_code: int
    said: str


def done(command: str | list[str], folder: Path, surroundings: Mapping[str, str]) -> Done:
    """Run a command, a line of a shell or words; return its exit code and all it printed."""
    ran = subprocess.run(
        command,
        shell=isinstance(command, str),
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Done(ran.returncode, ran.stdout)


def committed(folder: Path, surroundings: Mapping[str, str]) -> str:
    """Make a folder a git repository with one commit and return its name."""
    for command in ("git init -q", "git add -A", "git commit -q -m x"):
        assert done(shlex.split(command), folder, surroundings) == (0, "")
    return done(["git", "rev-parse", "HEAD"], folder, surroundings).said.strip()


@pytest.mark.parametrize("hook", [pytest.param(hook, id=hook["id"]) for hook in hooks()])
class TestHooks:
    def test_a_commit_of_a_broken_plan_is_stopped(
        self, hook: dict[str, Any], project: Path, tmp_path: Path, surroundings: dict[str, str]
    ) -> None:
        """The real pre-commit runs the entry over the files it names; only the installing is left out (no network)."""
        if find_spec("pre_commit") is None or shutil.which("git") is None:
            pytest.skip("needs git and pre-commit, which the extra plangen[test] installs")
        (tmp_path / "hooks").mkdir()
        shutil.copy(HOOKS, tmp_path / "hooks")
        source = {"repo": (tmp_path / "hooks").as_posix(), "rev": committed(tmp_path / "hooks", surroundings)}
        config = {"repos": [{**source, "hooks": [{"id": hook["id"], "language": "system"}]}]}
        (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        committed(project, surroundings)
        run = [sys.executable, "-m", "pre_commit", "run", "--all-files", "--verbose"]
        good = done(run, project, surroundings)
        assert good.exit_code == 0, good.said
        assert "Passed" in good.said
        (project / "plans" / "写错的.yaml").write_text(BROKEN, encoding="utf-8")
        done(["git", "add", "-A"], project, surroundings)
        broken = done(run, project, surroundings)
        assert broken.exit_code == 1
        assert "写错的.yaml" in broken.said

    def test_the_entry_is_a_command_there_is_and_needs_no_shell(
        self, hook: dict[str, Any], project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert not set(hook["entry"]) & set("|&;<>$`\"'*")
        monkeypatch.chdir(project)
        named = ["plans/2027.yaml", "plans/2027-school.yaml"] if hook.get("pass_filenames", True) else []
        code, said = type_command(shlex.join([*hook["entry"].split(), *hook.get("args", ()), *named]), monkeypatch)
        assert code == 0, said


@pytest.mark.parametrize("hook", hooks(), ids=lambda hook: hook["id"])
@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("plans/2027.yaml", True),
        ("plans/各科室/基础教育科.yml", True),
        ("plans/plan.schema.json", False),
        ("本单位/plans.yaml", False),
        (".pre-commit-config.yaml", False),
    ],
)
def test_the_hooks_are_for_plans_and_nothing_else(hook: dict[str, Any], name: str, wanted: bool) -> None:
    assert bool(re.search(hook["files"], name)) == wanted


def commands(value: object) -> Iterator[str]:
    """Yield the shell commands of a CI configuration."""
    if isinstance(value, list):
        for each in value:
            yield from commands(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key in ("run", "script", "before_script"):
                yield from each.splitlines() if isinstance(each, str) else each
            else:
                yield from commands(each)


COMMANDS: Final = [
    pytest.param(command, id=f"{path.stem}: {command}")
    for path in EXAMPLES
    for command in commands(yaml.safe_load(path.read_text(encoding="utf-8")))
    if command.startswith("plangen ")
]


@pytest.mark.skipif(sys.platform == "win32", reason="these commands are for the shell of Linux")
class TestExamples:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_command_does_its_work_where_all_is_well(
        self, command: str, project: Path, surroundings: dict[str, str]
    ) -> None:
        ran = done(command, project, surroundings)
        assert ran.exit_code == 0, ran.said
        if "junit" in command:
            assert ElementTree.parse(project / "plangen.xml").getroot().tag == "testsuites"
        if "render" in command:
            made = sorted(path.name for path in (project / "build").iterdir())
            assert made == sorted(
                f"{plan.stem}{suffix}" for plan in (project / "plans").iterdir() for suffix in (".docx", ".md")
            )

    @pytest.mark.parametrize("command", COMMANDS)
    def test_a_command_fails_where_a_plan_is_broken(
        self, command: str, project: Path, surroundings: dict[str, str]
    ) -> None:
        (project / "plans" / "写错的.yaml").write_text(BROKEN, encoding="utf-8")
        ran = done(command, project, surroundings)
        assert ran.exit_code == 1
        if "github" in command:
            assert "::error file=plans/写错的.yaml,line=2" in ran.said
        if "junit" in command:
            assert "yaer" in (project / "plangen.xml").read_text(encoding="utf-8")

    @pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
    def test_an_example_checks_formats_and_renders(self, path: Path) -> None:
        said = list(commands(yaml.safe_load(path.read_text(encoding="utf-8"))))
        assert [command.split()[1] for command in said if command.startswith("plangen")] == ["check", "fmt", "render"]
        (installed,) = [command for command in said if not command.startswith("plangen")]
        assert re.fullmatch(r"python -m pip install git\+https://git\.example\.com/plangen\.git@v[0-9.]+", installed)
