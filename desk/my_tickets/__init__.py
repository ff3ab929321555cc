"""我的工单: the unit's desk, from the signature to the logged answer, and what the centre decides beside it."""

from desk import special_seats
from desk.attachments import add_attachment, check_attachments
from desk.circulars.reading import unread_count
from desk.my_tickets.answering import log_answer, log_contact_attempt, log_visit, reveal_phone
from desk.my_tickets.asking import ask_extension, ask_suspension
from desk.my_tickets.checking import check_reply
from desk.my_tickets.co_asking import ask_co_handling
from desk.my_tickets.drafts import draft_of, drafts, drop_draft, keep_draft
from desk.my_tickets.escalating import ask_escalation, refer_to_day, rule_escalation
from desk.my_tickets.exporting import export_list
from desk.my_tickets.granting import (
    grant_extension,
    grant_suspension,
    refuse_extension,
    refuse_suspension,
    resume,
    sweep,
    sweep_lapsed,
    sweep_suspensions,
)
from desk.my_tickets.lists import page, tabs, waiting
from desk.my_tickets.panel_asking import ask_panel
from desk.my_tickets.part_returning import ask_part_return
from desk.my_tickets.picks import receivers, reply_phrases, target_units
from desk.my_tickets.replying import co_reply, co_sign, pass_reply, send_back_reply, submit_reply
from desk.my_tickets.returning import ask_return
from desk.my_tickets.signing import (
    auto_sign,
    hand_on,
    hand_on_all,
    note,
    sign,
    sign_all,
    sweep_unsigned,
    to_sign,
)
from desk.my_tickets.ticket import detail
from desk.order_page import print_order
from desk.pressure import answer_reminder, answer_supervision, pressed
from desk.procedures import end_procedure, enter_procedure, extend_procedure
from desk.stewardship import write_step

__all__ = [
    "add_attachment",
    "answer_reminder",
    "answer_supervision",
    "ask_co_handling",
    "ask_escalation",
    "ask_extension",
    "ask_panel",
    "ask_part_return",
    "ask_return",
    "ask_suspension",
    "auto_sign",
    "check_attachments",
    "check_reply",
    "co_reply",
    "co_sign",
    "detail",
    "draft_of",
    "drafts",
    "drop_draft",
    "end_procedure",
    "enter_procedure",
    "export_list",
    "extend_procedure",
    "grant_extension",
    "grant_suspension",
    "hand_on",
    "hand_on_all",
    "keep_draft",
    "log_answer",
    "log_contact_attempt",
    "log_visit",
    "note",
    "page",
    "pass_reply",
    "pressed",
    "print_order",
    "receivers",
    "refer_to_day",
    "refuse_extension",
    "refuse_suspension",
    "reply_phrases",
    "resume",
    "reveal_phone",
    "rule_escalation",
    "send_back_reply",
    "sign",
    "sign_all",
    "special_seats",
    "submit_reply",
    "sweep",
    "sweep_lapsed",
    "sweep_suspensions",
    "sweep_unsigned",
    "tabs",
    "target_units",
    "to_sign",
    "unread_count",
    "waiting",
    "write_step",
]
