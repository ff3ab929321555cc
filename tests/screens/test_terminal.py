"""What the desk asks of a terminal before the App takes it over, in a real pty."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("a pty is needed", allow_module_level=True)
import pty
import select

CODE = "from screens.terminal import draws_wide; import sys; sys.stderr.write(str(draws_wide(0.5)))"


def answered(answer: bytes | None) -> tuple[str, bytes]:
    """Let a fresh process ask; send `answer` when the question came."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE], stdin=slave, stdout=slave, stderr=subprocess.PIPE, env={**os.environ}
    )
    asked, until = b"", time.monotonic() + 20
    while b"\x1b[6n" not in asked and time.monotonic() < until:
        if select.select([master], [], [], 0.1)[0]:
            asked += os.read(master, 1024)
    if answer is not None:
        os.write(master, answer)
    _, said = process.communicate(timeout=20)
    while select.select([master], [], [], 0)[0]:
        asked += os.read(master, 1024)
    os.close(slave)
    os.close(master)
    return said.decode(), asked


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("answer", "is_wide"),
    [
        (b"\x1b[5;2R", "False"),
        (b"\x1b[5;3R", "True"),
        (b"x\x1b[24;3R", "True"),
        (b"\x1b[0n", "False"),
        (None, "False"),
    ],
)
def test_a_terminal_is_asked_how_wide_it_draws_a_line_and_silence_means_narrow(
    answer: bytes | None, is_wide: str
) -> None:
    said, asked = answered(answer)
    assert said == is_wide
    assert "─".encode() in asked
    assert asked.endswith(b"\r\x1b[K"), "the mark is taken away again"


def test_nothing_is_asked_when_there_is_no_terminal() -> None:
    found = subprocess.run(
        [sys.executable, "-c", CODE], stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    assert found.stderr == b"False"
    assert found.stdout == b""
