"""Bringing an older store up to this program's schema: the only place that runs Alembic, configured in code.

Imported only when `alembic_version` is not `HEAD` (design part 3).
"""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine

from db.backup import backup
from db.connections import connect
from db.doors import StoreBusy, StoreTrouble, Trouble
from db.files import said_of
from db.light import begin_immediate, translated
from db.schema import make_surroundings
from db.schema_version import HEAD
from db.search import VIEW, VIEW_NAME

HERE = Path(__file__).parent
VERSIONS = (HERE / "versions",)

PATIENCE_SECONDS = 600.0
"""How long a desk waits while another one migrates: a large store takes minutes."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What `upgrade` did: the schema versions, and where the backup of the store before it lies."""

    before: str
    after: str
    backup: Path


def upgrade(
    path: Path, backup_folder: Path, *, versions: Sequence[Path] = VERSIONS, head: str = HEAD
) -> Migrated | None:
    """Bring the store at `path` up to `head`, after a verified backup into `backup_folder`.

    Of several desks one migrates and the others wait; None if there was nothing (left) to do. The whole migration is
    one transaction. Raises StoreTrouble (MIGRATION_FAILED with its cause, NEWER_SCHEMA, DISK_FULL …) or StoreBusy:
    then the store is as it was.
    """
    script = script_directory(versions)
    with _locked(path, head) as connection:
        if connection is None:
            return None
        before = _version_of(connection)
        if before not in {each.revision for each in script.walk_revisions()}:
            raise StoreTrouble(Trouble.NEWER_SCHEMA, str(path))
        copy = _backed_up(path, backup_folder, before)
        with _failure_named(path):
            migrate(connection, script, head)
    return Migrated(before, head, copy)


def script_directory(versions: Sequence[Path] = VERSIONS) -> ScriptDirectory:
    """Return the revisions that stand in these folders."""
    return ScriptDirectory(str(HERE), version_locations=[str(folder) for folder in versions])


def migrate(connection: Connection, script: ScriptDirectory, head: str) -> None:
    """Run the revisions up to `head` in the transaction of the caller, who switched foreign keys off before it.

    Triggers and the search view go first, as batch mode trips over them, and are made again from the code.
    """
    run = connection.exec_driver_sql
    old_view = run(f"SELECT sql FROM sqlite_master WHERE name = '{VIEW_NAME}'").scalar()
    for name in run("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all():
        run(f'DROP TRIGGER "{name}"')
    run(f"DROP VIEW IF EXISTS {VIEW_NAME}")
    _run_revisions(connection, script, head)
    make_surroundings(_raw(connection))
    if old_view not in {None, VIEW}:
        run("INSERT INTO order_search (order_search) VALUES ('rebuild')")
    if broken := run("PRAGMA foreign_key_check").all():
        raise sqlite3.IntegrityError(f"{len(broken)} references are broken, first in {broken[0][0]}")


def _run_revisions(connection: Connection, script: ScriptDirectory, head: str) -> None:
    def steps(revision: Any, _context: Any) -> Any:
        return script._upgrade_revs(head, revision)

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=head) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()


@contextmanager
def _locked(path: Path, head: str) -> Iterator[Connection | None]:
    """Lend a connection that holds the write lock, or None when the store stands at `head` (already, or by now)."""
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path), poolclass=NullPool, hide_parameters=True
    )
    with translated(str(path)), engine.connect() as connection:
        raw = _raw(connection)
        raw.execute("PRAGMA foreign_keys=OFF")
        if not _wait_for_lock(connection, head):
            yield None
            return
        try:
            yield connection
            raw.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                raw.execute("ROLLBACK")
            raise


def _wait_for_lock(connection: Connection, head: str) -> bool:
    """Take the lock; False, and no lock, if the store stands at `head`. Raises StoreBusy when patience ends."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while _version_of(connection) != head:
        try:
            begin_immediate(_raw(connection).execute)
        except StoreBusy:
            if time.monotonic() > ends:
                raise
            continue
        if _version_of(connection) != head:
            return True
        _raw(connection).execute("ROLLBACK")
    return False


def _raw(connection: Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


def _version_of(connection: Connection) -> str:
    row = _raw(connection).execute("SELECT version_num FROM alembic_version").fetchone()
    return "" if row is None else str(row[0])


def _backed_up(path: Path, folder: Path, before: str) -> Path:
    with said_of(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = folder / f"{path.stem}-{before}-{moment}.db"
    backup(path, copy)
    return copy


@contextmanager
def _failure_named(path: Path) -> Iterator[None]:
    """Whatever a revision stumbles over: the store is rolled back and says that the migration failed."""
    try:
        yield
    except Exception as error:
        raise StoreTrouble(Trouble.MIGRATION_FAILED, str(path)) from error
