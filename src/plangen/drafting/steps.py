"""The steps from last year's plan to next year's: what is edited where, and what the drafter is told."""

import re
from collections.abc import Iterator
from collections.abc import Sequence as Series
from typing import Final

from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Fix, Span
from plangen.drafting.revising import Group, Step, end_of_line, start_of_line
from plangen.importing.details import find_figures
from plangen.outline.references import attached_records, body_records
from plangen.plan.carrying import Expression, Sort, Years, carry
from plangen.plan.dates import DateError, check_due
from plangen.plan.goals import PENDING, next_baseline
from plangen.plan.marks import TO_FILL_IN, UNDECIDED
from plangen.plan.mentions import YEAR
from plangen.plan.model import Official, Plan, Target, Task
from plangen.plan.schema import Record
from plangen.source.keys import is_chinese
from plangen.source.nodes import Mapping, Node, Scalar, Sequence

_CONTEXT: Final = 10
"""Characters before and after an expression by which a drafter knows the place."""

_LONGEST_NAME: Final = 18
_CLEARED: Final = ("copy_number", "document_number", "date", "printed_on")
"""The elements of an official document that are of one document only."""

_NEW_KEYS: Final = ("goal", "baseline")
"""The texts of a target that have steps of their own."""

_GROUPS: Final = {Sort.CARRIED: Group.CARRIED, Sort.DOUBTFUL: Group.DOUBTS, Sort.RELATIVE: Group.RELATIVE}
_UNSAFE_IN_FLOW: Final = re.compile(r"[,\[\]{}:#]")
_DASH: Final = re.compile(r"[ \t]*-(?=[ \t\n])")
_BLANK: Final = re.compile(r"[ \t-]*")
_ONLY_COMMENT: Final = re.compile(r"[ \t]*(?:#.*)?")
_BY_HAND: Final = "，这里要手工改"


def records(plan: Plan) -> Iterator[Record]:
    """Yield every record of a plan that says something, those of its attachments too."""
    yield from body_records(plan)
    yield from attached_records(plan)


def name_of(record: Record) -> str:
    """Return by what a drafter knows a task or a target: its heading, its indicator, or its first words."""
    if isinstance(record, Target):
        return record.indicator
    if isinstance(record, Task):
        items = [each.heading or "".join(each.text[:1]) for each in record.items[:1]]
        said = next(filter(None, (record.heading, *record.text[:1], *items)), "")
        return said if len(said) <= _LONGEST_NAME else f"{said[:_LONGEST_NAME]}…"
    return ""


def year_step(plan: Plan, years: Years) -> Iterator[Step]:
    """Yield the step that sets the year of the plan."""
    yield from _replaced(Group.CARRIED, plan, "year", str(years.new), f"年份改为{years.new}")


def _replaced(group: Group, record: Record, key: str, new: str, said: str) -> Iterator[Step]:
    """Yield the step that puts a text in the place of the value of a key."""
    scalar = _scalar(record, key)
    if scalar:
        yield Step(group, scalar.here, said, (_value_fix(scalar, new),))


def _scalar(record: Record, key: str) -> Scalar | None:
    """Return the text a file holds as the value of a key, `None` where it holds none."""
    place = record.place
    node = place.node((key,)) if isinstance(place, Mapping) and key in place.names else None
    return node if isinstance(node, Scalar) else None


def _value_fix(scalar: Scalar, new: str) -> Fix:
    """Return the edit that puts a text in the place of a scalar."""
    typed = scalar.source.text[scalar.start : scalar.end].rstrip()
    return Fix(Span(scalar.source, scalar.start, scalar.start + len(typed)), new)


# --- years ---


def text_steps(plan: Plan, years: Years) -> Iterator[Step]:
    """Yield what another year changes in the texts of a plan, and what only its drafter can tell."""
    for passage in Manuscript(plan).passages:
        if passage.name in _NEW_KEYS and isinstance(passage.record, Target):
            continue
        expressions = carry(passage.plain, years)
        contexts = _contexts(passage.text, expressions)
        for each, context in zip(expressions, contexts, strict=True):
            step = _text_step(passage.text, each, context, passage.span(each.start, each.end))
            if step:
                yield step
    yield from _title_line_steps(plan, years)


def _contexts(text: str, expressions: Series[Expression]) -> Iterator[str]:
    """Yield what stands around each expression of a text, as the new plan says it."""
    pieces, starts, done, moved = [], [], 0, 0
    for each in expressions:
        pieces += [text[done : each.start], each.new]
        starts.append(each.start + moved)
        moved += len(each.new) - (each.end - each.start)
        done = each.end
    new = "".join([*pieces, text[done:]])
    for start, each in zip(starts, expressions, strict=True):
        yield f"…{new[max(0, start - _CONTEXT) : start + len(each.new) + _CONTEXT]}…"


