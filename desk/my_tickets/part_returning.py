"""申请退协办: a helping unit gives its own part back; the order, its 工单管家 and every clock go on (practice P7)."""

from db.codes import AssignmentPart, Deed, RequestKind, ReturnReason, Urgency, Verdict
from db.doors import Row
from db.queries import assignments, panels, requests
from db.times import maybe_from_ms
from desk import lists
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow
from desk.my_tickets.replying import co_part
from desk.my_tickets.returning import file_paper, return_reason
from desk.named import unit_named
from desk.recusal import check_not_accused
from desk.return_records import FORBIDDEN_URGENCIES
from desk.rows import OrderRow
from desk.rules import asking
from desk.rules.text import required

_TARGET = "改请单位"


def ask_part_return(
    desk: Desk,
    order_no: str,
    reason_code: ReturnReason | str,
    reason: str,
    duty_item: str,
    target: str = "",
    finding: str = "",
) -> OrderRow:
    """申请退协办: why, by which duty item, and the name of the unit that should help instead, '' where none need (P7).

    Once signed it takes what was found on the site (`finding`) too. Raises NotNow for 紧急 and 应急, after the window
    that follows the signature, while one waits, and after a no; BadInput for a reason or unit that is none, NotAllowed
    for a unit that the order is about.
    """
    with deed_on(desk, Deed.ASK_PART_RETURN, order_no) as deed:
        refuse_part_return(deed)
        part = co_part(deed)
        code = return_reason(reason_code)
        words = required(reason, "说明")
        unit = _target(deed, part, target) if target.strip() else None
        file_paper(deed, RequestKind.PART_RETURN, part, code, unit, (words, duty_item, finding))
        deed.note(reason=str(code), assignment=part["uid"], target_unit=unit["uid"] if unit else None)
    return lists.after(desk, deed.order_id)


def refuse_part_return(deed: OrderDeed) -> None:
    """Raise NotNow where no reason would help: 先办后议, one that waits, an earlier no, the window is over."""
    settings, order = deed.desk.settings, deed.order
    if order["urgency"] in settings.get("return.forbidden_urgencies", FORBIDDEN_URGENCIES):
        raise NotNow(
            f"{word(Urgency(order['urgency']))}工单先办后议，不能退协办：请先配合处置，险情解除后联系派单员"
        )
    part = co_part(deed)
    if panels.acts_first(deed.writer, deed.order_id, part["unit_id"]):
        raise NotNow("研判或热线日已定先办后议，不能退协办：请先配合处置")
    verdicts = {row["verdict"] for row in requests.of_part(deed.writer, part["id"])}
    if Verdict.PENDING in verdicts:
        raise NotNow("本单位已申请退协办，请等派单员裁定")
    if Verdict.REFUSED in verdicts:
        raise NotNow("退协办未获同意，不能再退：请办理并按 x 答复工单管家")
    signed, days = maybe_from_ms(part["signed_at"]), int(settings.get("return.after_sign_days", 1))
    window = (
        None
        if signed is None
        else asking.return_window_ends(signed, days, settings.limits, deed.desk.calendar)
    )
    if window is not None and deed.at > window:
        raise NotNow(f"签收后 {days} 个工作日内才能退协办，现已超过，请继续办理并答复工单管家")


def _target(deed: OrderDeed, part: Row, text: str) -> Row:
    unit = unit_named(deed.writer, text, deed.desk.actor.centre_path, _TARGET)
    if unit["is_centre"]:
        raise BadInput(f"{_TARGET}不能是热线中心，请写应当协办的单位", _TARGET)
    if str(unit["path"]).startswith(str(part["unit_path"])):
        raise BadInput(f"{_TARGET}不能是本单位，请写应当协办的单位", _TARGET)
    for kind in (AssignmentPart.STEWARD, AssignmentPart.CO_HANDLING):
        if any(row["unit_id"] == unit["id"] for row in assignments.current(deed.writer, deed.order_id, kind)):
            raise BadInput(f"{unit['short_name']}已在办理这件工单，不必另请：空着即可", _TARGET)
    check_not_accused(deed.writer, deed.order, unit)
    return unit
