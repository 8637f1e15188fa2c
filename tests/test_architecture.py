"""The house rules of docs/architecture.md, read from the sources themselves."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import plangen

SRC = Path(__file__).parents[1] / "src"
ROOMS = [
    *("diagnostics", "plan", "source", "outline", "check", "compare", "git", "importing", "opinions", "render"),
    *("api", "config", "batch", "history", "drafting", "cli"),
]
"""From the cellar to the roof: a room imports itself and what is below it."""
OUTSIDERS = {
    "click": {"cli"},
    "yaml": {"source"},
    "jinja2": {"render"},
    "markupsafe": {"render"},
    "docx": {"importing", "render"},
    "lxml": {"importing", "render"},
    "opencc": {"importing"},
    "pypdf": {"importing"},
    "xlsxwriter": {"render"},
}
"""Libraries, and the rooms that may know of them."""

MODULES = {".".join(path.relative_to(SRC).with_suffix("").parts): path for path in sorted(SRC.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def room(module: str) -> str:
    """Return the room a module is in; "" for the package itself."""
    parts = module.split(".")
    return parts[1] if parts[0] == "plangen" and len(parts) > 1 and parts[1] in ROOMS else ""


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield every module that is imported anywhere in a tree, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES or f"{whole}.__init__" in MODULES else str(node.module)


def test_the_sources_are_found() -> None:
    assert {room(name) for name in MODULES} == {"", *ROOMS}


@pytest.mark.parametrize("module", MODULES)
def test_imports_run_one_way(module: str) -> None:
    here = room(module)
    upward = [
        each for each in imports(TREES[module]) if here and room(each) and ROOMS.index(room(each)) > ROOMS.index(here)
    ]
    assert upward == []


def test_no_room_below_the_roof_imports_the_package_as_a_whole() -> None:
    """`plangen` may lend its version; its public functions live at the top."""
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "plangen" and room(module) not in ("", "cli"):
                assert {alias.name for alias in node.names} <= {"__version__"}, module


@pytest.mark.parametrize("module", MODULES)
def test_libraries_are_known_only_where_they_are_needed(module: str) -> None:
    for each in imports(TREES[module]):
        library = each.split(".")[0]
        if library == "plangen" or library in sys.stdlib_module_names:
            continue
        assert library in OUTSIDERS, f"{module} imports {each}"
        assert room(module) in OUTSIDERS[library], f"{module} imports {each}"


@pytest.mark.parametrize("library", ["docx", "lxml"])
def test_no_module_writes_word_documents_with_a_library(library: str) -> None:
    """Only what others made in Word is read with one, and what templates made of two revisions is merged."""
    users = [name for name, tree in TREES.items() if library in {each.split(".")[0] for each in imports(tree)}]
    readers = ("plangen.render.base", "plangen.render.redline", "plangen.importing.")
    assert [name for name in users if not name.startswith(readers)] == []


def loaded_after(statement: str) -> set[str]:
    """Return the modules a fresh Python holds after a statement."""
    code = f"{statement}\nimport sys\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(ran.stdout.split())


def test_the_command_line_starts_without_what_only_commands_need() -> None:
    loaded = loaded_after("import plangen.cli")
    assert "click" in loaded
    assert not loaded & {"yaml", "jinja2", "markupsafe", "zipfile", "docx", "lxml", "plangen.api", "plangen.source"}


def test_the_package_itself_loads_nothing() -> None:
    assert {each for each in loaded_after("import plangen") if each.startswith("plangen.")} == set()


def test_a_good_plan_needs_no_explanations() -> None:
    loaded = loaded_after(
        f"import sys\nsys.argv = ['plangen', 'check', {str(SRC.parent / 'plans' / '2027.yaml')!r}]\n"
        "from plangen import cli\ntry:\n    cli.main()\nexcept SystemExit as ended:\n    assert ended.code == 0"
    )
    assert "plangen.diagnostics.text" in loaded
    assert not loaded & {"json", "plangen.diagnostics.catalogue", "plangen.diagnostics.reports"}


def test_checking_a_plan_needs_no_templates() -> None:
    loaded = loaded_after("import plangen\nplangen.check_plan")
    assert "yaml" in loaded
    assert "jinja2" not in loaded


def test_showing_a_plan_to_git_needs_nothing_else() -> None:
    loaded = loaded_after(
        f"import sys\nsys.argv = ['plangen', 'textconv', {str(SRC.parent / 'plans' / '2027.yaml')!r}]\n"
        "from plangen import cli\ntry:\n    cli.main()\nexcept SystemExit as ended:\n    assert ended.code == 0"
    )
    assert "plangen.git.facts" in loaded
    assert not loaded & {"subprocess", "jinja2", "lxml", "plangen.outline.build", "plangen.diagnostics.catalogue"}


def test_only_pdf_needs_other_programs() -> None:
    loaded = loaded_after("import plangen.batch, plangen.render.formats, plangen.render.pdf")
    assert "plangen.render.pdf" in loaded
    assert not loaded & {"subprocess", "xml.etree", "plangen.render.libreoffice", "plangen.render.fonts"}


def test_writing_a_word_document_without_a_base_needs_no_library_for_it() -> None:
    loaded = loaded_after(
        "import io, pathlib, plangen\n"
        f"plan = plangen.load_plan(pathlib.Path({str(SRC.parent / 'plans' / '2027.yaml')!r}))\n"
        "plangen.write_document(plangen.make_outline(plan), 'docx', io.BytesIO())"
    )
    assert "jinja2" in loaded
    assert not loaded & {"docx", "lxml"}


@pytest.mark.parametrize("first", ["", "import plangen.api", "import plangen.batch", "import plangen.cli.render"])
def test_the_public_names_are_those_of_the_api_whatever_was_imported_before(first: str) -> None:
    code = f"""{first}
import plangen
for name in plangen.__all__:
    if name != "__version__":
        mine = getattr(plangen, name)
        from plangen import api
        assert mine is getattr(api, name), (name, mine)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert ran.stderr == ""


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        _ = plangen.nonsense


Documented = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public(tree: ast.Module) -> Iterator[Documented]:
    """Yield the public classes and functions of a module and the public methods of its public classes."""
    for node in tree.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            for below in node.body if isinstance(node, ast.ClassDef) else ():
                if isinstance(below, Documented) and not below.name.startswith("_"):
                    yield below


@pytest.mark.parametrize("module", MODULES)
def test_whatever_is_public_says_what_it_is(module: str) -> None:
    tree = TREES[module]
    assert ast.get_docstring(tree)
    overloads = {
        id(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list)
    }
    assert [node.name for node in public(tree) if id(node) not in overloads and not ast.get_docstring(node)] == []
