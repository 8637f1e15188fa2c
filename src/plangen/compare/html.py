"""Changes as one HTML page that needs nothing else: side by side or in one text, light or dark, on screen and paper."""

from collections.abc import Iterator
from html import escape
from typing import Final

from plangen.compare.changes import Changes, PartChange, What
from plangen.compare.values import Difference
from plangen.outline.model import Change

_STYLE: Final = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1d1d1f; --faint: #6b6b70; --line: #d8d8dc; --del: #fbe3e3;
  --del-ink: #9b1c1c; --ins: #dff3e4; --ins-ink: #14602b; }
@media (prefers-color-scheme: dark) { :root { --paper: #1b1b1d; --ink: #e8e8ea; --faint: #a0a0a6; --line: #3a3a3e;
  --del: #4a2225; --del-ink: #ffb4b4; --ins: #1e3f29; --ins-ink: #a6e8b8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.75 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 0 0 .25rem; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; }
.names, .news, .note, th { color: var(--faint); font-weight: normal; }
section { border-top: 1px solid var(--line); padding: 1rem 0 .5rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin-bottom: .5rem; }
th, td { padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  white-space: pre-wrap; }
th { width: 9rem; }
del { background: var(--del); color: var(--del-ink); text-decoration: line-through; }
ins { background: var(--ins); color: var(--ins-ink); text-decoration: none; }
.added h2 { color: var(--ins-ink); } .removed h2 { color: var(--del-ink); }
input { margin: 0 .3rem 0 0; } label { margin-right: 1.25rem; cursor: pointer; }
#inline:checked ~ main .side, #beside:checked ~ main .one { display: none; }
@media print { input, label { display: none; } section { break-inside: avoid; } }
"""
"""Colours have a contrast of at least 4.5 to 1 in either scheme (WCAG 2.2, 1.4.3)."""

_SIDES: Final = ((Change.DELETED, "del"), (Change.INSERTED, "ins"))
_TAGS: Final = dict(_SIDES)


def render_html(changes: Changes, old_name: str, new_name: str) -> str:
    """Return the changes as one page; which of the two views is shown is up to its reader."""
    title = escape(f"{changes.new_title or changes.old_title}修改情况")
    return "".join(
        (
            '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
            f'<p class="names">{escape(old_name)} → {escape(new_name)}</p>\n<p>{escape(changes.summary)}</p>\n',
            '<input type="radio" name="view" id="beside" checked><label for="beside">左右对照</label>\n',
            '<input type="radio" name="view" id="inline"><label for="inline">合在一起</label>\n<main>\n',
            *map(_section, changes.parts),
            *(f'<section><p class="news">{escape(hint.said)}</p></section>\n' for hint in changes.hints),
            "</main>\n</body>\n</html>\n",
        )
    )


def _section(part: PartChange) -> str:
    news = f' <span class="news">{escape(part.news)}</span>' if part.news else ""
    rows = "".join(row for difference in part.differences for row in _rows(part, difference))
    table = f"<table>\n{rows}</table>\n" if rows else ""
    return f'<section class="{part.what.value}">\n<h2>{escape(part.where)}{news}</h2>\n{table}</section>\n'


def _rows(part: PartChange, difference: Difference) -> Iterator[str]:
    """Yield the row of a difference as it is seen side by side, and as it is seen in one text."""
    note = difference.note if part.what is What.CHANGED else ""
    name = f'<th scope="row">{escape(difference.name)}</th>'
    noted = f' <span class="note">{escape(note)}</span>' if note else ""
    old, new = _side(difference, Change.DELETED), _side(difference, Change.INSERTED)
    yield f'<tr class="side">{name}<td>{old}</td><td>{new}{noted}</td></tr>\n'
    yield f'<tr class="one">{name}<td colspan="2">{_together(difference)}{noted}</td></tr>\n'


def _side(difference: Difference, change: Change) -> str:
    """Return what one of the plans says, with what is only there marked."""
    if not difference.wording:
        text = difference.old if change is Change.DELETED else difference.new
        return _tagged(text, change)
    return "".join(
        _tagged(segment.text, segment.change)
        for segment in difference.wording
        if segment.change in (Change.KEPT, change)
    )


def _together(difference: Difference) -> str:
    if not difference.wording:
        return _side(difference, Change.DELETED) + " " * bool(difference.old) + _side(difference, Change.INSERTED)
    return "".join(_tagged(segment.text, segment.change) for segment in difference.wording)


def _tagged(text: str, change: Change) -> str:
    if not text or change is Change.KEPT:
        return escape(text)
    return f"<{_TAGS[change]}>{escape(text)}</{_TAGS[change]}>"
