"""派单: the queue, who gets each order, and what undoes it. Each deed is one function, one transaction, one event."""

from desk.dispatch.allowed import why_not
from desk.dispatch.batch import send_to_first
from desk.dispatch.correcting import correct
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
from desk.dispatch.redirecting import redirect_return, rule_finally
from desk.dispatch.return_papers import returned
from desk.dispatch.returns import grant_return, refer_return, refuse_return
from desk.dispatch.sending import add_unit, reassign, recall, send
from desk.dispatch.triage import ask_completion, put_into_triage, rule_triage

__all__ = [
    "add_unit",
    "areas",
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
    "order_detail",
    "proposals",
    "put_into_triage",
    "queue",
    "reassign",
    "recall",
    "redirect_return",
    "refer_return",
    "refuse_return",
    "returned",
    "rule_finally",
    "rule_triage",
    "sections",
    "send",
    "send_to_first",
    "units",
    "why_not",
]
