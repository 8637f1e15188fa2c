"""`plangen log`: what became of a plan, a line for each revision."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from plangen import api, cli
from plangen.diagnostics import Source
from plangen.history import milestones
from repositories import PLAN, Office, settle

Said = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return an empty repository, the current folder being its top."""
    settle(tmp_path / "home", monkeypatch)
    office = Office(tmp_path / "局 办")
    monkeypatch.chdir(office.folder)
    return office


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Said:
    """Return a function that runs `plangen log`: exit code, lines without hashes, and what is said besides."""

    def run(*arguments: str) -> tuple[int, list[str], str]:
        monkeypatch.setattr(sys, "argv", ["plangen", "log", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capfd.readouterr()
        lines = [line.partition("  ") for line in printed.out.splitlines()]
        assert all(hash_.isalnum() and len(hash_) >= 7 for hash_, _, _ in lines)
        return int(ended.value.code or 0), [line for _, _, line in lines], printed.err

    return run


def test_the_life_of_a_plan(office: Office, log: Said) -> None:
    office.write("计划/2027.yaml", PLAN)
    office.commit("起草")
    office.write("计划/2027.yaml", PLAN.replace("6所", "8所").replace("97.5%", "98%"))
    office.commit("局长办公会意见", "欧阳靖宇")
    office.write("别的.txt", "与计划无关")
    office.commit("无关")
    office.git("mv", "计划/2027.yaml", "计划/要点 定稿.yaml")
    office.commit("改名")
    office.write("计划/要点 定稿.yaml", PLAN.replace("year: 2027", "year: 去年").replace("goal:", "gaol:"))
    office.commit("改坏了", "Li Si")
    office.write("计划/要点 定稿.yaml", PLAN)
    office.commit("改好了", "Li Si")
    office.write("计划/要点 定稿.yaml", "# 定稿\n" + PLAN)
    office.commit("加说明")
    office.write(
        "计划/要点 定稿.yaml", PLAN.replace("      - heading: 办好", "      - text: 新增一项。\n      - heading: 办好")
    )
    office.commit("加任务")
    code, lines, said = log("计划/要点 定稿.yaml")
    assert (code, said) == (0, "")
    assert lines == [
        "2027-01-11  张三      任务 2 → 3 项：新增 1，仅编号变化 1；第一部分第2条 新增一项。",
        "2027-01-10  张三      内容没有变",
        "2027-01-09  Li Si     改好了上一版的错误",
        "2027-01-08  Li Si     写得有错误，读不懂：第 2 行“去年”不是四位数字的年份等 2 处",
        "2027-01-07  张三      由 计划/2027.yaml 改名",
        "2027-01-05  欧阳靖宇  任务 2 → 2 项：改写 1，指标改动 1；第一部分第1条 扩大学位供给",
        "2027-01-04  张三      新建，1 个部分、2 项任务",
    ]


def test_a_plan_renamed_and_changed_at_once(office: Office, log: Said) -> None:
    office.write("a.yaml", PLAN)
    office.commit("起草")
    office.git("mv", "a.yaml", "b.yaml")
    office.write("b.yaml", PLAN.replace("规划建设科", "财务科"))
    office.commit("改名、换单位")
    assert log("b.yaml")[1][0] == (
        "2027-01-05  张三      由 a.yaml 改名；任务 2 → 2 项：责任单位改动 1；第一部分第1条 扩大学位供给"
    )


def test_a_plan_that_was_deleted_and_came_back(office: Office, log: Said) -> None:
    office.write("a.yaml", PLAN)
    office.commit("起草")
    office.git("rm", "-q", "a.yaml")
    office.commit("不要了")
    assert [line[20:] for line in log("a.yaml")[1]] == ["删去文件", "新建，1 个部分、2 项任务"]
    office.write("a.yaml", PLAN)
    office.commit("还是要")
    assert len(log("a.yaml")[1]) == 3


def test_revisions_of_two_branches_are_told_against_their_own_past(office: Office, log: Said) -> None:
    office.write("a.yaml", PLAN)
    office.commit("起草")
    office.git("checkout", "-q", "-b", "教育科")
    office.write("a.yaml", PLAN.replace("6所", "8所"))
    office.commit("教育科意见")
    office.git("checkout", "-q", "main")
    office.write("a.yaml", PLAN.replace("必要的", "确有必要的"))
    office.commit("财务科意见")
    office.git("-c", "user.name=x", "-c", "user.email=x@y", "merge", "-q", "-m", "合并", "教育科")
    assert [line[20:] for line in log("a.yaml")[1]] == [
        "任务 2 → 2 项：改写 1；第一部分第2条 办好乡村学校",
        "任务 2 → 2 项：改写 1；第一部分第1条 扩大学位供给",
        "新建，1 个部分、2 项任务",
    ]


def test_not_more_than_asked_for(office: Office, log: Said) -> None:
    for schools in range(1, 24):
        office.write("a.yaml", PLAN.replace("6所", f"{schools}所"))
        office.commit(f"{schools}所")
    assert log("a.yaml", "-n", "2")[1:] == (
        [f"2027-01-{day}  张三      任务 2 → 2 项：改写 1；第一部分第1条 扩大学位供给" for day in (26, 25)],
        "还有更早的版本，用 -n 多列几个\n",
    )
    assert len(log("a.yaml")[1]) == 20
    _, lines, said = log("a.yaml", "-n", "23")
    assert (len(lines), said) == (23, "")


def test_each_revision_is_read_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for schools in range(1, 6):
        office.write("a.yaml", PLAN.replace("6所", f"{schools}所"))
        office.commit(f"{schools}所")
    read: list[str] = []

    def reading(source: Source) -> api.Reading:
        read.append(source.name)
        return api.open_reading(source)

    monkeypatch.setattr("plangen.history.open_reading", reading)
    assert len(list(milestones(office.folder / "a.yaml", 9))) == 5
    assert len(read) == 5


def test_the_revisions_of_what_is_no_plan(office: Office, log: Said) -> None:
    office.write("a.yaml", b"PK\x03\x04\0")
    office.commit("不是文字")
    office.write("a.yaml", PLAN.encode("gb18030"))
    office.commit("记事本")
    assert [line[20:] for line in log("a.yaml")[1]] == [
        "写得有错误，读不懂：第 1 行文件编码是 GBK（记事本的 ANSI），不是 UTF-8",
        "写得有错误，读不懂：在这个版本里不是文字文件",
    ]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("新的.yaml", 1, "新的.yaml: 错误 R035 计划还没有提交过"),
        ("打错.yaml", 2, "打错.yaml: 错误 R034 没有这个文件，git 里也没有过"),
        ("../a.yaml", 2, "错误 R031 不在 git 仓库里"),
    ],
)
def test_nothing_to_list(office: Office, log: Said, name: str, code: int, message: str) -> None:
    office.write("a.yaml", PLAN)
    office.commit("起草")
    office.write("新的.yaml", PLAN)
    assert log(name)[:2] == (code, [])
    assert message in log(name)[2]


def test_a_repository_without_commits(office: Office, log: Said) -> None:
    office.write("a.yaml", PLAN)
    code, _, said = log("a.yaml")
    assert (code, "R035 仓库里还没有提交过" in said) == (1, True)


@pytest.mark.parametrize("count", ["0", "-1", "两", "1.5"])
def test_a_count_that_is_none(log: Said, count: str) -> None:
    code, _, said = log("a.yaml", "-n", count)
    assert (code, f"“{count}”不是个数" in said) == (2, True)


def test_names_cannot_steer_the_terminal(office: Office, log: Said) -> None:
    office.write("a.yaml", PLAN)
    office.commit("起草", "\x1b[31m张三\x1b[0m")
    assert "\x1b" not in log("a.yaml")[1][0]
