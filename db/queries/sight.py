"""Whether an order is held, or was registered, by somebody."""

from db.doors import Reader

_HELD = "u.path LIKE :path AND coalesce(a.end_reason, '') IN ('', 'done') AND a.part <> 'centre'"

HELD_BELOW = f"EXISTS (SELECT 1 FROM assignments a JOIN units u ON u.id = a.unit_id WHERE a.order_id = o.id AND {_HELD})"
"""SQL over `o`: what `is_held_below` says of one order; bind `path` to the unit's path with `%` at its end."""

BORN_BY = "(SELECT e.actor_uid FROM events e WHERE e.order_uid = o.uid ORDER BY e.seq LIMIT 1) = :staff_uid"
"""SQL over `o`: what `registered_by` says of one order; bind `staff_uid`."""

OF_THE_STATION = (
    "EXISTS (SELECT 1 FROM station_orders s JOIN staff c ON c.uid = s.clerk_uid JOIN staff me ON me.uid = :staff_uid"
    " WHERE s.order_id = o.id AND c.unit_id = me.unit_id AND coalesce(c.section_id, 0) = coalesce(me.section_id, 0)"
    " AND o.kind <> 'tip_off' AND o.is_confidential = 0 AND o.is_crisis = 0)"
)
"""SQL over `o`: what `is_of_the_station` says of one order; bind `staff_uid`."""


def path_of(reader: Reader, unit_id: int | None) -> str | None:
    """Return a unit's tree path, or None for no unit."""
    return None if unit_id is None else reader.value("SELECT path FROM units WHERE id = :id", id=unit_id)


def is_held_below(reader: Reader, order_id: int, path: str) -> bool:
    """Whether a unit at or below `path` has, or had, a part in the order that was not returned or recalled."""
    return bool(
        reader.value(
            "SELECT 1 FROM assignments a JOIN units u ON u.id = a.unit_id"
            f" WHERE a.order_id = :order_id AND {_HELD} LIMIT 1",
            order_id=order_id,
            path=path + "%",
        )
    )


def has_part(reader: Reader, order_id: int, path: str, part: str) -> bool:
    """Whether a unit at or below `path` now has this part (`steward`, `co_handling`) in the order."""
    return bool(
        reader.value(
            "SELECT 1 FROM assignments a JOIN units u ON u.id = a.unit_id WHERE a.order_id = :order_id"
            " AND a.part = :part AND a.ended_at IS NULL AND u.path LIKE :path LIMIT 1",
            order_id=order_id,
            part=part,
            path=path + "%",
        )
    )


def who_did(reader: Reader, order_uid: str) -> set[str]:
    """Return the `uid` of everybody who did something with an order."""
    rows = reader.all("SELECT DISTINCT actor_uid FROM events WHERE order_uid = :uid", uid=order_uid)
    return {str(row["actor_uid"]) for row in rows}


def registered_by(reader: Reader, order_uid: str, staff_uid: str) -> bool:
    """Whether this 工号 made the order: did the first deed on it, here or in a station's own store."""
    first = reader.value(
        "SELECT actor_uid FROM events WHERE order_uid = :uid ORDER BY seq LIMIT 1", uid=order_uid
    )
    return bool(first == staff_uid or _came_by_hand(reader, order_uid, staff_uid))


def is_of_the_station(reader: Reader, order_uid: str, staff_uid: str) -> bool:
    """Whether a clerk of the same 服务站 (unit and section) made the order at the counter; never a secret one."""
    found = reader.value(
        f"SELECT 1 FROM work_orders o WHERE o.uid = :uid AND {OF_THE_STATION}",
        uid=order_uid,
        staff_uid=staff_uid,
    )
    return found is not None


def _came_by_hand(reader: Reader, order_uid: str, staff_uid: str) -> bool:
    """Whether this 工号 made the order at a 服务站 whose store it left since."""
    return bool(
        reader.value(
            "SELECT 1 FROM station_orders s JOIN work_orders o ON o.id = s.order_id"
            " WHERE o.uid = :uid AND s.clerk_uid = :clerk",
            uid=order_uid,
            clerk=staff_uid,
        )
    )
