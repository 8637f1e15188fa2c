"""`plangen fmt`: how a plan is written becomes uniform, what it says stays, comments included."""

import json
import re
import time
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plangen import api
from plangen.diagnostics import PlanError, Severity, Source
from plangen.plan.model import Plan
from plangen.source.difference import unified_difference
from plangen.source.encodings import decode_foreign
from plangen.source.formatting import NO_WISHES, Wishes, format_source
from plangen.source.indentation import comments
from plangen.source.keys import Language
from plangen.source.loading import parse_record
from plangen.source.sentences import prose_lines
from strategies import PLANS, PROSE_KEYS, Typed

ROOT = Path(__file__).parents[1]
PLAN_FILES = [*sorted(ROOT.glob("plans/*.yaml")), *sorted(ROOT.parent.glob("shared/acceptance/*.yaml"))]
plans = settings(max_examples=60, deadline=None)


def formatted(text: str, wishes: Wishes = NO_WISHES) -> str:
    return format_source(Source("plan.yaml", text), wishes).text


def read(text: str) -> Plan:
    plan, _ = parse_record(Plan, Source("plan.yaml", text))
    return plan


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PLAN_FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("wishes", [NO_WISHES, Wishes("zh"), Wishes("en", ids=True)], ids=str)
def test_a_plan_says_the_same_and_formatting_again_changes_nothing(path: Path, wishes: Wishes) -> None:
    text = path.read_text(encoding="utf-8")
    once = formatted(text, wishes)
    assert formatted(once, wishes) == once
    assert comments(once) == comments(text)
    if not wishes.ids:
        assert read(once) == read(text)


def test_the_example_plans_are_in_the_house_style() -> None:
    for path in ROOT.glob("plans/*.yaml"):
        change = api.format_plan(path)
        assert change.new == change.old, path.name


def test_chinese_keys_and_back_is_what_it_was() -> None:
    text = (ROOT / "plans" / "2027.yaml").read_text(encoding="utf-8")
    chinese = formatted(text, Wishes("zh"))
    assert "标题: " in chinese
    assert formatted(chinese, Wishes("en")) == text


def test_ids_are_given_once_and_stay_whatever_the_text_becomes() -> None:
    text = (ROOT / "plans" / "2027-school.yaml").read_text(encoding="utf-8")
    given_once = formatted(text, Wishes(ids=True))
    ids = re.findall(r"^ *id: (\S+)$", given_once, re.MULTILINE)
    assert len(ids) == len(set(ids)) > 20
    heading = next(line for line in given_once.splitlines() if "heading: " in line)
    edited = given_once.replace(heading, f"{heading}（修改）")
    assert formatted(edited, Wishes(ids=True)) == edited


def test_a_file_keeps_its_byte_order_mark_and_line_breaks(tmp_path: Path) -> None:
    good = "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n"
    for text in ("\ufeff" + good, good.replace("\n", "\r\n"), "\ufeff" + good.replace("\n", "\r\n")):
        path = tmp_path / "plan.yaml"
        path.write_bytes(text.encode())
        change = api.format_plan(path)
        assert change.new == change.old
        path.write_bytes(text.replace("  - ", "- ").encode())
        assert api.format_plan(path).new == text.encode()


def test_mixed_line_breaks_become_that_of_the_first_line() -> None:
    assert formatted("title: 甲\r\nyear: 2027\nissuer: 乙\rclosing: 丙") == (
        "title: 甲\r\nyear: 2027\r\nissuer: 乙\r\nclosing: 丙\r\n"
    )


@pytest.mark.parametrize("path", sorted(Path(__file__).parent.glob("data/slips/*.yaml")), ids=lambda path: path.stem)
def test_a_slip_is_repaired_or_the_file_refused_with_what_check_says(path: Path) -> None:
    try:
        change = api.format_plan(path)
    except PlanError as error:
        assert error.diagnostics
        assert all(each.code[0] in "YF" for each in error.diagnostics)
        assert not any(each.code == "F008" for each in error.diagnostics)
        return
    _, diagnostics = parse_record(Plan, Source("plan.yaml", change.after))
    assert not [each for each in diagnostics if each.code.startswith("Y") and each.severity is Severity.ERROR]
    assert squeezed(change.after) == squeezed(change.before)


