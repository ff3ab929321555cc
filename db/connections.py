"""One way to open the file, whoever asks: pragmas and functions of every SQLite connection."""

import sqlite3
from pathlib import Path

from db.bigrams import bigrammed

BUSY_MILLISECONDS = 250
"""How long SQLite itself waits for a lock; `write()` asks again, with jitter, until its patience ends."""


def connect(path: Path, *, is_throw_away: bool = False) -> sqlite3.Connection:
    """Open an existing store file in autocommit mode, so that transactions are ours alone (style: facts found by running).

    A throw-away store (the demo) skips the flush to disk. Raises sqlite3.Error, also for a file that is not there.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    prepare(connection, is_throw_away=is_throw_away)
    # A backup that became the store has no write-ahead log yet.
    connection.execute("PRAGMA journal_mode=WAL")
    return connection


def prepare(connection: sqlite3.Connection, *, is_throw_away: bool = False) -> None:
    """Set the pragmas of design part 3 and register `bigram()` on a fresh connection."""
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA synchronous={'OFF' if is_throw_away else 'FULL'}")
    connection.execute("PRAGMA secure_delete=ON")
    # A desk holds eight connections; SQLite's 2 MB each would be half of its memory, and the system caches the file.
    connection.execute("PRAGMA cache_size=-500")
    connection.create_function("bigram", 1, bigrammed, deterministic=True)
