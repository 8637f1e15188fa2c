"""The kinds of value particular to a plan: years, ids, markers, goals, dates and the forms GB/T 9704 demands."""

import re
from typing import Final

from plangen.plan.dates import DAY_PATTERN, check_due, parse_date
from plangen.plan.goals import ACCEPTED_FORMS, BLANK_GOAL, GOAL_PATTERN, PENDING, Goal, GoalError, parse_goal
from plangen.plan.markers import Marker, MarkerError, parse_marker
from plangen.plan.prose import ID_PATTERN
from plangen.plan.schema import Bounds, Kind, choice, choices, form

_YEARS: Final = Bounds(1900, 2199, whole=True)


def _year(written: str) -> int:
    if not (re.fullmatch("[0-9]{4}", written) and _YEARS.least <= int(written) <= _YEARS.largest):
        raise ValueError(f"“{written}”不是四位数字的年份")
    return int(written)


def _goal(written: str) -> Goal:
    try:
        return parse_goal(written)
    except GoalError:
        raise ValueError(f"目标“{written}”看不懂") from None


def _markers(written: tuple[str, ...]) -> tuple[Marker, ...]:
    return tuple(map(parse_marker, written))


def _one_marker(written: tuple[str, ...]) -> Marker:
    if len(written) != 1:
        raise MarkerError("任务只有一层，只能写一个编号样式")
    return parse_marker(written[0])


def _due(written: str) -> str:
    check_due(written)
    return written


_MARKER_HINT: Final = "写成第一个编号，如 一、 （一） 1. （1） ① 一是 第一部分，不编号写 none"
_LEVELS: Final = {
    "sections": "sections",
    "部分": "sections",
    "tasks": "tasks",
    "任务": "tasks",
    "items": "items",
    "要点": "items",
}
_TRUTH: Final = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}

YEAR: Final = Kind("年份", "text", _year, "D506", "写成四位数字，如 2027", blank=0, bounds=_YEARS)
ID: Final = form(
    "编码",
    ID_PATTERN.pattern,
    "用字母、数字、汉字、短横线和下划线，如 school-places",
    code="D513",
    wrong="{name}“{written}”含有不能用的字符",
)
GOAL: Final = Kind(
    "目标值",
    "text",
    _goal,
    "D509",
    f"可以写成：{ACCEPTED_FORMS}；还没有定的写{PENDING}",
    blank=BLANK_GOAL,
    pattern=f"{PENDING}|{GOAL_PATTERN}",
)
DUE: Final = Kind("时限", "text", _due, "D508", "写成 2027-06-30、2027-06、2027年第二季度，或 9月底前 这样的文字")
DATE: Final = Kind("日期", "text", parse_date, "D508", "写成 2027-02-18 或 2027年2月18日", pattern=DAY_PATTERN)
MARKER: Final = Kind("编号样式", "lexemes", _one_marker, "D510", _MARKER_HINT)
MARKERS: Final = Kind("编号样式或其列表", "lexemes", _markers, "D510", _MARKER_HINT)
LEVELS: Final = choices("层次的列表", _LEVELS)
INLINE_LEVELS: Final = choices("层次的列表", {w: level for w, level in _LEVELS.items() if level != "sections"})
TRUTH: Final = choice("是或否", _TRUTH)
TASK_HEADING: Final = choice(
    "任务标题的排法", {"run-in": "run-in", "own-line": "own-line", "接排": "run-in", "独行": "own-line"}
)
RUN_IN_MARK: Final = choice("任务标题后的标点", {"。": "。", "：": "：", ":": "："})
OWNERS: Final = choice(
    "责任单位的排法", {"hidden": "hidden", "bracket": "bracket", "不印": "hidden", "括注": "bracket"}
)
TABLE: Final = choice("附表", {"tasks": "tasks", "targets": "targets", "任务": "tasks", "指标": "targets"})

HEAD: Final = choice("版头", {"document": "document", "letter": "letter", "文件": "document", "信函": "letter"})
COPY_NUMBER: Final = form("份号", r"[0-9]{1,6}", "一般用6位数字，如 000012（GB/T 9704 7.2.1）")
SECRECY: Final = form("密级", r"(?:绝密|机密|秘密)(?:★.{1,8})?", "写成 秘密、机密★1年（GB/T 9704 7.2.2）")
URGENCY: Final = form("紧急程度", r"特急|加急", "写成 特急 或 加急（GB/T 9704 7.2.3）")
DOCUMENT_NUMBER: Final = form(
    "发文字号",
    r"[㐀-鿿]{1,12}〔[0-9]{4}〕[1-9][0-9]*号",
    "写成 云教〔2027〕3号：六角括号〔〕，不加“第”，不编虚位（GB/T 9704 7.2.5）",
)
