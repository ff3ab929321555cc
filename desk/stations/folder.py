"""交接 through a folder that both sides reach when the line is there: nobody carries a stick (practice P18).

Each side keeps one file of its own in it, always the whole of what the other has not confirmed, and reads the other's. How the
folder comes to both is not the desk's business (a mounted share, a synchronised folder): the files are encrypted, whole or
not there, and may be read any number of times.
"""

from dataclasses import dataclass
from pathlib import Path

from db.codes import Deed
from db.doors import Reader
from db.queries import station_orders
from db.queries import stations as station_rows
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import Refused
from desk.stations.handing import Done, take_file, write_file

SUFFIX = ".handover"


@dataclass(frozen=True, slots=True)
class Synced:
    """What came of one look into the folder: files that brought something, how many were written, and why others were not taken."""

    taken: tuple[Done, ...]
    written: int
    refused: tuple[str, ...]


def sync(desk: Desk, folder: Path) -> Synced:
    """Take in what the other side has put into `folder`, and put there what it does not have yet.

    A file that cannot be taken does not stop the others. Raises NotAllowed, and Refused while the folder is not to be reached.
    """
    check_birth_right(desk, Deed.READ_HANDOVER)
    if not folder.is_dir():
        raise Refused(f"交接文件夹 {folder} 够不着（线路断着，或没有接上），恢复后再试")
    taken, refused, written = list[Done](), list[str](), 0
    for site in _others(desk):
        try:
            done = _take(desk, folder / f"{site}-{desk.site}{SUFFIX}")
            taken += [done] if done else []
            written += _write(desk, folder / f"{desk.site}-{site}{SUFFIX}", site, has_taken=done is not None)
        except Refused as refusal:
            refused.append(refusal.message)
    return Synced(tuple(taken), written, tuple(refused))


def _others(desk: Desk) -> list[str]:
    if desk.station is not None:
        return [desk.station.centre_site]
    with desk.reading() as reader:
        return [row["site"] for row in station_rows.every(reader)]


def _take(desk: Desk, path: Path) -> Done | None:
    """Return what a file brought; None for one that is not there or was read before."""
    done = take_file(desk, path) if path.exists() else None
    return done if done and (done.orders or done.told) else None


def _write(desk: Desk, path: Path, site: str, *, has_taken: bool) -> bool:
    with desk.reading() as reader:
        since = station_rows.last_written(reader, site) if path.exists() else 0
        is_due = has_taken or _has_news(desk, reader, site, since)
    if is_due:
        write_file(desk, path, site, may_overwrite=True)
        # Another account takes it from here; nobody but the other side can read what is in it.
        path.chmod(0o644)
    return is_due


def _has_news(desk: Desk, reader: Reader, site: str, since: int) -> bool:
    """Whether anything happened to an order that the other side does not know, after event `since`."""
    if desk.station is not None:
        return bool(station_orders.on_the_way(reader)["count"]) and station_rows.touches_orders(reader, since)
    station = station_rows.one(reader, site)
    if station is None or station["store_uid"] is None:
        return False
    return bool(station_orders.news_since(reader, station["store_uid"], max(since, station["news_seq"])))
