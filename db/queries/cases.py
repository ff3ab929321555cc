"""典型案例: written, published, retired, found. Times in ms UTC; only published ones stand in the search index."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.bigrams import bigrammed
from db.doors import Reader, Row, Writer
from db.ids import new_uid

NOT_SECRET = "o.kind <> 'tip_off' AND o.is_confidential = 0 AND o.is_crisis = 0"
"""SQL over `o`: what a case was made of may never be 举报 or 保密, whenever that came about (practice P32 c)."""

_CASE = (
    "SELECT c.id, c.uid, c.order_id, c.title, c.matter, c.handling, c.lesson, c.kind, c.made_at, c.published_at,"
    " c.retired_at, c.retire_reason, o.order_no, o.centre_id, o.accused_unit_id, u.short_name AS unit, s.name AS section,"
    " g.name AS category, d.number AS duty_number, d.item AS duty_item, m.name AS maker, p.name AS publisher,"
    " r.name AS retirer FROM cases c JOIN work_orders o ON o.id = c.order_id LEFT JOIN units u ON u.id = c.unit_id"
    " LEFT JOIN sections s ON s.id = c.section_id LEFT JOIN categories g ON g.code = c.category_code"
    " LEFT JOIN duty_items d ON d.id = c.duty_item_id LEFT JOIN staff m ON m.id = c.made_by"
    " LEFT JOIN staff p ON p.id = c.published_by LEFT JOIN staff r ON r.id = c.retired_by"
)
_NOT_ACCUSED = (
    " AND NOT EXISTS (SELECT 1 FROM units x WHERE x.id = o.accused_unit_id AND :unit_path LIKE x.path || '%')"
)
_SEEN = f"c.retired_at IS NULL AND {NOT_SECRET}{_NOT_ACCUSED}"
"""What this person may find: `unit_path` is their unit's, '' at the centre; an accused unit reads no case of itself."""


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a case that waits to be published and return its key."""
    return writer.insert("cases", {"uid": new_uid(), **values})


def publish(writer: Writer, case_id: int, values: Mapping[str, Any]) -> None:
    """Set the words and the publisher of a case, and make it findable."""
    writer.update("cases", case_id, values)
    body = bigrammed(f"{values['title']}\n{values['matter']}")
    writer.run("INSERT INTO case_search (rowid, body) VALUES (:id, :body)", id=case_id, body=body)


def retire(writer: Writer, case_id: int, at_ms: int, by: int | None, reason: str) -> None:
    """Take a case out of the library and of the search index; the row stays, with who, when and why."""
    writer.update("cases", case_id, {"retired_at": at_ms, "retired_by": by, "retire_reason": reason})
    writer.run("DELETE FROM case_search WHERE rowid = :id", id=case_id)


def living(reader: Reader, order_id: int) -> Row | None:
    """Return the case of an order that is not retired, or None."""
    return reader.one(f"{_CASE} WHERE c.order_id = :id AND c.retired_at IS NULL", id=order_id)


def one(reader: Reader, case_id: int) -> Row | None:
    """Return a case of no secret order, retired or not, or None."""
    return reader.one(f"{_CASE} WHERE c.id = :id AND {NOT_SECRET}", id=case_id)


def page(
    reader: Reader, query: str, unit_path: str, *, with_proposed: bool, offset: int, limit: int
) -> tuple[int, Sequence[Row]]:
    """Return how many cases there are and one window of them: what waits to be published first, then the newest.

    `query` is an FTS5 MATCH expression over the published ones; '' is all.
    """
    found = "c.id IN (SELECT rowid FROM case_search WHERE case_search MATCH :query) AND " if query else ""
    state = "" if with_proposed and not query else "c.published_at IS NOT NULL AND "
    given = {"unit_path": unit_path, **({"query": query} if query else {})}
    where = f"{found}{state}{_SEEN}"
    total = reader.value(
        f"SELECT count(*) FROM cases c JOIN work_orders o ON o.id = c.order_id WHERE {where}", **given
    )
    order_by = "ORDER BY c.published_at IS NOT NULL, c.published_at DESC, c.id DESC"
    rows = reader.all(
        f"{_CASE} WHERE c.id IN (SELECT c.id FROM cases c JOIN work_orders o ON o.id = c.order_id WHERE {where}"
        f" {order_by} LIMIT :limit OFFSET :offset) {order_by}",
        limit=limit,
        offset=offset,
        **given,
    )
    return int(total), rows


def counts_of(reader: Reader, words: Sequence[str]) -> dict[str, int]:
    """Return in how many published cases each of these index tokens stands; absent ones are left out."""
    found = ((word, reader.value(_COUNT, word=word)) for word in words)
    return {word: int(count) for word, count in found if count}


_COUNT = "SELECT doc FROM case_search_words WHERE term = :word"


def sharing(reader: Reader, words: Sequence[str], unit_path: str, limit: int) -> Sequence[Row]:
    """Return the published cases that share most with these index tokens (BM25), with title, matter and unit."""
    if not words:
        return []
    return reader.all(
        "SELECT c.id, c.title, c.matter, u.short_name AS unit FROM"
        " (SELECT rowid FROM case_search WHERE case_search MATCH :query ORDER BY rank LIMIT :limit) f"
        " JOIN cases c ON c.id = f.rowid JOIN work_orders o ON o.id = c.order_id"
        f" LEFT JOIN units u ON u.id = c.unit_id WHERE {_SEEN}",
        query=" OR ".join(f'"{word}"' for word in words),
        limit=limit,
        unit_path=unit_path,
    )


def callers_of(reader: Reader, order_id: int) -> Sequence[str]:
    """Return the names of an order's callers, of those of its 从单, and of whoever spoke on the spot of an emergency."""
    rows = reader.all(
        "SELECT r.name FROM requesters r JOIN work_orders o ON o.requester_id = r.id WHERE o.id = :id UNION"
        " SELECT o.requester_name AS name FROM work_orders o WHERE o.id = :id OR o.main_order_id = :id UNION"
        " SELECT m.contained_said_by AS name FROM emergencies m WHERE m.order_id = :id",
        id=order_id,
    )
    return [row["name"] for row in rows if row["name"]]


def staff_of(reader: Reader, order_id: int, order_uid: str) -> Sequence[str]:
    """Return the names of everybody who did anything about an order, or whom it was given to."""
    rows = reader.all(
        "SELECT s.name FROM events e JOIN staff s ON s.uid = e.actor_uid WHERE e.order_uid = :uid UNION"
        " SELECT s.name FROM assignments a JOIN staff s ON s.id = a.staff_id WHERE a.order_id = :id",
        uid=order_uid,
        id=order_id,
    )
    return [row["name"] for row in rows]


def numbers_of(reader: Reader, order_id: int) -> Sequence[str]:
    """Return every number that an order or a call about it bears, those of its 从单 too."""
    rows = reader.all(
        "SELECT contact_phone AS number FROM work_orders WHERE id = :id OR main_order_id = :id UNION"
        " SELECT r.phone FROM requesters r JOIN work_orders o ON o.requester_id = r.id WHERE o.id = :id UNION"
        " SELECT c.number FROM calls c JOIN call_orders l ON l.call_id = c.id WHERE l.order_id = :id UNION"
        " SELECT a.number FROM answers a WHERE a.order_id = :id",
        id=order_id,
    )
    return [row["number"] for row in rows if row["number"]]
