"""知识库: entries, their versions, and what was said against them. Moments in ms UTC; days are local dates as text.

Only versions in force stand in the search index, which holds their words itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from db.bigrams import bigrammed
from db.doors import Reader, Row, Writer
from db.ids import new_uid

_COLUMNS = (
    "e.id, e.number, e.version AS in_force, e.retired_at, e.retire_reason, v.id AS version_id, v.version, v.line,"
    " v.topic, v.title, v.keywords, v.answer, v.basis, v.owner_id, v.valid_from, v.valid_to, v.review_by,"
    " v.is_sample, v.made_at, v.made_by, v.reason, v.published_at, v.refused_at, v.refuse_reason, u.code AS owner_code,"
    " u.short_name AS owner, u.path AS owner_path"
)
_IN_FORCE = (
    "FROM knowledge_entries e JOIN knowledge_versions v ON v.entry_id = e.id AND v.version = e.version"
    " LEFT JOIN units u ON u.id = v.owner_id"
)
_ALIVE = "e.retired_at IS NULL"
_FOUND = (
    "FROM (SELECT rowid, bm25(knowledge_search, 8.0, 5.0, 1.0) AS score FROM knowledge_search"
    " WHERE knowledge_search MATCH :query) f JOIN knowledge_versions v ON v.id = f.rowid"
)
"""What is in the index is in force: neither the entry nor its unit is asked for before the window is cut."""
HR_LINE = "12333"
"""The line on which its own entries come first; on 12345 people ask about everything."""

_LINE_FIRST = f"(:line = '{HR_LINE}' AND v.line <> :line)"
"""Sorts what belongs to the 12333 line before the rest, on that line."""


def add_entry(writer: Writer, number: str, at_ms: int) -> int:
    """Insert an entry that nobody finds before a version of it is published; return its key."""
    return writer.insert("knowledge_entries", {"uid": new_uid(), "number": number, "made_at": at_ms})


def add_version(writer: Writer, entry_id: int, values: Mapping[str, Any]) -> int:
    """Insert the next version of an entry, which counts from its publishing on; return its number."""
    last = writer.value(
        "SELECT coalesce(max(version), 0) FROM knowledge_versions WHERE entry_id = :id", id=entry_id
    )
    row = {"uid": new_uid(), "entry_id": entry_id, "version": int(last) + 1, **values}
    writer.insert("knowledge_versions", row)
    return int(last) + 1


def publish(writer: Writer, entry_id: int, version: int, at_ms: int, by: int | None) -> None:
    """Put a version in force in the place of the one before, and make it findable; a retired entry comes back."""
    row = one_version(writer, entry_id, version)
    assert row is not None, "it was read in this transaction"
    writer.update("knowledge_versions", row["version_id"], {"published_at": at_ms, "published_by": by})
    writer.update(
        "knowledge_entries", entry_id, {"version": version, "retired_at": None, "retire_reason": ""}
    )
    _forget(writer, entry_id)
    _index(writer, row["version_id"], dict(row))


def _index(writer: Writer, version_id: int, row: Mapping[str, Any]) -> None:
    writer.run(
        "INSERT INTO knowledge_search (rowid, title, keywords, body) VALUES (:id, :title, :keywords, :body)",
        id=version_id,
        title=bigrammed(row["title"]),
        keywords=bigrammed(row["keywords"]),
        body=bigrammed("\n".join(row[name] for name in ("number", "topic", "answer", "basis"))),
    )


def refuse(writer: Writer, version_id: int, at_ms: int, by: int | None, reason: str) -> None:
    """Keep that a proposed version was not taken, and why."""
    values = {"refused_at": at_ms, "refused_by": by, "refuse_reason": reason}
    writer.update("knowledge_versions", version_id, values)


def retire(writer: Writer, entry_id: int, at_ms: int, by: int | None, reason: str) -> None:
    """Take an entry out of search and lists; all its versions stay readable."""
    values = {"retired_at": at_ms, "retired_by": by, "retire_reason": reason}
    writer.update("knowledge_entries", entry_id, values)
    _forget(writer, entry_id)


def _forget(writer: Writer, entry_id: int) -> None:
    writer.run(
        "DELETE FROM knowledge_search WHERE rowid IN (SELECT id FROM knowledge_versions WHERE entry_id = :id)",
        id=entry_id,
    )


def entry(reader: Reader, number: str) -> Row | None:
    """Return the entry of this number, whatever became of it: id, number, version in force, retired_at."""
    return reader.one(
        "SELECT id, uid, number, version, retired_at FROM knowledge_entries WHERE number = :number",
        number=number,
    )


def in_force(reader: Reader, number: str) -> Row | None:
    """Return the version of an entry that is in force, or None."""
    return reader.one(f"SELECT {_COLUMNS} {_IN_FORCE} WHERE {_ALIVE} AND e.number = :number", number=number)


def all_in_force(reader: Reader) -> Sequence[Row]:
    """Return every version in force, by number."""
    return reader.all(f"SELECT {_COLUMNS} {_IN_FORCE} WHERE {_ALIVE} ORDER BY e.number")


def one_version(reader: Reader, entry_id: int, version: int) -> Row | None:
    """Return one version of an entry, published or not, or None."""
    return reader.one(
        f"SELECT {_COLUMNS} FROM knowledge_entries e JOIN knowledge_versions v ON v.entry_id = e.id"
        " LEFT JOIN units u ON u.id = v.owner_id WHERE e.id = :id AND v.version = :version",
        id=entry_id,
        version=version,
    )


def versions(reader: Reader, entry_id: int) -> Sequence[Row]:
    """Return every version of an entry, the newest first, with who made it and who published it."""
    return reader.all(
        f"SELECT {_COLUMNS}, m.name AS maker, p.name AS publisher FROM knowledge_entries e"
        " JOIN knowledge_versions v ON v.entry_id = e.id LEFT JOIN units u ON u.id = v.owner_id"
        " LEFT JOIN staff m ON m.id = v.made_by LEFT JOIN staff p ON p.id = v.published_by"
        " WHERE e.id = :id ORDER BY v.version DESC",
        id=entry_id,
    )


def page(
    reader: Reader, query: str, topic: str, line: str, *, offset: int, limit: int
) -> tuple[int, Sequence[Row]]:
    """Return how many entries there are and one window of them, those of `line` first.

    `query` is an FTS5 MATCH expression ('' is all), `topic` narrows to one ('' is all). What was found comes by how
    well it fits, the rest by topic and number.
    """
    if query:
        source, fitting, where = _FOUND, "f.score", "TRUE"
    else:
        source, fitting, where = _IN_FORCE, "v.topic, e.number", _ALIVE
    where += " AND v.topic = :topic" if topic else ""
    given: dict[str, Any] = {"query": query} if query else {}
    given |= {"topic": topic} if topic else {}
    keys = reader.all(
        f"SELECT v.id, count(*) OVER () AS total {source} WHERE {where} ORDER BY {_LINE_FIRST}, {fitting}, v.id"
        " LIMIT :limit OFFSET :offset",
        line=line,
        limit=limit,
        offset=offset,
        **given,
    )
    return (int(keys[0]["total"]) if keys else 0), _by_keys(reader, [int(row["id"]) for row in keys])


def _by_keys(reader: Reader, keys: Sequence[int]) -> Sequence[Row]:
    """The versions in force of these entries, in this order: sorted with their words, thousands would take twice as long."""
    if not keys:
        return []
    marks = ", ".join(map(str, keys))
    rows = reader.all(f"SELECT {_COLUMNS} {_IN_FORCE} WHERE v.id IN ({marks})")
    return sorted(rows, key=lambda row: keys.index(row["version_id"]))


def topics(reader: Reader, line: str) -> Sequence[Row]:
    """Return every topic with the number of its entries, those of `line` first, then the largest."""
    return reader.all(
        f"SELECT v.topic, count(*) AS entries {_IN_FORCE} WHERE {_ALIVE} GROUP BY v.topic"
        f" ORDER BY min({_LINE_FIRST}), count(*) DESC, v.topic",
        line=line,
    )


def counts_of(reader: Reader, words: Sequence[str]) -> dict[str, int]:
    """Return in how many entries each of these index tokens stands; absent ones are left out."""
    found = ((word, reader.value(_COUNT, word=word)) for word in words)
    return {word: int(count) for word, count in found if count}


_COUNT = "SELECT doc FROM knowledge_search_words WHERE term = :word"


def sharing(reader: Reader, words: Sequence[str], limit: int) -> Sequence[Row]:
    """Return the entries that share most with these index tokens (BM25)."""
    if not words:
        return []
    return reader.all(
        f"SELECT {_COLUMNS} FROM (SELECT rowid FROM knowledge_search WHERE knowledge_search MATCH :query"
        " ORDER BY rank LIMIT :limit) f JOIN knowledge_versions v ON v.id = f.rowid"
        " JOIN knowledge_entries e ON e.id = v.entry_id"
        f" LEFT JOIN units u ON u.id = v.owner_id WHERE {_ALIVE}",
        query="{title keywords} : (" + " OR ".join(f'"{word}"' for word in words) + ")",
        limit=limit,
    )


def expiring(reader: Reader, until: str) -> Sequence[Row]:
    """Return the entries that end, or have to be looked at again, by a day, the first one on top."""
    day = "min(coalesce(nullif(v.valid_to, ''), '9999'), coalesce(nullif(v.review_by, ''), '9999'))"
    return reader.all(
        f"SELECT {_COLUMNS} {_IN_FORCE} WHERE {_ALIVE} AND {day} <= :until ORDER BY {day}, e.number",
        until=until,
    )


def waiting(reader: Reader) -> Sequence[Row]:
    """Return the proposed versions that nobody has published or refused, the oldest first."""
    return reader.all(
        f"SELECT {_COLUMNS} FROM knowledge_entries e JOIN knowledge_versions v ON v.entry_id = e.id"
        " LEFT JOIN units u ON u.id = v.owner_id WHERE v.published_at IS NULL AND v.refused_at IS NULL ORDER BY v.id"
    )


def waiting_of(reader: Reader, entry_id: int) -> Row | None:
    """Return the version of an entry that waits, with the person who made it (`maker_person`), or None."""
    return reader.one(
        f"SELECT {_COLUMNS}, m.person_uid AS maker_person FROM knowledge_entries e"
        " JOIN knowledge_versions v ON v.entry_id = e.id LEFT JOIN units u ON u.id = v.owner_id"
        " LEFT JOIN staff m ON m.id = v.made_by"
        " WHERE e.id = :id AND v.published_at IS NULL AND v.refused_at IS NULL ORDER BY v.version DESC LIMIT 1",
        id=entry_id,
    )


def last_number(reader: Reader, prefix: str) -> int:
    """Return the highest counter among the numbers that begin with `prefix`, 0 for none."""
    found = reader.value(
        "SELECT max(CAST(substr(number, :cut) AS INTEGER)) FROM knowledge_entries WHERE number LIKE :like",
        cut=len(prefix) + 1,
        like=prefix + "%",
    )
    return int(found or 0)


_NOTE = (
    "SELECT n.id, n.uid, n.kind, n.version, n.words, n.call_key, n.made_at, n.made_by, n.settled_at, n.settlement,"
    " n.unit_id, e.number, u.short_name AS unit, u.path AS unit_path, m.name AS maker, s.name AS settler,"
    " t.number AS settled_number FROM knowledge_notes n LEFT JOIN knowledge_entries e ON e.id = n.entry_id"
    " LEFT JOIN units u ON u.id = n.unit_id LEFT JOIN staff m ON m.id = n.made_by"
    " LEFT JOIN staff s ON s.id = n.settled_by LEFT JOIN knowledge_entries t ON t.id = n.settled_entry_id"
)


def add_note(writer: Writer, values: Mapping[str, Any]) -> int:
    """Insert a report or a question and return its key."""
    return writer.insert("knowledge_notes", {"uid": new_uid(), **values})


def note(reader: Reader, note_id: int) -> Row | None:
    """Return one report or question, or None."""
    return reader.one(f"{_NOTE} WHERE n.id = :id", id=note_id)


def notes_of(reader: Reader, entry_id: int) -> Sequence[Row]:
    """Return what was said against an entry, the newest first."""
    return reader.all(f"{_NOTE} WHERE n.entry_id = :id ORDER BY n.id DESC", id=entry_id)


def open_notes(reader: Reader, path: str, staff_id: int | None = None) -> Sequence[Row]:
    """Return what is not settled yet, oldest first: of the units at or below `path`, and what `staff_id` asked."""
    return reader.all(
        f"{_NOTE} WHERE n.settled_at IS NULL AND (u.path LIKE :path || '%' OR n.made_by = :staff_id) ORDER BY n.id",
        path=path,
        staff_id=staff_id,
    )


def questions_of_number(reader: Reader, number: str, limit: int) -> Sequence[Row]:
    """Return what was asked of owner units in the calls of a number, the newest first."""
    return reader.all(
        f"{_NOTE} WHERE n.kind = 'question' AND n.call_key <> '' AND n.call_key IN"
        " (SELECT outside_id FROM calls WHERE number = :number AND direction = 'inbound')"
        " ORDER BY n.made_at DESC, n.id DESC LIMIT :limit",
        number=number,
        limit=limit,
    )


def settle(writer: Writer, note_id: int, values: Mapping[str, Any]) -> None:
    """Keep how a report or a question ended."""
    writer.update("knowledge_notes", note_id, values)


def load(writer: Writer, row: Mapping[str, Any], at_ms: int) -> None:
    """Add an entry to a new store: its number and the columns of a first version, in force at once.

    Fewer statements than `add_entry`, `add_version` and `publish`: a new store is waited for.
    """
    values = {name: value for name, value in row.items() if name != "number"}
    entry_id = writer.insert(
        "knowledge_entries", {"uid": new_uid(), "number": row["number"], "version": 1, "made_at": at_ms}
    )
    first = {"uid": new_uid(), "entry_id": entry_id, "version": 1, "made_at": at_ms, "published_at": at_ms}
    _index(writer, writer.insert("knowledge_versions", {**first, **values}), row)
