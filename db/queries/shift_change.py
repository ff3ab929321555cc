"""交接班: what one shift of a centre left to the next, and who signed for it. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_HANDOVER = (
    "SELECT h.*, s.name AS handed_name, s.staff_no AS handed_no, s.person_uid AS handed_person, t.name AS taken_name"
    " FROM shift_handovers h JOIN staff s ON s.id = h.handed_by LEFT JOIN staff t ON t.id = h.taken_by"
)


def add(writer: Writer, **values: Any) -> int:
    """Write a hand-over; needs uid, centre_id, note, handed_at, handed_by."""
    return writer.insert("shift_handovers", values)


def add_line(writer: Writer, **values: Any) -> int:
    """Write one line of a hand-over; needs handover_id, kind, order_id, what."""
    return writer.insert("handover_lines", {"uid": new_uid(), **values})


def latest(reader: Reader, centre_id: int) -> Row | None:
    """Return the newest hand-over of a centre, taken or not, or None."""
    return reader.one(
        f"{_HANDOVER} WHERE h.centre_id = :centre_id ORDER BY h.handed_at DESC, h.id DESC LIMIT 1",
        centre_id=centre_id,
    )


def lines(reader: Reader, handover_id: int) -> Sequence[Row]:
    """Return the lines of a hand-over with the orders' numbers and who signed, in their order."""
    return reader.all(
        "SELECT l.*, o.order_no, s.name AS signed_name FROM handover_lines l"
        " LEFT JOIN work_orders o ON o.id = l.order_id LEFT JOIN staff s ON s.id = l.signed_by"
        " WHERE l.handover_id = :handover_id ORDER BY l.id",
        handover_id=handover_id,
    )


def line(reader: Reader, line_id: int) -> Row | None:
    """Return one line with its hand-over, or None."""
    return reader.one(
        "SELECT l.*, h.centre_id, h.taken_at, s.person_uid AS handed_person FROM handover_lines l"
        " JOIN shift_handovers h ON h.id = l.handover_id JOIN staff s ON s.id = h.handed_by WHERE l.id = :id",
        id=line_id,
    )


def sign(writer: Writer, line_id: int, *, at_ms: int, by_id: int, remark: str) -> None:
    """Keep who of the next shift took a line over, and what there was to say about it."""
    writer.update("handover_lines", line_id, {"signed_at": at_ms, "signed_by": by_id, "remark": remark})


def end(writer: Writer, handover_id: int, *, at_ms: int, by_id: int) -> None:
    """Keep that the next shift has taken everything over."""
    writer.update("shift_handovers", handover_id, {"taken_at": at_ms, "taken_by": by_id})


def count_unsigned(reader: Reader, centre_id: int) -> int:
    """Return how many lines of a centre's hand-overs nobody has signed for."""
    return int(
        reader.value(
            "SELECT count(*) FROM handover_lines l JOIN shift_handovers h ON h.id = l.handover_id"
            " WHERE h.centre_id = :centre_id AND h.taken_at IS NULL AND l.signed_at IS NULL",
            centre_id=centre_id,
        )
        or 0
    )
