"""What the deeds' own rules say before anything is asked: tried on a deed that is never written."""

from collections.abc import Callable
from typing import cast

from db.codes import Deed, RequestKind, Status
from db.doors import Reader, Row, Writer
from desk.context import Desk
from desk.deed import OrderDeed
from desk.errors import Refused
from desk.my_tickets import (
    asking,
    co_asking,
    common,
    escalating,
    granting,
    panel_asking,
    part_returning,
    replying,
    returning,
)


def line_against(desk: Desk, reader: Reader, kind: Deed, order: Row) -> str:
    """Return the line with which `kind` on this order would be refused whatever is typed, "" if it would not.

    Rights, status and separation are not looked at here (`desk.deed`). The guards read and write nothing.
    """
    guard = _GUARDS.get(kind)
    if guard is None:
        return ""
    deed = OrderDeed(desk, cast("Writer", reader), kind, order, desk.now(), Status(order["status"]))
    try:
        guard(deed)
    except Refused as refusal:
        return refusal.message
    return ""


def _no_granting_late_or_twice(deed: OrderDeed) -> None:
    common.pending_request(deed, RequestKind.EXTENSION, "延期")
    granting.refuse_granting(deed)


_GUARDS: dict[Deed, Callable[[OrderDeed], object]] = {
    Deed.ASK_CO_HANDLING: co_asking.refuse_asking,
    Deed.ASK_RETURN: returning.refuse_return,
    Deed.ASK_PART_RETURN: part_returning.refuse_part_return,
    Deed.ASK_EXTENSION: asking.refuse_extension,
    Deed.ASK_SUSPENSION: asking.refuse_suspension,
    Deed.ASK_ESCALATION: escalating.refuse_escalation,
    Deed.ASK_PANEL: panel_asking.refuse_panel_request,
    Deed.SUBMIT_REPLY: replying.refuse_while_danger_lasts,
    Deed.GRANT_EXTENSION: _no_granting_late_or_twice,
}
