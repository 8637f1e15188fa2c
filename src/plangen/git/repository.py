"""The repository a plan is kept in: its revisions by name, what files held in them, and what became of a file."""

import os.path
import re
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, PlanError, Source, Span, whole_file
from plangen.git.process import Answer, ask, demand, failure
from plangen.source.files import MAX_BYTES, decode

_MOST_SUGGESTED: Final = 3
_BASE: Final = re.compile(r"(?<=.)[~^@:].*", re.DOTALL)
"""What git appends to the name of a branch or a tag to say which commit is meant (gitrevisions(7))."""

_COMMIT_FORMAT: Final = "--format=tformat:%H%x00%h%x00%aI%x00%aN%x00%s"
_COMMIT_FIELDS: Final = 5
_LOG: Final = (
    *("-c", "log.showRoot=true", "-c", "core.abbrev=auto"),
    *("log", "-z", "--no-color", "--no-show-signature", "--encoding=UTF-8"),
)
_SAMPLE: Final = 8000
"""Bytes in which a NUL makes a file binary: git's own measure (`buffer_is_binary` of its sources)."""


class Commit(NamedTuple):
    """A commit: its hash in full and as people write it, when and by whom its content was written, and its subject."""

    hash: str
    short: str
    date: datetime
    author: str
    subject: str


class Revision(NamedTuple):
    """A commit that changed a file: the file's path after and before it, and the hashes of what it held.

    `old_path` differs from `path` where the commit renamed the file. `blob` is `None` when the commit deleted the file,
    `old_blob` when it added it.
    """

    commit: Commit
    path: str
    old_path: str
    blob: str | None
    old_blob: str | None


