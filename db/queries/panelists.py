"""评议员: who stands in the pool, their relations, and over which units they sat lately. Times in ms UTC."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from db.doors import Reader, Row, Writer
from db.ids import new_uid

_PANELIST = (
    "SELECT p.id, p.uid, p.staff_id, p.profession, p.area_code, p.employer, p.employer_unit_id, p.is_active, s.uid AS staff_uid,"
    " s.staff_no, s.name, s.mobile, s.pin_hash IS NOT NULL AS has_pin, s.is_active AS may_sign_in, a.name AS area_name,"
    " e.code AS employer_code, e.path AS employer_path FROM panelists p JOIN staff s ON s.id = p.staff_id"
    " LEFT JOIN areas a ON a.code = p.area_code LEFT JOIN units e ON e.id = p.employer_unit_id"
)


def of_centre(reader: Reader, centre_id: int, *, active_only: bool = False) -> Sequence[Row]:
    """Return a centre's pool by 工号; with `active_only` without those who left it."""
    return reader.all(
        f"{_PANELIST} WHERE s.unit_id = :centre_id AND (:all OR p.is_active) ORDER BY s.staff_no",
        centre_id=centre_id,
        all=not active_only,
    )


def by_no(reader: Reader, centre_id: int, staff_no: str) -> Row | None:
    """Return one 评议员 of a centre by 工号, or None."""
    return reader.one(
        f"{_PANELIST} WHERE s.unit_id = :centre_id AND s.staff_no = :staff_no",
        centre_id=centre_id,
        staff_no=staff_no,
    )


def by_staff(reader: Reader, staff_id: int) -> Row | None:
    """Return the 评议员 behind an account, or None."""
    return reader.one(f"{_PANELIST} WHERE p.staff_id = :staff_id", staff_id=staff_id)


def ties(reader: Reader, centre_id: int) -> dict[int, list[Row]]:
    """Return the declared relations of a centre's pool by 评议员: unit (code, path) or person."""
    rows = reader.all(
        "SELECT t.panelist_id, t.unit_id, t.person, u.code AS unit_code, u.path AS unit_path FROM panelist_ties t"
        " JOIN panelists p ON p.id = t.panelist_id JOIN staff s ON s.id = p.staff_id LEFT JOIN units u ON u.id = t.unit_id"
        " WHERE s.unit_id = :centre_id ORDER BY t.id",
        centre_id=centre_id,
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["panelist_id"]].append(row)
    return found


def sat_over(reader: Reader, since: int) -> dict[int, set[int]]:
    """Return by 评议员 the units over whose orders they sat in sessions closed since then."""
    rows = reader.all(
        "SELECT DISTINCT t.panelist_id, l.unit_id FROM panel_sessions s JOIN panel_seats t ON t.session_id = s.id"
        " JOIN panel_lines l ON l.session_id = s.id WHERE s.closed_at >= :since AND t.removed_at IS NULL"
        " AND t.signed_at IS NOT NULL AND l.removed_at IS NULL",
        since=since,
    )
    found: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        found[row["panelist_id"]].add(row["unit_id"])
    return found


def add(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a 评议员 and return the key; needs staff_id, profession, added_at."""
    return writer.insert("panelists", {"uid": new_uid(), **values})


def change(writer: Writer, panelist_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one 评议员."""
    writer.update("panelists", panelist_id, values)


def set_ties(writer: Writer, panelist_id: int, unit_ids: Sequence[int], people: Sequence[str]) -> None:
    """Make the declared relations of one 评议员 those given."""
    writer.run("DELETE FROM panelist_ties WHERE panelist_id = :id", id=panelist_id)
    for unit_id in unit_ids:
        writer.insert("panelist_ties", {"panelist_id": panelist_id, "unit_id": unit_id})
    for person in people:
        writer.insert("panelist_ties", {"panelist_id": panelist_id, "person": person})
