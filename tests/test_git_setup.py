"""What `plangen git setup` does to git: real repositories, with plangen there and gone, in C and in UTF-8."""

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plangen import cli
from plangen.diagnostics import PlanError, Source
from plangen.git.attributes import attribute_lines, patterns_in
from plangen.git.blocks import BEGIN, END, lines_of, with_block, without_block
from plangen.git.drivers import driver_config
from plangen.git.facts import plan_facts
from repositories import PLAN, Office, settle

REVISED = PLAN.replace("97.5%", "98%").replace("6所", "8所").replace("year: 2027", "year:   2027   # 年份")
GONE = "/nowhere/python"
LOCALES = ("C", "C.UTF-8")

each_locale = pytest.mark.parametrize("locale", LOCALES)
posix = pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but what git keeps of contents and of comings and goings."""
    found = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: held for name, held in names.items() if not re.match(r"(.*/)?\.git/(objects|index)\b", name)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return a repository with a plan of two revisions."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder / "home", patch)
        yield make_office(folder / "局 办")


def make_office(folder: Path) -> Office:
    office = Office(folder)
    office.git("config", "user.name", "张三")
    office.git("config", "user.email", "zhangsan@yunchuan.example")
    office.write("plans/2027.yaml", PLAN)
    office.write("values.yaml", "port: 8080\n")
    office.commit("起草")
    office.write("plans/2027.yaml", REVISED)
    office.commit("改")
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return a repository with a plan of two revisions, the current folder being its top."""
    settle(tmp_path / "home", monkeypatch)
    office = Office(tmp_path / "局 办", of=made)
    monkeypatch.chdir(office.folder)
    return office


