"""申请退单: an order that is not the unit's goes back to the centre, with the duty item and whose it is (practice P7)."""

from db.codes import Deed, RequestKind, ReturnReason, Urgency
from db.doors import Row
from db.queries import panels, units
from db.times import maybe_from_ms
from desk import lists, return_records, unit_limit
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.my_tickets import common
from desk.recusal import check_not_accused
from desk.return_records import FORBIDDEN_URGENCIES
from desk.rows import OrderRow
from desk.rules import asking, deadlines
from desk.rules.text import cleaned, required


def ask_return(
    desk: Desk,
    order_no: str,
    reason_code: ReturnReason | str,
    target_unit_id: int,
    reason: str,
    duty_item: str = "",
    finding: str = "",
) -> OrderRow:
    """申请退单: why, by which duty item, and to which unit the order should go (P7). The clock goes on.

    Once signed it takes what was found on the site (`finding`) too. Raises NotNow for 紧急 and 应急 (先办后议), after the
    window that follows the signature, while one waits, after the second return, for what 快速裁决 gave; BadInput for
    a reason or unit that is none, NotAllowed for a unit that the order is about.
    """
    with deed_on(desk, Deed.ASK_RETURN, order_no) as deed:
        refuse_return(deed)
        part = unit_limit.steward_part(deed)
        code = return_reason(reason_code)
        target = _target(deed, part, target_unit_id)
        words = required(reason, "退单说明")
        file_paper(deed, RequestKind.RETURN, part, code, target, (words, duty_item, finding))
        deed.note(reason=str(code), target_unit=target["uid"])
    return lists.after(desk, deed.order_id)


def file_paper(
    deed: OrderDeed,
    kind: RequestKind,
    part: Row,
    code: ReturnReason,
    target: Row | None,
    said: tuple[str, str, str],
) -> None:
    """File the paper of a 退单 or 退协办 for a part, to be decided within 2 office hours (P7); its texts go into the event.

    `said` is the explanation, already checked, the duty item and what the site showed. Raises BadInput.
    """
    words, duty, found = said[0], required(said[1], "职责依据"), _finding(part, said[2])
    due = deadlines.return_decision_due(deed.at, deed.desk.settings.limits, deed.desk.calendar)
    common.ask(
        deed,
        kind,
        due.at,
        assignment_id=part["id"],
        reason_code=str(code),
        reason=words,
        evidence=duty,
        finding=found,
        target_unit_id=target["id"] if target else None,
    )
    deed.quote(reason=words, duty=duty, finding=found)


def _finding(part: Row, finding: str) -> str:
    """What the site showed: it must be said once the order is signed, it may be said before."""
    is_signed = part["signed_at"] is not None
    return required(finding, "现场情况") if is_signed else cleaned(finding, common.SHORT, "现场情况")


def refuse_return(deed: OrderDeed) -> None:
    """Raise NotNow where no reason would help: 先办后议, one that waits, the second, a final one, the window is over."""
    settings, order = deed.desk.settings, deed.order
    if order["urgency"] in settings.get("return.forbidden_urgencies", FORBIDDEN_URGENCIES):
        raise NotNow(
            f"{word(Urgency(order['urgency']))}工单先办后议，不能退单：请先处置，在办理记录（n）写明应由谁办，"
            "险情解除后请派单员改派"
        )
    part = unit_limit.steward_part(deed)
    if panels.acts_first(deed.writer, deed.order_id, part["unit_id"]):
        raise NotNow("研判或热线日已定先办后议，不能退单：请先处置，争议由热线中心另行裁定")
    if part["is_final"]:
        raise NotNow("本单由快速裁决派定，不得再退单：请办理，确有困难的联系班长")
    common.refuse_second(deed, RequestKind.RETURN, "退单")
    most = return_records.most(deed.desk)
    if sum(map(return_records.counts, return_records.asked(deed.writer, deed.order_id))) >= most:
        raise NotNow(f"本单已退单 {most} 次，不能再退：请办理，不服的请班长快速裁决")
    _refuse_late_return(deed)


def _refuse_late_return(deed: OrderDeed) -> None:
    part, settings = unit_limit.steward_part(deed), deed.desk.settings
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


def return_reason(code: ReturnReason | str) -> ReturnReason:
    """Return the reason that a code names. Raises BadInput."""
    try:
        return ReturnReason(code)
    except ValueError:
        reasons = "、".join(word(each) for each in ReturnReason)
        raise BadInput(f"退单理由请从 {reasons} 中选一项", "退单理由") from None


def _target(deed: OrderDeed, part: Row, unit_id: int) -> Row:
    target = units.unit(deed.writer, unit_id)
    if target is None:
        raise BadInput("请选择应当承办的单位", "应派单位")
    if str(target["path"]).startswith(str(part["unit_path"])):
        raise BadInput("应派单位不能是本单位，请选择应当承办的单位", "应派单位")
    if target["id"] == deed.order["centre_id"]:
        raise BadInput("应派单位不能是派单的热线中心，请选择应当承办的单位", "应派单位")
    check_not_accused(deed.writer, deed.order, target)
    return target
