"""What a text of last year's plan says that another year changes, and what it says for the new year.

Carried forward is what moves with the plan: its own year, the end of the year before, school years, cohorts, counted
events, and what the calendar knows of five-year plans and meetings. Left as it is, for a person to look at, is what may
be a fact: years of the past and of the future, titles and numbers of documents, anniversaries. Words such as 去年 stay
right by themselves, but what is said of 去年 does not.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from plangen.plan.calendar import CONGRESSES, PLENUMS, Meeting
from plangen.plan.mentions import (
    BOOK_TITLE,
    CLOSING,
    COUNTED,
    OPENING,
    ORDINAL,
    YEAR,
    five_year_digit,
    five_year_labels,
    five_year_plans,
    meetings,
)
from plangen.plan.numerals import chinese, read_chinese

_DOCUMENT_NUMBER: Final = re.compile(r"〔(?P<year>(?:19|20)\d\d)〕(?P<number>\s*\d)?")
_RANGE: Final = re.compile(
    r"(?<!\d)(?P<first>(?:19|20)\d\d)年?\s*(?:[—－\-–~～]{1,2}|至|到)\s*(?P<last>(?:19|20)\d\d)(?!\d)(?P<school>年?学年)?"
)
_COHORT: Final = re.compile("[届级]")
_OLDEST_COHORT: Final = 3
"""How many years before the plan a cohort came that is still at school: three grades and the last."""

_OF_A_YEAR: Final = re.compile("学?年")
_DONE_THEN: Final = re.compile(
    r"年(?:\d{1,2}月(?:\d{1,2}日)?|[春秋]季?(?:学期)?)?"
    "(?:起|以来|至今|开始|启动|印发|出台|颁布|公布|施行|批准|成立|获评|建成的|实施的)"
)
"""What follows the year of something that is done once: the year after it is a fact."""

_END_OF_YEAR: Final = re.compile("年(?:年?[底末]|同期|相比|的?基础)")
_MEASURED_BY: Final = re.compile(r"(?:较|比|与|同|截至|截止到?|[到至])\s*$")
"""What follows or precedes the year before where it serves as the measure of this one."""

_MEASURE: Final = 3
"""Most characters of what precedes it."""

_OTHER_ORDINAL: Final = re.compile(f"{ORDINAL}届(?![一二三四五六七]中)")
_NTH_YEAR: Final = '[”’"]?[^，。；：“]{0,12}?第([一二三四五])年'
_ANNIVERSARY: Final = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)周年")
_THE_YEAR: Final = re.compile("(?:开局|起步|攻坚|关键|突破|深化|决胜|收官|收关|冲刺)(?:之年|年(?=[，。；、]))")
_SHORT_YEAR: Final = re.compile(r"(?<![\d.,第])(\d\d)年(?!级)")
_WRITTEN_YEAR: Final = re.compile("[一二][〇○零一二三四五六七八九]{3}年")
_CENTURY: Final = 100
_RELATIVE: Final = re.compile("去年|(?<!以)前年|上年(?!级)|上一年(?!级)|上年度|上学年|今年|明年|后年|下学年")
_SPIRIT: Final = "全会精神"


class Sort(Enum):
    """What is to become of an expression."""

    CARRIED = "carried"
    DOUBTFUL = "doubtful"
    RELATIVE = "relative"


class Expression(NamedTuple):
    """The characters `start` to `end` (exclusive) of a text, and what is to become of them.

    `new` is what stands there in the new year, of all but what is carried the same as before. `reason` says, of what is
    not carried, what a person is to look at.
    """

    start: int
    end: int
    new: str
    sort: Sort
    reason: str = ""


class Years(NamedTuple):
    """The years of the old and of the new plan.

    `titles` are the plan's own, whose year moves with it even between 《》. `school` says that the plan is for a school
    year, so that it spans two years.
    """

    old: int
    new: int
    titles: tuple[str, ...] = ()
    school: bool = False

    @property
    def own(self) -> tuple[int, ...]:
        """The years the old plan is for."""
        return (self.old, self.old + 1) if self.school else (self.old,)

    def carried(self, year: int) -> int:
        """Return the year that takes the place of another."""
        return year + self.new - self.old


def carry(text: str, years: Years) -> list[Expression]:
    """Return what another year changes in a text, in order; expressions do not overlap."""
    found: list[Expression] = []
    starts: list[int] = []
    for finder in _FINDERS:
        for each in finder(text, years):
            at = bisect_left(starts, each.start)
            free = (not at or found[at - 1].end <= each.start) and (at == len(found) or each.end <= found[at].start)
            if free:
                found.insert(at, each)
                starts.insert(at, each.start)
    return found


def carried_text(text: str, years: Years) -> str:
    """Return a text as it reads in the new year, what is doubtful left as it is."""
    pieces, done = [], 0
    for start, end, new, *_ in carry(text, years):
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def _moved(found: re.Match[str], group: int | str, years: Years) -> Expression:
    """Return a year that is carried forward."""
    return Expression(*found.span(group), str(years.carried(int(found[group]))), Sort.CARRIED)


def _doubt(found: re.Match[str], reason: str) -> Expression:
    return Expression(*found.span(), found[0], Sort.DOUBTFUL, reason)


def _titles(text: str, years: Years) -> Iterator[Expression]:
    for title in BOOK_TITLE.finditer(text):
        own = title[0][1:-1] in years.titles
        for found in YEAR.finditer(text, *title.span()):
            if own and int(found[0]) in years.own:
                yield _moved(found, 0, years)
            else:
                yield _doubt(found, "文件名里的年份")


def _document_numbers(text: str, years: Years) -> Iterator[Expression]:
    for found in _DOCUMENT_NUMBER.finditer(text):
        if found["number"] or int(found["year"]) != years.old:
            yield _doubt(found, "已经印发的文件的文号")
        else:
            yield _moved(found, "year", years)


def _ranges(text: str, years: Years) -> Iterator[Expression]:
    for found in _RANGE.finditer(text):
        first, last = int(found["first"]), int(found["last"])
        if found["school"] and last == first + 1 and years.old - 1 <= first <= years.old:
            yield _moved(found, "first", years)
            yield _moved(found, "last", years)
        else:
            yield _doubt(found, "起止年份，看是不是还在期内")


def _single_years(text: str, years: Years) -> Iterator[Expression]:
    for found in YEAR.finditer(text):
        year = int(found[0])
        if _COHORT.match(text, found.end()) and years.old - _OLDEST_COHORT <= year <= years.old + 1:
            yield _moved(found, 0, years)
        elif _OF_A_YEAR.match(text, found.end()):
            yield _moved(found, 0, years) if _moves(text, found, years) else _doubt(found, _why_not(year, years))
        elif year == years.old:
            yield _doubt(found, "没有写“年”，看是不是年份")


def _moves(text: str, found: re.Match[str], years: Years) -> bool:
    """Whether a year moves with the plan: its own, but for what is done once, and the year before as a measure."""
    year = int(found[0])
    if year in years.own:
        return not _DONE_THEN.match(text, found.end())
    before = text[max(0, found.start() - _MEASURE) : found.start()]
    return year == years.old - 1 and bool(_END_OF_YEAR.match(text, found.end()) or _MEASURED_BY.search(before))


def _why_not(year: int, years: Years) -> str:
    if year in years.own:
        return "可能是已经做过的事"
    if year < years.old:
        return "以前的年份"
    return "就是新计划的年份" if year == years.new else "以后的年份，可能是规划的期限"


def _counted_events(text: str, years: Years) -> Iterator[Expression]:
    for event, pattern in COUNTED:
        for found in pattern.finditer(text):
            digits = found[1].isdigit()
            number = int(found[1]) if digits else read_chinese(found[1])
            new = event.ordinal(years.new)
            if number == event.ordinal(years.old) and new > 0:
                yield Expression(*found.span(1), str(new) if digits else chinese(new), Sort.CARRIED)
            else:
                right = f"，{years.new}年是第{new}{event.counted}" if new > 0 else ""
                yield _doubt(found, f"和{years.old}年对不上{right}")


def _other_ordinals(text: str, _years: Years) -> Iterator[Expression]:
    return (_doubt(found, "第几届，日历里没有") for found in _OTHER_ORDINAL.finditer(text))


def _five_years(text: str, years: Years) -> Iterator[Expression]:
    for label in five_year_labels(text):
        digit = five_year_digit(label.plan.number + 1)
        if label.word == CLOSING and label.year == years.old and years.new == years.old + 1 and digit:
            yield Expression(*label.plan.digit, digit, Sort.CARRIED)
            yield Expression(*label.plan.found.span(2), OPENING, Sort.CARRIED)
        elif label.year != years.new:
            yield _doubt(label.plan.found, f"{label.word}之年是{label.year}年")
    for plan in five_year_plans(text, _NTH_YEAR):
        first, last = plan.years
        if first + (read_chinese(plan.found[2]) or 0) - 1 == years.old and years.new <= last:
            yield Expression(*plan.found.span(2), chinese(years.new - first + 1), Sort.CARRIED)
        else:
            yield _doubt(plan.found, f"和{years.new}年对不上")
    for plan in five_year_plans(text):
        first, last = plan.years
        if years.old <= last < years.new:
            yield _doubt(plan.found, f"到{last}年为止")
        elif years.old < first <= years.new:
            yield _doubt(plan.found, f"{first}年开始")


def _meetings(text: str, years: Years) -> Iterator[Expression]:
    for held in (PLENUMS, CONGRESSES):
        before, now = newest(held, years.old), newest(held, years.new)
        if not (before and now) or before == now:
            continue
        for name, start, end, alone in meetings(text):
            if name != before.name:
                continue
            body, session = name[:-4], now.name[-4:-2]
            if held is PLENUMS and alone and now.name[:-4] == body and text.startswith(_SPIRIT, end):
                yield Expression(start, end, session, Sort.CARRIED)
            else:
                yield Expression(start, end, text[start:end], Sort.DOUBTFUL, f"之后又开了{now.name}")


def newest(held: tuple[Meeting, ...], year: int) -> Meeting | None:
    """Return the last of some meetings that ended before a year, `None` where there is none."""
    return max((each for each in held if each.ended < date(year, 1, 1)), key=lambda each: each.ended, default=None)


def _anniversaries(text: str, _years: Years) -> Iterator[Expression]:
    return (_doubt(found, "周年") for found in _ANNIVERSARY.finditer(text))


def _years_called(text: str, _years: Years) -> Iterator[Expression]:
    return (_doubt(found, "说的是上一年") for found in _THE_YEAR.finditer(text))


def _unusual_years(text: str, years: Years) -> Iterator[Expression]:
    near = {year % _CENTURY for year in range(years.old - 1, years.new + 1)}
    for found in _SHORT_YEAR.finditer(text):
        if int(found[1]) in near:
            yield _doubt(found, "像是两位数的年份")
    for found in _WRITTEN_YEAR.finditer(text):
        yield _doubt(found, "汉字写的年份")


def _relative(text: str, _years: Years) -> Iterator[Expression]:
    for found in _RELATIVE.finditer(text):
        yield Expression(*found.span(), found[0], Sort.RELATIVE, "说法不变，说的事要换成新的")


_FINDERS: Final = (
    *(_titles, _document_numbers, _ranges, _counted_events, _other_ordinals, _five_years, _meetings, _anniversaries),
    *(_years_called, _single_years, _unusual_years, _relative),
)
"""What finds expressions; of two that overlap, that of the first finder holds."""
