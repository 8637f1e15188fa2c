"""All rules of the proof-reader, and which of them a project wants."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from plangen.check import (
    bygone,
    dates,
    days,
    figures,
    handover,
    leftovers,
    numerals,
    punctuation,
    sequences,
    structure,
    targets,
    units,
    wording,
)
from plangen.check.manuscript import Manuscript
from plangen.diagnostics import Diagnostic
from plangen.plan.model import Plan


class Rule(NamedTuple):
    """A rule: the code of what it finds, and what yields it."""

    code: str
    find: Callable[[Manuscript], Iterator[Diagnostic]]


RULES: Final = (
    Rule("L101", punctuation.half_width_mark),
    Rule("L102", punctuation.half_width_brackets),
    Rule("L103", punctuation.straight_quotes),
    Rule("L104", punctuation.document_number_brackets),
    Rule("L105", punctuation.ellipsis),
    Rule("L106", punctuation.mark_after_heading),
    Rule("L107", punctuation.doubled_mark),
    Rule("L108", punctuation.unpaired_mark),
    Rule("L109", punctuation.mark_before_etc),
    Rule("L110", punctuation.blank_in_chinese),
    Rule("L111", punctuation.mark_after_ordinal),
    Rule("L112", punctuation.stop_in_bracket),
    Rule("L113", punctuation.etc_twice),
    Rule("L114", punctuation.open_end),
    Rule("L115", punctuation.exclaimed),
    Rule("L116", punctuation.title_in_title),
    Rule("L201", numerals.short_year),
    Rule("L202", numerals.percent_range),
    Rule("L203", numerals.myriad_range),
    Rule("L204", numerals.full_width_digits),
    Rule("L205", numerals.colloquial_unit),
    Rule("L206", numerals.mixed_numerals),
    Rule("L207", numerals.padded_date),
    Rule("L208", numerals.day_as_number),
    Rule("L209", numerals.mixed_percent),
    Rule("L210", numerals.pause_in_estimate),
    Rule("L211", numerals.stray_comma),
    Rule("L212", numerals.sign_twice),
    Rule("L213", numerals.dash_between_years),
    Rule("L214", numerals.zero_in_year),
    Rule("L215", numerals.dotted_day),
    Rule("L216", numerals.falling_range),
    Rule("L301", wording.confusable_word),
    Rule("L302", wording.up_to),
    Rule("L303", wording.log_in),
    Rule("L304", wording.rule_of_law),
    Rule("L305", wording.bounded_twice),
    Rule("L306", wording.variant_word),
    Rule("L307", wording.prevented_twice),
    Rule("L308", wording.bounded_range),
    Rule("L309", wording.colloquial),
    Rule("L310", wording.no_subject),
    Rule("L401", structure.typed_number),
    Rule("L402", structure.empty_section),
    Rule("L403", structure.only_child),
    Rule("L404", structure.task_without_lead),
    Rule("L405", structure.task_without_due),
    Rule("L406", structure.duplicate_task),
    Rule("L407", structure.missing_attachment),
    Rule("L408", units.unknown_unit),
    Rule("L409", units.other_ending),
    Rule("L410", structure.uneven_heading),
    Rule("L411", sequences.broken_sequence),
    Rule("L412", sequences.other_count),
    Rule("L501", targets.two_values),
    Rule("L502", targets.over_whole),
    Rule("L503", targets.worse_than_before),
    Rule("L504", targets.other_unit),
    Rule("L505", targets.target_without_lead),
    Rule("L506", targets.target_without_due),
    Rule("L507", figures.parts_and_total),
    Rule("L508", figures.changed_the_other_way),
    Rule("L509", figures.share_changed_by_percent),
    Rule("L510", figures.figure_without_target),
    Rule("L601", dates.year_left_over),
    Rule("L602", dates.year_of_title),
    Rule("L603", dates.due_outside_year),
    Rule("L604", dates.wrong_ordinal),
    Rule("L605", dates.five_year_label),
    Rule("L606", dates.meeting_to_come),
    Rule("L607", dates.congress_gone_by),
    Rule("L608", days.no_such_day),
    Rule("L609", days.other_day),
    Rule("L610", days.backward_span),
    Rule("L611", days.wrong_anniversary),
    Rule("L612", bygone.epidemic_leftover),
    Rule("L613", bygone.poverty_leftover),
    Rule("L614", bygone.ended_plan),
    Rule("L701", leftovers.stand_in),
    Rule("L702", leftovers.to_do),
    Rule("L703", leftovers.residue),
    Rule("L704", leftovers.repeated_sentence),
    Rule("L705", leftovers.repeated_word),
    Rule("L706", leftovers.said_twice),
    Rule("L707", leftovers.markup),
    Rule("L708", leftovers.same_opening),
    Rule("L720", handover.pending_goal),
    Rule("L721", handover.undecided_task),
    Rule("L722", handover.to_fill_in),
    Rule("L723", handover.to_check),
)
"""Every rule, in the order of its code."""


COMMENT_CODES: Final = ("L001", "L002", "L003", "L004")
"""What may be said of comments that silence rules; see `check.suppression`."""


class Selection(NamedTuple):
    """The rules that are asked: codes or their beginnings (`L1`); without `select` every rule is meant."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()

    def asks(self, code: str) -> bool:
        """Whether a rule is asked."""
        return code.startswith(tuple(self.select) or "") and not code.startswith(tuple(self.ignore))

    def asks_all(self, prefix: str) -> bool:
        """Whether every rule is asked that a code or the beginning of one means."""
        return all(self.asks(rule.code) for rule in RULES if rule.code.startswith(prefix))

    @staticmethod
    def knows(prefix: str) -> bool:
        """Whether a code or the beginning of one means any rule."""
        return bool(prefix) and any(rule.code.startswith(prefix) for rule in RULES)


EVERY_RULE: Final = Selection()
"""All rules."""


def proofread(plan: Plan, rules: Selection = EVERY_RULE, units: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Yield what the rules find in a plan that is right in form; `units` are those its project knows, empty for any."""
    manuscript = Manuscript(plan, units)
    for rule in RULES:
        if rules.asks(rule.code):
            yield from rule.find(manuscript)


def matches_rule(prefix: str) -> bool:
    """Whether a code or the beginning of one means anything the proof-reader says."""
    return Selection.knows(prefix) or (bool(prefix) and any(code.startswith(prefix) for code in COMMENT_CODES))
