"""服务站 with a store of its own: paired with its centre, and files that carry its orders there and the answers back (P18)."""

from desk.stations.folder import Synced, sync
from desk.stations.handing import Done, take_file, write_file
from desk.stations.pairing import Invitation, StationRow, add_station, read_invitation, stations
from desk.stations.sealing import SEALED_CONTENT, SEALED_TITLE

__all__ = [
    "SEALED_CONTENT",
    "SEALED_TITLE",
    "Done",
    "Invitation",
    "StationRow",
    "Synced",
    "add_station",
    "read_invitation",
    "stations",
    "sync",
    "take_file",
    "write_file",
]
