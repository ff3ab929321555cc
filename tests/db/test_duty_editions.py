"""职责清单 in editions: an old store keeps its items, and rows of an edition count only once it is in force."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from db.check import check
from db.connections import connect
from db.engine import Database
from db.hashing import GENESIS
from db.migrations.runner import migrate, script_directory, upgrade
from db.queries import duty_items
from tests.db.stores import NOW, add_order, make_store

ITEM = {"item": "噪音", "unit_code": "CY-CGJ"}


@pytest.fixture
def old_store(tmp_path: Path) -> Path:
    """A store of the first schema: one item in two versions, one retired, an order dispatched by the older version."""
    path = tmp_path / "old.db"
    path.touch()
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("BEGIN")
        migrate(connection, script_directory(), "0001")
        raw.execute("INSERT INTO store (id, store_uid, site, created_at) VALUES (1, 'u', 'CY01', ?)", (NOW,))
        raw.execute("INSERT INTO chain_head (id, seq, hash, at) VALUES (1, 0, ?, ?)", (GENESIS, NOW))
        for number, version, ended in ((118, 1, NOW), (118, 2, None), (7, 1, NOW)):
            raw.execute(
                "INSERT INTO duty_items (number, version, item, unit_code, keywords, valid_from, valid_to)"
                " VALUES (?, ?, '噪音', 'CY-CGJ', '噪音;打桩', ?, ?)",
                (number, version, NOW - 5, ended),
            )
        raw.execute("COMMIT")
    return path


def test_an_old_store_keeps_its_items_and_what_points_to_them(old_store: Path, tmp_path: Path) -> None:
    done = upgrade(old_store, tmp_path / "backups")
    assert done is not None
    assert done.before == "0001"
    database = Database(old_store)
    with database.write() as writer:
        add_order(writer, duty_item_id=1)
    assert list(check(database)) == []
    with database.read() as reader:
        (living,) = duty_items.in_force(reader)
        assert (living["id"], living["number"], living["version"]) == (2, 118, 2)
        assert (living["list_name"], living["keywords"]) == ("duty", "噪音;打桩")
        old = duty_items.one(reader, 1)
        assert old is not None
        assert (old["version"], old["valid_from"], old["valid_to"]) == (1, NOW - 5, NOW)
        assert [row["version"] for row in duty_items.versions(reader, 118)] == [2, 1]
    database.close()


def test_an_older_order_still_points_to_its_item(old_store: Path, tmp_path: Path) -> None:
    with closing(connect(old_store)) as connection:
        columns = (
            "uid store_uid order_no order_day counter query_code channel kind urgency status title content"
        )
        words = ", ".join(columns.split())
        connection.execute(
            f"INSERT INTO work_orders ({words}, raised_at, accepted_at, press_at, duty_item_id) VALUES"
            " ('a', 'u', 'CY01-1', 20261122, 1, '1122-1', 'web', 'complaint', 'normal', 'to_sign', '噪音', '噪音', 1, 1, 1, 1)"
        )
    upgrade(old_store, tmp_path / "backups")
    with closing(connect(old_store)) as connection:
        assert connection.execute("SELECT duty_item_id FROM work_orders").fetchall() == [(1,)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE work_orders SET duty_item_id = 77")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            connection.execute(
                "INSERT INTO duty_items (number, version, item, unit_code) VALUES (118, 2, 'x', 'y')"
            )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Database]:
    database = make_store(tmp_path / "desk.db")
    with database.write() as writer:
        duty_items.add(writer, number=118, **ITEM)
    yield database
    database.close()


def stage(database: Database, uid: str) -> int:
    """Write an edition that ends item 118 and brings its next version, and leave it waiting."""
    with database.write() as writer:
        number = duty_items.begin_edition(writer, uid, NOW)
        duty_items.end(writer, 1, number, NOW)
        duty_items.add(writer, number=118, version=2, edition=number, **ITEM)
    return number


def versions(database: Database) -> tuple[list[int], list[int], tuple[int, int]]:
    """The versions in force, every version, and what stands for the edition."""
    with database.read() as reader:
        living = [row["version"] for row in duty_items.in_force(reader)]
        found = [row["version"] for row in duty_items.find(reader, "噪音", 9)]
        assert living == found
        all_ = [row["version"] for row in duty_items.every_version(reader)]
        return living, all_, duty_items.edition(reader)


def test_an_edition_counts_from_the_moment_it_is_in_force(store: Database) -> None:
    before = versions(store)
    number = stage(store, "a")
    assert versions(store) == before == ([1], [1], (0, 1))
    with store.read() as reader:
        row = duty_items.one(reader, 1)
        assert row is not None
        assert row["valid_to"] is None
    with store.write() as writer:
        assert duty_items.is_claimed(writer, number, "a")
        duty_items.put_in_force(writer, number, NOW + 1)
        assert not duty_items.is_claimed(writer, number, "a")
    assert versions(store) == ([2], [1, 2], (1, 2))


def test_what_never_came_in_force_is_cleared_without_a_trace(store: Database) -> None:
    before = versions(store)
    stage(store, "a")
    with store.write() as writer:
        assert duty_items.clear_leftovers(writer, 1) == 2
        assert duty_items.clear_leftovers(writer, 1) == 0
        duty_items.forget_claim(writer, "a")
    assert versions(store) == before
    assert stage(store, "b") == 1


def test_the_later_claim_of_two_stands(store: Database) -> None:
    number = stage(store, "a")
    with store.write() as writer:
        assert duty_items.begin_edition(writer, "b", NOW) == number
        assert not duty_items.is_claimed(writer, number, "a")
        duty_items.forget_claim(writer, "a")
        assert duty_items.is_claimed(writer, number, "b")
