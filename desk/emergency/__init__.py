"""应急: the green channel against its thirty minutes (practice P24)."""

from desk.emergency.allowed import why_not
from desk.emergency.calling import callee_of, callees, sections
from desk.emergency.endings import downgrade, false_alarm, finish
from desk.emergency.reaching import ring_back, try_call_out
from desk.emergency.reading import alarms, detail, figures, running
from desk.emergency.rescuing import hand_to_rescue, hear_rescue, rescue_choices
from desk.emergency.steps import acknowledge, arrive, call_out, contain, depart, report_on
from desk.emergency.words import forget_words, is_on_call, keep_words, kept_words

__all__ = [
    "acknowledge",
    "alarms",
    "arrive",
    "call_out",
    "callee_of",
    "callees",
    "contain",
    "depart",
    "detail",
    "downgrade",
    "false_alarm",
    "figures",
    "finish",
    "forget_words",
    "hand_to_rescue",
    "hear_rescue",
    "is_on_call",
    "keep_words",
    "kept_words",
    "report_on",
    "rescue_choices",
    "ring_back",
    "running",
    "sections",
    "try_call_out",
    "why_not",
]
