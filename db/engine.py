"""The one thing that `desk` holds of the store: `Database`, with `read()` and `write()`.

Importing this module loads neither SQLAlchemy nor SQLModel; the first `write()` does.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from db.doors import Reader, Writer
from db.light import LightDoor

if TYPE_CHECKING:
    from sqlalchemy import Engine


class Database:
    """One SQLite store file. Reads go through the light door, deeds through Core."""

    def __init__(self, path: Path, *, is_throw_away: bool = False) -> None:
        self.path = path
        self.is_throw_away = is_throw_away
        self.light = LightDoor(path, is_throw_away=is_throw_away)
        self._engine: Engine | None = None
        self._lock = Lock()

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Lend a read transaction: one moment for all its reads. Raises StoreTrouble."""
        with self.light.read() as transaction:
            yield transaction

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Lend a write transaction (BEGIN IMMEDIATE, COMMIT at the end, nothing kept if the block raises).

        Raises StoreBusy after 15 seconds behind other desks, StoreTrouble if the file cannot be written.
        """
        from db import core

        with core.write(self.engine, str(self.path)) as transaction:
            yield transaction

    @contextmanager
    def light_write(self) -> Iterator[Writer]:
        """Lend a write transaction without loading SQLAlchemy: only for what happens before the first rows stand."""
        with self.light.write() as transaction:
            yield transaction

    @property
    def engine(self) -> "Engine":
        """The SQLAlchemy engine, made on first use."""
        from db import core

        with self._lock:
            if self._engine is None:
                self._engine = core.make_engine(self.path, is_throw_away=self.is_throw_away)
            return self._engine

    def close(self) -> None:
        """Close every idle connection; the last one folds the write-ahead log into the file."""
        self.light.close()
        if self._engine is not None:
            self._engine.dispose()
