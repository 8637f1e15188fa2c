"""The proof-reader: every rule by the examples of its docstring, its precision on real plans, exact places."""

import re
from collections import Counter
from collections.abc import Iterator
from inspect import getdoc
from pathlib import Path
from textwrap import indent
from typing import Final

import pytest

from plangen import api
from plangen.check.manuscript import Manuscript
from plangen.check.rules import COMMENT_CODES, RULES, Rule, Selection, matches_rule, proofread
from plangen.diagnostics import Diagnostic, Severity, Source
from plangen.diagnostics.catalogue import CATALOGUE
from plangen.outline.build import build_outline
from plangen.plan.calendar import COUNTED_EVENTS, five_year_plan
from plangen.plan.model import Plan, Section, Task
from plangen.source.loading import parse_record

ROOT: Final = Path(__file__).parents[1]
COUNTS: Final = ROOT / "tests" / "data" / "check_counts.txt"
EXAMPLE: Final = re.compile(r"^ *(Bad|Good): ((?:.|\n)*?)(?=^ *(?:Bad|Good): |\Z)", re.MULTILINE)
UNITS: Final = re.compile(r"units: \[(.*?)\], ")
TITLE: Final = "云川市2027年教育工作要点"


def source(example: str) -> Source:
    """Return a plan that holds an example: the text of a task, or in YAML keys of a section or of the plan."""
    example = " ".join(line.strip() for line in example.strip().splitlines())
    if example.startswith("title: "):
        return plan_of(f"sections:\n- heading: 甲\n  text: 深化改革。\n{example}")
    if example.startswith(("sections: ", "{year")):
        return Source("plan.yaml", example) if "{year" in example[:5] else plan_of(example)
    if example.startswith("{"):
        return plan_of(f"sections: [{{heading: 部分, {UNITS.sub('', example[1:])}]")
    return plan_of(f"sections:\n- heading: 部分\n  tasks:\n  - text: |\n{indent(example, '      ')}")


def units(example: str) -> list[str]:
    """Return the units an example says its project knows."""
    said = UNITS.search(example)
    return said[1].split(", ") if said else []


def plan_of(below: str) -> Source:
    head = "" if "title: 云" in below else f"title: {TITLE}\n"
    return Source("plan.yaml", f"{head}year: 2027\n{below}\n")


def read(text: Source) -> Plan:
    if text.text.startswith("{year"):
        text = Source(text.name, text.text.replace("{year", "{title: 云川市教育工作要点, year"))
    plan, diagnostics = parse_record(Plan, text)
    assert [*diagnostics, *build_outline(plan)[1]] == []
    return plan


def examples() -> Iterator[tuple[Rule, str, str]]:
    for rule in RULES:
        for kind, example in EXAMPLE.findall(getdoc(rule.find) or ""):
            yield rule, kind, example


