"""What rings at this desk, whichever screen it shows: emergencies at their minutes (practice P24, P27).

An alarm says one line where the desk answers anyway and rings the bell once. It never moves the cursor, opens nothing
and eats no key; while a call runs at this seat the bell waits until it is over.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from desk.rules.stopwatch import Stopwatches, alarms_between, has_come
from desk.steady import steady_seconds
from screens.columns import short_number
from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.emergency_rows import AlarmRow, ClockRow, NudgeRow
    from desk.rows import HeaderCounts
    from screens.app import DeskApp

FLOW = "desk.emergency"
Steady = Callable[[], float]


class Clocks:
    """The stopwatches of this terminal; header, list and alarms read the same ones."""

    def __init__(self, steady: Steady = steady_seconds) -> None:
        self.steady = steady
        self._watches = Stopwatches()
        self.owed: frozenset[str] = frozenset()
        """The stopwatches of what is owed beside the emergencies (`NudgeRow.key`)."""

    def run(self, order_no: str, started_at: datetime, now: datetime) -> timedelta:
        """How long an emergency has run, by the steady clock."""
        return self._watches.elapsed(order_no, started_at, now, self.steady())

    def keep_only(self, order_nos: set[str]) -> None:
        """Forget the emergencies that are over."""
        self._watches.keep_only(order_nos | self.owed)


_CLOCKS: WeakKeyDictionary[Any, Clocks] = WeakKeyDictionary()


def clocks_of(app: DeskApp) -> Clocks:
    """The one set of stopwatches of an App."""
    return _CLOCKS.setdefault(app, Clocks())


class Alarms:
    """Rings. The App calls `look` when something has changed, and `tick` every second."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._desk: Desk | None = None
        self._known: tuple[ClockRow, ...] = ()
        self._minutes: tuple[int, ...] = ()
        self._nudges: tuple[NudgeRow, ...] = ()
        self._before: dict[str, timedelta] = {}
        self._owes_bell = False

    def look(self) -> None:
        """Read again which emergencies run, unless there were none and are none."""
        desk, counts = self._app.desk, self._app.counts
        runs = counts is not None and (counts.emergencies or counts.handovers)
        if desk is None or not (self._known or self._nudges or runs):
            return
        self._ask(lambda flow: flow.alarms(desk), lambda found: self._seen(desk, found), "look")

    def tick(self) -> None:
        """Ring for the minutes that were reached since the last second."""
        desk = self._app.desk
        if desk is None or desk is not self._desk:
            return
        now = desk.now()
        lines = [line for clock in self._known if (line := self._line(clock, now))]
        lines += [line for nudge in self._nudges if (line := self._nudged(nudge, now))]
        if lines:
            self._say("；".join(lines))
            self._owes_bell = True
        if self._owes_bell:
            self._ask(lambda flow: flow.is_on_call(desk), self._ring, "bell")

    def steadied(self, counts: HeaderCounts, now: datetime) -> HeaderCounts:
        """The header's figures with the due time where the steady clock sees it: `剩18分` then never jumps."""
        for clock in self._known:
            if clock.due_at == counts.emergency_due_at:
                run = clocks_of(self._app).run(clock.order_no, clock.started_at, now)
                return replace(counts, emergency_due_at=now + (clock.due_at - clock.started_at) - run)
        return counts

    def _line(self, clock: ClockRow, now: datetime) -> str:
        run = clocks_of(self._app).run(clock.order_no, clock.started_at, now)
        before, self._before[clock.order_no] = self._before.get(clock.order_no), run
        reached = alarms_between(before, run, self._minutes)
        if not reached:
            return ""
        over = "，请续报" if run >= clock.due_at - clock.started_at else ""
        return f"应急 {short_number(clock.order_no)} {clock.type} {clock.place} 已 {reached[-1]} 分，尚未控制{over}（F5）"

    def _nudged(self, nudge: NudgeRow, now: datetime) -> str:
        run = clocks_of(self._app).run(nudge.key, nudge.begun_at, now)
        before, self._before[nudge.key] = self._before.get(nudge.key), run
        if not has_come(before, run, nudge.after):
            return ""
        return f"应急 {short_number(nudge.order_no)} {nudge.words}（F5）"

    def _seen(self, desk: Desk, found: AlarmRow) -> None:
        if desk is not self._app.desk:
            return
        self._desk, self._known, self._minutes = desk, found.clocks, found.minutes
        self._nudges = found.nudges
        clocks_of(self._app).owed = frozenset(nudge.key for nudge in found.nudges)
        running = {clock.order_no for clock in found.clocks} | {nudge.key for nudge in found.nudges}
        self._before = {number: run for number, run in self._before.items() if number in running}
        self.tick()

    def _say(self, line: str) -> None:
        say = getattr(self._app.screen, "say", None)
        if say is not None and self._app.current_mode not in ("log_in", "set_up"):
            say(line, "refused")

    def _ring(self, is_on_call: bool) -> None:
        if self._owes_bell and not is_on_call:
            self._owes_bell = False
            self._app.bell()

    def _ask(self, ask: Callable[[Any], Any], then: Callable[[Any], object], group: str) -> None:
        ask_flow(self._app, FLOW, ask, then, f"alarms {group}")


def ask_flow(
    app: DeskApp, flow: str, ask: Callable[[Any], Any], then: Callable[[Any], object], group: str
) -> None:
    """Ask a flow in a thread, for the first look brings SQLModel with it, and hand the answer to the App's own.

    `group` names what is asked; asked again it takes the place of the question before.
    """

    def work() -> None:
        try:
            found = ask(importlib.import_module(flow))
        except Exception as trouble:
            note_bug(trouble, group)
            return
        with contextlib.suppress(RuntimeError):
            app.call_later(then, found)

    app.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)
