"""^T from one seat to another, on the screen of either: told on the top line, taken by one key, back by itself (P13, P25)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

import screens.app
from desk import counts, intake, promises, seats, telephone, transfers, watch
from desk.calls import CallNote
from desk.session import Opening
from screens.app import DeskApp
from screens.dialogs.calls import SeatCalls
from screens.dialogs.promise import PromisePage
from screens.intake import IntakeScreen
from screens.intake.transfer_pick import TransferPick
from screens.widgets.row_list import RowList
from tests.screens.support import (
    SIZES,
    FakeOpening,
    FakeStore,
    put_in_place,
    settled,
    text_of,
    the_app,
    until,
)
from tests.world import World

PHONE, SEAT = "13800000000", "T1203"
DESK = "驻点专员·市本级"
SETTINGS = {
    "transfer.desks": {DESK: ["1204"]},
    "directory.outside": {"110": "公安报警", "119": "消防"},
    "crisis.words": ["不想活"],
    "danger.words": ["煤气泄漏"],
}
BODY = {"values": {"number": "13900001111", "content": "问转移接续"}, "call": {"uid": "B1"}}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings=SETTINGS)


@pytest.fixture
def exchange(world: World) -> Opening:
    return Opening(world.database, world.clock, "pbx", site="CY01")


@pytest.fixture
def opened(store: FakeStore, world: World, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], DeskApp]:
    """Begin the App of one person, over the real store and the real watch."""
    monkeypatch.setitem(screens.app._SCREENS, "intake", ("screens.intake", "IntakeScreen"))
    put_in_place(monkeypatch, watch={"watch": watch.watch}, counts={"header_counts": counts.header_counts})

    def begin(staff_no: str) -> DeskApp:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        return the_app()

    return begin


async def at_the_form(pilot: Pilot[Any]) -> IntakeScreen:
    await until(pilot, lambda: pilot.app.screen_stack and pilot.app.current_mode != "log_in")  # type: ignore[arg-type,return-value]
    await pilot.press("f2")
    await until(pilot, lambda: isinstance(pilot.app.screen, IntakeScreen))
    await settled(pilot)
    assert isinstance(pilot.app.screen, IntakeScreen)
    return pilot.app.screen


async def shown(pilot: Pilot[Any], words: str) -> None:
    await until(pilot, lambda: words in text_of(pilot.app))  # type: ignore[arg-type]
    await settled(pilot)


def top_line(app: DeskApp) -> str:
    return text_of(app).splitlines()[0]


async def offer(pilot: Pilot[Any], to: str) -> None:
    await pilot.press("ctrl+t")
    await until(pilot, lambda: isinstance(pilot.app.screen, TransferPick))
    await settled(pilot)
    await pilot.press(*to)
    await settled(pilot)
    await pilot.press("enter")
    await settled(pilot)


async def test_a_call_is_offered_comes_back_is_taken_back_and_goes_with_its_draft(
    opened: Callable[[str], DeskApp], world: World, exchange: Opening
) -> None:
    app, other = opened("1203"), world.desks["1204"]
    seats.be_seen(other)
    async with app.run_test(size=(80, 24)) as pilot:
        form = (await at_the_form(pilot)).form
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        await until(pilot, lambda: form.values().get("number") == PHONE)
        telephone.answer(exchange, "A1")
        form.part("content").value = "厂里没交社保"
        await offer(pilot, "话务乙")
        await shown(pilot, "正在转 话务乙（座席 T1204） 剩 20 秒，^T 收回")
        world.clock.tick(seconds=20)
        await shown(pilot, "到时未接，来电已退回本座席")
        assert form.values()["content"] == "厂里没交社保"
        await offer(pilot, "驻点")
        await pilot.press("ctrl+t")
        await shown(pilot, "已收回")
        assert transfers.at_seat(other).incoming == ()
        await offer(pilot, "驻点")
        (row,) = transfers.at_seat(other).incoming
        taken = transfers.take_over(other, row.id)
        await shown(pilot, "话务乙（座席 T1204）已接")
        assert form.is_empty
        assert taken.body["values"]["content"] == "厂里没交社保"
        assert intake.drafts(world.desks["1203"]) == ()
    assert world.rows("SELECT seq FROM events") == []


@pytest.mark.parametrize("size", SIZES)
async def test_a_call_put_through_to_this_seat_is_told_on_the_top_line_and_taken_by_one_key(
    opened: Callable[[str], DeskApp], world: World, size: tuple[int, int]
) -> None:
    app, other = opened("1203"), world.desks["1204"]
    other.work.ring("B1", phone="13900001111", line="12333", now_ms=1, seat=other.seat)
    other.work.take_ring("B1", seat=other.seat, now_ms=2)

    def offered() -> None:
        draft = intake.save_draft(other, BODY, "13900001111 问转移接续", "theirs")
        assert draft
        seats.be_seen(world.desks["1203"])
        transfers.offer(other, "B1", f"seat:{SEAT}", draft, "13900001111 问转移接续")

    async with app.run_test(size=size) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press("tab", *"LI")
        offered()
        await shown(pilot, "话务乙 转来 剩 20 秒：F2 ^N 接，F11 不接")
        assert screen.form.values() == {"name": "LI"}, "no key is eaten and nothing moves"
        await pilot.press("N", "f11")
        await shown(pilot, "没有接，来电已退回")
        assert screen.form.values() == {"name": "LIN"}
        row = transfers.at_seat(other).outgoing
        assert row is not None
        assert row.state == "refused"
        world.clock.tick(seconds=1)
        offered()
        await shown(pilot, "转来 剩")
        await pilot.press("ctrl+n")
        await shown(pilot, "已接 话务乙")
        assert screen.form.values()["content"] == "问转移接续"
        assert (screen.call.uid, top_line(app).count("转来")) == ("B1", 0)
        assert screen.call.was_answered, "its end will be heard here"
        mine = {draft.title or "LIN" for draft in intake.drafts(world.desks["1203"])}
        assert len(mine) == 2, "what was half typed here went to the drafts"
        world.clock.tick(seconds=1)
        offered()
        await pilot.press("f3", "f10")
        await until(pilot, lambda: isinstance(app.screen, SeatCalls))
        await until(pilot, lambda: app.screen.query_one("#calls", RowList).cursor_row is not None)
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await shown(pilot, "已接 话务乙")


async def test_in_a_crisis_the_supervisor_is_called_in_silence_and_nothing_is_put_through_blindly(
    opened: Callable[[str], DeskApp], world: World, exchange: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    app, chief = opened("1203"), world.desks["1002"]
    seats.be_seen(chief)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        telephone.ring(exchange, PHONE, "12345", seat=SEAT, call_id="A1")
        await until(pilot, lambda: screen.form.values().get("number") == PHONE)
        telephone.answer(exchange, "A1")
        await settled(pilot)
        monkeypatch.setattr(app, "bell", lambda: rung.append(1))
        screen.form.part("content").value = "他说不想活了"
        await until(pilot, lambda: screen.panel.is_crisis)
        screen.form.part("place").value = "煤气泄漏那户"
        await shown(pilot, "危险词 煤气泄漏：^E 应急")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, TransferPick))
        await shown(pilot, "先静默呼叫班长，110 用三方通话")
        await pilot.press("enter")
        await shown(pilot, "已静默呼叫班长")
        (call,) = transfers.at_seat(chief).silent
        transfers.acknowledge(chief, call.id)
        await shown(pilot, "班长甲 已看到")
        assert rung == [], "nothing rings at this seat"
        await offer(pilot, "110")
        await shown(pilot, "不能盲转")
        await pilot.press("ctrl+t")
        await settled(pilot)
        await pilot.press(*"110")
        await settled(pilot)
        await pilot.press("ctrl+t")
        await shown(pilot, "由首接的我们受理")
        telephone.hang_up(exchange, "A1", "pbx")
        await shown(pilot, f"立即回拨 {PHONE}")
        assert screen.form.values()["content"] == "他说不想活了"
    assert world.rows("SELECT id FROM work_orders WHERE status = 'transferred_out'") == []


async def test_the_supervisor_sees_it_on_whatever_page_and_while_he_talks(
    opened: Callable[[str], DeskApp], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    agent = world.desks["1203"]
    promises.promise(agent, f"specialist:{DESK}", "问转移接续", CallNote(PHONE))
    world.clock.tick(minutes=10)
    app = opened("1002")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await shown(pilot, f"承诺回电 {DESK} 已超时，F10 办理")
        await shown(pilot, "承诺回电已超时")
        desk = app.desk
        assert desk is not None
        agent.work.ring("C1", phone="1", line="12345", now_ms=1, seat=desk.seat)
        agent.work.take_ring("C1", seat=desk.seat, now_ms=2)
        await settled(pilot)
        await pilot.press("f3")
        await settled(pilot)
        monkeypatch.setattr(app, "bell", lambda: rung.append(1))
        transfers.call_supervisor(agent, "A1", "13800000000 不想活")
        await shown(pilot, "危机 王芳 座席 T1203 已 0 分，F10 查看")
        assert rung == []
        agent.work.end_ring("C1", now_ms=3)
        await until(pilot, lambda: rung == [1])
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, SeatCalls))
        await shown(pilot, "13800000000 不想活")
        await pilot.press("enter")
        await shown(pilot, "请到该座席或监听")
        assert transfers.at_seat(world.desks["1002"]).silent == ()


async def test_a_question_is_left_with_a_promise_and_answered_at_the_specialist_s_seat(
    opened: Callable[[str], DeskApp], world: World
) -> None:
    app = opened("1203")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_the_form(pilot)
        await pilot.press(*PHONE)
        screen.form.part("content").value = "外省的养老怎么转过来"
        await pilot.press("ctrl+t")
        await until(pilot, lambda: isinstance(app.screen, TransferPick))
        await settled(pilot)
        await pilot.press(*"驻点")
        await settled(pilot)
        assert "没有人签入" in text_of(app)
        await pilot.press("ctrl+r")
        await settled(pilot)
        await pilot.press("ctrl+s")
        await shown(pilot, "您的问题已转驻点专员·市本级，09:10 前回电答复您")
        assert screen.form.is_empty
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, SeatCalls))
        await shown(pilot, "待答复 13800000000")
    app = opened("1204")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_form(pilot)
        await shown(pilot, "王芳 留下问题，09:10 前回电：F10 办理")
        world.clock.tick(minutes=8)
        await shown(pilot, "承诺回电 驻点专员·市本级 09:10 前，F10 办理")
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(app.screen, SeatCalls))
        await shown(pilot, "待答复")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PromisePage))
        await pilot.press(*"OK", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SeatCalls))
        await shown(pilot, "现在没有转来的电话")
    assert world.row("SELECT answer, outcome FROM promises") == {"answer": "OK", "outcome": "kept"}
