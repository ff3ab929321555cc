"""Starts the real program, and the hello-world beside it, in the same kind of terminal."""

import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.terminal.pty_desk import Terminal

HELLO = (sys.executable, "-m", "tests.bench.hello")
DESK = (sys.executable, "-m", "desk")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Start:
    """What it took until a screen stood: CPU and wall in seconds, bytes written, peak memory in MB."""

    cpu: float
    wall: float
    written: int
    peak: float


@contextmanager
def running(command: Sequence[str], home: Path, *, columns: int = 80, rows: int = 24) -> Iterator[Terminal]:
    """Lend a program in a terminal, with a home of its own; it is killed afterwards."""
    env = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "TMPDIR": str(home),
        "PYTHONPATH": str(ROOT),
        "DESK_PIN_FILE": "",
        "DESK_STORE": "",
    }
    with Terminal(command, columns=columns, rows=rows, env=env) as terminal:
        yield terminal


def start(command: Sequence[str], home: Path, marks: Sequence[str], **size: int) -> Start:
    """Return what it took until every mark stood on the screen."""
    with running(command, home, **size) as terminal:
        for mark in marks:
            terminal.wait_for(mark)
        return so_far(terminal)


def so_far(terminal: Terminal) -> Start:
    """Return what the program had used when it wrote what was read last: what it does afterwards is not counted."""
    cpu, wall = terminal.seen_at
    return Start(cpu, wall, terminal.bytes_written, terminal.peak_megabytes())


def against_hello(
    home: Path, one: Callable[[], Start], *, runs: int, **size: int
) -> tuple[list[Start], list[Start]]:
    """Return interleaved starts of `one` and of the hello-world."""
    ours, hellos = [], []
    start(HELLO, home, ["hello world"], **size), one()
    for _ in range(runs):
        hellos.append(start(HELLO, home, ["hello world"], **size))
        ours.append(one())
    return ours, hellos


def ratio(ours: Sequence[Start], hellos: Sequence[Start], what: str) -> float:
    """Return the median of the pairwise ratios of one figure."""
    return statistics.median(
        getattr(our, what) / getattr(hello, what) for our, hello in zip(ours, hellos, strict=True)
    )
