"""同意/不同意 延期 and 挂起, 恢复计时: what the centre decides beside the status (practice P8)."""

from contextlib import suppress
from datetime import datetime

from db.codes import Deed, Grade, RequestKind, Role, Verdict
from db.doors import Row
from db.queries import requests, unit_lists, work_orders
from db.times import from_ms, maybe_from_ms, to_ms
from desk import clocks, lists, unit_limit
from desk.announced import sweep_announced
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.due_told import tell_due
from desk.errors import NotAllowed, NotNow
from desk.my_tickets import common
from desk.my_tickets.signing import sweep_unsigned
from desk.pool import enter_pool
from desk.pressure_by_rule import sweep_stages
from desk.procedures import sweep_procedures
from desk.rows import OrderRow
from desk.rules import deadlines, rights
from desk.rules.calendar import local, working_days_between
from desk.rules.rights import Scope
from desk.rules.text import cleaned, required
from desk.unattended import tell_unattended
from desk.unplanned import tell_unplanned


def grant_extension(desk: Desk, order_no: str, decision: str = "") -> OrderRow:
    """同意延期: both due times move by the days asked for, and the order becomes C and enters the pool (P8).

    A second extension is for 分管领导 alone. Raises NotNow when the limit ended undecided: then it is not granted.
    """
    with deed_on(desk, Deed.GRANT_EXTENSION, order_no) as deed:
        request = common.pending_request(deed, RequestKind.EXTENSION, "延期")
        refuse_granting(deed)
        words = cleaned(decision, common.SHORT, "审批意见")
        common.decide(deed, request, Verdict.GRANTED, words)
        _extend(deed, request)
        enter_pool(deed, Grade.C, f"延期：{request['reason']}"[: common.SHORT])
        deed.quote(decision=words)
    return lists.after(desk, deed.order_id)


def refuse_granting(deed: OrderDeed) -> None:
    """Raise NotNow after the limit has ended undecided, NotAllowed for a second extension by anybody but 分管领导."""
    if _is_expired(deed):
        raise NotNow("原时限已到仍未裁定，按不同意处理，请选“不同意延期”结案")
    earlier = common.asked_in_round(deed, RequestKind.EXTENSION, Verdict.GRANTED)
    usual = int(deed.desk.settings.get("extension.max_times", 1))
    if len(earlier) >= usual and Role.LEADER not in deed.desk.actor.roles:
        raise NotAllowed("再次延期须由分管领导或热线日决定，请报调度领导")


def _extend(deed: OrderDeed, request: Row) -> None:
    limits, calendar = deed.desk.settings.limits, deed.desk.calendar
    unit, citizen = unit_limit.unit_due(deed), unit_limit.citizen_due(deed)
    assert unit is not None, "an extension was asked of a limit"
    before, wanted = local(unit.at).date(), local(from_ms(request["wanted_due_at"])).date()
    days = working_days_between(before, wanted, calendar)
    unit_limit.move_unit_due(deed, deadlines.extension_due(unit, days, limits, calendar))
    deed.note(days=days, old_unit_due_at=to_ms(unit.at))
    if citizen is not None:
        later = deadlines.extension_due(citizen, days, limits, calendar)
        deed.set(citizen_due_at=to_ms(later.at))
        deed.note(citizen_due=clocks.due_data(later), old_citizen_due_at=to_ms(citizen.at))


def _is_expired(deed: OrderDeed) -> bool:
    limit = maybe_from_ms(deed.order["unit_due_at"])
    return limit is not None and deed.at > limit


def refuse_extension(desk: Desk, order_no: str, decision: str) -> OrderRow:
    """不同意延期, with a reason; undecided at the limit it has lapsed and needs none (P8)."""
    with deed_on(desk, Deed.REFUSE_EXTENSION, order_no) as deed:
        request = common.pending_request(deed, RequestKind.EXTENSION, "延期")
        verdict, words = Verdict.LAPSED, "到期未裁定，视为不同意"
        if not _is_expired(deed):
            verdict, words = Verdict.REFUSED, required(decision, "不同意的理由")
        common.decide(deed, request, verdict, words)
        deed.quote(decision=words)
    return lists.after(desk, deed.order_id)


