"""申请延期, 申请挂起: what a unit asks the centre for; the order goes on meanwhile (practice P8)."""

from db.codes import Deed, OrderKind, RequestKind, Urgency, Verdict
from db.queries import answers
from db.times import from_ms, to_ms
from desk import clocks, lists, unit_limit
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.my_tickets import common
from desk.rows import OrderRow
from desk.rules import asking, deadlines
from desk.rules.deadlines import Due
from desk.rules.text import required


def ask_extension(desk: Desk, order_no: str, days: int, reason: str, told_citizen_log: str) -> OrderRow:
    """申请延期 by `days` working days, before the limit ends, with the log that the citizen was told (P8).

    Raises NotNow where the kind, the urgency, the moment or an earlier extension forbid it; BadInput for the rest.
    """
    with deed_on(desk, Deed.ASK_EXTENSION, order_no) as deed:
        outer, most = refuse_extension(deed), _longest_extension(deed)
        if not 1 <= days <= most:
            raise BadInput(f"本单最多可延期 {most} 个工作日，请填 1 至 {most}", "延期天数")
        words = required(reason, "延期理由")
        told = required(told_citizen_log, "告知诉求人的记录")
        limits, calendar = desk.settings.limits, desk.calendar
        wanted = deadlines.extension_due(outer, days, limits, calendar)
        decision = deadlines.extension_decision_due(deed.at, limits, calendar)
        common.ask(
            deed,
            RequestKind.EXTENSION,
            min(decision.at, outer.at),
            reason=words,
            evidence=told,
            wanted_due_at=to_ms(wanted.at),
        )
        deed.note(days=days, wanted_due=clocks.due_data(wanted))
        deed.quote(reason=words, told=told)
    return lists.after(desk, deed.order_id)


def _longest_extension(deed: OrderDeed) -> int:
    kind, urgency = OrderKind(deed.order["kind"]), Urgency(deed.order["urgency"])
    most = deadlines.longest_extension_days(kind, urgency, deed.desk.settings.limits)
    if most == 0:
        what = word(kind) if urgency is Urgency.NORMAL else word(urgency)
        raise NotNow(f"{what}工单不能延期，请按时答复诉求人")
    return most


def refuse_extension(deed: OrderDeed) -> Due:
    """Return the limit that could be extended; raise NotNow where kind, moment or an earlier request forbid it (P8)."""
    outer = unit_limit.unit_due(deed)
    _longest_extension(deed)
    if outer is None or deed.at > outer.at:
        raise NotNow("单位时限已到，不能再申请延期，请尽快办结并答复诉求人")
    common.refuse_while_suspended(deed)
    common.refuse_second(deed, RequestKind.EXTENSION, "延期")
    common.refuse_second(deed, RequestKind.SUSPENSION, "挂起")
    granted = len(common.asked_in_round(deed, RequestKind.EXTENSION, Verdict.GRANTED))
    usual = int(deed.desk.settings.get("extension.max_times", 1))
    if granted > usual:
        raise NotNow(f"本轮已延期 {granted} 次，不能再延，请提请热线日研究")
    return outer


def ask_suspension(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """申请挂起: the unit waits for the citizen, whom it could not reach in three logged attempts (P8).

    Raises NotNow for an emergency, without the attempts, a second time, or while a request waits.
    """
    with deed_on(desk, Deed.ASK_SUSPENSION, order_no) as deed:
        refuse_suspension(deed)
        words = required(reason, "挂起理由")
        due = deadlines.extension_decision_due(deed.at, desk.settings.limits, desk.calendar)
        common.ask(deed, RequestKind.SUSPENSION, due.at, reason=words)
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def refuse_suspension(deed: OrderDeed) -> None:
    """Raise NotNow for an emergency, without the attempts, a second time, or while a request waits (P8)."""
    settings = deed.desk.settings
    if deed.order["urgency"] == Urgency.CRITICAL:
        raise NotNow("应急工单不能挂起，请继续处置")
    common.refuse_while_suspended(deed)
    common.refuse_second(deed, RequestKind.SUSPENSION, "挂起")
    common.refuse_second(deed, RequestKind.EXTENSION, "延期")
    needed = int(settings.get("suspension.attempts", 3))
    made = attempts(deed)
    if made < needed:
        raise NotNow(f"挂起前须在不同时间联系诉求人 {needed} 次，现有效 {made} 次，请先登记联系未果")
    most = int(settings.get("suspension.max_times", 1))
    if len(common.asked_in_round(deed, RequestKind.SUSPENSION, Verdict.GRANTED)) >= most:
        raise NotNow(f"本单已挂起 {most} 次，不能再挂起，请继续办理")


def attempts(deed: OrderDeed) -> int:
    """Return how often the citizen was tried in vain in this round, at different times."""
    moments = answers.attempt_times(deed.writer, deed.order_id, deed.order["round"])
    gap = float(deed.desk.settings.get("contact.attempt_gap_minutes", 60))
    return asking.attempts_apart((from_ms(each) for each in moments), gap)
