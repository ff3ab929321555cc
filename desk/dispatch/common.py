"""What the deeds of the dispatch desk share."""

from datetime import datetime
from typing import Any

from db.codes import AssignmentPart, OrderKind, RequestKind, Urgency, Verdict
from db.doors import Reader, Row, Writer
from db.queries import assignments, messages, requests, units, work_orders
from db.times import from_ms, to_ms
from desk import clocks, merged, part_returns, sight
from desk.context import Desk
from desk.deed import OrderDeed
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.handling_units import check_may_handle
from desk.rules import deadlines

LONG, SHORT = 10_000, 500
OF_THE_EMERGENCY = "应急工单由应急值班员在 F5 处置，不能在此撤回、改派"


def unit_named(reader: Reader, unit_id: int) -> Row:
    """Return a unit; raises BadInput for a key that no unit has."""
    unit = units.unit(reader, unit_id)
    if unit is None:
        raise BadInput("没有这个单位，请按 / 重新查找", "承办单位")
    return unit


def section_of(reader: Reader, unit: Row, section_id: int | None) -> Row | None:
    """Return a section of the unit, None for none; raises BadInput when it belongs to another."""
    if section_id is None:
        return None
    section = units.section(reader, section_id)
    if section is None or section["unit_id"] != unit["id"]:
        raise BadInput(f"{unit['short_name']}没有这个科室，请重新选择", "科室")
    return section


def handler_unit(deed: OrderDeed, unit_id: int) -> Row:
    """Return a unit that may handle this order: not accused, no centre, not below a lower centre (P6, P32 a)."""
    return unit_for(deed.desk, deed.writer, deed.order, unit_id)


def unit_for(desk: Desk, reader: Reader, order: Row, unit_id: int) -> Row:
    """Return a unit that may handle an order (a row), as `handler_unit` does."""
    unit = unit_named(reader, unit_id)
    check_may_handle(desk, reader, order, unit)
    merged.check_unit(reader, order["id"], unit)
    return unit


def refuse_emergency(deed: OrderDeed) -> None:
    """Raise Refused for a running emergency: its unit was called out, not dispatched to (P24)."""
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise Refused(OF_THE_EMERGENCY)


def is_secret(deed: OrderDeed) -> bool:
    """Whether the order is 举报 or 保密 once the deed ends: the deed itself may name the kind."""
    names = ("kind", "is_confidential")
    return sight.is_secret({name: deed.value(name) for name in names})


def keep_secret(deed: OrderDeed) -> None:
    """Mark an order as 保密 that has, or has just lost, a kind that is secret: a word corrected opens no file (P32)."""
    kinds = deed.desk.settings.get("secrecy.default_kinds", [str(OrderKind.TIP_OFF)])
    if {deed.order["kind"], deed.value("kind")} & set(kinds) and not deed.order["is_confidential"]:
        deed.set(is_confidential=True)
        deed.note(is_confidential=True)
    merged.check_open(deed)


def add_part(deed: OrderDeed, part: AssignmentPart, unit: Row, **values: Any) -> int:
    """Give a unit a part in the order from this moment."""
    return assignments.add(
        deed.writer,
        order_id=deed.order_id,
        part=str(part),
        unit_id=unit["id"],
        round=deed.order["round"],
        sent_at=deed.at_ms,
        sent_by=deed.desk.actor.id,
        **values,
    )


def tell(deed: OrderDeed, unit_id: int, template: str, words: str) -> None:
    """Queue a message to a unit: the number and what became of it, never what the order says (P19, P21)."""
    messages.to_unit(
        deed.writer,
        deed.order_id,
        unit_id,
        template,
        f"工单 {deed.order['order_no']} {words}",
        deed.at_ms,
    )


def steward_part(deed: OrderDeed) -> Row:
    """Return the part of the unit that handles; raises NotNow when nobody does."""
    part = assignments.current_steward(deed.writer, deed.order_id)
    if part is None:
        raise NotNow(f"工单 {deed.order['order_no']} 目前没有承办单位，请刷新后再看")
    return part


def lapse_requests(deed: OrderDeed) -> None:
    """Let what the former unit has asked fall: it no longer holds the order."""
    for kind in (RequestKind.RETURN, RequestKind.EXTENSION, RequestKind.SUSPENSION, RequestKind.ESCALATION):
        waiting = requests.pending(deed.writer, deed.order_id, kind)
        if waiting is not None:
            actor = deed.desk.actor
            requests.decide(
                deed.writer, waiting["id"], Verdict.LAPSED, deed.at_ms, actor.id, "工单已离开该单位"
            )


def back_to_the_queue(deed: OrderDeed, starts: datetime, reason: str) -> None:
    """Take the order from its units; the dispatch limit runs from `starts` (aware), the citizen's goes on (P3, P7)."""
    desk = deed.desk
    due = deadlines.dispatch_due(deed.order["urgency"], starts, desk.settings.limits, desk.calendar)
    assignments.end_running(deed.writer, deed.order_id, deed.at_ms, reason)
    lapse_requests(deed)
    part_returns.lapse_ended(deed)
    deed.set(steward_id=None, section_id=None, handler_id=None, duty_item_id=None)
    deed.set(signed_at=None, unit_due_at=None, suspended_at=None, stage_due_at=to_ms(due.at))
    deed.note(stage_due=clocks.due_data(due))


def queued_since(writer: Writer, order: Row) -> datetime:
    """Return since when this centre has the order (aware UTC): acceptance, or when a higher centre handed it down."""
    handed_down = assignments.current(writer, order["id"], AssignmentPart.CENTRE)
    return from_ms(handed_down[-1]["sent_at"] if handed_down else order["accepted_at"])


def seen_order(desk: Desk, reader: Reader, order_no: str) -> Row:
    """Return an order of this person's sight by its number. Raises Refused for an unknown one, NotAllowed."""
    order = work_orders.by_number(reader, order_no)
    if order is None:
        raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
    if not sight.may_see(reader, desk.actor, order):
        raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
    return order


def refuse_own(desk: Desk, person_uid: str | None, line: str) -> None:
    """Raise NotAllowed when the actor is the person who may not decide (a person, not a 工号)."""
    if person_uid is not None and person_uid == desk.actor.person_uid:
        raise NotAllowed(line)
