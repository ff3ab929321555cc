"""告知: messages to units and citizens that wait to be sent (practice P19). Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_IS_STEP = "template GLOB 'step_*'"


def to_unit(
    writer: Writer, order_id: int | None, unit_id: int, template: str, body: str, at_ms: int, phone: str = ""
) -> int:
    """Queue a message about an order (None: about none) to a unit at `at_ms` (ms UTC) and return its key.

    With a `phone` it goes to that number of somebody there.
    """
    to_whom: dict[str, int | str] = {"to_unit_id": unit_id, **({"to_phone": phone} if phone else {})}
    return _queue(writer, order_id, template, body, at_ms, **to_whom)


def to_caller(writer: Writer, order_id: int, phone: str, template: str, body: str, at_ms: int) -> int:
    """Queue a message about an order to its caller's number at `at_ms` (ms UTC) and return its key."""
    return _queue(writer, order_id, template, body, at_ms, to_phone=phone)


def about_step(
    writer: Writer, order_id: int, unit_id: int | None, phone: str, template: str, body: str, at_ms: int
) -> int:
    """Queue that a command is to be started for a step of an emergency; return its key."""
    to_whom = {"to_unit_id": unit_id, "to_phone": phone or None}
    values = {"uid": new_uid(), "order_id": order_id, "template": template, "body": body, "made_at": at_ms}
    return writer.insert("messages", {**values, **to_whom})


def steps_of(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return what was to be started for the steps of an emergency, oldest first."""
    return reader.all(
        f"SELECT * FROM messages WHERE order_id = :order_id AND {_IS_STEP} ORDER BY made_at, id",
        order_id=order_id,
    )


def _queue(
    writer: Writer, order_id: int | None, template: str, body: str, at_ms: int, **to_whom: int | str
) -> int:
    values = {"uid": new_uid(), "order_id": order_id, "template": template, "body": body, "made_at": at_ms}
    return writer.insert("messages", {**values, **to_whom})


def withdraw(writer: Writer, unit_id: int, template: str, since: int) -> int:
    """Take back what of a template waits for a unit since then (ms UTC), as `void`; return how many that were."""
    return writer.run(
        "UPDATE messages SET state = 'void' WHERE state = 'waiting' AND to_unit_id = :unit_id"
        " AND template = :template AND made_at >= :since",
        unit_id=unit_id,
        template=template,
        since=since,
    )


_ROWS = (
    "SELECT m.*, o.uid AS order_uid, o.order_no, o.query_code, o.kind, o.is_confidential, o.urgency,"
    " o.accused_name, o.accused_unit_id, u.short_name AS unit, u.is_centre AS is_to_centre,"
    " coalesce(c.path, u.path) AS centre_path FROM messages m"
    " LEFT JOIN work_orders o ON o.id = m.order_id LEFT JOIN units u ON u.id = m.to_unit_id"
    " LEFT JOIN units c ON c.id = o.centre_id"
)


def next_to_send(reader: Reader, now: int, *, is_day: bool, is_step: bool = False) -> Row | None:
    """Return the message that is to be sent next at `now`, or None. At night only 应急, and to units 紧急 too.

    With `is_step` the one for which the command of a step is to be started.
    """
    return reader.one(
        f"{_ROWS} WHERE m.state = 'waiting' AND (m.{_IS_STEP}) = :is_step AND coalesce(m.next_try_at, m.made_at) <= :now AND"
        " (:is_day OR o.urgency = 'critical' OR (o.urgency = 'urgent' AND m.to_unit_id IS NOT NULL))"
        " ORDER BY coalesce(o.urgency, '') <> 'critical', m.made_at, m.id LIMIT 1",
        now=now,
        is_day=is_day,
        is_step=is_step,
    )


def by_id(reader: Reader, key: int) -> Row | None:
    """Return one message with order and unit, or None."""
    return reader.one(f"{_ROWS} WHERE m.id = :id", id=key)


def unfinished(reader: Reader, centre_path: str, most: int) -> Sequence[Row]:
    """Return what failed, then what waits, of a centre and those below it, the oldest of each first."""
    return reader.all(
        f"{_ROWS} WHERE m.state IN ('failed', 'waiting', 'sending')"
        " AND coalesce(c.path, u.path, '') LIKE :path ORDER BY m.state <> 'failed', m.made_at, m.id LIMIT :most",
        path=f"{centre_path}%",
        most=most,
    )


def count_failed(reader: Reader, centre_path: str) -> int:
    """Return how many messages of a centre failed and wait for somebody."""
    return int(
        reader.value(
            "SELECT count(*) FROM messages m LEFT JOIN work_orders o ON o.id = m.order_id"
            " LEFT JOIN units c ON c.id = coalesce(o.centre_id, m.to_unit_id)"
            " WHERE m.state = 'failed' AND coalesce(c.path, '') LIKE :path",
            path=f"{centre_path}%",
        )
    )


def change(writer: Writer, key: int, values: dict[str, Any]) -> None:
    """Set what became of a message."""
    writer.update("messages", key, values)


def settle(writer: Writer, key: int, leased_until: int, values: dict[str, Any]) -> None:
    """Set how sending went, unless the lease ended and others have seen to the message since."""
    held = writer.value(
        "SELECT id FROM messages WHERE id = :id AND state = 'sending' AND leased_until = :until",
        id=key,
        until=leased_until,
    )
    if held is not None:
        writer.update("messages", key, values)


def fail_interrupted(writer: Writer, now: int, failure: str) -> int:
    """Call failed what a desk began to send and never came back from; return how many."""
    return writer.run(
        "UPDATE messages SET state = 'failed', failure = :failure, leased_until = NULL"
        " WHERE state = 'sending' AND leased_until < :now",
        failure=failure,
        now=now,
    )


def void_stale(writer: Writer, before: int, failure: str) -> int:
    """Take back what has waited since before then: nobody wants to hear it any more; return how many."""
    return writer.run(
        "UPDATE messages SET state = 'void', failure = :failure WHERE state = 'waiting' AND made_at < :before"
        " AND tries = 0",
        failure=failure,
        before=before,
    )


def mobile_of(reader: Reader, staff_id: int) -> str | None:
    """Return somebody's mobile number, or None."""
    number = reader.value("SELECT mobile FROM staff WHERE id = :id AND is_active", id=staff_id)
    return str(number) if number else None


def numbers_of(reader: Reader, unit_id: int, role: str) -> list[str]:
    """Return the mobile numbers of a unit's active people in a role: who is signed in first, then by 工号."""
    rows = reader.all(
        "SELECT s.mobile FROM staff s JOIN staff_roles r ON r.staff_id = s.id AND r.role = :role"
        " WHERE s.unit_id = :unit_id AND s.is_active AND coalesce(s.mobile, '') <> ''"
        " ORDER BY s.signed_in_at IS NULL, s.staff_no",
        unit_id=unit_id,
        role=role,
    )
    return [str(row["mobile"]) for row in rows]
