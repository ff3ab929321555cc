"""The slots of 预约上门 in the store: whether there is room, and what becomes of them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import islice

from db.codes import VisitOutcome
from db.doors import Reader, Row, Writer
from db.queries import visits
from db.times import to_ms
from desk.context import Desk
from desk.errors import BadInput
from desk.rules.special_checks import Answers
from desk.rules.visits import ANY_UNIT, OFFERED, Slot, capacity_of, free_slots, slot_of, why_not
from desk.special_seats.common import ApplicationDeed, today

CAPACITY: Mapping[str, int] = {ANY_UNIT: 2}
"""Visits of a unit in half a day, by the unit's code, unless the setting `visits.capacity` says otherwise [P]."""
AHEAD_DAYS = 30
"""How many days ahead one may book, unless the setting `visits.ahead_days` says otherwise [P]."""


def slot_for(desk: Desk, reader: Reader, unit: Row, given: Answers) -> Slot:
    """Return the slot asked for (`day`, `half`). Raises BadInput for no working day; for a full one it offers others."""
    slot = slot_of(given["day"], given["half"])
    if refusal := why_not(slot, today(desk), _ahead(desk), desk.calendar):
        raise BadInput(refusal, "上门日期")
    free = free_from(desk, reader, unit, slot)
    if not free or free[0] != slot:
        offer = f"可约：{'、'.join(each.words for each in free)}" if free else "之后也没有空档，请与单位商定"
        raise BadInput(f"{unit['short_name']} {slot.words}已约满；{offer}", "上门日期")
    return slot


def free_from(desk: Desk, reader: Reader, unit: Row, first: Slot) -> tuple[Slot, ...]:
    """Return the next slots, from `first` on, in which the unit has room."""
    ahead = _ahead(desk)
    last = today(desk) + timedelta(days=ahead)
    rows = visits.booked(reader, unit["id"], first.day.isoformat(), last.isoformat())
    booked = {slot_of(row["day"], row["half"]): int(row["visits"]) for row in rows}
    room = capacity_of(unit["code"], desk.settings.get("visits.capacity", CAPACITY))
    return tuple(islice(free_slots(first, today(desk), ahead, desk.calendar, booked, room), OFFERED))


def _ahead(desk: Desk) -> int:
    return int(desk.settings.get("visits.ahead_days", AHEAD_DAYS))


def book(desk: Desk, writer: Writer, application_id: int, unit_id: int, slot: Slot, at: datetime) -> None:
    """Keep a slot for an application; `at` is aware UTC."""
    visits.add(
        writer,
        {
            "application_id": application_id,
            "unit_id": unit_id,
            "day": slot.day.isoformat(),
            "half": str(slot.half),
            "outcome": str(VisitOutcome.BOOKED),
            "booked_at": to_ms(at),
            "booked_by": desk.actor.id,
        },
    )


def end(deed: ApplicationDeed, outcome: VisitOutcome | str, note: str = "") -> None:
    """Say what became of the slot that is booked, if one is."""
    if deed.row["visit_id"] is not None:
        said = {
            "outcome": str(outcome),
            "note": note,
            "logged_at": deed.at_ms,
            "logged_by": deed.desk.actor.id,
        }
        visits.change(deed.writer, deed.row["visit_id"], said)


def first_slot(desk: Desk, day: date | None = None) -> Slot:
    """Return the first slot one may ask for: of `day`, else of tomorrow."""
    return Slot(day or today(desk) + timedelta(days=1), is_afternoon=False)
