"""Bugs go to a file, without the words or numbers of any caller."""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

_log = logging.getLogger("minyi.screens")


def open_journal(folder: Path | None = None) -> Path | None:
    """Write bugs to `desk.log` in the user's log folder; without a writable folder they are dropped."""
    try:
        folder = folder or user_log_path("minyi-desk", appauthor=False)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "desk.log"
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    for old in list(_log.handlers):
        _log.removeHandler(old)
        old.close()
    _log.addHandler(handler)
    _log.propagate = False
    return path


def note_bug(bug: BaseException, where: str) -> None:
    """Log a bug by its kind and its path through the code.

    Its message is left out: messages of failed statements and parsers quote what callers said.
    """
    frames = "\n".join(
        f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(bug.__traceback__)
    )
    _log.error("%s in %s\n%s", type(bug).__name__, where, frames)
