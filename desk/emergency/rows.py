"""From the store's row of an emergency to the frozen row that a screen sees."""

from datetime import datetime, timedelta
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row
from db.queries import emergencies, work_orders
from db.times import from_ms, maybe_from_ms
from desk import lists, sight
from desk.context import Desk
from desk.emergency_rows import EmergencyRow, StepRow
from desk.errors import Refused
from desk.rules import emergency as rules
from desk.rules.lifecycle import AT_THE_CENTRE
from desk.thresholds import threshold

COLUMNS = {
    Deed.CALL_OUT: "called_out_at",
    Deed.ACKNOWLEDGE: "acknowledged_at",
    Deed.DEPART: "departed_at",
    Deed.ARRIVE: "arrived_at",
    Deed.CONTAIN: "contained_at",
    Deed.FINISH: "finished_at",
}
"""The column that holds the time of each step."""

END_WORDS = {"downgraded": "已降级", "false_alarm": "误报"}


def emergency_of(reader: Reader, order_no: str) -> tuple[Row, Row]:
    """Return an order and its emergency's row. Raises Refused for an order that is no emergency."""
    order = work_orders.by_number(reader, order_no)
    row = None if order is None else emergencies.of_order(reader, order["id"])
    if order is None or row is None:
        raise Refused(f"工单 {order_no} 不是应急工单，请按普通工单办理")
    return order, row


def report_every(desk: Desk) -> timedelta:
    """Return the time between two reports on a danger that is not under control (setting, minutes)."""
    return timedelta(minutes=float(threshold(desk, "emergency.report_every_minutes", 30)))


def stamps(row: Any, order: Any) -> dict[Deed, datetime]:
    """Return the steps done and their times (aware UTC).

    An order sent from 派单 and signed at the unit's desk counts as called out and acknowledged; one that came back to
    the centre has to be called out anew.
    """
    status = Status(order["status"])
    if status in AT_THE_CENTRE:
        return {}
    times = {deed: row[column] for deed, column in COLUMNS.items()}
    times[Deed.CALL_OUT] = times[Deed.CALL_OUT] or order["dispatched_at"] or row["started_at"]
    if status is not Status.TO_SIGN:
        times[Deed.ACKNOWLEDGE] = times[Deed.ACKNOWLEDGE] or order["signed_at"] or times[Deed.CALL_OUT]
    return {deed: from_ms(at) for deed, at in times.items() if at is not None}


def emergency_row(desk: Desk, row: Any, now: datetime) -> EmergencyRow:
    """Return one emergency as this person may see it, as of `now` (aware)."""
    started_at, due_at = from_ms(row["started_at"]), from_ms(row["due_at"])
    done = stamps(row, row)
    reported_at = maybe_from_ms(row["reported_at"])
    runs = row["contained_at"] is None and row["ended_at"] is None
    return EmergencyRow(
        order=lists.order_row(desk.actor, row, now),
        type=row["type"],
        started_at=started_at,
        due_at=due_at,
        steps=tuple(_step(deed, done.get(deed), started_at) for deed in rules.STEPS),
        next_step=None if row["ended_at"] else rules.next_step(done),
        controlled_at=maybe_from_ms(row["contained_at"]),
        said_by=row["contained_said_by"],
        finished_at=maybe_from_ms(row["finished_at"]),
        reported_at=reported_at,
        report_due_at=rules.report_due(due_at, reported_at, report_every(desk)) if runs else None,
        ended_at=maybe_from_ms(row["ended_at"]),
        end_word=END_WORDS.get(row["end_reason"] or "", ""),
        run=max(now - started_at, timedelta()),
        is_crisis=sight.is_crisis(row),
        care=f"{row['care_on']} {row['care_by']}" if row["care_on"] else "",
    )


def _step(deed: Deed, at: datetime | None, started_at: datetime) -> StepRow:
    return StepRow(deed, at, None if at is None else at - started_at)
