"""Units, sections and people."""

from collections.abc import Sequence

from db.doors import Reader, Row
from db.queries.house import like

_UNIT = "SELECT id, uid, code, name, short_name, level, parent_id, path, area_code, is_centre, department FROM units"
_STAFF = (
    "SELECT s.id, s.uid, s.staff_no, s.name, s.person_uid, s.unit_id, s.section_id, s.deputy_id, s.pin_hash,"
    " s.failures, s.locked_until, s.must_change_pin, s.is_active, u.name AS unit_name,"
    " u.short_name AS unit_short_name, u.path AS unit_path, u.is_centre, u.level AS unit_level"
    " FROM staff s JOIN units u ON u.id = s.unit_id"
)


def unit(reader: Reader, unit_id: int) -> Row | None:
    """Return one unit by its key."""
    return reader.one(f"{_UNIT} WHERE id = :id", id=unit_id)


def above(reader: Reader, path: str) -> Sequence[Row]:
    """Return the unit with this tree path and all that it stands below."""
    return reader.all(f"{_UNIT} WHERE :path LIKE path || '%'", path=path)


def unit_by_code(reader: Reader, code: str) -> Row | None:
    """Return one unit by its code."""
    return reader.one(f"{_UNIT} WHERE code = :code", code=code)


def units_called(reader: Reader, text: str) -> Sequence[Row]:
    """Return living units whose code, name or short name is exactly `text`: counties have short names in common."""
    return reader.all(
        f"{_UNIT} WHERE valid_to IS NULL AND (code = upper(:text) OR :text IN (name, short_name)) ORDER BY id",
        text=text,
    )


def units_below(reader: Reader, path: str, text: str) -> Sequence[Row]:
    """Return living units at or below a tree path whose name or code holds `text`, with the count of their sections."""
    return reader.all(
        "SELECT u.code, u.name, u.short_name, u.department, (SELECT count(*) FROM sections s WHERE s.unit_id = u.id)"
        " AS sections FROM units u WHERE u.valid_to IS NULL AND u.path LIKE :path AND (u.name LIKE :pattern ESCAPE '!'"
        " OR u.short_name LIKE :pattern ESCAPE '!' OR u.code LIKE :pattern ESCAPE '!'"
        " OR u.department LIKE :pattern ESCAPE '!') ORDER BY u.id",
        path=path + "%",
        pattern=like(text),
    )


def find_units(reader: Reader, text: str, home_path: str, limit: int) -> Sequence[Row]:
    """Return living units whose name or code holds `text`, those below `home_path` first."""
    return reader.all(
        f"{_UNIT} WHERE valid_to IS NULL AND (name LIKE :pattern ESCAPE '!' OR short_name LIKE :pattern ESCAPE '!'"
        " OR code LIKE :pattern ESCAPE '!') ORDER BY CASE WHEN path LIKE :home THEN 0 ELSE 1 END, level DESC, id LIMIT :limit",
        pattern=like(text),
        home=home_path + "%",
        limit=limit,
    )


def all_units(reader: Reader) -> Sequence[Row]:
    """Return every living unit."""
    return reader.all(f"{_UNIT} WHERE valid_to IS NULL ORDER BY id")


def sections_of(reader: Reader, unit_id: int) -> Sequence[Row]:
    """Return the sections of a unit: id, code, name."""
    return reader.all(
        "SELECT id, code, name FROM sections WHERE unit_id = :unit_id ORDER BY id", unit_id=unit_id
    )


def all_sections(reader: Reader) -> Sequence[Row]:
    """Return every section: unit_id, code, name."""
    return reader.all("SELECT unit_id, code, name FROM sections ORDER BY unit_id, id")


def section(reader: Reader, section_id: int) -> Row | None:
    """Return one section: id, unit_id, code, name."""
    return reader.one("SELECT id, unit_id, code, name FROM sections WHERE id = :id", id=section_id)


