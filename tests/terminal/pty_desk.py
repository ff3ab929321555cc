"""A terminal for tests: a pty with a screen (pyte) that answers what terminals answer and counts bytes and CPU."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "space": " ",
    "backspace": "\x7f",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
}
# What a real terminal swallows silently and pyte would draw.
_UNDRAWN = re.compile(
    rb"\x1b\[\?[0-9;]*\$p|\x1b\[[>=<][0-9;]*[a-zA-Z]|\x1bP[^\x1b]*\x1b\\|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
    rb"|\x1b\[\?[0-9;]*[nu]|\x1b\[[0-9;]* q"
)


class Terminal:
    """One program in one terminal. Use as a context manager: leaving it ends the program."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes_written = 0
        self.is_over = False
        self.exit_status: int | None = None
        self.tail = b""
        self.seen_at = (0.0, 0.0)
        """CPU of the program and wall, in seconds, when it wrote what was read last."""
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            self._become(command, columns, rows, env or {}, cwd)
        self._size(columns, rows)

    def _become(
        self, command: Sequence[str], columns: int, rows: int, env: Mapping[str, str], cwd: Path | None
    ) -> None:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        full = {**plain, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **env}
        if cwd:
            os.chdir(cwd)
        os.execvpe(command[0], list(command), full)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End the program now, as a power cut would."""
        if not self.is_over:
            self.is_over = True
            os.kill(self.pid, how)
            os.waitpid(self.pid, 0)
            os.close(self._fd)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window, as a person dragging its corner does."""
        self.screen.resize(rows, columns)
        self._size(columns, rows)

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # -- typing and reading

    def press(self, *keys: str) -> None:
        """Press keys by name (`f3`, `ctrl+s`, `enter`) or as single characters."""
        for key in keys:
            os.write(self._fd, _sequence(key).encode())
            self.settle(0.05)

    def type(self, text: str) -> None:
        """Type a text in one burst, as an input method commits it."""
        os.write(self._fd, text.encode())
        self.settle(0.05)

    def send(self, text: str) -> None:
        """Type without waiting for an answer."""
        os.write(self._fd, text.encode())

    def pump(self, timeout: float) -> int:
        """Read what the program wrote, waiting at most `timeout` seconds for the first of it."""
        read = 0
        while select.select([self._fd], [], [], 0 if read else timeout)[0]:
            with suppress(OSError):
                self.seen_at = (self.cpu_seconds(), time.perf_counter() - self.started)
            try:
                data = os.read(self._fd, 65536)
            except OSError:
                self._ended()
                break
            if not data:
                break
            read += len(data)
            self.tail = (self.tail + data)[-4096:]
            self._answer(data)
            self._stream.feed(_UNDRAWN.sub(b"", data))
        self.bytes_written += read
        return read

    def _ended(self) -> None:
        if not self.is_over:
            self.is_over = True
            self.exit_status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _answer(self, data: bytes) -> None:
        if b"\x1b[6n" in data:
            here = self.screen.cursor
            os.write(self._fd, b"\x1b[%d;%dR" % (here.y + 1, here.x + 1))
        if b"\x1b[c" in data:
            os.write(self._fd, b"\x1b[?62;22c")
        for mode in re.findall(rb"\x1b\[\?(\d+)\$p", data):
            os.write(self._fd, b"\x1b[?%s;%d$y" % (mode, 2 if mode == b"2026" else 0))

    def settle(self, quiet: float = 0.25, most: float = 10.0) -> None:
        """Wait until the program has written nothing for `quiet` seconds."""
        ends = time.monotonic() + most
        while not self.is_over and time.monotonic() < ends and self.pump(quiet):
            pass

    def wait_for(self, text: str, seconds: float = 30.0) -> None:
        """Wait until `text` stands on the screen; fail with the screen when it does not come."""
        ends = time.monotonic() + seconds
        while text not in self.text:
            if self.is_over or time.monotonic() > ends:
                raise AssertionError(f"{text!r} never came; the screen shows:\n{self.text}")
            self.pump(0.05)

    @property
    def lines(self) -> list[str]:
        """The screen's lines as a person reads them: the second cell of a wide character is not there."""
        return [
            "".join(row[column].data for column in range(self.screen.columns)).rstrip()
            for row in (self.screen.buffer[y] for y in range(self.screen.lines))
        ]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    # -- measuring

    def cpu_seconds(self) -> float:
        """CPU used by the program so far, user and system, all its threads."""
        return time.clock_gettime(((~self.pid) << 3) | 2)

    def peak_megabytes(self) -> float:
        """The most memory the program has held (VmHWM)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        assert found is not None
        return int(found[1]) / 1024


def _sequence(key: str) -> str:
    if key.startswith("ctrl+"):
        return chr(ord(key[5:].upper()) & 0x1F)
    return KEYS.get(key, key)
