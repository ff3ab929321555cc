"""What holds now: a threshold of the running period (节假日、恶劣天气、重点事件), else the city's own."""

from typing import Any

from desk.context import Desk
from desk.rules import periods
from desk.rules.periods import Period


def period(desk: Desk) -> Period | None:
    """Return the named period that runs now, or None."""
    return periods.current(desk.settings.get(periods.PERIODS) or {}, desk.now())


def threshold(desk: Desk, key: str, otherwise: Any) -> Any:
    """Return a setting (`emergency.…`) as it holds now: the period's, else the city's, else `otherwise`."""
    running = period(desk)
    if running is not None and key in running.thresholds:
        return running.thresholds[key]
    found = desk.settings.get(key)
    return otherwise if found is None else found
