"""退协办 decided: the helper's part ends or stays; the order, its 工单管家 and its clocks are untouched (practice P7)."""

from collections.abc import Iterator

from db.codes import AssignmentPart, Deed, ReturnReason, Role, Verdict
from db.doors import Reader, Row
from db.queries import assignments, staff
from db.times import from_ms, maybe_from_ms
from desk import lists, part_returns
from desk.co_parts import add_co_units
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common, return_guards
from desk.dispatch.returns import decide
from desk.dispatch_rows import PartPaper
from desk.errors import NotAllowed, NotNow, Refused
from desk.rows import OrderRow
from desk.rules import returns
from desk.rules.returns import Turn
from desk.rules.text import cleaned, required


def grant_part_return(
    desk: Desk, order_no: str, part_id: int, decision: str = "", *, is_replaced: bool = True
) -> OrderRow:
    """同意退协办: the part `part_id` ends, and the unit that its paper names helps instead, unless not `is_replaced`.

    Raises NotNow when that part asks for nothing or the order has become 紧急, NotAllowed for who sent the part, past
    the limit for all but 班长, and for an accused unit; Refused for a unit that may not handle the order.
    """
    words = cleaned(decision, common.SHORT, "裁定意见")
    with deed_on(desk, Deed.GRANT_PART_RETURN, order_no) as deed:
        waiting, part = _asked(deed, part_id)
        return_guards.refuse_urgent(desk, deed.order)
        decide(deed, waiting, Verdict.GRANTED, words)
        assignments.end_with_inner(deed.writer, part["id"], deed.at_ms, "returned")
        common.tell(deed, part["unit_id"], "part_returned", "已同意退协办，你单位不再协办")
        _tell_steward(deed, f"{part['unit_short_name']}不再协办")
        if is_replaced and waiting["target_unit_id"] is not None:
            _replace(deed, part, waiting["target_unit_id"])
    return lists.after(desk, deed.order_id)


def refuse_part_return(desk: Desk, order_no: str, part_id: int, decision: str) -> OrderRow:
    """不同意退协办, with a reason: the unit goes on helping within its old limit. Raises as `grant_part_return` does."""
    words = required(decision, "不同意的理由")
    with deed_on(desk, Deed.REFUSE_PART_RETURN, order_no) as deed:
        waiting, part = _asked(deed, part_id)
        decide(deed, waiting, Verdict.REFUSED, words)
        common.tell(deed, part["unit_id"], "part_refused", "退协办未获同意，请继续协办并答复工单管家")
    return lists.after(desk, deed.order_id)


def _asked(deed: OrderDeed, part_id: int) -> tuple[Row, Row]:
    """Return the paper and the part that it is about."""
    for waiting in part_returns.waiting(deed.writer, deed.order_id):
        if waiting["assignment_id"] == part_id:
            part = _part(deed.writer, deed.order_id, part_id)
            _refuse_decider(deed.desk, deed.writer, waiting, part)
            deed.note(unit=common.unit_named(deed.writer, part["unit_id"])["code"])
            return waiting, part
    raise NotNow(f"工单 {deed.order['order_no']} 没有待定的退协办申请，请刷新后再看")


def _part(reader: Reader, order_id: int, part_id: int) -> Row:
    parts = assignments.current(reader, order_id, AssignmentPart.CO_HANDLING)
    return next(part for part in parts if part["id"] == part_id)


def _refuse_decider(desk: Desk, reader: Reader, waiting: Row, part: Row) -> None:
    """Whoever asked the unit to help does not judge; past the limit it is 班长's, where one of them may (P7)."""
    sender = part["sender_person"]
    common.refuse_own(desk, sender, "不能裁定自己派出的协办，请由另一名派单员或班长裁定")
    turn = return_guards.turn(desk, waiting)
    if turn is not Turn.SUPERVISOR or returns.may_decide(turn, desk.actor.roles):
        return
    if staff.persons_with_role(reader, desk.actor.centre_id, Role.SUPERVISOR) - {sender}:
        raise NotAllowed("退协办的裁定时限已过，由班长裁定")


def _tell_steward(deed: OrderDeed, words: str) -> None:
    common.tell(deed, common.steward_part(deed)["unit_id"], "part_returned", words)


def _replace(deed: OrderDeed, part: Row, unit_id: int) -> None:
    """Ask the unit that was named to help, with the demand of the part that ended; no matter if it does already."""
    steward = common.steward_part(deed)
    helpers = assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING)
    if unit_id in {steward["unit_id"], *(helper["unit_id"] for helper in helpers)}:
        return
    add_co_units(deed, steward["unit_id"], (unit_id,), part["requirement"])
    common.tell(deed, unit_id, "dispatched", "请你单位协办，请签收")
    _tell_steward(deed, f"已改请{common.unit_named(deed.writer, unit_id)['short_name']}协办")


def refuse_all(desk: Desk, reader: Reader, order: Row) -> None:
    """Raise why this person can decide none of the 退协办 of an order (a row): none waits, or each is another's."""
    refusal: Refused = NotNow(f"工单 {order['order_no']} 没有待定的退协办申请，请刷新后再看")
    for waiting in part_returns.waiting(reader, order["id"]):
        try:
            _refuse_decider(desk, reader, waiting, _part(reader, order["id"], waiting["assignment_id"]))
        except Refused as refused:
            refusal = refused
        else:
            return
    raise refusal


def papers_of(reader: Reader, order: Row) -> Iterator[PartPaper]:
    """Yield the papers of the 退协办 that wait on an order (a row), the first asked first."""
    for row in part_returns.waiting(reader, order["id"]):
        yield PartPaper(
            part_id=row["assignment_id"],
            unit=row["asking_unit_name"] or "",
            reason=word(ReturnReason(row["reason_code"])),
            words=row["reason"],
            duty_item=row["evidence"],
            target=row["target_unit_name"] or "",
            finding=row["finding"],
            asked_at=from_ms(row["asked_at"]),
            due_at=maybe_from_ms(row["due_at"]),
        )
