"""The people of the desk as an administrator sees them."""

from collections.abc import Sequence
from typing import Any

from db.doors import Reader, Row, Writer


def below(reader: Reader, path: str) -> Sequence[Row]:
    """Return everybody whose unit stands at or below a tree path, with unit, section, B角 and roles (joined by `,`)."""
    return reader.all(
        "SELECT s.id, s.staff_no, s.name, s.is_active, s.must_change_pin, s.locked_until, s.pin_hash IS NOT NULL AS has_pin,"
        " u.code AS unit_code, u.short_name AS unit_name, c.name AS section_name, d.staff_no AS deputy_no,"
        " (SELECT group_concat(r.role, ',') FROM staff_roles r WHERE r.staff_id = s.id) AS roles"
        " FROM staff s JOIN units u ON u.id = s.unit_id LEFT JOIN sections c ON c.id = s.section_id"
        " LEFT JOIN staff d ON d.id = s.deputy_id WHERE u.path LIKE :path ORDER BY s.staff_no",
        path=path + "%",
    )


def add(writer: Writer, values: dict[str, Any], roles: Sequence[str]) -> int:
    """Insert a 工号 with its roles and return its key."""
    staff_id = writer.insert("staff", values)
    set_roles(writer, staff_id, roles)
    return staff_id


def set_roles(writer: Writer, staff_id: int, roles: Sequence[str]) -> None:
    """Give one 工号 these roles and no others."""
    writer.run("DELETE FROM staff_roles WHERE staff_id = :id", id=staff_id)
    for role in roles:
        writer.insert("staff_roles", {"staff_id": staff_id, "role": role})


def change(writer: Writer, staff_id: int, values: dict[str, Any]) -> None:
    """Set columns of one 工号."""
    writer.update("staff", staff_id, values)


def section_id(reader: Reader, unit_id: int, code: str) -> int | None:
    """Return the key of a unit's section by its code or its exact name, or None."""
    key = reader.value(
        "SELECT id FROM sections WHERE unit_id = :unit_id AND :code IN (code, name) ORDER BY id LIMIT 1",
        unit_id=unit_id,
        code=code,
    )
    return None if key is None else int(key)


def persons_with_role(reader: Reader, unit_id: int, role: str) -> set[str]:
    """Return the persons (`person_uid`) of a unit who are active in a role."""
    rows = reader.all(
        "SELECT DISTINCT s.person_uid FROM staff s JOIN staff_roles r ON r.staff_id = s.id AND r.role = :role"
        " WHERE s.unit_id = :unit_id AND s.is_active",
        unit_id=unit_id,
        role=role,
    )
    return {row["person_uid"] for row in rows}


def absent_before(reader: Reader, deputy_id: int, unit_id: int, since: int) -> Sequence[Row]:
    """Return whose B角 somebody is in the same unit and who has not signed in since then (ms UTC): id, name, staff_no."""
    return reader.all(
        "SELECT s.id, s.name, s.staff_no FROM staff s WHERE s.deputy_id = :deputy_id AND s.unit_id = :unit_id AND s.is_active"
        " AND coalesce(s.signed_in_at, 0) <= :since ORDER BY s.staff_no",
        deputy_id=deputy_id,
        unit_id=unit_id,
        since=since,
    )
