"""A stand-in for the desk, so that screens are tried without a store."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from desk.codes import Grade, OrderKind, Status, Urgency
from desk.errors import Refused
from desk.launch import LaunchOptions
from desk.rows import HeaderCounts, OrderRow
from screens.app import DemoApp, DeskApp

NOW = datetime(2026, 11, 23, 6, 32, tzinfo=UTC)
LONGEST_WAIT = 30.0
"""Seconds: a loaded machine takes its time, an App that hangs takes all of it."""
SIZES = [(80, 24), (120, 36)]


@dataclass
class FakeActor:
    name: str = "王芳"
    staff_no: str = "1203"
    unit_name: str = "崇义县热线中心"
    roles: frozenset[str] = frozenset({"agent"})
    must_change_pin: bool = False


@dataclass
class FakeDesk:
    actor: FakeActor = field(default_factory=FakeActor)
    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class FakeOpening:
    is_new: bool = False
    desk: FakeDesk | None = None
    centre_name: str = "崇义县热线中心"
    hint: str = ""


@dataclass
class FakeStore:
    """What the stand-in modules answer; a test changes it and looks at `calls`."""

    opening: FakeOpening = field(default_factory=FakeOpening)
    counts: HeaderCounts = field(default_factory=lambda: HeaderCounts(12, 3, 1, None, 7, 5, 9))
    is_changed: bool = False
    calls: list[tuple[Any, ...]] = field(default_factory=list)

    def open_store(self, options: LaunchOptions) -> FakeOpening:
        self.calls.append(("open_store", options))
        if options.demo:
            return FakeOpening(desk=FakeDesk())
        return self.opening

    def log_in(self, opening: FakeOpening, staff_no: str, pin: str) -> FakeDesk:
        self.calls.append(("log_in", staff_no, pin))
        if pin != "135790":
            raise Refused("工号或 PIN 不对，请再试")
        return FakeDesk(FakeActor(staff_no=staff_no))

    def set_up(self, opening: FakeOpening, site: str, staff_no: str, name: str, pin: str) -> FakeDesk:
        self.calls.append(("set_up", site, staff_no, name, pin))
        return FakeDesk(FakeActor(name, staff_no))

    def rings(self) -> None:
        return None

    def step_away(self) -> None:
        self.calls.append(("step_away",))

    def close(self) -> None:
        self.calls.append(("close",))

    def changed(self) -> bool:
        changed, self.is_changed = self.is_changed, False
        return changed

    def header_counts(self, desk: FakeDesk) -> HeaderCounts:
        return self.counts


def order_row(order_no: str, **changes: Any) -> OrderRow:
    """An overdue order of the pool, unless `changes` say otherwise."""
    values: dict[str, Any] = {
        "id": int(order_no[-4:]),
        "order_no": order_no,
        "query_code": "K7M2",
        "title": "夜间施工噪音[/b]",
        "kind": next(iter(OrderKind)),
        "urgency": next(iter(Urgency)),
        "status": Status.IN_PROGRESS,
        "channel": "12345",
        "area": "横水镇",
        "place": "老城社区",
        "caller": "王先生",
        "steward": "崇义县城管局",
        "section": "",
        "handler": "",
        "grade": Grade.D,
        "pool_grade": Grade.D,
        "is_secret": False,
        "round": 1,
        "urge_count": 0,
        "press_at": NOW - timedelta(days=1),
        "unit_due_at": None,
        "citizen_due_at": None,
        "is_due_provisional": False,
        "accepted_at": NOW - timedelta(days=6),
        "is_overdue": True,
        "sort_rank": 1,
    }
    return OrderRow(**{**values, **changes})


def put_in_place(monkeypatch: Any, **modules: dict[str, Any]) -> None:
    """Let `importlib.import_module("desk.<name>")` find these functions."""
    for name, contents in modules.items():
        full = f"desk.{name.replace('__', '.')}"
        module = ModuleType(full)
        vars(module).update(contents)
        monkeypatch.setitem(sys.modules, full, module)


def stand_in(monkeypatch: Any) -> FakeStore:
    """Put a fake store behind the App."""
    store = FakeStore()
    put_in_place(
        monkeypatch,
        cli__front={"open_store": store.open_store, "log_in": store.log_in, "set_up": store.set_up},
        session={"log_out": lambda desk: store.calls.append(("log_out", desk.actor.staff_no))},
        watch={"watch": lambda desk: store},
        counts={"header_counts": store.header_counts},
    )
    return store


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until every worker has ended and its answer was shown."""
    for _ in range(3):
        with suppress(WorkerCancelled):  # a question that a newer one took the place of
            await pilot.app.workers.wait_for_complete()
        await pilot.pause()
    await pilot.app.workers.wait_for_complete()


def the_app(*, demo: bool = False, plain: bool = False, as_staff_no: str | None = None) -> DeskApp:
    options = LaunchOptions(demo=demo, plain=plain, as_staff_no=as_staff_no)
    return (DemoApp if demo else DeskApp)(options)


def text_of(app: DeskApp) -> str:
    """What stands on the screen now, line by line."""
    compositor = app.screen._compositor
    return "\n".join("".join(part.text for part in strip) for strip in compositor.render_strips())


async def until(pilot: Pilot[Any], condition: Any) -> None:
    """Let the App work until `condition()` holds (the live thread has no worker to wait for)."""
    ends = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < ends, "the App never got there"
        await pilot.pause(0.01)