def find_sections(reader: Reader, text: str, home_path: str, limit: int) -> Sequence[Row]:
    """Return sections whose name holds `text`, with their unit, those below `home_path` first: id, name, unit_id …"""
    return reader.all(
        "SELECT s.id, s.code, s.name, s.unit_id, u.short_name AS unit_short_name, u.department FROM sections s"
        " JOIN units u ON u.id = s.unit_id WHERE u.valid_to IS NULL AND s.name LIKE :pattern ESCAPE '!'"
        " ORDER BY CASE WHEN u.path LIKE :home THEN 0 ELSE 1 END, s.unit_id, s.id LIMIT :limit",
        pattern=like(text),
        home=home_path + "%",
        limit=limit,
    )


def unit_of_department(reader: Reader, department: str, path: str) -> Row | None:
    """Return the living unit of a department (住建局 …) below `path` that stands highest, but no centre."""
    return reader.one(
        f"{_UNIT} WHERE department = :department AND path LIKE :path AND NOT is_centre AND valid_to IS NULL"
        " ORDER BY length(path), id LIMIT 1",
        department=department,
        path=path + "%",
    )


def manager_of_area(reader: Reader, area_code: str) -> Row | None:
    """Return the unit that answers for an area: the override first, then the unit placed there (design part 4)."""
    override = reader.one(
        f"{_UNIT} WHERE id = (SELECT unit_id FROM area_managers WHERE area_code = :code)", code=area_code
    )
    return override or reader.one(
        f"{_UNIT} WHERE area_code = :code AND valid_to IS NULL ORDER BY CASE department WHEN '街道乡镇' THEN 0 ELSE 1 END LIMIT 1",
        code=area_code,
    )


def staff_by_no(reader: Reader, staff_no: str) -> Row | None:
    """Return one 工号 with its unit, PIN hash and lock."""
    return reader.one(f"{_STAFF} WHERE s.staff_no = :staff_no", staff_no=staff_no)


def staff_of_unit(reader: Reader, unit_id: int) -> Sequence[Row]:
    """Return the active people of a unit."""
    return reader.all(
        f"{_STAFF} WHERE s.unit_id = :unit_id AND s.is_active ORDER BY s.staff_no", unit_id=unit_id
    )


def staff_called(reader: Reader, name: str, path: str) -> Sequence[Row]:
    """Return the active people of exactly this name whose unit stands at or below a tree path."""
    return reader.all(
        f"{_STAFF} WHERE s.name = :name AND s.is_active AND u.path LIKE :path ORDER BY s.staff_no",
        name=name,
        path=path + "%",
    )


def staff_by_uids(reader: Reader, uids: Sequence[str], path: str) -> Sequence[Row]:
    """Return those of some people whose unit stands at or below a tree path: id, uid, staff_no."""
    named = {f"uid_{place}": uid for place, uid in enumerate(uids)}
    if not named:
        return []
    marks = ", ".join(f":{name}" for name in named)
    return reader.all(
        "SELECT s.id, s.uid, s.staff_no FROM staff s JOIN units u ON u.id = s.unit_id"
        f" WHERE s.uid IN ({marks}) AND u.path LIKE :path",
        path=path + "%",
        **named,
    )


def roles_of(reader: Reader, staff_id: int) -> list[str]:
    """Return the role codes of one 工号."""
    return [
        row["role"] for row in reader.all("SELECT role FROM staff_roles WHERE staff_id = :id", id=staff_id)
    ]


def centres(reader: Reader) -> Sequence[Row]:
    """Return every centre that a store serves."""
    return reader.all(f"{_UNIT} WHERE is_centre AND valid_to IS NULL ORDER BY path")


def centre_above(reader: Reader, path: str) -> Row | None:
    """Return the nearest centre at or above a unit path such as `/1/7/40/`."""
    return reader.one(
        f"{_UNIT} WHERE is_centre AND :path LIKE path || '%' ORDER BY length(path) DESC LIMIT 1", path=path
    )
