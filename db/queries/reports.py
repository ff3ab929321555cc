"""快报, 专报, 预警快报 and their readers; what calls for one. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_REPORT = (
    "SELECT r.*, o.order_no, o.uid AS order_uid, d.name AS drafted_name,"
    " a.name AS approved_name FROM incident_reports r JOIN staff d ON d.id = r.drafted_by"
    " LEFT JOIN staff a ON a.id = r.approved_by LEFT JOIN work_orders o ON o.id = r.order_id"
)
_KEPT = "r.dropped_at IS NULL"
_DAY_MS = 24 * 60 * 60 * 1000
_COUNTED = (
    "o.centre_id = :centre_id AND o.accepted_at > :since AND o.kind <> 'tip_off' AND o.is_confidential = 0 AND o.is_crisis = 0"
    " AND o.status NOT IN ('void', 'withdrawn')"
)


def add(writer: Writer, **values: Any) -> int:
    """Write a draft and return its key."""
    return writer.insert("incident_reports", {"uid": new_uid(), **values})


def change(writer: Writer, report_id: int, **values: Any) -> None:
    """Set columns of a report."""
    writer.update("incident_reports", report_id, values)


def report(reader: Reader, report_id: int) -> Row | None:
    """Return one report that was not dropped, or None."""
    return reader.one(f"{_REPORT} WHERE {_KEPT} AND r.id = :id", id=report_id)


def of_centre(reader: Reader, centre_id: int, most: int) -> Sequence[Row]:
    """Return the reports of a centre: drafts first, then the newest."""
    return reader.all(
        f"{_REPORT} WHERE {_KEPT} AND r.centre_id = :centre_id"
        " ORDER BY r.approved_at IS NOT NULL, r.drafted_at DESC, r.id DESC LIMIT :most",
        centre_id=centre_id,
        most=most,
    )


def of_order(reader: Reader, order_id: int) -> Sequence[Row]:
    """Return the reports of one matter, oldest first."""
    return reader.all(
        f"{_REPORT} WHERE {_KEPT} AND r.order_id = :order_id ORDER BY r.drafted_at, r.id", order_id=order_id
    )


def add_reader(writer: Writer, **values: Any) -> int:
    """Keep to whom a report was sent; needs report_id, name, way, sent_at, sent_by."""
    return writer.insert("report_readers", {"uid": new_uid(), **values})


def change_reader(writer: Writer, reader_id: int, **values: Any) -> None:
    """Set columns of a reader: when it was read, what was written on it."""
    writer.update("report_readers", reader_id, values)


def readers(reader: Reader, report_id: int) -> Sequence[Row]:
    """Return to whom a report was sent, in order."""
    return reader.all("SELECT * FROM report_readers WHERE report_id = :id ORDER BY id", id=report_id)


def reader_of(reader: Reader, reader_id: int) -> Row | None:
    """Return one reader, or None."""
    return reader.one("SELECT * FROM report_readers WHERE id = :id", id=reader_id)


def told_by_many(reader: Reader, centre_id: int, since: int, least: int, most: int) -> Sequence[Row]:
    """Return the matters that at least `least` numbers told since then and nobody has reported: merged, or of one place and kind.

    Each with `order_id` (the 主单, or the oldest of them), its number and title, how many `persons`, `orders`.
    """
    return reader.all(
        "SELECT g.order_id, m.order_no, m.area_code, m.category_code, g.persons, g.orders FROM ("
        " SELECT min(coalesce(o.main_order_id, o.id)) AS order_id, count(DISTINCT o.contact_phone) AS persons,"
        " count(*) AS orders FROM work_orders o"
        f" WHERE {_COUNTED} AND o.contact_phone IS NOT NULL"
        " GROUP BY coalesce('m' || o.main_order_id,"
        "  (SELECT 'm' || o.id FROM work_orders w WHERE w.main_order_id = o.id LIMIT 1),"
        "  o.area_code || ' ' || o.category_code, 'o' || o.id)"
        " HAVING count(DISTINCT o.contact_phone) >= :least) g JOIN work_orders m ON m.id = g.order_id"
        " WHERE NOT EXISTS (SELECT 1 FROM incident_reports r WHERE r.dropped_at IS NULL AND r.order_id = g.order_id)"
        " ORDER BY g.persons DESC, g.order_id LIMIT :most",
        centre_id=centre_id,
        since=since,
        least=least,
        most=most,
    )


def risen(reader: Reader, centre_id: int, now: int, least: int, days_before: int, most: int) -> Sequence[Row]:
    """Return places and kinds with at least `least` orders in the last 24 hours, and how many the days before had."""
    return reader.all(
        "SELECT t.area_code, t.category_code, t.orders, a.name AS area_name, c.name AS category_name,"
        f" (SELECT count(*) FROM work_orders o WHERE {_COUNTED.replace(':since', ':before')} AND o.accepted_at <= :since"
        "   AND o.area_code = t.area_code AND o.category_code = t.category_code) AS orders_before"
        " FROM (SELECT o.area_code, o.category_code, count(*) AS orders FROM work_orders o"
        f"  WHERE {_COUNTED} AND o.area_code IS NOT NULL AND o.category_code IS NOT NULL"
        "  GROUP BY o.area_code, o.category_code HAVING count(*) >= :least) t"
        " LEFT JOIN areas a ON a.code = t.area_code LEFT JOIN categories c ON c.code = t.category_code"
        " WHERE NOT EXISTS (SELECT 1 FROM incident_reports r WHERE r.dropped_at IS NULL AND r.drafted_at > :since"
        "  AND r.centre_id = :centre_id AND r.area_code = t.area_code AND r.category_code = t.category_code)"
        " ORDER BY t.orders DESC LIMIT :most",
        centre_id=centre_id,
        since=now - _DAY_MS,
        before=now - (days_before + 1) * _DAY_MS,
        least=least,
        most=most,
    )


def orders_in(
    reader: Reader, centre_id: int, since: int, area_code: str, category_code: str, most: int
) -> Sequence[Row]:
    """Return the orders of one kind in one place since then, the newest first."""
    return reader.all(
        "SELECT o.id, o.order_no, o.title, o.status, o.accepted_at, u.short_name AS unit FROM work_orders o"
        f" LEFT JOIN units u ON u.id = o.steward_id WHERE {_COUNTED} AND o.area_code = :area_code"
        " AND o.category_code = :category_code ORDER BY o.accepted_at DESC, o.id DESC LIMIT :most",
        centre_id=centre_id,
        since=since,
        area_code=area_code,
        category_code=category_code,
        most=most,
    )


def has_report(reader: Reader, order_id: int) -> bool:
    """Whether a matter was reported as 专报 or 快报: others see only that (practice P26)."""
    return bool(
        reader.value(
            "SELECT 1 FROM incident_reports WHERE order_id = :id AND approved_at IS NOT NULL AND dropped_at IS NULL LIMIT 1",
            id=order_id,
        )
    )