def grant_suspension(desk: Desk, order_no: str, decision: str = "") -> OrderRow:
    """同意挂起: 单位时限 stands still, at most 3 working days; 诉求人时限 goes on (P8)."""
    with deed_on(desk, Deed.GRANT_SUSPENSION, order_no) as deed:
        common.refuse_while_suspended(deed)
        request = common.pending_request(deed, RequestKind.SUSPENSION, "挂起")
        words = cleaned(decision, common.SHORT, "审批意见")
        common.decide(deed, request, Verdict.GRANTED, words)
        until = deadlines.suspension_due(deed.at, desk.settings.limits, desk.calendar)
        deed.set(suspended_at=deed.at_ms)
        deed.note(until=clocks.due_data(until))
        deed.quote(decision=words)
    return lists.after(desk, deed.order_id)


def refuse_suspension(desk: Desk, order_no: str, decision: str) -> OrderRow:
    """不同意挂起, with a reason."""
    with deed_on(desk, Deed.REFUSE_SUSPENSION, order_no) as deed:
        request = common.pending_request(deed, RequestKind.SUSPENSION, "挂起")
        words = required(decision, "不同意的理由")
        common.decide(deed, request, Verdict.REFUSED, words)
        deed.quote(decision=words)
    return lists.after(desk, deed.order_id)


def resume(desk: Desk, order_no: str, reason: str = "") -> OrderRow:
    """恢复计时: the citizen was reached, or the time is up; 单位时限 ends later by what it stood still (P8).

    Raises NotNow when the order is not suspended.
    """
    with deed_on(desk, Deed.RESUME, order_no) as deed:
        if not unit_limit.go_on(deed):
            raise NotNow(f"工单 {order_no} 没有挂起，不必恢复")
        deed.quote(reason=cleaned(reason, common.SHORT, "恢复说明"))
    return lists.after(desk, deed.order_id)


def sweep_suspensions(desk: Desk) -> tuple[OrderRow, ...]:
    """恢复计时 for every order of the centre whose 挂起 is over (one page); returns them."""
    page = lists.load(desk, unit_lists.SUSPENDED, centre_id=desk.actor.centre_id)
    resumed: list[OrderRow] = []
    for row in page.rows:
        if _pause_is_over(desk, row):
            with suppress(NotNow):
                resumed.append(resume(desk, row.order_no, "挂起期满"))
    return tuple(resumed)


def _pause_is_over(desk: Desk, row: OrderRow) -> bool:
    with desk.reading() as reader:
        order = work_orders.by_key(reader, row.id)
    paused: datetime | None = maybe_from_ms(order["suspended_at"]) if order else None
    if paused is None:
        return False
    return desk.now() > deadlines.suspension_due(paused, desk.settings.limits, desk.calendar).at


def sweep_lapsed(desk: Desk) -> tuple[OrderRow, ...]:
    """不同意 for every 延期 that nobody decided before the limit ended (one page); returns the orders."""
    where = f"{unit_lists.AT_CENTRE} AND o.unit_due_at < :now"
    with desk.reading() as reader:
        waiting = requests.pending_of_kind(
            reader,
            RequestKind.EXTENSION,
            where,
            limit=lists.PAGE_SIZE,
            centre_id=desk.actor.centre_id,
            now=to_ms(desk.now()),
        )
        numbers = [lists.one(desk, reader, row["order_id"]).order_no for row in waiting]
    lapsed: list[OrderRow] = []
    for order_no in numbers:
        with suppress(NotNow):
            lapsed.append(refuse_extension(desk, order_no, ""))
    return tuple(lapsed)


def sweep(desk: Desk) -> int:
    """Do what time alone decides, where this person may; return how many: 自动签收, 挂起期满, 延期到期未裁定, 法定期满, 放假安排公布, 无人在岗, 催办督办.

    班长 is told too when the month has no 热线日, units of limits that are near or over: that decides nothing, and is not counted.
    """
    if Scope.CENTRE not in rights.scopes(desk.actor.roles, Deed.AUTO_SIGN):
        return 0
    decided = len(sweep_unsigned(desk)) + len(sweep_suspensions(desk)) + len(sweep_lapsed(desk))
    decided += sweep_procedures(desk)
    tell_unplanned(desk)
    decided += sweep_announced(desk) + tell_unattended(desk) + sweep_stages(desk)
    # Whoever was pressed at the limit need not be told of it once more.
    tell_due(desk)
    return decided
