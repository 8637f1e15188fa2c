"""Revisions of plans in real repositories: found, read, named, and told apart from files."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import click
import pytest

from plangen import api
from plangen.cli.sides import Side, find_sides
from plangen.diagnostics import PlanError
from plangen.diagnostics.text import render_text
from plangen.git import process
from plangen.git.repository import find_repository, locate
from repositories import PLAN, Office, settle

FOLDER = "计划 [2027]"
NAME = f"{FOLDER}/要点 a.yaml"
BEIJING = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return a repository with a plan of three revisions."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        settle(folder / "home", patch)
        yield make_office(folder / "局 办")


def make_office(folder: Path) -> Office:
    office = Office(folder)
    office.write(f"{FOLDER}/旧名.yaml", PLAN)
    office.commit("起草")
    office.git("mv", f"{FOLDER}/旧名.yaml", NAME)
    office.write(NAME, PLAN.replace("6所", "8所"))
    office.commit("改名，学校加到8所", "李四")
    office.git("branch", "修改稿")
    office.write(NAME, PLAN.replace("6所", "9所"))
    office.commit("学校加到9所")
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return a repository with a plan of three revisions, the current folder being its top."""
    settle(tmp_path / "home", monkeypatch)
    office = Office(tmp_path / "局 办", of=made)
    monkeypatch.chdir(office.folder)
    return office


def said(raised: pytest.ExceptionInfo[PlanError]) -> str:
    return "\n".join(map(render_text, raised.value.diagnostics))


def schools(side: Side) -> str:
    assert side.source is not None
    at = side.source.text.index("所。")
    return side.source.text[at - 1 : at + 1]


