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


def withdraw(writer: Writer, unit_id: int, template: str, since: int) -> int:
    """Take back what of a template waits for a unit since then (ms UTC), as `void`; return how many that were."""
    return writer.run(
        "UPDATE messages SET state = 'void' WHERE state = 'waiting' AND to_unit_id = :unit_id"
        " AND template = :template AND made_at >= :since",
        unit_id=unit_id,
        template=template,
        since=since,
    )
