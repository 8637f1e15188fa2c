"""Breaking a title over lines by sense: GB/T 9704-2012 §7.3.1 – whole words, symmetrical, a trapezoid or a diamond.

Widths are in characters of the title: one for a Chinese character, half for a Latin letter or digit.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Final

from plangen.render.page import PageGeometry
from plangen.render.style import TitleStyle

_WORDS: Final = (
    "关于|印发|转发|下达|公布|开展|做好|加强|推进|落实|贯彻|促进|实施|深化|深入|进一步|全面|加快|扎实"
    "|省委|市委|县委|区委|州委|人民政府|办公室|办公厅|委员会|教育体育局|教育局|教育厅|教育部|教育委员会"
    "|教育工作委员会|教育工委|教育工作领导小组|领导小组|工作专班|教育教学|教育体育|义务教育阶段|义务教育"
    "|学前教育|职业教育|继续教育|高等教育|特殊教育|民办教育|家庭教育|终身教育|基础教育|高中阶段|教育|体育"
    "|科技|文化|教师队伍|教师|学生|校长|儿童青少年|校园|周边环境|安全|学校|中小学幼儿园|中小学校|中小学生"
    "|中小学|小学|初级中学|高级中学|中学|高中|初中|幼儿园|大学|学院|中心|党建工作|党的建设|思想政治"
    "|意识形态|德育|体卫艺|劳动|心理健康|教研|科研|深入推进|开学工作|社会事业局|人力资源和社会保障局|高新技术产业开发区"
    "|高质量发展|高质量|优质均衡发展|优质均衡|发展|改革|建设|管理|治理|创新|提升"
    "|行动|工程|专项|综合治理|综合|年度|全市|全县|全区|全省|全校|有关工作|工作要点|工作计划|工作方案"
    "|工作安排|重点工作|重点任务|重点|任务|实施方案|实施意见|三年行动计划|行动计划|行动方案|规划|要点"
    "|计划|方案|意见|通知|的通知|的意见|的决定|的报告|的请示|的函"
)
"""Words of the genre that are never torn; longer ones win."""

_PLACE_ENDS: Final = tuple("省市县区州盟旗镇乡")
_ORGAN_ENDS: Final = (*"局厅部委府院校学园会室组司处科", "中心", "专班")
_ORGAN_STARTS: Final = ("委员会", "教育工作", "教育工委")
"""What goes on with the name of an organ that seems to have ended: 市委教育工作委员会."""

_KINDS_OF_SCHOOL: Final = frozenset({"学校", "小学", "校园", "大学", "中学", "中小学", "中小学校", "中小学幼儿园"})
"""Words that end like an organ's name but are none by themselves."""

_WIDE_SPACE: Final = "\u3000"
"""Typed between two organs, or before a period: the best place to break, and never at the start of a line."""

_NO_LINE_START: Final = "，。、：；！？”’》）〕】的" + _WIDE_SPACE
_NO_LINE_END: Final = "《“‘（〔【第"
_ADVERBS: Final = frozenset({"进一步", "全面", "深入", "加快", "扎实"})

_BEST, _GOOD, _FAIR, _POOR, _BAD, _NEVER = 0.0, 1.0, 2.5, 6.0, 15.0, 1000.0
"""What a break costs, from the end of an organ's name to the middle of a 书名号."""

_MAX_BALANCED_LINES: Final = 4
"""Beyond so many lines a title is simply filled: no document has one."""


def title_lines(
    title: str, chosen: Sequence[str], style: TitleStyle, page: PageGeometry, size: Decimal, *, landscape: bool = False
) -> list[str]:
    """Return the lines of a title: those its author chose, else broken by sense; wider pages bear longer ones.

    `size` is that of its type in points, the style's own or that of an office's base.
    """
    upright, capacity = max(1, page.characters(size)), page.characters(size, landscape=landscape)
    comfortable = min(style.characters, upright) * capacity // upright
    return [line.strip(" ") for line in chosen or break_title(title, comfortable, capacity)]


