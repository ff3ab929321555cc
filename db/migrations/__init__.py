"""Schema versions of the store. Importing this loads no Alembic; `upgrade` does."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.migrations.runner import Migrated


def upgrade(path: Path, backup_folder: Path) -> "Migrated | None":
    """Bring the store at `path` up to `HEAD`, after a verified backup into `backup_folder` (made if missing).

    Of several desks one migrates and the others wait up to ten minutes; None if there was nothing (left) to do.
    Raises StoreTrouble (MIGRATION_FAILED with its cause, NEWER_SCHEMA, DISK_FULL …) or StoreBusy: then the store is
    as it was.
    """
    from db.migrations import runner

    return runner.upgrade(path, backup_folder)
