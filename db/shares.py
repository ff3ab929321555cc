"""Is a folder on another machine? A write-ahead log is corrupted there (design part 3: NFS, SMB, 9p refused)."""

import sys
from pathlib import Path

MOUNTS = Path("/proc/mounts")

NETWORK_KINDS = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "9p",
        "drvfs",
        "afs",
        "afpfs",
        "ncpfs",
        "ceph",
        "glusterfs",
        "lustre",
        "gfs",
        "gfs2",
        "ocfs2",
        "davfs",
        "davfs2",
        "webdav",
        "sshfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.ceph",
        "fuse.smbnetfs",
        "fuse.gvfsd-fuse",
        "vboxsf",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
        "prl_fs",
    )
)

_DRIVE_REMOTE = 4


def is_on_network_share(path: Path) -> bool:
    """Tell whether `path` (which need not exist yet) lies on a network share.

    Where the system does not say (macOS has no mount table to read), the answer is no.
    """
    if sys.platform == "win32":
        return _is_remote_drive(path)
    return _kind_of_mount(path.resolve()) in NETWORK_KINDS


def _kind_of_mount(path: Path) -> str:
    """Return the file system type of the innermost mount above `path`; the last of two on one point counts."""
    found, kind = Path(), ""
    for point, name in _mounts():
        if path.is_relative_to(point) and len(point.parts) >= len(found.parts):
            found, kind = point, name
    return kind


def _mounts() -> list[tuple[Path, str]]:
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []
    fields = (line.split(" ") for line in lines)
    return [(Path(_unescaped(parts[1])), parts[2]) for parts in fields if len(parts) > 2]


def _unescaped(name: str) -> str:
    """The mount table writes blanks, tabs, line ends and backslashes in octal."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(code, letter)
    return name


def _is_remote_drive(path: Path) -> bool:
    import ctypes

    drive = path.absolute().drive
    if drive.startswith("\\\\"):
        return True
    windll = getattr(ctypes, "windll")  # noqa: B009 - exists on Windows only
    return bool(windll.kernel32.GetDriveTypeW(f"{drive}\\") == _DRIVE_REMOTE)
