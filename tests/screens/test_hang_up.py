"""The window is closed, or the line drops: the real program ends by itself and has kept what was typed."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.cli import front
from tests.terminal.seat import PIN, Seat

pytestmark = pytest.mark.terminal


def ended_with(pid: int, seconds: float = 15.0) -> int:
    """Wait until the process has ended by itself and return its exit status."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.05)
    raise AssertionError("the desk goes on without a terminal")


@pytest.mark.parametrize("how", [signal.SIGTERM, None])
def test_the_desk_ends_and_the_form_is_there_at_the_next_sign_in(
    tmp_path: Path, how: signal.Signals | None
) -> None:
    store = tmp_path / "desk.db"
    front.make_store(store, site="CY01", staff_no="8001", name="方立", pin=PIN, now=datetime.now(UTC))
    command = (sys.executable, "-m", "desk", "--store", str(store))
    with Seat(command, tmp_path, columns=80, rows=24, env={}) as seat:
        seat.log_in("8001")
        seat.do("f2", "诉求内容")
        seat.type("13800001111")
        seat.wait_for("13800001111")
        if how is None:
            os.close(seat._fd)
        else:
            os.kill(seat.pid, how)
            seat.pump(1.0)
        seat.is_over = True
        assert ended_with(seat.pid) == 128 + (how or signal.SIGHUP)
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT kind FROM events ORDER BY seq DESC").fetchone() == ("log_out",)
    with Seat(command, tmp_path, columns=80, rows=24, env={}) as seat:
        seat.log_in("8001")
        seat.do("f2", "13800001111")
