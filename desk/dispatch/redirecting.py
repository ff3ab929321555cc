"""What ends a 退单 at once: 同意并改派 to the unit that was named, and 快速裁决, after which none may be asked (practice P7)."""

from db.codes import Deed, RequestKind, Verdict
from db.doors import Reader, Row
from db.queries import assignments, requests
from desk import lists, return_records
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common, return_guards
from desk.dispatch.returns import asked, decide, tell_released
from desk.dispatch.sending import another_unit, give_to, take_from
from desk.errors import NotNow, Refused
from desk.rows import OrderRow
from desk.rules.text import cleaned, required


def redirect_return(desk: Desk, order_no: str, decision: str = "", requirement: str = "") -> OrderRow:
    """同意退单并改派: the return is granted and the order goes to the unit that the asking one named, in one deed (P7).

    That unit's own limit runs from now, the citizen's goes on. Raises what `grant_return` raises, NotAllowed for an
    accused unit, Refused for a centre and for what a lower centre has to send, NotAllowed for the last return unless
    by 班长 or a 研判组员: then it is given finally.
    """
    words = cleaned(decision, common.SHORT, "裁定意见")
    with deed_on(desk, Deed.REDIRECT_RETURN, order_no) as deed:
        waiting, part = asked(deed)
        refuse_redirecting(desk, deed.writer, deed.order, waiting)
        unit = another_unit(deed, part, waiting["target_unit_id"])
        decide(deed, waiting, Verdict.GRANTED, words)
        take_from(deed, part, "returned")
        is_final = return_records.is_last(desk, deed.writer, deed.order_id)
        give_to(deed, unit, None, requirement, None, is_final=is_final)
        tell_released(deed, part, "已同意退单，改派其他单位，你单位不再办理")
        _tell_new(deed, unit, is_final=is_final)
    return lists.after(desk, deed.order_id)


def refuse_redirecting(desk: Desk, reader: Reader, order: Row, waiting: Row) -> None:
    """Raise why the unit named in a 退单 cannot get the order by this person at once; granting it may be possible."""
    return_guards.refuse_urgent(desk, order)
    count = len(return_records.settled(reader, order["id"])) + 1
    if count > return_records.most(desk):
        raise Refused("该工单退单次数已满，不能再退：请不同意，或按 k 快速裁决")
    return_guards.refuse_assigning(desk, count)
    if waiting["target_unit_id"] is None:
        raise NotNow("退单申请没有写应派单位：请同意后在待派单另派")
    common.unit_for(desk, reader, order, waiting["target_unit_id"])


def rule_finally(
    desk: Desk,
    order_no: str,
    unit_id: int,
    section_id: int | None = None,
    *,
    reason: str,
    requirement: str = "",
    forward_text: str | None = None,
) -> OrderRow:
    """快速裁决: 班长 or a 研判组员 gives an order that was returned twice to a unit for good; it may not return it (P7).

    A return that still waits is granted with it. Raises NotNow before the returns are used up, BadInput for the unit
    that has the order, NotAllowed for who had a part in the returns.
    """
    why = required(reason, "裁决理由")
    with deed_on(desk, Deed.RULE_FINALLY, order_no) as deed:
        common.refuse_emergency(deed)
        refuse_ruling(desk, deed.writer, deed.order)
        part = assignments.current_steward(deed.writer, deed.order_id)
        unit = common.handler_unit(deed, unit_id) if part is None else another_unit(deed, part, unit_id)
        section = common.section_of(deed.writer, unit, section_id)
        if part is not None:
            is_granted = _grant_what_waits(deed, why)
            take_from(deed, part, "returned" if is_granted else "reassigned")
        give_to(deed, unit, section, requirement, forward_text, is_final=True)
        deed.quote(reason=why)
        if part is not None:
            tell_released(deed, part, "经快速裁决改派其他单位，你单位不再办理")
        _tell_new(deed, unit, is_final=True)
    return lists.after(desk, deed.order_id)


def refuse_ruling(desk: Desk, reader: Reader, order: Row) -> None:
    """Raise NotNow for 快速裁决 before the returns of an order (a row) are used up, NotAllowed as `grant_return` does."""
    used = [row for row in return_records.asked(reader, order["id"]) if return_records.counts(row)]
    most = return_records.most(desk)
    if not used:
        raise NotNow(f"本单没有退过，退满 {most} 次才快速裁决：请照常派单或按 n 改派")
    if len(used) < most:
        raise NotNow(f"本单只退单 {len(used)} 次，满 {most} 次才快速裁决：请裁定退单、派单或按 n 改派")
    if any(row["verdict"] == Verdict.PENDING for row in used):
        return_guards.refuse_ruler(desk, reader, order)


def _grant_what_waits(deed: OrderDeed, words: str) -> bool:
    """Grant the 退单 that waits; False when none does."""
    waiting = requests.pending(deed.writer, deed.order_id, RequestKind.RETURN)
    if waiting is not None:
        decide(deed, waiting, Verdict.GRANTED, words)
    return waiting is not None


def _tell_new(deed: OrderDeed, unit: Row, *, is_final: bool) -> None:
    how = "经快速裁决派你单位办理，请签收，不得再退单" if is_final else "改派你单位办理，请签收"
    common.tell(deed, unit["id"], "ruled_finally" if is_final else "dispatched", how)