@pytest.mark.usefixtures("office")
class TestSides:
    def test_a_plan_alone_is_compared_with_what_was_committed_last(self, office: Office) -> None:
        office.write(NAME, PLAN.replace("6所", "7所"))
        old, new = find_sides([NAME])
        assert (schools(old), schools(new)) == ("9所", "7所")
        assert (old.name, new.name) == (f"HEAD:{NAME}", NAME)
        assert old.commit is not None
        assert new.commit is None

    @pytest.mark.parametrize(
        ("revisions", "old", "new"),
        [
            (["HEAD~1"], "8所", "9所"),
            (["修改稿"], "8所", "9所"),
            (["修改稿", "main"], "8所", "9所"),
            (["main", "修改稿"], "9所", "8所"),
            (["修改稿..main"], "8所", "9所"),
            (["修改稿.."], "8所", "9所"),
            (["..修改稿"], "9所", "8所"),
            (["修改稿...main"], "8所", "9所"),
            (["main~1^0", "HEAD"], "8所", "9所"),
            (["@{0}", "HEAD"], "9所", "9所"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else value,
    )
    def test_revisions_stand_before_the_plan(self, revisions: list[str], old: str, new: str) -> None:
        assert [schools(side) for side in find_sides([*revisions, NAME])] == [old, new]

    def test_a_plan_is_found_under_its_former_name(self) -> None:
        old, new = find_sides(["HEAD~2", NAME])
        assert (old.name, schools(old), schools(new)) == (f"HEAD~2:{FOLDER}/旧名.yaml", "6所", "9所")

    def test_a_renaming_that_is_only_staged_is_followed(self, office: Office) -> None:
        office.git("mv", NAME, "新名.yaml")
        old, new = find_sides(["新名.yaml"])
        assert (old.name, schools(old), new.name) == (f"HEAD:{NAME}", "9所", "新名.yaml")

    def test_from_a_folder_below_and_for_the_file_of_another_folder(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(FOLDER)
        assert find_sides(["HEAD~1", "要点 a.yaml"])[0].name == f"HEAD~1:{NAME}"
        monkeypatch.chdir("../..")
        assert schools(find_sides(["HEAD~1", f"局 办/{NAME}"])[0]) == "8所"

    def test_a_new_plan_has_no_old_side(self, office: Office) -> None:
        office.write("新的.yaml", "title: 新的\n")
        old, new = find_sides(["新的.yaml"])
        assert (old.name, old.source) == ("HEAD:新的.yaml", None)
        assert new.source is not None

    def test_a_deleted_plan_has_no_new_side(self, office: Office) -> None:
        (office.folder / NAME).unlink()
        old, new = find_sides([NAME])
        assert (schools(old), new.source) == ("9所", None)

    def test_a_plan_in_a_folder_that_is_gone(self, office: Office) -> None:
        office.git("rm", "-rq", FOLDER)
        assert schools(find_sides(["HEAD~1", NAME])[0]) == "8所"

    def test_a_plan_that_never_was(self) -> None:
        with pytest.raises(PlanError) as raised:
            find_sides(["HEAD~1", "打错.yaml"])
        assert "打错.yaml: 错误 R034 没有这个文件，文件夹里没有，HEAD~1:打错.yaml 也没有" in said(raised)

    @pytest.mark.parametrize("words", [["mian", "修改搞"], ["mian..修改搞"], ["mian...修改搞"]])
    def test_two_revisions_that_are_both_wrong(self, words: list[str]) -> None:
        with pytest.raises(PlanError) as raised:
            find_sides([*words, NAME])
        assert [each.message for each in raised.value.diagnostics] == ["没有版本“mian”", "没有版本“修改搞”"]

    def test_who_changed_it_and_when(self) -> None:
        commit = find_sides(["HEAD~1", NAME])[0].commit
        assert commit is not None
        assert (commit.author, commit.subject) == ("李四", "改名，学校加到8所")
        assert commit.date == datetime(2027, 1, 5, 9, tzinfo=BEIJING)
        assert commit.hash.startswith(commit.short)

    def test_two_files_need_no_git(self, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        office.write("b.yaml", PLAN)
        monkeypatch.setattr(process, "ask", None)
        old, new = find_sides([NAME, "b.yaml"])
        assert (old.name, schools(old), new.name, schools(new)) == (NAME, "9所", "b.yaml", "6所")

    def test_a_file_that_is_not_there(self) -> None:
        with pytest.raises(PlanError) as raised:
            find_sides(["没有.yaml", NAME])
        assert "没有.yaml: 错误 F001 文件不存在" in said(raised)

    def test_a_name_that_is_a_file_and_a_revision(self, office: Office) -> None:
        office.write("修改稿", PLAN)
        with pytest.raises(PlanError) as raised:
            find_sides(["修改稿", NAME])
        assert "R033 “修改稿”既是文件，又是版本" in said(raised)
        assert schools(find_sides(["./修改稿", NAME])[0]) == "6所"
        assert schools(find_sides(["修改稿^0", NAME])[0]) == "8所"

    def test_a_folder_is_no_rival_of_a_revision(self, office: Office) -> None:
        (office.folder / "修改稿").mkdir()
        assert schools(find_sides(["修改稿", NAME])[0]) == "8所"

    def test_a_file_without_ending_outside_of_a_repository(self, tmp_path: Path) -> None:
        for name in ("旧", "新.yaml"):
            (tmp_path / name).write_text(PLAN, encoding="utf-8")
        os.chdir(tmp_path)
        assert find_sides(["旧", "新.yaml"])[0].name == "旧"

    @pytest.mark.parametrize("words", [[], ["a", "b", "c", NAME]])
    def test_too_few_or_too_many_words(self, words: list[str]) -> None:
        with pytest.raises(click.UsageError, match="写一个计划"):
            find_sides(words)

    def test_a_revision_after_the_plan(self) -> None:
        with pytest.raises(click.UsageError, match="版本写在计划的前面"):
            find_sides([NAME, "HEAD~1"])

    def test_the_mistakes_of_a_revision_are_shown_where_they_are(self, office: Office) -> None:
        office.write(NAME, PLAN.replace("year: 2027", "year: 去年"))
        office.commit("写坏了")
        office.write(NAME, PLAN)
        old, new = find_sides([NAME])
        assert new.source is not None
        api.open_reading(new.source)
        assert old.source is not None
        with pytest.raises(PlanError) as raised:
            api.open_reading(old.source)
        assert f"HEAD:{NAME}:2:7: 错误 D506" in said(raised)

    def test_a_revision_in_another_encoding(self, office: Office) -> None:
        office.write(NAME, PLAN.encode("gb18030"))
        office.commit("记事本")
        office.write(NAME, PLAN)
        with pytest.raises(PlanError) as raised:
            find_sides([NAME])
        assert f"HEAD:{NAME}:1:8: 错误 Y003 文件编码是 GBK" in said(raised)

    def test_what_a_revision_includes_is_read_from_that_revision(self, office: Office) -> None:
        office.write("总.yaml", "title: 总\nyear: 2027\nsections:\n  - include: 科室/基教科.yaml\n")
        office.write("科室/基教科.yaml", "- {heading: 去年的, text: 好。}\n")
        office.commit("汇总")
        office.write("科室/基教科.yaml", "- {heading: 今年的, text: 好。}\n")
        headings = [
            api.open_reading(side.source).plan.sections[0].heading for side in find_sides(["总.yaml"]) if side.source
        ]
        assert headings == ["去年的", "今年的"]

    def test_what_a_revision_includes_and_does_not_have(self, office: Office) -> None:
        office.write("总.yaml", "title: 总\nyear: 2027\nsections:\n  - include: 科室.yaml\n")
        office.commit("汇总")
        side = find_sides(["总.yaml"])[0]
        assert side.source is not None
        with pytest.raises(PlanError) as raised:
            api.open_reading(side.source)
        assert "HEAD:总.yaml:4:14: 错误 D540 引入不了 科室.yaml：文件不存在" in said(raised)


class TestRevisions:
    @pytest.mark.parametrize(
        ("revision", "message"),
        [
            ("mian", "R032 没有版本“mian”\n   = 提示：是否想写 main？"),
            ("修改搞", "R032 没有版本“修改搞”\n   = 提示：是否想写 修改稿？"),
            ("HEAD~9", "R032 没有版本“HEAD~9”\n   = 提示：“HEAD”之前没有那么多个版本"),
            ("@~9", "R032 没有版本“@~9”\n   = 提示：“@”之前没有那么多个版本"),
            ("送审", "R032 没有版本“送审”\n   = 提示：是否想写 origin/送审？"),
            ("0123456", "R032 没有版本“0123456”\n   = 提示：用 plangen log 计划 列出计划的版本"),
            ("main@{5.years.ago}", "R032 没有那么早的版本"),
            ("--help", "R032 没有版本“--help”"),
            ("", "R032 没有版本“”"),
            ("main:" + NAME, "R032 没有版本"),
        ],
    )
    def test_a_revision_there_is_not(self, office: Office, revision: str, message: str) -> None:
        office.git("update-ref", "refs/remotes/origin/送审", "main")
        with pytest.raises(PlanError) as raised:
            locate(office.folder / NAME)[0].resolve(revision)
        assert message in said(raised)

    def test_a_branch_and_a_tag_of_one_name(self, office: Office) -> None:
        office.git("tag", "修改稿", "main")
        repository, _ = find_repository(office.folder)
        with pytest.raises(PlanError) as raised:
            repository.resolve("修改稿")
        assert "R033 “修改稿”可以指几个版本\n   = 提示：写长一些；分支写 refs/heads/修改稿" in said(raised)
        assert repository.resolve("refs/tags/修改稿") != repository.resolve("refs/heads/修改稿")

    def test_a_repository_without_commits(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settle(tmp_path / "home", monkeypatch)
        Office(tmp_path / "new").write("a.yaml", PLAN)
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "new" / "a.yaml")])
        assert "R035 仓库里还没有提交过" in said(raised)

    def test_two_revisions_that_have_nothing_in_common(self, office: Office) -> None:
        office.git("checkout", "-q", "--orphan", "另起")
        office.commit("另起炉灶")
        with pytest.raises(PlanError) as raised:
            find_sides(["main...另起", NAME])
        assert "R032 版本“main”和“另起”没有共同的来历" in said(raised)

    def test_what_is_no_text(self, office: Office) -> None:
        office.write("图.yaml", b"\x89PNG\0\1\2")
        office.commit("图")
        office.write("图.yaml", PLAN)
        with pytest.raises(PlanError) as raised:
            find_sides(["图.yaml"])
        assert "HEAD:图.yaml: 错误 R036 在这个版本里不是文字文件" in said(raised)

    def test_what_was_a_folder(self, office: Office) -> None:
        office.git("rm", "-rq", FOLDER)
        office.write(FOLDER, PLAN)
        with pytest.raises(PlanError) as raised:
            find_sides([FOLDER])
        assert f"HEAD:{FOLDER}: 错误 R036 在这个版本里不是普通的文件" in said(raised)

    @pytest.mark.usefixtures("office")
    def test_what_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("plangen.git.repository.MAX_BYTES", 100)
        with pytest.raises(PlanError) as raised:
            find_sides(["HEAD", NAME])
        assert "R036 在这个版本里太大" in said(raised)

    def test_the_history_of_a_plan_goes_through_its_renamings(self, office: Office) -> None:
        repository, path = locate(office.folder / NAME)
        found = repository.history(path, 10)
        assert [(each.commit.author, each.commit.subject, each.path == NAME) for each in found] == [
            ("张三", "学校加到9所", True),
            ("李四", "改名，学校加到8所", True),
            ("张三", "起草", False),
        ]
        assert [each.old_path for each in found] == [NAME, f"{FOLDER}/旧名.yaml", f"{FOLDER}/旧名.yaml"]
        assert found[2].old_blob is None
        assert repository.history(path, 1) == found[:1]

    def test_the_settings_of_the_user_change_nothing(self, office: Office) -> None:
        repository, path = locate(office.folder / NAME)
        before = (repository.history(path, 9), repository.read("HEAD~1", path), find_sides(["HEAD~2", NAME])[0].name)
        for setting in (
            *("log.follow=false", "diff.renames=false", "color.ui=always", "log.date=relative", "core.quotepath=on"),
            *("log.showSignature=true", "i18n.logOutputEncoding=GBK", "diff.noprefix=true", "log.diffMerges=on"),
            *("log.showRoot=false", "core.pager=false", "format.pretty=fuller", "core.abbrev=40"),
        ):
            office.git("config", *setting.split("="))
        assert (repository.history(path, 9), repository.read("HEAD~1", path)) == before[:2]
        assert find_sides(["HEAD~2", NAME])[0].name == before[2]


class TestPlaces:
    def test_work_trees_share_their_revisions(self, office: Office, tmp_path: Path) -> None:
        office.git("worktree", "add", "-q", "--detach", str(tmp_path / "另一处"), "修改稿")
        old, new = find_sides(["main", str(tmp_path / "另一处" / NAME)])
        assert (schools(old), schools(new)) == ("9所", "8所")
        repository, path = locate(tmp_path / "另一处" / NAME)
        assert (path, repository.common) == (NAME, office.folder / ".git")

    def test_a_submodule_has_revisions_of_its_own(self, office: Office, tmp_path: Path) -> None:
        outer = Office(tmp_path / "总仓库")
        outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(office.folder), "教育局")
        outer.commit("收进来")
        assert schools(find_sides(["HEAD~1", str(tmp_path / "总仓库" / "教育局" / NAME)])[0]) == "8所"

    def test_what_a_hook_leaves_in_the_environment(
        self, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = Office(tmp_path / "别处")
        for name, value in (("GIT_DIR", other.folder / ".git"), ("GIT_WORK_TREE", other.folder), ("GIT_PREFIX", "x/")):
            monkeypatch.setenv(name, str(value))
        assert schools(find_sides(["HEAD~1", str(office.folder / NAME)])[0]) == "8所"

    @pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
    def test_a_link_is_followed_to_the_plan(self, office: Office, tmp_path: Path) -> None:
        (tmp_path / "link.yaml").symlink_to(office.folder / NAME)
        old, new = find_sides(["HEAD~1", str(tmp_path / "link.yaml")])
        assert (schools(old), schools(new)) == ("8所", "9所")

    def test_no_repository(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        settle(tmp_path / "home", monkeypatch)
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "a.yaml")])
        assert f"{tmp_path}/a.yaml: 错误 R031 不在 git 仓库里" in said(raised)
        assert "plangen diff 旧.yaml 新.yaml" in said(raised)

    @pytest.mark.usefixtures("office")
    def test_the_folder_of_git_itself(self) -> None:
        with pytest.raises(PlanError) as raised:
            find_sides([".git/a.yaml"])
        assert "R031 这里是 git 自己的文件夹" in said(raised)


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return an empty folder that is all of `PATH`."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    process.find_program.cache_clear()
    return tmp_path / "bin"