def _text_step(text: str, each: Expression, context: str, span: Span | None) -> Step | None:
    """Return the step for an expression of a text, `None` for a text that no file holds."""
    if span is None:
        return None
    old, (source, start, end) = text[each.start : each.end], span
    if each.sort is not Sort.CARRIED:
        return Step(_GROUPS[each.sort], span, f"“{old}”（{each.reason}）：{context}")
    if "".join(source.text[start:end].split()) != old:
        return Step(Group.DOUBTS, span, f"“{old}”应改为“{each.new}”{_BY_HAND}：{context}")
    return Step(Group.CARRIED, span, f"“{old}”改为“{each.new}”：{context}", (Fix(span, each.new),))


def _title_line_steps(plan: Plan, years: Years) -> Iterator[Step]:
    """Yield the steps that keep the lines of the title the same as the title."""
    places = [(nth, at) for nth, line in enumerate(plan.title_lines) for at, sign in enumerate(line) if sign.strip()]
    squeezed = "".join(plan.title.split())
    for each in carry(squeezed, years) if places else ():
        (nth, start), (last, end) = places[each.start], places[each.end - 1]
        line = plan.title_lines[nth]
        spans = plan.place.find_all(line, "title_lines")
        if each.sort is Sort.CARRIED and nth == last and spans:
            source, at, _ = spans[0]
            span = Span(source, at + start, at + end + 1)
            said = f"“{line[start : end + 1]}”改为“{each.new}”：标题分行"
            yield Step(Group.CARRIED, span, said, (Fix(span, each.new),))


def due_steps(plan: Plan, years: Years) -> Iterator[Step]:
    """Yield the steps that move due dates in the years of the old plan on; those of other years are for the drafter."""
    for record in records(plan):
        scalar = _scalar(record, "due")
        if scalar is None or not isinstance(record, Task | Target) or not YEAR.search(record.due):
            continue
        due, name = record.due, name_of(record)
        new = _moved_due(due, years)
        found = scalar.source.text.find(due, scalar.start, scalar.end)
        if new == due:
            yield Step(Group.DOUBTS, scalar.here, f"时限“{due}”不在上年，没有改：{name}")
        elif found < 0:
            yield Step(Group.DOUBTS, scalar.here, f"时限“{due}”应改为“{new}”{_BY_HAND}：{name}")
        else:
            fix = Fix(Span(scalar.source, found, found + len(due)), new)
            yield Step(Group.DUES, scalar.here, f"“{due}”改为“{new}”：{name}", (fix,))


def _moved_due(due: str, years: Years) -> str:
    """Return a due date moved on with the plan; the last of February stays the last."""

    def moved(found: re.Match[str]) -> str:
        year = int(found[0])
        return str(years.carried(year) if year in years.own else year)

    new = YEAR.sub(moved, due)
    try:
        check_due(new)
    except DateError:
        return re.sub(r"29(?=日|$)", "28", new)
    return new


# --- targets ---


def goal_steps(plan: Plan) -> Iterator[Step]:
    """Yield the steps that make the goal of each target its baseline and leave its new goal to be set."""
    for record in records(plan):
        goal = _scalar(record, "goal")
        if not isinstance(record, Target) or goal is None:
            continue
        if record.goal.is_pending:
            yield Step(Group.GOALS, goal.here, f"{record.indicator}：上年的目标就没有定")
            continue
        told = next_baseline(record.baseline, record.goal)
        fixes = (*_baseline_fixes(record, goal, told),)
        said = f"{record.indicator}：上年目标{record.goal}，{_about_baseline(record, told)}"
        yield Step(Group.GOALS, goal.here, said, fixes)
        wording = _scalar(record, "text")
        if wording and re.search(r"\d", re.sub(r"\{@[^}]*\}", "", record.text)):
            yield Step(Group.DOUBTS, wording.here, f"表述里的数还是上年的：{record.text}")


def _about_baseline(target: Target, told: str) -> str:
    if told:
        return f"基数改为{told}" if told != target.baseline else f"基数还是{told}"
    if target.baseline:
        return f"基数还是原来的{target.baseline}，要改"
    return "是增减，没有写基数"


