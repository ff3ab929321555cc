"""派单: the queue, who gets each order, and what undoes it. Each deed is one function, one transaction, one event."""

from desk.dispatch.allowed import why_not
from desk.dispatch.arrivals import arrivals
from desk.dispatch.batch import send_to_first
from desk.dispatch.correcting import correct
from desk.dispatch.marking import marks, set_marks
from desk.dispatch.merging import main_candidates, merge, relate, unmerge
from desk.dispatch.notes import forget_words, keep_note, keep_words, kept_forms, kept_notes
from desk.dispatch.reading import (
    areas,
    categories,
    figures,
    forward_text,
    leave,
    order_detail,
    queue,
    sections,
)
from desk.dispatch.reading import find_units as units
from desk.dispatch.reading import propose as proposals
from desk.dispatch.returns import grant_return, refuse_return
from desk.dispatch.scope import narrow, scope_picks
from desk.dispatch.sending import add_unit, reassign, recall, send
from desk.dispatch.splitting import split
from desk.dispatch.triage import ask_completion, put_into_triage, rule_triage

__all__ = [
    "add_unit",
    "areas",
    "arrivals",
    "ask_completion",
    "categories",
    "correct",
    "figures",
    "forget_words",
    "forward_text",
    "grant_return",
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
    "proposals",
    "put_into_triage",
    "queue",
    "reassign",
    "recall",
    "refuse_return",
    "relate",
    "rule_triage",
    "scope_picks",
    "sections",
    "send",
    "send_to_first",
    "set_marks",
    "split",
    "units",
    "unmerge",
    "why_not",
]
