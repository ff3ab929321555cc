"""The base of the five screens: header, body, message line, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container

from desk.codes import Deed, word
from desk.rules import rights
from screens.errands import Errands
from screens.widgets.header import WIDE, Header, HeaderState
from screens.widgets.key_hints import HelpGroup, Hint, KeyHints, MessageLine
from screens.widgets.row_list import RowList
from screens.widgets.tabs import Tabs


class DeskScreen(Errands[None]):
    """One of the five screens. A subclass gives `FLOW`, `HINTS`, `body()` and `reload()`."""

    HINTS: ClassVar[Sequence[Hint]] = ()
    DEEDS: ClassVar[frozenset[Deed]] = frozenset()
    """What this page is for; whoever may do none of it is told so at once, not after filling a form."""
    MORE_KEYS: ClassVar[Sequence[HelpGroup]] = ()
    BINDINGS = [
        ("left_square_bracket", "tab(-1)"),
        ("right_square_bracket", "tab(1)"),
        ("ctrl+left", "tab(-1)"),
        ("ctrl+right", "tab(1)"),
        ("question_mark", "app.help"),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    DEFAULT_CSS = """
    DeskScreen {
        layout: vertical; background: $background; color: $foreground;
        &.-wide > Header { height: 2; }
        & > #body { height: 1fr; width: 1fr; layout: vertical; }
        &:ansi { background: ansi_default; color: ansi_default; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen_change = -1

    def compose(self) -> ComposeResult:
        # Textual sets this class after mounting, and then styles every widget a second time.
        self.set_class(True, "-wide" if self.app.size.width >= WIDE else "-narrow", update=False)
        yield Header()
        with Container(id="body"):
            yield from self.body()
        yield MessageLine()
        yield KeyHints(self.HINTS)

    def body(self) -> ComposeResult:
        """The widgets between header and message line."""
        yield from ()

    def reload(self) -> None:
        """Read again what is shown; called on log-in, on a change at any desk, and every 30 seconds."""

    def hint(self, *hints: Hint) -> None:
        """Show other keys in the last row."""
        self.query_one(KeyHints).hints = hints

    def help_groups(self) -> Sequence[HelpGroup]:
        """What F1 says of this page before what holds everywhere."""
        return (("本页", self.HINTS), *self.MORE_KEYS)

    def refresh_if_stale(self, change: int) -> None:
        if self.desk_app.desk is not None and self._seen_change != change:
            self._seen_change = change
            self.reload()

    def show_header(self, state: HeaderState) -> None:
        for header in self.query(Header):
            header.show(state)

    def deed_done(self) -> None:
        self.reload()

    def on_screen_resume(self) -> None:
        self.desk_app.screen_shown(self)
        if line := self.not_mine():
            self.say(line)

    def not_mine(self) -> str:
        """Say whose page this is to somebody who may do nothing on it, or nothing."""
        desk = self.desk_app.desk
        if (
            desk is None
            or not self.DEEDS
            or any(rights.scopes(desk.actor.roles, deed) for deed in self.DEEDS)
        ):
            return ""
        roles = [word(role) for role in rights.roles_for(min(self.DEEDS))]
        return f"这一页由{'、'.join(roles)}办理，您只能查看：您的工单在 F4"

    def on_screen_suspend(self) -> None:
        self.hush("refused")

    @on(Tabs.Switched)
    def _hush_other_tab(self) -> None:
        self.hush("refused", "done")

    @on(RowList.Moved)
    def _hush_other_row(self, event: RowList.Moved) -> None:
        if event.by_hand:
            self.hush("refused")

    def action_tab(self, by: int) -> None:
        for tabs in self.query(Tabs):
            tabs.step(by)
            return
