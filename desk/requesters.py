"""诉求人 of an order that somebody else wrote down: known by the number, or kept as new (practice P32)."""

from collections.abc import Mapping
from typing import Any

from db.doors import Writer
from db.ids import new_uid
from db.queries import calls
from db.times import to_ms
from desk.context import Desk


def known_or_kept(desk: Desk, writer: Writer, values: Mapping[str, Any]) -> int | None:
    """Return who has this number, kept if not yet known; nobody for an anonymous or secret order (practice P32)."""
    phone = values["contact_phone"]
    if not phone or values["is_anonymous"] or values["is_confidential"]:
        return None
    known = calls.requester_by_phone(writer, phone)
    if known is not None:
        return int(known["id"])
    return calls.add_requester(
        writer,
        {
            "uid": new_uid(),
            "phone": phone,
            "name": values["requester_name"],
            "created_at": to_ms(desk.now()),
        },
    )
