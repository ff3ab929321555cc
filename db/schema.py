"""Making a store, and looking at one before it is opened."""

import os
import shutil
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db.connections import prepare
from db.doors import StoreTrouble, Trouble
from db.files import new_file, put_in_place, remove_with_logs, said_of
from db.hashing import GENESIS
from db.ids import new_uid
from db.light import translated
from db.schema_version import HEAD, REVISIONS
from db.search import CASE_INDEX, CASE_WORDS, INDEX, KNOWLEDGE_INDEX, KNOWLEDGE_WORDS, VIEW
from db.shares import is_on_network_share
from db.triggers import create_triggers

_MAGIC = b"SQLite format 3\x00"
_OWN_TABLES = ("store", "alembic_version", "chain_head", "work_orders", "events")
_VERSION_TABLE = (
    "CREATE TABLE alembic_version"
    " (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


def create_store(
    path: Path, *, site: str, now_ms: int, group: str | None = None, is_throw_away: bool = False
) -> str:
    """Make an empty store of the newest schema at `path` and return its new `store_uid`.

    `now_ms` is milliseconds UTC. The file is 0600 in a folder of 0700; with `group` 0660 in 2770, for a host that
    several agents share. Raises StoreTrouble (EXISTS, NETWORK_SHARE, READ_ONLY, NO_FOLDER, DISK_FULL …) and then
    leaves nothing behind.
    """
    if is_on_network_share(path):
        raise StoreTrouble(Trouble.NETWORK_SHARE, str(path))
    store_uid = new_uid()
    with _folder(path.parent, group), _half_made(path, group) as half_made:
        with translated(str(path)):
            _fill(half_made, store_uid, site, now_ms, is_throw_away=is_throw_away)
        put_in_place(half_made, path)
    return store_uid


def make_schema(connection: sqlite3.Connection) -> None:
    """Make every table, index, view and trigger of the newest schema on an empty file, in the caller's transaction."""
    from sqlalchemy import create_mock_engine

    from db.models import METADATA

    def run(statement: object, *_: object, **__: object) -> None:
        connection.execute(str(statement.compile(dialect=engine.dialect)))  # type: ignore[attr-defined]

    engine = create_mock_engine("sqlite://", run)
    METADATA.create_all(engine, checkfirst=False)
    make_surroundings(connection)
    for statement in (INDEX, CASE_INDEX, CASE_WORDS, KNOWLEDGE_INDEX, KNOWLEDGE_WORDS):
        connection.execute(statement)
    connection.execute(_VERSION_TABLE)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def make_surroundings(connection: sqlite3.Connection) -> None:
    """Make what no table model describes and every migration makes again: the search view and the triggers."""
    connection.execute(VIEW)
    create_triggers(connection.execute)


def _fill(path: Path, store_uid: str, site: str, now_ms: int, *, is_throw_away: bool) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        prepare(connection, is_throw_away=is_throw_away)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("BEGIN IMMEDIATE")
        make_schema(connection)
        connection.execute(
            "INSERT INTO store (id, store_uid, site, created_at) VALUES (1, ?, ?, ?)",
            (store_uid, site, now_ms),
        )
        connection.execute(
            "INSERT INTO chain_head (id, seq, hash, at) VALUES (1, 0, ?, ?)", (GENESIS, now_ms)
        )
        connection.execute("COMMIT")


@contextmanager
def _folder(folder: Path, group: str | None) -> Iterator[None]:
    """Make the folders that are missing; take them away again if the block fails."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    try:
        with said_of(folder):
            for each in reversed(missing):
                each.mkdir(mode=0o700)
            if group is not None and (folder in missing or not any(folder.iterdir())):
                shutil.chown(folder, group=group)
                folder.chmod(0o2770)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):
                each.rmdir()
        raise


@contextmanager
def _half_made(path: Path, group: str | None) -> Iterator[Path]:
    """Lend an empty file of the right mode beside `path`; its logs take the same mode. It is gone afterwards."""
    half_made = path.with_name(f".{path.name}.{new_uid()}.new")
    try:
        if path.exists():
            raise StoreTrouble(Trouble.EXISTS, str(path))
        new_file(half_made)
        if group is not None:
            with said_of(path):
                shutil.chown(half_made, group=group)
                half_made.chmod(0o660)
        yield half_made
    finally:
        remove_with_logs(half_made)


def examine(path: Path) -> None:
    """Look whether `path` is a store that this program can open and write; changes nothing, loads no SQLAlchemy.

    Raises StoreTrouble: NETWORK_SHARE, NO_FOLDER, MISSING, READ_ONLY, NOT_A_STORE, DAMAGED, OLDER_SCHEMA (migrate it)
    or NEWER_SCHEMA (written by a newer program).
    """
    with said_of(path):
        _examine_place(path)
    _examine_header(path)
    _examine_rights(path)
    version = schema_of(path)
    if version != HEAD:
        trouble = Trouble.OLDER_SCHEMA if version in REVISIONS else Trouble.NEWER_SCHEMA
        raise StoreTrouble(trouble, str(path))


def schema_of(path: Path) -> str:
    """Return the schema version of a store file without changing it; raises StoreTrouble (NOT_A_STORE, DAMAGED)."""
    _examine_header(path)
    try:
        with translated(str(path)):
            return _version(path)
    except StoreTrouble as error:
        if error.trouble is Trouble.NOT_A_STORE and isinstance(error.__cause__, sqlite3.Error):
            raise StoreTrouble(Trouble.DAMAGED, str(path)) from error
        raise


def _examine_place(path: Path) -> None:
    if is_on_network_share(path):
        raise StoreTrouble(Trouble.NETWORK_SHARE, str(path))
    if not path.parent.is_dir():
        raise StoreTrouble(Trouble.NO_FOLDER, str(path.parent))
    if not path.exists():
        raise StoreTrouble(Trouble.MISSING, str(path))
    if not path.is_file():
        raise StoreTrouble(Trouble.NOT_A_STORE, str(path))


def _examine_rights(path: Path) -> None:
    """A store needs a writable folder too: its write-ahead log stands beside it."""
    as_effective = os.access in os.supports_effective_ids
    for place in (path, path.parent):
        if not os.access(place, os.W_OK, effective_ids=as_effective):
            raise StoreTrouble(Trouble.READ_ONLY, str(place))


def _examine_header(path: Path) -> None:
    with said_of(path), path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise StoreTrouble(Trouble.NOT_A_STORE, str(path))
    size, change, pages, valid_for = struct.unpack(">16xH6xII60xI4x", header)
    expected = pages * (65536 if size == 1 else size)
    if not _log_of(path).exists() and change == valid_for and path.stat().st_size < expected:
        raise StoreTrouble(Trouble.DAMAGED, str(path))


def _version(path: Path) -> str:
    # Without a log beside it, `immutable` keeps SQLite from making one.
    mode = "mode=ro" if _log_of(path).exists() else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True)) as connection:
        marks = ", ".join("?" * len(_OWN_TABLES))
        counted = connection.execute(
            f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})", _OWN_TABLES
        )
        if counted.fetchone()[0] != len(_OWN_TABLES):
            raise StoreTrouble(Trouble.NOT_A_STORE, str(path))
        row = connection.execute(
            "SELECT v.version_num FROM alembic_version v JOIN store s ON s.id = 1 JOIN chain_head h ON h.id = 1"
        ).fetchone()
    if row is None:  # a store without its version, itself or the head of its chain
        raise StoreTrouble(Trouble.DAMAGED, str(path))
    return str(row[0])


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")
