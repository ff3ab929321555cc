"""What a seat sees of transfers, and what the call record keeps of them (practice P5, P13)."""

import json
from datetime import datetime
from typing import Any

from db.codes import Role, TransferState, TransferWay
from db.times import from_ms, to_ms
from db.work import WorkStore
from db.work_transfers import Transfer
from desk.codes import word
from desk.context import Desk
from desk.transfer_rows import SeatTransfers, TransferRow

_INSIDE = (TransferWay.SEAT, TransferWay.SPECIALIST, TransferWay.SUPERVISOR)


def at_seat(desk: Desk) -> SeatTransfers:
    """Return what is offered to this seat, what it offered last, and to 班长 who calls in silence."""
    now, transfers = to_ms(desk.now()), desk.work.transfers
    last, called = transfers.last_of(desk.seat, _INSIDE), transfers.last_of(desk.seat, (TransferWay.SILENT,))
    is_supervisor = Role.SUPERVISOR in desk.actor.roles
    silent = transfers.open_in_way(TransferWay.SILENT, now_ms=now) if is_supervisor else []
    incoming = [each for each in transfers.open_to(desk.seat, now_ms=now) if each.way != TransferWay.SILENT]
    return SeatTransfers(
        incoming=tuple(row_of(desk, each) for each in incoming),
        outgoing=row_of(desk, last) if last else None,
        called=row_of(desk, called) if called else None,
        silent=tuple(row_of(desk, each) for each in silent),
    )


def state_of(found: Transfer, now_ms: int) -> TransferState:
    """Return where it stands now (ms UTC): an offer whose time has run out is back."""
    state = TransferState(found.state)
    is_out = found.expires_at <= now_ms
    return TransferState.LAPSED if state is TransferState.OFFERED and is_out else state


def row_of(desk: Desk, found: Transfer) -> TransferRow:
    """Return a transfer as screens see it."""
    return TransferRow(
        id=found.id,
        call_key=found.call_key,
        way=TransferWay(found.way),
        label=found.label,
        title=found.title,
        from_name=found.from_name,
        from_seat=found.from_seat,
        offered_at=from_ms(found.offered_at),
        expires_at=from_ms(found.expires_at),
        state=state_of(found, to_ms(desk.now())),
        to_name=found.to_name,
        to_seat=found.to_seat,
        is_heard=bool(found.seats),
    )


def record_of(work: WorkStore, call_key: str | None, now: datetime) -> str:
    """Return what the call record keeps: JSON of codes, seats, uids of staff and times (ms UTC); '' for none."""
    found = work.transfers.of_call(call_key) if call_key else []
    kept = [_kept(each, to_ms(now)) for each in found]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def _kept(each: Transfer, now_ms: int) -> dict[str, Any]:
    values = {
        "way": each.way,
        "to": each.target,
        "state": str(state_of(each, now_ms)),
        "at": each.offered_at,
        "seat": each.from_seat,
        "staff": each.from_uid,
        "to_seat": each.to_seat,
        "to_staff": each.to_uid,
    }
    return {name: value for name, value in values.items() if value}


def transfer_words(record: str) -> str:
    """Return a call record's transfers in Chinese, '' for none: `三方通话 110 已转，座席 T1204 已接`."""
    kept: list[dict[str, Any]] = json.loads(record) if record else []
    return "，".join(_words(each) for each in kept if each["way"] != TransferWay.SILENT)


def _words(each: dict[str, Any]) -> str:
    way = TransferWay(each["way"])
    named = "" if way in (TransferWay.SPECIALIST, TransferWay.SUPERVISOR) else f"{word(way)} "
    return f"{named}{each['to']} {word(TransferState(each['state']))}"
