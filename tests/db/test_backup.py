"""A copy is whole and verified, or there is none."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from db import backup as backups
from db.backup import backup
from db.doors import StoreTrouble, Trouble
from db.engine import Database
from db.schema import create_store, examine
from tests.db.stores import NOW, add_order


def orders_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM work_orders").fetchone()[0])


def refusal(path: Path, target: Path, **options: bool) -> Trouble:
    with pytest.raises(StoreTrouble) as raised:
        backup(path, target, **options)
    return raised.value.trouble


def test_a_copy_is_a_store_of_its_own(filled: Database, tmp_path: Path) -> None:
    target = tmp_path / "stick" / "copy.db"
    target.parent.mkdir()
    told: list[tuple[int, int]] = []
    backup(filled.path, target, on_progress=lambda done, total: told.append((done, total)))
    assert [each.name for each in target.parent.iterdir()] == ["copy.db"]
    assert told[-1][0] == told[-1][1] > 0
    examine(target)
    with Database(target).write() as writer:
        add_order(writer, 6)
    assert (orders_in(target), orders_in(filled.path)) == (6, 5)


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of POSIX")
def test_only_its_owner_reads_a_copy(filled: Database, tmp_path: Path) -> None:
    backup(filled.path, tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600


def test_a_copy_made_while_desks_work_is_one_moment(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "PAGES_A_STEP", 5)
    is_done = threading.Event()

    def work() -> None:
        number = 6
        while not is_done.is_set() and number < 400:
            with filled.write() as writer:
                add_order(writer, number)
            number += 1

    worker = threading.Thread(target=work)
    worker.start()
    try:
        backup(filled.path, tmp_path / "copy.db")
    finally:
        is_done.set()
        worker.join()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        orders, events = copy.execute(
            "SELECT (SELECT count(*) FROM work_orders), (SELECT seq FROM chain_head)"
        ).fetchone()
    assert 5 <= orders == events <= orders_in(filled.path)


def test_an_existing_file_is_only_replaced_when_told(filled: Database, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("older")
    assert refusal(filled.path, target) is Trouble.EXISTS
    assert target.read_text() == "older"
    backup(filled.path, target, may_overwrite=True)
    assert orders_in(target) == 5


def test_a_store_is_never_its_own_copy(filled: Database) -> None:
    assert refusal(filled.path, filled.path, may_overwrite=True) is Trouble.EXISTS


def test_what_is_no_store_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x" * 5000)
    assert refusal(tmp_path / "letter.txt", tmp_path / "copy.db") is Trouble.NOT_A_STORE
    create_store(tmp_path / "desk.db", site="CY01", now_ms=NOW)
    assert refusal(tmp_path / "desk.db", tmp_path / "no" / "copy.db") is Trouble.NO_FOLDER
    assert sorted(each.name for each in tmp_path.iterdir()) == ["desk.db", "letter.txt"]


def test_a_full_disk_leaves_no_half_copy(
    filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = backups._plain

    def small(copy: Path) -> sqlite3.Connection:
        connection = plain(copy)
        connection.execute("PRAGMA max_page_count=10")
        return connection

    monkeypatch.setattr(backups, "_plain", small)
    (tmp_path / "stick").mkdir()
    target = tmp_path / "stick" / "copy.db"
    target.write_text("older")
    assert refusal(filled.path, target, may_overwrite=True) is Trouble.DISK_FULL
    assert [(each.name, each.read_text()) for each in target.parent.iterdir()] == [("copy.db", "older")]


def test_a_copy_whose_chain_was_cut_is_not_kept(filled: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled.path)) as connection, connection:
        connection.execute("DROP TRIGGER events_no_delete")
        connection.execute("DELETE FROM events WHERE seq = 5")
    assert refusal(filled.path, tmp_path / "copy.db") is Trouble.DAMAGED
    assert not (tmp_path / "copy.db").exists()


def test_a_damaged_page_is_found(filled: Database, tmp_path: Path) -> None:
    with filled.read() as reader:
        page = reader.value("SELECT rootpage FROM sqlite_master WHERE name = 'ix_work_orders_queue'")
    filled.close()
    with filled.path.open("r+b") as file:
        file.seek((page - 1) * 4096 + 100)
        file.write(b"\xff" * 3900)
    assert refusal(filled.path, tmp_path / "copy.db") is Trouble.DAMAGED
    assert not (tmp_path / "copy.db").exists()
