"""What kind of terminal this is: asked once, before the App takes it over."""

from __future__ import annotations

import errno
import os
import re
import sys
import time

LEAST_COLUMNS = 60
LEAST_ROWS = 15

_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")
_QUESTION = b"\r\xe2\x94\x80\x1b[6n"


def draws_wide(timeout: float = 0.15) -> bool:
    """Does this terminal draw `─` two cells wide, as old Chinese consoles do?

    Asks only a real terminal, and takes silence for no; a late answer is read and dropped by Textual.
    """
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        column = _column_after_one(sys.stdin.fileno(), sys.stdout.fileno(), timeout)
    except OSError:
        return False
    return column == 3


def is_gone(descriptor: int) -> bool:
    """Whether the terminal behind a descriptor was closed; what is no terminal is not gone."""
    if sys.platform == "win32":
        return False
    try:
        termios.tcgetattr(descriptor)
    except termios.error as trouble:
        return bool(trouble.args[0] == errno.EIO)
    return False


if sys.platform != "win32":
    import select
    import termios
    import tty

    def _column_after_one(read_from: int, write_to: int, timeout: float) -> int | None:
        before = termios.tcgetattr(read_from)
        try:
            tty.setcbreak(read_from, termios.TCSANOW)
            os.write(write_to, _QUESTION)
            return _answer(read_from, timeout)
        finally:
            os.write(write_to, b"\r\x1b[K")
            termios.tcsetattr(read_from, termios.TCSANOW, before)

    def _answer(read_from: int, timeout: float) -> int | None:
        answer, until = b"", time.monotonic() + timeout
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([read_from], [], [], left)
            if not ready:
                return None
            answer += os.read(read_from, 64)
            if found := _POSITION.search(answer):
                return int(found.group(1))
        return None
