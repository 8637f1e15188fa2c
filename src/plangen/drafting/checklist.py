"""The checklist of a new draft: what its drafter has to decide, fill in and look at, with lines and boxes."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from plangen.diagnostics.markdown import escaped
from plangen.drafting.next_year import NextYear, Note
from plangen.drafting.revising import Group
from plangen.plan.calendar import PLENUMS, five_year_plan
from plangen.plan.carrying import newest
from plangen.plan.mentions import COUNTED, five_year_digit
from plangen.plan.numerals import chinese

_HINTS: Final = {
    Group.GOALS: "目标都写成了“待定”，上年的目标作了基数。按上年的实绩改好基数，再定目标。",
    Group.TASKS: "延续的，改好内容，删去任务上面的“# 延续？”；不再做的，连任务一起删去。",
    Group.BLANKS: "定下来再填，填好删去“# 待填”。",
    Group.DOUBTS: "多半是过去的事实、文件名、规划的期限，没有动；该改的自己改。",
    Group.RELATIVE: "说法不用改，但“去年”说的已经是另一年的事。",
    Group.CARRIED: "看一遍，改得不对的改回来；数字是上年的，也要换。",
    Group.DUES: "上年已经办完的，连同任务一起删去。",
    Group.IMPORTED: "对照原来的文件看。",
    Group.LEFT: "在说明、单位名称、网址这些地方，不影响正文的可以不改。",
}


def checklist(draft: NextYear, old_name: str, name: str) -> str:
    """Return the checklist of a draft; the names are those of the files by which the drafter knows both plans."""
    lines = [
        f"# {draft.year}年计划核对清单",
        "",
        f"`{name}` 是由 `{old_name}`（{escaped(draft.title)}）起草的。看过一条，勾一条；行号是新文件刚写好时的。",
        "",
        *_calendar(draft),
    ]
    for group in Group:
        notes = [note for note in draft.notes if note.group is group]
        if notes:
            lines += ["", f"## {group.value}（{len(notes)}）", "", _HINTS[group], "", *_boxes(notes, draft)]
    return "\n".join([*lines, ""])


def _boxes(notes: list[Note], draft: NextYear) -> Iterator[str]:
    files = {path: nth for nth, path in enumerate((PurePosixPath(), *draft.included))}
    for note in sorted(notes, key=lambda each: (files[each.file], each.line)):
        file = f"{escaped(note.file.as_posix())} " if files[note.file] else ""
        yield f"- [ ] {file}第{note.line}行 {escaped(note.said)}"


def _calendar(draft: NextYear) -> Iterator[str]:
    """Yield what the calendar knows of the new year."""
    year = draft.year
    yield "## 这一年"
    yield ""
    number = next(each for each in range(10, 40) if year <= five_year_plan(each)[1])
    first, last = five_year_plan(number)
    digit = five_year_digit(number)
    label = "，开局之年" if year == first else "，收官之年" if year == last else ""
    if digit:
        yield f"- [ ] {year}年是“十{digit}五”（{first}—{last}年）的第{chinese(year - first + 1)}年{label}"
    events = [f"第{event.ordinal(year)}{event.counted}{event.name}" for event, _ in COUNTED if event.ordinal(year) > 0]
    yield f"- [ ] {'、'.join(events)}"
    meeting = newest(PLENUMS, year)
    if meeting:
        ended = f"{meeting.ended.year}年{meeting.ended.month}月{meeting.ended.day}日"
        yield f"- [ ] 这里知道的最近一次全会是{meeting.name}（{ended}）；以后的会议和文件，自己补上"
