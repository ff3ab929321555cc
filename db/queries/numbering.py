"""Numbers of papers that begin anew each year: 快报, 专报, 通报."""

from typing import Any

from db.doors import Reader


def next_counter(reader: Reader, table: str, **of: Any) -> int:
    """Return the number that the next paper of a table gets among those with these columns (centre_id, year, kind)."""
    where = " AND ".join(f"{column} = :{column}" for column in of)
    return int(reader.value(f"SELECT max(counter) FROM {table} WHERE {where}", **of) or 0) + 1
