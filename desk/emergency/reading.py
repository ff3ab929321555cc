"""What the emergency screen and the alarms read."""

from datetime import datetime, timedelta
from typing import Any

from db.codes import Deed
from db.doors import Reader, Row
from db.queries import emergencies, units
from db.times import from_ms, maybe_from_ms, to_ms
from desk import sight
from desk.context import Actor, Desk
from desk.emergency import nudges, page
from desk.emergency.allowed import refusals
from desk.emergency.rows import emergency_of, emergency_row
from desk.emergency_rows import AlarmRow, ClockRow, EmergencyCard, EmergencyRow, FiguresRow
from desk.errors import NotAllowed
from desk.rules import emergency as rules
from desk.rules import rights
from desk.rules.calendar import local
from desk.rules.lifecycle import AT_THE_CENTRE, AT_THE_UNIT
from desk.rules.text import address
from desk.scopes import UNITS_BELOW
from desk.thresholds import period, threshold

MOST_RUNNING = 300
MOST_OVER = 50
ALARM_MINUTES = (10, 20, 25, 30)

_STATUSES = ", ".join(f"'{status}'" for status in AT_THE_CENTRE + AT_THE_UNIT)
ALIVE = f"coalesce(o.status, '') IN ({_STATUSES})"
"""An order whose emergency can still go on: withdrawn, merged or answered ones have none."""


def scope(actor: Actor) -> tuple[str, dict[str, Any]]:
    """Return SQL over `o`, and its parameters, for the emergencies of this person: the centre's or the unit's.

    `coalesce` keeps the indexes of orders out of it: emergencies are few, and are to be read first.
    """
    if actor.is_at_the_centre:
        return "coalesce(o.centre_id, 0) = :centre_id", {"centre_id": actor.centre_id}
    return f"coalesce(o.steward_id, 0) IN {UNITS_BELOW}", {"unit_path": actor.unit_path + "%"}


def running(desk: Desk) -> tuple[EmergencyRow, ...]:
    """Return the emergencies: those not under control (soonest due first, so those over time on top), those under
    control but not finished, and what was finished or ended today (China date), the newest first.
    """
    where, parameters = scope(desk.actor)
    now = desk.now()
    today = to_ms(_midnight(now))
    with desk.reading() as reader:
        alive = emergencies.running(reader, f"{where} AND {ALIVE}", limit=MOST_RUNNING, **parameters)
        rest = emergencies.controlled(reader, where, ALIVE, since_ms=today, limit=MOST_OVER, **parameters)
        return tuple(emergency_row(desk, row, now) for row in (*alive, *rest))


def figures(desk: Desk) -> FiguresRow:
    """Return average minutes and share within the limit, of today and of this month (China dates of acceptance).

    False alarms and downgraded ones do not count (practice P24: both figures).
    """
    where, parameters = scope(desk.actor)
    now = desk.now()
    month = _midnight(now).replace(day=1)
    with desk.reading() as reader:
        rows = emergencies.spans(reader, where, since_ms=to_ms(month), **parameters)
        watch = _watch(desk, reader)
    today = to_ms(_midnight(now))
    return FiguresRow(
        rules.figures(_span(row, now) for row in rows if row["started_at"] >= today),
        rules.figures(_span(row, now) for row in rows),
        watch,
    )


def _watch(desk: Desk, reader: Reader) -> str:
    """The running period in words: `国庆至10-08 刘国平1003`."""
    running = period(desk)
    if running is None:
        return ""
    person = units.staff_by_no(reader, running.officer) if running.officer else None
    officer = f" {person['name']}{running.officer}" if person else ""
    return f"{running.name}至{local(running.ends):%m-%d}{officer}"


def _midnight(now: datetime) -> datetime:
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _span(row: Row, now: datetime) -> tuple[timedelta | None, timedelta, timedelta]:
    started_at, controlled_at = from_ms(row["started_at"]), maybe_from_ms(row["contained_at"])
    took = None if controlled_at is None else controlled_at - started_at
    return took, from_ms(row["due_at"]) - started_at, now - started_at


def alarms(desk: Desk) -> AlarmRow:
    """Return the running emergencies that ring at this desk, whichever screen it shows.

    They ring for those who may stamp their steps: duty officer and supervisor at the centre, the unit's own handlers.
    """
    if not rights.scopes(desk.actor.roles, Deed.CONTAIN):
        return AlarmRow((), (), ())
    where, parameters = scope(desk.actor)
    with desk.reading() as reader:
        rows = emergencies.running(reader, f"{where} AND {ALIVE}", limit=MOST_RUNNING, **parameters)
        clocks = tuple(_clock(desk.actor, row) for row in rows)
        owed = tuple(nudges.of(desk, reader, rows, where, parameters)) if desk.actor.is_at_the_centre else ()
    minutes = threshold(desk, "emergency.alarm_minutes", ALARM_MINUTES)
    return AlarmRow(clocks, tuple(int(minute) for minute in minutes), owed)


def _clock(actor: Actor, row: Row) -> ClockRow:
    place = address(row["area_name"], row["place"]) if sight.sees_caller(actor, row) else ""
    return ClockRow(row["order_no"], row["type"], place, from_ms(row["started_at"]), from_ms(row["due_at"]))


def detail(desk: Desk, order_no: str) -> EmergencyCard:
    """Return one emergency in full. Raises Refused for an unknown one, NotAllowed for one out of sight."""
    with desk.reading() as reader:
        order, row = emergency_of(reader, order_no)
        if not sight.may_see(reader, desk.actor, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
        order, row = sight.opened(order), sight.opened(row)
        shown = emergency_row(desk, row, desk.now())
        sections = tuple(page.sections(desk, reader, order, shown))
        return EmergencyCard(shown, sections, refusals(desk, reader, order, row))
