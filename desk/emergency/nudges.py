"""What an emergency's desk must be reminded of beside the clock: the next in line, 110 to be asked (practice P24)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.codes import Status
from db.doors import Reader, Row
from db.queries import rescue, work_orders
from db.times import from_ms
from desk.context import Desk
from desk.emergency.calling import in_turn
from desk.emergency.page import callee_words, patience
from desk.emergency_rows import NudgeRow

MOST = 50


def of(
    desk: Desk, reader: Reader, running: Sequence[Row], where: str, parameters: Mapping[str, Any]
) -> Iterator[NudgeRow]:
    """Yield the reminders of this person's emergencies (rows of those running; `where` over `o` for all)."""
    for row in running:
        if Status(row["status"]) is Status.TO_SIGN and row["called_out_at"] and not row["acknowledged_at"]:
            yield _unacknowledged(desk, reader, row)
    for row in rescue.open_ones(reader, where, limit=MOST, **parameters):
        begun, ask = from_ms(row["at"]), from_ms(row["ask_at"])
        yield NudgeRow(
            f"{row['order_no']} {row['service']}",
            row["order_no"],
            f"移交 {row['service']} 还没回复，请问处置结果",
            begun,
            ask - begun,
        )


def _unacknowledged(desk: Desk, reader: Reader, row: Row) -> NudgeRow:
    order = work_orders.by_number(reader, row["order_no"])
    following = () if order is None else in_turn(desk, reader, order, row["type"])
    then = f"，请叫下一个：{callee_words(following[0])}" if following else ""
    wait = patience(desk)
    begun = from_ms(row["called_out_at"])
    return NudgeRow(
        f"{row['order_no']} {row['called_out_at']}",
        row["order_no"],
        f"{row['type']} {wait.total_seconds() / 60:g} 分未接令{then}",
        begun,
        wait,
    )
