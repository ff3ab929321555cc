"""What a unit must have done before it may ask, and until when it may (practice P1, P7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from desk.rules.calendar import CHINA, WorkCalendar, local, whole_ms
from desk.rules.counting import counted
from desk.rules.limits import Limits


def return_window_ends(signed_at: datetime, days: int, limits: Limits, calendar: WorkCalendar) -> datetime:
    """Until when a signed order may still be returned: business end of the working day `days` after (P7).

    `signed_at` is aware; the answer too. 0 days: until the moment of signing, so never again.
    """
    if days < 1:
        return signed_at
    last = counted(local(signed_at).date(), days, calendar).last
    return whole_ms(datetime.combine(last, limits.office_closes, CHINA))


def attempts_apart(moments: Iterable[datetime], gap_minutes: float) -> int:
    """Count attempts to reach somebody, those too soon after a counted one left out: 不同时间 (P1)."""
    count, last = 0, None
    for moment in sorted(moments):
        if last is None or moment - last >= timedelta(minutes=gap_minutes):
            count, last = count + 1, moment
    return count
