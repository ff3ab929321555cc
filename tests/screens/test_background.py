"""What the App does by itself, whichever screen it shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.codes import Status
from desk.emergency_rows import AlarmRow, ClockRow
from desk.errors import Locked
from desk.rows import HeaderCounts
from screens import sweep
from tests.desk.unit_desk import sent
from tests.screens.support import (
    NOW,
    FakeOpening,
    FakeStore,
    put_in_place,
    settled,
    text_of,
    the_app,
    until,
)
from tests.world import World


async def test_an_emergency_rings_on_the_screen_that_is_shown(
    store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = NOW - timedelta(minutes=10, seconds=1)
    due_at = began + timedelta(minutes=30)
    clock = ClockRow("CY01-20261123-0001", "燃气泄漏", "横水镇", began, due_at)
    put_in_place(
        monkeypatch,
        emergency={"alarms": lambda desk: AlarmRow((clock,), (10, 20, 30)), "is_on_call": lambda desk: False},
    )
    store.counts = HeaderCounts(emergencies=1, emergency_due_at=due_at)
    app: Any = the_app(demo=True)
    bells: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: bells.append("bell"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "燃气泄漏 横水镇 已 10 分" in text_of(app))
        await settled(pilot)
        assert app.current_mode == "intake"
        assert bells == ["bell"]
        assert "应1 剩19分" in text_of(app).splitlines()[0]


@pytest.mark.parametrize(("staff_no", "is_done"), [("1301", True), ("1002", True), ("1203", False)])
async def test_what_time_decides_is_done_on_any_screen_by_those_who_may(
    store: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staff_no: str, is_done: bool
) -> None:
    monkeypatch.setattr(sweep, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(sweep, "SWEEP_SECONDS", 0.05)
    world = World(tmp_path / "desk.db")
    late = sent(world)
    store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        world.clock.tick(days=2)
        if is_done:
            await until(pilot, lambda: "时限已到，自动办理 1 项" in text_of(app))
        else:
            await pilot.pause(0.3)
        assert app.current_mode == "review"
        assert world.status(late) == (Status.IN_PROGRESS if is_done else Status.TO_SIGN)
    assert world.events(late)[2:] == (["auto_sign"] if is_done else [])


async def test_a_sweep_that_fails_is_tried_again_and_says_nothing(
    store: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "FIRST_SECONDS", 0.01)
    monkeypatch.setattr(sweep, "SWEEP_SECONDS", 0.01)
    answers: Iterator[Any] = iter([ValueError("a bug"), Locked("其他坐席正在写入"), 0, 3])
    asked: list[int] = []

    def swept(desk: Any) -> int:
        asked.append(1)
        answer = next(answers, 0)
        if isinstance(answer, Exception):
            raise answer
        return int(answer)

    put_in_place(monkeypatch, my_tickets={"sweep": swept})
    store.opening = FakeOpening(desk=World(tmp_path / "desk.db").desk("1301"))  # type: ignore[arg-type]
    app = the_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "自动办理 3 项" in text_of(app))
        assert "其他坐席正在写入" not in text_of(app)
    ended = len(asked)
    assert ended >= 4
