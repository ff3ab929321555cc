"""Asking the desk: the same worker mechanics for screens and dialogs."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input
from textual.worker import get_current_worker

from desk.errors import Refused
from screens.journal import note_bug
from screens.widgets.choice import Choice
from screens.widgets.field import Field
from screens.widgets.key_hints import MessageLine

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.telephone import RingRow
    from desk.transfer_rows import TransferRow
    from screens.app import DeskApp
    from screens.widgets.header import HeaderState

Result = TypeVar("Result")
Returned = TypeVar("Returned")
BUG = "程序出错，已记入日志；填写的内容都在，请再试一次或换个办法"
BUSY = "上一步还在办理，请稍候"
AT_REST = frozenset({"detail"})
"""Groups of reads that follow a list's cursor."""
REST_SECONDS = 0.12
"""How long the cursor stands still before they are asked: a held key draws two rows a step, not a page."""


class Errands(Screen[Result]):
    """A screen that asks and acts through its flow in worker threads.

    `FLOW` names a module of `desk/`; it is imported in the worker, because it brings SQLModel with it.
    """

    FLOW: ClassVar[str] = ""
    OPENS_PAGES: ClassVar[bool] = True
    """Whether Ctrl+P, Ctrl+D and Ctrl+F open their page over it."""
    HAS_HELP: ClassVar[bool] = True
    """Whether F1 lists its keys over it."""
    IS_APART: ClassVar[bool] = False
    """Whether it stands apart from the five screens: of the keys that hold everywhere only F1 and Ctrl+Q work on it."""
    # Stock Textual repaints the whole screen (9 KB) when the focus moves; the two widgets do it themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._deeds: set[str] = set()
        self._steps: dict[str, int] = {}
        self._reads: dict[str, int] = {}

    @property
    def desk_app(self) -> DeskApp:
        """The App, typed."""
        return cast("DeskApp", self.app)

    def read(
        self, ask: Callable[[Any, Desk], Returned], show: Callable[[Returned], object], *, group: str = "read"
    ) -> None:
        """Call `ask(flow, desk)` in a thread and `show` what it returned here.

        A newer read of the same group makes the older one's answer void; one of the groups `AT_REST` waits for
        the cursor to rest. Before log-in nothing happens.
        """
        desk = self.desk_app.desk
        if desk is None:
            return
        if group not in AT_REST:
            self._read(desk, ask, show, group)
            return
        self._steps[group] = step = self._steps.get(group, 0) + 1
        self._reads[group] = self._reads.get(group, 0) + 1

        async def at_rest() -> None:
            await asyncio.sleep(REST_SECONDS)
            if self._steps[group] == step:
                self._read(desk, ask, show, group)

        self.run_worker(at_rest(), group=f"{group} at rest", exit_on_error=False)

    def _read(
        self,
        desk: Desk,
        ask: Callable[[Any, Desk], Returned],
        show: Callable[[Returned], object],
        group: str,
    ) -> None:
        self._reads[group] = number = self._reads.get(group, 0) + 1

        def show_newest(tell: Callable[[Any], object], found: Any) -> None:
            # An answer that was already on its way belongs to another tab or another row.
            if self._reads[group] == number:
                tell(found)

        def work() -> None:
            worker = get_current_worker()
            try:
                found = ask(self._flow(), desk)
            except Exception as trouble:
                errand: tuple[Callable[[Any], object], Any] = (self.troubled, trouble)
            else:
                errand = (show, found)
            if not worker.is_cancelled and self.desk_app.desk is desk:
                self._back_home(show_newest, *errand)

        self.run_worker(work, thread=True, exclusive=True, group=group, exit_on_error=False)

    def act(
        self,
        deed: Callable[[Any, Desk], Returned],
        then: Callable[[Returned], object] | None = None,
        *,
        done: str = "",
        name: str = "deed",
        otherwise: Callable[[Refused], object] | None = None,
    ) -> bool:
        """Do `deed(flow, desk)` in a thread; afterwards say `done`, call `then` with its result and reload.

        A second deed of the same `name` is not begun while the first one runs (False is returned): a key
        pressed twice acts once. `otherwise` is called after a refusal has been shown.
        """
        desk = self.desk_app.desk
        if desk is None or name in self._deeds:
            self.refuse(BUSY if desk else "请先登录")
            return False
        self._deeds.add(name)

        def work() -> None:
            try:
                found = deed(self._flow(), desk)
            except Refused as refusal:
                self._back_home(self._not_done, name, refusal, otherwise)
            except Exception as bug:
                self._back_home(self._not_done, name, bug, None)
            else:
                self._back_home(self._done, name, found, then, done)

        self.run_worker(work, thread=True, exclusive=False, group=f"act {name}", exit_on_error=False)
        return True

    def say(self, words: str, kind: str = "") -> None:
        """Answer in the message line; `kind` is `done`, `refused` or nothing."""
        for line in self.query(MessageLine):
            line.say(words, kind)

    def unsay(self, words: str) -> None:
        """Take these words away, if they still stand there: they are true no longer."""
        for line in self.query(MessageLine):
            if line.words == words:
                line.say("")

    def hush(self, *kinds: str) -> None:
        """Take away what was said in one of these kinds: it was about something that is no longer on screen."""
        for line in self.query(MessageLine):
            if any(line.has_class(f"-{kind}") for kind in kinds):
                line.say("")

    def refuse(self, words: str) -> None:
        """Say why not, in red, with a bell on terminals that have one."""
        self.say(words, "refused")
        self.app.bell()

    def troubled(self, trouble: Exception) -> None:
        """Show a refusal; log a bug and say that there was one."""
        if isinstance(trouble, Refused):
            self.refuse(str(trouble))
            return
        note_bug(trouble, type(self).__name__)
        self.refuse(BUG)

    def open_library(self) -> None:
        """Ctrl+F: 知识库, whatever page one is on."""
        from screens.dialogs.knowledge import Library

        self.app.push_screen(Library())

    def deed_done(self) -> None:
        """A deed of this screen was committed: what is shown may have changed."""

    # What the App asks of whatever is shown; only the five screens have answers.

    def unsaved(self) -> str:
        """What would be lost by leaving (`受理表单`), or nothing."""
        return ""

    def keep_now(self) -> None:
        """Save what is half typed at once: the desk may end."""

    def order_no(self) -> str | None:
        """The number of the order that Ctrl+D opens: the one under the cursor."""
        return None

    def hear_calls(self, calls: tuple[RingRow, ...]) -> None:
        """Which calls are at this seat now; told again every second."""

    def hear_offers(self) -> None:
        """What is offered to this seat, or asked of it, may be another than before."""

    def transfer_ended(self, row: TransferRow) -> None:
        """A call that this seat offered was taken, refused, or came back."""

    def refresh_if_stale(self, change: int) -> None:
        """Reload unless change number `change` was seen already."""

    def not_taken(self) -> None:
        """What this page sent in was not taken: the store did not open, or the PIN was wrong."""

    def show_header(self, state: HeaderState) -> None:
        """Bring the header up to date."""

    def entered(self, field: Field) -> None:  # noqa: ARG002
        """Enter was pressed in `field`: goes to the next one, unless a screen knows better."""
        self.focus_next()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if isinstance(event.input, Field):
            self.entered(event.input)

    def on_field_restricted(self, event: Field.Restricted) -> None:
        self.refuse(event.why)

    def on_choice_changed(self, event: Choice.Changed) -> None:  # noqa: ARG002
        # What was asked for may have been chosen just now: the refusal has had its answer.
        self.hush("refused")

    def on_choice_puzzled(self, event: Choice.Puzzled) -> None:
        self.refuse(event.why)

    def _flow(self) -> Any:
        return importlib.import_module(self.FLOW) if self.FLOW else None

    def _back_home(self, call: Callable[..., object], *args: Any) -> None:
        # The loop may be gone when a slow thread comes back after Ctrl+Q.
        with contextlib.suppress(RuntimeError):
            self.post_message(_Home(call, args))

    def on__home(self, event: _Home) -> None:
        event.stop()
        try:
            event.call(*event.args)
        except Exception as bug:
            if self.app.is_headless:
                raise
            self.troubled(bug)

    def _not_done(self, name: str, trouble: Exception, otherwise: Callable[[Refused], object] | None) -> None:
        self._deeds.discard(name)
        self.troubled(trouble)
        if otherwise is not None and isinstance(trouble, Refused):
            otherwise(trouble)

    def _done(self, name: str, found: Returned, then: Callable[[Returned], object] | None, done: str) -> None:
        self._deeds.discard(name)
        if done:
            self.say(done, "done")
        if then is not None:
            then(found)
        self.deed_done()
        self.desk_app.look_again()


class _Home(Message, bubble=False):
    """A worker's answer, on its way into the screen's own thread."""

    def __init__(self, call: Callable[..., object], args: tuple[Any, ...]) -> None:
        self.call = call
        self.args = args
        super().__init__()
