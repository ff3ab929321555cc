"""Calls on their way to or from this seat: the top line tells of them, no key is eaten, nothing opens (practice P13, P27).

A silent call for 班长 (P25) stands on his top line at once, also while he talks; the bell waits until he does not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desk.transfer_rows import SeatTransfers, TransferState, TransferWay
from screens.alarms import ask_flow
from screens.base import DeskScreen
from screens.errands import Errands

if TYPE_CHECKING:
    from datetime import datetime

    from desk.context import Desk
    from desk.transfer_rows import TransferRow
    from screens.app import DeskApp

FLOW = "desk.transfers"


class Transfers:
    """What is offered to this seat and by it. `look` when the work file has changed, `tick` every second."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._known = SeatTransfers()
        self._told: set[str] = set()
        self._owes_bell = False

    @property
    def incoming(self) -> TransferRow | None:
        """The call that Ctrl+N would take over, if any."""
        now = self._desk.now()
        return next((row for row in self._known.incoming if row.expires_at > now), None)

    @property
    def outgoing(self) -> TransferRow | None:
        """The call that this seat offers now, if any."""
        row = self._known.outgoing
        is_open = row is not None and row.state is TransferState.OFFERED and row.expires_at > self._desk.now()
        return row if is_open else None

    @property
    def known(self) -> SeatTransfers:
        """Everything that concerns this seat, as it was seen last."""
        return self._known

    def look(self) -> None:
        """Read again what concerns this seat."""
        desk = self._desk
        ask_flow(self._app, FLOW, lambda flow: flow.at_seat(desk), self._seen, "transfers look")

    async def take(self, row: TransferRow) -> None:
        """接: take a call over; its form is on F2, whatever page is shown now."""
        await self._app.switch_mode("intake")
        take = getattr(self._app.screen, "take_transfer", None)
        if take is not None:
            take(row)

    def refuse(self, row: TransferRow | None = None) -> None:
        """不接: the call that is offered goes back, or to the next of those it was offered to."""
        row, desk = row or self.incoming, self._desk
        if row is None:
            self._say("现在没有转来的电话")
        else:
            transfer_id = row.id
            ask_flow(
                self._app,
                FLOW,
                lambda flow: flow.refuse(desk, transfer_id),
                self._refused,
                "transfers refuse",
            )

    def tick(self) -> None:
        """A second has passed: an offer may have run out, a bell be due."""
        row = self._known.outgoing
        if row is not None and row.state is TransferState.OFFERED and self.outgoing is None:
            self._outgoing_is(replace(row, state=TransferState.LAPSED))
        if self._owes_bell and not self._is_talking:
            self._owes_bell = False
            if self.incoming or self._known.silent:
                self._app.bell()

    def notice(self, now: datetime) -> str:
        """What the top line says now, '' for nothing."""
        if self._known.silent:
            first, count = self._known.silent[0], len(self._known.silent)
            more = f"等 {count} 起" if count > 1 else ""
            minutes = int((now - first.offered_at).total_seconds() // 60)
            return f"危机 {first.from_name} 座席 {first.from_seat} 已 {minutes} 分{more}，F10 查看"
        if (row := self.incoming) is not None:
            return f"{row.from_name} 转来 剩 {_left(row, now)} 秒：F2 ^N 接，F11 不接  {row.title}"
        if (row := self.outgoing) is not None:
            return f"正在转 {row.label} 剩 {_left(row, now)} 秒，^T 收回"
        return ""

    @property
    def is_running(self) -> bool:
        """Whether seconds are counted on the top line."""
        return self.incoming is not None or self.outgoing is not None

    def _seen(self, found: SeatTransfers) -> None:
        if self._app.desk is not self._desk:
            return
        before, self._known = self._known, found
        fresh = {row.id for row in (*found.incoming, *found.silent)} - self._told
        self._told |= fresh
        self._owes_bell = self._owes_bell or bool(fresh)
        for row, was in ((found.outgoing, before.outgoing), (found.called, before.called)):
            if row and was and row.id == was.id and row.state is not was.state:
                self._outgoing_is(row)
        self._app.show_header()
        if isinstance(self._app.screen, Errands):
            self._app.screen.hear_offers()
        if fresh and not isinstance(self._app.screen, DeskScreen):
            # A page lies over the top line: its own line says so, once.
            self._say(self.notice(self._desk.now()))
        self.tick()

    def _outgoing_is(self, row: TransferRow) -> None:
        """What this seat offered has found its end: the form hears of it."""
        if row.way is not TransferWay.SILENT:
            self._known = replace(self._known, outgoing=row)
        for stack in self._app._screen_stacks.values():
            for screen in stack:
                if isinstance(screen, Errands):
                    screen.transfer_ended(row)

    def _refused(self, _: TransferRow) -> None:
        self._say("没有接，来电已退回")
        self.look()

    @property
    def _is_talking(self) -> bool:
        telephone = self._app.background.telephone
        return telephone is not None and telephone.is_talking

    def _say(self, words: str) -> None:
        say = getattr(self._app.screen, "say", None)
        if say is not None:
            say(words)


def _left(row: TransferRow, now: datetime) -> int:
    return max(0, -int((now - row.expires_at).total_seconds() // 1))
