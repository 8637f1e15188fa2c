"""The report of an import: everything that is doubtful, with its line and the whole text it is about, in Markdown."""

from plangen.diagnostics.markdown import escaped
from plangen.importing.text import Imported


def import_report(imported: Imported) -> str:
    """Return the report, for the drafter to go through line by line."""
    plan = imported.plan
    lines = [
        f"# 导入报告：{_escaped(plan.title)}",
        "",
        f"共 {len(imported.diagnostics)} 处要核对。行号是原文件里的行（Word 文档是段）。",
        "",
    ]
    if imported.diagnostics:
        lines += ["| 行 | 编号 | 说明 | 原文 |", "| ---: | --- | --- | --- |"]
    for each in imported.diagnostics:
        span = each.span
        line = str(span.position[0]) if span else ""
        text = span.source.text[span.start : span.end] if span else ""
        lines.append(f"| {line} | {each.code} | {_escaped(each.message)} | {_escaped(text)} |")
    return "\n".join([*lines, ""])


def _escaped(text: str) -> str:
    return escaped(" ".join(text.split()))
