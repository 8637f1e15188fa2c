"""L4: how the plan is put together; practice of the genre unless a rule names its source."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from plangen.check.manuscript import HANZI, Manuscript
from plangen.diagnostics import Diagnostic, Related, Severity
from plangen.plan.model import Item, Section, Task
from plangen.plan.numerals import chinese
from plangen.plan.schema import Record

_TYPED_NUMBER: Final = re.compile(
    r"（[一二三四五六七八九十]+）|\([一二三四五六七八九十]+\)|[（(]\d{1,2}[）)]|[①-⑳]|\d{1,2}[.、．](?!\d)"
    r"|[一二三四五六七八九十]+[、.．](?![一二三四五六七八九十])|第[一二三四五六七八九十]+[，、章]"
)
_COUNTED: Final = (Section, Task, Item)
_ATTACHMENT: Final = re.compile(r"(?:见|按照?|依照|根据|填写|填报|报送|（)附件\s*([1-9]\d?)(?![\d.])")
_ANY_ATTACHMENT: Final = re.compile(r"(?:见|（)附件(?=[，。；、）]|$)")
_SIBLINGS: Final = 5
"""Fewest headings side by side that show how long headings are in a plan."""

_ONE_OTHER: Final = 2
"""Numbers of clauses where all headings but one agree."""

_TOO_LONG: Final = 2
"""Times the length of the longest other heading from which on one stands out."""

_SHORTEST_TEXT: Final = 4
"""Fewest characters by which two tasks can be told to be the same."""


def typed_number(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a number typed before a heading or paragraph, beside the one plangen prints.

    Bad: sections: [{heading: （三）强化督导, text: 深化改革。}]
    Good: sections: [{heading: 强化督导, text: 一、二年级不布置书面作业。}]
    """
    for passage in manuscript.passages:
        found = _TYPED_NUMBER.match(passage.plain)
        if found and not passage.attached and isinstance(passage.record, _COUNTED):
            message = f"手工写了编号“{found[0]}”，印出来会有两个编号"
            yield passage.warn("L401", message, *found.span(), "删去，编号自动生成；正文里分点的，写成 items")


