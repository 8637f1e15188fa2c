"""Plans and what their authors made of them: pairs of revisions, each change of one kind."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final

import yaml

from plangen import api
from plangen.api import Reading
from plangen.diagnostics import Source

Typed = dict[str, Any]

OFFICIAL: Final[Typed] = {
    "copy_number": 7,
    "urgency": "特急",
    "organ_mark": ["云川市教育局文件", "云川市财政局"],
    "document_number": "云教〔2027〕12号",
    "signatories": ["林知远"],
    "recipients": ["各县区教育局"],
    "signature": ["云川市教育局", "云川市财政局"],
    "date": datetime.date(2027, 11, 28),
    "note": "此件依申请公开",
    "copies_to": ["市委办公室"],
    "printed_by": "云川市教育局办公室",
    "printed_on": datetime.date(2027, 11, 30),
}
LETTER: Final[Typed] = {
    "head": "letter",
    "organ_mark": "云川市教育局",
    "document_number": "云教函〔2027〕9号",
    "recipients": ["市财政局"],
    "signature": "云川市教育局",
    "date": datetime.date(2027, 3, 1),
}


def sections_with_tasks(plan: Typed) -> list[Typed]:
    """Return all sections that have tasks, sub-sections among them, in order."""

    def below(sections: list[Typed]) -> Iterator[Typed]:
        for section in sections:
            if section.get("tasks"):
                yield section
            yield from below(section.get("sections", []))

    return list(below(plan["sections"]))


def add_task(plan: Typed) -> None:
    tasks = sections_with_tasks(plan)[0]["tasks"]
    tasks.insert(1, {"heading": "开展校园读书行动", "text": "每所学校建好一间阅览室。", "lead": "宣传德育科"})


def add_last_task(plan: Typed) -> None:
    sections_with_tasks(plan)[-1]["tasks"].append({"heading": "抓好督查", "text": "每月通报一次进度。\n\n年底总评。"})


def remove_first_task(plan: Typed) -> None:
    del sections_with_tasks(plan)[0]["tasks"][0]


def remove_last_task(plan: Typed) -> None:
    del sections_with_tasks(plan)[-1]["tasks"][-1]


def move_task(plan: Typed) -> None:
    tasks = sections_with_tasks(plan)[0]["tasks"]
    tasks.append(tasks.pop(0))


def move_task_across(plan: Typed) -> None:
    first, *_, last = sections_with_tasks(plan)
    last["tasks"].insert(0, first["tasks"].pop())


def reword(plan: Typed) -> None:
    for section in sections_with_tasks(plan):
        task = section["tasks"][-1]
        task["text"] = (
            task.get("text", "").replace("建立", "建立健全").replace("学校", "中小学校").replace("2027", "2028")
        )
        task["heading"] = task.get("heading", "落实任务").replace("推进", "大力推进")


def add_section(plan: Typed) -> None:
    plan["sections"].insert(
        1, {"heading": "加强家校社协同", "tasks": [{"heading": "办好家长学校", "text": "全年授课8次。"}]}
    )


def remove_section(plan: Typed) -> None:
    del plan["sections"][1]


def move_section(plan: Typed) -> None:
    plan["sections"].insert(0, plan["sections"].pop(-2))


def rename_section(plan: Typed) -> None:
    plan["sections"][2]["heading"] = "办好人民满意的教育"


def divide_section(plan: Typed) -> None:
    section = plan["sections"][0]
    if section.get("tasks"):
        section["sections"] = [{"heading": "近期工作", "tasks": section.pop("tasks")}]


def change_title(plan: Typed) -> None:
    plan.pop("title_lines", None)
    plan["title"] = "云川市教育局、云川市财政局关于2028年教育工作和教育经费保障的实施方案"


def change_year(plan: Typed) -> None:
    plan["title"] = plan["title"].replace("2027", "2028")


def change_official(plan: Typed) -> None:
    plan["official"] = {**plan.get("official", {}), **OFFICIAL}


def remove_official(plan: Typed) -> None:
    plan.pop("official", None)
    plan.pop("notice", None)


def make_letter(plan: Typed) -> None:
    plan["official"] = LETTER


def change_date(plan: Typed) -> None:
    if plan.get("official"):
        plan["official"]["date"] = datetime.date(2027, 12, 31)
        plan["official"]["signature"] = "云川市教育体育局"


def change_notice(plan: Typed) -> None:
    if plan.pop("notice", None) is None:
        plan["notice"] = {"text": "现印发给你们。\n\n请抓好落实。"}


def add_attachments(plan: Typed) -> None:
    plan["attachments"] = [
        {"title": "新的任务分解表", "table": "tasks"},
        {"title": "报送要求", "text": "按季度报送。"},
        *plan.get("attachments", []),
    ]


def remove_attachments(plan: Typed) -> None:
    plan.pop("attachments", None)


def change_prose(plan: Typed) -> None:
    plan["opening"] = "新的开头。\n\n" + plan.get("opening", "")
    plan["closing"] = "各单位要抓好落实。"


def change_owners(plan: Typed) -> None:
    for section in sections_with_tasks(plan):
        section["tasks"][0]["lead"] = "教育督导室"
    plan["layout"] = {**plan.get("layout", {}), "owners": "bracket"}


def change_targets(plan: Typed) -> None:
    for section in sections_with_tasks(plan):
        task = section["tasks"][0]
        task["targets"] = [*task.get("targets", []), {"indicator": "新增公办学位", "goal": "1200个"}]


def change_numbering(plan: Typed) -> None:
    plan["numbering"] = {"sections": "第一部分　", "tasks": "（一）", "items": "1."}


def run_on(plan: Typed) -> None:
    numbering = plan.get("numbering", {})
    plan["numbering"] = {**numbering, "continuous": [] if numbering.get("continuous") else ["tasks"]}


def change_layout(plan: Typed) -> None:
    layout = plan.get("layout", {})
    other = "run-in" if layout.get("task_heading") == "own-line" else "own-line"
    plan["layout"] = {**layout, "task_heading": other}


def change_all(plan: Typed) -> None:
    for change in (add_task, move_section, reword, change_year, change_official, change_prose):
        change(plan)
    add_attachments(plan)


def change_nothing(_: Typed) -> None:
    pass


def replace_all(plan: Typed) -> None:
    plan.clear()
    plan.update(title="澄溪县2027年体育工作计划", year=2027, sections=[{"heading": "办好运动会", "text": "五月开幕。"}])


CHANGES: Final[dict[str, Callable[[Typed], None]]] = {
    each.__name__: each
    for each in (
        add_task, add_last_task, remove_first_task, remove_last_task, move_task, move_task_across, reword, add_section,
        remove_section, move_section, rename_section, divide_section, change_title, change_year, change_official,
        remove_official, make_letter, change_date, change_notice, add_attachments, remove_attachments, change_prose,
        change_owners, change_targets, change_numbering, run_on, change_layout, change_all, change_nothing, replace_all,
    )
}  # fmt: skip
"""Everything an author may do to a plan."""


class _Literal(yaml.SafeDumper):
    """Writes prose as its authors do, in a block where a line break is no new paragraph."""


_Literal.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None),
)


def revised(text: str, change: Callable[[Typed], None]) -> str | None:
    """Return a plan after a change, `None` where the change breaks it: what it removed was referred to."""
    plan = yaml.safe_load(text)
    change(plan)
    made = yaml.dump(plan, Dumper=_Literal, allow_unicode=True, sort_keys=False)
    return made if _is_sound(made) else None


def read(text: str) -> Reading:
    """Return a plan as written and as it will read."""
    return api.open_reading(Source("计划.yaml", text))


def _is_sound(text: str) -> bool:
    try:
        read(text)
    except api.PlanError:
        return False
    return True


__all__ = ["CHANGES", "read", "revised"]
