"""变更管家: the lead passes to a unit that handles the order already; nothing starts anew (practice P23)."""

from typing import Any

from db.codes import AssignmentPart, Deed, RequestKind, Urgency, Verdict
from db.doors import Row
from db.queries import assignments, messages, requests, units, work_orders
from db.times import to_ms
from desk import clocks, lists, part_returns
from desk.abilities import why_not
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.recusal import check_not_accused
from desk.rows import OrderRow, PickRow
from desk.rules import deadlines
from desk.rules.text import required

SHORT = 500
_CARRIED = ("round", "due_at", "due_explanation", "requirement")
"""What the new steward's part takes over from the former one's: the same limit, the same demand."""
_ASKED = (RequestKind.RETURN, RequestKind.EXTENSION, RequestKind.SUSPENSION)


def successors(desk: Desk, order_no: str) -> tuple[PickRow, ...]:
    """Return the units that may become 工单管家: those that help now; `key` is the unit's key in this store.

    Raises NotNow when nobody helps, as `deed_on` does when this person may not.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        if why := why_not(desk, reader, Deed.CHANGE_STEWARD, order):
            raise NotNow(why)
        helping = assignments.current(reader, order["id"], AssignmentPart.CO_HANDLING)
    if not helping:
        raise NotNow(_NOBODY)
    return tuple(
        PickRow(str(part["unit_id"]), part["unit_short_name"], "已答复" if part["answered_at"] else "协办中")
        for part in helping
    )


_NOBODY = "没有协办单位可接任工单管家：请先加派，或由派单员改派"


def change_steward(desk: Desk, order_no: str, unit_id: int, reason: str) -> OrderRow:
    """变更管家: a co-handling unit takes the lead, the former steward goes on helping; round, status and limits stay.

    Both are told. Raises BadInput without a reason or for a unit that does not help, NotNow while nobody does, Refused
    for a running emergency, NotAllowed for an accused unit.
    """
    words = required(reason, "变更理由", SHORT)
    with deed_on(desk, Deed.CHANGE_STEWARD, order_no) as deed:
        if deed.order["urgency"] == Urgency.CRITICAL:
            raise Refused("应急工单由应急值班员在 F5 处置，不能变更管家")
        former, successor = _parts(deed, unit_id)
        unit = units.unit(deed.writer, unit_id)
        assert unit is not None, "a foreign key holds it"
        check_not_accused(deed.writer, deed.order, unit)
        _lapse(deed)
        for part in (former, successor):
            assignments.end_with_inner(deed.writer, part["id"], deed.at_ms, "changed")
        part_returns.lapse_ended(deed)
        _lead(deed, former, successor)
        _help(deed, former)
        deed.set(steward_id=unit_id, section_id=successor["section_id"], handler_id=None)
        before = units.unit(deed.writer, former["unit_id"])
        deed.note(unit=unit["code"], from_unit=before["code"] if before else None)
        deed.quote(reason=words)
        _tell(deed, former["unit_id"], f"工单管家已变更为{unit['short_name']}，你单位转为协办")
        _tell(deed, unit_id, "你单位接任工单管家，时限不变")
    return lists.after(desk, deed.order_id)


def _parts(deed: OrderDeed, unit_id: int) -> tuple[Row, Row]:
    former = assignments.current_steward(deed.writer, deed.order_id)
    if former is None:
        raise NotNow(f"工单 {deed.order['order_no']} 目前没有承办单位，请刷新后再看")
    helping = assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING)
    if not helping:
        raise NotNow(_NOBODY)
    for part in helping:
        if part["unit_id"] == unit_id:
            return former, part
    raise BadInput("新的工单管家须是正在协办的单位：请重新选择", "承办单位")


def _lapse(deed: OrderDeed) -> None:
    """What the former steward has asked for falls with its lead."""
    for kind in _ASKED:
        waiting = requests.pending(deed.writer, deed.order_id, kind)
        if waiting is not None:
            by = deed.desk.actor.id
            requests.decide(deed.writer, waiting["id"], Verdict.LAPSED, deed.at_ms, by, "工单管家已变更")


def _lead(deed: OrderDeed, former: Row, successor: Row) -> None:
    _add(
        deed,
        AssignmentPart.STEWARD,
        successor,
        **{column: former[column] for column in _CARRIED},
        section_id=successor["section_id"],
        is_signed_by_force=successor["signed_at"] is None,
    )


def _help(deed: OrderDeed, former: Row) -> None:
    desk = deed.desk
    due = deadlines.co_handling_due(deed.at, desk.settings.limits, desk.calendar)
    _add(
        deed,
        AssignmentPart.CO_HANDLING,
        former,
        round=former["round"],
        section_id=former["section_id"],
        due_at=to_ms(due.at),
        due_explanation=due.explanation,
        requirement="向新的工单管家移交办理情况",
    )
    deed.note(co_due=clocks.due_data(due))


def _add(deed: OrderDeed, part: AssignmentPart, unit: Row, **values: Any) -> None:
    """Both know the order already: neither signs it again."""
    assignments.add(
        deed.writer,
        order_id=deed.order_id,
        part=str(part),
        unit_id=unit["unit_id"],
        sent_at=deed.at_ms,
        sent_by=deed.desk.actor.id,
        signed_at=deed.at_ms,
        **values,
    )


def _tell(deed: OrderDeed, unit_id: int, words: str) -> None:
    body = f"工单 {deed.order['order_no']} {words}"
    messages.to_unit(deed.writer, deed.order_id, unit_id, "steward_changed", body, deed.at_ms)
