"""Live update: one thread that watches store and telephone and counts for the header."""

from __future__ import annotations

import contextlib
import importlib
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.rows import HeaderCounts
    from desk.telephone import RingRow

POLL_SECONDS = 0.5
COUNT_AGAIN_SECONDS = 30.0
AWAY_SECONDS = 5.0


class Live:
    """Polls `desk.watch` twice a second; on a change, and every 30 seconds, counts and reports. A ring is told at once.

    One thread for it all: the watch keeps one connection, and SQLite connections do not change threads.
    """

    def __init__(
        self,
        desk: Desk,
        report: Callable[[HeaderCounts], object],
        rung: Callable[[tuple[RingRow, ...]], object],
    ) -> None:
        self._desk = desk
        self._report = report
        self._rung = rung
        self._stopped = threading.Event()
        self._asked = threading.Event()
        self._locked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Begin to watch; the first report comes at once."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread soon; nothing is reported any more."""
        self._stopped.set()
        self._asked.set()

    def look_now(self) -> None:
        """Do not wait for the next poll: this desk has just changed something."""
        self._asked.set()

    def step_away(self) -> None:
        """The seat is locked: the others are told that nobody takes calls here."""
        self._locked.set()
        self._asked.set()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                watch = importlib.import_module("desk.watch").watch(self._desk)
                with contextlib.closing(watch):
                    self._watch(watch)
            except Exception as bug:
                # A store that is away for a moment (backup, USB stick) must not end the watch.
                note_bug(bug, "live")
                self._stopped.wait(AWAY_SECONDS)

    def _watch(self, watch: Any) -> None:
        counted_at = float("-inf")
        while not self._stopped.is_set():
            asked = self._asked.is_set()
            self._asked.clear()
            if self._locked.is_set():
                self._locked.clear()
                watch.step_away()
            rings = watch.rings()
            if rings is not None:
                self._tell(self._rung, rings)
            if watch.changed() or asked or time.monotonic() - counted_at >= COUNT_AGAIN_SECONDS:
                self._count()
                counted_at = time.monotonic()
            self._asked.wait(POLL_SECONDS)

    def _count(self) -> None:
        counts = importlib.import_module("desk.counts").header_counts(self._desk)
        self._tell(self._report, counts)

    def _tell(self, call: Callable[[Any], object], news: Any) -> None:
        if not self._stopped.is_set():
            with contextlib.suppress(RuntimeError):
                call(news)
