"""The heavy door: SQLAlchemy Core over the SQLModel schema, for every deed.

Prebuilt inserts and updates cost about twice hand-written sqlite3, entities seven times (design part 3).
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Insert, TextClause, Update, bindparam, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from db.connections import connect
from db.doors import Row
from db.light import begin_immediate, refuse_other_schema, translated
from db.models import METADATA


@cache
def _text(sql: str) -> TextClause:
    return text(sql)


@cache
def _insert(table: str) -> Insert:
    return METADATA.tables[table].insert()


@cache
def _update(table: str) -> Update:
    target = METADATA.tables[table]
    return target.update().where(target.c.id == bindparam("id_"))


class CoreTransaction:
    """Reads and writes of one transaction on one SQLAlchemy connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def all(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """Return every row of a SELECT."""
        return self.connection.execute(_text(sql), parameters).mappings().all()

    def one(self, sql: str, **parameters: Any) -> Row | None:
        """Return the first row of a SELECT, or None."""
        return self.connection.execute(_text(sql), parameters).mappings().first()

    def value(self, sql: str, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""
        return self.connection.execute(_text(sql), parameters).scalar()

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its key."""
        return int(self.connection.execute(_insert(table), dict(values)).lastrowid or 0)

    def update(self, table: str, key: int, values: Mapping[str, Any]) -> None:
        """Set columns of the row whose `id` is `key`."""
        self.connection.execute(_update(table), {**values, "id_": key})

    def run(self, sql: str, **parameters: Any) -> int:
        """Run one statement and return how many rows it touched."""
        return self.connection.execute(_text(sql), parameters).rowcount


def make_engine(path: Path, *, is_throw_away: bool = False) -> Engine:
    """Return an engine on a store file whose transactions are ours alone (no implicit BEGIN)."""
    return create_engine(
        "sqlite://",
        creator=lambda: connect(path, is_throw_away=is_throw_away),
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=4,
    )


@contextmanager
def write(engine: Engine, where: str) -> Iterator[CoreTransaction]:
    """Lend a transaction that holds the write lock; raises StoreBusy or StoreTrouble, then nothing is changed."""
    with translated(where), _unwrapped(), engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        begin_immediate(raw.execute)
        try:
            refuse_other_schema(raw.execute, where)
            yield CoreTransaction(connection)
            raw.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                raw.execute("ROLLBACK")
            raise


@contextmanager
def _unwrapped() -> Iterator[None]:
    """Let SQLite's own error through: SQLAlchemy's wrapper would hide which trouble it is."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from None
        raise
