"""Once a minute what time alone decides is done from the desk of somebody who may, whichever screen is shown."""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from desk.codes import Deed
from desk.errors import Refused
from desk.rules import rights
from desk.rules.rights import Scope
from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk

SWEEP_SECONDS = 60.0
FIRST_SECONDS = 5.0
LEARNING_PAUSE = 0.2
"""Between a few lessons and the next: who sits at this desk does not notice."""


def may_sweep(desk: Desk) -> bool:
    """Whether this person's desk does it: 班长, 派单员. Asked before anything heavy is loaded."""
    return Scope.CENTRE in rights.scopes(desk.actor.roles, Deed.AUTO_SIGN)


class Sweep:
    """Calls `desk.my_tickets.sweep` in a thread of its own, for a write may wait; `done` hears how much was done."""

    def __init__(self, desk: Desk, done: Callable[[int], object]) -> None:
        self._desk = desk
        self._done = done
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweep", daemon=True)

    def start(self) -> None:
        """Begin; the first sweep comes a minute later, when the first screen has long been drawn, learning soon."""
        self._thread.start()

    def stop(self) -> None:
        """End soon."""
        self._stopped.set()

    def _run(self) -> None:
        if not self._stopped.wait(FIRST_SECONDS):
            self._learn()
        while not self._stopped.wait(SWEEP_SECONDS):
            self._learn()
            try:
                count = importlib.import_module("desk.my_tickets").sweep(self._desk)
            except Refused:
                # The store is busy or away: the next minute, or another desk, will do it.
                continue
            except Exception as bug:
                note_bug(bug, "sweep")
                continue
            if count and not self._stopped.is_set():
                with contextlib.suppress(RuntimeError):
                    self._done(count)

    def _learn(self) -> None:
        """Learn what was dispatched while nobody asked for a proposal, a little at a time."""
        try:
            keeping = importlib.import_module("desk.learning.keeping")
            keeping.catch_up_all(self._desk, lambda: self._stopped.wait(LEARNING_PAUSE))
        except Refused:
            return
        except Exception as bug:
            note_bug(bug, "learn")
