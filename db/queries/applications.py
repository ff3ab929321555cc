"""专席: applications taken by telephone, their decision, and whether the citizen was told. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer

_ROWS = (
    "SELECT a.*, u.short_name AS unit_name, u.code AS unit_code, u.path AS unit_path, c.path AS centre_path,"
    " r.name AS registered_name, r.staff_no AS registered_no, r.person_uid AS registered_person,"
    " m.person_uid AS amended_person, d.name AS decided_name, t.name AS told_name, v.day AS visit_day, v.half AS visit_half, v.id AS visit_id"
    " FROM applications a JOIN units u ON u.id = a.unit_id JOIN units c ON c.id = a.centre_id"
    " JOIN staff r ON r.id = a.registered_by LEFT JOIN staff d ON d.id = a.decided_by"
    " LEFT JOIN staff m ON m.id = a.amended_by LEFT JOIN staff t ON t.id = a.told_by"
    " LEFT JOIN visits v ON v.application_id = a.id AND v.outcome = 'booked'"
)
TO_TELL = "a.told_at IS NULL AND a.unreached_at IS NULL AND a.state IN ('sent_back', 'passed', 'refused', 'to_rebook')"
"""SQL over `a`: of what was decided the citizen has not been told yet, and may still be reached."""
RUNNING = "a.state IN ('pending', 'sent_back', 'booked', 'to_rebook')"
"""SQL over `a`: somebody still has to decide, mend or visit."""
_OVER = f"NOT ({RUNNING} OR ({TO_TELL}))"
OF_CENTRE = "c.path LIKE :path"
OF_UNIT = "u.path LIKE :path"
"""SQL: the applications of a centre and of those below it, or of a unit and its stations; `path` ends in %."""


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert an application and return its key."""
    return writer.insert("applications", values)


def change(writer: Writer, key: int, values: Mapping[str, Any]) -> None:
    """Set columns of one application."""
    writer.update("applications", key, values)


def by_number(reader: Reader, number: str) -> Row | None:
    """Return one application with its units, people and the slot that is booked, or None."""
    return reader.one(f"{_ROWS} WHERE a.number = :number", number=number)


def page(
    reader: Reader, where: str, path: str, *, now: int, day: str, offset: int, limit: int, for_the_seat: bool
) -> Sequence[Row]:
    """Return a window of a list: what one has to do oneself first, then what is overdue or visited by `day`, then by time due.

    `for_the_seat`: whom to ring comes first; for a unit what waits for the citizen comes last. `day` is a local date.
    """
    first = f"NOT ({TO_TELL})" if for_the_seat else "a.state IN ('sent_back', 'to_rebook')"
    return reader.all(
        f"{_ROWS} WHERE {where} ORDER BY {_OVER}, {first}, NOT coalesce(a.due_at < :now, 0),"
        " NOT coalesce(v.day <= :day, 0), coalesce(v.day, '9999'), coalesce(a.due_at, a.registered_at), a.id"
        " LIMIT :limit OFFSET :offset",
        path=path,
        now=now,
        day=day,
        limit=limit,
        offset=offset,
    )


def count(reader: Reader, where: str, path: str, **parameters: Any) -> int:
    """Return how many applications `where` finds."""
    sql = (
        "SELECT count(*) FROM applications a JOIN units u ON u.id = a.unit_id JOIN units c ON c.id = a.centre_id"
        f" LEFT JOIN visits v ON v.application_id = a.id AND v.outcome = 'booked' WHERE {where}"
    )
    return int(reader.value(sql, path=path, **parameters) or 0)


def of_number(reader: Reader, phone: str, path: str, limit: int) -> Sequence[Row]:
    """Return what a number left that still runs, or of which it is to be told, the newest first."""
    return reader.all(
        f"{_ROWS} WHERE a.phone = :phone AND ({RUNNING} OR ({TO_TELL})) AND {OF_CENTRE} ORDER BY a.id DESC LIMIT :limit",
        phone=phone,
        path=path,
        limit=limit,
    )


def registered(reader: Reader, where: str, path: str, since: int, until: int, now: int) -> Sequence[Row]:
    """Return, by form and state, how many applications were registered in [since, until), how often mended, how many late.

    Late is what was decided after its limit, or is undecided after it at `now`.
    """
    return reader.all(
        "SELECT a.form, a.state, count(*) AS filed, coalesce(sum(a.amended_count), 0) AS amended,"
        " sum(CASE WHEN a.is_late OR a.due_at < :now THEN 1 ELSE 0 END) AS late, count(a.told_at) AS told, count(DISTINCT a.call_id) AS calls"
        " FROM applications a JOIN units u ON u.id = a.unit_id JOIN units c ON c.id = a.centre_id"
        f" WHERE {where} AND a.registered_at >= :since AND a.registered_at < :until"
        " GROUP BY a.form, a.state ORDER BY a.form, a.state",
        path=path,
        since=since,
        until=until,
        now=now,
    )


def orders_of_call(reader: Reader, call_id: int) -> list[str]:
    """Return the numbers of the orders to which the call of an application has led, too."""
    rows = reader.all(
        "SELECT o.order_no FROM call_orders l JOIN work_orders o ON o.id = l.order_id"
        " WHERE l.call_id = :call_id AND o.kind <> 'tip_off' AND o.is_confidential = 0 ORDER BY o.id",
        call_id=call_id,
    )
    return [str(row["order_no"]) for row in rows]
