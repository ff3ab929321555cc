"""通报: what counted in a period, which orders may be examples, the circulars and whom they were sent to. Times in ms UTC.

A period is found along `ix_assessment_marks_month`; moments cut it to days.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid
from db.queries.assessment import NOT_ASSESSED

_IN_PERIOD = (
    "m.month BETWEEN :first_month AND :last_month AND m.at >= :since AND m.at < :until AND m.undone_at IS NULL"
    " AND m.unit_id IN (SELECT id FROM units WHERE path LIKE :unit_path AND NOT is_centre)"
)
_LEFT_OUT = f"m.order_id IN (SELECT id FROM work_orders WHERE {NOT_ASSESSED})"
_UNREASONABLE = "(SELECT id FROM work_orders WHERE excluded_from_assessment = 1 AND is_crisis = 0 AND status NOT IN ('void', 'withdrawn', 'transferred_out') AND coalesce(outcome, '') <> 'false_alarm')"
_SHOWN = (
    "o.kind NOT IN ('tip_off', 'praise') AND o.is_confidential = 0 AND o.is_crisis = 0 AND o.is_special = 0"
    " AND o.main_order_id IS NULL AND o.status <> 'to_panel' AND NOT EXISTS (SELECT 1 FROM emergencies g WHERE g.order_id = o.id)"
)
"""Which orders may be an example at all: no 举报, 保密, 危机, 专报件, 应急, and what a panel has before it."""


def counts(
    reader: Reader, unit_path: str, since: int, until: int, first_month: int, last_month: int
) -> Sequence[Row]:
    """Return how often each thing counted in a period, by unit below a path: unit_id, unit, kind, n, raw.

    `n` leaves out what the 考核 leaves out; `raw` counts what a panel found unreasonable all the same.
    """
    return reader.all(
        "SELECT m.unit_id, u.short_name AS unit, m.kind,"
        f" sum(CASE WHEN {_LEFT_OUT} THEN 0 ELSE 1 END) AS n,"
        f" sum(CASE WHEN {_LEFT_OUT} AND m.order_id NOT IN {_UNREASONABLE} THEN 0 ELSE 1 END) AS raw"
        f" FROM assessment_marks m JOIN units u ON u.id = m.unit_id WHERE {_IN_PERIOD}"
        " GROUP BY m.unit_id, u.short_name, m.kind ORDER BY m.unit_id",
        unit_path=unit_path + "%",
        since=since,
        until=until,
        first_month=first_month,
        last_month=last_month,
    )


_PRESSED = (
    "r.kind IN ('supervision', 'reminder') AND r.due_at >= :since AND r.due_at < :until"
    " AND r.target_unit_id IN (SELECT id FROM units WHERE path LIKE :unit_path AND NOT is_centre)"
    f" AND r.order_id NOT IN (SELECT id FROM work_orders WHERE {NOT_ASSESSED})"
)
_IN_TIME = "(r.verdict = 'granted' AND r.decided_at <= r.due_at)"
_LATE = "(r.decided_at > r.due_at OR (r.verdict = 'pending' AND r.due_at < :now))"


def pressed(reader: Reader, unit_path: str, since: int, until: int, now: int) -> Sequence[Row]:
    """Return by unit how many 督办 and 催办 that were due in a period it answered in time, and how many late or never.

    What was taken up or fell before it was due is neither, nor what waits and is not due at `now`: unit_id, unit, in_time, late.
    """
    return reader.all(
        f"SELECT r.target_unit_id AS unit_id, u.short_name AS unit, sum(CASE WHEN {_IN_TIME} THEN 1 ELSE 0 END) AS in_time,"
        f" sum(CASE WHEN {_LATE} THEN 1 ELSE 0 END) AS late FROM requests r JOIN units u ON u.id = r.target_unit_id"
        f" WHERE {_PRESSED} GROUP BY r.target_unit_id, u.short_name ORDER BY r.target_unit_id",
        unit_path=unit_path + "%",
        since=since,
        until=until,
        now=now,
    )


def _had(*kinds: str) -> str:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    return f"EXISTS (SELECT 1 FROM assessment_marks x WHERE x.order_id = m.order_id AND x.kind IN ({words}) AND x.undone_at IS NULL)"


def good_examples(
    reader: Reader, unit_path: str, since: int, until: int, first_month: int, last_month: int, most: int
) -> Sequence[Row]:
    """Return orders that went well and ended in a period, the least of their limit used first.

    The caller was satisfied, the unit answered in time in the first round; never sent back, pressed, late or D.
    """
    return reader.all(
        "SELECT o.*, m.unit_id AS of_unit_id, u.short_name AS unit,"
        " (SELECT c.result FROM callbacks c WHERE c.order_id = o.id AND c.is_reached = 1 ORDER BY c.id DESC LIMIT 1) AS result"
        f" FROM assessment_marks m JOIN work_orders o ON o.id = m.order_id JOIN units u ON u.id = m.unit_id"
        f" WHERE {_IN_PERIOD} AND m.kind = 'satisfied' AND NOT {_LEFT_OUT} AND {_SHOWN} AND o.round = 1"
        " AND o.urgency = 'normal' AND o.answered_at > o.dispatched_at AND o.unit_due_at > o.dispatched_at"
        f" AND {_had('answered_in_time')}"
        f" AND NOT {_had('answered_late', 'left_late', 'sent_back', 'graded_d', 'signed_late', 'return_unfounded')}"
        " AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.order_id = o.id AND r.kind IN ('supervision', 'reminder'))"
        " ORDER BY (o.answered_at - o.dispatched_at) * 1000 / (o.unit_due_at - o.dispatched_at), o.id LIMIT :most",
        unit_path=unit_path + "%",
        since=since,
        until=until,
        first_month=first_month,
        last_month=last_month,
        most=most,
    )


_SIGNS = {
    "answered_late": "('answered_late', 'left_late')",
    "dissatisfied": "('graded_d')",
    "reworked": "('reworked')",
    "pressed_late": "('pressed_late')",
    "sent_back": "('sent_back')",
    "signed_late": "('signed_late')",
}


def bad_examples(
    reader: Reader,
    unit_path: str,
    since: int,
    until: int,
    first_month: int,
    last_month: int,
    now: int,
    weights: Mapping[str, float],
    most: int,
) -> Sequence[Row]:
    """Return orders with which something went wrong in a period up to `now`, by unit, the worst by `weights` first.

    How often what, beside the order's columns: answered_late, dissatisfied, reworked, pressed_late, sent_back, signed_late.
    """
    signs = ", ".join(
        f"sum(CASE WHEN w.kind IN {kinds} THEN 1 ELSE 0 END) AS {name}" for name, kinds in _SIGNS.items()
    )
    worst = " + ".join(f"{weights[name]:g} * g.{name}" for name in _SIGNS)
    return reader.all(
        f"SELECT o.*, g.unit_id AS of_unit_id, u.short_name AS unit, {', '.join(f'g.{name}' for name in _SIGNS)} FROM ("
        f"SELECT w.order_id, w.unit_id, {signs} FROM ("
        f"SELECT m.order_id, m.unit_id, m.kind FROM assessment_marks m WHERE {_IN_PERIOD} AND NOT {_LEFT_OUT}"
        " UNION ALL"
        f" SELECT r.order_id, r.target_unit_id, 'pressed_late' FROM requests r WHERE {_PRESSED} AND {_LATE}"
        ") w GROUP BY w.order_id, w.unit_id) g"
        f" JOIN work_orders o ON o.id = g.order_id JOIN units u ON u.id = g.unit_id WHERE {_SHOWN} AND {worst} > 0"
        f" ORDER BY {worst} DESC, o.id LIMIT :most",
        unit_path=unit_path + "%",
        since=since,
        until=until,
        first_month=first_month,
        last_month=last_month,
        now=now,
        most=most,
    )


def township_of(reader: Reader, area_code: str | None) -> str:
    """Return the name of an area, of a village that of its township: places in a circular are no finer (practice P29)."""
    name = reader.value(
        "SELECT CASE a.level WHEN 'village' THEN coalesce(p.name, '') ELSE a.name END FROM areas a"
        " LEFT JOIN areas p ON p.code = a.parent WHERE a.code = :code",
        code=area_code,
    )
    return str(name or "")


# -- circulars

_CIRCULAR = (
    "SELECT c.*, d.name AS drafted_name, a.name AS approved_name, u.short_name AS centre FROM circulars c"
    " JOIN staff d ON d.id = c.drafted_by JOIN units u ON u.id = c.centre_id LEFT JOIN staff a ON a.id = c.approved_by"
)
_KEPT = "c.dropped_at IS NULL"
_SENT_TO = "c.id IN (SELECT s.circular_id FROM circular_units s JOIN units t ON t.id = s.unit_id WHERE t.path LIKE :path)"


def add(writer: Writer, **values: Any) -> int:
    """Write a draft and return its key."""
    return writer.insert("circulars", {"uid": new_uid(), **values})


def change(writer: Writer, circular_id: int, **values: Any) -> None:
    """Set columns of a circular."""
    writer.update("circulars", circular_id, values)


def one(reader: Reader, circular_id: int) -> Row | None:
    """Return one circular that was not dropped, or None."""
    return reader.one(f"{_CIRCULAR} WHERE {_KEPT} AND c.id = :id", id=circular_id)


def of_centre(reader: Reader, centre_id: int, limit: int, offset: int = 0) -> Sequence[Row]:
    """Return one window of a centre's circulars: drafts first, then the newest."""
    return reader.all(
        f"{_CIRCULAR} WHERE {_KEPT} AND c.centre_id = :centre_id"
        " ORDER BY c.approved_at IS NOT NULL, c.drafted_at DESC, c.id DESC LIMIT :limit OFFSET :offset",
        centre_id=centre_id,
        limit=limit,
        offset=offset,
    )


