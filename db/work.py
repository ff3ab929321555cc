"""What is being done but is no deed: drafts, presence, rings and seats, in a file of its own beside the store.

No event, no wake-up of the other desks, and never a reason for a deed to fail: if the file cannot be used, hints are
lost in silence and `save_draft` says that nothing was kept (design part 3). All times in milliseconds UTC.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from db import work_rows
from db.ids import new_uid
from db.work_file import is_damage, open_work
from db.work_rows import Draft, Presence, Ring, Seat
from db.work_transfers import Transfers

__all__ = ["Draft", "Presence", "Ring", "Seat", "WorkStore", "work_path"]

PRESENCE_LASTS_MS = 10 * 60_000
"""Who has not been seen for ten minutes has gone, even if the desk died without saying so."""

_TRIES = 2


def work_path(store: Path) -> Path:
    """Return where the work file of a store lies: `desk.work.db` beside `desk.db`."""
    return store.with_name(f"{store.stem}.work.db")


class WorkStore:
    """Drafts, presence, rings and seats of the desks on one store. Threads may share it."""

    def __init__(self, store: Path) -> None:
        """Open the work file of the store at `store`, or make it. Never raises: see `is_usable`."""
        self.path = work_path(store)
        self.set_aside: Path | None = None
        self._mode = 0o600
        with suppress(OSError):
            self._mode = store.stat().st_mode & 0o660
        self.transfers = Transfers(self._read, self._write)
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._data_version = -1
        self._reopen()
        self.changed()

    @property
    def is_usable(self) -> bool:
        """Whether the file could be opened; `set_aside` names a damaged one that was replaced."""
        return self._connection is not None

    def save_draft(
        self,
        *,
        staff_uid: str,
        seat: str,
        kind: str,
        title: str,
        body: Mapping[str, Any],
        now_ms: int,
        draft_id: str | None = None,
        is_held: bool = False,
    ) -> str | None:
        """Keep a draft (a new one without `draft_id`) and return its id; None if it could not be kept."""
        key = draft_id or new_uid()
        text = json.dumps(dict(body), ensure_ascii=False)
        values = (key, staff_uid, seat, kind, title, text, int(is_held), now_ms)
        is_kept = self._write("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *values)
        return key if is_kept else None

    def drafts_of(self, staff_uid: str, kind: str | None = None) -> list[Draft]:
        """Return a person's drafts, newest first, of one kind or of all."""
        sql = "SELECT * FROM drafts WHERE staff_uid = ? AND kind = coalesce(?, kind) ORDER BY updated_at DESC, id DESC"
        return _readable_drafts(self._read(sql, staff_uid, kind))

    def draft(self, draft_id: str) -> Draft | None:
        """Return one draft, whosever it is: its call may be on the way to another seat."""
        found = _readable_drafts(self._read("SELECT * FROM drafts WHERE id = ?", draft_id))
        return found[0] if found else None

    def held_drafts(self) -> list[Draft]:
        """Return every draft that was put aside, whoever did, oldest first (practice P27: the handover page)."""
        return _readable_drafts(self._read("SELECT * FROM drafts WHERE is_held = 1 ORDER BY updated_at, id"))

    def drop_draft(self, draft_id: str) -> bool:
        """Forget a draft: its form was filed or given up."""
        return self._write("DELETE FROM drafts WHERE id = ?", draft_id)

    def wipe(self) -> None:
        """Leave no trace of what was dropped: the log, which still holds it, is emptied (deleted rows are overwritten)."""
        self._read("PRAGMA wal_checkpoint(TRUNCATE)")

    def enter(
        self, order_uid: str, *, staff_uid: str, staff_name: str, seat: str, doing: str, now_ms: int
    ) -> None:
        """Say that somebody has an order open, and again from time to time (see `PRESENCE_LASTS_MS`)."""
        self._write(
            "INSERT INTO presence (order_uid, staff_uid, seat, staff_name, doing, since, seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at, doing = excluded.doing",
            *(order_uid, staff_uid, seat, staff_name, doing, now_ms, now_ms),
        )

    def leave(self, order_uid: str, *, staff_uid: str, seat: str) -> None:
        """Say that somebody closed an order."""
        self._write(
            "DELETE FROM presence WHERE order_uid = ? AND staff_uid = ? AND seat = ?",
            order_uid,
            staff_uid,
            seat,
        )

    def who_has(self, order_uid: str, *, now_ms: int) -> list[Presence]:
        """Return who has an order open, the first comer first."""
        sql = "SELECT * FROM presence WHERE order_uid = ? AND seen_at > ? ORDER BY since, staff_uid"
        return [work_rows.presence(row) for row in self._read(sql, order_uid, now_ms - PRESENCE_LASTS_MS)]

    def all_present(self, *, now_ms: int) -> list[Presence]:
        """Return every open order and who has it, for a list page."""
        sql = "SELECT * FROM presence WHERE seen_at > ? ORDER BY order_uid, since, staff_uid"
        return [work_rows.presence(row) for row in self._read(sql, now_ms - PRESENCE_LASTS_MS)]

    def ring(self, ring_id: str, *, phone: str, line: str, now_ms: int, seat: str = "") -> bool:
        """Note that the telephone system rings; the same call told twice is one."""
        return self._write(
            "INSERT INTO rings (id, phone, line, seat, rang_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            *(ring_id, phone, line, seat, now_ms),
        )

    def take_ring(self, ring_id: str, *, seat: str, now_ms: int) -> bool:
        """Answer a call at a seat; False if another seat was faster, it has ended, or it is not known."""
        return self._write(
            "UPDATE rings SET seat = ?, answered_at = ? WHERE id = ? AND answered_at IS NULL AND ended_at IS NULL",
            *(seat, now_ms, ring_id),
            must_touch=True,
        )

    def end_ring(self, ring_id: str, *, now_ms: int) -> bool:
        """Note that a call has ended; False if it is not known or had ended before."""
        sql = "UPDATE rings SET ended_at = ? WHERE id = ? AND ended_at IS NULL"
        return self._write(sql, now_ms, ring_id, must_touch=True)

    def move_ring(self, ring_id: str, *, seat: str) -> bool:
        """A call that runs goes on at another seat; False if it is not known or has ended."""
        sql = "UPDATE rings SET seat = ? WHERE id = ? AND ended_at IS NULL"
        return self._write(sql, seat, ring_id, must_touch=True)

    def find_ring(self, ring_id: str) -> Ring | None:
        """Return a call by the telephone system's id, or None."""
        rows = self._read("SELECT * FROM rings WHERE id = ?", ring_id)
        return work_rows.ring(rows[0]) if rows else None

    def waiting_rings(self, seat: str) -> list[Ring]:
        """Return the calls that ring at this seat and that nobody has answered, the longest waiting first."""
        sql = (
            "SELECT * FROM rings WHERE answered_at IS NULL AND ended_at IS NULL AND seat IN ('', ?)"
            " ORDER BY rang_at, id"
        )
        return [work_rows.ring(row) for row in self._read(sql, seat)]

    def running_ring(self, seat: str) -> Ring | None:
        """Return the call that this seat has answered and that still runs (the newest, if it forgot to hang up)."""
        sql = "SELECT * FROM rings WHERE answered_at IS NOT NULL AND ended_at IS NULL AND seat = ? ORDER BY answered_at DESC"
        rows = self._read(sql, seat)
        return work_rows.ring(rows[0]) if rows else None

    def rings_since(self, since_ms: int) -> list[Ring]:
        """Return every call that rang since a moment (ms UTC), oldest first."""
        rows = self._read("SELECT * FROM rings WHERE rang_at >= ? ORDER BY rang_at, id", since_ms)
        return [work_rows.ring(row) for row in rows]

    def use_phrase(self, staff_uid: str, phrase_uid: str, *, now_ms: int) -> None:
        """Note that somebody has used a phrase, so that it stands first the next time."""
        self._write("INSERT OR REPLACE INTO phrase_uses VALUES (?, ?, ?)", staff_uid, phrase_uid, now_ms)

    def phrase_uses(self, staff_uid: str) -> dict[str, int]:
        """Return when somebody last used each phrase, by its uid."""
        rows = self._read("SELECT phrase_uid, used_at FROM phrase_uses WHERE staff_uid = ?", staff_uid)
        return {row["phrase_uid"]: row["used_at"] for row in rows}

    def sit(self, seat: str, *, staff_uid: str, staff_name: str, state: str, now_ms: int) -> None:
        """Say who sits at a seat and what it is doing; `since` moves only when one of the two changes."""
        self._write(
            "INSERT INTO seats VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at,"
            " since = CASE WHEN staff_uid = excluded.staff_uid AND state = excluded.state THEN since"
            " ELSE excluded.since END,"
            " staff_uid = excluded.staff_uid, staff_name = excluded.staff_name, state = excluded.state",
            *(seat, staff_uid, staff_name, state, now_ms, now_ms),
        )
        # Whoever was not heard of for so long has gone and come back, even if the desk died without saying so.
        self._write(
            "INSERT INTO sittings VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at,"
            " since = CASE WHEN staff_uid = excluded.staff_uid AND seen_at > excluded.seen_at - ? THEN since"
            " ELSE excluded.since END, staff_uid = excluded.staff_uid",
            *(seat, staff_uid, now_ms, now_ms, PRESENCE_LASTS_MS),
        )

    def stand_up(self, seat: str) -> None:
        """Say that nobody sits at a seat any more, so nobody there has an order open."""
        self._write("DELETE FROM seats WHERE seat = ?", seat)
        self._write("DELETE FROM sittings WHERE seat = ?", seat)
        self._write("DELETE FROM presence WHERE seat = ?", seat)

    def seats(self, since_ms: int = 0) -> list[Seat]:
        """Return every taken seat that was heard of since a moment (ms UTC), by name."""
        sql = (
            "SELECT s.*, coalesce(t.since, s.since) AS signed_in_at FROM seats s"
            " LEFT JOIN sittings t ON t.seat = s.seat AND t.staff_uid = s.staff_uid WHERE s.seen_at >= ? ORDER BY s.seat"
        )
        return [work_rows.seat(row) for row in self._read(sql, since_ms)]

    def changed(self) -> bool:
        """Tell whether another desk or command wrote here since the last call (a call may be ringing)."""
        rows = self._read("PRAGMA data_version")
        version = int(rows[0][0]) if rows else self._data_version
        before, self._data_version = self._data_version, version
        return version != before

    def close(self) -> None:
        """Close the file; afterwards nothing is kept."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _read(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        cursor_rows = self._run(sql, values)
        return [] if cursor_rows is None else cursor_rows[0]

    def _write(self, sql: str, *values: Any, must_touch: bool = False) -> bool:
        done = self._run(sql, values)
        return done is not None and (not must_touch or done[1] > 0)

    def _run(self, sql: str, values: tuple[Any, ...]) -> tuple[list[sqlite3.Row], int] | None:
        """Run one statement; None if that was not possible. A file found damaged is replaced, and asked again."""
        values = tuple(_storable(value) for value in values)
        with self._lock:
            for _ in range(_TRIES):
                if self._connection is None:
                    return None
                try:
                    cursor = self._connection.execute(sql, values)
                    return cursor.fetchall(), cursor.rowcount
                except sqlite3.Error as error:
                    if not is_damage(error):
                        return None
                    self._connection.close()
                    self._reopen()
        return None

    def _reopen(self) -> None:
        self._connection = None
        with suppress(sqlite3.Error, OSError):
            self._connection, aside = open_work(self.path, self._mode)
            self.set_aside = aside or self.set_aside


def _storable(value: Any) -> Any:
    """Half a surrogate pair becomes a question mark: no file holds it, and the rest of a draft is worth keeping."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _readable_drafts(rows: list[sqlite3.Row]) -> list[Draft]:
    found = []
    for row in rows:
        with suppress(ValueError):
            found.append(work_rows.draft(row))
    return found
