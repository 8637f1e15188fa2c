"""L2: numerals and units, GB/T 15835-2011 出版物上数字用法 and GB 3100 国际单位制及其应用."""

import re
from collections.abc import Iterator
from typing import Final

from plangen.check.manuscript import HANZI, Manuscript
from plangen.diagnostics import Diagnostic, Severity

_CENTURY: Final = 100
_SHORT_YEAR: Final = re.compile(
    r"(?<![\d.,第])(\d\d)年(?![来间级制龄期]|以[上来内]|多|的?历史)(?=(\d{1,2}月|[底初末春秋])?)"
)
_NOT_A_YEAR: Final = re.compile(r"(?:连续|从教|办学|建校|工作|近|约|历经|经过|长达|满|成立|任教|累计|已|有|至少|超过)$")
_DASH: Final = r"\s*[-－—–~～]{1,2}\s*"
_NUMBER: Final = r"\d+(?:\.\d+)?"
_PERCENT_RANGE: Final = re.compile(rf"(?<![\d.\-])({_NUMBER}){_DASH}({_NUMBER})([%％‰])")
_MYRIAD_RANGE: Final = re.compile(rf"(?<![\d.\-])({_NUMBER}){_DASH}({_NUMBER})([万亿](?:元|人次|人|名|个|册|平方米)?)")
_FULL_WIDTH: Final = re.compile("[０-９％]+(?:．[０-９]+％?)?")
_UNITS: Final = {"平米": "平方米", "公分": "厘米", "公尺": "米", "立米": "立方米"}
_UNIT: Final = re.compile(r"(?<=[\d万亿多余])(?:平米|公分|公尺|立米)")
_MIXED: Final = re.compile(
    r"\d[百千](?![分米克瓦伏帕卡赫兆字])|[二三四五六七八九]十\d|(?<![一二三四五六七八九五双第])十\d(?=[个名所项家场届])"
)
_MIXED_PERCENT: Final = re.compile(
    rf"百分之({_NUMBER})|(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九百]+)[%％]"
)
_ABOUT: Final = "一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九"
_ABOUT_PAUSED: Final = re.compile(
    rf"(?<![第一二三四五六七八九十、])(?:{_ABOUT})(?=[所个名天次场家件](?![一二三四五六七八九十]))"
)
_STRAY_COMMA: Final = re.compile(r"(?<![\d,])\d+(?:,\d{3})*,(?:\d{1,2}|\d{4,})(?![\d,])")
_YEARS: Final = re.compile(
    r"(?<![\d.\-])((?:19|20)\d\d年?)(?:\s*[-－–~～]{1,2}\s*|—{2})(?=(?:19|20)\d\d(?:年|学年|）))"
)
_ZERO: Final = re.compile(
    "(?<=[一二][一二三四五六七八九])[○OＯ0０](?=[一二三四五六七八九]年)|(?<=[一二])[○OＯ0０](?=[一二三四五六七八九〇]{2}年)"
)
_DOTTED_DAY: Final = re.compile(
    rf"(?<![\d.])(1[0-2]|[1-9])[.．](3[01]|[12]\d|[1-9])(?=[”’]?(?:全民|全国|国家|世界|国际|宪法|禁毒|消防|国防)[{HANZI}]{{0,10}}日)"
)
_PERCENTAGES: Final = re.compile(rf"(?<![\d.\-])({_NUMBER})%{_DASH}({_NUMBER})%")
_SIGN_TWICE: Final = re.compile("[%％]{2,}|‰{2,}")
_PADDED: Final = re.compile(r"(?<=\d年)0[1-9](?=月)|(?<=\d月)0[1-9](?=日)")
_DAY: Final = re.compile(r"(?<=\d月)(\d{1,2})号(?!线|楼|院|文)")
_TO_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


