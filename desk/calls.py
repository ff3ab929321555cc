"""The call record: every call is one, in or out, and ends with a 话务小结 (practice P5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from db.codes import CallDirection, CallSummary
from db.doors import Writer
from db.ids import new_uid
from db.queries import calls
from db.times import from_ms, maybe_from_ms, to_ms
from db.work import WorkStore
from desk.context import Desk
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
