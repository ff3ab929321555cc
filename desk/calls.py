"""The call record: every call is one, in or out, and ends with a 话务小结 (practice P5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from db.codes import CallDirection, CallSummary
from db.doors import Writer
from db.ids import new_uid
from db.queries import callers, calls
from db.times import from_ms, maybe_from_ms, to_ms
from db.work import WorkStore
from desk.context import Desk
from desk.errors import Refused
from desk.rules.text import cleaned, normalised_phone
from desk.transfers.reading import record_of


@dataclass(frozen=True, slots=True)
class CallNote:
    """A call as the operator files it. Times are aware UTC; `rang_at` None means now.

    `was_answered` False is a call out that nobody took: it has no time of answer.
    """

    number: str = ""
    line: str = ""
    direction: CallDirection = CallDirection.INBOUND
    summary: CallSummary | None = None
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    outside_id: str | None = None
    recording_no: str | None = None
    language: str = ""
    note: str = ""
    was_answered: bool = True


def keep(desk: Desk, writer: Writer, call: CallNote, at: datetime, order_ids: tuple[int, ...] = ()) -> int:
    """Write one call and link it to orders; return its key. The caller holds the transaction and records the event.

    Raises BadInput for a number or words that cannot be kept.
    """
    moment = to_ms(at)
    call = _as_rung(desk, call)
    call_id = calls.add(
        writer,
        {
            "uid": new_uid(),
            "direction": str(call.direction),
            "line": cleaned(call.line, 12, "拨打热线", one_line=True),
            "number": normalised_phone(call.number) or None,
            "outside_id": outside_key(call),
            "seat": desk.seat,
            "staff_id": desk.actor.id,
            "rang_at": to_ms(call.rang_at) if call.rang_at else moment,
            "answered_at": _answered_at(call, moment),
            "ended_at": to_ms(call.ended_at) if call.ended_at else None,
            "recording_no": cleaned(call.recording_no or "", 64, "录音编号", one_line=True) or None,
            "language": cleaned(call.language, 40, "语言", one_line=True),
            "summary": str(call.summary) if call.summary else None,
            "note": cleaned(call.note, 1000, "小结备注"),
            "transfers": record_of(desk.work, outside_key(call), at),
        },
    )
    for order_id in order_ids:
        calls.link(writer, call_id, order_id)
    return call_id


def keep_transfers(work: WorkStore, writer: Writer, call_id: int, call_key: str, now: datetime) -> None:
    """Bring the record of a call up to date with where it was put through to since it was kept (`now` aware)."""
    record = record_of(work, call_key, now)
    if record:
        calls.change(writer, call_id, {"transfers": record})


def outside_key(call: CallNote) -> str | None:
    """Return the telephone system's id of a call as it is kept, None for none. Raises BadInput for an unkeepable one."""
    return cleaned(call.outside_id or "", 64, "通话编号", one_line=True) or None


def _as_rung(desk: Desk, call: CallNote) -> CallNote:
    """The call with the times that the telephone system told; without it, as the form has them."""
    key = outside_key(call)
    ring = desk.work.find_ring(key) if key else None
    if ring is None:
        return call
    return replace(
        call,
        rang_at=from_ms(ring.rang_at),
        answered_at=maybe_from_ms(ring.answered_at) or call.answered_at,
        ended_at=maybe_from_ms(ring.ended_at) or call.ended_at,
    )


def _answered_at(call: CallNote, moment: int) -> int | None:
    if not call.was_answered:
        return None
    return to_ms(call.answered_at) if call.answered_at else moment


InHand = CallNote | int | None
"""A call as it is now: not yet kept (its note), kept by an earlier deed (its key), or none at all (来访, 网上)."""


def in_hand(desk: Desk, call: InHand) -> InHand:
    """Return the key of a call that an earlier deed kept under the same `outside_id`, else the call as it is.

    To be asked before the transaction: one call stays one record, however many deeds it leads to.
    """
    key = outside_key(call) if isinstance(call, CallNote) else None
    if key is None:
        return call
    with desk.reading() as reader:
        return callers.call_of_outside(reader, key) or call


def kept(
    desk: Desk, writer: Writer, call: InHand, summary: CallSummary, at: datetime, *order_ids: int
) -> int | None:
    """Keep the call in hand with its 话务小结, or link it if it is kept already; return its key.

    `at` is aware UTC. The caller holds the transaction. Raises BadInput for a number that is none, Refused for a key
    that is none.
    """
    if call is None:
        return None
    if isinstance(call, CallNote):
        return keep(desk, writer, _with(call, summary), at, order_ids)
    if callers.call_uid(writer, call) is None:
        raise Refused("本次来电的记录不存在，请按 Ctrl+N 重新开始")
    for order_id in order_ids:
        callers.link_call(writer, call, order_id)
    if (key := calls.outside_id(writer, call)) is not None:
        keep_transfers(desk.work, writer, call, key, at)
    return call


def called_from(call: InHand) -> str:
    """Return the number of a citizen who rings now, '' for a call out, one kept already, and none at all."""
    if isinstance(call, CallNote) and call.direction is CallDirection.INBOUND:
        return normalised_phone(call.number)
    return ""


def _with(call: CallNote, summary: CallSummary) -> CallNote:
    return call if call.summary else replace(call, summary=summary)
