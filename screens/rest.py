"""小休 of this seat: F10 `r` begins and ends it, the top line says that it lasts (practice P31)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.alarms import ask_flow

if TYPE_CHECKING:
    from datetime import datetime

    from desk.context import Desk
    from screens.app import DeskApp

FLOW = "desk.seats"


class Rest:
    """Whether this seat rests; the telephone system may say so too, so it is read when the work file has changed."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._since: datetime | None = None

    @property
    def since(self) -> datetime | None:
        """Since when it lasts, None for not at all."""
        return self._since

    def look(self) -> None:
        """Read again whether this seat rests."""
        desk = self._desk
        ask_flow(self._app, FLOW, lambda flow: flow.resting_since(desk), self._seen, "rest look")

    def notice(self, now: datetime) -> str:
        """What the top line says, '' for nothing."""
        if self._since is None:
            return ""
        minutes = max(int((now - self._since).total_seconds() // 60), 0)
        return f"小休 {minutes} 分，不派来电：F10 再按 r 结束"

    def _seen(self, since: datetime | None) -> None:
        if self._app.desk is self._desk and since != self._since:
            self._since = since
            self._app.show_header()
