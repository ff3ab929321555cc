"""列对照 of channels, and what stands beside an order that came from one. Times in ms UTC."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_MAP = (
    "SELECT m.id, m.uid, m.name, m.channel, m.columns, m.saved_at, s.name AS saver_name, s.staff_no AS saver_no"
    " FROM channel_maps m LEFT JOIN staff s ON s.id = m.saved_by WHERE m.removed_at IS NULL"
)
_OUTSIDE = (
    "SELECT o.id, o.uid, o.order_no, o.status, o.kind, o.is_confidential, o.content, o.marks, o.upstream_no,"
    " o.upstream_due_at, o.upstream_demand, x.state, x.sent_back, x.digest, x.said_title, x.said_contact_phone,"
    " x.said_kind, x.order_id AS kept_id"
    " FROM work_orders o LEFT JOIN outside_orders x ON x.order_id = o.id"
    " WHERE o.channel = :channel AND o.outside_no = :outside_no"
)
_TWIN = (
    "SELECT o.id, o.order_no, o.title, o.content, o.channel, o.outside_no, o.contact_phone, o.requester_name"
    " FROM work_orders o JOIN units c ON c.id = o.centre_id"
)
_MAY_BE_TWIN = (
    " AND o.kind <> 'tip_off' AND o.is_confidential = 0 AND o.status <> 'void' AND o.accepted_at >= :since"
    " AND c.path LIKE :centre_path ORDER BY o.id DESC LIMIT 20"
)
_AT_ONCE = 500
_BACK = (
    "SELECT o.id, o.uid, o.order_no, o.outside_no, o.channel, o.kind, o.status, o.outcome, o.is_confidential,"
    " o.is_anonymous, o.title, o.content, o.place, o.requester_name, o.contact_phone, o.accused_name,"
    " o.accused_unit_id, o.marks, o.upstream_no, o.upstream_due_at, o.upstream_demand, o.raised_at, o.closed_at,"
    " o.review_passed_at, o.urgency, a.name AS area_name, c.name AS category_name, u.short_name AS steward_name,"
    " p.path AS accused_path, x.state, x.sent_back, x.number_told_at, x.result_told_at,"
    " (SELECT r.public_reply FROM replies r WHERE r.order_id = o.id AND r.verdict = 'granted'"
    " ORDER BY r.id DESC LIMIT 1) AS passed_reply, (SELECT n.said FROM answers n WHERE n.order_id = o.id"
    " ORDER BY n.id DESC LIMIT 1) AS said FROM work_orders o"
    " LEFT JOIN outside_orders x ON x.order_id = o.id LEFT JOIN areas a ON a.code = o.area_code"
    " LEFT JOIN categories c ON c.code = o.category_code LEFT JOIN units u ON u.id = o.steward_id"
    " LEFT JOIN units p ON p.id = o.accused_unit_id"
)


def maps(reader: Reader) -> Sequence[Row]:
    """Return every saved 列对照, by channel and name."""
    return reader.all(f"{_MAP} ORDER BY m.channel, m.name")


def map_named(reader: Reader, name: str) -> Row | None:
    """Return the saved 列对照 of this name, or None."""
    return reader.one(f"{_MAP} AND m.name = :name", name=name)


def add_map(writer: Writer, **values: Any) -> str:
    """Insert a 列对照 and return its uid."""
    uid = new_uid()
    writer.insert("channel_maps", {"uid": uid, **values})
    return uid


def remove_map(writer: Writer, map_id: int, at_ms: int) -> None:
    """Take a 列对照 out of use; the row stays."""
    writer.update("channel_maps", map_id, {"removed_at": at_ms})


def by_outside(reader: Reader, channel: str, outside_no: str) -> Row | None:
    """Return the order that came in with this outside number, with what its platform last said, or None."""
    return reader.one(_OUTSIDE, channel=channel, outside_no=outside_no)


def of_order(reader: Reader, order_id: int) -> Row | None:
    """Return what the upper platform says of an order, or None for one that did not come in a file."""
    return reader.one("SELECT * FROM outside_orders WHERE order_id = :id", id=order_id)


def keep(writer: Writer, order_id: int, **values: Any) -> None:
    """Write what the upper platform says of an order, over what it said before."""
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    changes = ", ".join(f"{name} = excluded.{name}" for name in values)
    writer.run(
        f"INSERT INTO outside_orders (order_id, {names}) VALUES (:order_id, {places})"
        f" ON CONFLICT (order_id) DO UPDATE SET {changes}",
        order_id=order_id,
        **values,
    )


def mark_told(writer: Writer, numbers: Sequence[int], results: Sequence[int], at_ms: int) -> None:
    """Write that a channel has been told our number of these orders, and the result of those, as they stood at `at_ms`."""
    for column, keys in (("number_told_at", numbers), ("result_told_at", results)):
        for start in range(0, len(keys), _AT_ONCE):
            listed = ", ".join(str(int(key)) for key in keys[start : start + _AT_ONCE])
            writer.run(
                f"INSERT INTO outside_orders (order_id, {column}) SELECT id, :at FROM work_orders WHERE id IN ({listed})"
                f" ON CONFLICT (order_id) DO UPDATE SET {column} = excluded.{column}",
                at=at_ms,
            )


def of_phone(reader: Reader, phone: str, centre_path: str, since: int) -> Sequence[Row]:
    """Return the newest orders of a number since `since`, neither secret nor void ones (practice P32 c)."""
    where = f" WHERE o.contact_phone = :phone{_MAY_BE_TWIN}"
    return reader.all(_TWIN + where, phone=phone, centre_path=centre_path + "%", since=since)


def of_words(reader: Reader, digest: str, centre_path: str, since: int) -> Sequence[Row]:
    """Return the newest orders that came in with exactly these words, neither secret nor void ones."""
    where = f" JOIN outside_orders x ON x.order_id = o.id WHERE x.digest = :digest{_MAY_BE_TWIN}"
    return reader.all(_TWIN + where, digest=digest, centre_path=centre_path + "%", since=since)


def back_window(
    reader: Reader, centre_path: str, channel: str, map_name: str, *, after: int, limit: int
) -> Sequence[Row]:
    """Return orders of a channel (those of this 列对照, and those that came without any) with a key above `after`."""
    return reader.all(
        f"{_BACK} WHERE o.id > :after AND o.channel = :channel AND o.outside_no IS NOT NULL"
        " AND coalesce(x.map_name, '') IN ('', :map_name)"
        " AND o.centre_id IN (SELECT id FROM units WHERE path LIKE :path) ORDER BY o.id LIMIT :limit",
        after=after,
        channel=channel,
        map_name=map_name,
        path=centre_path + "%",
        limit=limit,
    )
