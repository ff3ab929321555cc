"""A deed done at another desk is noticed; what is no deed is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.doors import StoreTrouble, Trouble
from db.engine import Database
from db.watch import Watch
from tests.db.stores import add_order


def test_a_deed_is_noticed_once(filled: Database) -> None:
    with Watch(filled.path) as watch:
        assert watch.seq == 5
        assert not watch.changed()
        with filled.write() as writer:
            add_order(writer, 6)
        assert watch.changed()
        assert watch.seq == 6
        assert not watch.changed()


def test_a_refused_deed_and_a_change_that_is_no_deed_wake_nobody(filled: Database) -> None:
    with Watch(filled.path) as watch:
        with pytest.raises(LookupError), filled.write() as writer:
            add_order(writer, 6)
            raise LookupError
        assert not watch.changed()
        with filled.light_write() as writer:
            writer.run("UPDATE staff SET failures = 0")
        assert not watch.changed()


def test_watching_holds_nobody_up(filled: Database) -> None:
    with Watch(filled.path) as watch:
        watch.changed()
        with closing(sqlite3.connect(filled.path, isolation_level=None)) as other:
            busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            assert busy == 0
            other.execute("BEGIN EXCLUSIVE")
            assert not watch.changed()


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble) as raised:
        Watch(tmp_path / "desk.db")
    assert raised.value.trouble is Trouble.MISSING
