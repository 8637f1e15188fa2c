"""What the command line does beyond the cases: locked files, terminals, pipes, huge files, bugs."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from plangen import cli

PLAN = """\
title: 云川市2027年教育工作要点
year: 2027
sections:
  - heading: 促进教育公平
    tasks:
      - {heading: 扩大学位供给, text: 新增学位3000个。}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs plangen in a folder with one plan, giving exit code, stdout and stderr."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def run_plangen(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["plangen", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capfd.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run_plangen


class TestOutput:
    def test_a_document_open_in_word_stays_as_it_was(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = tmp_path / "build" / "plan.docx"
        document.parent.mkdir()
        document.write_bytes(b"last year's")

        def locked(_self: Path, _target: Path) -> Path:
            raise PermissionError(13, "The process cannot access the file")

        monkeypatch.setattr(Path, "replace", locked)
        code, _, said = run("render", "plan.yaml", "--to", "docx")
        assert code == 1
        assert "build/plan.docx: 错误 F005 写不进去" in said
        assert "Word" in said
        assert document.read_bytes() == b"last year's"
        assert [path.name for path in document.parent.iterdir()] == ["plan.docx"]

    def test_a_full_disk_leaves_nothing_behind(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(_self: Path, _target: Path) -> Path:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        code, _, said = run("render", "plan.yaml")
        assert code == 1
        assert "磁盘满了" in said
        assert not list((tmp_path / "build").iterdir())

    def test_an_interrupted_rendering_leaves_nothing_behind(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(_self: Path, _target: Path) -> Path:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", interrupted)
        assert run("render", "plan.yaml")[0] == 130
        assert not list((tmp_path / "build").iterdir())

    def test_the_files_written_are_listed_on_standard_output(self, run: Run) -> None:
        assert run("render", "plan.yaml") == (0, "build/plan.docx\nbuild/plan.md\n", "")

    def test_an_existing_document_is_replaced(self, run: Run, tmp_path: Path) -> None:
        run("render", "plan.yaml", "--to", "md")
        (tmp_path / "plan.yaml").write_text(PLAN.replace("3000", "5000"), encoding="utf-8")
        run("render", "plan.yaml", "--to", "md")
        assert "5000" in (tmp_path / "build" / "plan.md").read_text(encoding="utf-8")

    def test_a_name_too_long_for_the_disk_is_said(self, run: Run) -> None:
        code, _, said = run("render", "plan.yaml", "-o", "长" * 200 + ".md")
        assert code == 1
        assert "写不进去：文件名太长" in said

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
    def test_who_may_read_a_document_stays_as_it_was(self, run: Run, tmp_path: Path) -> None:
        run("render", "plan.yaml", "-o", "a.md")
        (tmp_path / "a.md").chmod(0o640)
        run("render", "plan.yaml", "-o", "a.md")
        assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640

    def test_a_broken_house_style_is_said_once_whatever_the_number_of_plans(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "own").mkdir()
        (tmp_path / "own" / "style.yaml").write_text("paper: {lines: 0}\n", encoding="utf-8")
        (tmp_path / "b.yaml").write_text(PLAN, encoding="utf-8")
        _, _, said = run("render", "plan.yaml", "b.yaml", "--templates", "own")
        assert said.count("“0”不是可用的整数") == 1

    def test_a_broken_template_is_said_once_whatever_the_number_of_plans(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "own" / "genres").mkdir(parents=True)
        (tmp_path / "own" / "genres" / "work-plan.j2").write_text("{{ nothing }}", encoding="utf-8")
        (tmp_path / "b.yaml").write_text(PLAN, encoding="utf-8")
        code, _, said = run("render", "plan.yaml", "b.yaml", "--templates", "own")
        assert (code, said.count("T004")) == (1, 1)

    def test_a_link_to_a_document_stays_a_link(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "real.md").write_text("旧", encoding="utf-8")
        (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
        assert run("render", "plan.yaml", "-o", "link.md")[0] == 0
        assert (tmp_path / "link.md").is_symlink()
        assert "云川市" in (tmp_path / "real.md").read_text(encoding="utf-8")


class TestInput:
    def test_a_file_of_100_megabytes_is_refused_without_reading_it(self, run: Run, tmp_path: Path) -> None:
        with (tmp_path / "huge.yaml").open("wb") as file:
            file.truncate(100 * 1024 * 1024)
        code, said, _ = run("check", "huge.yaml")
        assert code == 1
        assert "huge.yaml: 错误 F004 文件太大，超过 64 MB" in said

    def test_an_unreadable_file_is_named(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def denied(_self: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", denied)
        code, said, _ = run("check", "plan.yaml")
        assert code == 1
        assert "plan.yaml: 错误 F003 文件读不出来" in said

    def test_plans_of_a_folder_come_in_the_order_of_their_names(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "plans").mkdir()
        for name in ("b.yaml", "A.YAML", "c.yml", "notes.txt", ".hidden"):
            (tmp_path / "plans" / name).write_text(PLAN, encoding="utf-8")
        _, listed, _ = run("render", "plans", "--to", "md")
        assert listed.split() == ["build/A.md", "build/b.md", "build/c.md"]

    def test_a_pipe_is_not_waited_for(self, run: Run, tmp_path: Path) -> None:
        if not hasattr(os, "mkfifo"):
            pytest.skip("Windows has no such files")
        os.mkfifo(tmp_path / "pipe.yaml")
        assert "F003 不是普通的文件" in run("check", "pipe.yaml")[1]


class TestTerminal:
    def test_a_long_batch_shows_how_far_it_is(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = _Terminal()
        for number in range(6):
            (tmp_path / f"{number}.yaml").write_text(PLAN, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["plangen", "render", ".", "--to", "md"])
        monkeypatch.setattr(sys, "stderr", terminal)
        with pytest.raises(SystemExit):
            cli.main()
        assert "正在排版" in terminal.getvalue()
        assert "100%" in terminal.getvalue()

    @pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
    def test_errors_are_coloured_on_a_terminal_unless_its_user_wants_none(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_color: str, colored: bool
    ) -> None:
        terminal = _Terminal()
        (tmp_path / "plan.yaml").write_text(PLAN.replace("year", "yaer"), encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("NO_COLOR", no_color)
        monkeypatch.setattr(sys, "argv", ["plangen", "check", "plan.yaml"])
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", terminal)
        with pytest.raises(SystemExit):
            cli.main()
        assert ("\x1b[1;31m错误\x1b[0m D501" in terminal.getvalue()) == colored
        assert terminal.getvalue().endswith("发现 1 个错误；plangen explain D501 看详细说明\n")

    def test_errors_in_a_pipe_have_no_colour(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "plan.yaml").write_text(PLAN.replace("year", "yaer"), encoding="utf-8")
        _, said, summary = run("check", "plan.yaml")
        assert "\x1b" not in said + summary
        assert "explain" not in summary

    def test_a_batch_into_a_pipe_shows_nothing(self, run: Run, tmp_path: Path) -> None:
        for number in range(6):
            (tmp_path / f"{number}.yaml").write_text(PLAN, encoding="utf-8")
        assert run("render", ".", "--to", "md")[2] == ""

    def test_a_console_without_the_characters_is_no_reason_to_fail(self, tmp_path: Path) -> None:
        (tmp_path / "plan.yaml").write_text(PLAN.replace("year: 2027", "year: ㊿"), encoding="utf-8")
        ended = _plangen(tmp_path, "check", "plan.yaml", PYTHONIOENCODING="gbk")
        assert ended.returncode == 1
        assert "不是四位数字的年份" in ended.stdout.decode("gbk")

    def test_markdown_on_standard_output_is_utf_8_whatever_the_console(self, tmp_path: Path) -> None:
        (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
        ended = _plangen(tmp_path, "render", "plan.yaml", "-o", "-", PYTHONIOENCODING="gbk")
        assert ended.stdout.decode("utf-8").startswith("# 云川市2027年教育工作要点\n")

    def test_reports_for_programs_are_utf_8_whatever_the_console(self, tmp_path: Path) -> None:
        ended = _plangen(tmp_path, "check", "㊿.yaml", "--format", "json", PYTHONIOENCODING="gbk")
        assert '"file": "㊿.yaml"' in ended.stdout.decode("utf-8")

    def test_a_reader_that_goes_away_is_no_error(self, tmp_path: Path) -> None:
        (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
        command = [sys.executable, "-m", "plangen", "render", "plan.yaml", "-o", "-"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout
            assert running.stderr
            running.stdout.close()
            assert "Traceback" not in running.stderr.read().decode()


class TestBugs:
    def test_a_bug_is_reported_without_a_traceback(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("plangen.api.check_plan", _broken)
        code, _, said = run("check", "plan.yaml")
        assert code == 3
        assert "plangen 自身出错了：RuntimeError: 坏了" in said
        assert "Traceback" not in said

    def test_a_developer_can_ask_for_the_traceback(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("plangen.api.check_plan", _broken)
        monkeypatch.setenv("PLANGEN_DEBUG", "1")
        assert "Traceback" in run("check", "plan.yaml")[2]


class TestHelp:
    @pytest.mark.parametrize("command", [[], ["render"], ["check"], ["explain"], ["templates"]])
    def test_help_is_chinese_throughout(self, run: Run, command: list[str]) -> None:
        code, page, _ = run(*command, "--help")
        assert code == 0
        assert page.startswith("用法：plangen")
        for english in ("Usage", "Options", "Commands", "Show this", "message"):
            assert english not in page

    def test_every_command_and_option_has_a_help_text(self) -> None:
        for command in cli.plangen.commands.values():
            assert command.help
            assert all(option.help for option in command.params if isinstance(option, click.Option))

    def test_python_m_plangen_is_the_same_program(self, tmp_path: Path) -> None:
        assert _plangen(tmp_path, "--version").stdout.decode().startswith("plangen ")


def _broken(_path: Path, **_rules: object) -> None:
    raise RuntimeError("坏了")


class _Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal and keeps what is written."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return True

    def getvalue(self) -> str:
        self.flush()
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode("utf-8")


def _plangen(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "plangen", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )
