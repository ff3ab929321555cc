"""派单 and what undoes or widens it: 撤回, 改派, 加派, and handing an order down to a lower centre."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from db.codes import AssignmentPart, Deed, OrderKind, Urgency
from db.doors import Row
from db.queries import assignments, duty_items, emergencies
from db.times import from_ms, to_ms
from desk import clocks, lists, part_returns, sight
from desk.co_parts import add_co_units
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.dispatch import common, return_guards
from desk.errors import BadInput, Refused
from desk.recusal import check_not_accused
from desk.rows import OrderRow
from desk.rules import deadlines
from desk.rules.calendar import local
from desk.rules.deadlines import Due
from desk.rules.text import cleaned, required


def send(
    desk: Desk,
    order_no: str,
    unit_id: int,
    section_id: int | None = None,
    *,
    co_unit_ids: Iterable[int] = (),
    requirement: str = "",
    forward_text: str | None = None,
    duty_item_id: int | None = None,
    kind: OrderKind | None = None,
    no_later_than: datetime | None = None,
    proposal: int | None = None,
) -> OrderRow:
    """派单: send a work order to its steward (工单管家), or down to a lower centre's own queue (P6).

    `forward_text` is 转办内容: 举报 and 保密 orders need it, confirmed by a person (P32 b). `kind` names a kind that is
    still 待定. 单位时限 runs from now, in a lower centre's house from the first dispatch,
    and ends with `no_later_than` (aware) where a panel or a 热线日 gave less time. `proposal` is which proposal was taken, 1 the first; None for a unit that
    was looked for. Raises NotAllowed for an accused unit, BadInput, Refused for a kind
    that is still 待定 or an order that was returned for the last time, NotNow naming who was faster.
    """
    with desk.reading() as reader:
        is_centre = bool(common.unit_named(reader, unit_id)["is_centre"])
    if is_centre:
        return _hand_down(desk, order_no, unit_id, requirement, proposal)
    with deed_on(desk, Deed.SEND, order_no) as deed:
        return_guards.refuse_after_the_last(desk, deed.writer, deed.order)
        unit = common.handler_unit(deed, unit_id)
        section = common.section_of(deed.writer, unit, section_id)
        _refuse_to_pass_by_the_green_channel(deed)
        _name_kind(deed, kind)
        words = _words_for_unit(deed, requirement, forward_text)
        due = _start_unit_clock(deed, no_later_than)
        _give(deed, unit, section, words, due)
        add_co_units(deed, unit["id"], co_unit_ids, words)
        _keep_duty_item(deed, duty_item_id)
        deed.note(proposal=proposal)
    return lists.after(desk, deed.order_id)


def _hand_down(desk: Desk, order_no: str, unit_id: int, requirement: str, proposal: int | None) -> OrderRow:
    with deed_on(desk, Deed.SEND_TO_CENTRE, order_no) as deed:
        centre = common.unit_named(deed.writer, unit_id)
        check_not_accused(deed.writer, deed.order, centre)
        if centre["id"] == deed.order["centre_id"]:
            raise Refused(f"工单 {order_no} 已在{centre['short_name']}，请派给承办单位")
        words = cleaned(requirement, common.SHORT, "办理要求")
        kind, urgency = OrderKind(deed.order["kind"]), Urgency(deed.order["urgency"])
        _, unit_data = clocks.on_dispatch(desk, kind, urgency, deed.at)
        limits = desk.settings.limits
        outer = deadlines.unit_due(kind, urgency, deed.at, limits, desk.calendar)
        stage = deadlines.dispatch_due(urgency, deed.at, limits, desk.calendar)
        common.add_part(deed, AssignmentPart.CENTRE, centre, requirement=words, **_due_columns(outer))
        deed.set(centre_id=centre["id"], stage_due_at=to_ms(stage.at))
        deed.set(dispatched_at=deed.order["dispatched_at"] or deed.at_ms)
        deed.note(proposal=proposal)
        deed.note(unit=centre["code"], stage_due=clocks.due_data(stage), unit_due=unit_data["unit_due"])
        deed.quote(requirement=words)
    return lists.after(desk, deed.order_id)


def recall(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """撤回: take an order back while nobody has signed it (P21). Needs a reason; raises NotNow once signed.

    The dispatch limit goes on from acceptance, as if nothing had been sent.
    """
    words = required(reason, "撤回理由")
    with deed_on(desk, Deed.RECALL, order_no) as deed:
        common.refuse_emergency(deed)
        return_guards.refuse_to_pass_by(desk, deed.writer, deed.order)
        part = common.steward_part(deed)
        common.back_to_the_queue(deed, common.queued_since(deed.writer, deed.order), "recalled")
        deed.set(dispatched_at=None)
        deed.note(unit=_code(deed, part))
        deed.quote(reason=words)
    return lists.after(desk, deed.order_id)


def reassign(
    desk: Desk,
    order_no: str,
    unit_id: int,
    section_id: int | None = None,
    *,
    reason: str,
    requirement: str = "",
    forward_text: str | None = None,
    no_later_than: datetime | None = None,
) -> OrderRow:
    """改派: give a dispatched order to another unit, whose own limit runs from now; the citizen's stands (P3, P21)."""
    why = required(reason, "改派理由")
    with deed_on(desk, Deed.REASSIGN, order_no) as deed:
        common.refuse_emergency(deed)
        return_guards.refuse_to_pass_by(desk, deed.writer, deed.order)
        return_guards.refuse_after_the_last(desk, deed.writer, deed.order)
        part = common.steward_part(deed)
        unit = another_unit(deed, part, unit_id)
        section = common.section_of(deed.writer, unit, section_id)
        take_from(deed, part, "reassigned")
        give_to(deed, unit, section, requirement, forward_text, no_later_than=no_later_than)
        deed.quote(reason=why)
        common.tell(deed, part["unit_id"], "reassigned", f"已改派{unit['short_name']}，你单位不再办理")
        common.tell(deed, unit["id"], "dispatched", "改派你单位办理，请签收")
    return lists.after(desk, deed.order_id)


def another_unit(deed: OrderDeed, part: Row, unit_id: int) -> Row:
    """Return a unit that may handle the order in the place of the one that does (a part). Raises BadInput, NotAllowed."""
    unit = common.handler_unit(deed, unit_id)
    if unit["id"] == part["unit_id"]:
        raise BadInput(f"工单已在{unit['short_name']}，请选另一家单位", "承办单位")
    return unit


def take_from(deed: OrderDeed, part: Row, reason: str) -> None:
    """End a unit's part, for `reason`, with what was handed on inside it; what it asked for falls."""
    assignments.end_with_inner(deed.writer, part["id"], deed.at_ms, reason)
    common.lapse_requests(deed)
    deed.set(signed_at=None, handler_id=None, suspended_at=None)
    deed.note(from_unit=_code(deed, part))


def give_to(
    deed: OrderDeed,
    unit: Row,
    section: Row | None,
    requirement: str,
    forward_text: str | None,
    *,
    is_final: bool = False,
    no_later_than: datetime | None = None,
) -> None:
    """Make a unit the 工单管家 of an order: its own limit runs from now, whoever had it before (P3).

    A unit that helped with it handles it now. `is_final`: it may not return the order (快速裁决).
    """
    words = _words_for_unit(deed, requirement, forward_text)
    for helper in assignments.current(deed.writer, deed.order_id, AssignmentPart.CO_HANDLING):
        if helper["unit_id"] == unit["id"]:
            assignments.end(deed.writer, helper["id"], deed.at_ms, "reassigned")
    part_returns.lapse_ended(deed)
    due = _start_unit_clock(deed, no_later_than)
    _give(deed, unit, section, words, due, is_final=is_final)


def add_unit(desk: Desk, order_no: str, unit_id: int, *, requirement: str = "") -> OrderRow:
    """加派: ask one more unit to help (协办), within its own 2 working days (design part 6, P21)."""
    with deed_on(desk, Deed.ADD_UNIT, order_no) as deed:
        part = common.steward_part(deed)
        words = cleaned(requirement, common.SHORT, "办理要求")
        add_co_units(deed, part["unit_id"], (unit_id,), words)
        deed.quote(requirement=words)
        helper = common.unit_named(deed.writer, unit_id)
        common.tell(deed, part["unit_id"], "unit_added", f"已加派{helper['short_name']}协办")
        common.tell(deed, unit_id, "dispatched", "请你单位协办，请签收")
    return lists.after(desk, deed.order_id)


def _refuse_to_pass_by_the_green_channel(deed: OrderDeed) -> None:
    """A running emergency is called out by the duty officer, against its 30 minutes (P4, P24)."""
    emergency = emergencies.of_order(deed.writer, deed.order_id)
    if deed.order["urgency"] == Urgency.CRITICAL and emergency and emergency["ended_at"] is None:
        raise Refused("应急工单走绿色通道：请应急值班员在 F5 派出")


