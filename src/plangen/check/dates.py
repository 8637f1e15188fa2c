"""L6: years, due dates, counted events, five-year plans and meetings against the year of the plan."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from plangen.check.manuscript import Manuscript, Passage
from plangen.diagnostics import Diagnostic, Severity
from plangen.plan.calendar import CONGRESSES, COUNTED_EVENTS, PLENUMS, five_year_plan
from plangen.plan.dates import read_due
from plangen.plan.model import Notice, Plan, Target, Task
from plangen.plan.numerals import chinese

_YEAR: Final = re.compile(r"(?<![\d—－\-～~])((?:19|20)\d\d)年(?![度级—－\-～~]|[春秋][季学]|学年)")
_LOOKING_BACK: Final = re.compile(
    r"总结|回顾|去年|上年|上一年|过去一年|以来|相比|较上|[较比]\d{4}年|同比|基础上|已(?!于今)"
)
"""Words of a sentence that speaks of what was."""

_OF_THEN: Final = re.compile(
    "问题|考核|决算|审计|评估|结果|通报|印发|出台|启动|至今|年起|年末|年底|比|排名|成果|成效|遗留|结转|届|级|新增|增加"
    "|招收|招聘|入学|毕业|获|表彰|建成|完成"
)
"""Words of a clause that has its reason to name last year."""

_ONLY_A_DATE: Final = re.compile(
    r"(?:(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[底初末]|上半年|下半年|春季|秋季)?)"
)
_OPENS_WITH_DATE: Final = re.compile(r"(?:19|20)\d\d年，")
_BOOK_TITLE: Final = re.compile("《[^》]{0,80}》")
_ANY_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ORDINAL: Final = r"第\s*(\d+|[一二三四五六七八九十百]+)\s*[个届次][“‘]?(?:全国|全民|全市|全省|全县)*"
_COUNTED: Final = tuple((event, re.compile(f"{_ORDINAL}(?:{event.names.pattern})")) for event in COUNTED_EVENTS)
_LABEL: Final = re.compile(
    r"(?<![一二三四五六七八九])十([一二三四五六七八九])五[”’\"]?[^，。；：“]{0,12}?(开局|收官)(?:之年|年)"
)
_PLAN_BASE: Final = 10
_CONGRESS: Final = re.compile(f"(?<=党的)(?:{'|'.join(meeting.name for meeting in CONGRESSES)})")
_PLENUMS: Final = re.compile(r"(?<![省市县区委])(十九|二十)届((?:[一二三四五六七]中[、和])*[一二三四五六七]中)全会")
_NUMERALS: Final = "一二三四五六七八九"
_LATEST_DAY: Final = (6, 30)
"""Month and day by which the plan of a year is out."""


def year_left_over(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find last year's year in a sentence that does not look back, left over from last year's plan.

    Bad: 抓好2026年中考改革。
    Good: 总结2026年经验，落实《2026年行动方案》，做好2026年度考核。
    """
    last = str(manuscript.plan.year - 1)
    for passage in manuscript.passages:
        for found in _YEAR.finditer(passage.plain) if last in passage.plain else ():
            if found[1] == last and not _looks_back(passage, found.start()) and not _is_title(passage):
                message = f"“{last}年”是上年，计划是{manuscript.plan.year}年的"
                hint = f"要是忘了改，改成“{manuscript.plan.year}年”"
                yield passage.warn("L601", message, *found.span(), hint)


def _looks_back(passage: Passage, at: int) -> bool:
    """Whether a year at an offset is in the title of a document, or in a sentence that has a reason to name it."""
    titles = any(
        found.start() < at < found.end() for found in _BOOK_TITLE.finditer(passage.plain, max(0, at - 80), at + 80)
    )
    clause = passage.clause_around(at)
    if _ONLY_A_DATE.fullmatch(clause):
        clause += passage.clause_around(at + len(clause) + 1)
    opens = passage.name == "opening" and _OPENS_WITH_DATE.match(passage.sentence_around(at))
    return titles or bool(opens or tells_of_before(passage, at) or _OF_THEN.search(clause))


def tells_of_before(passage: Passage, at: int) -> bool:
    """Whether the sentence at an offset tells how things were."""
    return _LOOKING_BACK.search(passage.sentence_around(at)) is not None


def _is_title(passage: Passage) -> bool:
    """Whether a passage is the title of the plan or of its notice, which have a rule of their own."""
    return isinstance(passage.record, Plan | Notice) and passage.name == "title"


