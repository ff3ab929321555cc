"""Keys are handled one after the other, as they were typed."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import events
from textual.message_pump import MessagePump
from textual.widgets import Input

if TYPE_CHECKING:
    from screens.app import DeskApp

TypedEvent = events.Key | events.Paste
_MOVES = frozenset({"up", "down", "pageup", "pagedown", "home", "end"})
"""Keys held down in lists: what they leave behind moves no focus that is not moved at once."""
LOST_AFTER = 0.5
"""Seconds after which a key whose widget has gone stops holding up the others."""


class KeyLine:
    """Lets the next key in when the one before has done what it does.

    Stock Textual hands a burst of keys, as slow lines deliver them, to whatever has the focus at its beginning: of
    `1203`, Enter, `246810` all ten digits fall into the first field. Each key is followed here up to the App, twice:
    once for the key, once for the messages (`Submitted`) that it left behind.
    """

    def __init__(self, app: DeskApp, let_in: Callable[[TypedEvent], Awaitable[None]]) -> None:
        self._app = app
        self._let_in = let_in
        self._waiting: deque[TypedEvent] = deque()
        self._under_way: TypedEvent | None = None

    async def came(self, event: TypedEvent) -> None:
        """Let the key in, now or when its turn comes."""
        if self._under_way is None:
            await self._enter(event)
            return
        self._waiting.append(event)
        stuck = self._under_way
        self._app.set_timer(LOST_AFTER, lambda: self._is_done(stuck))

    async def _enter(self, event: TypedEvent) -> None:
        self._under_way = event
        begins_at: MessagePump = self._app.focused or self._app.screen
        await self._let_in(event)
        self._follow(event, begins_at, 1)

    def _follow(self, event: TypedEvent, at: MessagePump | None, rounds: int) -> None:
        if at is None or at is self._app or not at.call_later(self._handled_by, event, at, rounds):
            self._came_up(event, rounds)

    def _handled_by(self, event: TypedEvent, at: MessagePump, rounds: int) -> None:
        """Called by `at` after it has handled the key, and everything that came to it before."""
        if isinstance(event, events.Key) and event.is_printable and isinstance(at, Input):
            self._is_done(event)
        else:
            self._follow(event, at._parent, rounds)

    def _came_up(self, event: TypedEvent, rounds: int) -> None:
        # The next key may come while a message of this one still climbs, so even a key alone has a second round.
        is_move = isinstance(event, events.Key) and event.key in _MOVES
        if rounds and (self._waiting or not is_move):
            self._app.call_later(
                lambda: self._follow(event, self._app.focused or self._app.screen, rounds - 1)
            )
        else:
            self._app.call_later(self._is_done, event)

    def _is_done(self, event: TypedEvent) -> None:
        if self._under_way is not event:
            return
        if self._waiting:
            self._under_way = self._waiting.popleft()
            self._app.call_later(self._enter, self._under_way)
        else:
            self._under_way = None
