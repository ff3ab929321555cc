"""Which seats are taken now, by whom, and what they are doing: a hint for who puts a call through (practice P13, P31)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.codes import Role, SeatState
from db.queries import units
from db.times import from_ms, to_ms
from db.work import Seat, WorkStore
from desk.context import Desk
from desk.errors import Refused, StoreUnusable

if TYPE_CHECKING:
    from desk.session import Opening

SEEN_EVERY_SECONDS = 30.0
_GONE_AFTER_MS = 90_000
"""A seat that has missed three times to say so is empty: its desk died or its machine was switched off."""
_STAYS = (SeatState.AWAY, SeatState.REST)
"""What lasts until somebody says that it is over."""


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One taken seat: who sits there, as what, since when, and what is done there since when (aware UTC)."""

    seat: str
    staff_no: str
    name: str
    staff_uid: str
    roles: frozenset[Role]
    state: SeatState
    since: datetime
    signed_in_at: datetime

    @property
    def is_talking(self) -> bool:
        """Whether a call runs there."""
        return self.state is SeatState.TALKING

    @property
    def is_away(self) -> bool:
        """Whether it takes no calls: 离席 or 小休."""
        return self.state in _STAYS


def sit_down(desk: Desk) -> None:
    """Say that somebody sits here and takes calls: also the end of 小休. Whether a call runs, its ring tells."""
    _say(desk, SeatState.FREE)


def be_seen(desk: Desk) -> None:
    """Say so again, every `SEEN_EVERY_SECONDS`; who has stepped away, or rests, does so until a call runs or he says otherwise."""
    own = next((each.state for each in desk.work.seats() if each.seat == desk.seat), "")
    if own in _STAYS and not desk.work.running_ring(desk.seat):
        _say(desk, SeatState(own))
    else:
        sit_down(desk)


def step_away(desk: Desk) -> None:
    """离席: the seat is locked; no call is offered to it."""
    _say(desk, SeatState.AWAY)


def rest(desk: Desk) -> datetime:
    """小休: no call is offered to this seat until `sit_down`; return since when it rests. Raises Refused during a call."""
    if desk.work.running_ring(desk.seat):
        raise Refused("正在通话，挂机后再小休")
    _say(desk, SeatState.REST)
    return resting_since(desk) or desk.now()


def resting_since(desk: Desk) -> datetime | None:
    """Return since when this seat rests (aware UTC), None when it does not."""
    own = next((each for each in desk.work.seats() if each.seat == desk.seat), None)
    return from_ms(own.since) if own is not None and own.state == SeatState.REST else None


def rest_at(opening: "Opening", seat: str, *, is_resting: bool) -> None:
    """小休 of any taken seat, or its end, as the telephone system tells it. Raises Refused for an empty or talking seat."""
    work = WorkStore(opening.database.path)
    if not work.is_usable:
        raise StoreUnusable(f"{work.path} 打不开，未能登记；请检查文件夹的写权限")
    now = to_ms(opening.now())
    found = next((each for each in work.seats(now - _GONE_AFTER_MS) if each.seat == seat), None)
    if found is None:
        raise Refused(f"座席 {seat[:20]} 现在没有人签入")
    if work.running_ring(seat):
        raise Refused(f"座席 {seat[:20]} 正在通话，挂机后再小休")
    state = SeatState.REST if is_resting else SeatState.FREE
    work.sit(seat, staff_uid=found.staff_uid, staff_name=found.staff_name, state=state, now_ms=now)


def _say(desk: Desk, state: SeatState) -> None:
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


def rests(work: WorkStore, seat: str, now: datetime) -> bool:
    """Whether somebody sits at a seat now and takes no calls: 小休 or 离席; `now` is aware UTC."""
    seen = work.seats(to_ms(now) - _GONE_AFTER_MS)
    return any(each.seat == seat and each.state in _STAYS for each in seen)


def taken(desk: Desk) -> tuple[SeatRow, ...]:
    """Return the taken seats of the actor's centre, the free ones first."""
    seen = desk.work.seats(to_ms(desk.now()) - _GONE_AFTER_MS)
    with desk.reading() as reader:
        people = units.staff_by_uids(reader, [each.staff_uid for each in seen], desk.actor.centre_path)
        roles = {row["uid"]: frozenset(map(Role, units.roles_of(reader, row["id"]))) for row in people}
    numbers = {row["uid"]: row["staff_no"] for row in people}
    rows = (
        _row(desk, each, numbers[each.staff_uid], roles[each.staff_uid])
        for each in seen
        if each.staff_uid in numbers
    )
    return tuple(sorted(rows, key=lambda row: (row.is_talking, row.seat)))


def others(desk: Desk) -> tuple[SeatRow, ...]:
    """Return the other taken seats of the actor's centre, the free ones first."""
    return tuple(row for row in taken(desk) if row.seat != desk.seat)


def _row(desk: Desk, each: Seat, staff_no: str, roles: frozenset[Role]) -> SeatRow:
    ring = desk.work.running_ring(each.seat)
    if ring is not None and ring.answered_at is not None:
        state, since = SeatState.TALKING, ring.answered_at
    else:
        state = SeatState(each.state) if each.state in _STAYS else SeatState.FREE
        since = each.since
    return SeatRow(
        each.seat,
        staff_no,
        each.staff_name,
        each.staff_uid,
        roles,
        state,
        from_ms(since),
        from_ms(each.signed_in_at),
    )
