"""`plangen diff` between revisions, as it is typed."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from plangen import cli
from repositories import PLAN, Office, settle

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Return a repository whose plan is broken in the middle of three revisions, the current folder being its top."""
    settle(tmp_path / "home", monkeypatch)
    office = Office(tmp_path / "局 办")
    monkeypatch.chdir(office.folder)
    for subject, text in (("一", PLAN), ("二", PLAN.replace("year: 2027", "year: 去年")), ("三", PLAN)):
        office.write("plan.yaml", text)
        office.commit(subject)
    return office


@pytest.fixture
def diff(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `plangen diff`, giving exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["plangen", "diff", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capfd.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return run


def test_the_file_against_what_was_committed(office: Office, diff: Run) -> None:
    assert diff("plan.yaml", "--exit-code")[0] == 0
    office.write("plan.yaml", PLAN.replace("2027-08", "2027-09"))
    code, printed, _ = diff("plan.yaml", "--exit-code")
    assert (code, "完成时限改动 1" in printed) == (1, True)
    assert diff("plan.yaml")[0] == 0


def test_a_new_and_a_deleted_plan(office: Office, diff: Run) -> None:
    (office.folder / "plan.yaml").rename("新.yaml")
    code, printed, said = diff("新.yaml")
    assert (code, "新增" in printed + said) == (0, True)
    code, printed, said = diff("plan.yaml")
    assert (code, "删除" in printed + said) == (0, True)


@pytest.mark.usefixtures("office")
def test_a_revision_with_mistakes_is_named_with_their_places(diff: Run) -> None:
    code, printed, said = diff("HEAD~1", "plan.yaml")
    assert (code, printed) == (1, "")
    assert "HEAD~1:plan.yaml:2:7: 错误 D506" in said
    assert "plan.yaml 读得出来" in said


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["mian", "plan.yaml"], 2, "错误 R032 没有版本“mian”"),
        (["打错.yaml"], 2, "打错.yaml: 错误 R034"),
        (["HEAD", "../plan.yaml"], 2, "错误 R031 不在 git 仓库里"),
        (["plan.yaml", "HEAD"], 2, "版本写在计划的前面"),
        (["a", "b", "c", "plan.yaml"], 2, "写一个计划"),
    ],
)
@pytest.mark.usefixtures("office")
def test_what_cannot_be_compared(diff: Run, words: list[str], code: int, message: str) -> None:
    ended, printed, said = diff(*words)
    assert (ended, printed) == (code, "")
    assert message in said


def test_a_redline_bears_the_author_and_the_date_of_the_revision(office: Office, diff: Run) -> None:
    office.write("plan.yaml", PLAN.replace("2027-08", "2027-09").replace("促进", "推进"))
    office.commit("四")
    assert diff("HEAD~1", "HEAD", "plan.yaml", "-o", "花脸稿.docx")[0] == 0
    with ZipFile("花脸稿.docx") as archive:
        body = archive.read("word/document.xml").decode()
    assert set(re.findall(r'w:author="([^"]*)"', body)) == {"张三"}
    assert len(set(re.findall(r'w:date="([^"]*)"', body))) == 1
