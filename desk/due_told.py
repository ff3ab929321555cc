"""临期 and 超期: the unit is told when 单位时限 comes near, and when it has passed (practice P19)."""

from datetime import timedelta

from db.queries import unattended
from db.times import from_ms, to_ms
from desk import history, told
from desk.context import Desk

HOURS = 4
"""How long before the limit a unit is told, unless the setting `due_soon.hours` says otherwise."""


def tell_due(desk: Desk) -> int:
    """Queue a message to each unit of the centre whose limit is near, or has passed; return how many were queued.

    Once for each limit: one that was moved is told of again. Raises Locked, StoreUnusable.
    """
    window = timedelta(hours=float(desk.settings.get("due_soon.hours", HOURS)))
    now, span = desk.now(), window // timedelta(milliseconds=1)
    with desk.reading() as reader:
        waiting = {
            "due_soon": unattended.due_untold(reader, desk.actor.centre_id, to_ms(now), span),
            "overdue": unattended.overdue_untold(reader, desk.actor.centre_id, to_ms(now)),
        }
    if not any(waiting.values()):
        return 0
    with desk.writing() as writer:
        at = history.moment_after_head(writer, now)
        for code, orders in waiting.items():
            for order in orders:
                told.to_unit(desk, writer, order, code, at, due=from_ms(order["unit_due_at"]))
    return sum(map(len, waiting.values()))
