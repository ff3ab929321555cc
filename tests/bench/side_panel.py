"""The side of the form while one types: how soon it stands after the last key, and how much later a key is seen for it."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from db.times import to_ms
from seed import load
from tests.bench import big_city
from tests.bench.programs import DESK, running
from tests.bench.table import Figure
from tests.terminal.pty_desk import Terminal
from tests.world import PIN, START

MATTER = "横水镇小区物业收费不透明多次反映没有结果要求公开账目"
SHOWN = "知识库："
"""What the side says once the words were looked up."""
_STEADY = 0.03
"""Seconds between keys that leave no time to look anything up."""
_ROUNDS = 12


def figures(*, is_quick: bool) -> Iterator[Figure]:
    """Yield wall times (ms) at 120x36, on 20,000 orders and 5,000 entries."""
    rounds = _ROUNDS // (3 if is_quick else 1)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        city = big_city.make(home, orders=20_000, entries=5_000)
        with city.database.write() as writer:
            load.load_duty_items(writer, to_ms(START))
        command = (*DESK, "--store", str(city.path))
        with running(command, home, columns=120, rows=36) as terminal:
            _log_in(terminal)
            chance = random.Random(12345)
            plain, mixed, shown = [], [], []
            for _ in range(rounds):
                plain += _typed(terminal, lambda: _STEADY)
                shown.append(_shown(terminal))
                _empty(terminal)
                mixed += _typed(terminal, lambda: chance.uniform(0.02, 0.3))
                _shown(terminal)
                _empty(terminal)
    yield Figure("the side of the form after the last key: median", statistics.median(shown), 150, "ms")
    yield Figure("the side of the form after the last key: worst", max(shown), 150, "ms")
    base = statistics.median(plain)
    yield Figure("a key until it is seen, nothing looked up: median", base, None, "ms")
    yield Figure("a key until it is seen, nothing looked up: 95 %", _most(plain), None, "ms")
    yield Figure("a key later for what is looked up: median", statistics.median(mixed) - base, 16, "ms")
    yield Figure("a key later for what is looked up: 95 %", _most(mixed) - _most(plain), 16, "ms")
    yield Figure("a key later for what is looked up: worst", max(mixed) - max(plain), None, "ms")


def _most(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _log_in(terminal: Terminal) -> None:
    terminal.wait_for("退出")
    terminal.type("1203\r")
    terminal.type(f"{PIN}\r")
    terminal.wait_for(" F1 ")
    terminal.settle(1.5)
    terminal.press("f2")
    for _ in range(12):
        terminal.press("tab")
        terminal.settle(0.3)
        terminal.type("試")
        terminal.settle(0.5)
        if any(line.startswith("試") or line.startswith(" 試") for line in terminal.lines):
            terminal.press("backspace")
            terminal.settle(1.0)
            return
        terminal.press("backspace")
    raise AssertionError(f"诉求内容 was not reached:\n{terminal.text}")


def _typed(terminal: Terminal, gap: object) -> list[float]:
    """Type the matter key by key; return how long each key took to be seen (ms)."""
    assert callable(gap)
    times = []
    for place, mark in enumerate(MATTER, start=1):
        pressed = time.perf_counter()
        terminal.send(mark)
        wanted = MATTER[max(0, place - 5) : place]
        while wanted not in _form(terminal):
            assert time.perf_counter() - pressed < 10, terminal.text
            terminal.pump(0.005)
        times.append((terminal.started + terminal.seen_at[1] - pressed) * 1000)
        ends = pressed + gap()
        while (left := ends - time.perf_counter()) > 0:
            terminal.pump(min(left, 0.005))
    return times


def _form(terminal: Terminal) -> str:
    """The left half of the screen without its blanks."""
    rows = (terminal.screen.buffer[y] for y in range(terminal.screen.lines))
    return "".join(row[x].data.strip() for row in rows for x in range(terminal.screen.columns // 2 - 2))


def _shown(terminal: Terminal) -> float:
    """Wait for what the words bring up; return how long after the last key it stood (ms)."""
    last = terminal.seen_at[1]
    while SHOWN not in terminal.text:
        assert time.perf_counter() - terminal.started - last < 10, terminal.text
        terminal.pump(0.005)
    shown = (terminal.seen_at[1] - last) * 1000
    terminal.settle(0.5)
    return shown


def _empty(terminal: Terminal) -> None:
    """Take the words back, until the side is empty again."""
    terminal.send("\x7f" * len(MATTER))
    while SHOWN in terminal.text:
        terminal.pump(0.05)
    terminal.settle(1.0)
