"""What a command says: lines, JSON lines, one line of progress; nothing that the terminal would obey instead of show."""

import json
import re
import sys
import time
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from io import TextIOWrapper
from typing import Any, TextIO

from desk.rules.calendar import local

_OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)
_NOT_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SECONDS_BETWEEN = 0.1


def printable(text: str) -> str:
    """Return `text` without control characters, lone surrogates and marks that turn the direction of writing."""
    return _OBEYED.sub("", text.replace("\t", " "))


def say(*lines: str) -> None:
    """Print lines on stdout."""
    for line in lines:
        print(printable(line))


def say_json(value: Mapping[str, Any]) -> None:
    """Print one JSON line on stdout, hanzi as they are."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    print(_NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def plain(value: Any) -> Any:
    """The same with its moments as text, China's time: what JSON can hold."""
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return local(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value


def complain(*lines: str) -> None:
    """Print lines on stderr."""
    for line in lines:
        print(printable(line), file=sys.stderr)


def make_ready(*, is_json: bool) -> None:
    """Let no character stop the output: one that the terminal does not know becomes `?`; JSON is always UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            encoding = "utf-8" if is_json and stream is sys.stdout and not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="replace")


def hush() -> None:
    """Nobody reads stdout any more (a pipe was closed): say nothing when the program ends either."""
    with suppress(OSError, ValueError):
        sys.stdout = open("/dev/null", "w") if sys.platform != "win32" else open("nul", "w")  # noqa: PTH123, SIM115


def width(text: str) -> int:
    """Return how many cells `text` takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def fitted(text: str, cells: int) -> str:
    """Return `text` cut or padded to exactly `cells` cells; a cut one ends in `..`."""
    if width(text) <= cells:
        return text + " " * (cells - width(text))
    while text and width(text) > cells - 2:
        text = text[:-1]
    return f"{text}..".ljust(len(text) + 2 + cells - 2 - width(text))


class Progress:
    """One line on stderr that tells how far a long errand is; silent when nobody looks."""

    def __init__(self, label: str, stream: TextIO | None = None) -> None:
        self._label = label
        self._stream = stream or sys.stderr
        self._is_seen = self._stream.isatty()
        self._next_at = 0.0
        self.done = 0
        """How much has been done so far."""
        self._started_at = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Draw the line again, at most ten times a second."""
        self.done = done
        now = time.monotonic()
        if not self._is_seen or (now < self._next_at and done < total):
            return
        self._next_at = now + _SECONDS_BETWEEN
        self._stream.write(f"\r{self._line(done, total, now)}\x1b[K")
        self._stream.flush()

    def _line(self, done: int, total: int, now: float) -> str:
        share = done / total if total else 1.0
        bar = "#" * int(share * 20)
        left = (now - self._started_at) / done * (total - done) if done else 0.0
        return f"{self._label} [{bar:<20}] {done}/{total} {share:4.0%} 余 {left:.0f} 秒"

    def close(self) -> None:
        """Take the line away."""
        if self._is_seen and self._next_at:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
