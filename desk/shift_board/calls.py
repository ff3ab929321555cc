"""The calls of the running shift: what the telephone system told, laid over what was filed (practice P5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from db.codes import CallDirection, CallSummary
from db.doors import Reader, Row
from db.queries import shift_board
from db.times import to_ms
from db.work import Ring
from desk.codes import word
from desk.context import Desk
from desk.rules.secrecy import masked_phone
from desk.shift_rows import ShiftFigures

SECONDS_KEY, SECONDS = "shift.pickup_seconds", 15
"""In time is answered within so many seconds (GB/T 33358)."""
_STALE_MS = int(timedelta(minutes=10) / timedelta(milliseconds=1))
"""A ring of which nothing was heard for so long rings nowhere any more."""


@dataclass(frozen=True, slots=True)
class ShiftCall:
    """One call of the shift, times in ms UTC. `who` is '' while nobody filed it; `is_told` by the telephone system."""

    key: str
    number: str
    seat: str
    who: str
    is_inbound: bool
    rang_at: int
    answered_at: int | None
    ended_at: int | None
    summary: str
    order_no: str
    is_told: bool
    is_in_time: bool
    """Whether it was answered within `shift.pickup_seconds`, or nobody can tell."""

    @property
    def is_over(self) -> bool:
        """Whether it was answered and has ended; what was filed without the telephone system is over by then."""
        return self.answered_at is not None and (self.ended_at is not None or not self.is_told)

    @property
    def lacks_summary(self) -> bool:
        """Whether it is over and nobody has said what it was."""
        return self.is_over and not self.summary


def of_shift(desk: Desk, reader: Reader, since: int) -> tuple[ShiftCall, ...]:
    """Return the calls that rang since `since` (ms UTC), each once, oldest first."""
    rows = shift_board.calls_since(reader, desk.actor.centre_id, since)
    rings = {ring.id: ring for ring in desk.work.rings_since(since)}
    within = int(float(desk.settings.get(SECONDS_KEY, SECONDS)) * 1000)
    filed = [_filed(row, rings.get(row["outside_id"]), within) for row in rows]
    known = {row["outside_id"] for row in rows}
    told = [_told(ring, within) for ring in rings.values() if ring.id not in known]
    return tuple(sorted((*filed, *told), key=lambda call: (call.rang_at, call.key)))


def _filed(row: Row, ring: Ring | None, within: int) -> ShiftCall:
    return ShiftCall(
        key=f"c{row['id']}",
        number=masked_phone(str(row["number"] or "")),
        seat=row["seat"],
        who=f"{row['staff_name']} {row['staff_no']}" if row["staff_name"] else "",
        is_inbound=row["direction"] == CallDirection.INBOUND,
        rang_at=row["rang_at"],
        answered_at=row["answered_at"],
        ended_at=row["ended_at"] or (ring.ended_at if ring else None),
        summary=word(CallSummary(row["summary"])) if row["summary"] else "",
        order_no=row["order_no"] or "",
        is_told=ring is not None,
        is_in_time=_in_time(row["rang_at"], row["answered_at"], within),
    )


def _told(ring: Ring, within: int) -> ShiftCall:
    return ShiftCall(
        key=f"r{ring.id}",
        number=masked_phone(ring.phone),
        seat=ring.seat,
        who="",
        is_inbound=True,
        rang_at=ring.rang_at,
        answered_at=ring.answered_at,
        ended_at=ring.ended_at,
        summary="",
        order_no="",
        is_told=True,
        is_in_time=_in_time(ring.rang_at, ring.answered_at, within),
    )


def _in_time(rang_at: int, answered_at: int | None, within: int) -> bool:
    return answered_at is None or answered_at - rang_at <= within


def waiting(calls: Sequence[ShiftCall], now: int) -> list[ShiftCall]:
    """Return the calls that ring now (`now` in ms UTC), the longest waiting first."""
    return [
        call
        for call in calls
        if call.is_inbound
        and call.answered_at is None
        and call.ended_at is None
        and now - call.rang_at < _STALE_MS
    ]


def missed(calls: Sequence[ShiftCall]) -> list[ShiftCall]:
    """Return the calls that ended before anybody took them."""
    return [
        call for call in calls if call.is_inbound and call.answered_at is None and call.ended_at is not None
    ]


def figures(desk: Desk, calls: Sequence[ShiftCall]) -> ShiftFigures:
    """Return the figures of a shift's calls."""
    inbound = [call for call in calls if call.is_inbound]
    taken = [call for call in inbound if call.answered_at is not None]
    # What was typed without the telephone system has one moment for both: it says nothing of how long it rang.
    timed = [call for call in taken if call.answered_at and call.answered_at > call.rang_at]
    over = [call for call in calls if call.is_over]
    return ShiftFigures(
        offered=len(inbound),
        answered=len(taken),
        missed=len(missed(calls)),
        waiting=len(waiting(calls, to_ms(desk.now()))),
        running=sum(not call.is_over for call in taken),
        timed=len(timed),
        in_time=sum(call.is_in_time for call in timed),
        called_out=len(calls) - len(inbound),
        ended=len(over),
        summarised=sum(bool(call.summary) for call in over),
    )
