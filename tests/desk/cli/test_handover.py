"""`desk station`, `desk init --station`, `desk handover`: a station is set up and a stick goes to and fro (practice P18)."""

import json
from pathlib import Path

import pytest

from desk import intake, session
from tests.desk.cli.conftest import Command, Ran
from tests.desk.counter import COUNTER, MATTER
from tests.world import World

SITE, CLERK = "CYHS1", "2301"


@pytest.fixture
def station(command: Command, at_home: Path) -> Path:
    """The store of a station, set up by the commands that the manual names."""
    added = command("station", "add", SITE, "登记.txt", "--clerks", CLERK, "--phone", "0797-3812345")
    assert (added.status, "desk init --station" in added.out) == (0, True)
    store = at_home / "station" / "desk.db"
    made = command("init", "--station", "登记.txt", "--store", store, "--pin-file", at_home / "pin")
    assert (made.status, "请删除登记文件" in made.out) == (0, True)
    return store


def registered(store: Path, world: World) -> str:
    opening = session.open_store(store, now=world.clock)
    order_no = intake.register_at_counter(
        session.log_in_without_pin(opening, CLERK), MATTER, COUNTER
    ).order_no
    opening.database.close()
    return order_no


def test_a_stick_goes_to_the_centre_and_back(command: Command, station: Path, world: World) -> None:
    world.clock.tick(minutes=5)
    order_no = registered(station, world)

    def there(*words: object) -> Ran:
        return command(*words, "--store", station, "--as", CLERK)

    assert "工单 1 件" in there("handover", "out", "上.dat").out
    assert "新工单 1 件" in command("handover", "in", "上.dat").out
    assert "没有新内容" in command("handover", "in", "上.dat").out
    assert "回复 1 件" in command("handover", "out", "下.dat").out
    told = there("handover", "in", "下.dat", "--json")
    assert json.loads(told.out)["orders"] == 1
    assert "中心状态 待派单" in there("show", order_no).out
    assert order_no in command("list").out
    assert SITE in command("station", "list").out
    for store in (station, world.path):
        assert command("check", "--store", store).status == 0


def test_bad_files_are_one_line(command: Command, station: Path, at_home: Path) -> None:
    (at_home / "错.dat").write_bytes(b"\x00\xff")
    for words in (
        ("handover", "in", "错.dat"),
        ("handover", "in", "没有.dat"),
        ("init", "--station", "错.dat", "--store", at_home / "x.db"),
        ("handover", "out", "上.dat", "--station", "CYXX9"),
    ):
        ran = command(*words)
        assert (ran.status, ran.err.count("\n"), ran.out) == (2, 1, ""), words
    assert not (at_home / "x.db").exists()


def test_a_folder_does_what_a_stick_does(
    command: Command, station: Path, world: World, at_home: Path
) -> None:
    registered(station, world)
    there = ("--store", station, "--as", CLERK)
    down = command("handover", "sync", "线", *there)
    assert (down.status, "够不着" in down.err) == (2, True)
    (at_home / "线").mkdir()
    assert "已放入 1 份" in command("handover", "sync", "线", *there).out
    assert "新工单 1 件" in command("handover", "sync", "线").out
    assert json.loads(command("handover", "sync", "线", "--json", *there).out)["orders"] == 1
    (at_home / "线" / f"{SITE}-CY01.handover").write_bytes(b"x")
    spoilt = command("handover", "sync", "线")
    assert (spoilt.status, "不是交接文件" in spoilt.err) == (1, True)


def test_the_same_name_is_written_over_when_one_says_so(
    command: Command, station: Path, world: World, at_home: Path
) -> None:
    there = ("--store", station, "--as", CLERK)
    registered(station, world)
    assert command("handover", "out", "上.dat", *there).status == 0
    registered(station, world)
    refused = command("handover", "out", "上.dat", *there)
    assert (refused.status, "--force" in refused.err) == (2, True)
    assert "工单 2 件" in command("handover", "out", "上.dat", "--force", *there).out
    assert "新工单 2 件" in command("handover", "in", "上.dat").out