def empty_section(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a section that is a heading and nothing else.

    Bad: sections: [{heading: 强化督导}]
    Good: sections: [{heading: 强化督导, text: 深化改革。}]
    """
    for section in manuscript.sections:
        if not (section.text or section.targets or section.tasks or section.sections):
            message, hint = f"部分“{section.heading}”只有标题", "写上内容，或者删去这一部分"
            yield _at(section, "L402", message, "heading", hint)


def only_child(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find the only sub-section of a section or the only item of a task: a （一） without a （二）.

    Bad: sections: [{heading: 督导, tasks: [{heading: 督学, items: [挂牌督导。]}]}]
    Good: sections: [{heading: 督导, tasks: [{heading: 督学, items: [挂牌督导。, 通报结果。]}]}]
    """
    for section in manuscript.sections:
        if len(section.sections) == 1 and not section.tasks and not section.targets:
            only = section.sections[0]
            message = f"“{section.heading}”下面只分出一个部分"
            yield _at(only, "L403", message, "heading", "并到上一层，或者再分一个部分")
    for task, _ in manuscript.tasks:
        if len(task.items) == 1:
            yield _at(task.items[0], "L403", "任务下面只有一个要点", "text", "并到任务的正文里，或者再分一点")


def task_without_lead(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a task without a responsible unit, where most tasks have one.

    Bad: {tasks: [{heading: 甲, lead: 甲科}, {heading: 乙, lead: 乙科}, {heading: 丙, lead: 丙科}, {heading: 丁}]}
    Good: {tasks: [{heading: 甲, lead: 甲科}, {heading: 乙}, {heading: 丙}, {heading: 丁}]}
    """
    tasks = [task for task, _ in manuscript.tasks]
    for task in lacking(tasks, "lead"):
        yield _at(task, "L404", f"任务{_name(task)}没有牵头单位，别的任务大多有", "heading", "补上 lead")


def task_without_due(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a task without a due date, where most tasks have one.

    Bad: {tasks: [{heading: 甲, due: 5月}, {heading: 乙, due: 6月}, {heading: 丙, due: 6月}, {heading: 丁}]}
    Good: {tasks: [{heading: 甲}, {heading: 乙}, {heading: 丙}, {heading: 丁}]}
    """
    tasks = [task for task, _ in manuscript.tasks]
    for task in lacking(tasks, "due"):
        yield _at(task, "L405", f"任务{_name(task)}没有时限，别的任务大多有", "heading", "补上 due")


def duplicate_task(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find two tasks with the same heading or the same text.

    Bad: {tasks: [{heading: 推进课程改革, text: 抓好试点。}, {heading: 推进课程改革, text: 扩大试点。}]}
    Good: {tasks: [{heading: 推进课程改革, text: 抓好试点。}, {heading: 推进中考改革, text: 抓好试点。}]}
    """
    seen: dict[str, Task] = {}
    for task, _ in manuscript.tasks:
        said = task.heading or "".join(task.text)
        if len(said) < _SHORTEST_TEXT:
            continue
        first = seen.setdefault(said, task)
        if first is not task:
            message, related = f"任务{_name(task)}与前面的一项重复", _related(first, "前面的一项在这里")
            yield _at(task, "L406", message, "heading", "合成一项，或者改成不同的标题")._replace(related=related)


def missing_attachment(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find a mention of an attachment where there is none, or by a number that the attachments do not reach.

    Bad: 任务分工见附件4。
    Good: 任务分工另行印发，办法见《云川市考核办法》。
    """
    there = len(manuscript.plan.attachments)
    for passage in manuscript.passages:
        for found in _ATTACHMENT.finditer(passage.plain):
            if int(found[1]) > max(there, 1) or not there:
                message = f"没有附件{found[1]}，" + (f"附件只有 {there} 个" if there else "计划没有附件")
                start = passage.plain.index("附件", found.start())
                yield passage.warn("L407", message, start, found.end(), "改对附件的序号，或者补上附件")
        for found in _ANY_ATTACHMENT.finditer(passage.plain) if not there else ():
            yield passage.warn("L407", "计划没有附件", found.end() - 2, found.end(), "补上附件，或者删去这句")


def uneven_heading(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Find the one heading among its neighbours that is in one clause where they are in two, or twice as long as any.

    Taste: `reference/format.md` §3.4 finds headings of one level to be alike.

    Bad: sections: [{heading: 甲甲，乙, text: 好。}, {heading: 甲乙，丙, text: 好。}, {heading: 甲丙，丁, text: 好。},
        {heading: 甲丁，戊, text: 好。}, {heading: 子丑, text: 好。}]
    Good: sections: [{heading: 甲甲，乙, text: 好。}, {heading: 甲乙，丙, text: 好。}, {heading: 甲丙，丁, text: 好。},
        {heading: 甲丁，戊, text: 好。}, {heading: 子丑，寅, text: 好。}]
    """
    for sections in (manuscript.plan.sections, *(section.sections for section in manuscript.sections)):
        if len(sections) < _SIBLINGS:
            continue
        counts = Counter(section.heading.count("，") for section in sections)
        lengths = sorted(len(section.heading) for section in sections)
        for section in sections:
            clauses, length = section.heading.count("，"), len(section.heading)
            message = ""
            if counts[clauses] == 1 and len(counts) == _ONE_OTHER:
                usual = counts.most_common(1)[0][0]
                message = f"并列的标题都是{chinese(usual + 1)}个分句，这个是{chinese(clauses + 1)}个"
            elif length == lengths[-1] and length >= _TOO_LONG * lengths[-2]:
                message = "这个标题比并列的标题长一倍以上"
            if message:
                found = _at(section, "L410", message, "heading", "改得与并列的标题整齐")
                yield found._replace(severity=Severity.INFO)


def lacking(records: Sequence[Task], name: str) -> Iterable[Task]:
    """Return the tasks that lack a key which at least three others, and three in four of all, have."""
    without = [record for record in records if not getattr(record, name)]
    having = len(records) - len(without)
    return without if having >= 3 and having >= 3 * len(without) else ()


def _name(task: Task) -> str:
    said = task.heading or (task.text[0] if task.text else "")
    brief = re.split(f"[^{HANZI}\\w“”、]", said)[0][:20]
    return f"“{brief}”" if brief else ""


def _at(record: Record, code: str, message: str, name: str, hint: str) -> Diagnostic:
    return Diagnostic(code, message, record.place.span(name), hint, Severity.WARNING)


def _related(record: Record, message: str) -> tuple[Related, ...]:
    span = record.place.span("heading")
    return (Related(span, message),) if span else ()
