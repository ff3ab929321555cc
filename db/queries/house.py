"""The store's own row, settings, categories, areas."""

from collections.abc import Sequence

from db.doors import Reader, Row, Writer

_LONGEST_PATTERN = 200


def store_row(reader: Reader) -> Row | None:
    """Return the store's one row: store_uid, site, centre_id, epoch."""
    return reader.one("SELECT store_uid, site, centre_id, epoch, created_at FROM store WHERE id = 1")


def settings(reader: Reader) -> Sequence[Row]:
    """Return every setting: key, value (JSON text), title, unit, note."""
    return reader.all("SELECT key, value, title, unit, note FROM settings ORDER BY key")


def settings_changed_at(reader: Reader) -> int:
    """Return when a setting was last changed (ms UTC), 0 for never."""
    return int(reader.value("SELECT coalesce(max(changed_at), 0) FROM settings") or 0)


def set_setting(writer: Writer, key: str, value: str, at: int) -> int:
    """Set one setting (JSON text, ms UTC); return how many rows that touched: 0 for an unknown key."""
    return writer.run(
        "UPDATE settings SET value = :value, changed_at = :at WHERE key = :key", key=key, value=value, at=at
    )


def area(reader: Reader, code: str) -> Row | None:
    """Return an area with its parent's name."""
    return reader.one(
        "SELECT a.code, a.name, a.level, a.parent, p.name AS parent_name FROM areas a"
        " LEFT JOIN areas p ON p.code = a.parent WHERE a.code = :code",
        code=code,
    )


def find_areas(reader: Reader, text: str, county: str, limit: int) -> Sequence[Row]:
    """Return areas whose name holds `text`: those of `county` (6 digits) first, higher levels first."""
    return reader.all(
        "SELECT a.code, a.name, a.level, p.name AS parent_name FROM areas a LEFT JOIN areas p ON p.code = a.parent"
        " WHERE a.name LIKE :pattern ESCAPE '!'"
        " ORDER BY CASE WHEN substr(a.code, 1, 6) = :county THEN 0 ELSE 1 END,"
        " CASE a.level WHEN 'county' THEN 0 WHEN 'township' THEN 1 ELSE 2 END, a.code LIMIT :limit",
        pattern=like(text),
        county=county,
        limit=limit,
    )


def count_areas(reader: Reader) -> int:
    """Return how many areas the store knows."""
    return int(reader.value("SELECT count(*) FROM areas") or 0)


def areas_within(reader: Reader, prefix: str) -> Sequence[Row]:
    """Return the areas whose code begins with `prefix`, higher levels first, each with its parent's name."""
    return reader.all(
        "SELECT a.code, a.name, a.level, p.name AS parent_name FROM areas a LEFT JOIN areas p ON p.code = a.parent"
        " WHERE substr(a.code, 1, length(:prefix)) = :prefix ORDER BY"
        " CASE a.level WHEN 'city' THEN 0 WHEN 'county' THEN 1 WHEN 'township' THEN 2 ELSE 3 END, a.code",
        prefix=prefix,
    )


def area_named(reader: Reader, name: str, county: str) -> Row | None:
    """Return the area called exactly `name`, preferring `county` (6 digits) and the higher level."""
    return reader.one(
        "SELECT code, name, level, parent FROM areas WHERE name = :name"
        " ORDER BY CASE WHEN substr(code, 1, 6) = :county THEN 0 ELSE 1 END,"
        " CASE level WHEN 'city' THEN 0 WHEN 'county' THEN 1 WHEN 'township' THEN 2 ELSE 3 END LIMIT 1",
        name=name,
        county=county,
    )


def find_categories(reader: Reader, text: str, limit: int) -> Sequence[Row]:
    """Return live categories by code prefix or part of the name, in the order of the tree."""
    return reader.all(
        "SELECT c.code, c.name, c.level, p.name AS parent_name FROM categories c"
        " LEFT JOIN categories p ON p.code = c.parent WHERE c.retired_at IS NULL"
        " AND (c.name LIKE :pattern ESCAPE '!' OR c.code LIKE :prefix ESCAPE '!') ORDER BY c.code LIMIT :limit",
        pattern=like(text),
        prefix=like(text)[1:],
        limit=limit,
    )


def like(text: str) -> str:
    """Return a LIKE pattern (ESCAPE '!') that finds `text` anywhere, whatever characters it holds.

    Only its first 200 characters count: no name is as long, and SQLite refuses a pattern of 50,000 bytes.
    """
    text = text[:_LONGEST_PATTERN]
    for mark in "!%_":
        text = text.replace(mark, "!" + mark)
    return f"%{text}%"
