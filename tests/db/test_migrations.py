"""An older store, filled, becomes a newer one: whole, once, after a backup, or not at all."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import StaticPool, create_engine

from db import light, migrations, search
from db.chain import Fault
from db.check import check
from db.connections import connect
from db.doors import StoreBusy, StoreTrouble, Trouble
from db.engine import Database
from db.migrations import runner
from db.migrations.runner import VERSIONS, migrate, script_directory, upgrade
from db.schema_version import HEAD, REVISIONS
from tests.db.stores import add_order, make_store

NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade() -> None:
    with op.batch_alter_table("work_orders") as batch:
        batch.add_column(sa.Column("drone_seen", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch.alter_column("purpose", type_=sa.String(length=500))
    op.create_table("drones", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO drones VALUES (1)")
    {then}
"""


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, ...]:
    """The real revisions and one that exists only here."""
    return later_revision(tmp_path, "pass")


def later_revision(folder: Path, then: str) -> tuple[Path, ...]:
    later = folder / "later"
    later.mkdir()
    (later / "9999.py").write_text(NEXT.format(head=HEAD, then=then))
    return (*VERSIONS, later)


def catalogue(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every object of a file with the lines of its definition (the order of constraints is free).

    A table that batch mode made again carries its name in quotation marks, and its defaults in brackets.
    """
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version'")
    plain = (
        (name, (sql or "").replace(f'"{name}"', name).replace("DEFAULT ('')", "DEFAULT ''"))
        for name, sql in rows
    )
    lines = ((name, re.split(r"\s*\n\s*", sql)) for name, sql in plain)
    return {name: sorted(line.strip().rstrip(",") for line in parts) for name, parts in lines}


def faults_of(database: Database) -> list[Fault]:
    """What `check` finds, but for the schema: that of the later revision is none of this program's."""
    return [fault for fault in check(database) if not fault.kind.startswith("schema")]


@pytest.fixture
def migrated_from_nothing(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    (tmp_path / "old.db").touch()
    engine = create_engine("sqlite://", creator=lambda: connect(tmp_path / "old.db"), poolclass=StaticPool)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("BEGIN")
        migrate(connection, script_directory(), HEAD)
        raw.execute("COMMIT")
        yield raw
    engine.dispose()


def test_the_revisions_lead_to_what_the_models_say(
    empty: Database, migrated_from_nothing: sqlite3.Connection
) -> None:
    with closing(connect(empty.path)) as fresh:
        wanted, made = catalogue(fresh), catalogue(migrated_from_nothing)
        assert made.keys() == wanted.keys()
        assert {name: made[name] for name in made if made[name] != wanted[name]} == {}
        for sql in ("PRAGMA table_info(alembic_version)", "SELECT * FROM alembic_version"):
            assert migrated_from_nothing.execute(sql).fetchall() == fresh.execute(sql).fetchall()
    assert len([name for name in wanted if name.startswith("ix_")]) > 25


def test_the_program_knows_exactly_the_revisions_on_disk() -> None:
    on_disk = [each.revision for each in script_directory().walk_revisions()]
    assert tuple(reversed(on_disk)) == REVISIONS


def test_a_store_at_the_head_is_left_alone(filled: Database, tmp_path: Path) -> None:
    assert upgrade(filled.path, tmp_path / "backups") is None
    assert migrations.upgrade(filled.path, tmp_path / "backups") is None
    assert not (tmp_path / "backups").exists()


def test_a_filled_store_is_migrated_after_a_backup(
    filled: Database, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    with closing(connect(filled.path)) as connection:
        before = catalogue(connection)
        rows = connection.execute("SELECT * FROM work_orders ORDER BY id").fetchall()
    done = upgrade(filled.path, tmp_path / "backups", versions=versions, head="9999")
    assert done is not None
    assert (done.before, done.after) == (HEAD, "9999")
    with closing(connect(filled.path)) as connection:
        after = catalogue(connection)
        assert after.keys() - before.keys() == {"drones"}
        assert {name for name in before if before[name] != after[name]} == {"work_orders"}
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
        changed = connection.execute("SELECT * FROM work_orders ORDER BY id").fetchall()
        assert [row[:-1] for row in changed] == rows
        assert [row[-1] for row in changed] == [0] * 5
        assert connection.execute("SELECT count(*) FROM event_texts").fetchone() == (5,)
    assert faults_of(filled) == []
    with filled.read() as reader:
        assert search.find(reader, "噪音", limit=9) == [5, 4, 3, 2, 1]
    with closing(sqlite3.connect(done.backup)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert copy.execute("SELECT count(*) FROM work_orders").fetchone() == (5,)


def test_history_is_guarded_again_after_a_migration(
    filled: Database, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    upgrade(filled.path, tmp_path, versions=versions, head="9999")
    with (
        closing(connect(filled.path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        connection.execute("DELETE FROM events")


@pytest.mark.parametrize(
    "then",
    [
        "raise ZeroDivisionError",
        "op.execute('gibberish')",
        "op.execute('UPDATE work_orders SET steward_id = 77')",
    ],
)
def test_a_failing_migration_leaves_the_store_as_it_was(filled: Database, tmp_path: Path, then: str) -> None:
    with closing(connect(filled.path)) as connection:
        before = list(connection.iterdump())
    with pytest.raises(StoreTrouble) as raised:
        upgrade(filled.path, tmp_path / "backups", versions=later_revision(tmp_path, then), head="9999")
    assert raised.value.trouble is Trouble.MIGRATION_FAILED
    with closing(connect(filled.path)) as connection:
        assert list(connection.iterdump()) == before
    with filled.write() as writer:
        add_order(writer, 6)
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_without_room_for_a_backup_nothing_is_migrated(
    filled: Database, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreTrouble):
        upgrade(filled.path, tmp_path / "file" / "backups", versions=versions, head="9999")
    with filled.write() as writer:
        assert writer.value("SELECT version_num FROM alembic_version") == HEAD


def test_a_store_of_an_unknown_future_is_left_alone(filled: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'future'")
    with pytest.raises(StoreTrouble) as raised:
        upgrade(filled.path, tmp_path / "backups")
    assert raised.value.trouble is Trouble.NEWER_SCHEMA
    assert not (tmp_path / "backups").exists()


def test_of_two_desks_one_migrates_and_the_other_waits(
    filled: Database, tmp_path: Path, versions: tuple[Path, ...]
) -> None:
    code = (
        "import sys, pathlib; from db.migrations.runner import upgrade\n"
        "path, folder, *versions = map(pathlib.Path, sys.argv[1:])\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "print(upgrade(path, folder, versions=versions, head='9999') is not None)"
    )
    command = [sys.executable, "-c", code, str(filled.path), str(tmp_path / "backups"), *map(str, versions)]
    desks = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for desk in desks:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    said = sorted(desk.communicate(timeout=60)[0].strip() for desk in desks)
    assert said == ["False", "True"]
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert faults_of(filled) == []


def test_a_migration_gives_up_waiting_in_the_end(
    filled: Database, tmp_path: Path, versions: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(light, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(runner, "PATIENCE_SECONDS", 0.2)
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            upgrade(filled.path, tmp_path, versions=versions, head="9999")


def test_a_changed_search_view_means_a_new_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the view says at the end is what the index holds, though the revision did not think of it."""
    database = make_store(tmp_path / "desk.db")
    with database.write() as writer:
        add_order(writer, home_address="某某路九号")
        assert search.find(writer, "某某路", limit=9) == []
    from db import schema

    wider = search.VIEW.replace("coalesce(place, '')", "coalesce(place, '') || char(10) || home_address")
    assert wider != search.VIEW
    for module in (schema, runner):
        monkeypatch.setattr(module, "VIEW", wider)
    upgrade(database.path, tmp_path / "b", versions=later_revision(tmp_path, "pass"), head="9999")
    with database.read() as reader:
        assert search.find(reader, "某某路", limit=9) == [1]
        assert search.find(reader, "噪音", limit=9) == [1]


def test_the_models_hold_nothing_that_the_revisions_lack() -> None:
    from db.migrations.draft import draft

    assert "    pass\n" in draft("9998", "nothing")


def test_a_store_of_the_first_release_learns_which_part_was_returned_and_what_nobody_signed(
    tmp_path: Path,
) -> None:
    """What 0003 fills in: 退单 asked before it point to the unit's part, 自动签收 counts as 超时未签收; and levels (0026)."""
    (tmp_path / "old.db").touch()
    engine = create_engine("sqlite://", creator=lambda: connect(tmp_path / "old.db"), poolclass=StaticPool)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN")
        migrate(connection, script_directory(), "0001")
        for statement in FIRST_RELEASE.split(";"):
            raw.execute(statement)
        migrate(connection, script_directory(), HEAD)
        raw.execute("COMMIT")
        parts = raw.execute("SELECT id, is_signed_too_late, is_final FROM assignments ORDER BY id").fetchall()
        asked = raw.execute(
            "SELECT kind, assignment_id, finding FROM requests WHERE id < 4 ORDER BY id"
        ).fetchall()
        pressed = raw.execute(
            "SELECT kind, level, judged_at FROM requests WHERE id > 3 ORDER BY id"
        ).fetchall()
    engine.dispose()
    assert parts == [(1, 1, 0), (2, 0, 0)]
    assert asked == [("return", 1, ""), ("return", 2, ""), ("extension", None, "")]
    assert pressed == [
        ("supervision", "unit_head", 80),
        ("supervision", "unit_head", None),
        ("reminder", "handler", None),
    ], "what was answered before answers were judged waits for nobody"


FIRST_RELEASE = """
INSERT INTO units (id, uid, code, name, short_name, level, path) VALUES (1, 'u1', 'A', '甲局', '甲局', 'county', '/1/');
INSERT INTO work_orders (id, uid, store_uid, order_no, order_day, counter, query_code, channel, kind, urgency, title,
 content, status, raised_at, accepted_at, press_at)
 VALUES (1, 'o1', 's', 'X-1', 20261123, 1, '1', 'web', 'complaint', 'normal', '', '', 'in_progress', 1, 1, 1);
INSERT INTO assignments (id, uid, order_id, part, unit_id, sent_at, signed_at, is_signed_by_force)
 VALUES (1, 'a1', 1, 'steward', 1, 10, 20, 1), (2, 'a2', 1, 'steward', 1, 40, 50, 1);
INSERT INTO events (seq, uid, store_uid, order_uid, kind, at, prev_hash, hash)
 VALUES (1, 'e1', 's', 'o1', 'auto_sign', 20, '', '');
INSERT INTO requests (id, uid, order_id, kind, asked_at)
 VALUES (1, 'r1', 1, 'return', 30), (2, 'r2', 1, 'return', 60), (3, 'r3', 1, 'extension', 60),
 (5, 'r5', 1, 'supervision', 90), (6, 'r6', 1, 'reminder', 90);
INSERT INTO requests (id, uid, order_id, kind, asked_at, verdict, decided_at)
 VALUES (4, 'r4', 1, 'supervision', 70, 'granted', 80)
"""
"""An order signed by the desk itself, returned, sent again and returned again."""
