"""A unit's replies: the internal result apart from the public reply, and what its 审核人 said. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.codes import Verdict
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_REPLY = (
    "SELECT r.id, r.uid, r.order_id, r.round, r.drafted_at, r.drafted_by, r.internal_result, r.public_reply, r.verdict,"
    " r.checked_at, r.checked_by, r.check_note, d.name AS drafter_name, d.staff_no AS drafter_no,"
    " d.person_uid AS drafter_person, c.name AS checker_name, c.staff_no AS checker_no FROM replies r"
    " LEFT JOIN staff d ON d.id = r.drafted_by LEFT JOIN staff c ON c.id = r.checked_by"
)


def add(writer: Writer, **values: Any) -> int:
    """Insert a reply and return its key; needs order_id, round, drafted_at, drafted_by, public_reply."""
    return writer.insert("replies", {"uid": new_uid(), **values})


def latest(reader: Reader, order_id: int, round_: int) -> Row | None:
    """Return the newest reply of one round, or None."""
    return reader.one(
        f"{_REPLY} WHERE r.order_id = :order_id AND r.round = :round ORDER BY r.id DESC LIMIT 1",
        order_id=order_id,
        round=round_,
    )


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return every reply to an order, oldest first."""
    return reader.all(f"{_REPLY} WHERE r.order_id = :order_id ORDER BY r.id", order_id=order_id)


def check(writer: Writer, reply_id: int, verdict: Verdict, at_ms: int, staff_id: int, note: str = "") -> None:
    """Write what the 审核人 decided, when, and with which words."""
    values = {"verdict": str(verdict), "checked_at": at_ms, "checked_by": staff_id, "check_note": note}
    writer.update("replies", reply_id, values)
