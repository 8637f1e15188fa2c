"""What a task says in its prose that the plan format has keys for: owners, due dates, targets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.importing.traced import Traced
from plangen.plan.goals import Goal, GoalError, parse_goal
from plangen.plan.indicators import COMPARING, RATES, REACHING
from plangen.plan.prose import HANZI

_ROLES: Final = r"(?:牵头|责任|主办|承办|负责|配合|协办|参加|协同)"
_OFFICES: Final = r"(?:单位|部门|处室|科室|股室|领导|人)?"
_OWNERS: Final = re.compile(
    rf"[（(【]\s*(?P<parts>{_ROLES}{_OFFICES}[:：](?:[^（）()【】\n]|[（(][^（）()【】\n]*[）)])+?)\s*[）)】](?P<stop>[。.]?)\s*$"
)
_PART: Final = re.compile(rf"\s*(?P<label>{_ROLES}{_OFFICES})[:：](?P<units>[^；;:：]+)")
_SUPPORTING: Final = ("配合", "协办", "参加", "协同")
_UNITS: Final = re.compile(r"[^、，,\s]+")
_ETC: Final = re.compile(r"等(?:单位|部门|科室|处室)?$")

_TITLES: Final = re.compile(r"《[^》]*》|“[^”]*”")
_DUE: Final = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月(?:\d{1,2}日|底|上旬|中旬|下旬)?|年底|[一二三四]季度末?|[上下]半年)(?:之)?前(?=，|。|；|完成|建成|投用|全部|基本|实现|达到|到位|出台|启动)"
)

_RATE: Final = rf"(?:{RATES}|满意度)"
_VERB: Final = rf"(?:{REACHING})?"
_COMPARING: Final = rf"(?:{COMPARING})?"
_AFTER: Final = r"(?:及以上|以上|以下|以内|之内|左右)?"
_RATE_GOAL: Final = re.compile(
    rf"(?<![^，。；：、！？\n])(?P<indicator>[^，。；：、！？\n\d]{{2,24}}{_RATE})"
    rf"(?P<goal>{_VERB}{_COMPARING}\d{{1,3}}(?:\.\d+)?[%％]{_AFTER})(?=[，。；、！？]|$)"
)
_FIGURE: Final = re.compile(
    rf"(?:(?:{REACHING}|不低于|不少于|不超过|约){_COMPARING}|(?:新增|新建|培训|建成|评选|创建|培养)[{HANZI}]{{0,8}}?)\s*"
    r"\d+(?:\.\d+)?(?:个?百分点|[%％‰]|[万亿]?(?:平方米|人次|学时|课时|学位|公里)|[万亿]?[所名人次项家条场篇件套台户期批个])"
    rf"{_AFTER}"
)
_GOAL_VERB: Final = re.compile(
    "稳定在|保持在|巩固在|控制在|提高到|提升到|提高至|提升至|下降到|降低到|降至|增至|达到|建成|建设|新建|新增|增加|提高|提升|下降|降低|减少|压减|培训|培养|"
    "创建|评选|不低于|不少于|不高于|不超过|至少|超过|高于|低于|约|≥|≤"
)
_GOAL_WITHIN: Final = re.compile(
    rf"(?P<indicator>[^，。；：、！？\n\d]{{2,24}}?)(?P<goal>{_VERB}{_COMPARING}\d[\d.,]*(?:[~～—–-]\d[\d.,]*)?[^，。；：、\d]{{0,4}}?{_AFTER})"
    r"(?=[，。；：、！？（]|$)"
)
_OPENERS: Final = re.compile(r"^(?:力争|确保|争取|使|要|到年底|年内)")
_CLAUSE_END: Final = re.compile("[，。；、！？（]")
_LEAD_IN: Final = 12


class Owners(NamedTuple):
    """Who is responsible for a task, and what they are called there; `etc` says that 等 stood behind them."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    lead_label: str
    support_label: str
    etc: bool


class FoundTarget(NamedTuple):
    """A target that prose states, and where its words start and end (exclusive) in the paragraph.

    `wording` is how it is said where that is not its indicator with its goal, else "". `goal_only` says that the words
    are those of the goal alone.
    """

    indicator: str
    goal: Goal
    start: int
    end: int
    wording: str = ""
    goal_only: bool = False


def ends_with_owners(text: str) -> bool:
    """Whether a text ends with the bracket of owners a task ends with."""
    return _OWNERS.search(text) is not None