def plangen(*arguments: str) -> tuple[int, str, str]:
    """Run plangen; return its exit code, what it prints and what it says."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
        patch.setattr(sys, "argv", ["plangen", *arguments])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        cli.main()
    for stream in (out, err):
        stream.seek(0)
    return int(ended.value.code or 0), out.read(), err.read()


def patterns(office: Office) -> list[str]:
    return patterns_in(lines_of((office.folder / ".gitattributes").read_bytes()) or ())


def show(office: Office, locale: str, *arguments: str) -> str:
    return office.git(*arguments, LC_ALL=locale)


class TestShowing:
    """One repository, looked at in every way."""

    @each_locale
    def test_differences_are_of_sentences_and_facts(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        changed = show(office, locale, "diff", "-U0", "HEAD~1").splitlines()[4:]
        assert changed == [
            "@@ -6 +6 @@ ● 扩大学位供给",
            "-    年内交付使用学校6所。",
            "+    年内交付使用学校8所。",
            "@@ -8 +8 @@ ● 扩大学位供给",
            "-      目标：97.5%以上",
            "+      目标：98%以上",
        ]
        assert "目标：[-97.5%-]{+98%+}以上" in show(office, locale, "diff", "--word-diff", "HEAD~1")
        for command in (["show"], ["log", "-p", "-1"]):
            assert "+      目标：98%以上" in show(office, locale, *command)
        assert "目标：98%以上\n" in show(office, locale, "blame", "plans/2027.yaml")

    @each_locale
    def test_words_are_characters_and_figures_in_every_locale(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        office.write("plans/2027.yaml", REVISED.replace("交付使用", "建成投用").replace("2027-08", "2027-09"))
        words = show(office, locale, "diff", "--word-diff", "-U0")
        assert "年内[-交付使-]{+建成投+}用学校8所。" in words
        assert "时限：2027-[-08-]{+09+}" in words
        assert "\ufffd" not in words

    @each_locale
    def test_a_long_heading_above_a_change_is_cut_between_characters(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        office.write("plans/2027.yaml", PLAN.replace("扩大学位供给", "扩大学位供给，" * 9))
        office.commit("长标题")
        office.write("plans/2027.yaml", REVISED.replace("扩大学位供给", "扩大学位供给，" * 9))
        assert f"@@ -6 +6 @@ ● {('扩大学位供给，' * 9)[:24]}\n" in show(office, locale, "diff", "-U0")

    def test_patches_stay_those_of_the_file(self, office: Office) -> None:
        plain = [office.git(*command) for command in (["format-patch", "--stdout", "-1"], ["diff", "--stat", "HEAD~1"])]
        plangen("git", "setup")
        assert office.git("format-patch", "--stdout", "-1") == plain[0]
        assert office.git("diff", "--stat", "HEAD~1") == plain[1]
        office.git("checkout", "-q", "HEAD~1", "--", "plans")
        office.git("reset", "-q")
        patch = office.git("diff-files", "-p", "--no-textconv")
        office.write("a.patch", patch)
        office.git("apply", "-R", "a.patch")
        assert (office.folder / "plans" / "2027.yaml").read_text(encoding="utf-8") == REVISED

    @posix
    def test_adding_by_hunks_works_on_the_file(self, office: Office) -> None:
        plangen("git", "setup")
        office.write("plans/2027.yaml", REVISED.replace("8所", "9所").replace("必要的", "确有必要的"))
        office.git("-c", "alias.pick=!printf 's\\ny\\nn\\n' | git add -p", "pick")
        staged = office.git("show", ":plans/2027.yaml")
        assert staged == REVISED.replace("8所", "9所")

    def test_a_change_of_form_alone_is_none(self, office: Office) -> None:
        plangen("git", "setup")
        office.write(
            "plans/2027.yaml", REVISED.replace("title: 云川", "# 说明\n标题: 云川").replace("lead:", "牵头:  ")
        )
        assert "@@" not in office.git("diff")

    @each_locale
    def test_a_plan_with_errors_is_shown_as_it_is(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        office.write("plans/2027.yaml", "title: [\n")
        assert "+title: [\n" in show(office, locale, "diff")

    @each_locale
    def test_word_documents_are_shown_by_their_text(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        for text in (PLAN, REVISED):
            office.write("plans/2027.yaml", text)
            assert plangen("render", "plans/2027.yaml", "-o", "要点.docx")[0] == 0
            office.git("add", "要点.docx")
            office.commit("排版")
        assert [
            line for line in show(office, locale, "show", "--word-diff", "要点.docx").splitlines() if "[-" in line
        ] == [
            "1.扩大学位供给。加快新城片区学校建设。年内交付使用学校[-6-]{+8+}所。"
            "九年义务教育巩固率达到[-97.5%-]{+98%+}以上。"
        ]

    def test_other_files_are_shown_as_before(self, office: Office) -> None:
        plangen("git", "setup", "*.yaml")
        office.write("values.yaml", "port: 8081\n")
        assert "-port: 8080\n+port: 8081\n" in office.git("diff", "values.yaml")

    def test_who_has_not_told_git_his_name_sees_it_too(self, office: Office) -> None:
        office.git("config", "--remove-section", "user")
        plangen("git", "setup")
        assert "+      目标：98%以上" in office.git("show")
        assert not office.git("for-each-ref", "refs/notes")
        office.git("config", "user.name", "张三")
        office.git("config", "user.email", "zhangsan@yunchuan.example")
        assert "要更新" in plangen("git", "setup", "--status")[1]


class TestWithoutPlangen:
    @pytest.fixture(autouse=True)
    def no_plangen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take plangen off the path."""
        folders = [folder for folder in os.get_exec_path() if not (Path(folder) / "plangen").exists()]
        monkeypatch.setenv("PATH", os.pathsep.join(folders))

    @each_locale
    def test_who_never_had_it_sees_what_he_saw_before(self, office: Office, locale: str) -> None:
        commands = (["diff", "HEAD~1"], ["log", "-p"], ["show", "--stat"], ["blame", "plans/2027.yaml"])
        before = [show(office, locale, *command) for command in commands]
        office.write(".gitattributes", with_block(None, attribute_lines(["plans/**/*.yaml"])))
        assert [show(office, locale, *command) for command in commands] == before

    @each_locale
    def test_who_has_it_no_more_sees_the_file(self, office: Office, locale: str) -> None:
        plangen("git", "setup")
        (office.folder / ".git" / "plangen.gitconfig").write_bytes(driver_config(cached=True, python=GONE))
        for command in (["diff", "HEAD~1"], ["log", "-p"], ["show"]):
            assert "+          - {indicator: 九年义务教育巩固率, goal: 98%以上}" in show(office, locale, *command)
        assert "goal: 98%以上}" in show(office, locale, "blame", "plans/2027.yaml")
        assert "[-97.5%-]{+98%+}以上" in show(office, locale, "diff", "--word-diff", "HEAD~1")

    def test_a_word_document_is_still_known_to_have_changed(self, office: Office) -> None:
        plangen("git", "setup")
        (office.folder / ".git" / "plangen.gitconfig").write_bytes(driver_config(cached=True, python=GONE))
        office.write("a.docx", b"PK\x03\x04one")
        office.commit("Word")
        office.write("a.docx", b"PK\x03\x04two")
        assert re.search(r"^-[0-9a-f]{40}\n\+[0-9a-f]{40}$", office.git("diff"), re.MULTILINE)

    @posix
    def test_plangen_on_the_path_stands_in_for_one_that_was_moved(
        self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plangen("git", "setup")
        (office.folder / ".git" / "plangen.gitconfig").write_bytes(driver_config(cached=True, python=GONE))
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin" / "plangen").write_text(
            f'#!/bin/sh\nexec {sys.executable} -m plangen "$@"\n', encoding="utf-8"
        )
        (tmp_path / "bin" / "plangen").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
        assert "+      目标：98%以上" in office.git("show")

    @posix
    def test_plangen_in_a_folder_with_blanks_and_quotes(self, office: Office, tmp_path: Path) -> None:
        folder = tmp_path / 'it\'s 局 "办" $HOME'
        folder.mkdir()
        (folder / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
        (folder / "python").chmod(0o755)
        plangen("git", "setup")
        config = office.folder / ".git" / "plangen.gitconfig"
        config.write_bytes(driver_config(cached=False, python=str(folder / "python")))
        assert "+      目标：98%以上" in office.git("show")

    @posix
    def test_modules_of_the_repository_are_not_taken_for_plangen(self, office: Office, tmp_path: Path) -> None:
        for name in ("plangen.py", "click.py", "yaml.py"):
            office.write(name, f"open({str(tmp_path / 'ran')!r}, 'w')\n")
        plangen("git", "setup")
        assert "+      目标：98%以上" in office.git("show")
        assert not (tmp_path / "ran").exists()


class TestSetup:
    def test_it_says_what_it_wrote(self, office: Office) -> None:
        top = office.folder
        code, printed, said = plangen("git", "setup")
        assert (code, printed) == (0, f"{top}/.git/plangen.gitconfig\n{top}/.git/config\n{top}/.gitattributes\n")
        assert "把 .gitattributes 提交到仓库里" in said
        assert (top / ".gitattributes").read_text(encoding="utf-8") == (
            "# >>> plangen\nplans/**/*.yaml diff=plangen\n*.docx diff=plangen-docx\n# <<< plangen\n"
        )

    def test_once_is_enough(self, office: Office) -> None:
        plangen("git", "setup")
        before = files_of(office.folder)
        assert plangen("git", "setup") == (0, "", "已经设置好了，没有要改的\n")
        assert files_of(office.folder) == before

    @pytest.mark.parametrize(
        ("attributes", "settings"),
        [
            (None, ""),
            (b"", "[include]\n\tpath = ../其他\n"),
            (b"*.png binary", "[include]\n\tpath = ../其他\n[alias]\n\tco = checkout\n"),
            (b"* text=auto\r\n", "# 说明"),
            (b"*.yaml -diff\n\n", ""),
            (b"# >>> other\n# <<< other\n", ""),
        ],
    )
    def test_removing_leaves_no_trace(self, office: Office, attributes: bytes | None, settings: str) -> None:
        if attributes is not None:
            office.write(".gitattributes", attributes)
        with (office.folder / ".git" / "config").open("a", encoding="utf-8", newline="\n") as config:
            config.write(settings)
        before = files_of(office.folder)
        plangen("git", "setup", "计划 [1]/*.yaml", "plans/*.yaml")
        office.git("show")
        assert office.git("for-each-ref", "refs/notes"), "git keeps what was shown"
        code, printed, _ = plangen("git", "setup", "--remove")
        assert (code, printed.count("\n")) == (0, 3)
        assert files_of(office.folder) == before
        assert not office.git("for-each-ref", "refs/notes")
        assert plangen("git", "setup", "--remove") == (0, "", "没有设置过，没有要改的\n")
        assert files_of(office.folder) == before

    def test_what_others_wrote_since_stays(self, office: Office) -> None:
        plangen("git", "setup")
        attributes = office.folder / ".gitattributes"
        attributes.write_bytes(b"*.png binary\n" + attributes.read_bytes() + b"*.jpg binary\n")
        office.git("config", "--add", "include.path", "more")
        plangen("git", "setup", "--remove")
        assert attributes.read_bytes() == b"*.png binary\n*.jpg binary\n"
        assert office.git("config", "--local", "--get-all", "include.path") == "more\n"

    def test_plans_elsewhere(self, office: Office) -> None:
        office.write("计划 2027/a.yaml", PLAN)
        plangen("git", "setup", "计划 2027/*.yaml")
        assert '"计划 2027/*.yaml" diff=plangen\n' in (office.folder / ".gitattributes").read_text(encoding="utf-8")
        assert "计划 2027/a.yaml: diff: plangen" in office.git(
            "-c", "core.quotepath=off", "check-attr", "diff", "--", "计划 2027/a.yaml"
        )
        assert plangen("git", "setup")[1] == "", "the patterns stay"
        plangen("git", "setup", "*.yaml")
        assert patterns(office) == ["*.yaml"]

    def test_without_a_folder_of_plans_every_yaml_file_may_be_one(self, office: Office) -> None:
        office.git("mv", "plans/2027.yaml", "2027.yaml")
        (office.folder / "plans").rmdir()
        plangen("git", "setup")
        assert patterns(office) == ["*.yaml"]

    def test_no_plan_matches(self, office: Office) -> None:
        said = plangen("git", "setup", "计划/*.yaml")[2]
        assert "仓库里还没有这样的文件：计划/*.yaml；计划在别处的，写明模式" in said
        assert patterns(office) == ["计划/*.yaml"]

    @pytest.mark.parametrize("pattern", ["!a.yaml", "./a.yaml", "../a.yaml", r"计划\*.yaml", "a\nb", " "])
    def test_a_pattern_git_would_not_understand(self, office: Office, pattern: str) -> None:
        code, _, said = plangen("git", "setup", pattern)
        assert (code, "从仓库最上层的文件夹写起" in said) == (2, True)
        assert not (office.folder / ".gitattributes").exists()

    def test_from_a_folder_below(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(office.folder / "plans")
        plangen("git", "setup")
        assert (office.folder / ".gitattributes").exists()
        assert "+      目标：98%以上" in office.git("show")

    def test_in_a_submodule(self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        outer = Office(tmp_path / "总仓库")
        outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(office.folder), "教育局")
        before = files_of(outer.folder)
        monkeypatch.chdir(outer.folder / "教育局")
        plangen("git", "setup")
        assert "+      目标：98%以上" in outer.git("-C", "教育局", "show")
        plangen("git", "setup", "--remove")
        assert files_of(outer.folder) == before

    def test_in_a_work_tree_beside(self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = files_of(office.folder)
        office.git("worktree", "add", "-q", "--detach", str(tmp_path / "另一处"))
        monkeypatch.chdir(tmp_path / "另一处")
        plangen("git", "setup")
        assert (tmp_path / "另一处" / ".gitattributes").exists()
        assert not (office.folder / ".gitattributes").exists()
        assert "+      目标：98%以上" in office.git("-C", str(tmp_path / "另一处"), "show")
        plangen("git", "setup", "--remove")
        office.git("worktree", "remove", "--force", str(tmp_path / "另一处"))
        assert files_of(office.folder) == before

    def test_for_all_repositories_of_a_user(self, office: Office, tmp_path: Path) -> None:
        home, before = tmp_path / "home", files_of(tmp_path)
        code, printed, _ = plangen("git", "setup", "--global")
        assert (code, printed) == (
            0,
            f"{home}/.config/git/plangen.gitconfig\n{home}/.gitconfig\n{home}/.config/git/attributes\n",
        )
        assert "+      目标：98%以上" in office.git("show")
        assert plangen("git", "setup", "--global")[1] == ""
        plangen("git", "setup", "--global", "--remove")
        assert files_of(tmp_path) == before

    def test_for_a_user_who_has_settings(self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "home" / ".gitconfig").write_bytes(b"[core]\n\tattributesFile = ~/own\n")
        (tmp_path / "home" / "own").write_bytes(b"*.png binary")
        monkeypatch.chdir(tmp_path)
        before = files_of(tmp_path)
        assert f"{tmp_path}/home/own\n" in plangen("git", "setup", "--global", "plans/*.yaml")[1]
        assert "+      目标：98%以上" in office.git("show")
        office.git("update-ref", "-d", "refs/notes/textconv/plangen")
        plangen("git", "setup", "--global", "--remove")
        assert files_of(tmp_path) == before

    @pytest.mark.usefixtures("office")
    def test_alone_it_shows_its_help(self) -> None:
        code, _, said = plangen("git")
        assert code == 2
        assert said.startswith("用法：plangen git [选项] 命令 …")

    def test_how_things_stand(self, office: Office) -> None:
        def state() -> str:
            return plangen("git", "setup", "--status")[1]

        assert state() == "按计划显示的文件：没有设置\n显示的方法：没有装\n仓库里这样显示的文件：0 个\n"
        plangen("git", "setup")
        assert state() == (
            "按计划显示的文件：plans/**/*.yaml\n显示的方法：装好了\n仓库里这样显示的文件：1 个\n  plans/2027.yaml\n"
        )
        (office.folder / ".git" / "plangen.gitconfig").write_bytes(driver_config(cached=True, python=GONE))
        assert "显示的方法：要更新，再运行一次 plangen git setup\n" in state()
        plangen("git", "setup")
        assert "装好了" in state()
        plangen("git", "setup", "--remove")
        assert "没有装" in state()

    def test_what_git_kept_is_made_anew_when_plangen_shows_plans_in_another_way(self, office: Office) -> None:
        plangen("git", "setup")
        office.git("log", "-p")
        config = office.folder / ".git" / "plangen.gitconfig"
        config.write_bytes(
            re.sub(rb'plangen textconv \\"\$1\\"', b"false", config.read_bytes()).replace(b"convert1", b"convert2")
        )
        assert "+          - {indicator: 九年义务教育巩固率, goal: 98%以上}" in office.git("show")

    @pytest.mark.parametrize("attributes", [b"# >>> plangen\n*.yaml diff=plangen\n", b"# <<< plangen\n# >>> plangen\n"])
    def test_lines_that_were_damaged(self, office: Office, attributes: bytes) -> None:
        office.write(".gitattributes", attributes)
        before = files_of(office.folder)
        for option in ((), ("--remove",)):
            code, _, said = plangen("git", "setup", *option)
            assert (code, said.count("R040")) == (1, 1)
            assert "# >>> plangen”和“# <<< plangen”没有配成一对" in said
        assert files_of(office.folder) == before

    @posix
    def test_attributes_that_are_a_link(self, office: Office, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").write_text("keep\n", encoding="utf-8")
        (office.folder / ".gitattributes").symlink_to(tmp_path / "elsewhere")
        code, _, said = plangen("git", "setup")
        assert (code, "R040 是一个链接，没有改它" in said) == (1, True)
        assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "keep\n"

    def test_outside_of_a_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settle(tmp_path / "home", monkeypatch)
        monkeypatch.chdir(tmp_path)
        code, _, said = plangen("git", "setup")
        assert code == 2
        assert "R031 不在 git 仓库里" in said

    @pytest.mark.usefixtures("office")
    def test_only_one_wish_at_a_time(self) -> None:
        for wrong in (("--remove", "--status"), ("--remove", "*.yaml"), ("--status", "*.yaml")):
            assert plangen("git", "setup", *wrong)[0] == 2


MARKS = (BEGIN, END)
contents = st.binary().filter(lambda content: not any(mark in content for mark in MARKS))
lines = (
    st.text(st.sampled_from('abc*/计 "\\#!\r\n'), max_size=12)
    .map(str.encode)
    .filter(lambda content: not any(mark in content for mark in MARKS))
)
some_patterns = st.lists(
    st.text(st.sampled_from('abc*/计 "\\#!.[]'), min_size=1).map(str.strip).filter(bool), min_size=1, max_size=3
)


@given(st.none() | contents | lines, some_patterns)
def test_a_file_of_attributes_comes_back_byte_for_byte(before: bytes | None, wanted: list[str]) -> None:
    there = with_block(before, attribute_lines(wanted))
    assert patterns_in(lines_of(there) or ()) == wanted
    assert with_block(there, attribute_lines(wanted)) == there
    assert without_block(with_block(there, [b"other"])) == before


class TestTextconv:
    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.chdir(tmp_path)
        return tmp_path

    def shown(self, content: bytes) -> bytes:
        Path("a.yaml").write_bytes(content)
        code, printed, said = plangen("textconv", "a.yaml")
        assert (code, said) == (0, "")
        return printed.encode()

    @pytest.mark.usefixtures("folder")
    def test_a_plan_is_a_list_of_facts(self) -> None:
        assert self.shown(PLAN.encode()).decode().splitlines() == [
            "标题：云川市2027年教育工作要点",
            "年份：2027",
            "〖促进教育公平〗",
            "  ● 扩大学位供给",
            "    加快新城片区学校建设。",
            "    年内交付使用学校6所。",
            "    指标：九年义务教育巩固率",
            "      目标：97.5%以上",
            "    牵头：规划建设科",
            "    时限：2027-08",
            "  ● 办好乡村学校",
            "    保留并办好必要的乡村小规模学校。",
        ]

    @pytest.mark.usefixtures("folder")
    @pytest.mark.parametrize(
        "content", [b"", b"a: 1\n", b"title: [", b"\xff\xfe\0", PLAN.encode("gb18030"), b"\xef\xbb\xbf#\r\n", b"- a\n"]
    )
    def test_anything_else_is_printed_as_it_is(self, folder: Path, content: bytes) -> None:
        (folder / "a.yaml").write_bytes(content)
        screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", ["plangen", "textconv", "a.yaml"])
            patch.setattr(sys, "stdout", screen)
            cli.main()
        screen.flush()
        assert isinstance(screen.buffer, io.BytesIO)
        assert (ended.value.code, screen.buffer.getvalue()) == (0, content)

    @pytest.mark.usefixtures("folder")
    def test_a_bug_takes_no_difference_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_source: Source) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("plangen.git.facts.plan_facts", broken)
        assert self.shown(PLAN.encode()) == PLAN.encode()

    @pytest.mark.usefixtures("folder")
    def test_a_file_that_is_not_there(self) -> None:
        code, printed, said = plangen("textconv", "none.yaml")
        assert (code, printed) == (2, "")
        assert "F001" in said

    @pytest.mark.usefixtures("folder")
    def test_what_a_plan_includes_is_a_line_of_its_own(self) -> None:
        included = PLAN + "  - include: 科室/O'Neil.yaml\n"
        assert "〖（引入 科室/O'Neil.yaml）〗" in self.shown(included.encode()).decode().splitlines()


EVERYTHING = """\
title: 云川市2027年教育工作要点
title_lines: [云川市2027年, 教育工作要点]
year: 2027
opening: |
  第一段。又一句！

  第二段
guiding_thought: {heading: 总体要求, text: 坚持。}
numbering: {sections: [一、, （一）], tasks: none, items: [一是], continuous: [items, tasks], inline: []}
layout: {task_heading: own-line, run_in_mark: ":", owners: 括注}
sections:
  - heading: 公平
    tasks:
      - items: [办好学校。办好食堂。, {heading: 标题, items: [再下一层]}]
        support: [甲科, 乙科]
    sections: [{heading: 下一层, text: 说明。}]
official: {date: 2027-02-18, sealed: yes}
notice: {title: 通知, text: 印发。}
attachments: [{title: 任务分解表, table: tasks}]
"""


def test_every_key_of_a_plan_has_its_line() -> None:
    facts = plan_facts(Source("plan.yaml", EVERYTHING))
    assert facts is not None
    assert list(facts) == [
        "标题：云川市2027年教育工作要点",
        "标题分行：云川市2027年、教育工作要点",
        "年份：2027",
        "开头：",
        "  第一段。",
        "  又一句！",
        "",
        "  第二段",
        "指导思想：",
        "  标题：总体要求",
        "  坚持。",
        "〖公平〗",
        "  ●",
        "    · 办好学校。",
        "      办好食堂。",
        "    · 标题",
        "      · 再下一层",
        "    配合：甲科、乙科",
        "  〖下一层〗",
        "    说明。",
        "编号：",
        "  部分：一、、（一）",
        "  任务：无",
        "  要点：一是",
        "  连续：任务、要点",
        "  接排：无",
        "版式：",
        "  任务标题：独行",
        "  标题标点：：",
        "  责任单位：括注",
        "公文要素：",
        "  成文日期：2027-02-18",
        "  加盖印章：是",
        "印发通知：",
        "  标题：通知",
        "  印发。",
        "附件：任务分解表",
        "  附表：任务",
    ]


@pytest.mark.parametrize(
    "change", [("year: 2027", "年份: 2027"), ("own-line", "独行"), ("[items, tasks]", "[要点, 任务]")]
)
def test_how_a_plan_is_typed_changes_no_fact(change: tuple[str, str]) -> None:
    texts = EVERYTHING, EVERYTHING.replace(*change)
    assert texts[0] != texts[1]
    first, second = (list(plan_facts(Source("plan.yaml", text)) or ()) for text in texts)
    assert first == second


def test_damaged_marks_are_refused() -> None:
    with pytest.raises(PlanError, match="没有配成一对"):
        with_block(b"# >>> plangen\n", [b"*.yaml"])
