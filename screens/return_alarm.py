"""退单 that no dispatcher decided in time ring once at 班长's desk, whichever screen it shows (practice P7, P27).

Like every alarm: one line where the desk answers anyway, one bell, nothing opened, no key eaten; while a call runs at
this seat the bell waits until it is over.
"""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING

from desk.codes import Deed, Role, word
from desk.errors import Refused
from desk.rules import rights
from desk.rules.rights import Scope
from screens.columns import short_number
from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.return_alarm import LateReturn
    from screens.app import DeskApp

FLOW, CALLS = "desk.return_alarm", "desk.emergency"


def may_hear(desk: Desk) -> bool:
    """Whether it rings at this person's desk: it is 班长 who decides now."""
    decides = Scope.CENTRE in rights.scopes(desk.actor.roles, Deed.GRANT_RETURN)
    return decides and Role.SUPERVISOR in desk.actor.roles


class ReturnAlarm:
    """Rings for each late 退单 once. The App calls `look` whenever the header was counted."""

    def __init__(self, app: DeskApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._told: set[str] = set()
        self._owes_bell = False

    def look(self) -> None:
        """Ask in a thread which wait past their limit."""
        if may_hear(self._desk):
            self._app.run_worker(
                self._ask, thread=True, exclusive=True, group="late returns", exit_on_error=False
            )

    def _ask(self) -> None:
        try:
            found = importlib.import_module(FLOW).late_returns(self._desk)
            is_on_call = bool(importlib.import_module(CALLS).is_on_call(self._desk))
        except Refused:
            # The store is busy or away: the next count, half a minute later, asks again.
            return
        except Exception as trouble:
            note_bug(trouble, "late returns")
            return
        with contextlib.suppress(RuntimeError):
            self._app.call_later(self._tell, found, is_on_call)

    def _tell(self, found: tuple[LateReturn, ...], is_on_call: bool) -> None:
        say = getattr(self._app.screen, "say", None)
        is_in = self._app.current_mode not in ("log_in", "set_up")
        if say is None or not is_in or self._app.desk is not self._desk:
            return
        fresh = [each for each in found if each.uid not in self._told]
        if fresh:
            self._told |= {each.uid for each in fresh}
            self._owes_bell = True
            say(line_of(fresh), "refused")
        if self._owes_bell and not is_on_call:
            self._owes_bell = False
            self._app.bell()


def line_of(fresh: list[LateReturn]) -> str:
    """Say which 退单 fell to 班长, the first of several by its number."""
    first, more = fresh[0], f"等 {len(fresh)} 件" if len(fresh) > 1 else ""
    return (
        f"{word(first.kind)} {short_number(first.order_no)}（{first.unit}）{more}裁定超期，待您裁定：F3 退单"
    )
