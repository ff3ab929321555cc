"""What a transaction offers, whichever door it came through: SQLAlchemy Core or plain sqlite3.

Standard library only. A query is written once, as portable SQL with `:name` parameters, and runs through both doors.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol


class Row(Protocol):
    """One row, read by column name."""

    def __getitem__(self, name: str, /) -> Any:
        """Return the value of the column."""

    def keys(self) -> Any:
        """Return the names of the columns."""


class Trouble(StrEnum):
    """Why a store cannot be used; `desk` says it in Chinese."""

    NOT_A_STORE = "not_a_store"
    NEWER_SCHEMA = "newer_schema"
    OLDER_SCHEMA = "older_schema"
    READ_ONLY = "read_only"
    DISK_FULL = "disk_full"
    NETWORK_SHARE = "network_share"
    NO_FOLDER = "no_folder"
    MISSING = "missing"
    EXISTS = "exists"
    NO_GROUP = "no_group"
    DAMAGED = "damaged"
    IO_ERROR = "io_error"
    MIGRATION_FAILED = "migration_failed"


class StoreTrouble(Exception):
    """The store cannot be used; nothing was changed."""

    def __init__(self, trouble: Trouble, where: str = "") -> None:
        super().__init__(f"{trouble}: {where}")
        self.trouble = trouble
        self.where = where


class StoreBusy(Exception):
    """Another desk held the store for longer than the patience of `write()`; nothing was changed."""


class Reader(Protocol):
    """Reads inside one transaction: all reads of one door see the same moment."""

    def all(self, sql: str, **parameters: Any) -> Sequence[Row]:
        """Return every row of a SELECT."""

    def one(self, sql: str, **parameters: Any) -> Row | None:
        """Return the first row of a SELECT, or None."""

    def value(self, sql: str, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""


class Writer(Reader, Protocol):
    """Reads and writes inside one transaction that holds the write lock."""

    def insert(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert one row and return its key; columns left out take the schema's defaults."""

    def update(self, table: str, key: int, values: Mapping[str, Any]) -> None:
        """Set columns of the row whose `id` is `key`."""

    def run(self, sql: str, **parameters: Any) -> int:
        """Run one statement and return how many rows it touched."""
