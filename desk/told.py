"""What a deed tells by message: queued in its very transaction, sent by somebody else later (practice P19)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from db.codes import Deed, Urgency
from db.doors import Writer
from db.queries import messages, units
from db.times import from_ms, maybe_from_ms, to_ms
from desk import sight
from desk.context import Desk
from desk.rules import messages as rules
from desk.rules.deadlines import Due, read_out
from desk.rules.declining import decline_reason, where_to_go
from desk.words import short_moment

_NO_UNIT = "承办单位"


def queue(
    desk: Desk, writer: Writer, kind: Deed, order: Mapping[str, Any], data: Mapping[str, Any], at: datetime
) -> None:
    """Queue what `kind` tells the caller and the unit of an order, which is given as the deed leaves it.

    `data` is the event's; `at` is aware. Nothing is queued for a deed that tells nobody. Only SQL happens here.
    """
    if kind in rules.CITIZEN_TOLD and _hears(desk, kind, order, at):
        template = rules.TEMPLATES[rules.CITIZEN_TOLD[kind]]
        body = body_of(desk, template, _for_the_caller(desk, writer, order, data))
        phone = str(order["contact_phone"])
        messages.to_caller(writer, int(order["id"]), phone, template.code, body, to_ms(at))
    if kind in rules.UNIT_TOLD and order["steward_id"] is not None:
        column = "stage_due_at" if kind is Deed.SEND else "unit_due_at"
        to_unit(desk, writer, order, rules.UNIT_TOLD[kind], at, due=maybe_from_ms(order[column]))


def _hears(desk: Desk, kind: Deed, order: Mapping[str, Any], at: datetime) -> bool:
    """Whether the caller is told by this desk at all.

    A 服务站 has no line to send by: its centre tells of what it takes over. What comes from another channel or store days
    after it was said, as a file of last year does, is no news any more.
    """
    if (
        desk.station is not None
        or sight.is_crisis(order)
        or not rules.tells_caller(order, desk.settings.words("crisis.words"))
    ):
        return False
    hours = float(desk.settings.get("messages.expire_hours", rules.EXPIRE_HOURS))
    return kind not in rules.COME_LATER or at - from_ms(order["raised_at"]) < timedelta(hours=hours)


def to_unit(
    desk: Desk,
    writer: Writer,
    order: Mapping[str, Any] | Any,
    code: str,
    at: datetime,
    *,
    due: datetime | None = None,
    words: str = "",
    unit_id: int | None = None,
    phone: str = "",
    **more: str,
) -> None:
    """Queue a message of the template `code` to the unit that handles an order; `due`, `words` and `more` fill its places.

    With `unit_id` to another unit, with `phone` to one person's number there.
    """
    template = rules.TEMPLATES[code]
    limit = short_moment(due) if due else "规定时限"
    body = body_of(desk, template, {"order": str(order["order_no"]), "due": limit, "words": words, **more})
    to_whom = int(order["steward_id"]) if unit_id is None else unit_id
    messages.to_unit(writer, int(order["id"]), to_whom, code, body, to_ms(at), phone)


def body_of(desk: Desk, template: rules.Template, values: Mapping[str, str]) -> str:
    """Return the words of a message by the city's own template."""
    return rules.filled(str(desk.settings.get(template.setting, template.words)), values)


def _for_the_caller(
    desk: Desk, writer: Writer, order: Mapping[str, Any], data: Mapping[str, Any]
) -> dict[str, str]:
    """What may stand in a message that anybody may read over a shoulder: never what the order is about (P32, P33)."""
    steward_id, unit = order["steward_id"], _NO_UNIT
    if steward_id is not None and not sight.is_secret(order):
        row = units.unit(writer, steward_id)
        unit = str(row["short_name"]) if row else unit
    due = maybe_from_ms(order["citizen_due_at"])
    reason = decline_reason(str(data.get("reason", "")))
    offices = desk.settings.get("directory.declined", {})
    is_wall_clock = order["urgency"] != Urgency.NORMAL
    return {
        "code": str(order["query_code"]),
        "unit": unit,
        "due": read_out(Due(due, False, "", "", wall_clock=is_wall_clock)) if due else "规定时限",
        "where": where_to_go(reason, offices) if reason else "有权处理的机关",
    }
