"""A store of an earlier version gains what the seed has gained since, once; what the city has set stays."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import StaticPool, create_engine

from db.connections import connect
from db.engine import Database
from db.hashing import GENESIS
from db.migrations.runner import migrate, script_directory
from db.queries import events
from desk import history
from desk.cli import front
from desk.launch import LaunchOptions
from seed import load
from tests.desk.cli.conftest import Command, at_home, bare

__all__ = ["at_home", "bare"]

SET_BY_THE_CITY = "sign.normal_days"
OF_LONG_AGO = "fax.paper"


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A store of the first release: a setting that the city changed, one that is no more, neither phrases nor knowledge."""
    path = tmp_path / "old.db"
    path.touch()
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=StaticPool)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN")
        migrate(connection, script_directory(), "0001")
        raw.execute(
            "INSERT INTO store (id, store_uid, site, created_at, epoch) VALUES (1, 's', 'CY01', 1, 0)"
        )
        raw.execute("INSERT INTO chain_head (id, seq, hash, at) VALUES (1, 0, ?, 1)", (GENESIS,))
        for key in (SET_BY_THE_CITY, OF_LONG_AGO):
            raw.execute(
                "INSERT INTO settings (key, value, title, unit, note) VALUES (?, '3', '', '', '')", (key,)
            )
        raw.execute("COMMIT")
    engine.dispose()
    return path


def the_events(database: Database) -> list[tuple[str, dict[str, object]]]:
    with database.read() as reader:
        rows = reader.all("SELECT kind, data FROM events ORDER BY seq")
    return [(row["kind"], history.data_of(row)) for row in rows]


def settings_in(path: Path) -> dict[str, object]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM settings")
        }


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_opening_an_older_store_fills_it_once_and_keeps_what_the_city_set(older: Path) -> None:
    opening = front.open_store(LaunchOptions(store=str(older)))
    seeded = {row["key"]: json.loads(row["value"]) for row in load.table("settings.csv")}
    assert settings_in(older) == {**seeded, SET_BY_THE_CITY: 3, OF_LONG_AGO: 3}
    (_, (kind, data)) = the_events(opening.database)
    assert kind == "store_filled"
    assert data["settings"] == sorted(seeded.keys() - {SET_BY_THE_CITY})
    assert data["phrases"] == count(older, "phrases") > 20
    assert data["knowledge"] == count(older, "knowledge_entries") > 20
    assert data["duty_items"] == count(older, "duty_items") > 100
    opening.database.close()
    again = front.open_store(LaunchOptions(store=str(older)))
    assert len(the_events(again.database)) == 2
    again.database.close()


def test_on_demand_only_what_is_lacking_comes_and_is_named(older: Path, bare: Command) -> None:
    front.open_store(LaunchOptions(store=str(older))).database.close()
    with closing(sqlite3.connect(older)) as connection, connection:
        connection.execute("DELETE FROM settings WHERE key = 'callback.days'")
        connection.execute("UPDATE phrases SET removed_at = 1")
    told = bare("check", "--store", older).out
    assert "缺少本版本新增的设置 1 项（callback.days）；desk init --refresh 补上" in told
    assert f"本版本不再使用的设置 1 项（{OF_LONG_AGO}）" in told
    before = count(older, "phrases"), count(older, "events")
    ran = bare("init", "--refresh", "--store", older)
    assert (ran.status, ran.out) == (0, "已补上设置 1 项（callback.days）\n")
    assert settings_in(older)["callback.days"] == 2
    assert (count(older, "phrases"), count(older, "events")) == (before[0], before[1] + 1)
    ran = bare("init", "--refresh", "--store", older)
    assert (ran.status, ran.out) == (0, "初始数据是齐的，没有要补的\n")
    assert count(older, "events") == before[1] + 1
    assert json.loads(bare("check", "--store", older, "--json").out.splitlines()[-1])["settings"] == {
        "lacking": [],
        "retired": [OF_LONG_AGO],
    }


def test_a_setting_that_came_later_reaches_a_desk_that_is_open(older: Path) -> None:
    opening = front.open_store(LaunchOptions(store=str(older)))
    with opening.database.light_write() as writer:
        writer.run("DELETE FROM settings WHERE key = 'callback.days'")
        before = writer.value("SELECT max(changed_at) FROM settings")
    assert front.fill_up(opening).settings == ("callback.days",)
    with opening.database.read() as reader:
        assert reader.value("SELECT changed_at FROM settings WHERE key = 'callback.days'") >= before
        assert events.head(reader)["seq"] == 3
    opening.database.close()


def test_refresh_needs_a_store_and_takes_nothing_else(at_home: Path, bare: Command) -> None:
    ran = bare("init", "--refresh", "--store", at_home / "none.db")
    assert (ran.status, "不存在" in ran.err) == (2, True)
    ran = bare("init", "--refresh", "--site", "CY01", "--store", at_home / "none.db")
    assert (ran.status, "不能与 --site 同用" in ran.err) == (2, True)
    assert not (at_home / "none.db").exists()
