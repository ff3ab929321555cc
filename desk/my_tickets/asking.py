"""申请退单, 申请延期, 申请挂起: what a unit asks the centre for; the order goes on meanwhile (practice P7, P8)."""

from db.codes import Deed, OrderKind, RequestKind, ReturnReason, Urgency, Verdict
from db.doors import Row
from db.queries import answers, panels, requests, units
from db.times import from_ms, maybe_from_ms, to_ms
from desk import clocks, lists
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.my_tickets import common
from desk.rows import OrderRow
from desk.rules import asking, deadlines
from desk.rules.deadlines import Due
from desk.rules.text import cleaned, required

FORBIDDEN_RETURNS = (str(Urgency.URGENT), str(Urgency.CRITICAL))


def ask_return(
    desk: Desk,
    order_no: str,
    reason_code: ReturnReason | str,
    target_unit_id: int,
    reason: str,
    duty_item: str = "",
) -> OrderRow:
    """申请退单: why, and to which unit the order should go (P7). The clock goes on.

    Raises NotNow for 紧急 and 应急 (先办后议), after the window that follows the signature, while one waits, and after
    the second return; BadInput for a reason or unit that is none.
    """
    with deed_on(desk, Deed.ASK_RETURN, order_no) as deed:
        refuse_return(deed)
        code = _return_reason(reason_code)
        target = _target(deed, target_unit_id)
        words = required(reason, "退单理由")
        due = deadlines.return_decision_due(deed.at, desk.settings.limits, desk.calendar)
        common.ask(
            deed,
            RequestKind.RETURN,
            due.at,
            reason_code=str(code),
            reason=words,
            evidence=cleaned(duty_item, common.SHORT, "职责清单依据"),
            target_unit_id=target["id"],
        )
        deed.note(reason=str(code), target_unit=target["uid"])
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def refuse_return(deed: OrderDeed) -> None:
    """Raise NotNow where no reason would help: 先办后议, one that waits, the second, the window is over (P7)."""
    settings, order = deed.desk.settings, deed.order
    if order["urgency"] in settings.get("return.forbidden_urgencies", FORBIDDEN_RETURNS):
        raise NotNow(f"{word(Urgency(order['urgency']))}工单先办后议，不能退单，请先处置并在办理记录中说明")
    if panels.acts_first(deed.writer, deed.order_id, common.steward_part(deed)["unit_id"]):
        raise NotNow("研判或热线日已定先办后议，不能退单：请先处置，争议由热线中心另行裁定")
    common.refuse_second(deed, RequestKind.RETURN, "退单")
    most = int(settings.get("return.max_times", 2))
    if len(_earlier_returns(deed)) >= most:
        raise NotNow(f"本单已申请退单 {most} 次，不能再退，请联系班长快速裁决")
    _refuse_late_return(deed)


def _refuse_late_return(deed: OrderDeed) -> None:
    part, settings = common.steward_part(deed), deed.desk.settings
    signed = maybe_from_ms(part["signed_at"])
    if signed is None:
        return
    if _begun_as_rework(part):
        raise NotNow("重办工单由原单位继续办理，不能退单，请联系派单员改派")
    days = int(settings.get("return.after_sign_days", 1))
    if deed.at > asking.return_window_ends(signed, days, settings.limits, deed.desk.calendar):
        raise NotNow(f"签收后 {days} 个工作日内才能退单，现已超过，请继续办理或联系派单员改派")


def _begun_as_rework(part: Row) -> bool:
    """Nobody signs a second round at the same unit: it is signed as it begins (review, 重办)."""
    is_signed_at_birth = part["is_signed_by_force"] and part["signed_at"] == part["sent_at"]
    return bool(part["round"] > 1 and is_signed_at_birth)


def _earlier_returns(deed: OrderDeed) -> list[Row]:
    """Returns asked for in any round and decided: what lapsed by itself does not count."""
    rows = requests.of_order(deed.writer, deed.order_id)
    return [r for r in rows if r["kind"] == RequestKind.RETURN and r["verdict"] != Verdict.LAPSED]


def _return_reason(code: ReturnReason | str) -> ReturnReason:
    try:
        return ReturnReason(code)
    except ValueError:
        reasons = "、".join(word(each) for each in ReturnReason)
        raise BadInput(f"退单理由请从 {reasons} 中选一项", "退单理由") from None


def _target(deed: OrderDeed, unit_id: int) -> Row:
    target = units.unit(deed.writer, unit_id)
    if target is None:
        raise BadInput("请选择应当承办的单位", "应派单位")
    own_path = str(common.steward_part(deed)["unit_path"])
    if str(target["path"]).startswith(own_path):
        raise BadInput("应派单位不能是本单位，请选择应当承办的单位", "应派单位")
    return target


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
    outer = common.unit_due(deed)
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