@pytest.mark.parametrize(
    ("rule", "kind", "example"), list(examples()), ids=lambda v: v.code if isinstance(v, Rule) else v[:9]
)
def test_the_examples_of_a_rule_are_bad_and_good(rule: Rule, kind: str, example: str) -> None:
    found = list(rule.find(Manuscript(read(source(example)), units(example))))
    assert {each.code for each in found} == ({rule.code} if kind == "Bad" else set())
    assert all(each.span and each.message for each in found)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_a_bad_and_a_good_example(rule: Rule) -> None:
    assert [kind for kind, _ in EXAMPLE.findall(getdoc(rule.find) or "")] == ["Bad", "Good"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_safe_repair_leaves_nothing_to_find(rule: Rule) -> None:
    text = source(next(example for kind, example in EXAMPLE.findall(getdoc(rule.find) or "") if kind == "Bad"))
    fixes = [found.fix for found in rule.find(Manuscript(read(text))) if found.fix]
    mended = text.text
    for span, instead in sorted(fixes, key=lambda fix: -fix.span.start):
        mended = mended[: span.start] + instead + mended[span.end :]
    if fixes:
        assert list(rule.find(Manuscript(read(Source("plan.yaml", mended))))) == []


def test_every_code_of_a_rule_is_in_the_catalogue_once_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert {*COMMENT_CODES, *codes} == {code for code in CATALOGUE if code.startswith("L")}


def golden() -> dict[tuple[str, str], int]:
    """Return how often each code is expected in each plan; the reasons stand beside the counts."""
    rows = [line.split() for line in COUNTS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {(name, code): int(count) for name, code, count, *_ in rows}


def test_real_plans_have_no_false_error_and_every_warning_is_accounted_for() -> None:
    found: Counter[tuple[str, str]] = Counter()
    files = [*(ROOT.parent / "shared" / "acceptance").glob("*.yaml"), *(ROOT / "plans").glob("*.yaml")]
    if len(files) < 9:
        pytest.skip("the acceptance plans are not beside the checkout")
    for file in files:
        for each in api.check_plan(file):
            assert each.severity is not Severity.ERROR, each
            found[file.stem, each.code] += 1
    assert found == golden()


def places(text: str, prefix: str = "") -> list[tuple[int, int, str]]:
    plan = read(Source("plan.yaml", text))
    return [
        (*each.span.position, each.code)
        for each in proofread(plan, Selection((prefix,) if prefix else ()))
        if each.span
    ]


HEAD: Final = f"title: {TITLE}\nyear: 2027\nsections:\n- heading: 部分\n"


@pytest.mark.parametrize(
    ("below", "place"),
    [
        ("  text: |\n    第一句。\n    深化改革,推动发展。\n", (7, 9, "L101")),
        ("  text: 第一句。\n    深化改革,推动发展。\n", (6, 9, "L101")),
        ("  text: >-\n    第一句。\n\n    深化改革,推动发展。\n", (8, 9, "L101")),
        ("  text: '第一句。深化改革,推动发展。'\n", (5, 18, "L101")),
        ('  text: "第一句。\\\n    深化改革,推动发展。"\n', (6, 9, "L101")),
        ("  tasks:\n  - text: 第一句。\n    items:\n    - 第一点。\n    - 深化改革,推动发展。\n", (9, 11, "L101")),
    ],
)
def test_places_are_exact_in_every_style_of_yaml(below: str, place: tuple[int, int, str]) -> None:
    assert places(HEAD + below, "L101") == [place]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("大班额比例控制在5%以内。全市大班额比例控制在4%以内。", ["L501"]),
        ("巩固率从96%提高到97%。确保巩固率达到98%。", ["L501"]),
        ("去年巩固率达到96%。确保巩固率达到98%。", []),
        ("农村义务教育巩固率达到96%，义务教育巩固率达到98%。", []),
        ("抓好2026年中考，做好2026年度考核，编制2026—2030年规划。", ["L601"]),
        ("2026年第42个教师节以来，持续开展宣传。", []),
        ("组织第四十二个教师节活动，办好第31届推普周。", ["L604", "L604"]),
        ("“十四五”规划圆满收官，“十五五”规划开局之年打下基础，2027年是“十四五”收官之年。", ["L605", "L605"]),
        ("2026年是“十五五”规划开局之年，本年全面实施。", ["L601"]),
        ("学习党的十九届二中、三中、四中全会精神。", []),
        ("推进“1+X”证书、3×3篮球、x射线检查、A×B试验。", []),
        ("一、二年级不布置书面作业，第1届、第2届均可，上午9:30、600:1、1,200人。", []),
        ("办学26年的学校，26年来坚持改革，从教30年的教师，26年以上教龄，有26年党龄。", []),
        ("对照GB/T 9704-2012，办好3-6岁幼儿班，购置3-5台设备。", []),
        ("约600人参加，不少于20天，近5年内80%以上学校达标。", []),
        ("名单见附件1，本校附件2说明略。", ["L407"]),
        ("学生登陆宿舍区，用网页版登陆。", ["L303"]),
        ("新增学位9000个，其中小学5000个、初中3000个。", ["L507"]),
        ("新建学校20所，其中小学5所，改造学校30所。新建学校100所，其中，续建45所，改扩建36所，新建19所。", []),
        ("学校151所，其中小学65所，教学点39个，初中21所。共有学校5.28万所（其中职业初中40所、民办6所）。", ["L507"]),
        ("培训300名（含校长20名、园长30名），投资1.36亿元（市级0.8亿元、县级0.5亿元）。", ["L507"]),
        ("覆盖率98%（城区99%、乡村97%），约300人（男200人、女150人），初中750分（体育60分、实验20分）。", []),
        ("一是建机制。二要抓落实。一是单独一点。", ["L411", "L411", "L411"]),
        ("抓好三项改革：一是评价改革，二是招生改革。", ["L412"]),
        ("就业率由97%提高到96.5%，近视率较上年的51%下降到52%，学位由500个增加到800个。", ["L508", "L508"]),
        ("课堂效率提高20%，巩固率提高0.5%，比例提高到60%。", ["L509"]),
        ("2026年9月至2027年7月，2024—2035年，2026—2027学年，2027年9月—2026年12月。", ["L601", "L610"]),
        ("实实在在办事，培养5名名师，扶持5个个体户，每天8.5小时工作日，全部份额到位。", []),
        ("多做为民实事，随即要求整改又要报告，应急反应情况良好，（如需补充材料，另行通知）。", []),
        ("做好传染病疫情防控、流感疫情防控和重大动物疫情防控。", []),
        ("用“‘双减’行动”、《〈条例〉解读》、（含〔2026〕5号）。", []),
        ("教育局(含各科室)、教育 局、 学校。", ["L102", "L110", "L110"]),
    ],
)
def test_more_slips_and_what_only_looks_like_one(said: str, codes: list[str]) -> None:
    assert [code for _, _, code in places(HEAD + f"  text: {said}\n")] == codes


def test_paragraphs_may_count_off_points_together() -> None:
    assert places(HEAD + "  text: |\n    一是建机制。\n\n    二是抓落实。\n\n    三是强督导。\n") == []


