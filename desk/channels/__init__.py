"""渠道: the saved 列对照 of each channel, and what goes back to it (practice P20; design part 8)."""

from desk.channels.maps import MapRow, all_maps, map_shown, not_in_sample, remove_map, save_map, source_named
from desk.channels.results import Returned, give_back

__all__ = [
    "MapRow",
    "Returned",
    "all_maps",
    "give_back",
    "map_shown",
    "not_in_sample",
    "remove_map",
    "save_map",
    "source_named",
]
