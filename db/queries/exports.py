"""Every order of a person's sight, closed ones too, window by window in the order they came."""

from collections.abc import Sequence

from db.doors import Reader, Row

_ORDER = (
    "SELECT o.id, o.order_no, o.query_code, o.upstream_no, o.outside_no, o.channel, o.kind, o.urgency, o.status, o.title,"
    " o.content, o.place, o.requester_name, o.contact_phone, o.is_anonymous, o.is_confidential, o.is_crisis, o.is_special, o.accused_name,"
    " o.accused_unit_id, o.grade, o.pool_grade, o.round, o.urge_count, o.breach_count, o.outcome, o.raised_at,"
    " o.accepted_at, o.dispatched_at, o.answered_at, o.closed_at, o.unit_due_at, o.citizen_due_at, o.press_at,"
    " o.is_open, o.is_due_provisional, c.name AS category_name, a.name AS area_name, u.short_name AS steward_name,"
    " s.name AS section_name, p.path AS accused_path"
    " FROM work_orders o LEFT JOIN categories c ON c.code = o.category_code LEFT JOIN areas a ON a.code = o.area_code"
    " LEFT JOIN units u ON u.id = o.steward_id LEFT JOIN sections s ON s.id = o.section_id"
    " LEFT JOIN units p ON p.id = o.accused_unit_id"
)
_OF_CENTRE = "o.centre_id IN (SELECT id FROM units WHERE path LIKE :path) AND o.is_crisis = 0"
"""A 危机来电 leaves the centre in no list (practice P25)."""
_OF_UNIT = (
    "EXISTS (SELECT 1 FROM assignments x JOIN units v ON v.id = x.unit_id WHERE x.order_id = o.id"
    " AND v.path LIKE :path AND x.part <> 'centre' AND coalesce(x.end_reason, '') IN ('', 'done'))"
)


def by_keys(reader: Reader, keys: Sequence[int]) -> Sequence[Row]:
    """Return the orders with these keys, in the order given."""
    if not keys:
        return ()
    marks = ", ".join(str(int(key)) for key in keys)
    found = {row["id"]: row for row in reader.all(f"{_ORDER} WHERE o.id IN ({marks})")}
    return [found[key] for key in keys if key in found]


def window(reader: Reader, path: str, *, after: int, limit: int, is_centre: bool) -> Sequence[Row]:
    """Return orders with a key above `after`, in the order of their keys.

    Those of the centres at or below the tree path `path`, or those in which a unit at or below it has a part.
    """
    scope = _OF_CENTRE if is_centre else _OF_UNIT
    return reader.all(
        f"{_ORDER} WHERE o.id > :after AND {scope} ORDER BY o.id LIMIT :limit",
        path=path + "%",
        after=after,
        limit=limit,
    )
