"""A bug costs one key, not the desk; and whatever ends the desk, what is half typed is kept first."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import signal
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any, NoReturn

from screens.errands import BUG, Errands
from screens.journal import note_bug
from screens.terminal import is_gone

if TYPE_CHECKING:
    from screens.app import DeskApp

DIED = "坐席台出错退出，已记入日志；已保存的工单和草稿不受影响，请重新打开"
KEEP_SECONDS = 2.0
MOST_BUGS, IN_SECONDS = 10, 10.0
"""More than so many in so short a time is a loop that only an end stops."""
_HALF_BUILT = frozenset({"_pre_process", "_compose", "_process_messages", "_process_messages_loop"})
"""Where Textual catches what leaves a page half built or deaf: better no desk than such a one."""


class Lifeline:
    """What the App does when something goes wrong."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._bugs: deque[float] = deque(maxlen=MOST_BUGS)
        self._ending: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """End in order when the terminal is closed or the machine shuts down."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has no such handlers; there the drafts are as old as the last pause in typing.
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.end, 128 + int(number))

    def bug(self, error: Exception) -> None:
        """Log it, keep what is typed, say so and go on; end if the App cannot go on."""
        note_bug(error, "app")
        caught_in = error.__traceback__.tb_frame.f_code.co_name if error.__traceback__ else ""
        if caught_in in _HALF_BUILT or self._is_a_loop():
            self.end(1, DIED)
            return
        self.keep()
        refuse = getattr(self._app.screen, "refuse", None)
        if refuse is not None:
            refuse(BUG)

    def _is_a_loop(self) -> bool:
        self._bugs.append(time.monotonic())
        return len(self._bugs) == MOST_BUGS and self._bugs[-1] - self._bugs[0] < IN_SECONDS

    def keep(self) -> None:
        """Save what is half typed on every page, without waiting for the next pause in typing."""
        for screen in self._pages():
            try:
                screen.keep_now()
            except Exception as bug:
                note_bug(bug, "keep")

    def unsaved(self) -> str:
        """Return what would be lost by leaving, in words; '' for nothing."""
        return "、".join(filter(None, (screen.unsaved() for screen in self._pages())))

    def _pages(self) -> list[Errands[Any]]:
        stacks = self._app._screen_stacks.values()
        return [screen for stack in stacks for screen in stack if isinstance(screen, Errands)]

    def end(self, status: int, message: str = "") -> None:
        """Keep what is half typed, then end with this exit status; a disk that hangs is not waited for."""
        if not self._app.is_running:
            self._app.exit(status, return_code=status, message=message)
        elif self._ending is None:
            self._ending = asyncio.get_running_loop().create_task(self._end(status, message))

    def _end_without_a_terminal(self, status: int) -> NoReturn:
        # Textual would wait for ever for its writing thread, which died with the terminal.
        self._app.background.end()
        self._app.session.close()
        with contextlib.suppress(Exception):
            atexit._run_exitfuncs()
        os._exit(status)

    async def _end(self, status: int, message: str) -> None:
        self.keep()
        busy = (worker.wait() for worker in self._app.workers if not worker.is_finished)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*busy, return_exceptions=True), KEEP_SECONDS)
        if is_gone(sys.__stderr__.fileno() if sys.__stderr__ else -1):
            self._end_without_a_terminal(status)
        self._app.exit(status, return_code=status, message=message)