def take_owners(text: Traced) -> tuple[Traced, Traced, Owners | None]:
    """Return a paragraph without the bracket of owners it ends with, that bracket, and whom it names."""
    found = _OWNERS.search(text.text)
    if not found:
        return text, text.part(0, 0), None
    rest = text.part(0, found.start())
    bracket = text.part(found.start(), found.start("stop"))
    if found["stop"] and not rest.text.endswith("。"):
        rest = Traced(rest.text + "。", [*rest.offsets, text.offsets[found.start("stop")]])
    units: dict[bool, list[str]] = {False: [], True: []}
    labels = {False: "", True: ""}
    etc = False
    for part in _PART.finditer(found["parts"]):
        supporting = part["label"].startswith(_SUPPORTING)
        labels[supporting] = part["label"]
        for unit in _UNITS.findall(part["units"]):
            bare = _ETC.sub("", unit)
            etc = etc or bare != unit
            units[supporting] += [bare] if bare else []
    if not units[False] and not units[True]:
        return text, text.part(0, 0), None
    return rest, bracket, Owners(tuple(units[False]), tuple(units[True]), labels[False], labels[True], etc)


def find_due(paragraphs: Sequence[str]) -> list[str]:
    """Return the days by which a task is to be done that its prose names."""
    return [found[0] for text in paragraphs for found in _DUE.finditer(_without_titles(text))]


def find_targets(paragraph: str, phrases: Iterable[str] = (), indicators: Iterable[str] = ()) -> list[FoundTarget]:
    """Return the targets that are certain, in order.

    They are those a table names, by their whole `phrases` or their `indicators` alone, and rates with their percentage
    that have a clause to themselves.
    """
    found = [
        *_named_phrases(paragraph, phrases, indicators),
        *_named_indicators(paragraph, indicators),
        *_rates(paragraph),
    ]
    targets: list[FoundTarget] = []
    for each in sorted(found, key=lambda target: (target.start, -target.end)):
        if each.indicator == each.indicator.strip() and (not targets or each.start >= targets[-1].end):
            targets.append(each)
    return targets


def _named_phrases(paragraph: str, phrases: Iterable[str], indicators: Iterable[str]) -> Iterator[FoundTarget]:
    for phrase in phrases:
        start = paragraph.find(phrase)
        for target in _worded(phrase, start, indicators):
            goal = target.goal.written
            if start >= 0:
                yield target
            elif paragraph.count(goal) == 1 and not target.wording:
                at = paragraph.index(goal)
                yield target._replace(start=at, end=at + len(goal), goal_only=True)


def _worded(phrase: str, start: int, indicators: Iterable[str]) -> Iterator[FoundTarget]:
    """Yield the target that a phrase words, by its indicator with its goal or in words of its own."""
    end = start + len(phrase)
    named = [len(name) for name in indicators if phrase.startswith(name)]
    verbs = [found.start() for found in _GOAL_VERB.finditer(phrase) if found.start()]
    for at in (*sorted(named, reverse=True), *verbs):
        goal = _goal(phrase[at:])
        if goal is not None:
            yield FoundTarget(phrase[:at], goal, start, end)
            return
    for found in _GOAL_WITHIN.finditer(phrase):
        goal = read_goal(found["goal"])
        if goal is not None:
            yield FoundTarget(found["indicator"], goal, start, end, phrase)
            return


def _named_indicators(paragraph: str, indicators: Iterable[str]) -> Iterator[FoundTarget]:
    for indicator in indicators:
        start = paragraph.find(indicator)
        end = start + len(indicator)
        written = _CLAUSE_END.split(paragraph[end:], maxsplit=1)[0] if start >= 0 else ""
        goal = _goal(written)
        if goal is not None:
            yield FoundTarget(indicator, goal, start, end + len(written))


def _rates(paragraph: str) -> Iterator[FoundTarget]:
    for found in _RATE_GOAL.finditer(paragraph):
        opener = _OPENERS.match(found["indicator"])
        start = found.start("indicator") + (opener.end() if opener else 0)
        indicator = paragraph[start : found.end("indicator")]
        goal = _goal(found["goal"])
        if goal is not None and len(indicator) > 2:
            yield FoundTarget(indicator, goal, start, found.end())


def _goal(written: str) -> Goal | None:
    """Return a goal that prints as it is written behind its indicator, without the verb that is printed anyway."""
    goals = map(read_goal, (written.removeprefix("达到"), written.removeprefix("控制在"), written))
    return next((goal for goal in goals if goal is not None and goal.phrase == written), None)


def read_goal(written: str) -> Goal | None:
    """Return a goal taken apart, `None` if it is none."""
    try:
        return parse_goal(written)
    except GoalError:
        return None


def find_figures(paragraph: str) -> Iterator[str]:
    """Yield what may be targets, with the words before them: figures that a verb or a comparison makes commitments."""
    masked = _without_titles(paragraph)
    certain = [(found.start, found.end) for found in find_targets(paragraph)]
    for found in _FIGURE.finditer(masked):
        if not any(start <= found.start() < end for start, end in certain):
            clause = re.split("[，。；：、（）\ufffc]", masked[: found.start()])[-1][-_LEAD_IN:]
            yield clause + found[0]


def _without_titles(text: str) -> str:
    """Return a text with titles and quotations hidden, at the same length."""
    return _TITLES.sub(lambda found: "\ufffc" * len(found[0]), text)
