"""Changes as JSON for programs; `docs/diff.schema.json` says what every key means."""

from collections.abc import Mapping
from typing import Final

from plangen.compare.changes import SUMMARY, Changes, Hint, PartChange, What
from plangen.compare.values import Difference
from plangen.diagnostics import Span
from plangen.outline.model import Change

VERSION: Final = 1
"""Version of the schema: a key may be added within a version; none is removed, renamed or changes its meaning."""

Json = dict[str, object]


def render_json(changes: Changes, old_name: str, new_name: str) -> str:
    """Return the changes as a JSON document."""
    import json  # noqa: PLC0415 - only who wants JSON pays for it

    document = {
        "schema_version": VERSION,
        "old": {"name": old_name, "title": changes.old_title, "tasks": changes.old_tasks},
        "new": {"name": new_name, "title": changes.new_title, "tasks": changes.new_tasks},
        "summary": changes.summary,
        "counts": {name: changes.counts.get(name, 0) for name in SUMMARY},
        "changes": [_part(part) for part in changes.parts],
        "hints": [_hint(hint) for hint in changes.hints],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _part(part: PartChange) -> Json:
    return {
        "what": part.what.value,
        "kind": part.kind,
        "title": part.title,
        "old_address": part.old_address,
        "new_address": part.address,
        "old_line": _line(part.old_span),
        "new_line": _line(part.new_span),
        "moves": list(part.moves),
        "likeness": None if part.guess is None else round(part.guess, 4),
        "differences": [_difference(each) for each in part.differences],
    }


def _difference(difference: Difference) -> Json:
    return {
        "field": difference.field,
        "name": difference.name,
        "old": difference.old,
        "new": difference.new,
        "note": difference.note,
        "wording": [{"change": each.change.value, "text": each.text} for each in difference.wording],
    }


def _hint(hint: Hint) -> Json:
    return {
        "kind": hint.kind,
        "title": hint.title,
        "old_address": hint.old_address,
        "new_address": hint.address,
        "likeness": round(hint.likeness, 4),
    }


def _line(span: Span | None) -> int | None:
    return span.position[0] if span else None


def report_schema() -> Mapping[str, object]:
    """Return the JSON Schema (draft-07) of the report."""
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    line = {"type": ["integer", "null"], "minimum": 1}
    side = _object("一稿", {"name": ("文件名或版本", text), "title": ("标题", text), "tasks": ("任务的项数", count)})
    wording = _object(
        "一段文字",
        {
            "change": ("保留、插入或删去", {"enum": [change.value for change in Change]}),
            "text": ("文字，换段是一个换行符", text),
        },
    )
    difference = _object(
        "一处不同",
        {
            "field": ("键的名字，如 text、target.goal、due", text),
            "name": ("中文名字，如 正文、指标“学前三年毛入园率”", text),
            "old": ("原来读作什么，没有是空的", text),
            "new": ("现在读作什么，没有是空的", text),
            "note": ("说明，如 ↑0.5个百分点、推迟3个月", text),
            "wording": ("文字的改动；不是文字的是空的", {"type": "array", "items": wording}),
        },
    )
    share = {"type": ["number", "null"], "minimum": 0, "maximum": 1}
    part = _object(
        "一处改动",
        {
            "what": ("新增、删除或改动", {"enum": [what.value for what in What]}),
            "kind": ("全篇、部分、任务或附件", {"enum": ["plan", "section", "task", "attachment"]}),
            "title": ("标题，没有标题的是开头几个字", text),
            "old_address": ("在原稿哪里，如 第6条", text),
            "new_address": ("在改稿哪里", text),
            "old_line": ("原稿文件的第几行", line),
            "new_line": ("改稿文件的第几行", line),
            "moves": ("从哪里来、到哪里去", {"type": "array", "items": text}),
            "likeness": ("只凭内容配对时有多像，0 到 1；不是的为 null", share),
            "differences": ("不同的地方", {"type": "array", "items": difference}),
        },
    )
    hint = _object(
        "看起来相同、编码不同的两处",
        {
            "kind": ("部分、任务或指标", text),
            "title": ("标题", text),
            "old_address": ("在原稿哪里", text),
            "new_address": ("在改稿哪里", text),
            "likeness": ("有多像", {"type": "number", "minimum": 0, "maximum": 1}),
        },
    )
    counts = _object("各种改动的次数", {name: (said.replace(" {}", ""), count) for name, said in SUMMARY.items()})
    report = _object(
        "plangen diff --to json",
        {
            "schema_version": ("这份说明的版本", {"const": VERSION}),
            "old": ("原稿", side),
            "new": ("改稿", side),
            "summary": ("一句话的总结", text),
            "counts": ("各种改动的次数", counts),
            "changes": ("改动，照改稿的顺序", {"type": "array", "items": part}),
            "hints": ("提示", {"type": "array", "items": hint}),
        },
    )
    return {"$schema": "http://json-schema.org/draft-07/schema#", **report}


def _object(title: str, keys: Mapping[str, tuple[str, Mapping[str, object]]]) -> Json:
    """Return the schema of an object all of whose keys are always there."""
    properties = {name: {"description": meaning, **schema} for name, (meaning, schema) in keys.items()}
    return {"title": title, "type": "object", "properties": properties, "required": list(keys)}