def break_title(title: str, comfortable: int, capacity: int) -> list[str]:
    """Return the lines of a title.

    A line has at most `capacity` characters, and no more than `comfortable` unless a word would be torn.
    """
    if _width(title) <= comfortable:
        return [title]
    fewest = max(1, -int(-_width(title) // capacity))
    if fewest > _MAX_BALANCED_LINES:
        return list(_fill(title, capacity))
    for token in (_token(), _token_within_names()):
        cuts = _cuts(title, token)
        candidates = [
            (_cost(lines, costs, comfortable), lines)
            for count in range(fewest, min(fewest + 1, _MAX_BALANCED_LINES) + 1)
            for lines, costs in _divisions(title, cuts, count, capacity)
        ]
        if candidates:
            return list(min(candidates)[1])
    return list(_fill(title, capacity))


def _divisions(
    title: str, cuts: Sequence[tuple[int, float]], count: int, capacity: int
) -> Iterator[tuple[tuple[str, ...], float]]:
    """Yield every way to divide a title into lines that fit, at `count` - 1 of the cuts, with what the cuts cost."""
    if count == 1:
        if _width(title) <= capacity:
            yield (title,), 0.0
        return
    for index, (place, cost) in enumerate(cuts):
        line, rest = title[:place], title[place:]
        if _width(line) > capacity:
            return
        if _width(rest) <= capacity * (count - 1):
            further = [(later - place, paid) for later, paid in cuts[index + 1 :]]
            for lines, paid in _divisions(rest, further, count - 1, capacity):
                yield (line, *lines), cost + paid


def _cost(lines: Sequence[str], cuts_cost: float, comfortable: int) -> float:
    widths = [_width(line) for line in lines]
    longest, shortest = max(widths), min(widths)
    crowded = sum(max(0.0, width - comfortable) for width in widths)
    orphan = 6.0 if widths[-1] <= 4 else 0.0
    return cuts_cost + _shape_cost(widths) + 8 * (longest - shortest) / longest + 4 * crowded + orphan + 3 * len(lines)


def _shape_cost(widths: Sequence[float]) -> float:
    """Return 0 for a trapezoid or a diamond, more for an hourglass or three equal lines (§7.3.1)."""
    steps = [after - before for before, after in pairwise(widths)]
    falling = False
    for step in steps:
        if step > 0 and falling:
            return 8.0
        falling = falling or step < 0
    return 2.0 if len(widths) > 2 and not any(steps) else 0.0


def _cuts(title: str, token: re.Pattern[str]) -> list[tuple[int, float]]:
    """Return the places between tokens where a title may be cut, with what it costs."""
    tokens = [found[0] for found in token.finditer(title)]
    cuts, place = [], 0
    for before, after in pairwise(tokens):
        place += len(before)
        cost = _cut_cost(before, after)
        if cost < _NEVER:
            cuts.append((place, cost))
    return cuts


@cache
def _token() -> re.Pattern[str]:
    """Return what a title is taken apart into: bracketed names, numbers with their units, words, characters."""
    return re.compile(r"《[^》]*》|" + _token_within_names().pattern)


@cache
def _token_within_names() -> re.Pattern[str]:
    """Return the same for titles that hold a name in 《》 longer than a line, which must be taken apart too."""
    number = r"[一二三四五六七八九十百零0-9]+"
    return re.compile(
        r"“[^”]*”|（[^）]*）|〔[^〕]*〕"
        rf"|第{number}(?:学期|学年|季度)"
        r"|[A-Za-z0-9.%]+(?:—[0-9]+)?(?:年度|学年度|学年|学期|年|月|日|个|所|项|号|期|届|次|周年|周|级|季度)?"
        rf"|第{number}[\u4e00-\u9fff]"
        rf"|{'|'.join(sorted(_WORDS.split('|'), key=len, reverse=True))}"
        r"|."
    )


def _cut_cost(before: str, after: str) -> float:  # noqa: PLR0911
    if after[0] in _NO_LINE_START or before[-1] in _NO_LINE_END:
        return _NEVER
    if after == "关于" or before == _WIDE_SPACE:
        return _BEST
    if before.endswith(_ORGAN_ENDS):
        return _BAD if after.startswith(_ORGAN_STARTS) else _POOR if before in _KINDS_OF_SCHOOL else _BEST
    if before[-1] in "》，、" or before.endswith("年"):
        return _GOOD
    if before in {"印发", "转发"} or after[0] in "《“":
        return _FAIR
    if before == "关于" or before in _ADVERBS:
        return _POOR
    if before.endswith(_PLACE_ENDS) or (len(before) > 1 and len(after) > 1):
        return _FAIR
    return _POOR if len(before) > 1 or len(after) > 1 else _BAD


def _fill(title: str, capacity: int) -> Iterator[str]:
    """Yield lines filled one after the other, torn between words where that is possible at all."""
    line = ""
    for found in _token_within_names().finditer(title):
        for piece in (found[0],) if _width(found[0]) <= capacity else found[0]:
            if _width(line + piece) > capacity:
                yield line
                line = ""
            line += piece
    yield line


def _width(text: str) -> float:
    return sum(map(_character_width, text))


@cache
def _character_width(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
