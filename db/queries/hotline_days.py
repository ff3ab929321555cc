"""热线日: sessions, their agenda, what they decided and what became of it. Times in ms UTC."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_DAY = (
    "SELECT h.id, h.uid, h.centre_id, h.planned_at, h.leader, h.place, h.held_at,"
    " (SELECT count(*) FROM agenda_lines a WHERE a.day_id = h.id AND a.removed_at IS NULL) AS orders,"
    " (SELECT count(*) FROM decisions d WHERE d.day_id = h.id) AS decisions FROM hotline_days h"
)
_ORDER = (
    "o.order_no, o.title, o.kind, o.is_confidential, o.accused_name, o.accused_unit_id, o.status, o.outcome,"
    " c.path AS centre_path, u.short_name AS steward_name"
)
_JOINS = (
    " JOIN work_orders o ON o.id = {of}.order_id LEFT JOIN units c ON c.id = o.centre_id"
    " LEFT JOIN units u ON u.id = o.steward_id"
)

ON_DAY = (
    "(o.id IN (SELECT a.order_id FROM agenda_lines a JOIN hotline_days h ON h.id = a.day_id"
    " WHERE a.removed_at IS NULL AND h.held_at IS NULL) OR o.id IN"
    " (SELECT d.order_id FROM decisions d WHERE d.done_at IS NULL AND d.day_id IS NOT NULL))"
)
"""Orders (`o`) on the agenda of a session to come, or with a decision not yet carried out: part of a WHERE."""


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a session and return its key; needs centre_id, planned_at, made_at, made_by."""
    return writer.insert("hotline_days", {"uid": new_uid(), **values})


