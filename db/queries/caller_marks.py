"""What 班长 says of a number for a while. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.codes import CallerMarkKind
from db.doors import Reader, Row, Writer

_STANDING = "m.number = :number AND m.ended_at IS NULL AND m.ends_at > :now"


def of_number(reader: Reader, number: str, now: int) -> Sequence[Row]:
    """Return the marks of a number that hold at `now`, with order and title of a settled one, newest first."""
    return reader.all(
        "SELECT m.kind, m.ground, m.ends_at, o.order_no, o.title FROM caller_marks m"
        f" LEFT JOIN work_orders o ON o.id = m.order_id WHERE {_STANDING} ORDER BY m.id DESC",
        number=number,
        now=now,
    )


def standing(reader: Reader, number: str, now: int, *, kind: CallerMarkKind, order_id: int | None) -> bool:
    """Return whether such a mark holds at `now`."""
    found = reader.value(
        f"SELECT 1 FROM caller_marks m WHERE {_STANDING} AND m.kind = :kind AND m.order_id IS :order_id",
        number=number,
        now=now,
        kind=str(kind),
        order_id=order_id,
    )
    return found is not None


def add(writer: Writer, values: dict[str, Any]) -> None:
    """Write a mark."""
    writer.insert("caller_marks", values)


def end(writer: Writer, number: str, at: int, by: int, reason: str) -> list[str]:
    """End what holds of a number; return the marks' identities."""
    rows = writer.all(f"SELECT m.uid FROM caller_marks m WHERE {_STANDING}", number=number, now=at)
    writer.run(
        "UPDATE caller_marks SET ended_at = :now, ended_by = :by, end_reason = :reason"
        " WHERE number = :number AND ended_at IS NULL AND ends_at > :now",
        number=number,
        now=at,
        by=by,
        reason=reason,
    )
    return [row["uid"] for row in rows]
