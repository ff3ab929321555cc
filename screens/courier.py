"""交接 by itself: every few minutes a desk looks into the folder that the environment names (practice P18: sent when the line returns)."""

from __future__ import annotations

import contextlib
import importlib
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desk.codes import Deed
from desk.errors import Refused
from desk.rules import rights
from screens.journal import note_bug

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.stations.folder import Synced

FOLDER = "DESK_HANDOVER"
"""The variable that names the folder; without it nothing goes by itself."""
EVERY_SECONDS = 120.0
FIRST_SECONDS = 5.0


def folder_of(desk: Desk) -> Path | None:
    """Return the folder that this person's desk looks into, or None."""
    named = os.environ.get(FOLDER, "")
    may = rights.scopes(desk.actor.roles, Deed.READ_HANDOVER)
    return Path(named) if named and may else None


class Courier:
    """Calls `desk.stations.folder.sync` in a thread of its own; `told` hears what came. A line that is down is not told."""

    def __init__(self, desk: Desk, folder: Path, told: Callable[[Synced], object]) -> None:
        self._desk = desk
        self._folder = folder
        self._told = told
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin; the first look comes when the first screen has been drawn."""
        self._thread.start()

    def stop(self) -> None:
        """End soon."""
        self._stopped.set()

    def _run(self) -> None:
        wait = FIRST_SECONDS
        while not self._stopped.wait(wait):
            wait = EVERY_SECONDS
            try:
                synced = importlib.import_module("desk.stations.folder").sync(self._desk, self._folder)
            except Refused:
                # No line, or a store that is busy: the header goes on saying what waits.
                continue
            except Exception as bug:
                note_bug(bug, "courier")
                continue
            if (synced.taken or synced.refused) and not self._stopped.is_set():
                with contextlib.suppress(RuntimeError):
                    self._told(synced)