def year_of_title(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a title, of the plan or its notice, that names another year than the plan is for.

    Bad: title: 云川市2026年教育工作要点
    Good: title: 云川市2027年教育工作要点
    """
    year = manuscript.plan.year
    for passage in manuscript.passages:
        years = _ANY_YEAR.findall(passage.plain) if _is_title(passage) else []
        if years and str(year) not in years:
            found = _ANY_YEAR.search(passage.plain)
            if found:
                message = f"标题写的是{found[0]}年，year 写的是{year}"
                yield passage.warn("L602", message, *found.span(), "两处改成一致")


def due_outside_year(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a due date outside the year of the plan.

    Bad: {tasks: [{heading: 甲, due: 2026-08}]}
    Good: {tasks: [{heading: 甲, due: 2027-08}]}
    """
    year = manuscript.plan.year
    records: list[Task | Target] = [*manuscript.plan.targets]
    for section in manuscript.sections:
        records += section.targets
        for task in section.tasks:
            records += (task, *task.targets)
    for record in records:
        day = read_due(record.due).day if record.due else None
        if day and day.year != year:
            message = f"时限“{record.due}”不在{year}年"
            yield Diagnostic("L603", message, record.place.span("due"), "核对年份", Severity.WARNING)


def wrong_ordinal(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find the ordinal of a yearly event that is not the one of the plan's year; see `plan.calendar`.

    Bad: 组织第42个教师节庆祝活动。
    Good: 组织第43个教师节庆祝活动，办好第三十届全国推广普通话宣传周。
    """
    year = manuscript.plan.year
    for event, pattern in _COUNTED:
        for passage, found in manuscript.find_all(pattern):
            right = event.ordinal(year)
            if right < 1 or found[1] in (str(right), chinese(right)) or of_other_year(passage, found, year):
                continue
            correct = str(right) if found[1].isdigit() else chinese(right)
            message = f"{year}年的{event.name}是第{correct}{event.counted}，这里写的是“{found[1]}”"
            yield passage.warn("L604", message, *found.span(1), f"改成“{correct}”")


def of_other_year(passage: Passage, found: re.Match[str], year: int) -> bool:
    """Whether the sentence speaks of the event of another year."""
    years = _ANY_YEAR.findall(passage.sentence_around(found.start()))
    return bool(years) and str(year) not in years


def five_year_label(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find 开局之年 or 收官之年 of a five-year plan whose first or last year is another one.

    Bad: 2027年是“十四五”规划收官之年。
    Good: 2027年是“十五五”规划全面实施的关键之年，也是三年行动计划的收官之年。
    """
    year = manuscript.plan.year
    for passage in manuscript.passages:
        for found in _LABEL.finditer(passage.plain):
            first, last = five_year_plan(_PLAN_BASE + 1 + _NUMERALS.index(found[1]))
            right = first if found[2] == "开局" else last
            if right != year and str(right) not in passage.sentence_around(found.start()):
                message = f"“十{found[1]}五”是{first}年到{last}年，{found[2]}之年是{right}年"
                yield passage.warn("L605", message, *found.span(), "核对规划和年份")


def meeting_to_come(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a congress or plenum that was held only after the plan was made: its date, or else the middle of its year.

    Bad: {year: 2023, sections: [{heading: 学习, text: 学习党的二十届三中全会精神。}]}
    Good: {year: 2023, sections: [{heading: 学习, text: 学习党的二十大精神。}]}
    """
    ended = {meeting.name: meeting.ended for meeting in (*CONGRESSES, *PLENUMS)}
    plan = manuscript.plan
    made = (plan.official and plan.official.date) or date(plan.year, *_LATEST_DAY)
    for passage in manuscript.passages:
        for name, start, end in _meetings(passage):
            if name in ended and ended[name] > made:
                message = f"{name}是{ended[name].year}年开的，计划是{manuscript.plan.year}年的"
                yield passage.warn("L606", message, start, end, "核对会议的名称")


def _meetings(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """Yield the names of the meetings a passage mentions, in full, and where they are mentioned."""
    for found in _CONGRESS.finditer(passage.plain):
        yield found[0], *found.span()
    for found in _PLENUMS.finditer(passage.plain):
        for each in re.finditer("[一二三四五六七]中", found[2]):
            yield f"{found[1]}届{each[0]}全会", found.start(2) + each.start(), found.start(2) + each.end()


def congress_gone_by(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a congress in a plan that does not mention the newest one held before its year.

    Bad: 学习贯彻党的十九大精神。
    Good: 学习贯彻党的十九大、党的二十大精神。
    """
    held = [meeting.name for meeting in CONGRESSES if meeting.ended.year < manuscript.plan.year]
    mentioned = [(p, found) for p in manuscript.passages for found in _CONGRESS.finditer(p.plain)]
    if not held or not mentioned or any(held[-1] in passage.plain for passage in manuscript.passages):
        return
    for passage, found in mentioned:
        if found[0] in held:
            message = f"写了{found[0]}，全文没有提到{held[-1]}"
            yield passage.warn("L607", message, *found.span(), "核对会议的名称")
