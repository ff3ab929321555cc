"""告知, and the commands of an emergency's steps, go out from a desk at the centre, each in a thread of its own."""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk

SEND_SECONDS = 20.0
PUSH_SECONDS = 2.0
"""A step of an emergency is told at once; where no command is set nothing is looked for."""


class Messenger:
    """Calls `desk.messages.posting.<errand>` every few seconds; `failed` hears how many failed for good.

    Several desks may do so at once: each message is leased to one of them.
    """

    def __init__(
        self, desk: Desk, failed: Callable[[int], object], errand: str = "post", every: float = SEND_SECONDS
    ) -> None:
        self._desk = desk
        self._failed = failed
        self._errand = errand
        self._every = every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"messenger-{errand}", daemon=True)

    def start(self) -> None:
        """Begin; the first round comes when the first screen has long been drawn."""
        self._thread.start()

    def stop(self) -> None:
        """End after the message that is under way."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self._every):
            try:
                errand = getattr(importlib.import_module("desk.messages.posting"), self._errand)
                count = errand(self._desk, is_over=self._stopped.is_set)
            except Exception as bug:
                note_bug(bug, "messenger")
                continue
            if count and not self._stopped.is_set():
                with contextlib.suppress(RuntimeError):
                    self._failed(count)