def squeezed(text: str) -> str:
    """Return a text without blanks and signs of YAML."""
    return re.sub(r"[\s\u200b:：︰﹕∶,，\[\]［］【】{}｛｝–—－•·|-]", "", text)


def test_a_file_in_doubt_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text("title：甲\nyear: 2027\nsections:\n  - heading: 一: 二\n", encoding="utf-8")
    with pytest.raises(PlanError) as refused:
        api.format_plan(path)
    assert [(each.code, each.span and each.span.position) for each in refused.value.diagnostics] == [("Y018", (4, 15))]


def test_a_tab_that_fits_nowhere_is_in_doubt() -> None:
    with pytest.raises(PlanError):
        formatted("title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n\tissuer: 丁\n")


@pytest.mark.parametrize(
    "fault", ["title: 乙\n", "title: 甲 # 说明\n", "title: 甲\nid: 乙\n", "title: [\n", "title: 甲：\n"]
)
def test_a_fault_of_formatting_is_found_out_before_anything_is_written(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plangen.source.formatting.indent", lambda _text: fault)
    with pytest.raises(PlanError) as refused:
        formatted("title: 甲\n")
    assert [each.code for each in refused.value.diagnostics] == ["F008"]


TASK: Final = """      - heading: 深化理论学习武装{n}
        text: 坚持把学习作为首要政治任务，按季度编发学习清单。用好“云川教育讲堂”，组织宣讲{n}次。
        targets:
        - {{id: surveys{n}, indicator: 成果{n}, goal: 12篇以上}}
        lead: 机关党委   # 说明
        support: [办公室, 宣传德育科]
"""
HEAD: Final = "title: 甲\nyear: 2027\nsections:\n  - heading: 乙\n    tasks:\n"


def test_three_thousand_tasks_take_seconds() -> None:
    text = HEAD + "".join(TASK.format(n=n) for n in range(3000))
    start = time.process_time()
    once = formatted(text, Wishes("zh", ids=True))
    assert len(list(unified_difference("a", text, once))) > 3000
    assert time.process_time() - start < 20  # about three on an idle machine


def test_a_plan_typed_with_full_width_colons_throughout_is_repaired() -> None:
    text = (ROOT / "plans" / "2027.yaml").read_text(encoding="utf-8")
    slipped = re.sub(r"^(\s*(?:- )?[a-z_]+): (?=\S)", r"\1：", text, flags=re.MULTILINE)
    assert slipped.count("：") > 300
    assert formatted(slipped) == text
    assert formatted(text.replace("- ", "– ")) == text.replace("– ", "- ")
    assert formatted(re.sub(r"^ +", lambda found: "\t" * (len(found[0]) // 2), text, flags=re.MULTILINE)) == text


# --- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        ("甲。乙；丙！丁？戊", ["甲。", "乙；", "丙！", "丁？", "戊"]),
        ("一是摸清底数；二是分类施策。", ["一是摸清底数；", "二是分类施策。"]),
        ("抓好“双减。课后服务。”工作。年内见效。", ["抓好“双减。课后服务。”工作。", "年内见效。"]),
        ("他说：“抓落实。”各校照办。", ["他说：“抓落实。”", "各校照办。"]),
        ("“抓落实。”的要求。", ["“抓落实。”的要求。"]),
        ("《怎么办？》一文。主题是“准备好了吗？”的班会。", ["《怎么办？》一文。", "主题是“准备好了吗？”的班会。"]),
        ("（新建4所。改扩建2所。）年内交付。", ["（新建4所。改扩建2所。）", "年内交付。"]),
        ("“没有配对。乙。", ["“没有配对。", "乙。"]),
        ("甲。 乙。", ["甲。 乙。"]),
        ("甲？！乙。。。", ["甲？！", "乙。。。"]),
        ("增长3.5%。见http://a.cn/?b;c。", ["增长3.5%。", "见http://a.cn/?b;c。"]),
    ],
)
def test_a_sentence_is_a_line(prose: str, lines: list[str]) -> None:
    assert prose_lines([prose]) == lines


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    assert prose_lines(["甲。乙。", "丙。"]) == ["甲。", "乙。", "", "丙。"]


# --- however it is typed ---------------------------------------------------------------------------------------------

SENTENCES: Final = (
    "办好每一所学校。",
    "一是扩容；",
    "落实“双减。”",
    "abc def",
    "甲 # 乙",
    "(试行)",
    "- 丙: 丁。",
    "怎么办？",
)


class Typist:
    """Types plans as people do: any indentation, any style of scalar, comments and blank lines anywhere."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def type(self, plan: Typed) -> str:
        """Return a plan as the text of a file."""
        indent = self._one_of("", "", "  ")
        return "\n".join(self._mapping(plan, indent)) + self._one_of("", "\n", "\n \n")

    def _one_of(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _mapping(self, mapping: Typed, indent: str) -> list[str]:
        lines: list[str] = []
        for name, value in mapping.items():
            between = self._one_of("", f"\n{indent}# 说明", f"{indent} # 说明: {name}  ", "  ") if lines else ""
            lines += between.split("\n") if between else []
            lines += self._entry(name, value, indent)
        return lines

    def _entry(self, name: str, value: Any, indent: str) -> list[str]:
        deeper = indent + self._one_of(" ", "  ", "  ", "    ")
        if name in PROSE_KEYS:
            first, *rest = self._prose(value if isinstance(value, list) else [value], deeper)
            return [f"{indent}{name}: {first}", *rest]
        if isinstance(value, str):
            return [f"{indent}{name}: {quoted(escaped(value))}{self._comment()}"]
        if isinstance(value, dict):
            return [f"{indent}{name}:{self._comment()}", *self._mapping(value, deeper)]
        if not value or isinstance(value[0], str):
            return [f"{indent}{name}: {quoted(value)}{self._comment()}"] if value else []
        lines, column = [f"{indent}{name}:"], self._one_of(indent, deeper)
        for each in value:
            gap = self._one_of(" ", " ", "   ")
            first, *rest = self._mapping(each, f"{column} {gap}")
            lines += [f"{column}-{gap}{first.lstrip(' ')}", *rest]
        return lines

    def _comment(self) -> str:
        return self._one_of("", "", "  # 说明", "  ")

    def _prose(self, texts: list[str], indent: str) -> list[str]:
        """Return prose with some sentences more, in a style of YAML; the first line is not indented."""
        more = "".join(self._random.choices(SENTENCES, k=self._random.randint(0, 3))).strip()
        lines = "\n\n".join(escaped(text) for text in (*texts, more) if text).split("\n")
        sign = self._one_of('"', "'", "|", "|-", ">", ">-")
        if sign == '"':
            return [quoted("\n".join(lines)) + self._comment()]
        if sign != "'":
            broken = re.sub("(?<=[。；，])(?=[\u4e00-\u9fff])", self._one_of("", "\n"), "\n".join(lines)).split("\n")
            return [sign + self._comment(), *(indent + line if line else "" for line in broken)]
        first, *rest = ("'" + "\n".join(lines).replace("'", "''") + "'").split("\n")
        return [first, *(indent + line if line else "" for line in rest)]


def escaped(text: str) -> str:
    return text.replace("{@", "{{@")


def quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@plans
@given(PLANS, st.integers(0, 10**6))
def test_a_plan_typed_anyhow_says_the_same_afterwards(plan: Typed, seed: int) -> None:
    text = Typist(seed).type(plan)
    before, diagnostics = parse_record(Plan, Source("plan.yaml", text))
    assert not [each for each in diagnostics if each.code.startswith("Y")]
    once = formatted(text)
    assert read(once) == before
    assert comments(once) == comments(text)
    assert formatted(once) == once
    assert not re.search(r"[ \t]$", once, re.MULTILINE)
    assert once.endswith("\n")
    assert not once.endswith("\n\n")


@plans
@given(PLANS, st.integers(0, 10**6), st.sampled_from(["zh", "en"]))
def test_ids_and_keys_on_request_change_nothing_else(plan: Typed, seed: int, language: Language) -> None:
    text = formatted(Typist(seed).type(plan))
    named = formatted(text, Wishes(language, ids=True))
    assert formatted(named, Wishes(language, ids=True)) == named
    plain = re.sub(r"^( *)(?:id|编码): [st]-\w+\n", "", named, flags=re.MULTILINE)
    plain = re.sub(r"(- )(?:id|编码): [st]-\w+\n *", r"\1", plain)
    assert read(plain) == read(text)


SLIPS: Final = (
    (": ", "："),
    (": ", ":"),
    ("- ", "– "),
    ("- ", "-"),
    (": ", ":\u00a0"),
    ("- ", "－"),
    ("  ", "\t"),
    ("  ", "\u3000"),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLAN_FILES[:4]), st.lists(st.tuples(st.integers(0, 400), st.sampled_from(SLIPS)), max_size=5))
def test_a_plan_with_slips_becomes_what_it_was_or_is_refused(
    path: Path, slips: list[tuple[int, tuple[str, str]]]
) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    right = "\n".join(lines) + "\n"
    for number, (sign, slip) in slips:
        at = number % len(lines)
        if re.match(r" *(?:- )?[a-z_]+:", lines[at]):
            lines[at] = lines[at].replace(sign, slip, 1)
    wrong = "\n".join(lines) + "\n"
    try:
        assert read(formatted(wrong)) == read(right)
    except PlanError:
        assert wrong != right


# --- encodings and differences ---------------------------------------------------------------------------------------


@given(
    st.text("甲乙丙：，。ab \n", min_size=4), st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"])
)
def test_a_text_of_another_encoding_is_read(text: str, encoding: str) -> None:
    assert decode_foreign(f"title: {text}\n".encode(encoding)) == f"title: {text}\n"


@pytest.mark.parametrize("content", [b"\xff\xff\xff", b"\0\0\0", b"a\0", b""])
def test_bytes_that_are_no_text_are_not_read_as_one(content: bytes) -> None:
    assert not decode_foreign(content)


def patched(lines: list[str], before: str) -> str:
    """Return a text with a unified diff applied, as `patch` does it."""
    old, new, at = before.splitlines(keepends=True), [], 0
    for line in lines[2:]:
        if found := re.match(r"@@ -(\d+),(\d+) ", line):
            start = int(found[1]) - (found[2] != "0")
            new += old[at:start]
            at = start
        elif line.startswith("\\"):
            new[-1:] = [new[-1].rstrip("\n")] if new and not lines[lines.index(line) - 1].startswith("-") else new[-1:]
        elif line[0] in " -":
            assert old[at].rstrip("\n") == line[1:]
            new += [line[1:] + "\n"] if line[0] == " " else []
            at += 1
        else:
            new.append(line[1:] + "\n")
    return "".join([*new, *old[at:]])


LINES: Final = st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=30).map("\n".join)


@given(LINES, LINES)
def test_a_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    before, after = before + "\n", after + "\n"
    lines = list(unified_difference("a.yaml", before, after))
    assert patched(lines, before) == after if lines else before == after


def test_a_difference_tells_of_a_missing_line_break_at_the_end() -> None:
    assert list(unified_difference("a.yaml", "甲", "甲\n")) == [
        *("--- a.yaml", "+++ a.yaml", "@@ -1,1 +1,1 @@"),
        *("-甲", "\\ 文件末尾没有换行", "+甲"),
    ]


def test_a_small_change_of_a_large_file_is_shown_small_and_at_once() -> None:
    before = "".join(f"第{n}行\n甲\n" for n in range(30000))
    start = time.process_time()
    assert len(list(unified_difference("a", before, before.replace("第777行", "改")))) == 11
    assert time.process_time() - start < 5
