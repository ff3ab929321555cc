"""What a store of an earlier version lacks of today's seed: settings row by row, whole tables that never held a row."""

from collections.abc import Callable
from dataclasses import dataclass

from db.doors import Reader, Writer
from db.queries import house
from seed import load


@dataclass(frozen=True, slots=True)
class Filled:
    """What `fill` added: the keys of settings, how many rows of the tables that were empty, what earlier deeds count for."""

    settings: tuple[str, ...] = ()
    phrases: int = 0
    knowledge: int = 0
    duty_items: int = 0
    marks: int = 0

    def __bool__(self) -> bool:
        return self != Filled()


@dataclass(frozen=True, slots=True)
class Settings:
    """The keys of settings that a store lacks, and those it keeps that this version knows no more."""

    lacking: tuple[str, ...]
    retired: tuple[str, ...]


def compared(reader: Reader) -> Settings:
    """Return how the settings of a store differ from the seed's, by key."""
    kept = {str(row["key"]) for row in house.settings(reader)}
    seeded = {row["key"] for row in load.table("settings.csv")}
    return Settings(tuple(sorted(seeded - kept)), tuple(sorted(kept - seeded)))


def fill(writer: Writer, now_ms: int) -> Filled:
    """Add the seed's default for each setting that is not there, and the rows of tables that never held any.

    `now_ms` (ms UTC) is when they came, so that desks that are open take them. No row that stands is touched: a setting
    keeps the city's value, and rows taken out of use still stand, so a table that somebody emptied stays as it is.
    What was done before the 考核 was counted is counted from the events.
    """
    from desk.assessment import recounting

    return Filled(
        _fill_settings(writer, now_ms),
        _filled(writer, "phrases", load.load_phrases, now_ms),
        _filled(writer, "knowledge_entries", load.load_knowledge, now_ms),
        _filled(writer, "duty_items", load.load_duty_items, now_ms),
        recounting.fill(writer),
    )


def _fill_settings(writer: Writer, now_ms: int) -> tuple[str, ...]:
    lacking = compared(writer).lacking
    for row in load.table("settings.csv"):
        if row["key"] in lacking:
            writer.insert("settings", {**row, "changed_at": now_ms})
    return lacking


def _filled(writer: Writer, table: str, fill_it: Callable[[Writer, int], None], now_ms: int) -> int:
    """Fill a table that is empty; return how many rows it took."""
    if writer.value(f"SELECT EXISTS (SELECT 1 FROM {table})"):
        return 0
    fill_it(writer, now_ms)
    return int(writer.value(f"SELECT count(*) FROM {table}"))