def sent_to(reader: Reader, unit_path: str, limit: int, offset: int = 0) -> Sequence[Row]:
    """Return one window of what was sent to a unit or one below it, the newest first."""
    return reader.all(
        f"{_CIRCULAR} WHERE {_KEPT} AND {_SENT_TO} ORDER BY c.approved_at DESC, c.id DESC LIMIT :limit OFFSET :offset",
        path=unit_path + "%",
        limit=limit,
        offset=offset,
    )


def count_of_centre(reader: Reader, centre_id: int) -> int:
    """Return how many circulars a centre has."""
    sql = f"SELECT count(*) FROM circulars c WHERE {_KEPT} AND c.centre_id = :centre_id"
    return int(reader.value(sql, centre_id=centre_id))


def count_sent_to(reader: Reader, unit_path: str) -> int:
    """Return how many circulars were sent to a unit or one below it."""
    sql = f"SELECT count(*) FROM circulars c WHERE {_KEPT} AND {_SENT_TO}"
    return int(reader.value(sql, path=unit_path + "%"))


def is_sent_to(reader: Reader, circular_id: int, unit_path: str) -> bool:
    """Whether a circular was sent to a unit or one below it."""
    sql = f"SELECT 1 FROM circulars c WHERE c.id = :id AND {_SENT_TO}"
    return bool(reader.value(sql, id=circular_id, path=unit_path + "%"))