def short_year(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a year of two digits; GB/T 15835 §5.1.4.

    Bad: 在26年工作的基础上深化改革，27年3月启动。
    Good: 在2026年工作的基础上深化改革，表彰连续从教27年的教师。
    """
    year = manuscript.plan.year
    for passage in manuscript.passages:
        for found in _SHORT_YEAR.finditer(passage.plain):
            meant = year - year % _CENTURY + int(found[1])
            before = _NOT_A_YEAR.search(passage.plain[: found.start()])
            if not before and (found[2] or abs(meant - year) <= 1):
                start, end = found.span(1)
                yield passage.warn("L201", "年份要写四位数字", start, end, f"写成“{meant}年”")


def percent_range(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a range of percentages with one sign; GB/T 15835 §5.1.3 names 15～30% as wrong.

    Bad: 覆盖率保持在60-70%。
    Good: 覆盖率保持在60%～70%，落实《规划（2024—2035年）》。
    """
    for passage in manuscript.passages:
        for found in _PERCENT_RANGE.finditer(passage.plain):
            right = f"{found[1]}{found[3]}～{found[2]}{found[3]}"
            message, hint = "百分数的范围，前一个数也要带百分号", f"写成“{right}”"
            yield passage.warn("L202", message, *found.span(), hint, severity=Severity.ERROR, instead=right)


def myriad_range(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a range whose first number lacks 万 or 亿; GB/T 15835 §5.1.3 names 13～17万元 as wrong.

    Bad: 每校安排3-5万元。
    Good: 每校安排3万元～5万元。
    """
    for passage in manuscript.passages:
        for found in _MYRIAD_RANGE.finditer(passage.plain):
            right = f"{found[1]}{found[3]}～{found[2]}{found[3]}"
            message, hint = f"前一个数少了“{found[3]}”，会读错", f"写成“{right}”"
            yield passage.warn("L203", message, *found.span(), hint, severity=Severity.ERROR)


def full_width_digits(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find full-width digits; GB/T 15835 §4.1 asks for Arabic numerals, which official documents print half-width.

    Bad: 新增学位１２００个。
    Good: 新增学位1200个。
    """
    for passage in manuscript.passages:
        for found in _FULL_WIDTH.finditer(passage.plain):
            right = found[0].translate(_TO_HALF_WIDTH)
            yield passage.warn("L204", "用了全角数字", *found.span(), f"改成“{right}”", instead=right)


def colloquial_unit(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a unit that is none of the legal ones; GB 3100.

    Bad: 新建校舍3万平米。
    Good: 新建校舍3万平方米，水平米制一致。
    """
    for passage in manuscript.passages:
        for found in _UNIT.finditer(passage.plain):
            right = _UNITS[found[0]]
            message = f"“{found[0]}”不是法定计量单位"
            yield passage.warn("L205", message, *found.span(), f"改成“{right}”", instead=right)


def mixed_numerals(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find digits with 百 or 千; GB/T 15835 §5.3 allows 万 and 亿 only.

    Bad: 培训教师3千人。
    Good: 培训教师3000人，新增3千瓦光伏，提高2个百分点。
    """
    for passage in manuscript.passages:
        for found in _MIXED.finditer(passage.plain):
            yield passage.warn("L206", f"“{found[0]}”一个数里混用了数字和汉字", *found.span(), "全部写成数字")


def padded_date(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a month or day with a leading zero; GB/T 9704-2012 §7.3.5.4: 月、日不编虚位.

    Bad: 2027年03月05日前完成。
    Good: 2027年3月5日前完成。
    """
    for passage in manuscript.passages:
        for found in _PADDED.finditer(passage.plain):
            yield passage.warn("L207", "月、日前面不加0", *found.span(), "删去0", instead=found[0][1])


def day_as_number(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a day of the month written 号, the spoken form of 日.

    Bad: 9月10号前完成。
    Good: 9月10日前完成。
    """
    for passage in manuscript.passages:
        for found in _DAY.finditer(passage.plain):
            start, end = found.end() - 1, found.end()
            yield passage.warn("L208", "日期要写“日”", start, end, "“号”改成“日”", instead="日")


def mixed_percent(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a percentage half in digits and half in characters; GB/T 15835 §4.3: one kind of numeral in one number.

    Bad: 落实率百分之100。
    Good: 落实率100%，优课率百分之五十。
    """
    for passage in manuscript.passages:
        for found in _MIXED_PERCENT.finditer(passage.plain):
            right = f"{found[1]}%" if found[1] else None
            message, hint = f"“{found[0]}”混用了数字和汉字", f"写成“{right}”" if right else "写成数字加%"
            yield passage.warn("L209", message, *found.span(), hint, instead=right)


def pause_in_estimate(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a 、 between two numbers that stand for about so many; GB/T 15834 §4.5.3.4: 三四个, not 三、四个.

    Bad: 新建学校三、四所。
    Good: 新建学校三四所，办好一、二年级和第一、二所学校。
    """
    for passage in manuscript.passages:
        for found in _ABOUT_PAUSED.finditer(passage.plain):
            right = found[0].replace("、", "")
            message = "表示大约多少的两个数中间不用顿号"
            yield passage.warn("L210", message, *found.span(), f"大约的数，写成“{right}”")


def stray_comma(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a comma in a number where no thousand ends; GB/T 15835 §5.1.1 sets them three digits apart.

    Bad: 更新课桌椅1,20套。
    Good: 更新课桌椅1,200套，培训12,000人次。
    """
    for passage in manuscript.passages:
        for found in _STRAY_COMMA.finditer(passage.plain):
            message, hint = f"“{found[0]}”的逗号不在千位上", "删去逗号；是两个数的，用顿号隔开"
            yield passage.warn("L211", message, *found.span(), hint)


def sign_twice(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a percent sign typed twice.

    Bad: 达标率95%%。
    Good: 达标率95%。
    """
    for passage in manuscript.passages:
        for found in _SIGN_TWICE.finditer(passage.plain):
            yield passage.warn("L212", f"“{found[0]}”多了一个", *found.span(), "留一个", instead=found[0][0])


def dash_between_years(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find two years joined by anything but one 一字线; GB/T 15834 §4.13.3.

    Bad: 实施行动计划（2025-2027年）。
    Good: 实施行动计划（2025—2027年），按云教〔2027〕2-2027号办理。
    """
    for passage in manuscript.passages:
        for found in _YEARS.finditer(passage.plain):
            start, end = found.end(1), found.end()
            message = f"起止年份之间用了“{found[0][len(found[1]) :]}”"
            yield passage.warn("L213", message, start, end, "改成一字线“—”", instead="—")


def zero_in_year(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a year in Chinese numerals with a circle, a letter or a digit for 〇; GB/T 15835 §5.2.5.

    Bad: 二○二七年三月。
    Good: 二〇二七年三月，一〇一中学。
    """
    for passage in manuscript.passages:
        for found in _ZERO.finditer(passage.plain):
            yield passage.warn("L214", f"“{found[0]}”不是汉字的“〇”", *found.span(), "改成“〇”", instead="〇")


def dotted_day(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a day named by month and date with a full stop between them; GB/T 15834 §4.14.3.5: “12·4”.

    Bad: 开展12.4国家宪法日宣传。
    Good: 开展“12·4”国家宪法日宣传，优秀率12.4%，12.4平方米。
    """
    for passage in manuscript.passages:
        for found in _DOTTED_DAY.finditer(passage.plain):
            right = f"{found[1]}·{found[2]}"
            message, hint = f"“{found[0]}”的月和日之间要用间隔号", f"写成“{right}”，外面加引号"
            yield passage.warn("L215", message, *found.span(), hint, instead=right)


def falling_range(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a range of percentages whose second number is the smaller one.

    Bad: 参测率98%～95%。
    Good: 参测率95%～98%。
    """
    for passage in manuscript.passages:
        for found in _PERCENTAGES.finditer(passage.plain):
            if float(found[2]) < float(found[1]):
                yield passage.warn("L216", "范围的后一个数比前一个小", *found.span(), "核对两个数")
