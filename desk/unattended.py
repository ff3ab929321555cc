"""Units with something due in a few hours and nobody signed in are told, then their B角 (practice P6)."""

from datetime import timedelta
from typing import Any

from db.doors import Writer
from db.queries import messages, unattended
from db.times import to_ms
from desk import history
from desk.context import Desk

TOLD, DEPUTY_TOLD = "unattended", "unattended_deputy"
HOURS = 4
"""How long before the due time a unit must be at its desk, unless the setting `inner.unattended_hours` says otherwise."""
DEPUTY_AFTER = timedelta(hours=1)
SIGNED_IN_FOR = timedelta(hours=12)
"""Who signed in longer ago than a shift has gone, even if nobody signed out."""


def tell_unattended(desk: Desk) -> int:
    """Queue a message to each unit of the centre that is away from something due soon; return how many were queued.

    The unit is told once for each order, an hour later the B角 of its 联络员. Raises Locked, StoreUnusable.
    """
    hours = float(desk.settings.get("inner.unattended_hours", HOURS))
    now = desk.now()
    moments = {
        "now": to_ms(now),
        "soon": to_ms(now + timedelta(hours=hours)),
        "since": to_ms(now - SIGNED_IN_FOR),
    }
    with desk.reading() as reader:
        waiting = unattended.orders(reader, desk.actor.centre_id, TOLD, **moments)
        before = to_ms(now - DEPUTY_AFTER)
        still = unattended.still_waiting(
            reader, desk.actor.centre_id, TOLD, DEPUTY_TOLD, before=before, **moments
        )
    if not waiting and not still:
        return 0
    with desk.writing() as writer:
        at_ms = to_ms(history.moment_after_head(writer, now))
        for order in waiting:
            _tell(
                writer,
                order,
                TOLD,
                f"工单 {order['order_no']} 将在 {hours:g} 小时内到期，贵单位无人在岗，请立即处理",
                at_ms,
            )
        for order in still:
            names = unattended.deputies(writer, order["steward_id"]) or "请单位负责人指定"
            _tell(
                writer,
                order,
                DEPUTY_TOLD,
                f"工单 {order['order_no']} 即将到期，A角不在岗，请B角（{names}）接手",
                at_ms,
            )
    return len(waiting) + len(still)


def _tell(writer: Writer, order: Any, template: str, body: str, at_ms: int) -> None:
    messages.to_unit(writer, order["id"], order["steward_id"], template, body, at_ms)
