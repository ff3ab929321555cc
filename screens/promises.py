"""承诺回电 at this desk: a question that was left rings once where it is to be answered, and at 班长 when it is late (P17).

Like every alarm: one line where the desk answers anyway, one bell, nothing opened; while a call runs here the bell waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.alarms import ask_flow
from screens.cells import clock

if TYPE_CHECKING:
    from datetime import datetime

    from desk.context import Desk
    from desk.promise_rows import PromiseRow
    from screens.app import DeskApp

FLOW = "desk.promises"
_SOON_SECONDS = 120.0
"""So long before it is due a promise takes the place of the figures on the top line."""


class Promises:
    """The promises that concern this person. `look` when the header was counted, `tick` every second."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._known: tuple[PromiseRow, ...] = ()
        self._told: set[tuple[int, str]] = set()
        self._owes_bell = False

    @property
    def known(self) -> tuple[PromiseRow, ...]:
        """The promises that run, as they were seen last; the one due first on top."""
        return self._known

    def look(self) -> None:
        """Read them again, unless there were none and are none."""
        counts = self._app.counts
        if self._known or (counts is not None and counts.promises):
            desk = self._desk
            ask_flow(self._app, FLOW, lambda flow: flow.board(desk), self._seen, "promises look")

    def tick(self) -> None:
        """A second has passed: one may be late now."""
        now = self._desk.now()
        for row in self._known:
            self._tell(row, now)
        if self._owes_bell and not self._is_talking:
            self._owes_bell = False
            self._app.bell()

    def notice(self, now: datetime) -> str:
        """What the top line says of those that are late or nearly so, '' for nothing."""
        pressing = [row for row in self._known if (row.due_at - now).total_seconds() <= _SOON_SECONDS]
        if not pressing:
            return ""
        first = pressing[0]
        more = f"等 {len(pressing)} 件" if len(pressing) > 1 else ""
        late = "已超时" if first.due_at <= now else f"{clock(first.due_at)} 前"
        return f"承诺回电 {first.target}{more} {late}，F10 办理"

    def _seen(self, found: tuple[PromiseRow, ...]) -> None:
        if self._app.desk is self._desk:
            self._known = found
            self._app.show_header()
            self.tick()

    def _tell(self, row: PromiseRow, now: datetime) -> None:
        """Say once each: that it is to be answered, that the answer is there, that it is late."""
        for what, line in _lines(row, now):
            if (row.id, what) not in self._told:
                self._told.add((row.id, what))
                self._owes_bell = True
                say = getattr(self._app.screen, "say", None)
                if say is not None:
                    say(line, "refused" if what == "late" else "")

    @property
    def _is_talking(self) -> bool:
        telephone = self._app.background.telephone
        return telephone is not None and telephone.is_talking


def _lines(row: PromiseRow, now: datetime) -> list[tuple[str, str]]:
    lines = []
    if row.is_to_answer and not row.answer:
        lines.append(("asked", f"{row.asked_by} 留下问题，{clock(row.due_at)} 前回电：F10 办理"))
    if row.is_asked_here and row.answer:
        lines.append(("answered", f"{row.target} 已答复，请在 {clock(row.due_at)} 前回电 {row.number}：F10"))
    if row.due_at <= now:
        lines.append(("late", f"承诺回电已超时：{row.target}，{row.asked_by} 留的问题，F10 办理"))
    return lines
