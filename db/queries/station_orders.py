"""What a 服务站 noted at its counter, and how far its orders have come (practice P18)."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer


def add(writer: Writer, values: Mapping[str, Any]) -> None:
    """Keep what was noted at the counter beside a new order."""
    writer.insert("station_orders", values)


def of_order(reader: Reader, order_id: int) -> Row | None:
    """Return what was noted at the counter, with the clerk's name and the name of the clerk's unit; None for a call."""
    return reader.one(
        "SELECT s.*, p.name AS clerk_name, p.staff_no AS clerk_no, u.short_name AS clerk_unit, u.path AS clerk_path"
        " FROM station_orders s LEFT JOIN staff p ON p.uid = s.clerk_uid LEFT JOIN units u ON u.id = p.unit_id"
        " WHERE s.order_id = :order_id",
        order_id=order_id,
    )


def to_hand_over(reader: Reader, order_uids: Sequence[str]) -> Sequence[Row]:
    """Return orders of a station's own store with what was noted at the counter, and units by their codes."""
    if not order_uids:
        return []
    named = {f"uid_{place}": uid for place, uid in enumerate(order_uids)}
    return reader.all(
        "SELECT o.*, a.code AS accused_unit, s.clerk_uid, s.reason, s.comer, s.reach, s.read_back, s.witness, s.sealed"
        " FROM work_orders o JOIN station_orders s ON s.order_id = o.id LEFT JOIN units a ON a.id = o.accused_unit_id"
        f" WHERE o.uid IN ({', '.join(f':{name}' for name in named)}) ORDER BY o.id",
        **named,
    )


def news_since(reader: Reader, store_uid: str, seq: int) -> Sequence[Row]:
    """Return how the orders of a station's store stand here, those about which something happened after event `seq`."""
    return reader.all(
        "SELECT o.id, o.uid, o.order_no, o.kind, o.is_confidential, o.status, o.round, o.citizen_due_at, s.arrived_at,"
        " u.short_name AS unit FROM work_orders o JOIN station_orders s ON s.order_id = o.id"
        " LEFT JOIN units u ON u.id = o.steward_id WHERE o.store_uid = :store_uid"
        " AND EXISTS (SELECT 1 FROM events e WHERE e.order_uid = o.uid AND e.seq > :seq) ORDER BY o.id",
        store_uid=store_uid,
        seq=seq,
    )


def change(writer: Writer, order_id: int, **values: Any) -> None:
    """Set columns of what is kept beside one order."""
    settings = ", ".join(f"{name} = :{name}" for name in values)
    writer.run(
        f"UPDATE station_orders SET {settings} WHERE order_id = :order_id", order_id=order_id, **values
    )


_ADDED_AND_NOT_SENT = (
    "e.kind = 'add_afterwards' AND e.seq > (SELECT seq FROM stations"
    " WHERE site = (SELECT site FROM store WHERE id = 1))"
)
ASKED_BACK = (
    "EXISTS (SELECT 1 FROM station_orders s WHERE s.order_id = o.id AND s.centre_status = 'to_complete')"
    f" AND NOT EXISTS (SELECT 1 FROM events e WHERE e.order_uid = o.uid AND {_ADDED_AND_NOT_SENT})"
)
"""Orders `o` of a station's own store for which the centre asks for more words, and nobody has added any since."""

MADE_BY = "EXISTS (SELECT 1 FROM station_orders s WHERE s.order_id = o.id AND s.clerk_uid = :clerk)"
"""Orders `o` that a clerk made at a counter; bind `clerk` to the uid."""


def on_the_way(reader: Reader) -> Row:
    """Return how much the centre does not have yet (`count`: new orders, later additions), and since when (`oldest`, ms UTC)."""
    row = reader.one(
        "SELECT count(*) AS count, min(since) AS oldest FROM (SELECT o.accepted_at AS since FROM station_orders s"
        " JOIN work_orders o ON o.id = s.order_id WHERE s.arrived_at IS NULL"
        f" UNION ALL SELECT e.at AS since FROM events e WHERE {_ADDED_AND_NOT_SENT}) AS waiting"
    )
    assert row is not None, "a count has one row"
    return row
