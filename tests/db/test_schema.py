"""A store is made whole or not at all, and looked at before it is opened."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db import schema, shares
from db.doors import StoreTrouble, Trouble
from db.engine import Database
from db.models import METADATA
from db.models.defaults import _literal
from db.schema import create_store, examine
from tests.db.stores import NOW, add_order, make_store

NOBODY = 65534


def trouble_of(path: Path) -> Trouble:
    with pytest.raises(StoreTrouble) as raised:
        examine(path)
    return raised.value.trouble


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may write everywhere, so root steps down for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def give_away(*paths: Path) -> None:
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


@pytest.fixture
def open_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that an ordinary user can reach (pytest's own are closed to others)."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_new_store_knows_itself_and_has_an_empty_chain(tmp_path: Path) -> None:
    path = tmp_path / "data" / "desk" / "desk.db"
    store_uid = create_store(path, site="CY01", now_ms=NOW)
    with Database(path).read() as reader:
        store = reader.one("SELECT * FROM store")
        head = reader.one("SELECT * FROM chain_head")
        assert store is not None
        assert head is not None
        assert (store["store_uid"], store["site"], store["epoch"]) == (store_uid, "CY01", 1)
        assert (head["seq"], head["hash"], head["at"]) == (0, "0" * 64, NOW)
        assert reader.value("PRAGMA journal_mode") == "wal"
    examine(path)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a matter of POSIX")
def test_only_its_owner_reads_a_store(tmp_path: Path) -> None:
    path = tmp_path / "data" / "desk.db"
    before = os.umask(0)
    try:
        database = make_store(path)
        with database.write() as writer:
            add_order(writer)
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {"desk.db": 0o600, "desk.db-wal": 0o600, "desk.db-shm": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="groups are a matter of POSIX")
def test_a_group_shares_a_store(tmp_path: Path) -> None:
    import grp

    group = grp.getgrgid(os.getegid()).gr_name
    path = tmp_path / "shared" / "desk.db"
    create_store(path, site="CY01", now_ms=NOW, group=group)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o2770


@pytest.mark.skipif(sys.platform == "win32", reason="groups are a matter of POSIX")
def test_an_unknown_group_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as raised:
        create_store(tmp_path / "a" / "b" / "desk.db", site="CY01", now_ms=NOW, group="no-such-group")
    assert raised.value.trouble is Trouble.NO_GROUP
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_never_made_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    path.write_text("mine")
    with pytest.raises(StoreTrouble) as raised:
        create_store(path, site="CY01", now_ms=NOW)
    assert raised.value.trouble is Trouble.EXISTS
    assert contents(tmp_path) == {"desk.db": b"mine"}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: sqlite3.Connection, **_: bool) -> None:
        connection.execute("PRAGMA max_page_count=20")

    monkeypatch.setattr(schema, "prepare", full)
    with pytest.raises(StoreTrouble) as raised:
        create_store(tmp_path / "new" / "desk.db", site="CY01", now_ms=NOW)
    assert raised.value.trouble is Trouble.DISK_FULL
    assert list(tmp_path.iterdir()) == []


def test_of_two_desks_that_make_a_store_at_once_one_wins(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from db.schema import create_store; from db.doors import StoreTrouble\n"
        "try: print(create_store(pathlib.Path(sys.argv[1]), site='CY01', now_ms=1))\n"
        "except StoreTrouble as e: print(e.trouble)"
    )
    path = tmp_path / "desk.db"
    runs = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in "12"
    ]
    said = [run.communicate()[0].strip() for run in runs]
    assert said.count("exists") == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT store_uid FROM store").fetchone()[0] in said


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    assert trouble_of(tmp_path / "desk.db") is Trouble.MISSING
    assert trouble_of(tmp_path / "no" / "desk.db") is Trouble.NO_FOLDER
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("garbage", [b"", b"x", "来电记录\n".encode() * 500, b"SQLite format 3\x00"])
def test_a_file_of_another_kind_is_left_alone(tmp_path: Path, garbage: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(garbage)
    assert trouble_of(path) is Trouble.NOT_A_STORE
    assert trouble_of(tmp_path) is Trouble.NOT_A_STORE
    assert contents(tmp_path) == {"desk.db": garbage}


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES (7)"
        )
    before = contents(tmp_path)
    assert trouble_of(path) is Trouble.NOT_A_STORE
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("version", "trouble"), [("0999", Trouble.NEWER_SCHEMA), ("0000", Trouble.OLDER_SCHEMA)]
)
def test_another_schema_is_named_and_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, trouble: Trouble
) -> None:
    monkeypatch.setattr(schema, "REVISIONS", ("0000", *schema.REVISIONS))
    path = tmp_path / "desk.db"
    make_store(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    before = contents(tmp_path)
    assert trouble_of(path) is trouble
    assert contents(tmp_path) == before


def test_a_cut_or_overwritten_store_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    make_store(path).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert trouble_of(path) is Trouble.DAMAGED
    path.write_bytes(whole[:100] + b"\xff" * 4000 + whole[4100:])
    assert trouble_of(path) is Trouble.DAMAGED


@pytest.mark.parametrize("table", ["store", "chain_head", "alembic_version"])
def test_a_store_that_lost_itself_is_damaged(empty: Database, table: str) -> None:
    with empty.light_write() as writer:
        writer.run(f"DELETE FROM {table}")
    assert trouble_of(empty.path) is Trouble.DAMAGED


def test_looking_at_a_store_in_use_sees_what_was_committed_last(empty: Database) -> None:
    with empty.write() as writer:
        writer.run("UPDATE alembic_version SET version_num = '0999'")
    assert trouble_of(empty.path) is Trouble.NEWER_SCHEMA


@pytest.mark.skipif(sys.platform == "win32", reason="modes are a matter of POSIX")
def test_a_read_only_folder_and_a_read_only_file(open_folder: Path) -> None:
    path = open_folder / "desk.db"
    make_store(path).close()
    give_away(open_folder, path)
    open_folder.chmod(0o555)
    with as_an_ordinary_user():
        assert trouble_of(path) is Trouble.READ_ONLY
        with pytest.raises(StoreTrouble) as raised:
            create_store(open_folder / "new" / "desk.db", site="CY01", now_ms=NOW)
        assert raised.value.trouble is Trouble.READ_ONLY
    open_folder.chmod(0o755)
    path.chmod(0o444)
    with as_an_ordinary_user():
        assert trouble_of(path) is Trouble.READ_ONLY
        assert [each.name for each in open_folder.iterdir()] == ["desk.db"]
        database = Database(path)
        with pytest.raises(StoreTrouble) as raised, database.write() as writer:
            add_order(writer)
        assert raised.value.trouble is Trouble.READ_ONLY


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/desk /mnt/nfs nfs4 rw 0 0
//nas/desk /mnt/the\\040share cifs rw 0 0
clerk@host: /home/clerk/far fuse.sshfs rw 0 0
/dev/sdb1 /mnt/nfs/local xfs rw 0 0
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the mount table is a matter of Linux")
@pytest.mark.parametrize(
    ("name", "is_far"),
    [
        ("/mnt/nfs/desk.db", True),
        ("/mnt/the share/new/desk.db", True),
        ("/home/clerk/far/desk.db", True),
        ("/mnt/nfs/local/desk.db", False),
        ("/mnt/nfsx/desk.db", False),
        ("/home/clerk/desk.db", False),
    ],
)
def test_a_network_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_far: bool
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    monkeypatch.setattr(shares, "MOUNTS", mounts)
    assert shares.is_on_network_share(Path(name)) is is_far
    if is_far:
        assert trouble_of(Path(name)) is Trouble.NETWORK_SHARE
        with pytest.raises(StoreTrouble) as raised:
            create_store(Path(name), site="CY01", now_ms=NOW)
        assert raised.value.trouble is Trouble.NETWORK_SHARE


def test_the_defaults_of_the_tables_are_those_of_the_models(empty: Database) -> None:
    """Core and plain SQL leave columns out: what they get must be what an entity would have."""
    from sqlmodel import SQLModel

    compared = 0
    with empty.read() as reader:
        for model in SQLModel.__subclasses__():
            info = {row["name"]: row for row in reader.all(f"PRAGMA table_info({model.__tablename__})")}
            for name, field in model.model_fields.items():
                if info[name]["pk"]:
                    continue
                assert info[name]["dflt_value"] == _literal(field.default), (model, name)
                assert info[name]["notnull"] == (not field.is_required() and field.default is not None) or (
                    field.is_required()
                ), (model, name)
                compared += 1
    assert compared > 250


def test_both_doors_see_the_same_schema(empty: Database) -> None:
    sql = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    with empty.read() as light:
        seen = [tuple(row) for row in light.all(sql)]  # type: ignore[call-overload]
    with empty.write() as core:
        assert [tuple(row.values()) for row in core.all(sql)] == seen  # type: ignore[attr-defined]
        for table in METADATA.tables.values():
            names = [row["name"] for row in core.all(f"PRAGMA table_info({table.name})")]
            assert names == [column.name for column in table.columns]


def test_looking_at_a_store_loads_no_sqlalchemy(empty: Database) -> None:
    code = (
        "import sys, pathlib; from db.schema import examine; from db.watch import Watch; import db.work, db.search, db.migrations\n"
        "examine(pathlib.Path(sys.argv[1])); Watch(pathlib.Path(sys.argv[1])).changed()\n"
        "print(sorted({'sqlalchemy', 'sqlmodel', 'alembic', 'pydantic'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(empty.path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