class TestProgram:
    @pytest.fixture(autouse=True)
    def forget(self) -> Iterator[None]:
        """Look for the program anew in every test, and after it."""
        process.find_program.cache_clear()
        yield
        process.find_program.cache_clear()

    @pytest.mark.usefixtures("no_program")
    def test_without_git(self, tmp_path: Path) -> None:
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "a.yaml")])
        assert "R030 没有找到 git" in said(raised)

    @pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
    def test_git_that_never_ends(self, no_program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (no_program / "git").write_text("#!/bin/sh\nexec /bin/sleep 60\n", encoding="utf-8")
        (no_program / "git").chmod(0o755)
        monkeypatch.setattr(process, "TIME_LIMIT", 0.05)
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "a.yaml")])
        assert "R038 git 0 秒没有做完，已经停掉" in said(raised)

    @pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
    def test_git_that_fails_says_so_in_its_own_words(self, no_program: Path, tmp_path: Path) -> None:
        (no_program / "git").write_text("#!/bin/sh\necho fatal: bad weather >&2\nexit 128\n", encoding="utf-8")
        (no_program / "git").chmod(0o755)
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "a.yaml")])
        assert "R037 git 出错了：bad weather" in said(raised)

    @pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
    def test_a_repository_of_another_user(self, no_program: Path, tmp_path: Path) -> None:
        said_by_git = f"fatal: detected dubious ownership in repository at '{tmp_path}'"
        (no_program / "git").write_text(f'#!/bin/sh\necho "{said_by_git}" >&2\nexit 128\n', encoding="utf-8")
        (no_program / "git").chmod(0o755)
        with pytest.raises(PlanError) as raised:
            find_sides([str(tmp_path / "a.yaml")])
        assert "R039 仓库属于别的用户，git 不肯读" in said(raised)
        assert f"git config --global --add safe.directory {tmp_path}" in said(raised)

    @pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
    def test_a_program_in_the_current_folder_is_not_git(
        self, no_program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "git").write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
        (tmp_path / "git").chmod(0o755)
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("PATH", os.pathsep.join((".", "", str(no_program))))
        with pytest.raises(PlanError, match="没有找到 git"):
            find_sides(["a.yaml"])
        assert not (tmp_path / "ran").exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="a program is a script here")
    def test_nothing_a_repository_names_is_run(self, office: Office, tmp_path: Path) -> None:
        program = office.write("../bad.sh", f"#!/bin/sh\ntouch '{tmp_path}/ran'\ncat\n")
        program = program.resolve()
        program.chmod(0o755)
        office.write(".gitattributes", "*.yaml diff=bad filter=bad\n")
        for name in (
            *("core.fsmonitor", "core.pager", "diff.external", "diff.bad.textconv", "diff.bad.command"),
            *("filter.bad.smudge", "filter.bad.clean", "gpg.program", "core.sshCommand", "credential.helper"),
        ):
            office.git("config", name, str(program))
        office.git("config", "log.showSignature", "true")
        (office.folder / ".git" / "hooks").mkdir()
        (office.folder / ".git" / "hooks" / "post-index-change").symlink_to(program)
        office.write(NAME, PLAN)
        find_sides(["HEAD~2...main", NAME])
        repository, path = locate(office.folder / NAME)
        repository.history(path, 9)
        assert not (tmp_path / "ran").exists()
        office.git("diff", "--ext-diff")
        assert (tmp_path / "ran").exists(), "the program can be run"

    def test_what_a_partial_clone_lacks_is_not_fetched(self, office: Office, tmp_path: Path) -> None:
        office.git("config", "uploadpack.allowFilter", "true")
        office.git(
            "clone", "-q", "--no-checkout", "--filter=blob:none", office.folder.as_uri(), str(tmp_path / "partial")
        )
        with pytest.raises(PlanError) as raised:
            find_sides(["main~1", "main", str(tmp_path / "partial" / NAME)])
        assert "R037 git 出错了：" in said(raised)
        assert "本机只有一部分历史，先运行 git fetch --refetch" in said(raised)


@pytest.mark.parametrize("date", ["99999999999999 +0800", "1800000000 +9999", "x"])
def test_a_commit_with_a_date_there_is_not(office: Office, date: str) -> None:
    tree = office.git("rev-parse", "HEAD^{tree}").strip()
    office.write("commit", f"tree {tree}\nauthor 张三 <a@b> {date}\ncommitter 张三 <a@b> {date}\n\n怪日期\n")
    made = office.git("hash-object", "-t", "commit", "-w", "--literally", "commit").strip()
    commit = find_repository(office.folder)[0].commit(made)
    assert (commit.subject, commit.author) == ("怪日期", "张三")


def test_dates_know_their_zone(office: Office) -> None:
    commit = find_repository(office.folder)[0].commit("HEAD")
    assert commit.date.astimezone(UTC).hour == 1
