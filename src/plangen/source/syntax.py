"""Where a YAML parser gave up: the slips that brought it there, else its complaint in Chinese."""

import re
from typing import Final, NamedTuple

import yaml

from plangen.diagnostics import Diagnostic, Source, Span
from plangen.plan.model import Plan, Section, Target, Task
from plangen.source.characters import explain_unreadable
from plangen.source.slips import find_slip

_PURE_PARSER_LIMIT: Final = 200_000
"""Most characters the slow pure parser is asked to read again for its better message."""

_LOOK_BACK: Final = 2
"""How many lines above the parser's complaint a slip may stand: parsers blame the line after it."""

_FARTHEST_BACK: Final = 20
"""Most lines searched above the complaint when the parser says where what it was reading began."""

_FARTHEST_UP: Final = 2000
"""Most lines searched for the one that opened a text."""

_COLONS: Final = frozenset(("Y014", "Y015"))

_MOST_CONFLICTS: Final = 20
"""Most conflicts reported one by one."""

_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?= |\r?$)", re.MULTILINE)
_FIRST_KEY: Final = re.compile(r"\s*(?:- +)?(\w{1,16})\s*:(?:\s|$)")
_FIRST_WORD: Final = re.compile(r"\s*(?:- +)?(\w{1,16})")
_BLOCK: Final = re.compile(r"[:-] +[|>][-+1-9]{0,2}[ \t]*(?:#.*)?$")
"""A line that opens a text."""

_CUT_OFF: Final = re.compile(r"[^\s#][ \t]+(#.*)")
_CONTINUATION: Final = re.compile(r"\s*(?!- |\w{1,16}\s*:|#)\S")

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

_BLAMES_THE_BEGINNING: Final = ("quoted scalar", "simple key", "flow")
"""Complaints about what was not ended: where it begins is where to mend it."""


def explain_syntax_error(source: Source, error: yaml.YAMLError) -> list[Diagnostic]:
    """Return what is wrong where a parser gave up: known slips, else its complaint in Chinese."""
    return explain_unreadable(source) or _conflicts(source) or [_explain_form(source, error)]


def _conflicts(source: Source) -> list[Diagnostic]:
    """Return a diagnostic for each conflict that a merge left, at the first of its markers."""
    markers = list(_CONFLICT.finditer(source.text))
    first = [found for found in markers if found[0][0] == "<"] or markers[:1]
    lines = [source.position(found.start())[0] for found in first[:_MOST_CONFLICTS]]
    return [slip for line in lines if (slip := find_slip(source, line))]


class _Complaint(NamedTuple):
    """What a parser says, the offset it points at, and the one where what it was reading began."""

    said: str
    offset: int
    begun: int


def _explain_form(source: Source, error: yaml.YAMLError) -> Diagnostic:
    """Return the slip near where a parser gave up, else what the better parser says, which is slow."""
    slip = _slip_near(source, _complaint(source, error))
    if slip:
        return slip
    complaint = _complaint(source, _better(source, error))
    line = source.position(complaint.offset)[0]
    return (
        _slip_near(source, complaint)
        or _cut_by_comment(source, line)
        or _misplaced_key(source, line, complaint)
        or _complain(source, complaint)
    )


def _slip_near(source: Source, complaint: _Complaint) -> Diagnostic | None:
    """Return the slip on the line a parser complains of or on those just above it."""
    line, first = source.position(complaint.offset)[0], source.position(complaint.begun)[0]
    back = max(line - _LOOK_BACK, 1) if line - first > _FARTHEST_BACK else min(max(line - _LOOK_BACK, 1), first)
    for number in range(line, back - 1, -1):
        slip = None if _is_in_block(source, number) else find_slip(source, number)
        if slip and (number == line or slip.code not in _COLONS or _is_a_key(source.line(number))):
            return slip
    return None


def _is_a_key(line: str) -> bool:
    """Whether the word a line begins with may be a key: a Chinese one must be one of a plan's."""
    found = _FIRST_WORD.match(line)
    return found is not None and (found[1].isascii() or _is_known(found[1]))


def _is_known(typed: str) -> bool:
    return any(typed in record.SPELLINGS for record in (Plan, Section, Task, Target))


