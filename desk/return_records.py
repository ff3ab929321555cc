"""The 退单 that an order has had, and how many are left: what the unit that asks and the centre that decides both ask."""

from typing import Any

from db.codes import RequestKind, Urgency
from db.doors import Reader, Row
from db.queries import requests
from desk.context import Desk
from desk.rules import returns
from desk.rules.returns import Fate

FORBIDDEN_URGENCIES = (str(Urgency.URGENT), str(Urgency.CRITICAL))
"""先办后议: never returned, unless the setting `return.forbidden_urgencies` says otherwise."""


def asked(reader: Reader, order_id: int) -> list[Row]:
    """Return every 退单 of an order, oldest first."""
    return [row for row in requests.of_order(reader, order_id) if row["kind"] == RequestKind.RETURN]


def fate(row: Any) -> Fate:
    """Return what became of a 退单 (a row of `requests`)."""
    return returns.fate_of(row["verdict"], row["end_reason"])


def most(desk: Desk) -> int:
    """Return how often an order may be returned in this city."""
    return int(desk.settings.get("return.max_times", returns.MOST_RETURNS))


def settled(reader: Reader, order_id: int) -> list[Row]:
    """Return the 退单 of an order that were answered: granted, refused, or owned up to by taking the order back."""
    return [row for row in asked(reader, order_id) if fate(row) in returns.SETTLED]


def counts(row: Any) -> bool:
    """Whether a 退单 is one of the few that an order has: one that waits, too."""
    return fate(row) is not Fate.LAPSED


def is_last(desk: Desk, reader: Reader, order_id: int) -> bool:
    """Whether the returns of an order are used up by what was settled."""
    count = len(settled(reader, order_id))
    return count > 0 and count >= most(desk)
