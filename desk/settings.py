"""The city's settings: limits, hours, thresholds and word lists, read once and again when one changes."""

import json
from collections.abc import Mapping
from typing import Any

from db.doors import Reader
from db.queries import house
from desk.rules.calendar import calendar_from
from desk.rules.limits import Limits


class Settings(Mapping[str, Any]):
    """Every setting by key, decoded from JSON. A key the store does not know falls back to the caller's default."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)
        self.limits = Limits.from_settings(self._values)
        self.calendar = calendar_from(self._values)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words; empty when the store has none."""
        return tuple(self._values.get(key, ()))


def load(reader: Reader) -> Settings:
    """Read every setting of the store."""
    return Settings({row["key"]: json.loads(row["value"]) for row in house.settings(reader)})
