"""Which order points to which: 拆单, 合并 (主单 and 从单), 关联; how many persons and calls stand behind them."""

from collections.abc import Sequence

from db.codes import LinkKind
from db.doors import Reader, Row, Writer
from db.ids import new_uid

MEMBERS = (
    "o.id IN (SELECT l.other_id FROM order_links l JOIN work_orders m ON m.id = l.order_id"
    " WHERE l.kind = 'merged' AND l.ended_at IS NULL AND m.is_open = 1)"
    " AND o.status IN ('merged', 'to_answer')"
)
"""Orders (`o`) that are 从单 of a running 主单 and can still be taken out, as a part of a WHERE."""


def add(writer: Writer, kind: LinkKind, order_id: int, other_id: int, at_ms: int, staff_id: int) -> int:
    """Let `order_id` (the original, the 主单) and `other_id` point to each other; return the link's key."""
    values = {"order_id": order_id, "other_id": other_id, "kind": str(kind)}
    return writer.insert("order_links", {"uid": new_uid(), "made_at": at_ms, "made_by": staff_id, **values})


def end(writer: Writer, link_id: int, at_ms: int) -> None:
    """End a merger at `at_ms` (ms UTC)."""
    writer.update("order_links", link_id, {"ended_at": at_ms})


def to_main(reader: Reader, order_id: int) -> Row | None:
    """Return the running link of a 从单 (`order_id` is its 主单), or None for an order that is none."""
    return reader.one(
        "SELECT id, order_id, made_at FROM order_links"
        " WHERE other_id = :id AND kind = 'merged' AND ended_at IS NULL",
        id=order_id,
    )


def members(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the running links to the 从单 of a 主单 with their status and grade, oldest first."""
    return reader.all(
        "SELECT l.id, l.other_id, l.made_at, o.order_no, o.status, o.grade FROM order_links l"
        " JOIN work_orders o ON o.id = l.other_id"
        " WHERE l.order_id = :id AND l.kind = 'merged' AND l.ended_at IS NULL ORDER BY l.id",
        id=order_id,
    )


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every running link of an order, either way, oldest first."""
    return reader.all(
        "SELECT id, order_id, other_id, kind, made_at FROM order_links"
        " WHERE (order_id = :id OR other_id = :id) AND ended_at IS NULL ORDER BY id",
        id=order_id,
    )


def heard_from(reader: Reader, order_ids: Sequence[int]) -> Row:
    """Return how many `persons` stand behind these orders and in how many `calls` they said so.

    A person is a number, or else a known requester, or else each order by itself; an order that came in without a call
    was said once.
    """
    keys = ", ".join(str(int(key)) for key in order_ids)
    inbound = "SELECT l.order_id, c.id FROM call_orders l JOIN calls c ON c.id = l.call_id AND c.direction = 'inbound'"
    row = reader.one(
        "SELECT count(DISTINCT coalesce(nullif(o.contact_phone, ''), 'r' || o.requester_id, 'o' || o.id)) AS persons,"
        f" (SELECT count(DISTINCT f.id) FROM ({inbound}) f WHERE f.order_id IN ({keys}))"
        f" + count(CASE WHEN o.id NOT IN (SELECT f.order_id FROM ({inbound}) f WHERE f.order_id IN ({keys}))"
        f" THEN 1 END) AS calls FROM work_orders o WHERE o.id IN ({keys})"
    )
    assert row is not None, "an aggregate has one row"
    return row


def secret_part_made_at(reader: Reader, order_id: int) -> int | None:
    """Return when (ms UTC) the last 举报 or 保密 order was split off this one, None when none was."""
    made_at: int | None = reader.value(
        "SELECT max(l.made_at) FROM order_links l JOIN work_orders o ON o.id = l.other_id WHERE l.order_id = :id"
        " AND l.kind = 'split' AND (o.kind = 'tip_off' OR o.is_confidential = 1)",
        id=order_id,
    )
    return made_at


def newest(reader: Reader) -> int:
    """Return the key of the newest order of the store, 0 for none."""
    return int(reader.value("SELECT coalesce(max(id), 0) FROM work_orders"))
