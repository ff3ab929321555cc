"""退单 that waited past its limit rings once at 班长's desk, and at nobody else's (practice P7, P27)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.codes import RequestKind
from desk import my_tickets
from desk.return_alarm import LateReturn, late_returns
from screens.return_alarm import line_of
from tests.desk.dispatching import ask_return, decide_late, sent
from tests.desk.test_part_returns import ask, helped
from tests.screens.support import FakeOpening, FakeStore, put_in_place, settled, text_of, the_app, until
from tests.world import World

LINE = "退单 1123-0001（县城管局）裁定超期，待您裁定：F3 退单"


def late(world: World) -> str:
    order_no = sent(world)
    ask_return(world, order_no)
    decide_late(world, order_no)
    return order_no


def test_only_what_is_past_its_limit_and_of_this_centre_is_late(world: World) -> None:
    order_no = sent(world)
    ask_return(world, order_no)
    assert late_returns(world.desk("1002")) == ()
    decide_late(world, order_no)
    (found,) = late_returns(world.desk("1002"))
    assert (found.order_no, found.unit) == (order_no, "县城管局")
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET centre_id = NULL")
    assert late_returns(world.desk("1002")) == ()


def test_a_part_given_back_is_late_too_until_the_part_is_over(world: World) -> None:
    order_no = helped(world)
    ask(world, order_no)
    assert late_returns(world.desk("1002")) == ()
    decide_late(world, order_no)
    (found,) = late_returns(world.desk("1002"))
    assert line_of([found]) == "退协办 1123-0001（县人社局）裁定超期，待您裁定：F3 退单"
    my_tickets.co_sign(world.desk("2201"), order_no)
    my_tickets.co_reply(world.desk("2201"), order_no, "已核，不涉用工")
    assert late_returns(world.desk("1002")) == ()


@pytest.mark.parametrize(("staff_no", "rings"), [("1002", True), ("1301", False), ("2101", False)])
async def test_it_rings_once_at_the_supervisors_desk_on_whatever_screen(
    store: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staff_no: str, rings: bool
) -> None:
    world = World(tmp_path / "desk.db")
    late(world)
    store.opening = FakeOpening(desk=world.desk(staff_no))  # type: ignore[arg-type]
    app: Any = the_app()
    bells: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: bells.append("bell"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: app.background.return_alarm is not None)
        if rings:
            await until(pilot, lambda: LINE in text_of(app))
        app.background.return_alarm.look()
        await settled(pilot)
        await pilot.pause(0.1)
        assert (LINE in text_of(app)) == rings
        assert bells == (["bell"] if rings else [])


async def test_while_a_call_runs_the_bell_waits(
    store: FakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path / "desk.db")
    late(world)
    on_call = [True]
    put_in_place(monkeypatch, emergency={"is_on_call": lambda desk: on_call[0]})
    store.opening = FakeOpening(desk=world.desk("1002"))  # type: ignore[arg-type]
    app: Any = the_app()
    bells: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: bells.append("bell"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: LINE in text_of(app))
        assert bells == []
        on_call[0] = False
        app.background.return_alarm.look()
        await until(pilot, lambda: bells == ["bell"])


def test_several_are_one_line() -> None:
    found = [
        LateReturn(f"u{place}", RequestKind.RETURN, f"CY01-20261123-000{place}", "县城管局")
        for place in (1, 2)
    ]
    assert line_of(found) == "退单 1123-0001（县城管局）等 2 件裁定超期，待您裁定：F3 退单"


def test_it_is_the_supervisors_to_hear(world: World) -> None:
    from screens.return_alarm import may_hear

    hears = {no for no in ("1001", "1002", "1203", "1301", "1701", "2101") if may_hear(world.desk(no))}
    assert hears == {"1002"}
