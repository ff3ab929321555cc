"""What a 服务站 noted at its counter, and how far its orders have come (practice P18)."""

from collections.abc import Mapping
from typing import Any

from db.doors import Reader, Row, Writer


def add(writer: Writer, values: Mapping[str, Any]) -> None:
    """Keep what was noted at the counter beside a new order."""
    writer.insert("station_orders", values)


def of_order(reader: Reader, order_id: int) -> Row | None:
    """Return what was noted at the counter, with the clerk's name and the name of the clerk's unit; None for a call."""
    return reader.one(
        "SELECT s.*, p.name AS clerk_name, p.staff_no AS clerk_no, u.short_name AS clerk_unit"
        " FROM station_orders s LEFT JOIN staff p ON p.uid = s.clerk_uid LEFT JOIN units u ON u.id = p.unit_id"
        " WHERE s.order_id = :order_id",
        order_id=order_id,
    )
