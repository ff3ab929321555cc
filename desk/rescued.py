"""移交 110/119/120: kept beside the emergency, whether the call was put through to them or they were rung (practice P24)."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from db.codes import TransferState, TransferWay
from db.doors import Writer
from db.queries import calls, rescue
from db.times import to_ms
from desk.context import Desk
from desk.rules.incidents import ASK_AFTER_HOURS, RESCUE

_OUT = (TransferWay.OUTSIDE, TransferWay.THREE_WAY)


def keep(
    desk: Desk, writer: Writer, order_id: int, service: str, at: datetime, *, taker: str = "", note: str = ""
) -> None:
    """Keep that a service was told of an emergency at `at` (aware), in the caller's transaction."""
    hours = float(desk.settings.get("emergency.rescue_hours", ASK_AFTER_HOURS))
    rescue.add_handover(
        writer,
        order_id=order_id,
        service=service,
        taker=taker,
        note=note,
        at=to_ms(at),
        by_id=desk.actor.id,
        ask_at=to_ms(at + timedelta(hours=hours)),
    )


def keep_transferred(desk: Desk, writer: Writer, order_id: int, call_id: int | None, at: datetime) -> None:
    """Keep what the call that brought an emergency was put through to before it was typed: transfer first, then type."""
    record = "" if call_id is None else calls.transfers_of(writer, call_id)
    for service in dict.fromkeys(_services(record)):
        keep(desk, writer, order_id, service, at)


def _services(record: str) -> Iterator[str]:
    for each in json.loads(record) if record else ():
        if each["way"] in _OUT and each["state"] == TransferState.CONNECTED and each["to"] in RESCUE:
            yield each["to"]
