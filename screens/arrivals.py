"""A new order rings at a dispatcher's desk, whichever screen it shows; at night 紧急 and 特急 only (practice P21, P27).

It moves no cursor and eats no key; while a call runs at this seat the bell waits until it is over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desk.codes import Role, Urgency, word
from screens.alarms import ask_flow
from screens.columns import short_number

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.dispatch_rows import Arrivals
    from desk.rows import OrderRow
    from screens.app import DeskApp

FLOW, TELEPHONE = "desk.dispatch", "desk.emergency"


class NewOrders:
    """Watches the queue of a person who dispatches. The App calls `look` when something has changed, `tick` every second."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._since: int | None = None
        self._owes_bell = False

    def look(self) -> None:
        """Read what has come since the last look."""
        desk = self._app.desk
        if desk is None or Role.DISPATCHER not in desk.actor.roles:
            return
        since = self._since
        ask_flow(
            self._app,
            FLOW,
            lambda flow: flow.arrivals(desk, since),
            lambda found: self._seen(desk, since, found),
            "arrivals look",
        )

    def tick(self) -> None:
        """Ring as soon as nobody is on the telephone here."""
        desk = self._app.desk
        if self._owes_bell and desk is not None:
            ask_flow(self._app, TELEPHONE, lambda flow: flow.is_on_call(desk), self._ring, "arrivals bell")

    def _seen(self, desk: Desk, since: int | None, found: Arrivals) -> None:
        if desk is not self._app.desk or since != self._since:
            return
        self._since = found.newest
        if found.ringing:
            self._owes_bell = True
            self._say([row for row in found.ringing if row.urgency is not Urgency.NORMAL])
            self.tick()

    def _say(self, rows: list[OrderRow]) -> None:
        """Name what cannot wait; a secret order by its number alone (P32 c)."""
        say: Any = getattr(self._app.screen, "say", None)
        if not rows or say is None or self._app.current_mode in ("log_in", "set_up"):
            return
        first = rows[0]
        title = "" if first.is_secret else f" {first.title}"
        more = f" 等 {len(rows)} 件" if len(rows) > 1 else ""
        say(f"新到{word(first.urgency)} {short_number(first.order_no)}{title}{more}，待派单（F3）", "refused")

    def _ring(self, is_on_call: bool) -> None:
        if self._owes_bell and not is_on_call:
            self._owes_bell = False
            self._app.bell()
