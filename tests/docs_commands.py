r"""Documents as tests see them: the fenced blocks of a Markdown page, and the commands readers are told to type.

- A `console` block holds commands, each on a line `$ …`, with what it prints under it; nothing under it means that the
  page does not say. `# 退出码 1` under a command is its exit code; without it the command must succeed. A line `…`
  stands for any lines, `…` within a line for any text. All commands of a page run one after the other in one folder
  that holds copies of the example plans, and base documents.
- A `yaml`, `toml`, `jinja` or `text` block whose first line is a comment with a file name (`# 我的计划.yaml`,
  `{#- 本单位/a.j2 -#}`) is that file from there on, without that line where it is text.
- A `yaml` block that starts with a key of a plan is a plan; what a plan must have and the block leaves out is added.
  Where the next block is a `text` block, that is how the plan reads. A block that starts with a key of a house style
  is a file for `--style`.
"""

import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from plangen import cli
from plangen.plan.model import Plan
from plangen.render.style import HouseStyle
from texts import read_markdown

EXIT_CODE: Final = re.compile(r"# 退出码 ([0-9]+)")
OMITTED: Final = "…"

FILLING: Final = {
    "title": "title: 云川市2027年教育工作要点",
    "year": "year: 2027",
    "sections": "sections: [{heading: 促进教育公平, text: 办好人民满意的教育。}]",
}
"""What a plan must have, as it is added to the beginnings of plans in the pages."""

_FENCED: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAME: Final = re.compile(r"(?:# |\{#-? )(\S+\.(?:yaml|toml|j2|txt))(?: -?#\})?\n")
_TOP_KEY: Final = re.compile(r"^(\w+):", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block of a page, and the line of the page it begins on."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        """Where the block stands, for people."""
        return f"{self.page.name}:{self.line}"

    @property
    def file(self) -> str:
        """The name of the file the block is, or ""."""
        found = _NAME.match(self.text)
        return found[1] if found else ""

    @property
    def keys(self) -> list[str]:
        """The outermost keys of a `yaml` block."""
        return _TOP_KEY.findall(self.text)

    @property
    def is_plan(self) -> bool:
        """Whether the block is a plan or the beginning of one."""
        return self._opens_with(Plan.SPELLINGS)

    @property
    def is_style(self) -> bool:
        """Whether the block is a house style."""
        return self._opens_with(HouseStyle.SPELLINGS) and not self.is_plan

    def _opens_with(self, keys: Container[str]) -> bool:
        return self.language == "yaml" and bool(self.keys) and self.keys[0] in keys


class Command(NamedTuple):
    """A command on a page: the line typed, the lines shown under it, and the exit code the page says."""

    block: Block
    line: str
    shown: tuple[str, ...]
    exit_code: int


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    text = page.read_text(encoding="utf-8")
    return [Block(page, text.count("\n", 0, found.start()) + 1, *found.groups()) for found in _FENCED.finditer(text)]


def commands(block: Block) -> Iterator[Command]:
    """Yield the commands of a `console` block, or of a `sh` block, which has nothing but commands."""
    if block.language == "sh":
        typed = filter(None, (line.partition("#")[0].strip() for line in block.text.splitlines()))
        yield from (Command(block, line, (), 0) for line in typed)
    elif block.language == "console":
        before, *rest = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
        assert not before, f"{block.place}: a console block begins with a command"
        for each in rest:
            line, *under = each.splitlines()
            codes = [int(found[1]) for found in map(EXIT_CODE.fullmatch, under) if found]
            shown = tuple(text for text in under if not EXIT_CODE.fullmatch(text))
            yield Command(block, line, shown, *codes or [0])


def is_as_shown(shown: Sequence[str], printed: str) -> bool:
    """Whether a command printed what a page shows; the page may leave out lines and parts of lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == OMITTED else ".*".join(map(re.escape, line.split(OMITTED))) + r"\n" for line in shown
    )
    return re.fullmatch(pattern, printed) is not None


def type_command(line: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run a command of plangen, `git` or `cp`; return its exit code and what a terminal would show."""
    name, *arguments = shlex.split(line)
    if name == "git":
        ran = subprocess.run([name, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return ran.returncode, ran.stdout.decode()
    if name == "cp":
        shutil.copy(*arguments)
        return 0, ""
    assert name == "plangen", f"what does {name} do here?"
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    with monkeypatch.context() as patched, pytest.raises(SystemExit) as ended:
        patched.setattr(sys, "argv", [name, *arguments])
        patched.setattr(sys, "stdout", screen)
        patched.setattr(sys, "stderr", screen)
        cli.main()
    screen.seek(0)
    return int(ended.value.code or 0), screen.read()


def whole_plan(block: Block) -> str:
    """Return the plan a block is the beginning of."""
    given = {Plan.SPELLINGS[key].name for key in block.keys if key in Plan.SPELLINGS}
    return "".join(f"{line}\n" for name, line in FILLING.items() if name not in given) + block.text


def how_it_reads(block: Block, markdown: str) -> list[str]:
    """Return the visible paragraphs of a rendered block, without the title if the block has none."""
    lines = read_markdown(markdown)
    return lines if "title" in block.keys or "标题" in block.keys else lines[1:]


def tables(page: Path, *header: str) -> list[tuple[str, ...]]:
    """Return the rows of the tables of a page that have a header, without the marks of code."""
    rows: list[tuple[str, ...]] = []
    inside = False
    for line in page.read_text(encoding="utf-8").splitlines():
        cells = tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1])
        if inside and cells and set("".join(cells)) != {"-"}:
            rows.append(tuple(cell.strip("`") for cell in cells))
        inside = cells == header or (inside and bool(cells))
    return rows
