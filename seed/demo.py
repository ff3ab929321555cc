"""演示: a throw-away store, drawn first and filled behind it by a process of its own (design part 8).

The filling runs beside the desk, not inside it: whoever tries the demo types without a stutter. Until the day is
filled, deeds of the person at the desk wait, so that the chain of events stays in the order of its times.
"""

import atexit
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from db.doors import Writer
from db.engine import Database
from desk import session
from desk.errors import StoreUnusable
from desk.launch import LaunchOptions
from desk.session import Clock, Opening
from seed.cast import PIN

SUPERVISOR = "1002"
"""Who sits at the demo when nobody else is named: the shift supervisor."""
_PREFIX = "minyi-demo-"
_STALE_SECONDS = 24 * 3600


class FillingDatabase(Database):
    """A store that is being filled: reads at once, writes when the day is there."""

    def __init__(self, path: Path, filling: "subprocess.Popen[str]") -> None:
        super().__init__(path, is_throw_away=True)
        self._filling = filling

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Lend a write transaction as soon as the filling process has ended."""
        self._filling.wait()
        with super().write() as writer:
            yield writer

    @contextmanager
    def light_write(self) -> Iterator[Writer]:
        """Lend a light write transaction as soon as the filling process has ended."""
        self._filling.wait()
        with super().light_write() as writer:
            yield writer


def open_demo(options: LaunchOptions) -> Opening:
    """Open a new throw-away store as of `options.at` (aware; now if None), with somebody signed in.

    Returns when units and people stand; the orders follow behind. Raises StoreUnusable, NotAllowed for no such 工号.
    """
    clock = _clock(options.at)
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    staff_no = options.as_staff_no or SUPERVISOR
    path = folder / "demo.db"
    filling = _start(path, clock(), staff_no)
    atexit.register(_forget, folder, filling)
    _wait_for_people(filling)
    database = FillingDatabase(path, filling)
    seat = options.seat or session.default_seat()
    opening = session.named(Opening(database, clock, seat))
    return replace(opening, desk=session.sit_down(opening, staff_no), hint=f"演示工号的 PIN 都是 {PIN}")


def _clock(at: datetime | None) -> Clock:
    """The demo's clock: the present, or a clock that begins at `at` and goes on at its own pace."""
    if at is None:
        return session.utc_now
    begun = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - begun)


def _start(path: Path, now: datetime, staff_no: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "seed.demo_day", str(path), now.isoformat(), staff_no]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def _wait_for_people(filling: "subprocess.Popen[str]") -> None:
    printed: IO[str] | None = filling.stdout
    if printed is None or printed.readline().strip() != "ready":
        raise StoreUnusable("演示数据建不起来：请检查临时文件夹是否可写、磁盘是否已满，然后重新打开")


def _forget(folder: Path, filling: "subprocess.Popen[str]") -> None:
    with suppress(OSError):
        filling.kill()
        filling.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what demos left behind that were killed more than a day ago."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - folder.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
