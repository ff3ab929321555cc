"""The App: five modes, the global keys, and nothing else; it hears no widget."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.geometry import Size
from textual.screen import Screen

from desk.launch import LaunchOptions
from screens import theme
from screens.background import Background
from screens.errands import Errands
from screens.journal import open_journal
from screens.key_line import KeyLine
from screens.lifeline import DIED, Lifeline
from screens.log_in import LogIn
from screens.modes import BALLOT, HOMES
from screens.modes import MODES as FIVE
from screens.modes import SCREENS as _SCREENS
from screens.modes import screen as _screen
from screens.session import Session
from screens.style_sheets import StyleSheets
from screens.terminal import LEAST_COLUMNS, LEAST_ROWS, draws_wide
from screens.tuning import collect_again, tune

if TYPE_CHECKING:
    from rich.console import RenderableType

    from desk.context import Desk
    from desk.rows import HeaderCounts
    from screens.alarms import Alarms
    from screens.session import Arrival

tune()


class DeskApp(App[int]):
    """民意速办坐席台. Screens find here who sits at the desk; everything else they do themselves."""

    TITLE = "民意速办"
    DEFAULT_MODE = "log_in"
    MODES = {
        "log_in": LogIn,
        "set_up": _screen("set_up"),
        BALLOT: _screen(BALLOT),
        **{mode: _screen(mode) for mode in _SCREENS},
    }
    ENABLE_COMMAND_PALETTE = False
    _mixed_for = ""
    _mixed: dict[str, str]
    BINDINGS: ClassVar[list[Any]] = [
        *(Binding(key.lower(), f"go('{mode}')", word, priority=True) for mode, key, word in FIVE),
        Binding("f1", "help", "帮助", priority=True),
        Binding("ctrl+p", "find", "查找", priority=True),
        Binding("ctrl+d", "card", "详情", priority=True),
        Binding("ctrl+f", "library", "知识库", priority=True),
        Binding("f10", "calls", "转接与呼叫", priority=True),
        Binding("f11", "refuse_transfer", "不接转来的电话", priority=True),
        Binding("ctrl+l", "lock", "锁定", priority=True),
        Binding("ctrl+q", "leave", "退出", priority=True),
    ]

    def __init__(self, options: LaunchOptions, *, ascii_frames: bool = False) -> None:
        super().__init__()
        self.options = options
        self.desk: Desk | None = None
        self.opening: Arrival | None = None
        self.session = Session(self)
        self.background = Background(self)
        self.lifeline = Lifeline(self)
        self.key_line = KeyLine(self, super().on_event)
        self._change = 0
        self._left_mode = ""
        self._is_leaving = False
        self.animation_level = "none"
        self.set_class(ascii_frames or options.plain, "-ascii")
        self.register_theme(theme.NORMAL)
        self.theme = theme.PLAIN if options.plain else theme.NORMAL.name
        self.stylesheet = StyleSheets(variables=self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        # Stock Textual mixes a theme's colours anew each time that it is asked: 3 ms before the first frame, thrice.
        if self._mixed_for != self.theme:
            self._mixed_for, self._mixed = self.theme, super().get_css_variables()
        return self._mixed

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.VARIABLES

    @property
    def counts(self) -> HeaderCounts | None:
        """The header's figures, once counted."""
        return self.background.counts

    @property
    def alarms(self) -> Alarms | None:
        """What rings at this desk, once somebody is signed in."""
        return self.background.alarms

    def now(self) -> datetime:
        """The desk's time, aware UTC (the real time before anybody has signed in)."""
        return self.desk.now() if self.desk is not None else datetime.now(UTC)

    @property
    def centre(self) -> str:
        """The name of the centre whose store this is, once known."""
        if self.desk is not None:
            return self.desk.actor.unit_name
        return self.opening.centre_name if self.opening is not None else ""

    @property
    def is_tried(self) -> bool:
        """Whether a test drives the App: bugs are then to be seen, not survived."""
        return self.is_headless

    def on_mount(self) -> None:
        if not self.is_tried:
            self.lifeline.begin()
        self.call_after_refresh(self.session.open_store)
        self.set_interval(1.0, self._tick)
        self.set_timer(5.0, collect_again)

    # -- from bare terminal to a signed-in person

    async def store_opened(self, opening: Arrival) -> None:
        """The store is there (or is to be made): go on with the page that fits."""
        self.opening = opening
        if opening.desk is not None:
            await self.signed_in(opening.desk)
        elif opening.is_new:
            self.switch_mode("set_up")
        elif isinstance(self.screen, LogIn):
            self.screen.opened()

    def not_opened(self, why: str) -> None:
        """Say why the store did not open or the person did not get in."""
        if isinstance(self.screen, Errands):
            self.screen.not_taken()
        refuse = getattr(self.screen, "refuse", None)
        if refuse is not None:
            refuse(why)

    async def signed_in(self, desk: Desk) -> None:
        """Show this person's screen; the one who only locked the seat finds everything as it was."""
        before, self.desk = self.desk, desk
        if before is not None and before.actor.staff_no != desk.actor.staff_no:
            self.session.log_out(before)
            await self._forget_screens()
        if _is_a_panelist(desk):
            self.background.end()
        else:
            self.background.begin(desk)
        await self.switch_mode(self._left_mode or self._home_mode(desk))
        self._left_mode = ""
        self.screen_shown(self.screen)

    def _home_mode(self, desk: Desk) -> str:
        if _is_a_panelist(desk):
            return BALLOT
        if self.current_mode in _SCREENS and self.options.as_staff_no is None:
            return self.current_mode
        homes = [HOMES[role] for role in HOMES if role in desk.actor.roles]
        return homes[0] if homes else "my_tickets"

    async def _forget_screens(self) -> None:
        self._left_mode = ""
        for mode in (*_SCREENS, BALLOT):
            await self.remove_mode(mode)
            self.add_mode(mode, _screen(mode))

    # -- live update

    def changed(self) -> None:
        """Something was done at this desk or another one."""
        self._change += 1
        self.screen_shown(self.screen)

    def look_again(self) -> None:
        """Count at once: this desk has just changed something."""
        self.background.look_now()

    def screen_shown(self, screen: Screen[Any]) -> None:
        """Bring the visible screen up to date; the others wait until they are shown."""
        self._tick()
        if screen is self.screen and isinstance(screen, Errands):
            screen.refresh_if_stale(self._change)

    def _tick(self) -> None:
        if not self.screen_stack:
            # The second that passes while the program ends.
            return
        # A mode may have been switched, or a dialog closed, while the terminal was too small.
        self._mind_the_size(self.size)
        self.background.tick()
        self.show_header()

    def show_header(self) -> None:
        """Bring the header of the page that is shown up to date."""
        below = self.screen_stack[0]
        # Under a dialog nobody sees it, and Textual would paint the dialog again with it: 4 KB a second while a clock runs.
        is_seen = self.screen is below
        if is_seen and self.current_mode in _SCREENS and isinstance(below, Errands):
            below.show_header(self.background.header(self.current_mode))

    # -- the global keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        screen = self.screen
        if action in {"go", "find", "card", "library", "help", "lock", "calls", "refuse_transfer"}:
            if self.current_mode == BALLOT:
                return action == "help" and isinstance(screen, Errands) and screen.IS_APART
            is_in = self.current_mode in _SCREENS and not self._is_covered
            is_shut = isinstance(screen, Errands) and not (
                screen.HAS_HELP
                if action == "help"
                else screen.OPENS_PAGES or action in {"go", "lock", "refuse_transfer"}
            )
            return is_in and not is_shut
        return True

    async def action_go(self, mode: str) -> None:
        await self.switch_mode(mode)

    def action_help(self) -> None:
        from screens.dialogs import Help

        self.push_screen(Help(self.screen))

    def action_find(self) -> None:
        from screens.dialogs import Finder

        if self.desk is not None:
            self.push_screen(Finder())

    def action_card(self) -> None:
        from screens.dialogs import Card

        page = self.screen
        if not isinstance(page, Errands) or type(page).order_no is Errands.order_no:
            page = self.screen_stack[0]  # what lies over it is about no order of its own
        order_no = page.order_no() if isinstance(page, Errands) else None
        if order_no and self.desk is not None:
            self.push_screen(Card(order_no))

    def action_calls(self) -> None:
        from screens.dialogs.calls import SeatCalls

        if self.background.transfers is not None:
            self.push_screen(SeatCalls())

    def action_refuse_transfer(self) -> None:
        if self.background.transfers is not None:
            self.background.transfers.refuse()

    def action_library(self) -> None:
        below = self.screen_stack[0]
        if isinstance(below, Errands) and self.desk is not None:
            below.open_library()

    async def action_lock(self) -> None:
        if self.desk is None:
            return
        actor, self._left_mode = self.desk.actor, self.current_mode
        self.background.step_away()
        await self.switch_mode("log_in")
        if isinstance(self.screen, LogIn):
            self.screen.opened()
            self.screen.locked(actor.staff_no, actor.name)

    def action_leave(self) -> None:
        unsaved = self.lifeline.unsaved()
        if not unsaved or self._is_leaving:
            self.exit(0)
            return
        from screens.dialogs import Confirm

        self._is_leaving = True
        self.push_screen(Confirm(f"{unsaved} 还没有提交，确定退出？"), self._leave)

    def _leave(self, sure: bool | None) -> None:
        self._is_leaving = False
        if sure:
            self.exit(0)

    # -- the terminal

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            await self.key_line.came(event)
        else:
            await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        self._mind_the_size(event.size)

    def _mind_the_size(self, size: Size) -> None:
        is_too_small = size.width < LEAST_COLUMNS or size.height < LEAST_ROWS
        if is_too_small and not self._is_covered:
            from screens.too_small import TooSmall

            self.push_screen(TooSmall())
        elif not is_too_small and self._is_covered:
            self.screen.dismiss()

    @property
    def _is_covered(self) -> bool:
        """Whether the page for too small a terminal is shown: all others ask the desk something."""
        return not isinstance(self.screen, Errands)

    def on_unmount(self) -> None:
        self.background.close()
        self.session.close()

    def _handle_exception(self, error: Exception) -> None:
        # Textual would print the locals of every frame: callers' words on an open terminal.
        if self.is_tried:
            super()._handle_exception(error)
        else:
            self.lifeline.bug(error)

    def panic(self, *renderables: RenderableType) -> None:
        if self.is_tried:
            super().panic(*renderables)
        else:
            self.lifeline.end(1, DIED)


def _is_a_panelist(desk: Desk) -> bool:
    return "panelist" in desk.actor.roles


class DemoApp(DeskApp):
    """The demo opens with the intake form instead of the log-in page."""

    DEFAULT_MODE = "intake"


def run(options: LaunchOptions) -> int:
    """Open the desk in this terminal; gives the exit status."""
    open_journal()
    ascii_frames = draws_wide()
    app = (DemoApp if options.demo else DeskApp)(options, ascii_frames=ascii_frames)
    app.run()
    return app.return_code or 0
