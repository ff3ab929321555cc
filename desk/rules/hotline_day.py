"""热线日: which orders a session looks at, when the next one should have been planned, and what it is called (P22)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from db.codes import AgendaReason
from desk.rules.calendar import CHINA, local, whole_ms

CITY = "city"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on an order belongs on the agenda: rounds graded D, days as C in the pool, different callers."""

    d_times: int = 2
    c_days: int = 60
    callers: int = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts of one order. `c_since` is aware: since when the pool holds it as C, None when it does not."""

    is_referred: bool = False
    d_times: int = 0
    c_since: datetime | None = None
    callers: int = 1


def reasons(facts: Facts, least: Thresholds, now: datetime) -> Iterator[tuple[AgendaReason, str]]:
    """Yield why an order belongs on the agenda, each with its words; the weightiest first. `now` is aware (P22)."""
    if facts.is_referred:
        yield AgendaReason.ESCALATED, "分管领导提交"
    if facts.d_times >= least.d_times:
        yield AgendaReason.D_TWICE, f"{facts.d_times}次评为D级"
    days = days_as_c(facts.c_since, now)
    if days > least.c_days:
        yield AgendaReason.C_LONG, f"C级入池{days}天"
    if facts.callers >= least.callers:
        yield AgendaReason.MANY_CALLERS, f"{facts.callers}人反映"


def days_as_c(since: datetime | None, now: datetime) -> int:
    """Return for how many whole days the pool has held an order as C; 0 when it does not."""
    return 0 if since is None else max((now - since) // timedelta(days=1), 0)


def month_of(moment: datetime) -> tuple[datetime, datetime]:
    """Return the calendar month in China that holds an aware moment: its first instant and that of the next month."""
    at = local(moment)
    first = datetime(at.year, at.month, 1, tzinfo=CHINA)
    after = (first + timedelta(days=32)).replace(day=1)
    return whole_ms(first), whole_ms(after)


def is_unplanned(now: datetime, planned: Iterable[datetime], plan_by: int) -> bool:
    """Whether the `plan_by`th has come and the month of `now` has no session; all moments aware (P22)."""
    first, after = month_of(now)
    return local(now).day >= plan_by and not any(first <= moment < after for moment in planned)


def day_name(level: str, centre: str) -> str:
    """Return what the session of a centre is called: 市长热线日 for the city, 县长, 区长 or 市长热线日 for a county.

    `centre` is the centre's full name; what it says first of 县, 区 or 市 decides (瑞金市 is a county too).
    """
    if level == CITY:
        return "市长热线日"
    for place, sign in enumerate(centre):
        if sign in "县区市" and place > 0:
            return f"{sign}长热线日"
    return "县长热线日"
