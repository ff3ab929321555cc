"""The lists: one window of 50 rows at a time, over the partial indexes of open orders.

`press_at` and `sort_rank` stand on the row, so that a page costs the same among a thousand orders as among a million.
"""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row

COLUMNS = (
    "SELECT o.id, o.uid, o.order_no, o.query_code, o.title, o.kind, o.urgency, o.status, o.channel, o.place,"
    " o.requester_name, o.contact_phone, o.is_anonymous, o.is_confidential, o.is_crisis, o.is_special, o.accused_name, o.accused_unit_id,"
    " o.grade, o.pool_grade, o.round, o.urge_count, o.press_at, o.unit_due_at, o.citizen_due_at,"
    " o.is_due_provisional, o.accepted_at, o.sort_rank, o.marks, o.steward_id,"
    " a.name AS area_name,"
    " u.short_name AS steward_name, s.name AS section_name, h.name AS handler_name"
)
JOINS = (
    " LEFT JOIN areas a ON a.code = o.area_code LEFT JOIN units u ON u.id = o.steward_id"
    " LEFT JOIN sections s ON s.id = o.section_id LEFT JOIN staff h ON h.id = o.handler_id"
)
PRESSING = " ORDER BY o.sort_rank, o.press_at, o.id"


def page(
    reader: Reader, where: str, *, limit: int, offset: int, order_by: str = PRESSING, **parameters: Any
) -> Sequence[Row]:
    """Return one window of the orders that `where` (portable SQL over `o`) names, most pressing first.

    The keys are found by the index alone before anything is joined.
    """
    keys = f"SELECT o.id FROM work_orders o WHERE {where}{order_by} LIMIT :limit OFFSET :offset"
    sql = f"{COLUMNS} FROM work_orders o{JOINS} WHERE o.id IN ({keys}){order_by}"
    return reader.all(sql, limit=limit, offset=offset, **parameters)


def count(reader: Reader, where: str, **parameters: Any) -> int:
    """Return how many orders `where` names."""
    return int(reader.value(f"SELECT count(*) FROM work_orders o WHERE {where}", **parameters))


def by_keys(reader: Reader, keys: Sequence[int]) -> list[Row]:
    """Return the orders with these keys, in the order given."""
    if not keys:
        return []
    marks = ", ".join(str(int(key)) for key in keys)
    rows = reader.all(f"{COLUMNS} FROM work_orders o{JOINS} WHERE o.id IN ({marks})")
    by_key = {row["id"]: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
