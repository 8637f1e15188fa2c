"""The documents for users say what is so: their examples are plans, their commands run, their tables are complete."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from base_documents import paragraph, python_docx_base
from docs_commands import (
    Block,
    Command,
    blocks,
    commands,
    how_it_reads,
    is_as_shown,
    tables,
    type_command,
    whole_plan,
)
from plangen import api, cli
from plangen.diagnostics.catalogue import CATALOGUE
from plangen.diagnostics.text import render_text
from plangen.plan.goals import parse_goal
from plangen.plan.markers import parse_marker
from plangen.plan.reference import field_reference
from plangen.render.base_fields import FIELDS, twin
from plangen.render.choices import Choices
from repositories import settle
from returned import Returned

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MANUAL = ROOT / "docs" / "manual.md"
PAGES = [README, MANUAL]
BLOCKS = [block for page in PAGES for block in blocks(page)]
COMMANDS = [command for block in BLOCKS for command in commands(block)]
KEYS_BEGIN, KEYS_END = "<!-- 键一览：自动生成 -->\n", "<!-- 键一览完 -->"

NOT_RUN_IN_CI = frozenset(
    {
        # Windows, which CI is not.
        "py -m pip install .",
        # As on 麒麟 and UOS, where the reader activates the environment; CI says .venv/bin/pip instead.
        "python3 -m venv .venv",
        "source .venv/bin/activate",
        "pip install .",
        # For a computer without a network; CI has one. Tried by hand when the manual was written.
        "pip wheel . -w 安装包",
        "pip install --no-index --find-links 安装包 plangen",
        # Extras, which CI has installed with the tests.
        "pip install 'plangen[import]'",
    }
)
"""Commands of the pages that install plangen and are not in .ci/run word for word."""

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


WITHOUT_LIBREOFFICE = shutil.which("soffice") is None


def is_run_here(command: Command) -> bool:
    return command.line.split()[0] in ("plangen", "cp", "git")


def send_back(folder: Path) -> None:
    """Make what departments send back of the main example."""
    folder.mkdir()
    plan = ROOT / "plans" / "2027.yaml"
    Returned(plan).replace("财务科", "12篇", "15篇").save(folder / "财务科.docx")
    Returned(plan).comment("办公室", "20个", "与街道核对后再定。").save(folder / "办公室.docx")


@each_page
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path / "home", monkeypatch)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "张三")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "zhangsan@yunchuan.example")
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    for name, title in {"本单位.docx": "{{ title }}", "字段写错.docx": "关于{{ titel }}的通知"}.items():
        (tmp_path / name).write_bytes(python_docx_base(paragraph("{{ plan }}"), paragraph(title)))
    send_back(tmp_path / "返回")
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.file:
            Path(block.file).parent.mkdir(parents=True, exist_ok=True)
            text = block.text.partition("\n")[2] if block.language == "text" else block.text
            Path(block.file).write_text(text, encoding="utf-8")
        for command in filter(is_run_here, commands(block)):
            if WITHOUT_LIBREOFFICE and "pdf" in command.line:
                continue
            code, printed = type_command(command.line, monkeypatch)
            if code != command.exit_code or (command.shown and not is_as_shown(command.shown, printed)):
                pytest.fail(f"{block.place}: $ {command.line}\n{printed}# 退出码 {code}", pytrace=False)


@each_page
def test_every_file_a_page_has_is_used(page: Path) -> None:
    typed = " ".join(command.line for block in blocks(page) for command in commands(block))
    included = " ".join(re.findall(r"(?m)^\s*- include: (.+)$", page.read_text(encoding="utf-8")))
    for block in blocks(page):
        used = Path(block.file).name in typed or Path(block.file).stem in typed or block.file in included
        assert used, block.place


@pytest.mark.parametrize("command", [c for c in COMMANDS if not is_run_here(c)], ids=lambda command: command.line)
def test_what_installs_plangen_is_what_ci_runs(command: Command) -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    taken_from_readme = command.block.page == README and command.line.startswith("python3 -m venv .venv && ")
    assert not taken_from_readme or "grep '^python3 -m venv' README.md" in ci
    assert taken_from_readme or command.line in ci.splitlines() or command.line in NOT_RUN_IN_CI, command.block.place


def test_no_command_is_excused_for_nothing() -> None:
    assert {command.line for command in COMMANDS} >= NOT_RUN_IN_CI


PLANS = [block for block in BLOCKS if block.is_plan and not block.file]
STYLES = [block for block in BLOCKS if block.is_style and not block.file]


@pytest.mark.parametrize("block", PLANS, ids=lambda block: block.place)
def test_an_example_of_a_plan_has_no_mistake(block: Block, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(whole_plan(block), encoding="utf-8")
    found = api.check_plan(plan, ignore=("L1",))  # what shows how to quote holds half-width marks
    assert [render_text(diagnostic) for diagnostic in found] == []


EXAMPLES = [
    pytest.param(block, after, id=block.place)
    for page in PAGES
    for block, after in zip(blocks(page), blocks(page)[1:], strict=False)
    if block.is_plan and after.language == "text"
]


@pytest.mark.parametrize(("block", "after"), EXAMPLES)
def test_an_example_reads_as_shown(block: Block, after: Block, tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(whole_plan(block), encoding="utf-8")
    made = io.BytesIO()
    api.write_document(api.open_outline(plan)[0], "md", made)
    assert how_it_reads(block, made.getvalue().decode()) == [line for line in after.text.splitlines() if line]


@pytest.mark.parametrize("block", STYLES, ids=lambda block: block.place)
def test_an_example_of_a_style_can_be_used(block: Block, tmp_path: Path) -> None:
    style = tmp_path / "style.yaml"
    style.write_text(block.text, encoding="utf-8")
    built, _ = api.open_outline(ROOT / "plans" / "2027-school.yaml")
    api.write_document(built, "docx", io.BytesIO(), Choices(style=style))


@each_page
def test_every_example_is_read_by_a_test(page: Path) -> None:
    for block in blocks(page):
        assert block.language in ("console", "sh", "text", "python") or block.file or block.is_plan or block.is_style, (
            block.place
        )


@pytest.mark.parametrize(
    "block", [block for block in BLOCKS if block.language == "python"], ids=lambda block: block.place
)
def test_an_example_of_a_program_runs(block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, block.place, "exec"), {})


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 20
    assert len([command for command in COMMANDS if command.block.page == MANUAL]) > 10


def spoken(group: click.Group, path: str = "plangen") -> Iterator[str]:
    """Yield the names of the commands and options of the command line."""
    context = click.Context(group)
    for command in (group, *group.commands.values()):
        yield from (name for option in command.get_params(context) for name in option.opts if name.startswith("-"))
    for name, command in group.commands.items():
        yield f"{path} {name}"
        if isinstance(command, click.Group):
            yield from spoken(command, f"{path} {name}")


@pytest.mark.parametrize("name", sorted(set(spoken(cli.plangen))))
def test_the_manual_speaks_of_every_command_and_option(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", MANUAL.read_text(encoding="utf-8"))


def test_the_manual_lists_the_keys_of_the_schema(request: pytest.FixtureRequest) -> None:
    before, listed = MANUAL.read_text(encoding="utf-8").split(KEYS_BEGIN)
    listed, after = listed.split(KEYS_END)
    wanted = f"\n{field_reference()}\n"
    if request.config.getoption("--accept"):
        MANUAL.write_text(before + KEYS_BEGIN + wanted + KEYS_END + after, encoding="utf-8")
    else:
        assert listed == wanted, "pytest --accept writes the table anew"


def test_the_manual_says_how_markers_count() -> None:
    rows = tables(MANUAL, "样式", "前三个")
    assert len(rows) > 8
    for written, first_three in rows:
        marker = parse_marker(written.strip('"'))
        labels = [marker.label((1,) * (len(marker.numerals) - 1) + (number,)) for number in (1, 2, 3)]
        assert first_three.split("` `") == labels, written


def test_the_manual_lists_the_fields_of_base_documents() -> None:
    rows = tables(MANUAL, "字段", "中文", "填什么")
    assert [(field, chinese) for field, chinese, _ in rows] == [
        (f"{{{{ {name} }}}}", f"{{{{ {twin(name)} }}}}") for name in FIELDS
    ]


def test_the_manual_says_what_becomes_of_goals() -> None:
    rows = tables(MANUAL, "`goal` 写成", "印出来")
    assert len(rows) > 8
    for written, printed in rows:
        assert printed == parse_goal(written).phrase


def test_the_manual_quotes_messages_that_exist() -> None:
    cases = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/cases/*/*.case"))
    rows = tables(MANUAL, "写成了", "提示说", "怎么改")
    assert len(rows) == 10
    for _, said, _ in rows:
        assert f"错误 {said}" in cases


def test_the_manual_knows_no_code_that_does_not_exist() -> None:
    assert set(re.findall(r"\b[FYDLCTPRI][0-9]{3}\b", MANUAL.read_text(encoding="utf-8"))) <= CATALOGUE.keys()


def test_the_links_of_the_manual_lead_somewhere() -> None:
    text = MANUAL.read_text(encoding="utf-8")
    headings = {anchor(found) for found in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, name = target.partition("#")
        assert (MANUAL.parent / file).exists() if file else name in headings, target


def anchor(heading: str) -> str:
    """Return the name GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