def test_targets_that_are_parts_add_up_to_the_one_before_them() -> None:
    def parts(first: str, second: str) -> list[tuple[int, int, str]]:
        targets = (
            f"新增9000个}}, {{indicator: 其中：小学, goal: 新增{first}}}, {{indicator: 其中：初中, goal: 新增{second}}}"
        )
        return places(HEAD + f"  targets: [{{indicator: 学位, goal: {targets}]\n")

    assert parts("6000个", "3000个") == parts("6000个", "3000名") == []
    assert parts("6000个", "3500个") == parts("6000个", "2500个") == [(5, 35, "L507")]


def test_a_range_of_percentages_has_both_signs_in_a_goal_as_in_prose() -> None:
    """The form of a goal is accepted as typed and printed as typed, so the standard's demand is the check's to make."""
    plan = read(Source("plan.yaml", HEAD + "  targets: [{indicator: 录取率, goal: 15～20%}]\n"))
    (found,) = proofread(plan)
    assert (found.code, found.severity) == ("L202", Severity.ERROR)
    assert found.fix
    assert found.fix.text == "15%～20%"


def test_a_meeting_may_be_named_once_it_was_held() -> None:
    said = "title: 甲\nyear: 2025\nsections: [{heading: 甲, text: 学习党的二十大和二十届四中全会精神。}]\n"
    assert places(said) == [(3, 42, "L606")]
    assert places(said + "official: {date: 2025-11-03}\n") == []


def test_the_year_in_the_title_of_the_notice_is_looked_at() -> None:
    text = HEAD + "  text: 深化改革。\nnotice:\n  title: 关于印发《云川市2026年教育工作要点》的通知\n"
    assert places(text) == [(7, 18, "L602")]


def test_an_attachment_is_proof_read_but_may_number_by_hand() -> None:
    text = HEAD + "  text: 深化改革。\nattachments:\n- title: 报送要求\n  text: 1.落实布署。\n"
    assert places(text) == [(8, 13, "L301")]


def test_the_same_slip_on_several_lines_is_reported_at_each() -> None:
    text = HEAD + "  text: |\n    落实布署。\n    布署一、\n    布署二。\n\n    再布署。\n"
    assert places(text, "L301") == [(6, 7, "L301"), (7, 5, "L301"), (8, 5, "L301"), (10, 6, "L301")]


def test_escaped_text_is_found_and_the_value_as_a_whole_pointed_at() -> None:
    assert places(HEAD + '  text: "落实\\u5e03署。"\n', "L301") == [(5, 9, "L301")]


def test_references_and_addresses_are_no_prose() -> None:
    text = "  id: a,b\n".replace(",", "-") + "  text: 见第{@a-b}部分，网址http://a.cn/x?甲=1，信箱a@b.cn。\n"
    assert places(HEAD + text, "L1") == []


def test_a_plan_that_no_file_holds_can_be_proof_read() -> None:
    task = Task(text=("落实布署,抓好落实。",))
    plan = Plan(title=TITLE, year=2027, sections=(Section(heading="部分", tasks=(task,)),))
    found = list(proofread(plan))
    assert [(each.code, each.span, each.fix) for each in found] == [("L101", None, None), ("L301", None, None)]


def test_rules_are_selected_and_ignored_by_the_beginning_of_their_codes() -> None:
    plan = read(source("落实布署,抓好26年5月的工作。"))

    def codes(select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> list[str]:
        return [each.code for each in proofread(plan, Selection(select, ignore))]

    assert codes() == ["L101", "L201", "L301"]
    assert codes(("L1", "L301")) == ["L101", "L301"]
    assert codes((), ("L1", "L301")) == ["L201"]
    assert codes(("L",), ("L",)) == []
    assert matches_rule("L6")
    assert matches_rule("L003")
    assert not matches_rule("L9")
    assert not matches_rule("")


@pytest.mark.parametrize("year", range(2018, 2036))
def test_the_right_ordinal_pleases_and_its_neighbours_do_not(year: int) -> None:
    for event in COUNTED_EVENTS:
        right = event.ordinal(year)
        for number in (right - 1, right, right + 1):
            said = f"办好第{number}{event.counted}{event.name}。"
            text = f"title: 要点\nyear: {year}\nsections: [{{heading: 甲, text: {said}}}]\n"
            assert bool(places(text, "L604")) == (number != right and right > 0)


def test_five_year_plans_follow_one_another() -> None:
    assert [five_year_plan(number) for number in (12, 13, 14, 15)] == [
        (2011, 2015),
        (2016, 2020),
        (2021, 2025),
        (2026, 2030),
    ]


def test_a_long_plan_full_of_slips_is_read_in_linear_time() -> None:
    line = "落实布署,抓好(一)类26年5月60-70%“的新增XX所第42个教师节" + "义务教育" * 10 + "率达到98%" + "（" * 20
    plan = read(source(line * 400))
    found: list[Diagnostic] = list(proofread(plan))
    assert len(found) > 400
