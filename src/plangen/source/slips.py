"""The slips of people who type Chinese: what is really wrong where a YAML parser stumbles, and what to type instead."""

import re
from typing import Final, NamedTuple

from plangen.diagnostics import Diagnostic, Source, Span

_LONGEST_LINE: Final = 2000
"""Most characters of a line searched for a slip: they stand at its beginning."""

SPACES: Final = "\u00a0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000"
"""What looks like a space, or like nothing, and is no space to YAML; for a character class."""

BARS: Final = "｜丨︱│∣＞"
"""What looks like the sign before several lines of text (| or >); for a character class."""

_ENTRY: Final = r"^\s*(?:- +)?"
_VALUE: Final = _ENTRY + r"(?:\w{1,16}: +)?"


class Slip(NamedTuple):
    """A slip of the keyboard: what betrays it on a line (group 1 is what to point at), what it is, how to mend it.

    `example` is a line that has the slip, `counterexample` a similar one that has not.
    """

    name: str
    code: str
    pattern: re.Pattern[str]
    message: str
    hint: str
    example: str
    counterexample: str


SLIPS: Final[tuple[Slip, ...]] = (
    Slip(
        "line separator",
        "Y005",
        re.compile("([\u2028\u2029\x85])"),
        "这里有看不见的换行符",
        "删掉这个字符，要换行就按回车键",
        "text: 甲\u2028乙",
        "text: 甲 乙",
    ),
    Slip(
        "conflict marker",
        "Y010",
        re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?: |$)"),
        "这里留有合并冲突的标记",
        "选定一边的内容，把 <<<<<<<、=======、>>>>>>> 三行删掉",
        "<<<<<<< HEAD",
        "<<: 甲",
    ),
    Slip(
        "document end",
        "Y022",
        re.compile(r"^(\.{3})\s*$"),
        "一个文件只能有一份文档",
        "删去 ... 这一行",
        "...",
        "...等",
    ),
    Slip(
        "reference in braces",
        "Y018",
        re.compile(r"^(?:[^\"'@]*[{\[](?!@)[^\"'@]*|\s*(?:- +)?(?:\w{1,16}: +)?)(\{@)"),
        "这里的 {@ 被当成了 YAML 的大括号",
        "整个值用引号括起来，或者写成 | 开头的多行文字",
        "text: {@rate}，继续提高",
        "text: 确保{@rate}",
    ),
    Slip(
        "tab in the indentation",
        "Y011",
        re.compile(r"^ *(\t+)"),
        "缩进用了制表符",
        "改成空格，每层两个",
        "\ttext: 甲",
        "text:\t甲",
    ),
    Slip(
        "full-width space in the indentation",
        "Y011",
        re.compile(r"^ *(\u3000+)"),
        "缩进用了全角空格",
        "改成半角空格，每层两个",
        "\u3000\u3000text: 甲",
        "text: \u3000甲",
    ),
    Slip(
        "no-break space in the indentation",
        "Y011",
        re.compile(rf"^ *([{SPACES}]+)"),
        "缩进用了特殊空格",
        "改成半角空格，每层两个",
        "\u00a0\u00a0text: 甲",
        "text: \u00a0甲",
    ),
    Slip(
        "full-width space after the colon or dash",
        "Y016",
        re.compile(r"^[^#\"']*?(?::|^\s*-) *(\u3000)"),
        "这里是全角空格，不是普通空格",
        "删掉重新打一个空格",
        "text:\u3000甲",
        "text: 甲\u3000乙",
    ),
    Slip(
        "no-break space",
        "Y016",
        re.compile(rf"^[^#]*?[:-]([{SPACES}])"),
        "这里是特殊空格，不是普通空格",
        "删掉重新打一个空格",
        "year:\u00a02027",
        "text: 甲\u00a0乙",
    ),
    Slip(
        "special space at a key",
        "Y016",
        re.compile(rf"{_ENTRY}[\w\u4e00-\u9fff]{{1,16}}([{SPACES}]+) *:"),
        "键里有特殊空格",
        "删掉这个空格",
        "lead\u3000: 甲",
        "lead : 甲",
    ),
    Slip(
        "tab after the dash",
        "Y016",
        re.compile(r"^\s*-(\t)"),
        "短横线后面是制表符，不是空格",
        "改成一个空格",
        "-\theading: 甲",
        "- heading:\t甲",
    ),
    Slip(
        "dash that is none",
        "Y012",
        re.compile(r"^\s*([–—－•·])(?!\1)\s*\S"),
        "列表符号不是半角短横线",
        "改成 - 加一个空格",
        "  – heading: 甲",
        "  ——甲",
    ),
    Slip(
        "full-width bar",
        "Y023",
        re.compile(_VALUE + f"([{BARS}])[-+]?[1-9]?\\s*$"),
        "竖线是全角的",
        "改成半角的 |",
        "text: ｜",
        "text: |",
    ),
    Slip(
        "full-width bracket around a list",
        "Y020",
        re.compile(_VALUE + r"([［｛])"),
        "括号是全角的",
        "改成半角的 [ ] 或 { }",
        "- ｛indicator: 甲, goal: 1所｝",
        "- 甲［乙］",
    ),
    Slip(
        "full-width bracket at the end of a list",
        "Y020",
        re.compile(_VALUE + r"(?:\[[^\]［【\"']*([］】])|\{[^}｛\"']*([｝]))"),
        "括号是全角的",
        "改成半角的 [ ] 或 { }",
        "lead: [甲, 乙］",
        "lead: [甲［1］, 乙]",
    ),
    Slip(
        "text cut off in brackets",
        "Y017",
        re.compile(_VALUE + r"[\[{][^\]}\"']*\s(#)[^\n]*[\]}]"),
        "# 后面的字被当成了说明，不会印出来",
        "这一个值用引号括起来",
        "lead: [甲, 乙 #1]",
        "lead: [甲, 乙#1]",
    ),
    Slip(
        "full-width colon in braces",
        "Y014",
        re.compile(r"\{(?:[^{}\"']*?, *)?[\w\u4e00-\u9fff]{1,16}([：︰﹕∶])"),
        "键后面用了全角冒号“：”",
        "改成半角冒号加一个空格",
        "- {indicator: 甲, goal：1所}",
        "- {text: 时间：9月}",
    ),
    Slip(
        "colon without a space in braces",
        "Y015",
        re.compile(r"\{(?:[^{}\"']*?, *)?[A-Za-z_]{1,16}(:)[^\s/]"),
        "冒号后缺空格",
        "冒号后加一个空格",
        "- {indicator: 甲, goal:1所}",
        "- {text: 时间:9月}",
    ),
    Slip(
        "full-width comma in braces",
        "Y019",
        re.compile(r"\{[^{}\"']*?(，)\s*\w{1,16}: "),
        "大括号里用了全角逗号",
        "改成半角逗号加空格",
        "- {heading: 甲，lead: 乙}",
        "- {heading: 甲，乙, lead: 丙}",
    ),
    Slip(
        "brackets in brackets",
        "Y018",
        re.compile(r"^\s*(?:- +)?(?:\w{1,16}: +)?[{\[].*?[^\s\"'\[{:,(]([\[{])"),
        "方括号、大括号里的值又有半角括号",
        "这一个值用引号括起来",
        "- {text: 云教[2027]3号}",
        "- {text: 云教〔2027〕3号}",
    ),
    Slip(
        "dash without a space",
        "Y013",
        re.compile(r"^\s*(-)[^\s\-0-9]"),
        "短横线后缺空格",
        "写成 - 加一个空格",
        "-heading: 甲",
        "- heading: 甲",
    ),
    Slip(
        "full-width colon",
        "Y014",
        re.compile(r"^\s*(?:- +)?\w{1,16} ?([：︰﹕∶])"),
        "键后面用了全角冒号“：”",
        "改成半角冒号加一个空格",
        "title：甲",
        "title: 甲：乙",
    ),
    Slip(
        "colon without a space",
        "Y015",
        re.compile(r"^\s*(?:- +)?[A-Za-z_\u4e00-\u9fff]{1,16}(:)[^\s/]"),
        "冒号后缺空格",
        "冒号后加一个空格",
        "title:甲",
        "http://example.cn",
    ),
    Slip(
        "special sign at the start",
        "Y018",
        re.compile(r"^\s*(?:- +)?(?:[\w]{1,16}: +)?([%@`*&!])"),
        "值以 YAML 的特殊符号开头",
        "整个值用引号括起来",
        "heading: %甲",
        "heading: 甲%",
    ),
    Slip(
        "special sign at the start in brackets",
        "Y018",
        re.compile(_VALUE + r"[\[{](?:[^\"']*[,:\[{] *)?([%@`*&!])"),
        "值以 YAML 的特殊符号开头",
        "这一个值用引号括起来",
        "lead: [甲, *乙]",
        "lead: [甲*, 乙]",
    ),
    Slip(
        "dash or block sign at the start",
        "Y018",
        re.compile(r"^\s*(?:- +)?\w{1,16}: +([-?](?=[ \t]*$|[ \t]+[^\s#])|[|>](?![-+1-9]{0,2}\s*(?:#|$)))"),
        "值以 YAML 的特殊符号开头",
        "整个值用引号括起来",
        "goal: >=98%",
        "text: |-",
    ),
    Slip(
        "full-width quote at the end",
        "Y018",
        re.compile(r"(?:(?:^|: |- |[\[{,])\s*)(?:\"[^\"”]*(”)|'[^'’]*(’))\s*(?:$|[,\]}])"),
        "左边的引号是半角的，右边的是全角的",
        "两边都用半角的，或者两边都用全角的",
        'text: "甲”',
        "text: “甲”",
    ),
    Slip(
        "text after the quote in brackets",
        "Y018",
        re.compile(_VALUE + r"[\[{](?:[^\"']*[,:\[{] *)?(?:(\")[^\"\\]*\"|(')[^']*'(?!'))\s*[^\s,:\]}]"),
        "以引号开头的值在中途就结束了",
        "这一个值用引号括起来",
        'lead: [甲, "乙"丙]',
        'lead: [甲, "乙", 丙]',
    ),
    Slip(
        "text after the quote",
        "Y018",
        re.compile(
            _VALUE + r"(?:(\")(?:[^\"\\]|\\.)*+\"|(')(?:[^']|'')*+'|([\[{]).*[\"'\]}])\s*[^\s,#:\]}]",
        ),
        "以引号或括号开头的值在中途就结束了",
        "整个值用引号括起来",
        'heading: "双减"工作',
        'heading: "双减工作"',
    ),
    Slip(
        "colon in the value",
        "Y018",
        re.compile(r"^\s*(?:- +)?\w{1,16}: +[^\"'|>\[{].*?(:)(?: |$)"),
        "值里有半角冒号",
        "整个值用引号括起来，或改用全角冒号",
        "text: 时间: 9月底前",
        "text: 时间：9月底前",
    ),
)
"""The surest first; a line has the first of them that it betrays."""


def blame(name: str, span: Span) -> Diagnostic:
    """Return that a span has the slip of this name."""
    slip = next(each for each in SLIPS if each.name == name)
    return Diagnostic(slip.code, slip.message, span, slip.hint)


def find_slip(source: Source, number: int) -> Diagnostic | None:
    """Return the slip on a line, counted from 1, if one is known."""
    line, start = source.line(number)[:_LONGEST_LINE], source.offset(number)
    for slip in SLIPS:
        if found := slip.pattern.search(line):
            begin, end = found.span(found.lastindex or 1)
            return Diagnostic(slip.code, slip.message, Span(source, start + begin, start + end), slip.hint)
    return None
