"""Peak memory (VmHWM) against a Textual hello-world: on the first screen, and after a shift of scripted use."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import big_store
from tests.bench.programs import DESK, HELLO, running, start
from tests.bench.table import Figure
from tests.terminal.pty_desk import Terminal
from tests.world import PIN

ROUNDS = 40
"""An hour at the desk, scaled to what costs memory: 40 calls typed and registered, with the screens between them."""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield the peaks as multiples of hello-world's; the hour is `ROUNDS` orders without the waiting (quick: 8)."""
    rounds = 8 if is_quick else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = big_store.make(home, orders=20_000, open_orders=400).path
        hello = statistics.median(start(HELLO, home, ["hello world"]).peak for _ in range(3))
        yield Figure("hello-world, peak memory", hello, None, "MB")
        with running((*DESK, "--demo"), home, columns=120, rows=36) as terminal:
            terminal.wait_for(" F1 ")
            terminal.settle(1.0)
            yield Figure("first screen of --demo: peak memory", terminal.peak_megabytes() / hello, 3)
        with running((*DESK, "--store", str(store)), home, columns=120, rows=36) as terminal:
            terminal.wait_for("退出")
            terminal.type("1203\r")
            terminal.type(f"{PIN}\r")
            terminal.wait_for(" F1 ")
            terminal.settle(1.5)
            yield Figure("first screen after log-in: peak memory", terminal.peak_megabytes() / hello, 3)
            _use(terminal, 2)
            early = terminal.peak_megabytes()
            _use(terminal, rounds)
            yield Figure(
                f"after {rounds + 2} calls and screens: peak memory", terminal.peak_megabytes() / hello, 3.5
            )
            grown = (terminal.peak_megabytes() - early) * 1024 / rounds
            yield Figure("growth a call, after the first two", grown, None, "KB")


def _use(terminal: Terminal, rounds: int) -> None:
    """Take a call, register it, look at every screen, open a card, the finder and the help."""
    for number in range(rounds):
        terminal.press("f2")
        terminal.type(f"1390000{number:04d}\t李先生\t3\t\t老城社区工地\t夜里十二点还在打桩，睡不着 {number}")
        terminal.settle(0.5)
        terminal.press("ctrl+s", "f3", "down", "down", "ctrl+d", "escape")
        terminal.press("f4", "f5", "f6", "down", "]", "ctrl+p")
        terminal.type("施工")
        terminal.press("escape", "f1", "escape")
