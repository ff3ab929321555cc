"""应急值守: the 应急队伍's roster by day and shift, holidays included; gaps are seen days before (domain 16)."""

from desk.roster.changing import Turn, assign, change, leave_note, plan, stand_in, swap, withdraw
from desk.roster.reading import (
    candidate_of,
    candidates,
    day,
    gap_after,
    gaps,
    on_duty,
    people,
    person_named,
    shift_now,
    swaps,
    turns_to_pick,
)
from desk.roster.sheets import export, take_in

__all__ = [
    "Turn",
    "assign",
    "candidate_of",
    "candidates",
    "change",
    "day",
    "export",
    "gap_after",
    "gaps",
    "leave_note",
    "on_duty",
    "people",
    "person_named",
    "plan",
    "shift_now",
    "stand_in",
    "swap",
    "swaps",
    "take_in",
    "turns_to_pick",
    "withdraw",
]
