"""The telephone system's side of a call: it rings, is answered at a seat, ends (practice P5).

A ring is no deed: it stands in the work file beside the store, where the seats look for it. What becomes of the call is
the operator's record, known by the same id. Only a call that nobody answered is recorded here, so that every call is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from db.codes import CallDirection, Deed, TransferWay
from db.doors import Writer
from db.ids import new_uid
from db.queries import callers, calls
from db.times import from_ms, maybe_from_ms, to_ms
from db.work import Ring, WorkStore
from desk import history, seats
from desk.calls import keep_transfers
from desk.context import Desk
from desk.errors import BadInput, Refused, StoreUnusable
from desk.history import Happening
from desk.rules.text import cleaned, normalised_phone

if TYPE_CHECKING:
    from desk.session import Opening

LINES = ("12345", "12333")


@dataclass(frozen=True, slots=True)
class RingRow:
    """A call as the telephone system tells of it; times aware UTC. `seat` is '' while it rings everywhere."""

    call_id: str
    phone: str
    line: str
    seat: str
    rang_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None

    @property
    def was_answered(self) -> bool:
        """Whether somebody took the call."""
        return self.answered_at is not None


def ring(opening: "Opening", phone: str, line: str, *, seat: str = "", call_id: str = "") -> RingRow:
    """来电: a call rings at one seat, or at all. Told twice by the same id it is one. '' for a withheld number.

    Raises BadInput for a number, line or id that is none, StoreUnusable when the work file cannot be written.
    """
    number = normalised_phone(phone, "来电号码")
    if line not in LINES:
        raise BadInput(f"拨打热线须为 {'、'.join(LINES)}，不能是“{line[:20]}”", "拨打热线")
    key = cleaned(call_id, 64, "通话编号", one_line=True) or new_uid()
    place = cleaned(seat, 64, "座席", one_line=True)
    work = _work(opening)
    work.ring(key, phone=number, line=line, seat=place, now_ms=to_ms(opening.now()))
    return _known(work, key)


def is_heard(opening: "Opening", call: RingRow) -> bool:
    """Whether somebody sits where a call rings; one that rings at every seat is heard by whoever sits down first."""
    return not call.seat or seats.is_taken(_work(opening), call.seat, opening.now())


def is_at_rest(opening: "Opening", call: RingRow) -> bool:
    """Whether the one seat where a call rings takes no calls now (小休, 离席)."""
    return bool(call.seat) and seats.rests(_work(opening), call.seat, opening.now())


def answer(opening: "Opening", call_id: str, *, seat: str = "") -> RingRow:
    """接听: a seat takes the call; without a seat the one where it rings. Raises BadInput, Refused if it is too late."""
    work = _work(opening)
    waiting = _known(work, call_id)
    place = cleaned(seat, 64, "座席", one_line=True) or waiting.seat
    if not place:
        raise BadInput(f"通话 {call_id} 在所有座席振铃，请用 --seat 说明由谁接听", "座席")
    return _taken(work, call_id, place, opening.now())


def take(desk: Desk, call_id: str) -> RingRow:
    """接入: this seat takes a call that rings here, from its form. Raises BadInput, Refused if it is too late."""
    _known(desk.work, call_id)
    return _taken(desk.work, call_id, desk.seat, desk.now())


def hang_up(opening: "Opening", call_id: str, os_account: str) -> RingRow:
    """挂断: the call has ended. One that nobody answered is recorded as missed, with an event of the account.

    Raises BadInput for an unknown call, Refused for one that had ended before, StoreUnusable.
    """
    work = _work(opening)
    _known(work, call_id)
    if not work.end_ring(call_id, now_ms=to_ms(opening.now())):
        raise Refused(f"通话 {call_id} 此前已结束")
    ended = _known(work, call_id)
    _withdraw_offers(work, call_id, to_ms(opening.now()))
    with opening.database.write() as writer:
        _keep_end(opening, writer, ended, os_account)
    return ended


def _withdraw_offers(work: WorkStore, call_id: str, now_ms: int) -> None:
    """Nobody takes over a caller who has gone; who was called to a crisis in silence still has to ring back (P25)."""
    for each in work.transfers.of_call(call_id):
        if each.way != TransferWay.SILENT:
            work.transfers.withdraw(each.id, now_ms=now_ms)


def running(desk: Desk) -> RingRow | None:
    """Return the call that this seat has answered and that still runs, for the form to begin with."""
    found = desk.work.running_ring(desk.seat)
    return None if found is None else _row(found)


def at_seat(desk: Desk) -> tuple[RingRow, ...]:
    """Return the calls of this seat: the one it has answered first, then those that ring, the longest waiting first."""
    answered = running(desk)
    waiting = (_row(found) for found in desk.work.waiting_rings(desk.seat))
    return ((answered,) if answered else ()) + tuple(waiting)


def _taken(work: WorkStore, call_id: str, seat: str, now: datetime) -> RingRow:
    """A seat takes a call: told by the form and by the telephone system, in either order, it is taken once."""
    if not work.take_ring(call_id, seat=seat, now_ms=to_ms(now)):
        found = _known(work, call_id)
        if found.ended_at is not None:
            raise Refused(f"通话 {call_id} 已结束")
        if found.seat != seat:
            raise Refused(f"通话 {call_id} 已由座席 {found.seat} 接听")
    return _known(work, call_id)


def _work(opening: "Opening") -> WorkStore:
    work = WorkStore(opening.database.path)
    if not work.is_usable:
        raise StoreUnusable(f"{work.path} 打不开，未登记来电；请检查文件夹的写权限")
    return work


def _known(work: WorkStore, call_id: str) -> RingRow:
    found = work.find_ring(call_id)
    if found is None:
        raise BadInput(f"没有编号为 {call_id[:64]} 的通话，请核对", "通话编号")
    return _row(found)


def _row(found: Ring) -> RingRow:
    return RingRow(
        call_id=found.id,
        phone=found.phone,
        line=found.line,
        seat=found.seat,
        rang_at=from_ms(found.rang_at),
        answered_at=maybe_from_ms(found.answered_at),
        ended_at=maybe_from_ms(found.ended_at),
    )


def _keep_end(opening: "Opening", writer: Writer, call: RingRow, os_account: str) -> None:
    """Write when the operator's record of the call ended; make one for a call that nobody took."""
    assert call.ended_at is not None, "a call that was hung up has ended"
    ended_at = to_ms(call.ended_at)
    key = callers.call_of_outside(writer, call.call_id)
    if key is not None:
        calls.change(writer, key, {"ended_at": ended_at})
        keep_transfers(_work(opening), writer, key, call.call_id, opening.now())
    elif not call.was_answered:
        uid = new_uid()
        values = {
            "uid": uid,
            "direction": str(CallDirection.INBOUND),
            "line": call.line,
            "number": call.phone or None,
            "outside_id": call.call_id,
            "seat": call.seat,
            "rang_at": to_ms(call.rang_at),
            "ended_at": ended_at,
        }
        calls.add(writer, values)
        at = history.moment_after_head(writer, opening.now())
        data = {"call": uid, "missed": True, "os_account": os_account}
        history.record(writer, Happening(Deed.FILE_CALL, at, None, call.seat, data=data))
