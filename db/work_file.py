"""The work file itself: opened, and set aside and made anew when it is damaged."""

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from db import work_rows, work_transfers
from db.doors import StoreTrouble
from db.files import new_file, remove_with_logs

BUSY_MILLISECONDS = 1000

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_work(path: Path, mode: int) -> tuple[sqlite3.Connection, Path | None]:
    """Open the work file, made with `mode` if missing; a damaged one is first set aside.

    What can still be read of its drafts is carried over (best effort). Returns the connection and where the damaged
    file lies now. Raises sqlite3.Error or OSError if nothing can be opened.
    """
    with suppress(StoreTrouble):
        new_file(path, mode)
    looked_at = path.stat().st_ino
    try:
        return _opened(path), None
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
    drafts = _salvaged(path)
    aside = _set_aside(path, looked_at)
    with suppress(StoreTrouble):
        new_file(path, mode)
    connection = _opened(path)
    connection.executemany("INSERT OR IGNORE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", drafts)
    return connection, aside


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether SQLite found the file broken, rather than busy, full or read-only."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in _DAMAGE


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        _see_that_it_is_whole(connection)
        connection.executescript(work_rows.TABLES + work_transfers.TABLES)
    except BaseException:
        connection.close()
        raise
    return connection


def _see_that_it_is_whole(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        error = sqlite3.DatabaseError("the work file is damaged")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def _salvaged(path: Path) -> list[tuple[Any, ...]]:
    """Every draft that can still be read, up to the first that cannot."""
    found: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
        columns = "id, staff_uid, seat, kind, title, body, is_held, updated_at"
        for row in connection.execute(f"SELECT {columns} FROM drafts NOT INDEXED"):
            found.append(row)  # noqa: PERF402 - keeps what came before the broken page
    return found


def _set_aside(path: Path, looked_at: int) -> Path | None:
    """Rename the damaged file, unless another desk did so first and made a new one."""
    if path.stat().st_ino != looked_at:
        return None
    aside = path.with_name(f"{path.name}.damaged-{time.time_ns() // 1_000_000}")
    path.replace(aside)
    remove_with_logs(path)
    return aside
