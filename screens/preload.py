"""What this desk will need is loaded while nothing else happens.

The first F-key and the first deed are then as quick as the second, and a desk that stays open while the program is
upgraded on disk never loads a page of the other version.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable

from screens.journal import note_bug
from screens.modes import MODES

AFTER_SECONDS = 3.0
PAUSE_SECONDS = 0.05
DEEDS = ("desk.deeds_ready", "desk.hotline_day", "screens.dispatch.hotline_day")


def names() -> tuple[str, ...]:
    """The modules to load: each screen and its flow, then what every deed needs."""
    pages = (f"{floor}.{mode}" for mode, _, _ in MODES for floor in ("screens", "desk"))
    return (*pages, *DEEDS)


class Preload:
    """One thread, once in the life of the program; it ends by itself."""

    def __init__(
        self,
        after_seconds: float = AFTER_SECONDS,
        modules: tuple[str, ...] | None = None,
        note: Callable[[Exception, str], None] = note_bug,
    ) -> None:
        self._after = after_seconds
        self._modules = names() if modules is None else modules
        self._note = note
        self._stopped = threading.Event()
        self.thread = threading.Thread(target=self._run, name="preload", daemon=True)

    def start(self) -> None:
        """Begin after a while, so that the first page and its first keys come first."""
        self.thread.start()

    def stop(self) -> None:
        """Load nothing more."""
        self._stopped.set()

    def _run(self) -> None:
        self._stopped.wait(self._after)
        for name in self._modules:
            if self._stopped.is_set():
                return
            try:
                importlib.import_module(name)
            except Exception as bug:
                self._note(bug, "preload")
            self._stopped.wait(PAUSE_SECONDS)
