"""F5 over a real store: the clocks, the keys of each step, the forms that lose nothing, the alarms."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from desk import stewardship
from desk.codes import Deed
from desk.rows import HeaderCounts
from screens import alarms
from screens.alarms import Alarms, Clocks
from screens.app import DeskApp
from screens.cells import minutes_left
from screens.dialogs import Card
from screens.emergency import EmergencyScreen
from screens.emergency.clock_list import ClockList
from tests.desk.emergencies import an_emergency, brought_to, stamps
from tests.screens.support import SIZES, FakeOpening, FakeStore, settled, text_of, the_app, until
from tests.world import World


@dataclass
class Steady:
    """Steady seconds that go only when told to."""

    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Terminal:
    """The App at one seat over the real store, with a steady clock of its own."""

    app: DeskApp
    pilot: Pilot[Any]
    world: World
    steady: Steady
    alarms: Alarms
    bells: list[str]

    @property
    def screen(self) -> EmergencyScreen:
        assert isinstance(self.app.screen, EmergencyScreen)
        return self.app.screen

    @property
    def list(self) -> ClockList:
        return self.screen.list

    async def pass_time(self, **span: float) -> None:
        """Let wall and steady clock go on together, and ring what is to ring."""
        before = self.world.clock.now
        self.steady.seconds += (self.world.clock.tick(**span) - before).total_seconds()
        await self.look()

    async def look(self) -> None:
        self.alarms.look()
        await settled(self.pilot)
        self.alarms.tick()
        await settled(self.pilot)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await settled(self.pilot)

    async def type(self, words: str) -> None:
        await self.pilot.press(*words)
        await settled(self.pilot)


Open = Callable[..., Any]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, store: FakeStore, world: World) -> Open:
    """Open F5 as one person."""
    import screens.app

    monkeypatch.setitem(screens.app._SCREENS, "emergency", ("screens.emergency", "EmergencyScreen"))

    @asynccontextmanager
    async def opened(staff_no: str = "1401", size: tuple[int, int] = (80, 24)) -> AsyncIterator[Terminal]:
        store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
        app, steady, bells = the_app(), Steady(), list[str]()
        monkeypatch.setitem(alarms._CLOCKS, app, Clocks(steady))
        monkeypatch.setattr(app, "bell", lambda: bells.append("bell"))
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            await pilot.press("f5")
            await settled(pilot)
            yield Terminal(app, pilot, world, steady, getattr(app, "alarms", None) or Alarms(app), bells)

    return opened


@pytest.mark.parametrize("size", SIZES)
async def test_without_an_emergency_it_says_what_to_do(terminal: Open, size: tuple[int, int]) -> None:
    async with terminal(size=size) as at:
        shown = text_of(at.app)
        assert "没有应急工单" in shown
        assert "Ctrl+E" in shown
        assert "今日0起" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_a_running_emergency_is_a_bar_with_minutes_left_and_its_steps(
    terminal: Open, world: World, size: tuple[int, int]
) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE, minutes=6)
    async with terminal(size=size) as at:
        shown = text_of(at.app)
        assert "[######----] 剩18分" in shown
        assert "燃气泄漏" in shown
        assert "待出动" in shown
        assert "派出 09:06 +6分  接令 09:12 +12分  出动 --" in shown
        assert "县城管局" in shown


async def test_only_the_cells_of_running_clocks_are_redrawn(
    terminal: Open, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, running = an_emergency(world), an_emergency(world)
    brought_to(world, done.order_no, Deed.CONTAIN)
    world.clock.tick(minutes=21)
    async with terminal() as at:
        redrawn: list[Region] = []
        monkeypatch.setattr(at.list, "refresh", lambda *regions, **_: redrawn.extend(regions))
        at.list.tick()
        assert redrawn == []
        at.steady.seconds += 7
        at.list.tick()
        assert redrawn == [Region(15, 1, 4, 1)]
        monkeypatch.undo()
        assert at.list.rows[0].order_no == running.order_no


async def test_minutes_until_five_are_left_then_seconds_then_over_time(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        for minutes, words in ((24, "剩6分"), (1.5, "剩4:30"), (0.2, "剩4:18"), (5.8, "!超1分")):
            await at.pass_time(minutes=minutes)
            at.list.tick()
            await settled(at.pilot)
            assert words in text_of(at.app)
        assert "[----------]" in text_of(at.app)


async def test_the_clocks_run_by_themselves(terminal: Open, world: World) -> None:
    an_emergency(world)
    world.clock.tick(minutes=26)
    async with terminal() as at:
        assert "剩4:00" in text_of(at.app)
        at.steady.seconds += 5
        await until(at.pilot, lambda: "剩3:55" in text_of(at.app))


async def test_a_changed_system_clock_does_not_change_the_bar(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.pass_time(minutes=10)
        for jump in (-60, 90):
            world.clock.tick(minutes=jump)
            at.screen.reload()
            await settled(at.pilot)
            at.list.tick()
            assert "[#######---] 剩20分" in text_of(at.app)


async def test_each_step_has_its_key(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        await at.press("c", "enter")
        await at.press("ctrl+s")
        await at.press("j", "o", "d")
        await at.press("k")
        await at.type("LiSi")
        await at.press("ctrl+s")
        await at.press("w")
        await at.type("ok")
        await at.press("tab")
        await at.type("safe")
        await at.press("tab")
        await at.type("pipe")
        await at.press("ctrl+s")
        assert world.events(born.order_no) == [
            "register_emergency",
            "call_out",
            "acknowledge",
            "depart",
            "arrive",
            "contain",
            "finish",
        ]
        shown = text_of(at.app)
        assert "余下事项已另立工单 CY01-20261123-0002" in shown
        assert "0分控制" in shown
        assert "已完毕" in shown


@pytest.mark.parametrize("size", SIZES)
async def test_whom_a_unit_sends_first_stands_above_the_call_out(
    terminal: Open, world: World, size: tuple[int, int]
) -> None:
    an_emergency(world)
    stewardship.add_member(world.desk("2301"), "演练甲[/b]", "13800007777", "白班")
    async with terminal(size=size) as at:
        await at.press("c")
        assert "演练甲[/b]" in text_of(at.app)
        await at.press("enter")
        assert "13800007777" in text_of(at.app)


async def test_a_unit_is_called_out_with_its_section_and_who_answered(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        await at.press("c")
        await at.type("cgj")
        await at.press("backspace", "backspace", "backspace", "down", "enter", "tab")
        await at.type("WangWu")
        await at.press("tab")
        await at.type("13900000000")
        await at.press("tab", "2", "ctrl+s")
        part = world.row(
            "SELECT s.name FROM assignments a JOIN sections s ON s.id = a.section_id WHERE a.order_id = :id",
            id=born.id,
        )
        assert part["name"] == "执法大队"
        assert world.row("SELECT number FROM calls")["number"] == "13900000000"
        assert world.row("SELECT body FROM event_texts WHERE field = 'person'")["body"] == "WangWu"
        assert "崇义县城市管理局 执法大队" in text_of(at.app)


async def test_what_falls_due_while_one_looks_comes_onto_the_page(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    async with terminal() as at:
        assert "未接令" not in text_of(at.app)
        await at.pass_time(minutes=3)
        assert "3 分未接令，请叫下一个" in text_of(at.app)
        at.screen._tick()
        await settled(at.pilot)
        assert "!3分未接令" in text_of(at.app)


async def test_an_attempt_that_failed_offers_the_next_one_and_a_refusal_wants_a_reason(
    terminal: Open, world: World
) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.press("c", "enter", "3", "ctrl+s")
        assert "写清谁拒绝" in text_of(at.app)
        await at.press("2", "ctrl+s")
        assert "刚才无人接听" in text_of(at.app)
        assert world.row("SELECT outcome FROM call_attempts")["outcome"] == "no_answer"
        await at.press("enter", "ctrl+s")
        assert world.row("SELECT status FROM work_orders")["status"] == "to_sign"


@pytest.mark.parametrize("size", SIZES)
async def test_one_key_hands_over_and_hears_what_came_of_it(
    terminal: Open, world: World, size: tuple[int, int]
) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.DEPART)
    async with terminal(size=size) as at:
        await at.press("h", "2", "ctrl+s")
        assert world.row("SELECT service FROM rescue_handovers")["service"] == "119"
        await at.press("h", "ctrl+s")
        assert "请在说明里写对方怎么说" in text_of(at.app)
        await at.press("tab", "tab")
        await at.type("done")
        await at.press("ctrl+s")
        assert world.row("SELECT result FROM rescue_handovers")["result"] == "done"
        assert "请回拨诉求人" in text_of(at.app)
        await at.press("b", "tab")
        await at.type("soon")
        await at.press("ctrl+s")
        assert "请回拨诉求人" not in text_of(at.app)


async def test_enter_does_the_next_step_and_asks_before_it_stamps(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CALL_OUT)
    async with terminal() as at:
        await at.press("enter")
        assert "登记“接令”" in text_of(at.app)
        await at.press("escape")
        assert stamps(world, born.id)["acknowledged_at"] is None
        await at.press("enter", "enter")
        assert stamps(world, born.id)["acknowledged_at"] is not None


async def test_a_refused_form_keeps_its_words(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ACKNOWLEDGE)
    async with terminal() as at:
        await at.press("k")
        await at.type("LiSi")
        await at.press("tab")
        await at.type("valve")
        with world.nothing_written():
            await at.press("ctrl+s")
        assert "远程就控制住的，请写明理由" in text_of(at.app)
        await at.press("k")
        shown = text_of(at.app)
        assert "LiSi" in shown
        assert "valve" in shown


async def test_words_left_with_escape_are_there_again_and_gone_once_filed(
    terminal: Open, world: World
) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.press("x")
        await at.type("smoke")
        await at.press("escape")
        await at.press("x")
        assert "smoke" in text_of(at.app)
        await at.press("ctrl+s")
        await at.press("x")
        assert "smoke" not in text_of(at.app)


async def test_the_supervisors_keys_are_refused_to_the_duty_officer(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        with world.nothing_written():
            await at.press("m")
        assert "您没有“误报”的权限，请由班长办理" in text_of(at.app)
    async with terminal("1002") as at:
        await at.press("m")
        await at.type("nothing")
        await at.press("ctrl+s")
        assert world.status(born.order_no) == "closed"
        assert "误报" in text_of(at.app)


@pytest.mark.parametrize("key", ["enter", "c", "k", "w", "x", "v", "m"])
async def test_who_may_not_is_told_before_anything_is_asked(terminal: Open, world: World, key: str) -> None:
    an_emergency(world)
    async with terminal("1203") as at:
        await at.press(key)
        assert at.app.screen is at.screen
        assert re.search("您没有“.+”的权限，请由.*班长|不能", text_of(at.app))
        assert "Enter 下一步" not in text_of(at.app)
        assert "c 派出" not in text_of(at.app)


@pytest.mark.parametrize(
    ("key", "why"), [("c", "不能应急派出"), ("k", "已登记过“险情已控制”"), ("x", "不用再续报")]
)
async def test_what_comes_too_late_is_told_before_anything_is_asked(
    terminal: Open, world: World, key: str, why: str
) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.CONTAIN)
    async with terminal() as at:
        assert "Enter 下一步  Tab 看详情  w 完毕  h 移交  b 回拨  F8 看号码" in text_of(at.app)
        await at.press(key)
        assert at.app.screen is at.screen
        assert why in text_of(at.app)


async def test_enter_works_in_the_detail_too_and_escape_leads_back_to_the_list(
    terminal: Open, world: World
) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.press("tab")
        assert "Esc 回列表" in text_of(at.app)
        await at.press("enter")
        assert "叫谁，最上面的是下一个" in text_of(at.app)
        await at.press("escape", "escape")
        assert at.app.focused is at.list
        assert "Tab 看详情" in text_of(at.app)


async def test_the_caller_is_rung_back_by_f8_with_a_reason(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        assert "13800000000" not in text_of(at.app)
        await at.press("f8")
        assert "回拨诉求人，核实险情" in text_of(at.app)
        await at.press("ctrl+s")
        assert "李先生  13800000000  （30 秒后遮蔽" in text_of(at.app)
        assert world.events(born.order_no)[-1] == "reveal_phone"
        await at.press("f3", "f5")
        assert "13800000000" not in text_of(at.app)


async def test_the_card_shows_the_number_by_f8_too(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        await at.press("ctrl+d", "f8")
        await at.type("ring")
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, Card)
        assert "李先生  13800000000" in text_of(at.app)
        assert world.events(born.order_no)[-1] == "reveal_phone"


async def test_nobody_is_asked_why_for_a_number_they_may_not_see(terminal: Open, world: World) -> None:
    an_emergency(world, is_confidential=True)
    async with terminal() as at:
        with world.nothing_written():
            await at.press("f8")
        assert at.app.screen is at.screen
        assert "号码仅派单员、审核员、班长可看" in text_of(at.app)


async def test_an_unregistered_duty_phone_is_told_in_the_form(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.press("c", "enter")
        assert "值班电话未登记" in text_of(at.app)


async def test_a_downgrade_asks_for_the_lower_degree(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal("1002") as at:
        await at.press("v", "2", "tab")
        await at.type("small")
        await at.press("ctrl+s")
        row = world.row("SELECT urgency FROM work_orders WHERE id = :id", id=born.id)
        assert row["urgency"] == "normal"
        assert "已降级" in text_of(at.app)


async def test_each_alarm_rings_once_with_one_line(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.look()
        rung = []
        for _ in range(35):
            await at.pass_time(minutes=1)
            rung.append(len(at.bells))
        assert rung == [0] * 9 + [1] * 10 + [2] * 5 + [3] * 5 + [4] * 6
        assert "应急 1123-0001 燃气泄漏 横水镇老城社区二单元 已 30 分，尚未控制，请续报（F5）" in text_of(
            at.app
        )


async def test_an_alarm_moves_no_cursor_and_opens_nothing_over_a_form(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        await at.look()
        await at.press("x")
        await at.type("abc")
        form, focused = at.app.screen, at.app.focused
        await at.pass_time(minutes=10)
        assert (at.app.screen, at.app.focused, at.bells) == (form, focused, ["bell"])
        assert "已 10 分" in text_of(at.app)
        await at.type("d")
        assert "abcd" in text_of(at.app)


async def test_the_headers_clock_is_the_steady_one_too(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    async with terminal() as at:
        await at.look()
        await at.pass_time(minutes=10)
        now = world.clock.tick(hours=2)
        counts = HeaderCounts(emergencies=1, emergency_due_at=born.at + timedelta(minutes=30))
        due_at = at.alarms.steadied(counts, now).emergency_due_at
        assert due_at is not None
        assert minutes_left(due_at, now) == "剩20分"
        none = HeaderCounts()
        assert at.alarms.steadied(none, now) is none


async def test_while_a_call_runs_the_bell_waits_for_its_end(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal() as at:
        desk = at.app.desk
        assert desk is not None
        now = int(world.clock.now.timestamp() * 1000)
        desk.work.ring("r1", phone="13800000000", line="12345", now_ms=now, seat=desk.seat)
        desk.work.take_ring("r1", seat=desk.seat, now_ms=now)
        await at.look()
        await at.pass_time(minutes=10)
        assert at.bells == []
        assert "已 10 分" in text_of(at.app)
        desk.work.end_ring("r1", now_ms=now + 1)
        await at.pass_time(seconds=1)
        assert at.bells == ["bell"]


async def test_nothing_rings_for_a_person_who_cannot_act(terminal: Open, world: World) -> None:
    an_emergency(world)
    async with terminal("1203") as at:
        await at.look()
        await at.pass_time(minutes=30)
        assert at.bells == []


async def test_a_controlled_emergency_does_not_ring_any_more(terminal: Open, world: World) -> None:
    born = an_emergency(world)
    brought_to(world, born.order_no, Deed.ARRIVE)
    async with terminal() as at:
        await at.look()
        await at.press("k")
        await at.type("LiSi")
        await at.press("ctrl+s")
        await at.look()
        await at.pass_time(minutes=30)
        assert at.bells == []
