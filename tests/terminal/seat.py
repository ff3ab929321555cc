"""One person at one terminal: the real program, driven by keys alone."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.terminal.pty_desk import Terminal

PIN = "246810"


class Seat(Terminal):
    """A terminal with the desk in it."""

    def __init__(
        self, command: Sequence[str], home: Path, *, columns: int, rows: int, env: Mapping[str, str]
    ) -> None:
        own = {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "TMPDIR": str(home),
            "DESK_STORE": "",
            "DESK_PIN_FILE": "",
        }
        super().__init__(command, columns=columns, rows=rows, env={**own, **env})

    def log_in(self, staff_no: str) -> None:
        """Sign in on the log-in page that is shown."""
        self.wait_for("退出")
        self.type(f"{staff_no}\r")
        self.type(f"{PIN}\r")
        self.wait_for(" F1 ")
        self.settle()

    def switch_to(self, staff_no: str) -> None:
        """Lock the seat and sign somebody else in."""
        self.press("ctrl+l")
        self.wait_for("已锁定")
        self.press("up")
        self.press(*["backspace"] * 4)
        self.log_in(staff_no)

    def do(self, key: str, answer: str) -> None:
        """Press a key and wait until the desk shows `answer`."""
        self.settle()
        self.press(key)
        self.wait_for(answer)
        self.settle()

    def wait_for_the_end(self, seconds: float = 10.0) -> None:
        """Wait until the program has ended by itself."""
        ends = time.monotonic() + seconds
        while not self.is_over:
            assert time.monotonic() < ends, f"it goes on:\n{self.text}"
            self.pump(0.05)
