"""A stage for single widgets: no desk behind them, everything they post and write is kept."""

from __future__ import annotations

import io
from typing import Any

from rich.console import Console
from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.message import Message
from textual.screen import Screen

from screens import theme
from screens.errands import Errands
from screens.widgets import Choice, Field, RowList, Tabs


class Stage(Errands[None]):
    """Any widgets on an otherwise empty screen, and what they posted."""

    def __init__(self, *widgets: Any) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield from self.widgets

    @on(RowList.Moved)
    @on(RowList.Opened)
    @on(RowList.Marked)
    @on(RowList.WindowWanted)
    @on(Choice.Changed)
    @on(Tabs.Switched)
    @on(Field.Restricted)
    def hear(self, message: Message) -> None:
        self.heard.append(message)

    def names(self) -> list[str]:
        names = [type(message).__name__ for message in self.heard]
        self.heard.clear()
        return names


TERMINAL = Console(color_system="truecolor", force_terminal=True, file=io.StringIO(), legacy_windows=False)


class StageApp(App[None]):
    def __init__(self, *widgets: Any, plain: bool = False) -> None:
        super().__init__()
        self.animation_level = "none"
        self.stage = Stage(*widgets)
        self.written: list[str] = []
        self.register_theme(theme.NORMAL)
        self.theme = theme.PLAIN if plain else theme.NORMAL.name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return theme.VARIABLES

    def get_default_screen(self) -> Stage:
        return self.stage

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Keep what a terminal with all colours would be sent: headless runs draw nothing."""
        super()._display(screen, renderable)
        if isinstance(renderable, CompositorUpdate):
            self.written.append(renderable.render_segments(TERMINAL))
