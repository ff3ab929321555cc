"""What 班长 says of a number for a while: 已依法办结、无新情况, or 骚扰来电 (practice P15).

A mark never keeps a call from being answered: it gives the operator a sentence, and is seen at the centre only.
"""

from datetime import datetime, timedelta

from db.codes import CallerMarkKind, Deed, Status
from db.doors import Row, Writer
from db.ids import new_uid
from db.queries import caller_marks, callers, work_orders
from db.times import to_ms
from desk import history
from desk.births import check_birth_right
from desk.context import Desk
from desk.errors import Refused
from desk.history import Happening
from desk.rules.text import normalised_phone, required
from desk.sight import is_secret

_LONGEST_GROUND = 200
_FINISHED = frozenset({Status.CLOSED, Status.ARCHIVED})


def mark_settled(desk: Desk, order_no: str, paper: str) -> datetime:
    """Say that an order's matter is 已依法办结、无新情况, on the strength of a `paper`; return until when (aware UTC).

    For `settled.days` (365) days; one event. Raises BadInput without a paper, NotAllowed for anybody but 班长, Refused
    for an order that is not finished, is 举报 or 保密, or was left without a number.
    """
    ground = required(paper, "结案文书", _LONGEST_GROUND, one_line=True)
    check_birth_right(desk, Deed.MARK_CALLER)
    with desk.writing() as writer:
        order = work_orders.by_number(writer, order_no)
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号")
        _refuse_unfinished(order)
        days = int(desk.settings.get("settled.days", 365))
        return _mark(desk, writer, CallerMarkKind.SETTLED, order["contact_phone"], ground, days, order)


def mark_nuisance(desk: Desk, number: str, ground: str) -> datetime:
    """Say that a number rings to disturb; return until when (aware UTC): it is still answered.

    For `nuisance.days` (30) days; one event. Raises BadInput for a number that is none and without a ground,
    NotAllowed for anybody but 班长, Refused with fewer than `nuisance.calls` (3) calls filed as 骚扰.
    """
    why, phone = required(ground, "理由", _LONGEST_GROUND, one_line=True), normalised_phone(number, "来电")
    check_birth_right(desk, Deed.MARK_CALLER)
    with desk.writing() as writer:
        least = int(desk.settings.get("nuisance.calls", 3))
        filed = int(callers.calls_of_number(writer, phone)["nuisance"])
        if not phone or filed < least:
            raise Refused(f"该号码记为骚扰的来电只有 {filed} 次，满 {least} 次才能标记，请先按 F7 存小结")
        days = int(desk.settings.get("nuisance.days", 30))
        return _mark(desk, writer, CallerMarkKind.NUISANCE, phone, why, days)


def unmark_caller(desk: Desk, number: str, reason: str) -> int:
    """End every mark of a number, the record stays; return how many there were.

    One event. Raises BadInput without a reason, NotAllowed for anybody but 班长, Refused when there is no mark.
    """
    why, phone = required(reason, "理由", _LONGEST_GROUND, one_line=True), normalised_phone(number, "来电")
    check_birth_right(desk, Deed.UNMARK_CALLER)
    with desk.writing() as writer:
        at = history.moment_after_head(writer, desk.now())
        ended = caller_marks.end(writer, phone, to_ms(at), desk.actor.id, why)
        if not ended:
            raise Refused("该号码没有标记，不需取消")
        data = {"marks": ended}
        history.record(
            writer,
            Happening(Deed.UNMARK_CALLER, at, desk.actor.uid, desk.seat, data=data, texts={"reason": why}),
        )
        return len(ended)


def _refuse_unfinished(order: Row) -> None:
    order_no = order["order_no"]
    if is_secret(order):
        raise Refused(f"工单 {order_no} 是举报或保密件，不标记来电人")
    if Status(order["status"]) not in _FINISHED:
        raise Refused(f"工单 {order_no} 还没有办结，办结后才能标记“已依法办结”")
    if not order["contact_phone"]:
        raise Refused(f"工单 {order_no} 没有留下号码，无法标记")


def _mark(
    desk: Desk,
    writer: Writer,
    kind: CallerMarkKind,
    number: str,
    ground: str,
    days: int,
    order: Row | None = None,
) -> datetime:
    at = history.moment_after_head(writer, desk.now())
    until = at + timedelta(days=days)
    order_id = int(order["id"]) if order else None
    if caller_marks.standing(writer, number, to_ms(at), kind=kind, order_id=order_id):
        raise Refused("已有同样的标记，如需改期请先取消再标记")
    values = {"uid": new_uid(), "number": number, "kind": str(kind), "order_id": order_id, "ground": ground}
    times = {"set_at": to_ms(at), "set_by": desk.actor.id, "ends_at": to_ms(until)}
    caller_marks.add(writer, {**values, **times})
    data = {"mark": values["uid"], "kind": str(kind), "until": to_ms(until)}
    if order:
        data["order"] = order["uid"]
    history.record(
        writer,
        Happening(Deed.MARK_CALLER, at, desk.actor.uid, desk.seat, data=data, texts={"ground": ground}),
    )
    return until