def _baseline_fixes(target: Target, goal: Scalar, told: str) -> Iterator[Fix]:
    """Yield the edits of goal and baseline; between braces there is no room for comments."""
    mapping = target.place
    assert isinstance(mapping, Mapping), mapping
    in_flow = mapping.in_braces
    fix = _value_fix(goal, PENDING if in_flow else f"{PENDING}  # 上年{target.goal}")
    baseline = _scalar(target, "baseline")
    written = f'"{told}"' if in_flow and _UNSAFE_IN_FLOW.search(told) else told
    if told and baseline is None:
        key = "基数" if is_chinese(mapping) else "baseline"
        if in_flow:
            fix = fix._replace(text=f"{fix.text}, {key}: {written}")
        else:
            at = end_of_line(goal.source.text, fix.span.end)
            column = " " * (goal.source.position(mapping.entries[0][0].start)[1] - 1)
            yield Fix(Span(goal.source, at, at), f"\n{column}{key}: {written}")
    elif told and baseline and not target.baseline:
        at = _after_colon(mapping, "baseline")
        yield Fix(Span(goal.source, at, at), f" {written}")
    elif told and baseline and told != target.baseline:
        yield _value_fix(baseline, written)
    elif baseline and target.baseline and not told and not in_flow:
        at = _value_fix(baseline, "").span.end
        yield Fix(Span(goal.source, at, at), f"  # {TO_FILL_IN}：基数还是上年计划里的")
    yield fix


def _after_colon(mapping: Mapping, key: str) -> int:
    """Return where the value of a key would start that has none."""
    typed = mapping.entries[mapping.names[key]][0]
    return typed.source.text.index(":", typed.end) + 1


# --- elements of the official document ---


def official_steps(plan: Plan) -> Iterator[Step]:
    """Yield the steps that clear what belongs to last year's document only."""
    official = plan.official
    for key in _CLEARED if official else ():
        scalar = _scalar(official, key) if official else None
        if official and scalar and not scalar.empty:
            last = f"上年是{scalar.text.strip()}"
            in_flow = isinstance(official.place, Mapping) and official.place.in_braces
            fix = _value_fix(scalar, "" if in_flow else f"# {TO_FILL_IN}，{last}")
            yield Step(Group.BLANKS, scalar.here, f"{Official.SPELLINGS[key].twin}：{last}", (fix,))


# --- tasks ---


def task_steps(plan: Plan, flows: dict[tuple[str, int], int]) -> Iterator[Step]:
    """Yield the steps that mark each task for its drafter to decide on.

    `flows` tells, for what stands in brackets, where these begin, by file and offset: the mark stands above all of it.
    """
    for record in records(plan):
        if isinstance(record, Task) and isinstance(record.place, Node):
            figures = [each for paragraph in record.text for each in find_figures(paragraph)]
            said = name_of(record) + (f"；正文里的数：{'、'.join(figures)}" if figures else "")
            node = record.place
            start = flows.get((node.source.name, node.start))
            at = _entry_line(node) if start is None else start_of_line(node.source.text, start)
            yield Step(Group.TASKS, node.here, said, () if at is None else (*_mark(node, at),))


def _mark(node: Node, at: int) -> Iterator[Fix]:
    """Yield the edit that puts the mark above a line, unless it stands there."""
    text = node.source.text
    before = text[start_of_line(text, at - 1) : at].strip() if at else ""
    if before != f"# {UNDECIDED}":
        line = text[at : end_of_line(text, at)]
        column = line[: len(line) - len(line.lstrip(" \t"))]
        yield Fix(Span(node.source, at, at), f"{column}# {UNDECIDED}\n")


def _entry_line(node: Node) -> int | None:
    """Return where the line with the dash of an entry of a list starts, `None` if it is not to be found."""
    text = node.source.text
    at = start_of_line(text, node.start)
    if "-" in text[at : node.start]:
        return at if _BLANK.fullmatch(text, at, node.start) else None
    while at:
        at = start_of_line(text, at - 1)
        line = text[at : end_of_line(text, at)]
        dash = _DASH.match(f"{line}\n")
        if dash:
            return at if _ONLY_COMMENT.fullmatch(line[dash.end() :]) else None
        if not _ONLY_COMMENT.fullmatch(line):
            return None
    return None


def flow_starts(root: Node) -> dict[tuple[str, int], int]:
    """Return where the outermost brackets begin around what stands in brackets, by file and offset of each mapping."""
    found: dict[tuple[str, int], int] = {}
    waiting: list[tuple[Node, int | None]] = [(root, None)]
    while waiting:
        node, start = waiting.pop()
        if isinstance(node, Mapping):
            start = node.start if start is None and node.in_braces else start
            if start is not None:
                found[node.source.name, node.start] = start
            waiting += [(value, start) for _, value in node.entries]
        elif isinstance(node, Sequence):
            start = node.start if start is None and node.in_brackets else start
            waiting += [(entry, start) for entry in node.entries]
    return found
