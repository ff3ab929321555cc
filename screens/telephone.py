"""A ringing phone: an empty form takes the call over, anywhere else one line says so and nothing moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from screens.errands import Errands
from screens.widgets.key_hints import MessageLine

if TYPE_CHECKING:
    from desk.telephone import RingRow
    from screens.app import DeskApp


class Telephone:
    """The calls of this seat; told by the live thread, asked again every second."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._calls: tuple[RingRow, ...] | None = None
        self._heard: set[str] = set()
        """The calls for which the bell has rung."""
        self._at_form: frozenset[str] = frozenset()
        """The calls that the form has taken: they wait for nobody, whatever page lies over it."""
        self._line = ""

    @property
    def calls(self) -> tuple[RingRow, ...]:
        """The calls at this seat, as they were told last."""
        return self._calls or ()

    @property
    def is_talking(self) -> bool:
        """Whether a call runs at this seat."""
        return any(call.was_answered for call in self.calls)

    def told(self, calls: tuple[RingRow, ...]) -> None:
        """Another call rings, or one was answered or has ended."""
        self._calls = calls
        self.tick()

    def tick(self) -> None:
        """Give the calls to the form if nothing lies over it; else say who waits, once."""
        calls, mode = self._calls, self._app.current_mode
        if calls is None or mode in ("log_in", "set_up"):
            return
        if isinstance(self._app.screen, Errands):
            self._app.screen.hear_calls(calls)
        form: Any = self._app.screen
        if hasattr(form, "take_calls"):
            call, how = form.take_calls(calls), "Ctrl+N 接入"
            self._at_form = form.calls_taken
        else:
            waiting = (each for each in calls if not each.was_answered and each.call_id not in self._at_form)
            call = next(waiting, None)
            how = "关闭本页后接入" if mode == "intake" else "F2 接入"
        line = "" if call is None else f"来电 {call.phone or '未显示号码'} {call.line}，{how}"
        if line != self._line:
            self._unsay(self._line)
            self._line = line
            if call is not None:
                self._say(line)
                self._ring(call.call_id, calls)

    def _say(self, line: str) -> None:
        say = getattr(self._app.screen, "say", None)
        if say is not None:
            say(line)

    def _unsay(self, line: str) -> None:
        screens = [screen for stack in self._app._screen_stacks.values() for screen in stack]
        for shown in (shown for screen in screens for shown in screen.query(MessageLine)):
            if line and shown.words == line:
                shown.say("")

    def _ring(self, call_id: str, calls: tuple[RingRow, ...]) -> None:
        is_talking = any(call.was_answered for call in calls)
        if call_id not in self._heard and not is_talking:
            self._app.bell()
        self._heard = {call.call_id for call in calls} & {*self._heard, call_id}
