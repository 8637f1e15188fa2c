"""The config of a project, and file names from titles, beyond what the cases show."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen.config import ConfigFile, find_config
from plangen.diagnostics import PlanError, Source
from plangen.render.names import file_name
from plangen.source.nodes import Mapping, Node, Scalar, Sequence
from plangen.source.toml import Bare, read_toml

MANUAL: Final = Path(__file__).parents[1] / "docs" / "manual.md"

FORMS: Final = [
    "",
    "# 说明\n",
    'a = "甲"',
    "a = '甲\\'\nb.c = \"乙\\u4e01\\n\"\nb . 'd e' = 1\n",
    '"键 = [" = "值 # 不是说明" # 是说明 = "x"\n',
    'a = """\n甲 "乙" \\\n   丙"""\nb = """"甲"""""\nc = \'\'\'\n\'甲\'\'\'\'\n',
    "a = [1, 2.5, -3e+4, 0x1F, inf, nan_, true]\n".replace(", nan_", ""),
    "when = [1979-05-27T07:32:00Z, 1979-05-27 07:32:00.5, 07:32:00, 1979-05-27]\n",
    'a = [ # 一\n  "甲", [ "乙", # 二\n ],\n  {b = "丙", c.d = [1]}, {}\n]\n',
    '[a]\nb = 1\n[a.c]\nd = 2\n[[a.e]]\nf = 3\n[[a.e]]\nf = 4\n[a.e.g]\nh = "五"\n[ i . "j.k" ]\nl = 6\n',
    "a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''\n",
    'a = "甲"\r\nb = ["乙",\r\n"丙"]\r\n',
]


def value(node: Node) -> Any:
    """Return what a tree of nodes says, as `tomllib` says it."""
    match node:
        case Mapping():
            return {key.text: value(below) for key, below in node.entries}
        case Sequence():
            return [value(entry) for entry in node.entries]
        case Scalar():
            return node.text
        case _:
            assert isinstance(node, Bare)
            return tomllib.loads(f"v = {node.source.text[node.start : node.end]}")["v"]


def scalars(node: Node) -> list[Scalar]:
    """Return the texts of a tree, keys included."""
    match node:
        case Mapping():
            return [each for key, below in node.entries for each in (key, *scalars(below))]
        case Sequence():
            return [each for entry in node.entries for each in scalars(entry)]
        case _:
            return [node] if isinstance(node, Scalar) else []


class TestToml:
    @pytest.mark.parametrize("text", FORMS)
    def test_the_nodes_say_what_the_standard_reader_says(self, text: str) -> None:
        assert value(read_toml(Source("a.toml", text))) == tomllib.loads(text)

    @pytest.mark.parametrize("text", FORMS)
    def test_every_text_stands_where_its_node_says(self, text: str) -> None:
        for node in scalars(read_toml(Source("a.toml", text))):
            written = text[node.start : node.end]
            assert tomllib.loads(f"v = {written}")["v"] == node.text if written[:1] in "\"'" else written == node.text

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), max_size=4))
    def test_any_texts(self, texts: list[str]) -> None:
        escaped = ["".join(f"\\U{ord(each):08x}" if each in '"\\' else each for each in text) for text in texts]
        written = ", ".join(f'"{each}"' for each in escaped)
        source = f"[tool.plangen]\na = [{written}]\nb = 1\n"
        assert value(read_toml(Source("a.toml", source))) == {"tool": {"plangen": {"a": texts, "b": 1}}}

    @given(st.text(st.sampled_from("ab=[]{}\"'#.,\\\n 1-")))
    def test_any_text_at_all_is_read_or_refused(self, text: str) -> None:
        try:
            wanted = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            with pytest.raises(PlanError) as refused:
                read_toml(Source("a.toml", text))
            assert [each.code for each in refused.value.diagnostics] == ["C001"]
        else:
            assert value(read_toml(Source("a.toml", text))) == wanted

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "1" * 5000, 'a = "甲', "a", "["])
    def test_what_cannot_be_read_is_refused(self, text: str) -> None:
        with pytest.raises(PlanError) as refused:
            read_toml(Source("a.toml", text))
        assert [each.code for each in refused.value.diagnostics] == ["C001"]
        (diagnostic,) = refused.value.diagnostics
        assert diagnostic.span
        assert diagnostic.span.position


class TestFinding:
    def test_the_nearest_one_above_counts_and_paths_start_from_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        below = tmp_path / "局" / "科" / "室"
        below.mkdir(parents=True)
        (tmp_path / "plangen.toml").write_text('output = "甲"', encoding="utf-8")
        (tmp_path / "局" / "plangen.toml").write_text('output = "乙"\nstyle = "版式.yaml"', encoding="utf-8")
        (tmp_path / "局" / "版式.yaml").write_text("{}", encoding="utf-8")
        monkeypatch.chdir(below)
        config = find_config(Path())
        assert config.output == Path("../../乙")
        assert config.choices().style == Path("../../版式.yaml")

    def test_files_of_others_are_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "plangen.toml").write_text('output = "甲"', encoding="utf-8")
        (tmp_path / "a" / "pyproject.toml").write_text("[tool.plangen-else]\nx = 1", encoding="utf-8")
        (tmp_path / "a" / "b" / "pyproject.toml").write_bytes(b"\xff broken = [")
        assert find_config(tmp_path / "a" / "b").output

    def test_without_a_config_nothing_reads_toml(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
        code = (
            "import sys\nfrom pathlib import Path\nfrom plangen.config import NO_CONFIG, find_config\n"
            "assert find_config(Path()) is NO_CONFIG\nassert 'tomllib' not in sys.modules"
        )
        ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
        assert ran.stderr == b""

    def test_the_manual_speaks_of_every_key(self) -> None:
        text = MANUAL.read_text(encoding="utf-8")
        assert [key.name for key in ConfigFile.KEYS if f"| `{key.name}` |" not in text] == []


class TestFileNames:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("云川市2027年教育工作要点", "云川市2027年教育工作要点"),
            ("关于印发《要点》的通知", "关于印发《要点》的通知"),
            ("A/B:C?", "A／B：C？"),
            ("con", "con_"),
            ("Nul.要点", "Nul.要点_"),
            (" .要点. ", "要点"),
            ("要\u202e点\u200b", "要点"),
            ("…", "…"),
            ("..", ""),
        ],
    )
    def test_examples(self, title: str, name: str) -> None:
        assert file_name(title) == name

    @given(st.text())
    def test_windows_accepts_any(self, title: str) -> None:
        name = file_name(title)
        assert not set(name) & set('<>:"/\\|?*')
        assert name == name.strip(" .")
        assert len(name.encode()) <= 241
        assert name.upper().partition(".")[0] not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}
        assert file_name(name) == name
