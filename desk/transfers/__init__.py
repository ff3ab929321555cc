"""转接: a call goes to another seat with its draft, comes back by itself, and its record keeps the way (practice P13)."""

from desk.transfers.answering import acknowledge, refuse, take_over
from desk.transfers.offering import call_supervisor, note_outside, offer, withdraw
from desk.transfers.reading import at_seat
from desk.transfers.targets import inside_targets

__all__ = [
    "acknowledge",
    "at_seat",
    "call_supervisor",
    "inside_targets",
    "note_outside",
    "offer",
    "refuse",
    "take_over",
    "withdraw",
]
