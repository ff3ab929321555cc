"""Which seats are taken now, by whom, and whether they talk: a hint for who puts a call through (practice P13, P31)."""

from dataclasses import dataclass
from datetime import datetime

from db.codes import Role
from db.queries import units
from db.times import to_ms
from db.work import WorkStore
from desk.context import Desk

SEEN_EVERY_SECONDS = 30.0
_FREE, _TALKING, AWAY = "free", "talking", "away"
_GONE_AFTER_MS = 90_000
"""A seat that has missed three times to say so is empty: its desk died or its machine was switched off."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One taken seat: who sits there, as what, whether a call runs, whether it is locked."""

    seat: str
    staff_no: str
    name: str
    roles: frozenset[Role]
    is_talking: bool
    is_away: bool


def sit_down(desk: Desk) -> None:
    """Say that somebody sits here and takes calls."""
    _say(desk, _TALKING if desk.work.running_ring(desk.seat) else _FREE)


def be_seen(desk: Desk) -> None:
    """Say so again, every `SEEN_EVERY_SECONDS`; who has stepped away stays away until he sits down."""
    if any(each.seat == desk.seat and each.state == AWAY for each in desk.work.seats()):
        _say(desk, AWAY)
    else:
        sit_down(desk)


def step_away(desk: Desk) -> None:
    """离席: the seat is locked; no call is offered to it."""
    _say(desk, AWAY)


def _say(desk: Desk, state: str) -> None:
    desk.work.sit(
        desk.seat,
        staff_uid=desk.actor.uid,
        staff_name=desk.actor.name,
        state=state,
        now_ms=to_ms(desk.now()),
    )


def stand_up(desk: Desk) -> None:
    """Say that nobody sits here any more."""
    desk.work.stand_up(desk.seat)


def is_taken(work: WorkStore, seat: str, now: datetime) -> bool:
    """Whether somebody sits at a seat now, so that a call which rings there is heard; `now` is aware UTC."""
    return any(each.seat == seat for each in work.seats(to_ms(now) - _GONE_AFTER_MS))


def others(desk: Desk) -> tuple[SeatRow, ...]:
    """Return the other taken seats of the actor's centre, the free ones first."""
    seen = desk.work.seats(to_ms(desk.now()) - _GONE_AFTER_MS)
    with desk.reading() as reader:
        people = units.staff_by_uids(
            reader, [each.staff_uid for each in seen if each.seat != desk.seat], desk.actor.centre_path
        )
        roles = {row["uid"]: frozenset(map(Role, units.roles_of(reader, row["id"]))) for row in people}
    numbers = {row["uid"]: row["staff_no"] for row in people}
    rows = (
        SeatRow(
            each.seat,
            numbers[each.staff_uid],
            each.staff_name,
            roles[each.staff_uid],
            desk.work.running_ring(each.seat) is not None,
            each.state == AWAY,
        )
        for each in seen
        if each.seat != desk.seat and each.staff_uid in numbers
    )
    return tuple(sorted(rows, key=lambda row: (row.is_talking, row.seat)))
