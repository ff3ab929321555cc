"""Programs of the city that the desk starts: which may be run, in what surroundings, how one is ended. Never a shell's line."""

import os
import signal
import stat
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

_KEPT_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")


def environment(told: Mapping[str, str]) -> dict[str, str]:
    """Return what a program finds around it: the little that every program needs, and what it is told."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, **told}


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End a program that was started in a session of its own, and what it has started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    with suppress(OSError, subprocess.TimeoutExpired):
        process.communicate(timeout=1)


def why_not_run(command: Sequence[str], what: str = "发送程序") -> str:
    """Return why the program may not be run here, or '': others than its owner could have put anything in its place."""
    path = Path(command[0])
    try:
        found = path.stat()
    except OSError:
        return f"没有这个{what}"
    if not path.is_absolute() or not stat.S_ISREG(found.st_mode) or not os.access(path, os.X_OK):
        return f"{what}须是完整路径的可执行文件"
    if hasattr(os, "geteuid") and (found.st_uid not in (0, os.geteuid()) or found.st_mode & 0o022):
        return f"{what}须属于 root 或本账户，且别人不能改"
    return ""
