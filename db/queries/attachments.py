"""附件: files that belong to an order, named by path and checksum; the files themselves stay where they are."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid


def add(writer: Writer, **values: Any) -> str:
    """Insert an attachment and return its uid; needs order_id, path, sha256, size (bytes), added_at (ms UTC), added_by."""
    uid = new_uid()
    writer.insert("attachments", {"uid": uid, **values})
    return uid


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the attachments of an order, oldest first, with who added each and that person's unit (path)."""
    return reader.all(
        "SELECT a.uid, a.path, a.sha256, a.size, a.added_at, s.name AS person, u.path AS unit_path FROM attachments a"
        " LEFT JOIN staff s ON s.id = a.added_by LEFT JOIN units u ON u.id = s.unit_id"
        " WHERE a.order_id = :order_id ORDER BY a.id",
        order_id=order_id,
    )
