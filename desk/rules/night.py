"""夜间: the hours in which a new order rings only when it is 紧急 or 特急 (practice P21)."""

from collections.abc import Sequence
from datetime import datetime, time

from db.codes import Urgency
from desk.rules.calendar import local

HOURS = ("22:00", "07:00")
"""From when to when it is night, China time, unless the setting `alarms.night_hours` says otherwise."""


def is_night(at: datetime, hours: Sequence[str] = HOURS) -> bool:
    """Whether `at` (aware) falls between the two times; they may lie on both sides of midnight, equal ones are no night.

    Raises ValueError for anything that is not two times.
    """
    begins, ends = (time.fromisoformat(each) for each in hours)
    now = local(at).time()
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def rings(urgency: Urgency, *, is_night: bool) -> bool:
    """Whether a new order of this urgency rings: by day every one, at night 紧急 and 特急 only."""
    return urgency is not Urgency.NORMAL or not is_night
