"""What waits on a 不予受理: a caller who insists, a call back that is owed, a sample for 班长 (practice P9)."""

from datetime import datetime
from typing import Any

from db.codes import RequestKind, Verdict
from db.doors import Reader, Row, Writer
from db.queries import requests
from db.times import to_ms
from desk.context import Desk
from desk.rules import declining


def draw_sample(desk: Desk, writer: Writer, order_id: int, uid: str, at: datetime) -> None:
    """Lay an order that was just declined before 班长, where the sample falls on it; part of the deed at `at` (aware)."""
    percent = float(desk.settings.get("declined.sample_percent", declining.SAMPLE_PERCENT))
    if declining.is_sampled(uid, percent):
        requests.add(writer, order_id=order_id, kind=str(RequestKind.SAMPLE), round=1, asked_at=to_ms(at))


def insisting(reader: Reader, order_id: int) -> Row | None:
    """Return what a caller insists on and nobody has decided, or None."""
    return requests.pending(reader, order_id, RequestKind.INSIST)


def sampled(reader: Reader, order_id: int) -> Row | None:
    """Return the sample that 班长 has not looked at, or None."""
    return requests.pending(reader, order_id, RequestKind.SAMPLE)


def confirmed(reader: Reader, order_id: int) -> Row | None:
    """Return the request of a caller to whom 不予受理 was confirmed, or None; `wanted_due_at`: by when he is to be rung."""
    return next(
        (row for row in requests.of_order(reader, order_id) if _is_confirmed(row)),
        None,
    )


def _is_confirmed(row: Any) -> bool:
    return bool(row["kind"] == RequestKind.INSIST and row["verdict"] == Verdict.REFUSED)


def owed(reader: Reader, order_id: int) -> Row | None:
    """Return the confirmed request whose caller has not been rung yet, or None."""
    row = confirmed(reader, order_id)
    return row if row is not None and row["wanted_due_at"] is not None else None
