"""List pages as frozen rows: what every screen's list is made of."""

from datetime import datetime
from typing import Any

from db.codes import Grade, OrderKind, Status, Urgency
from db.doors import Reader
from db.queries import pages
from db.times import from_ms, maybe_from_ms
from desk import sight
from desk.context import Actor, Desk
from desk.rows import OrderRow, Page
from desk.rules.marks import marks_of

PAGE_SIZE = 100
"""Rows of one window: more than the tallest terminal shows."""


def load(
    desk: Desk, where: str, *, offset: int = 0, order_by: str = pages.PRESSING, **parameters: Any
) -> Page:
    """Return one window of a list, most pressing first. Raises StoreUnusable."""
    with desk.reading() as reader:
        rows = pages.page(reader, where, limit=PAGE_SIZE, offset=offset, order_by=order_by, **parameters)
        total = pages.count(reader, where, **parameters)
        return Page(tuple(order_row(desk.actor, row, desk.now()) for row in rows), total, offset)


def one(desk: Desk, reader: Reader, order_id: int) -> OrderRow:
    """Return one order as a list row, by its key."""
    return order_row(desk.actor, pages.by_keys(reader, [order_id])[0], desk.now())


def opened(desk: Desk, reader: Reader, order_id: int) -> OrderRow:
    """Return one order, by its key, as it stands on its own page: this person may see it."""
    return order_row(desk.actor, sight.opened(pages.by_keys(reader, [order_id])[0]), desk.now())


def after(desk: Desk, order_id: int) -> OrderRow:
    """Return an order as it stands after a deed was written."""
    with desk.reading() as reader:
        return one(desk, reader, order_id)


def order_row(actor: Actor, row: Any, now: datetime) -> OrderRow:
    """Return a list row as this person may see it (practice P32, P33); `now` is aware."""
    press_at = maybe_from_ms(row["press_at"])
    return OrderRow(
        id=row["id"],
        order_no=row["order_no"],
        query_code=row["query_code"],
        title=sight.title_for(actor, row),
        kind=OrderKind(row["kind"]),
        urgency=Urgency(row["urgency"]),
        status=Status(row["status"]),
        channel=row["channel"],
        area=row["area_name"] or "",
        place=row["place"] if sight.sees_caller(actor, row) else "",
        caller=sight.caller_name(actor, row),
        steward=row["steward_name"] or "",
        section=row["section_name"] or "",
        handler=row["handler_name"] or "",
        grade=Grade(row["grade"]) if row["grade"] else None,
        pool_grade=Grade(row["pool_grade"]) if row["pool_grade"] else None,
        is_secret=sight.is_secret(row),
        round=row["round"],
        urge_count=row["urge_count"],
        press_at=press_at,
        unit_due_at=maybe_from_ms(row["unit_due_at"]),
        citizen_due_at=maybe_from_ms(row["citizen_due_at"]),
        is_due_provisional=bool(row["is_due_provisional"]),
        accepted_at=from_ms(row["accepted_at"]),
        is_overdue=press_at is not None and press_at < now,
        sort_rank=row["sort_rank"],
        marks=marks_of(row["marks"]),
    )