def send(writer: Writer, circular_id: int, unit_id: int, at_ms: int, staff_id: int) -> None:
    """Keep that a circular was sent to a unit."""
    values = {"circular_id": circular_id, "unit_id": unit_id, "sent_at": at_ms, "sent_by": staff_id}
    writer.insert("circular_units", {"uid": new_uid(), **values})


def readers(reader: Reader, circular_id: int) -> Sequence[Row]:
    """Return to which units a circular was sent, and who has read it there: unread ones first."""
    return reader.all(
        "SELECT s.*, u.short_name AS unit, u.path, p.name AS reader_name FROM circular_units s JOIN units u ON u.id = s.unit_id"
        " LEFT JOIN staff p ON p.id = s.read_by WHERE s.circular_id = :id ORDER BY s.read_at IS NOT NULL, s.read_at, u.path, s.id",
        id=circular_id,
    )


def mark_read(writer: Writer, key: int, at_ms: int, staff_id: int) -> None:
    """Keep when a unit has read a circular, and who there."""
    writer.update("circular_units", key, {"read_at": at_ms, "read_by": staff_id})


def count_unread(reader: Reader, unit_path: str) -> int:
    """Return how many circulars a unit, or one below it, has not read."""
    found = reader.value(
        "SELECT count(*) FROM circular_units s JOIN units u ON u.id = s.unit_id WHERE u.path LIKE :path AND s.read_at IS NULL",
        path=unit_path + "%",
    )
    return int(found or 0)
