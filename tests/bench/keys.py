"""What a key costs: bytes on the line and CPU, on the real screens over a large store; and what silence costs."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import big_store
from tests.bench.programs import DESK, running
from tests.bench.table import Figure
from tests.terminal.pty_desk import Terminal
from tests.world import PIN

KB = 1024
IDLE_SECONDS = 60
"""Long enough to hold one turn of the minute: the lists' waiting times change with it."""
LOADED_SECONDS = 6.0
"""After this the pages are loaded ahead, and a key's own cost is measured, not theirs."""


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield bytes and CPU per key at 80x24 and 120x36, idle bytes, and the first screen in the plain profile."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = big_store.make(home, orders=20_000 if is_quick else 100_000, open_orders=15_000).path
        for columns, rows in ((80, 24), (120, 36)):
            with running((*DESK, "--store", str(store)), home, columns=columns, rows=rows) as terminal:
                log_in(terminal, "1301")
                yield from _moving(terminal, f"{columns}x{rows}")
                yield from _idle(terminal, f"{columns}x{rows}")
            with running((*DESK, "--store", str(store)), home, columns=columns, rows=rows) as terminal:
                log_in(terminal, "1203")
                yield from _typing(terminal, f"{columns}x{rows}")
        yield from _plain(store, home)


def log_in(terminal: Terminal, staff_no: str) -> None:
    """Sign in on the log-in page that comes."""
    terminal.wait_for("退出")
    terminal.type(f"{staff_no}\r")
    terminal.type(f"{PIN}\r")
    terminal.wait_for(" F1 ")
    terminal.settle(1.5)


def _moving(terminal: Terminal, size: str) -> Iterator[Figure]:
    wait(terminal, LOADED_SECONDS)
    inside = [cost(terminal, "down") for _ in range(4)]
    terminal.settle(1.0)
    rest = cost(terminal, "up", quiet=1.0)
    terminal.press(*["down"] * 30)
    terminal.settle(1.0)
    scrolling = [cost(terminal, "down") for _ in range(8)]
    far = _far(terminal)
    name = f"a cursor move among 15,000, {size}"
    yield from _both(name, inside)
    yield from _both(f"{name}, far down", far)
    yield Figure(f"{name}, with the order in full at rest: bytes", rest[0], None, "B")
    yield Figure(f"{name}, with the order in full at rest: CPU", rest[1], None, "ms")
    yield Figure(f"{name}, scrolling: bytes", statistics.median(each[0] for each in scrolling), None, "B")


def _both(name: str, costs: list[tuple[int, float]]) -> Iterator[Figure]:
    yield Figure(f"{name}: bytes", statistics.median(cost[0] for cost in costs), KB, "B")
    yield Figure(f"{name}: CPU", statistics.median(cost[1] for cost in costs), 5, "ms")


def _far(terminal: Terminal) -> list[tuple[int, float]]:
    terminal.press("end")
    terminal.settle(1.0)
    return [cost(terminal, "up") for _ in range(4)]


def _typing(terminal: Terminal, size: str) -> Iterator[Figure]:
    terminal.press("f2")
    terminal.settle(1.0)
    for name, text in (("digit of the number", "1380000"), ("hanzi of the content", "夜里施工打桩太吵")):
        if name.startswith("hanzi"):
            _go_to_content(terminal)
        typed = [cost(terminal, key) for key in text[:-1]]
        last = cost(terminal, text[-1], quiet=1.0)
        most = statistics.median(each[0] for each in typed)
        yield Figure(f"a typed {name}, {size}: bytes", most, 1.5 * KB, "B")
        yield Figure(f"a typed {name}, {size}: CPU", statistics.median(each[1] for each in typed), None, "ms")
        yield Figure(f"the last {name} and what is found for it, {size}: bytes", last[0], None, "B")


def _go_to_content(terminal: Terminal) -> None:
    for _ in range(12):
        terminal.press("tab")
        terminal.settle(0.3)
        if 6 <= terminal.screen.cursor.y <= 12 and "地点" not in terminal.lines[terminal.screen.cursor.y]:
            return
    raise AssertionError(f"诉求内容 was not reached:\n{terminal.text}")


def _idle(terminal: Terminal, size: str) -> Iterator[Figure]:
    terminal.settle(2.0)
    before, cpu = terminal.bytes_written, terminal.cpu_seconds()
    wait(terminal, IDLE_SECONDS)
    tens = IDLE_SECONDS / 10
    yield Figure(f"idle for 10 s, {size}: bytes", (terminal.bytes_written - before) / tens, 200, "B")
    yield Figure(f"idle for 10 s, {size}: CPU", (terminal.cpu_seconds() - cpu) * 1000 / tens, None, "ms")


def wait(terminal: Terminal, seconds: float) -> None:
    """Let the program go on for so long."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        terminal.pump(0.5)


def _plain(store: Path, home: Path) -> Iterator[Figure]:
    with running((*DESK, "--store", str(store), "--plain"), home) as terminal:
        log_in(terminal, "1301")
        yield Figure("log-in and first screen, plain, 80x24: bytes", terminal.bytes_written / KB, 35, "KB")
    with running((*DESK, "--demo", "--plain"), home) as terminal:
        terminal.wait_for(" F1 ")
        terminal.settle(1.0)
        yield Figure("first screen of --demo, plain, 80x24: bytes", terminal.bytes_written / KB, 35, "KB")


def cost(terminal: Terminal, key: str, quiet: float = 0.0) -> tuple[int, float]:
    """Return bytes and CPU (ms) until the program is quiet for 50 ms after one key, and for `quiet` seconds more."""
    written, cpu = terminal.bytes_written, terminal.cpu_seconds()
    terminal.press(key)
    terminal.settle(quiet)
    return terminal.bytes_written - written, (terminal.cpu_seconds() - cpu) * 1000
