"""What an emergency's desk must be reminded of beside the clock: the next in line, 110 to be asked (practice P24)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from db.codes import Status
from db.doors import Reader, Row
from db.queries import reports, rescue, work_orders
from db.times import from_ms
from desk.context import Desk
from desk.emergency.calling import in_turn
from desk.emergency.page import callee_words, patience
from desk.emergency_rows import NudgeRow
from desk.rules import reports as reports_rules
from desk.thresholds import threshold

MOST = 50


def of(
    desk: Desk, reader: Reader, running: Sequence[Row], where: str, parameters: Mapping[str, Any]
) -> Iterator[NudgeRow]:
    """Yield the reminders of this person's emergencies (rows of those running; `where` over `o` for all)."""
    for row in running:
        if Status(row["status"]) is Status.TO_SIGN and row["called_out_at"] and not row["acknowledged_at"]:
            yield _unacknowledged(desk, reader, row)
        if row["type"] == reports_rules.GROUP_EVENT and not reports.has_report(reader, row["id"]):
            yield from _unreported(desk, row)
    for row in rescue.open_ones(reader, where, limit=MOST, **parameters):
        begun, ask = from_ms(row["at"]), from_ms(row["ask_at"])
        yield NudgeRow(
            f"{row['order_no']} {row['service']}",
            row["order_no"],
            f"移交 {row['service']} 还没回复，请问处置结果",
            begun,
            ask - begun,
        )


def _unreported(desk: Desk, row: Row) -> Iterator[NudgeRow]:
    """The 初报 of a 群体事件: due by telephone, then in writing (practice P26)."""
    for key, said, usual in (
        ("report.phone_minutes", "电话报告", reports_rules.BY_PHONE),
        ("report.written_minutes", "书面初报", reports_rules.WRITTEN),
    ):
        wait = timedelta(minutes=float(threshold(desk, key, usual / timedelta(minutes=1))))
        yield NudgeRow(
            f"{row['order_no']} {key}",
            row["order_no"],
            f"群体事件{said}到时限（F5 按 z）",
            from_ms(row["started_at"]),
            wait,
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
