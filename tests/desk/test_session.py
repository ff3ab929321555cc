"""Opening a store, setting one up, signing in (design part 4)."""

from datetime import timedelta
from pathlib import Path

import pytest

from db.doors import StoreTrouble, Trouble
from desk import session, troubles
from desk.cli import front
from desk.errors import BadInput, NotAllowed, StoreUnusable
from desk.launch import LaunchOptions
from tests.world import PIN, World


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_of_a_store_is_one_chinese_line(trouble: Trouble) -> None:
    line = str(troubles.unusable(StoreTrouble(trouble, "desk.db")))
    assert "\n" not in line
    assert "；" in line or "，" in line


def test_a_first_run_makes_the_store_and_signs_the_administrator_in(tmp_path: Path) -> None:
    opening = front.open_store(LaunchOptions(store=str(tmp_path / "new" / "desk.db")))
    assert opening.is_new
    desk = front.set_up(opening, "cy01", "1001", "王管理", "246810")
    assert desk.site == "CY01"
    assert desk.actor.is_at_the_centre
    again = front.open_store(LaunchOptions(store=str(tmp_path / "new" / "desk.db")))
    assert not again.is_new
    assert "崇义" in again.centre_name
    assert front.log_in(again, "1001", "246810").actor.name == "王管理"


@pytest.mark.parametrize(
    ("site", "staff_no", "name", "pin", "says"),
    [
        ("C", "1001", "王", PIN, "站点"),
        ("QQ01", "1001", "王", PIN, "站点"),
        ("CY01", "工号", "王", PIN, "工号"),
        ("CY01", "1001", "  ", PIN, "姓名"),
        ("CY01", "1001", "王", "12", "PIN"),
        ("CY01", "1001", "王\x00", PIN, "姓名"),
    ],
)
def test_a_wrong_set_up_leaves_nothing_behind(
    tmp_path: Path, site: str, staff_no: str, name: str, pin: str, says: str
) -> None:
    (tmp_path / "there").mkdir()
    for folder in ("new", "there/new/newer", "there"):
        opening = front.open_store(LaunchOptions(store=str(tmp_path / folder / "desk.db")))
        with pytest.raises(Exception, match=says) as refused:
            front.set_up(opening, site, staff_no, name, pin)
        assert "\n" not in str(refused.value)
    assert list(tmp_path.rglob("*")) == [tmp_path / "there"]


def test_a_file_that_is_no_store_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("不是数据文件" * 100, encoding="utf-8")
    with pytest.raises(StoreUnusable, match="不是坐席台的数据文件"):
        front.open_store(LaunchOptions(store=str(path)))
    assert path.read_text(encoding="utf-8") == "不是数据文件" * 100


def test_a_url_is_refused_with_a_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="文件路径"):
        front.open_store(LaunchOptions(store="postgresql://somewhere/desk"))


def test_a_wrong_pin_is_refused_like_an_unknown_number_and_leaves_an_event(world: World) -> None:
    opening = session.open_store(world.path, now=world.clock, seat="A1")
    with pytest.raises(NotAllowed) as wrong:
        session.log_in(opening, "1203", "000000")
    with pytest.raises(NotAllowed) as unknown:
        session.log_in(opening, "9999", "000000")
    assert str(wrong.value) == str(unknown.value)
    assert [row["kind"] for row in world.rows("SELECT kind FROM events")] == ["log_in_failed"]


def test_five_wrong_pins_lock_the_number_for_a_while(world: World) -> None:
    opening = session.open_store(world.path, now=world.clock, seat="A1")
    for _ in range(5):
        with pytest.raises(NotAllowed, match="工号或 PIN 不对"):
            session.log_in(opening, "1203", "000000")
    with pytest.raises(NotAllowed, match="锁定至"):
        session.log_in(opening, "1203", PIN)
    world.clock.now += timedelta(hours=1)
    assert session.log_in(opening, "1203", PIN).actor.staff_no == "1203"


def test_signing_in_and_out_are_events(world: World) -> None:
    opening = session.open_store(world.path, now=world.clock, seat="A1")
    session.log_out(session.log_in(opening, " 1203 ", PIN))
    rows = world.rows("SELECT kind, seat FROM events ORDER BY seq")
    assert rows == [{"kind": "log_in", "seat": "A1"}, {"kind": "log_out", "seat": "A1"}]
