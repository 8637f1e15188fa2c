"""The slips of people who type Chinese: what is really wrong where a YAML parser stumbles, and what to type instead."""

import re
from typing import Final

import yaml

from plangen.diagnostics import Diagnostic, Source, Span
from plangen.source.characters import explain_unreadable

_PURE_PARSER_LIMIT: Final = 1_000_000
"""Most characters the slow pure parser is asked to read again for its better message."""

_LONGEST_LINE: Final = 2000
"""Most characters of a line searched for a slip: they stand at its beginning."""

_LOOK_BACK: Final = 2
"""How many lines above the parser's complaint a slip may stand: parsers blame the line after it."""

_SLIPS: Final[tuple[tuple[str, re.Pattern[str], str, str], ...]] = (
    ("Y005", re.compile("([\u2028\u2029\x85])"), "这里有看不见的换行符", "删掉这个字符，要换行就按回车键"),
    (
        "Y010",
        re.compile(r"^(<{7}|={7}|>{7})(?: |$)"),
        "这里留有合并冲突的标记",
        "选定一边的内容，把 <<<<<<<、=======、>>>>>>> 三行删掉",
    ),
    (
        "Y018",
        re.compile(r"^(?:[^\"'@]*[{\[](?!@)[^\"'@]*|\s*(?:- +)?(?:\w{1,16}: +)?)(\{@)"),
        "这里的 {@ 被当成了 YAML 的大括号",
        "整个值用引号括起来，或者写成 | 开头的多行文字",
    ),
    ("Y011", re.compile(r"^ *(\t+)"), "缩进用了制表符", "改成空格，每层两个"),
    ("Y011", re.compile(r"^ *(\u3000+)"), "缩进用了全角空格", "改成半角空格，每层两个"),
    ("Y016", re.compile(r"^[^#]*?[:-](\u00a0)"), "这里是不换行空格，不是普通空格", "删掉重新打一个空格"),
    ("Y012", re.compile(r"^\s*([–—－•·])\s*\S"), "列表符号不是半角短横线", "改成 - 加一个空格"),
    ("Y019", re.compile(r"\{[^{}\"']*?(，)\s*\w{1,16}: "), "大括号里用了全角逗号", "改成半角逗号加空格"),
    (
        "Y018",
        re.compile(r"^\s*(?:- +)?(?:\w{1,16}: +)?[{\[].*?[^\s\"'\[{:,(]([\[{])"),
        "方括号、大括号里的值又有半角括号",
        "这一个值用引号括起来",
    ),
    ("Y013", re.compile(r"^\s*(-)[^\s\-0-9]"), "短横线后缺空格", "写成 - 加一个空格"),
    (
        "Y014",
        re.compile(r"^\s*(?:- +)?[\w\u4e00-\u9fff]{1,16}(：)"),
        "键后面用了全角冒号“：”",
        "改成半角冒号加一个空格",
    ),
    ("Y015", re.compile(r"^\s*(?:- +)?[A-Za-z_\u4e00-\u9fff]{1,16}(:)[^\s/]"), "冒号后缺空格", "冒号后加一个空格"),
    ("Y018", re.compile(r"^\s*(?:- +)?(?:[\w]{1,16}: +)?([%@`*&!])"), "值以 YAML 的特殊符号开头", "整个值用引号括起来"),
    (
        "Y018",
        re.compile(r"^\s*(?:- +)?\w{1,16}: +([-?|>])[ \t]+[^\s#]"),
        "值以 YAML 的特殊符号开头",
        "整个值用引号括起来",
    ),
    (
        "Y018",
        re.compile(r"^\s*(?:- +)?(?:[\w]{1,16}: +)?([\"'\[{]).*[\"'\]}]\s*[^\s,#:\]}]"),
        "以引号或括号开头的值在中途就结束了",
        "整个值用引号括起来",
    ),
    (
        "Y018",
        re.compile(r"^\s*(?:- +)?\w{1,16}: +[^\"'|>\[{].*?(:)(?: |$)"),
        "值里有半角冒号",
        "整个值用引号括起来，或改用全角冒号",
    ),
)
"""Code, what betrays the slip (group 1 is what to point at), what it is, how to mend it; the surest first."""

_PROBLEMS: Final = (
    ("mapping values are not allowed", "这里不该有冒号", "检查上一行的冒号和这一行的缩进"),
    ("could not find expected ':'", "这一行缺少冒号", "写成 键: 值；多行文字要缩进，或用 | 开头"),
    ("did not find expected key", "缩进与上面的行对不齐", "同一层的键从同一列开始"),
    ("expected <block end>", "缩进与上面的行对不齐", "同一层的键从同一列开始"),
    ("found character that cannot start any token", "值以不能用的符号开头", "整个值用引号括起来"),
    ("cannot start any token", "值以不能用的符号开头", "整个值用引号括起来"),
    ("found unexpected end of stream", "引号没有配对", "补上另一半引号"),
    ("while scanning a quoted scalar", "引号没有配对", "补上另一半引号"),
    ("escape", "双引号里的反斜杠 \\ 有特殊含义", "改用单引号，或写成 | 开头的多行文字"),
    ("flow", "括号没有配对，或括号里的逗号不是半角", "检查 [ ] { } 和其中的逗号"),
)
"""What the parsers say, what it means, how to mend it."""


def explain_syntax_error(source: Source, error: yaml.YAMLError) -> list[Diagnostic]:
    """Return what is wrong where a parser gave up: a known slip nearby, else its complaint in Chinese."""
    return explain_unreadable(source) or [_explain_form(source, error)]


def _explain_form(source: Source, error: yaml.YAMLError) -> Diagnostic:
    said, offset = _complaint(source, error)
    line = source.position(offset)[0]
    for number in range(line, max(0, line - 1 - _LOOK_BACK), -1):
        slip = find_slip(source, number)
        if slip:
            return slip
    message, hint = next(
        ((m, h) for key, m, h in _PROBLEMS if key in said), ("这一行不合 YAML 的写法", "对照手册检查缩进、冒号和引号")
    )
    return Diagnostic("Y001", message, Span(source, offset, offset + 1), hint)


def find_slip(source: Source, number: int) -> Diagnostic | None:
    """Return the slip on a line, counted from 1, if one is known."""
    line, start = source.line(number)[:_LONGEST_LINE], source.offset(number)
    for code, betrays, message, hint in _SLIPS:
        found = betrays.search(line)
        if found:
            return Diagnostic(code, message, Span(source, start + found.start(1), start + found.end(1)), hint)
    return None


def _complaint(source: Source, error: yaml.YAMLError) -> tuple[str, int]:
    """Return what the better parser says and the offset it points at."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None and mark.index < _PURE_PARSER_LIMIT:
        try:
            for _event in yaml.parse(source.text, Loader=yaml.SafeLoader):
                pass
        except yaml.MarkedYAMLError as better:
            error, mark = better, better.problem_mark or mark
        except (ValueError, OverflowError):
            pass  # the pure parser stumbles over escapes such as \UFFFFFFFF
    said = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    if "quoted scalar" in said:
        mark = getattr(error, "context_mark", None) or mark
    return said, min(mark.index if mark is not None else 0, max(0, len(source.text) - 1))
