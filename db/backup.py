"""A verified copy of a store that desks are working in."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from db.connections import connect
from db.doors import StoreTrouble, Trouble
from db.files import new_file, put_in_place, remove_with_logs
from db.ids import new_uid
from db.light import translated
from db.schema import schema_of

PAGES_A_STEP = 512
"""2 MB a step, after which the progress is told."""


def backup(
    path: Path,
    target: Path,
    *,
    may_overwrite: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> None:
    """Copy the store at `path` into the new file `target` (0600), without stopping the desks, and verify the copy.

    `on_progress(done, all)` counts pages. The copy gets its name only after it was found whole: until then nothing
    stands at `target`, and with `may_overwrite` the older file stays. Raises StoreTrouble: NOT_A_STORE, EXISTS, NO_FOLDER,
    READ_ONLY, DISK_FULL, DAMAGED (the copy, so the store itself too).
    """
    if target.exists() and (not may_overwrite or target.samefile(path)):
        raise StoreTrouble(Trouble.EXISTS, str(target))
    schema_of(path)
    with copied(path, target.parent, on_progress=on_progress) as copy:
        verify_copy(copy, target)
        put_in_place(copy, target, may_overwrite=may_overwrite)


@contextmanager
def copied(
    path: Path, folder: Path, *, on_progress: Callable[[int, int], None] | None = None
) -> Iterator[Path]:
    """Lend an unverified copy of a store, one file without logs, in `folder`; it is gone afterwards if not renamed."""
    copy = folder / f".{path.name}.{new_uid()}.copy"
    try:
        new_file(copy)
        _copy(path, copy, on_progress)
        yield copy
    finally:
        remove_with_logs(copy)


def verify_copy(copy: Path, target: Path) -> None:
    """Open a copy and see that its pages are whole and that its chain ends where its head says.

    Raises StoreTrouble (DAMAGED, naming `target`).
    """
    with translated(str(target)), closing(_plain(copy)) as connection:
        verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        head = connection.execute("SELECT seq, hash FROM chain_head WHERE id = 1").fetchone()
        last = connection.execute("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    is_chain_whole = head is not None and (head == last or (last is None and head[0] == 0))
    if verdict != "ok" or not is_chain_whole:
        raise StoreTrouble(Trouble.DAMAGED, str(target))


def _copy(path: Path, copy: Path, on_progress: Callable[[int, int], None] | None) -> None:
    def told(_status: int, remaining: int, total: int) -> None:
        if on_progress is not None:
            on_progress(total - remaining, total)

    with translated(str(copy)), closing(connect(path)) as source, closing(_plain(copy)) as into:
        # A read transaction: what other desks commit meanwhile must not start the copy anew.
        source.execute("BEGIN")
        source.execute("SELECT seq FROM chain_head").fetchone()
        source.backup(into, pages=PAGES_A_STEP, progress=told)
        source.execute("ROLLBACK")
        # One file that can be carried away: no log beside it until it is opened as a store again.
        into.execute("PRAGMA journal_mode=DELETE")


def _plain(copy: Path) -> sqlite3.Connection:
    """A connection that leaves the journal of the file as it is."""
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
