"""Files of the store: what the system says of them, and how a finished one gets its name."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.doors import StoreTrouble, Trouble

_TROUBLES = {
    errno.EEXIST: Trouble.EXISTS,
    errno.EACCES: Trouble.READ_ONLY,
    errno.EPERM: Trouble.READ_ONLY,
    errno.EROFS: Trouble.READ_ONLY,
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.ENOENT: Trouble.NO_FOLDER,
    errno.ENOTDIR: Trouble.NO_FOLDER,
    errno.ENAMETOOLONG: Trouble.NO_FOLDER,
}


@contextmanager
def said_of(path: Path) -> Iterator[None]:
    """Turn what the system says of `path` into a `StoreTrouble` that names the cause."""
    try:
        yield
    except LookupError as error:
        raise StoreTrouble(Trouble.NO_GROUP, str(error)) from error
    except OSError as error:
        raise trouble_of(error, path) from error


def trouble_of(error: OSError, path: Path) -> StoreTrouble:
    """Return what the system said of `path` as a trouble that names the cause."""
    return StoreTrouble(_TROUBLES.get(error.errno or 0, Trouble.IO_ERROR), str(path))


def is_nowhere(path: Path) -> bool:
    """Whether neither `path` nor its folder is there. Raises StoreTrouble when the system will not say."""
    with said_of(path):
        return not path.exists() and not path.parent.exists()


def put_in_place(made: Path, path: Path, *, may_overwrite: bool = False) -> None:
    """Give a finished file its name, of two that do so at once only to one, and see it safe on the disk.

    Raises StoreTrouble (EXISTS …) and then `path` is as it was.
    """
    with said_of(path):
        _flush(made)
        if may_overwrite:
            made.replace(path)
        else:
            _link(made, path)
        with suppress(OSError):  # some systems cannot open a folder
            _flush(path.parent)


def new_file(path: Path, mode: int = 0o600) -> None:
    """Make an empty file of this mode whatever the umask says. Raises StoreTrouble (EXISTS …)."""
    with said_of(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode))
        path.chmod(mode)


def remove_with_logs(path: Path) -> None:
    """Take a database file and what SQLite keeps beside it away, if they are there."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def _link(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError as error:  # a USB stick knows no second name for a file
        if path.exists():
            raise FileExistsError(errno.EEXIST, "exists") from error
        made.rename(path)


def _flush(path: Path) -> None:
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)
