"""Calls on their way to another seat, in the work file: no deeds until something is filed (practice P13).

An offer that nobody took in time needs no clock to end it: from `expires_at` on (ms UTC) it is simply nobody's any more.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.codes import TransferState

TABLES = """
CREATE TABLE IF NOT EXISTS transfers (
    id TEXT PRIMARY KEY, call_key TEXT NOT NULL, way TEXT NOT NULL, target TEXT NOT NULL, label TEXT NOT NULL,
    draft_id TEXT NOT NULL, title TEXT NOT NULL, seats TEXT NOT NULL, refused TEXT NOT NULL,
    from_seat TEXT NOT NULL, from_uid TEXT NOT NULL, from_name TEXT NOT NULL,
    offered_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, state TEXT NOT NULL,
    to_seat TEXT NOT NULL, to_uid TEXT NOT NULL, to_name TEXT NOT NULL, ended_at INTEGER
);
CREATE INDEX IF NOT EXISTS ix_transfers_call ON transfers (call_key);
CREATE INDEX IF NOT EXISTS ix_transfers_open ON transfers (expires_at) WHERE state = 'offered';
"""

_TRIES = 5
"""How often a refusal is written anew when other seats refuse in the same moment."""
KEPT_MS = 24 * 3_600_000
"""How long a transfer is remembered here; the call record keeps it for good."""

_COLUMNS = (
    "id, call_key, way, target, label, draft_id, title, seats, refused, from_seat, from_uid, from_name,"
    " offered_at, expires_at, state, to_seat, to_uid, to_name, ended_at"
)
_OPEN = "state = 'offered' AND expires_at > ?"


@dataclass(frozen=True, slots=True)
class Transfer:
    """One call offered, put through or called for. `seats` may take it, `refused` are those of them that did not want to.

    `title` says what it is about, to whom it is offered alone: it is emptied when the offer ends.
    """

    id: str
    call_key: str
    way: str
    target: str
    label: str
    draft_id: str
    title: str
    seats: tuple[str, ...]
    refused: tuple[str, ...]
    from_seat: str
    from_uid: str
    from_name: str
    offered_at: int
    expires_at: int
    state: str
    to_seat: str = ""
    to_uid: str = ""
    to_name: str = ""
    ended_at: int | None = None


class Transfers:
    """The transfers of one work file; `read` and `write` run one statement each, as the store's own do."""

    def __init__(self, read: Callable[..., list[sqlite3.Row]], write: Callable[..., bool]) -> None:
        self._read = read
        self._write = write

    def add(self, new: Transfer) -> bool:
        """Keep a new one, and forget those of yesterday; False if nothing could be kept."""
        self._write("DELETE FROM transfers WHERE offered_at < ?", new.offered_at - KEPT_MS)
        self._write("UPDATE transfers SET title = '' WHERE title <> '' AND expires_at <= ?", new.offered_at)
        values = [getattr(new, name.strip()) for name in _COLUMNS.split(",")]
        written = [json.dumps(value) if isinstance(value, tuple) else value for value in values]
        marks = ", ".join("?" * len(written))
        return self._write(f"INSERT INTO transfers ({_COLUMNS}) VALUES ({marks})", *written)

    def find(self, transfer_id: str) -> Transfer | None:
        """Return one, whatever became of it."""
        found = self._found("id = ?", transfer_id)
        return found[0] if found else None

    def of_call(self, call_key: str) -> list[Transfer]:
        """Return everything that became of one call, oldest first."""
        return self._found("call_key = ?", call_key)

    def open_to(self, seat: str, *, now_ms: int) -> list[Transfer]:
        """Return what is offered to a seat now, the longest waiting first."""
        found = self._found(_OPEN, now_ms)
        return [each for each in found if seat in each.seats and seat not in each.refused]

    def open_in_way(self, way: str, *, now_ms: int) -> list[Transfer]:
        """Return what is called for in one way, whichever seats it was told to."""
        return self._found(f"{_OPEN} AND way = ?", now_ms, way)

    def last_of(self, seat: str, ways: Sequence[str]) -> Transfer | None:
        """Return what a seat offered last in one of these ways, whatever became of it."""
        marks = ", ".join("?" * len(ways))
        sql = (
            f"SELECT {_COLUMNS} FROM transfers WHERE from_seat = ? AND way IN ({marks})"
            " ORDER BY offered_at DESC, id DESC LIMIT 1"
        )
        rows = self._read(sql, seat, *ways)
        return _transfer(rows[0]) if rows else None

    def take(self, transfer_id: str, *, seat: str, staff_uid: str, staff_name: str, now_ms: int) -> bool:
        """Take an offer at a seat; False if it has run out, was taken, refused or withdrawn."""
        return self._write(
            f"UPDATE transfers SET state = '{TransferState.TAKEN}', title = '', to_seat = ?, to_uid = ?, to_name = ?,"
            f" ended_at = ? WHERE id = ? AND {_OPEN}",
            *(seat, staff_uid, staff_name, now_ms, transfer_id, now_ms),
            must_touch=True,
        )

    def refuse(self, transfer_id: str, *, seat: str, now_ms: int) -> bool:
        """A seat does not want an offer; refused by all, it is back at once. False if it was over before."""
        for _ in range(_TRIES):
            found = self.find(transfer_id)
            if found is None or found.state != TransferState.OFFERED or found.expires_at <= now_ms:
                return False
            if self._note_refusal(found, seat, now_ms):
                return True
        return False

    def _note_refusal(self, found: Transfer, seat: str, now_ms: int) -> bool:
        """Write one more refusal; False if another seat was faster, so that `found` is no longer how it stands."""
        refused = (*found.refused, seat)
        is_over = set(found.seats) <= set(refused)
        return self._write(
            "UPDATE transfers SET refused = ?, state = ?, ended_at = ?, title = CASE WHEN ? THEN '' ELSE title END"
            f" WHERE id = ? AND refused = ? AND {_OPEN}",
            json.dumps(refused),
            TransferState.REFUSED if is_over else TransferState.OFFERED,
            now_ms if is_over else None,
            is_over,
            found.id,
            json.dumps(found.refused),
            now_ms,
            must_touch=True,
        )

    def withdraw(self, transfer_id: str, *, now_ms: int) -> bool:
        """Take an offer back; False if it was over before."""
        sql = f"UPDATE transfers SET state = 'withdrawn', title = '', ended_at = ? WHERE id = ? AND {_OPEN}"
        return self._write(sql, now_ms, transfer_id, now_ms, must_touch=True)

    def _found(self, where: str, *values: object) -> list[Transfer]:
        sql = f"SELECT {_COLUMNS} FROM transfers WHERE {where} ORDER BY offered_at, id"
        return [_transfer(row) for row in self._read(sql, *values)]


def _transfer(row: sqlite3.Row) -> Transfer:
    values = dict(zip(row.keys(), row, strict=True))
    lists = {name: _names(values[name]) for name in ("seats", "refused")}
    return Transfer(**{**values, **lists})


def _names(text: str) -> Sequence[str]:
    return tuple(json.loads(text))
