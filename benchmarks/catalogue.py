"""The ways that are compared: how each is run as a whole process, and whether this machine has what it needs."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

Pair = tuple[Path, Path]
WAYS = Path(__file__).parent / "ways"
PLANGEN = "plangen"


@dataclass(frozen=True)
class Way:
    """One way from plan files to documents."""

    name: str
    label: str
    command: Callable[[Sequence[Pair]], list[str]]
    """Returns the words that render (plan file, document) pairs."""
    missing: str = ""
    """What this machine lacks to run it; empty when nothing."""
    python: str = ""
    """The interpreter in which it can be run again and again; empty for a way that is not Python alone."""
    batch: bool = True
    """Whether one process renders many plans."""


def ways(plangen: Sequence[str]) -> list[Way]:
    """Return every way, plangen first, run by these words."""
    return [
        _plangen(plangen),
        _plangen_without_cache(plangen),
        _script("docxtpl_loop", "docxtpl, loop template", ["docxtpl", "yaml"]),
        _script("docxtpl_c_loader", "docxtpl, PyYAML's C loader", ["docxtpl", "yaml"]),
        _script("python_docx", "python-docx, styles", ["docx", "yaml"]),
        _script("usual_script", "the usual script", ["docx", "yaml", "pydantic"]),
        _script("pandoc_reference", "pandoc, reference.docx", ["docx", "yaml"], ["pandoc"]),
        _npm(),
        _script("floor", "floor: ready text, deflate", []),
    ]


def _plangen(words: Sequence[str]) -> Way:
    def command(pairs: Sequence[Pair]) -> list[str]:
        plans = [str(plan) for plan, _ in pairs]
        return [*words, "render", *plans, "--to", "docx", "-o", str(pairs[0][1].parent)]

    python = words[0] if list(words[1:]) == ["-m", "plangen"] else ""
    return Way(PLANGEN, "plangen", command, python=python)


def _plangen_without_cache(words: Sequence[str]) -> Way:
    plangen = _plangen(["env", "PLANGEN_CACHE=", *words])
    return Way("plangen_no_cache", "plangen, templates compiled anew", plangen.command, batch=False)


def _script(name: str, label: str, modules: Iterable[str], programs: Sequence[str] = ()) -> Way:
    lacking = [module for module in modules if find_spec(module) is None]
    lacking += [program for program in programs if shutil.which(program) is None]
    alone = not programs
    return Way(
        name,
        label,
        lambda pairs: [sys.executable, str(WAYS / f"{name}.py"), *_flat(pairs)],
        missing=", ".join(lacking),
        python=sys.executable if alone else "",
        batch=alone,
    )


def _npm() -> Way:
    usable = _node("require('docx'); require('js-yaml')") is not None
    return Way(
        "npm_docx",
        "npm docx",
        lambda pairs: ["node", str(WAYS / "npm_docx.js"), *_flat(pairs)],
        missing="" if usable else "node with docx and js-yaml (NODE_PATH)",
    )


def _flat(pairs: Sequence[Pair]) -> list[str]:
    return [str(path) for pair in pairs for path in pair]


def _node(script: str) -> str | None:
    """Return what a Node script prints, None when it fails or there is no Node."""
    if shutil.which("node") is None:
        return None
    done = subprocess.run(["node", "-e", script], capture_output=True, encoding="utf-8", check=False)
    return None if done.returncode else done.stdout.strip()


def versions() -> list[str]:
    """Return the names and versions of the peers this machine has."""
    found = [f"{name} {version(name)}" for name, module in PEERS.items() if find_spec(module)]
    if shutil.which("pandoc"):
        found.append(subprocess.check_output(["pandoc", "--version"], encoding="utf-8").splitlines()[0])
    node = _node("console.log('Node ' + process.versions.node)")
    return [*found, node] if node else found


PEERS = {"python-docx": "docx", "docxtpl": "docxtpl", "pydantic": "pydantic", "PyYAML": "yaml"}
