"""Has another desk done something? One held connection, outside any transaction, asked every 500 ms (design part 2)."""

import sqlite3
from pathlib import Path
from types import TracebackType

from db.connections import connect
from db.light import translated


class Watch:
    """Watches the head of the chain of events; `seq` is the last event seen. To be used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        """Start watching from now on. Raises StoreTrouble."""
        self._where = str(path)
        with translated(self._where):
            self._connection = connect(path)
            self._data_version = self._ask("PRAGMA data_version")
            self.seq = self._head()

    def changed(self) -> bool:
        """Tell whether a deed was committed anywhere since the last call, and take its number into `seq`.

        Drafts and presence never answer yes, as they are not in this file. Raises StoreTrouble or StoreBusy.
        """
        with translated(self._where):
            # The cheap gate: it differs only if some other connection, of this desk or another, committed.
            data_version = self._ask("PRAGMA data_version")
            if data_version == self._data_version:
                return False
            self._data_version = data_version
            before, self.seq = self.seq, self._head()
        return self.seq != before

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def __enter__(self) -> "Watch":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _head(self) -> int:
        return self._ask("SELECT seq FROM chain_head WHERE id = 1")

    def _ask(self, sql: str) -> int:
        row = self._connection.execute(sql).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("the chain has no head")
        return int(row[0])
