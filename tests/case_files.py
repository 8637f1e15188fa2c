r"""Cases as files: what a user has, what he types, what he gets – in one readable text file.

A case starts with prose that says what it is about. Then come parts, each opened by a line `=== NAME`:

- `=== plan.yaml` and other file names before the command: the files the user has. `encoding=gb18030` or `eol=crlf` may
  follow the name; `\xNN` in a part opened with `escaped` stands for a byte; one opened with `executable` is a program.
- `=== env NAME=VALUE` before the command: a variable of the environment.
- `=== $ plangen check plan.yaml`: the command.
- `=== stdout`, `=== stderr`: what it prints; a missing part means nothing. `=== exit 1`: its exit code; 0 when missing.
- `=== FILE` after the command: a file it leaves; `FILE.docx!word/document.xml` is a part of a Word document.
  `=== no FILE` says that there is no such file.
"""

import shlex
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import ZipFile

OPENING = "=== "
COMMAND = "$ plangen"


@dataclass(frozen=True)
class Part:
    """A part of a case: its name, the options after it, and its text."""

    name: str
    options: tuple[str, ...]
    text: str

    def content(self) -> bytes:
        """Return the bytes of a file the user has."""
        encoding = next((o.removeprefix("encoding=") for o in self.options if o.startswith("encoding=")), "utf-8")
        text = self.text.replace("\n", "\r\n") if "eol=crlf" in self.options else self.text
        content = text.encode(encoding)
        return content.decode("unicode_escape").encode("latin-1") if "escaped" in self.options else content


@dataclass(frozen=True)
class Case:
    """A case taken apart."""

    path: Path
    about: str
    given: tuple[Part, ...]
    variables: tuple[str, ...]
    arguments: tuple[str, ...]
    command: str
    stdout: str = ""
    stderr: str = ""
    exit_code: int = 0
    left: dict[str, str] = field(default_factory=dict)
    absent: tuple[str, ...] = ()

    def written(self) -> str:
        """Return the case as a file holds it."""
        parts = [self.about.rstrip("\n") + "\n"]
        parts += [_part(" ".join((part.name, *part.options)), part.text) for part in self.given]
        parts += [f"{OPENING}env {variable}\n" for variable in self.variables]
        parts.append(f"{OPENING}{COMMAND} {self.command}\n")
        if self.exit_code:
            parts.append(f"{OPENING}exit {self.exit_code}\n")
        parts += [_part(name, text) for name, text in (("stdout", self.stdout), ("stderr", self.stderr)) if text]
        parts += [_part(name, text) for name, text in self.left.items()]
        parts += [f"{OPENING}no {name}\n" for name in self.absent]
        return "".join(parts)

    def seen(self, folder: Path, exit_code: int, stdout: str, stderr: str) -> "Case":
        """Return the case as it really went in a folder."""
        left = {name: read_left(folder, name) for name in self.left}
        absent = tuple(name for name in self.absent if not (folder / name).exists())
        return replace(self, exit_code=exit_code, stdout=stdout, stderr=stderr, left=left, absent=absent)


def read_case(path: Path) -> Case:
    """Read a case."""
    about, *rest = path.read_text(encoding="utf-8").split(f"\n{OPENING}")
    parts = [_split(part) for part in rest]
    commands = [n for n, part in enumerate(parts) if part.name == "$"]
    assert len(commands) == 1, f"{path}: one command, please"
    at = commands[0]
    command = " ".join(parts[at].options).removeprefix("plangen").strip()
    given = tuple(part for part in parts[:at] if part.name != "env")
    variables = tuple(part.options[0] for part in parts[:at] if part.name == "env")
    case = Case(path, about, given, variables, tuple(shlex.split(command)), command)
    for part in parts[at + 1 :]:
        if part.name == "stdout":
            case = replace(case, stdout=part.text)
        elif part.name == "stderr":
            case = replace(case, stderr=part.text)
        elif part.name == "exit":
            case = replace(case, exit_code=int(part.options[0]))
        elif part.name == "no":
            case = replace(case, absent=(*case.absent, part.options[0]))
        else:
            case = replace(case, left={**case.left, part.name: part.text})
    return case


def read_left(folder: Path, name: str) -> str:
    """Return the text of a file that a command left, or of a part of a Word document; say so if there is none."""
    file, _, part = name.partition("!")
    if not (folder / file).is_file():
        return "(there is no such file)\n"
    if not part:
        return (folder / file).read_bytes().decode("utf-8")
    with ZipFile(folder / file) as archive:
        return archive.read(part).decode("utf-8")


def _split(part: str) -> Part:
    opening, _, text = part.partition("\n")
    name, *options = opening.split()
    return Part(name, tuple(options), text + "\n" if text and not text.endswith("\n") else text)


def _part(opening: str, text: str) -> str:
    return f"{OPENING}{opening}\n{text}" + ("" if text.endswith("\n") or not text else "\n")
