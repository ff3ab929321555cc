"""告知: messages to units and citizens that wait to be sent (practice P19)."""

from db.doors import Writer
from db.ids import new_uid


def to_unit(writer: Writer, order_id: int | None, unit_id: int, template: str, body: str, at_ms: int) -> int:
    """Queue a message about an order (None: about none) to a unit at `at_ms` (ms UTC) and return its key."""
    values = {
        "uid": new_uid(),
        "order_id": order_id,
        "to_unit_id": unit_id,
        "template": template,
        "body": body,
        "made_at": at_ms,
    }
    return writer.insert("messages", values)
