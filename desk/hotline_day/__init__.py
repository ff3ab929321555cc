"""热线日: sessions planned, their agenda, their decisions and what becomes of them (practice P22, P8)."""

from desk.hotline_day.agenda import propose_agenda, put_on_agenda, take_off_agenda
from desk.hotline_day.deciding import decide_by_day, follow_up
from desk.hotline_day.drafts import forget_words, keep_words, kept_words
from desk.hotline_day.planning import hold_day, plan_day, why_not_plan
from desk.hotline_day.reading import board, days, lines, orders, why_not

__all__ = [
    "board",
    "days",
    "decide_by_day",
    "follow_up",
    "forget_words",
    "hold_day",
    "keep_words",
    "kept_words",
    "lines",
    "orders",
    "plan_day",
    "propose_agenda",
    "put_on_agenda",
    "take_off_agenda",
    "why_not",
    "why_not_plan",
]
