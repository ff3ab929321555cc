"""A 服务站 on its own store, in a narrow terminal on a slow line: what waits, what is late, and a 密件 by keys (practice P18)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desk import intake, stations
from desk.receipt import SEALED
from desk.rows import HeaderCounts, Uploads
from screens import courier
from screens.intake import IntakeScreen
from screens.intake.receipt import Receipt
from screens.widgets import Choice, Field
from tests.desk.counter import COUNTER, MATTER
from tests.desk.station_desk import Pair
from tests.screens.support import NOW, SIZES, FakeStore, settled, text_of, the_app, until
from tests.screens.test_intake import looked_up, write
from tests.world import World


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(World(tmp_path / "desk.db"), tmp_path)
    yield made
    made.close()


@pytest.fixture
def opened(store: FakeStore, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Begin the App with the clerk at the station's own store, frames plain."""
    monkeypatch.setitem(
        __import__("screens.app", fromlist=["_SCREENS"])._SCREENS,
        "intake",
        ("screens.intake", "IntakeScreen"),
    )

    def begin() -> Any:
        desk: Any = pair.station()
        store.opening.desk = desk
        return the_app(plain=True)

    return begin


async def test_a_sealed_matter_by_keys_leaves_no_word(opened: Any, pair: Pair) -> None:
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await settled(pilot)
        await pilot.press("3", "tab", "1", "tab", "6", "tab")
        await write(pilot, "13811112222")
        await pilot.press("enter")
        await write(pilot, "李老伯")
        await pilot.press("enter", "3", "tab", "tab")
        await write(pilot, "水渠边上")
        await pilot.press("enter")
        await write(pilot, "组长拿了自家舅舅的")
        await looked_up(pilot)
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert "密件不存草稿" in text_of(app)
        await pilot.press("tab", "tab", "tab", "tab", "2", "tab", "1", "ctrl+s")
        await settled(pilot)
        assert isinstance(app.screen, Receipt), text_of(app)
        shown = text_of(app)
        assert SEALED in shown
        assert "自家舅舅" not in shown
    files = [path.read_bytes() for path in pair.path.parent.iterdir()]
    for words in ("13811112222", "李老伯", "水渠边上", "自家舅舅"):
        assert not any(words.encode() in raw for raw in files), words


async def test_the_clerk_writes_and_reads_the_stick_by_keys(opened: Any, pair: Pair) -> None:
    done = intake.register_at_counter(pair.station(), MATTER, COUNTER)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await settled(pilot)
        assert "^T 交接" in text_of(app)
        up, down = pair.stick(), pair.stick()
        await pilot.press("ctrl+t")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "请填写文件" in text_of(app)
        app.screen.query_one(Field).value = str(up)
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert "工单 1 件" in text_of(app)
        stations.take_file(pair.centre, up)
        stations.write_file(pair.centre, down)
        app.screen.query_one(Field).value = str(down)
        app.screen.query_one(Choice).value = "in"
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert f"{done.order_no}  待派单" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_what_waits_is_in_the_header_and_late_ones_give_the_number_to_ring(
    opened: Any, store: FakeStore, size: tuple[int, int]
) -> None:
    store.counts = HeaderCounts(uploads=Uploads(3, NOW.replace(hour=1, minute=12), False, 120, "07973812345"))
    app = opened()
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "待上传 3，最早 09:12" in text_of(app))
        assert "派0" not in text_of(app)
        late = Uploads(3, NOW.replace(hour=1, minute=12), True, 120, "07973812345")
        store.counts, store.is_changed = HeaderCounts(uploads=late), True
        await until(pilot, lambda: "!待上传 3" in text_of(app))
        await settled(pilot)
        line = "3 件超过 2 小时未到中心：用 U 盘送去，或电话报中心 07973812345"
        assert text_of(app).replace("\n", "").count(line[:30]) == 2
        assert line in text_of(app)
        gone = Uploads(0, None, False, 120, "07973812345")
        store.counts, store.is_changed = HeaderCounts(uploads=gone), True
        await until(pilot, lambda: line[:30] not in text_of(app).replace("\n", ""))


async def test_an_open_desk_uploads_by_itself_when_the_line_returns(
    opened: Any, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pair.folder / "line"
    monkeypatch.setenv(courier.FOLDER, str(folder))
    monkeypatch.setattr(courier, "FIRST_SECONDS", 0.05)
    monkeypatch.setattr(courier, "EVERY_SECONDS", 0.05)
    intake.register_at_counter(pair.station(), MATTER, COUNTER)
    app = opened()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, IntakeScreen))
        await settled(pilot)
        folder.mkdir()
        await until(pilot, lambda: list(folder.glob("*.handover")))
        stations.sync(pair.centre, folder)
        await until(pilot, lambda: "交接文件夹：工单 1 件" in text_of(app))
    assert pair.world.row("SELECT count(*) AS n FROM work_orders")["n"] == 1
