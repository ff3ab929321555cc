"""How time is said on lists and to the caller: words, never colour alone (design part 6)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desk.rules.calendar import WEEKDAYS, local

if TYPE_CHECKING:
    from desk.rules.deadlines import Due

DUE_SOON_HOURS = 4.0


def time_left(due_at: datetime, now: datetime, due_soon_hours: float = DUE_SOON_HOURS) -> str:
    """`余2天3时`, `余5时12分`, `临期3时`, `!超期1天`, `!超期40分`; both moments aware, calendar days and hours.

    A started last minute is `临期1分`; the due moment itself is still in time. Raises ValueError when naive.
    """
    left = local(due_at) - local(now)
    if left < timedelta():
        return f"!超期{_rough(-left)}"
    if left <= timedelta(hours=due_soon_hours):
        return f"临期{_rough(left)}"
    return f"余{_fine(left)}"


def is_due_soon(due_at: datetime, now: datetime, due_soon_hours: float = DUE_SOON_HOURS) -> bool:
    """临期: not over, and no more than `due_soon_hours` left."""
    return timedelta() <= local(due_at) - local(now) <= timedelta(hours=due_soon_hours)


def is_overdue(due_at: datetime, now: datetime) -> bool:
    """超期: `now` is past the due moment."""
    return local(now) > local(due_at)


def read_out(due: "Due") -> str:
    """The date to say to the caller: `10月13日（周二）`, with the time of day where the limit is one of hours."""
    at = local(due.at)
    day = f"{at.month}月{at.day}日（周{WEEKDAYS[at.weekday()]}）"
    return f"{day}{at:%H:%M}" if due.wall_clock else day


def accepted_day(accepted_at: datetime, now: datetime) -> str:
    """`受理第6天`: calendar days in China, the day of acceptance is the first (practice P3)."""
    days = (local(now).date() - local(accepted_at).date()).days
    return f"受理第{max(days, 0) + 1}天"


def _parts(span: timedelta) -> tuple[int, int, int]:
    minutes = max(int(span.total_seconds()) // 60, 1)
    return minutes // 1440, minutes // 60 % 24, minutes % 60


def _rough(span: timedelta) -> str:
    """The largest unit alone."""
    days, hours, minutes = _parts(span)
    return f"{days}天" if days else f"{hours}时" if hours else f"{minutes}分"


def _fine(span: timedelta) -> str:
    """The largest unit and the next one, where that is not zero; past ten hours minutes say nothing more."""
    days, hours, minutes = _parts(span)
    if days:
        return f"{days}天{hours}时" if hours else f"{days}天"
    if hours:
        return f"{hours}时{minutes}分" if minutes and hours < 10 else f"{hours}时"
    return f"{minutes}分"
