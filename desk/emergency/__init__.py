"""应急: the green channel against its thirty minutes (practice P24)."""

from desk.emergency.allowed import why_not
from desk.emergency.calling import proposed_units, sections, team, units
from desk.emergency.endings import downgrade, false_alarm, finish
from desk.emergency.reading import alarms, detail, figures, running
from desk.emergency.steps import acknowledge, arrive, call_out, contain, depart, report_on
from desk.emergency.words import forget_words, is_on_call, keep_words, kept_words

__all__ = [
    "acknowledge",
    "alarms",
    "arrive",
    "call_out",
    "contain",
    "depart",
    "detail",
    "downgrade",
    "false_alarm",
    "figures",
    "finish",
    "forget_words",
    "is_on_call",
    "keep_words",
    "kept_words",
    "proposed_units",
    "report_on",
    "running",
    "sections",
    "team",
    "units",
    "why_not",
]
