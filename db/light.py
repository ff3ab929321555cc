"""The light door: plain sqlite3, for the first screen, counts, log-in and every read (design part 3).

Imports neither SQLAlchemy nor SQLModel nor Alembic: rows stand on the screen before those are loaded.
"""

import random
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from db.connections import connect
from db.doors import Row, StoreBusy, StoreTrouble, Trouble
from db.schema_version import HEAD

PATIENCE_SECONDS = 15.0


class LightTransaction:
    """Reads and writes of one transaction on one sqlite3 connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """Return every row of a SELECT."""
        return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, **parameters: Any) -> Row | None:
        """Return the first row of a SELECT, or None."""
        row: Row | None = self._connection.execute(sql, parameters).fetchone()
        return row

    def value(self, sql: str, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self._connection.execute(sql, parameters).fetchone()
        return None if row is None else row[0]

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its key."""
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        cursor = self._connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", dict(values))
        return cursor.lastrowid or 0

    def update(self, table: str, key: int, values: Mapping[str, Any]) -> None:
        """Set columns of the row whose `id` is `key`."""
        settings = ", ".join(f"{name} = :{name}" for name in values)
        self._connection.execute(f"UPDATE {table} SET {settings} WHERE id = :id", {**values, "id": key})

    def run(self, sql: str, **parameters: Any) -> int:
        """Run one statement and return how many rows it touched."""
        return self._connection.execute(sql, parameters).rowcount


class LightDoor:
    """A few open connections to one SQLite file, lent out a transaction at a time."""

    def __init__(self, path: Path, *, is_throw_away: bool = False) -> None:
        self.path = path
        self.is_throw_away = is_throw_away
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()

    @contextmanager
    def read(self) -> Iterator[LightTransaction]:
        """Lend a transaction whose reads all see the same moment."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield LightTransaction(connection)
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[LightTransaction]:
        """Lend a transaction that holds the write lock; raises StoreBusy or StoreTrouble, then nothing is changed."""
        with self._lent() as connection:
            begin_immediate(connection.execute)
            try:
                refuse_other_schema(connection.execute, str(self.path))
                yield LightTransaction(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connections that nobody holds."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with translated(str(self.path)):
            connection = self._take()
        is_sound = True
        try:
            with translated(str(self.path)):
                yield connection
        except StoreTrouble:
            is_sound = False
            raise
        finally:
            if is_sound:
                self._idle.put(connection)
            else:
                connection.close()

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            connection = connect(self.path, is_throw_away=self.is_throw_away)
            connection.row_factory = sqlite3.Row
            return connection


def begin_immediate(execute: Any) -> None:
    """Take the write lock, asking again with jitter for `PATIENCE_SECONDS`; raises StoreBusy after that."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY:
                raise
            if time.monotonic() > ends:
                raise StoreBusy from error
            time.sleep(random.uniform(0.005, 0.05))
        else:
            return


def refuse_other_schema(execute: Any, where: str) -> None:
    """Under the lock: raise StoreTrouble (NEWER_SCHEMA) if another desk migrated the store since it was opened."""
    row = execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None or row[0] != HEAD:
        raise StoreTrouble(Trouble.NEWER_SCHEMA, where)


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn what SQLite says of the file `where` into a `StoreTrouble` that names the cause, or a `StoreBusy`."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code in _BUSY:
            raise StoreBusy from error
        trouble = _absence(where) if code == sqlite3.SQLITE_CANTOPEN else _TROUBLES.get(code)
        if trouble is None:
            raise
        raise StoreTrouble(trouble, where) from error


_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_TROUBLES = {
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.READ_ONLY,
    sqlite3.SQLITE_NOTADB: Trouble.NOT_A_STORE,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_IOERR: Trouble.IO_ERROR,
}


def _code(error: sqlite3.Error) -> int:
    """SQLite's own code without its extension; 0 for what Python's module raised itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _absence(where: str) -> Trouble:
    path = Path(where)
    if path.exists():
        return Trouble.READ_ONLY
    return Trouble.MISSING if path.parent.is_dir() else Trouble.NO_FOLDER