def _name_kind(deed: OrderDeed, kind: OrderKind | None) -> None:
    """Name a kind that was 待定, with the citizen's limit that it gives; one that is named is left to 更正 (P3)."""
    stored = OrderKind(deed.order["kind"])
    if stored is OrderKind.UNDETERMINED:
        if kind is None or kind is OrderKind.UNDETERMINED:
            raise BadInput("诉求类型还是待定：请先选定类型再派单", "诉求类型")
        urgency, accepted_at = Urgency(deed.order["urgency"]), from_ms(deed.order["accepted_at"])
        columns, data = clocks.on_acceptance(deed.desk, kind, urgency, accepted_at)
        deed.set(kind=str(kind), citizen_due_at=columns["citizen_due_at"])
        common.keep_secret(deed)
        deed.note(kind=str(kind), citizen_due=data["citizen_due"])
    elif kind is not None and kind is not stored:
        raise BadInput(f"诉求类型已定为{word(stored)}，要改请按 g 更正", "诉求类型")


def _words_for_unit(deed: OrderDeed, requirement: str, forward_text: str | None) -> str:
    """Set 转办内容 and return the demand on the unit; a secret order goes out only with a confirmed text (P32 b)."""
    if forward_text is not None:
        text = required(forward_text, "转办内容", common.LONG)
        sight.check_told(deed.value, text)
        deed.set(forward_text=text)
    elif common.is_secret(deed) and not deed.order["forward_text"]:
        raise BadInput("举报、保密工单须先核对转办内容：隐去指向诉求人的词后再派", "转办内容")
    return cleaned(requirement, common.SHORT, "办理要求")


def _start_unit_clock(deed: OrderDeed, no_later_than: datetime | None) -> Due | None:
    """Start 单位时限 and the limit to sign; a ruling may cap it, as does the outer limit in a lower centre's house (P6)."""
    desk, kind, urgency = deed.desk, OrderKind(deed.value("kind")), Urgency(deed.order["urgency"])
    columns, data = clocks.on_dispatch(desk, kind, urgency, deed.at)
    due = deadlines.unit_due(kind, urgency, deed.at, desk.settings.limits, desk.calendar)
    for cap in (_outer_due(deed), _ruled_due(deed, no_later_than)):
        if cap is not None and (due is None or cap.at < due.at):
            due = cap
            columns |= {"unit_due_at": to_ms(cap.at), "is_due_provisional": cap.provisional}
            data |= {"unit_due": clocks.due_data(cap)}
    deed.set(**columns)
    deed.set(dispatched_at=deed.at_ms)
    deed.note(**data)
    return due


def _ruled_due(deed: OrderDeed, no_later_than: datetime | None) -> Due | None:
    """The limit that a panel or a 热线日 gave, None when it gave none or it has run out (P22)."""
    if no_later_than is None or no_later_than <= deed.at:
        return None
    words = f"按研判结论、热线日决定，限 {local(no_later_than):%m-%d %H:%M}"
    return Due(no_later_than, False, words, deed.desk.calendar.version)


def _outer_due(deed: OrderDeed) -> Due | None:
    parts = assignments.current(deed.writer, deed.order_id, AssignmentPart.CENTRE)
    if not parts or parts[-1]["due_at"] is None:
        return None
    part, desk, order = parts[-1], deed.desk, deed.order
    outer = Due(
        at=from_ms(part["due_at"]),
        provisional=bool(order["is_due_provisional"]),
        explanation=part["due_explanation"],
        calendar_version=desk.calendar.version,
        wall_clock=order["urgency"] != Urgency.NORMAL,
    )
    return deadlines.inner_due(order["kind"], outer, deed.at, desk.settings.limits, desk.calendar)


def _give(
    deed: OrderDeed, unit: Row, section: Row | None, words: str, due: Due | None, *, is_final: bool = False
) -> None:
    section_id = section["id"] if section else None
    common.add_part(
        deed,
        AssignmentPart.STEWARD,
        unit,
        section_id=section_id,
        requirement=words,
        is_final=is_final,
        **_due_columns(due),
    )
    deed.set(steward_id=unit["id"], section_id=section_id)
    deed.note(unit=unit["code"], section=section["code"] if section else None)
    deed.quote(requirement=words)


def _due_columns(due: Due | None) -> dict[str, Any]:
    if due is None:
        return {}
    return {"due_at": to_ms(due.at), "due_explanation": due.explanation}


def _keep_duty_item(deed: OrderDeed, duty_item_id: int | None) -> None:
    if duty_item_id is None:
        return
    item = duty_items.one(deed.writer, duty_item_id)
    if item is None:
        raise BadInput("没有这条职责清单，请重新选择", "职责清单")
    deed.set(duty_item_id=duty_item_id)
    deed.note(duty_item=item["number"], duty_version=item["version"])


def _code(deed: OrderDeed, part: Row) -> str:
    return str(common.unit_named(deed.writer, part["unit_id"])["code"])