def _is_in_block(source: Source, number: int) -> bool:
    """Whether a line stands in a text that `|` or `>` opened, where nothing is a slip."""
    depth = _depth(source.line(number))
    for above in range(number - 1, max(0, number - _FARTHEST_UP), -1):
        line = source.line(above)
        if line.strip() and _depth(line) < depth:
            if _BLOCK.search(line):
                return True
            depth = _depth(line)
    return False


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _cut_by_comment(source: Source, line: int) -> Diagnostic | None:
    """Return that a `#` ended a text which goes on in the next line, where the parser stumbled."""
    above = source.line(line - 1) if line > 1 else ""
    found = _CUT_OFF.search(above)
    if not found or not _CONTINUATION.match(source.line(line)):
        return None
    start = source.offset(line - 1)
    span = Span(source, start + found.start(1), start + found.end(1))
    return Diagnostic(
        "Y017", "# 后面的字被当成了说明，不会印出来", span, "整个值用引号括起来，或者写成 | 开头的多行文字"
    )


def _misplaced_key(source: Source, line: int, complaint: _Complaint) -> Diagnostic | None:
    """Return that the key a line begins with was read on as the text above it, or that a text has a colon."""
    found = _FIRST_KEY.match(source.line(line))
    start = source.offset(line)
    if "mapping values" not in complaint.said or not found or complaint.offset != start + source.line(line).find(":"):
        return None
    if _is_known(found[1]):
        odd = _odd_line_above(source, line)
        if odd:
            return Diagnostic("Y001", "缩进与下面的行对不齐", odd, "同一层的键从同一列开始")
        hint = "同一层的键从同一列开始；是上一行的文字，就改用全角冒号"
        return Diagnostic(
            "Y001", "缩进与上面的行对不齐", Span(source, start + found.start(1), start + found.end(1)), hint
        )
    hint = "整个值用引号括起来，或改用全角冒号"
    return Diagnostic("Y018", "值里有半角冒号", Span(source, complaint.offset, complaint.offset + 1), hint)


def _odd_line_above(source: Source, line: int) -> Span | None:
    """Return the key on the line above, if it begins elsewhere than those before and after it."""
    ours, above = _key_column(source, line), _key_column(source, line - 1)
    if not above or above == ours or ours not in (_key_column(source, line - 2), _key_column(source, line + 1)):
        return None
    text = source.line(line - 1)
    start = source.offset(line - 1) + len(text) - len(text.lstrip())
    return Span(source, start, start + len(text.strip()))


def _key_column(source: Source, line: int) -> int:
    """Return the column in which the key of a line begins, counted from 1; 0 when there is none."""
    try:
        found = _FIRST_KEY.match(source.line(line)) if line > 0 else None
    except IndexError:
        return 0
    return found.start(1) + 1 if found else 0


def _complain(source: Source, complaint: _Complaint) -> Diagnostic:
    said, offset, begun = complaint
    start = begun if any(each in said for each in _BLAMES_THE_BEGINNING) else offset
    line = source.position(start)[0]
    if line > 1 and _BLOCK.search(source.line(line - 1)) and not _FIRST_KEY.match(source.line(line)):
        start = source.offset(line) + _depth(source.line(line))
        hint = "| 下面的每一行都比上面的键多空两格"
        return Diagnostic("Y001", "这一行没有缩进到 | 的下面", Span(source, start, start + 1), hint)
    message, hint = next(
        ((m, h) for key, m, h in _PROBLEMS if key in said), ("这一行不合 YAML 的写法", "对照手册检查缩进、冒号和引号")
    )
    return Diagnostic("Y001", message, Span(source, start, start + 1), hint)


def _better(source: Source, error: yaml.YAMLError) -> yaml.YAMLError:
    """Return what the pure parser says, which says more, unless it would take too long."""
    mark = getattr(error, "problem_mark", None)
    if mark is None or mark.index >= _PURE_PARSER_LIMIT:
        return error
    try:
        for _event in yaml.parse(source.text, Loader=yaml.SafeLoader):
            pass
    except yaml.MarkedYAMLError as better:
        return better if better.problem_mark else error
    except (ValueError, OverflowError):
        pass  # the pure parser stumbles over escapes such as \UFFFFFFFF
    return error


def _complaint(source: Source, error: yaml.YAMLError) -> _Complaint:
    """Return what a parser says and where."""
    said = f"{getattr(error, 'problem', '') or ''} {getattr(error, 'context', '') or ''}"
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    last = max(0, len(source.text) - 1)
    offset = min(mark.index if mark is not None else 0, last)
    return _Complaint(said, offset, min(context.index, offset) if context is not None else offset)
