"""A deed is whole or was not; two desks never do the same deed twice."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from db import light
from db.check import check
from db.doors import StoreBusy, StoreTrouble, Trouble, Writer
from db.engine import Database
from tests.db.stores import add_order, make_store

Door = Callable[[Database], AbstractContextManager[Writer]]
BOTH_DOORS = pytest.mark.parametrize("door", [Database.write, Database.light_write], ids=["core", "light"])

TAKE = """
import sys, pathlib
from db.engine import Database
database, won = Database(pathlib.Path(sys.argv[1])), 0
with getattr(database, sys.argv[2])() as writer:
    writer.value("SELECT 1")
print("ready", flush=True)
sys.stdin.readline()
for order_id in range(1, 21):
    with getattr(database, sys.argv[2])() as writer:
        if writer.value("SELECT status FROM work_orders WHERE id = :id", id=order_id) == "to_dispatch":
            writer.update("work_orders", order_id, {"status": "to_sign"})
            won += 1
print(won)
"""


def count(database: Database, table: str = "work_orders") -> int:
    with database.read() as reader:
        return int(reader.value(f"SELECT count(*) FROM {table}"))


@BOTH_DOORS
def test_a_refused_deed_leaves_nothing(empty: Database, door: Door) -> None:
    with pytest.raises(LookupError), door(empty) as writer:
        add_order(writer)
        raise LookupError
    assert [count(empty, table) for table in ("work_orders", "events", "event_texts", "order_search")] == [
        0
    ] * 4
    with door(empty) as writer:
        add_order(writer)
    assert count(empty) == 1


@BOTH_DOORS
def test_a_broken_rule_of_the_file_leaves_nothing(empty: Database, door: Door) -> None:
    with pytest.raises(sqlite3.IntegrityError), door(empty) as writer:
        add_order(writer)
        add_order(writer, 2, kind="gossip")
    with pytest.raises(sqlite3.IntegrityError), door(empty) as writer:
        add_order(writer, 3, steward_id=99)
    assert count(empty) == 0


@BOTH_DOORS
def test_refused_deeds_do_not_use_up_connections(empty: Database, door: Door) -> None:
    for _ in range(30):
        with pytest.raises(LookupError), door(empty):
            raise LookupError
    open_files = Path("/proc/self/fd")
    if open_files.exists():
        names = [each.readlink() for each in open_files.iterdir() if each.is_symlink()]
        assert names.count(empty.path) <= 4


@pytest.mark.parametrize("doors", [("write", "write"), ("write", "light_write")])
def test_twenty_orders_and_two_desks_give_twenty_winners(tmp_path: Path, doors: tuple[str, str]) -> None:
    database = make_store(tmp_path / "desk.db")
    with database.write() as writer:
        for number in range(1, 21):
            add_order(writer, number)
    desks = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, str(database.path), door],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for door in doors
    ]
    for desk in desks:
        assert desk.stdin is not None
        assert desk.stdout is not None
        assert desk.stdout.readline() == "ready\n"
    for desk in desks:
        assert desk.stdin is not None
        desk.stdin.write("go\n")
        desk.stdin.flush()
    won = [int(desk.communicate(timeout=60)[0]) for desk in desks]
    assert sum(won) == 20
    assert [desk.returncode for desk in desks] == [0, 0]


@BOTH_DOORS
def test_a_desk_waits_for_another_and_then_refuses(
    filled: Database, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(light, "PATIENCE_SECONDS", 0.3)
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StoreBusy), door(filled):
            pytest.fail("the lock is held by another desk")
        assert time.monotonic() - began >= 0.3
        assert count(filled) == 5, "readers never wait"
    with door(filled) as writer:
        add_order(writer, 6)


@BOTH_DOORS
def test_a_desk_gets_its_turn(filled: Database, door: Door) -> None:
    other = sqlite3.connect(filled.path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, other.execute, ["COMMIT"])
    timer.start()
    with door(filled) as writer:
        add_order(writer, 6)
    timer.join()
    other.close()
    assert count(filled) == 6


@BOTH_DOORS
def test_a_full_disk_is_named_and_leaves_nothing(filled: Database, door: Door) -> None:
    with pytest.raises(StoreTrouble) as raised, door(filled) as writer:
        pages = writer.value("PRAGMA page_count")
        writer.value(f"PRAGMA max_page_count = {pages}")
        add_order(writer, 6, content="长" * 100_000)
    assert raised.value.trouble is Trouble.DISK_FULL
    assert count(filled) == 5


@BOTH_DOORS
def test_a_running_desk_stops_writing_when_another_one_migrated(filled: Database, door: Door) -> None:
    with closing(sqlite3.connect(filled.path)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreTrouble) as raised, door(filled) as writer:
        add_order(writer, 6)
    assert raised.value.trouble is Trouble.NEWER_SCHEMA
    assert count(filled) == 5


@BOTH_DOORS
def test_opening_a_missing_store_does_not_make_one(tmp_path: Path, door: Door) -> None:
    with pytest.raises(StoreTrouble) as raised, door(Database(tmp_path / "desk.db")):
        pytest.fail("there is nothing to open")
    assert raised.value.trouble is Trouble.MISSING
    with pytest.raises(StoreTrouble) as raised, Database(tmp_path / "no" / "desk.db").read():
        pytest.fail("there is nothing to open")
    assert raised.value.trouble is Trouble.NO_FOLDER
    assert list(tmp_path.iterdir()) == []


HALF_A_DEED = """
import sys, pathlib, time
from db.engine import Database
from tests.db.stores import add_order
with Database(pathlib.Path(sys.argv[1])).write() as writer:
    for number in range(6, 60):
        add_order(writer, number, content="长" * 50_000)
    print("half", flush=True)
    time.sleep(60)
"""


def test_a_desk_killed_in_the_middle_of_a_deed_leaves_nothing(filled: Database) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", HALF_A_DEED, str(filled.path)]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)
    assert desk.stdout is not None
    assert desk.stdout.readline() == "half\n"
    desk.kill()
    desk.wait()
    assert count(filled) == 5
    with filled.write() as writer:
        add_order(writer, 6)
    assert list(check(filled)) == []


def test_all_reads_of_one_door_see_one_moment(filled: Database) -> None:
    with filled.read() as reader:
        before = reader.value("SELECT count(*) FROM work_orders")
        with filled.write() as writer:
            add_order(writer, 6)
        assert reader.value("SELECT count(*) FROM work_orders") == before
    assert count(filled) == before + 1


@BOTH_DOORS
def test_a_committed_deed_is_flushed_and_references_are_watched(empty: Database, door: Door) -> None:
    with door(empty) as writer:
        assert writer.value("PRAGMA synchronous") == 2
        assert writer.value("PRAGMA foreign_keys") == 1
        assert writer.value("PRAGMA secure_delete") == 1


def test_an_error_message_names_no_caller(empty: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError) as raised, empty.write() as writer:
        add_order(writer, kind="gossip", requester_name="王小明", contact_phone="13800000000")
    assert "王小明" not in str(raised.value)
    assert "13800000000" not in str(raised.value)
