"""受理: from the ringing phone to a new order, and what a caller may still do to an old one (F2)."""

from desk import special_seats
from desk.calls import CallNote, InHand
from desk.intake.births import (
    answer_from_entry,
    register,
    register_direct_answer,
    register_emergency,
)
from desk.intake.calling import file_call, tell_notice
from desk.intake.counter import register_at_counter
from desk.intake.drafts import drafts, drop_draft, log_attempt, save_draft
from desk.intake.later import complete, decline_order, supplement, urge, void, withdraw
from desk.intake.lookups import (
    accused_units,
    areas,
    categories,
    decline_reasons,
    directory,
    emergency_types,
    outside_numbers,
    outside_picks,
    wage_category,
)
from desk.intake.marks import mark_nuisance, mark_settled, unmark_caller
from desk.intake.moments import occurred
from desk.intake.panel import caller, likely_units, matter, notices, offer, progress, similar, to_complete
from desk.intake.phrases import (
    add_phrase,
    change_phrase,
    phrase_used,
    phrases,
    remove_phrase,
    shares_phrases,
)
from desk.intake.places import landmarks, understood
from desk.intake.sending_away import decline, insist, transfer_out
from desk.intake.transferring import transfer_picks
from desk.intake_rows import CounterForm, OrderForm, PhraseForm, Registered
from desk.messages import failed_count
from desk.promises import promise
from desk.receipt import receipt
from desk.telephone import at_seat as calls_at_seat
from desk.telephone import take
from desk.transfers import call_supervisor, note_outside, take_over
from desk.transfers import offer as offer_call
from desk.transfers import withdraw as withdraw_offer

__all__ = [
    "CallNote",
    "CounterForm",
    "InHand",
    "OrderForm",
    "PhraseForm",
    "Registered",
    "accused_units",
    "add_phrase",
    "answer_from_entry",
    "areas",
    "call_supervisor",
    "caller",
    "calls_at_seat",
    "categories",
    "change_phrase",
    "complete",
    "decline",
    "decline_order",
    "decline_reasons",
    "directory",
    "drafts",
    "drop_draft",
    "emergency_types",
    "failed_count",
    "file_call",
    "insist",
    "landmarks",
    "likely_units",
    "log_attempt",
    "mark_nuisance",
    "mark_settled",
    "matter",
    "note_outside",
    "notices",
    "occurred",
    "offer",
    "offer_call",
    "outside_numbers",
    "outside_picks",
    "phrase_used",
    "phrases",
    "progress",
    "promise",
    "receipt",
    "register",
    "register_at_counter",
    "register_direct_answer",
    "register_emergency",
    "remove_phrase",
    "save_draft",
    "shares_phrases",
    "similar",
    "special_seats",
    "supplement",
    "take",
    "take_over",
    "tell_notice",
    "to_complete",
    "transfer_out",
    "transfer_picks",
    "understood",
    "unmark_caller",
    "urge",
    "void",
    "wage_category",
    "withdraw",
    "withdraw_offer",
]
