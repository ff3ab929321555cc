"""The smallest Textual program: what every start is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """One word on an empty screen."""

    def compose(self) -> ComposeResult:
        yield Static("hello world")


if __name__ == "__main__":
    Hello().run()