class Repository(NamedTuple):
    """A repository with a work tree: the folder at the top of it, and the one git keeps its own files in.

    Work trees that share a repository share that `common` folder. Paths in a repository are texts, relative to its top,
    with forward slashes.
    """

    top: Path
    common: Path

    def resolve(self, revision: str) -> str:
        """Return the hash of the commit a revision names; raise `PlanError` when it names none, or more than one."""
        answer = self._parse(revision)
        doubt = self._doubt(revision, answer)
        if doubt:
            raise PlanError([doubt])
        return answer.text.strip()

    def has(self, revision: str) -> bool:
        """Whether a text names a commit."""
        return self._parse(revision).code == 0

    def merge_base(self, revision: str, other: str) -> str:
        """Return the abbreviated hash of the commit at which two revisions parted.

        Raises `PlanError` when they have nothing in common.
        """
        answer = ask(self.top, "merge-base", self.resolve(revision), self.resolve(other))
        if answer.code == 1 and not answer.said:
            message = f"版本“{revision}”和“{other}”没有共同的来历"
            raise PlanError([Diagnostic("R032", message, hint="两个版本中间写两个点，就直接比较它们")])
        if answer.code:
            raise failure(answer)
        return self.commit(answer.text.strip()).short

    def commit(self, revision: str) -> Commit:
        """Return the commit a revision names, for its author and date; raise `PlanError` when it names none."""
        answer = demand(self.top, *_LOG, "-1", _COMMIT_FORMAT, self.resolve(revision), "--")
        return _commit(answer.fields)

    def read(self, revision: str, path: str) -> bytes | None:
        """Return what a file held in a revision; `None` when there was no such file.

        Raises `PlanError` when the revision does not exist, or when what was there is no text, or too large.
        """
        name = PurePosixPath(f"{revision}:{path}")
        listed = demand(self.top, "ls-tree", "-z", "--long", "--full-tree", self.resolve(revision), "--", path).fields
        if not listed:
            return None
        mode, _, blob, size = listed[0].partition("\t")[0].split()
        if not mode.startswith("100"):
            raise _unusable(name, "在这个版本里不是普通的文件")
        if int(size) > MAX_BYTES:
            raise _unusable(name, f"在这个版本里太大，超过 {MAX_BYTES // 1024 // 1024} MB")
        return _text(name, demand(self.top, "cat-file", "blob", blob).printed)

    def source(self, revision: str, path: str) -> Source | None:
        """Return the text a file held in a revision, and with it that of the files around it; see `read`.

        It is named as git names it, `REVISION:PATH`, so that what is wrong with it is found with `git show`.
        """
        content = self.read(revision, path)
        if content is None:
            return None
        source = decode(PurePosixPath(f"{revision}:{path}"), content)
        source.neighbour = partial(self._neighbour, revision, PurePosixPath(path).parent)
        return source

    def _neighbour(self, revision: str, folder: PurePosixPath, written: str) -> Source:
        path = (folder / written).as_posix()
        source = self.source(revision, path)
        if source is None:
            hint = "检查文件名和所在的文件夹"
            raise PlanError([Diagnostic("F001", "文件不存在", whole_file(PurePosixPath(f"{revision}:{path}")), hint)])
        return source

    def old_path(self, path: str, revision: str, later: str | None) -> str | None:
        """Return what a file of a later revision was called in an earlier one; `None` when git finds no renaming.

        `later` of `None` means what is staged.
        """
        compare = ("diff-tree", "-r") if later else ("diff-index", "--cached")
        commits = [self.resolve(each) for each in (revision, later) if each]
        fields = demand(self.top, *compare, "-z", "-M", "--name-status", "--diff-filter=R", *commits, "--").fields
        renamed = dict(zip(fields[2::3], fields[1::3], strict=True))
        return renamed.get(path)

    def history(self, path: str, most: int) -> list[Revision]:
        """Return the commits that changed a file, newest first and not more than `most`; renamings are followed.

        Merges are left out: what they bring is in the commits they merge.
        """
        if not self.has("HEAD"):
            raise PlanError([self._no_commits()])
        options = ("--raw", "-M", "--follow", "--no-merges", f"--max-count={most}", _COMMIT_FORMAT)
        fields = iter(demand(self.top, *_LOG, *options, "HEAD", "--", path).fields)
        revisions = []
        for first in fields:
            commit = _commit([first, *(next(fields) for _ in range(_COMMIT_FIELDS - 1))])
            _, _, old_blob, blob, status = next(fields).split()
            old_path = next(fields)
            new_path = next(fields) if status[0] in "RC" else old_path
            revisions.append(Revision(commit, new_path, old_path, _existing(blob), _existing(old_blob)))
        return revisions

    def names(self) -> list[str]:
        """Return the names of all branches and tags."""
        kinds = ("refs/heads", "refs/tags", "refs/remotes")
        answer = demand(self.top, "for-each-ref", "--format=%(refname:short)", *kinds)
        return answer.text.split("\n")[:-1]

    def _parse(self, revision: str) -> Answer:
        return ask(self.top, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")

    def _doubt(self, revision: str, answer: Answer) -> Diagnostic | None:
        """Return why a revision names no commit, or not one alone; `None` when it names one."""
        if "ambiguous" in answer.said:
            hint = f"写长一些；分支写 refs/heads/{revision}，标签写 refs/tags/{revision}"
            return Diagnostic("R033", f"“{revision}”可以指几个版本", hint=hint)
        if "only goes back to" in answer.said:  # git says so and takes the oldest it knows
            hint = "本机只记得近来的版本；用 plangen log 计划 找出要比较的版本，写第一列的编号"
            return Diagnostic("R032", f"没有那么早的版本“{revision}”", hint=hint)
        if not answer.code:
            return None
        if not self.has("HEAD") and not self.names():
            return self._no_commits()
        return Diagnostic("R032", f"没有版本“{revision}”", hint=self._advice(revision))

    def _advice(self, revision: str) -> str:
        from difflib import get_close_matches  # noqa: PLC0415 - only mistakes pay for it

        base = _BASE.sub("", revision)
        if base != revision and self.has(base or "HEAD"):
            return f"“{base or 'HEAD'}”之前没有那么多个版本"
        names = ["HEAD", *self.names()]
        of_others = (name for name in names if name.endswith(f"/{base}"))  # a branch that only a remote has
        near = list(dict.fromkeys((*of_others, *get_close_matches(base, names, _MOST_SUGGESTED))))[:_MOST_SUGGESTED]
        return f"是否想写 {'、'.join(near)}？" if near else "用 plangen log 计划 列出计划的版本，写第一列的编号"

    def _no_commits(self) -> Diagnostic:
        hint = "先用 git add 和 git commit 提交一次"
        return Diagnostic("R035", "仓库里还没有提交过", whole_file(self.top), hint)


def locate(path: Path) -> tuple[Repository, str]:
    """Return the repository a file belongs to, and the file's path in it; the file itself need not exist.

    Symbolic links are followed: the history is that of what they lead to. Raises `PlanError` when there is no git, or
    when the file is in no repository.
    """
    real = Path(os.path.realpath(path))
    folder = next((each for each in real.parents if each.is_dir()), None)
    if folder is None:
        raise PlanError([Diagnostic("R031", "没有这个文件夹", whole_file(path.parent), "检查所在的盘和文件夹")])
    repository, prefix = find_repository(folder, path)
    return repository, prefix + real.relative_to(folder).as_posix()


def find_repository(folder: Path, asked: Path | None = None) -> tuple[Repository, str]:
    """Return the repository a folder is in, and the path of the folder in it, empty or with a slash at its end.

    `asked` is the file it is looked for, to be blamed when there is none; `None` blames the folder.
    """
    wanted = ("--show-toplevel", "--git-common-dir", "--show-prefix")
    answer = ask(folder, "rev-parse", "--path-format=absolute", *wanted)
    lines = answer.text.split("\n")
    if answer.code or len(lines) != len(wanted) + 1:
        raise _no_repository(folder, whole_file(asked or folder), answer)
    return Repository(Path(lines[0]), Path(lines[1])), lines[2]


def _no_repository(folder: Path, blamed: Span, answer: Answer) -> PlanError:
    if "dubious ownership" in answer.said:
        hint = f"确认可靠后运行 git config --global --add safe.directory {folder.resolve().as_posix()}"
        return PlanError([Diagnostic("R039", "仓库属于别的用户，git 不肯读", blamed, hint)])
    if "not a git repository" in answer.said:
        hint = "到放计划的仓库里运行；不在 git 里的计划，可以直接比较两个文件：plangen diff 旧.yaml 新.yaml"
        return PlanError([Diagnostic("R031", "不在 git 仓库里", blamed, hint)])
    if "work tree" in answer.said:
        hint = "到检出了文件的仓库里运行"
        return PlanError([Diagnostic("R031", "这里是 git 自己的文件夹，没有计划", blamed, hint)])
    return failure(answer)


def _commit(fields: list[str]) -> Commit:
    full, short, date, author, subject = fields
    return Commit(full, short, _date(date), author, subject)


def _date(written: str) -> datetime:
    """Return when a commit was written; without a date that exists the beginning of Unix time, as git has it."""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


def _existing(blob: str) -> str | None:
    """Return a hash, `None` for the one of zeros that stands for no file."""
    return blob if blob.strip("0") else None


def _text(name: PurePosixPath, content: bytes) -> bytes:
    if b"\0" in content[:_SAMPLE] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 has its own message
        raise _unusable(name, "在这个版本里不是文字文件")
    return content


def _unusable(name: PurePosixPath, message: str) -> PlanError:
    return PlanError(
        [Diagnostic("R036", message, whole_file(name), "检查是不是选错了文件；Word 文档先取出来，再比较两个文件")]
    )