def change(writer: Writer, day_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one session."""
    writer.update("hotline_days", day_id, values)


def one(reader: Reader, day_id: int) -> Row | None:
    """Return one session with how many orders and decisions it has."""
    return reader.one(f"{_DAY} WHERE h.id = :id", id=day_id)


def upcoming(reader: Reader, centre_id: int) -> Row | None:
    """Return the next session that is not held, or None."""
    return reader.one(
        f"{_DAY} WHERE h.centre_id = :centre_id AND h.held_at IS NULL ORDER BY h.planned_at, h.id LIMIT 1",
        centre_id=centre_id,
    )


def of_centre(reader: Reader, centre_id: int, limit: int = 100) -> Sequence[Row]:
    """Return a centre's sessions, the newest first."""
    return reader.all(
        f"{_DAY} WHERE h.centre_id = :centre_id ORDER BY h.planned_at DESC, h.id DESC LIMIT :limit",
        centre_id=centre_id,
        limit=limit,
    )


def planned_between(reader: Reader, centre_id: int, first: int, after: int) -> Sequence[int]:
    """Return when a centre's sessions of a span are planned."""
    rows = reader.all(
        "SELECT planned_at FROM hotline_days WHERE centre_id = :centre_id AND planned_at >= :first AND planned_at < :after",
        centre_id=centre_id,
        first=first,
        after=after,
    )
    return [row["planned_at"] for row in rows]


def add_line(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a line of an agenda and return its key."""
    return writer.insert("agenda_lines", {"uid": new_uid(), **values})


def line_of(reader: Reader, day_id: int, order_id: int) -> Row | None:
    """Return the standing line of an order on an agenda, or None."""
    return reader.one(
        "SELECT id, reason, words FROM agenda_lines WHERE day_id = :day_id AND order_id = :order_id"
        " AND removed_at IS NULL",
        day_id=day_id,
        order_id=order_id,
    )


def was_on(reader: Reader, day_id: int, order_id: int) -> bool:
    """Whether an order stands on an agenda, or was taken off it."""
    return bool(
        reader.value(
            "SELECT 1 FROM agenda_lines WHERE day_id = :day_id AND order_id = :order_id LIMIT 1",
            day_id=day_id,
            order_id=order_id,
        )
    )


def newest_line(reader: Reader, centre_id: int, order_id: int) -> Row | None:
    """Return the standing line of an order on the newest agenda of a centre, with the session's day, or None."""
    return reader.one(
        "SELECT a.id, a.day_id, h.planned_at, h.held_at FROM agenda_lines a JOIN hotline_days h ON h.id = a.day_id"
        " WHERE a.order_id = :order_id AND a.removed_at IS NULL AND h.centre_id = :centre_id"
        " ORDER BY h.planned_at DESC, a.id DESC LIMIT 1",
        order_id=order_id,
        centre_id=centre_id,
    )


def take_line_off(writer: Writer, line_id: int, at: int, staff_id: int, why: str) -> None:
    """Take a line off the agenda: when, by whom and why."""
    writer.update("agenda_lines", line_id, {"removed_at": at, "removed_by": staff_id, "removed_why": why})


def agenda(reader: Reader, day_id: int) -> Sequence[Row]:
    """Return the standing lines of an agenda with their orders, in the order they were put there."""
    return reader.all(
        f"SELECT a.id, a.order_id, a.reason, a.words, a.added_at, {_ORDER}, (SELECT d.id FROM decisions d"
        " WHERE d.day_id = a.day_id AND d.order_id = a.order_id ORDER BY d.id DESC LIMIT 1) AS decision_id"
        f" FROM agenda_lines a{_JOINS.format(of='a')} WHERE a.day_id = :id AND a.removed_at IS NULL ORDER BY a.id",
        id=day_id,
    )


def lines_of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the standing agenda lines of one order with their sessions, oldest first."""
    return reader.all(
        "SELECT a.reason, a.words, h.planned_at, h.leader, h.held_at FROM agenda_lines a"
        " JOIN hotline_days h ON h.id = a.day_id WHERE a.order_id = :id AND a.removed_at IS NULL ORDER BY a.id",
        id=order_id,
    )


def decisions(reader: Reader, centre_id: int, *, way_is: str = "", way_not: str = "") -> Sequence[Row]:
    """Return the decisions of a centre's sessions with their orders: those not carried out first, the soonest due first."""
    return reader.all(
        "SELECT d.id, d.order_id, d.way, d.requirement, d.leader, d.due_at, d.made_at, d.note, d.done_at, d.told,"
        f" h.planned_at, t.short_name AS decided_steward, {_ORDER} FROM decisions d"
        " JOIN hotline_days h ON h.id = d.day_id JOIN units t ON t.id = d.steward_id"
        f"{_JOINS.format(of='d')} WHERE h.centre_id = :centre_id AND (:way_is = '' OR d.way = :way_is)"
        " AND d.way <> :way_not ORDER BY d.done_at IS NOT NULL, d.due_at, d.id LIMIT 300",
        centre_id=centre_id,
        way_is=way_is,
        way_not=way_not,
    )


def referred(reader: Reader, centre_id: int) -> Sequence[int]:
    """Return the open orders that 分管领导 passed to the 热线日 and no session has decided on since."""
    rows = reader.all(
        "SELECT DISTINCT o.id FROM requests r JOIN work_orders o ON o.id = r.order_id WHERE r.kind = 'escalation'"
        " AND r.reason_code = 'hotline_day' AND o.is_open = 1 AND o.centre_id = :centre_id AND NOT EXISTS"
        " (SELECT 1 FROM decisions d WHERE d.order_id = o.id AND d.day_id IS NOT NULL AND d.made_at >= r.decided_at)",
        centre_id=centre_id,
    )
    return [row["id"] for row in rows]


def pooled(reader: Reader, centre_id: int) -> Sequence[Row]:
    """Return the orders that the pool watches: id, rounds graded D so far, and since when as C (NULL when D)."""
    return reader.all(
        "SELECT o.id, (SELECT count(*) FROM (SELECT g.round FROM grades g WHERE g.order_id = o.id AND g.grade = 'D'"
        " UNION SELECT e.round FROM events e WHERE e.order_uid = o.uid AND e.kind = 'record_dissatisfaction') r) AS d_times,"
        " (SELECT max(p.entered_at) FROM pool_entries p WHERE p.order_id = o.id AND p.left_at IS NULL AND p.grade = 'C')"
        " AS c_since FROM work_orders o WHERE o.pool_grade IS NOT NULL AND o.centre_id = :centre_id",
        centre_id=centre_id,
    )


def raised_by_many(reader: Reader, centre_id: int, least: int) -> Sequence[Row]:
    """Return open orders that were raised from at least `least` numbers, those merged into them counted: id, callers."""
    mine = "o.is_open = 1 AND o.centre_id = :centre_id"
    return reader.all(
        "SELECT x.id, count(DISTINCT x.phone) AS callers FROM (SELECT o.id, m.contact_phone AS phone FROM work_orders m"
        f" JOIN work_orders o ON o.id = m.main_order_id WHERE m.main_order_id IS NOT NULL AND {mine}"
        " UNION SELECT o.id, o.contact_phone AS phone FROM work_orders o WHERE o.id IN"
        f" (SELECT main_order_id FROM work_orders WHERE main_order_id IS NOT NULL) AND {mine}) x"
        " GROUP BY x.id HAVING count(DISTINCT x.phone) >= :least",
        centre_id=centre_id,
        least=least,
    )


def figures(reader: Reader, centre_id: int, first: int, after: int) -> Row:
    """Return of the sessions held in a span: how many, on how many orders they decided, how many of those are solved.

    Solved means closed, with a caller who said so when called back; a 长期事项 is solved nowhere (P8).
    """
    decided = (
        " FROM decisions d JOIN hotline_days h ON h.id = d.day_id JOIN work_orders o ON o.id = d.order_id"
        " WHERE h.centre_id = :centre_id AND h.held_at >= :first AND h.held_at < :after"
    )
    row = reader.one(
        "SELECT (SELECT count(*) FROM hotline_days h WHERE h.centre_id = :centre_id AND h.held_at >= :first"
        f" AND h.held_at < :after) AS sessions, (SELECT count(DISTINCT d.order_id){decided}) AS orders,"
        f" (SELECT count(DISTINCT d.order_id){decided} AND o.status IN ('closed', 'archived') AND NOT EXISTS"
        " (SELECT 1 FROM decisions l WHERE l.order_id = o.id AND l.way = 'long_term' AND l.done_at IS NULL)"
        " AND (SELECT b.is_solved FROM callbacks b WHERE b.order_id = o.id AND b.is_reached ORDER BY b.id DESC LIMIT 1))"
        " AS solved",
        centre_id=centre_id,
        first=first,
        after=after,
    )
    assert row is not None, "an aggregate always has its row"
    return row


def was_told(reader: Reader, unit_id: int, template: str, since: int) -> bool:
    """Whether a message of this template was queued for a unit since then, and not taken back."""
    return bool(
        reader.value(
            "SELECT 1 FROM messages WHERE to_unit_id = :unit_id AND template = :template AND made_at >= :since"
            " AND state <> 'void' LIMIT 1",
            unit_id=unit_id,
            template=template,
            since=since,
        )
    )
