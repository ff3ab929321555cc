"""派单: the queue, who gets each order, and what undoes it. Each deed is one function, one transaction, one event."""

from desk.dispatch.allowed import why_not
from desk.dispatch.arrivals import arrivals
from desk.dispatch.batch import send_to_first
from desk.dispatch.carrying_out import carry_out
from desk.dispatch.correcting import correct
from desk.dispatch.declined import (
    accept_declined,
    confirm_declined,
    declined_page,
    pass_declined,
    tell_declined,
)
from desk.dispatch.handing_up import hand_up
from desk.dispatch.lessons import forget_lesson
from desk.dispatch.marking import marks, set_marks
from desk.dispatch.merging import main_candidates, merge, relate, unmerge
from desk.dispatch.notes import forget_words, keep_note, keep_words, kept_forms, kept_notes
from desk.dispatch.part_returns import grant_part_return, refuse_part_return
from desk.dispatch.picking import areas, categories, sections
from desk.dispatch.picking import find_units as units
from desk.dispatch.reading import (
    figures,
    forward_text,
    leave,
    order_detail,
    queue,
)
from desk.dispatch.reading import propose as proposals
from desk.dispatch.redirecting import redirect_return, rule_finally
from desk.dispatch.return_papers import returned
from desk.dispatch.returns import grant_return, refer_return, refuse_return
from desk.dispatch.scope import narrow, scope_picks
from desk.dispatch.sending import add_unit, reassign, recall, send
from desk.dispatch.splitting import split
from desk.dispatch.triage import ask_completion, panel_start, put_into_triage, rule_triage
from desk.phones import reveal
from desk.unplanned import day_warning

__all__ = [
    "accept_declined",
    "add_unit",
    "areas",
    "arrivals",
    "ask_completion",
    "carry_out",
    "categories",
    "confirm_declined",
    "correct",
    "day_warning",
    "declined_page",
    "figures",
    "forget_lesson",
    "forget_words",
    "forward_text",
    "grant_part_return",
    "grant_return",
    "hand_up",
    "keep_note",
    "keep_words",
    "kept_forms",
    "kept_notes",
    "leave",
    "main_candidates",
    "marks",
    "merge",
    "narrow",
    "order_detail",
    "panel_start",
    "pass_declined",
    "proposals",
    "put_into_triage",
    "queue",
    "reassign",
    "recall",
    "redirect_return",
    "refer_return",
    "refuse_part_return",
    "refuse_return",
    "relate",
    "returned",
    "reveal",
    "rule_finally",
    "rule_triage",
    "scope_picks",
    "sections",
    "send",
    "send_to_first",
    "set_marks",
    "split",
    "tell_declined",
    "units",
    "unmerge",
    "why_not",
]
