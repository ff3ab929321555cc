"""签收, 转科室/经办人, 办理记录: how a unit takes an order into its house (practice P6, P7)."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from db.codes import AssignmentPart, Deed, RequestKind, Role, Urgency
from db.doors import Row
from db.queries import assignments, messages, pages, requests, unit_lists, units
from db.times import maybe_from_ms, to_ms
from desk import clocks, lists, unit_limit
from desk.context import Desk
from desk.deed import OrderDeed, deed_on
from desk.errors import BadInput, NotNow, Refused
from desk.my_tickets import common
from desk.my_tickets_rows import BulkRow
from desk.rows import OrderRow
from desk.rules.text import required

MOST_AT_ONCE = 200
"""Orders that one key signs; what is left takes the key once more."""


def sign(desk: Desk, order_no: str) -> OrderRow:
    """签收: the unit takes the order; an 经办人 who signs holds it until it is handed on.

    Raises NotAllowed, NotNow (not waiting for a signature).
    """
    with deed_on(desk, Deed.SIGN, order_no) as deed:
        part = _take(deed, by_force=False)
        if Role.HANDLER in desk.actor.roles and part["staff_id"] is None:
            deed.set(handler_id=desk.actor.id)
    return lists.after(desk, deed.order_id)


def sign_all(desk: Desk, order_nos: Sequence[str]) -> BulkRow:
    """签收 several orders, each in its own transaction; what is refused is named and stops nothing."""
    return _each(order_nos, lambda order_no: sign(desk, order_no))


def to_sign(desk: Desk) -> tuple[str, ...]:
    """Return the numbers of what one's unit may sign in one go, most pressing first, at most `MOST_AT_ONCE`.

    Left out: emergencies, which a person acknowledges, and orders whose 退单 waits for the centre.
    """
    actor = desk.actor
    own = {"unit_path": actor.unit_path + "%", "my_name": actor.name, "own_path": actor.unit_path}
    where = f"{unit_lists.HELD} AND {unit_lists.NOT_AGAINST_ME} AND {unit_lists.TO_SIGN_AT_ONCE}"
    with desk.reading() as reader:
        rows = pages.page(reader, where, limit=MOST_AT_ONCE, offset=0, **own)
    return tuple(row["order_no"] for row in rows)


def auto_sign(desk: Desk, order_no: str) -> OrderRow:
    """自动签收: nobody signed within the limit; the order is the unit's all the same, counted against it (P7).

    A unit whose 退单 still waits for the centre has not slept: it is signed for, and told so, but nothing is counted.
    Raises NotNow before the limit, and for an emergency, which a person has to acknowledge.
    """
    with deed_on(desk, Deed.AUTO_SIGN, order_no) as deed:
        limit = maybe_from_ms(deed.order["stage_due_at"])
        if deed.order["urgency"] == Urgency.CRITICAL:
            raise NotNow("应急工单须由承办单位接令，不能自动签收，请直接电话联系")
        if limit is None or deed.at <= limit:
            raise NotNow(f"工单 {order_no} 的签收时限未到，暂不自动签收")
        part = _take(deed, by_force=True)
        is_asleep = requests.pending(deed.writer, deed.order_id, RequestKind.RETURN) is None
        assignments.change(deed.writer, part["id"], is_signed_too_late=is_asleep)
        deed.note(awaits_return=None if is_asleep else True)
        counted = "计入超时未签收，" if is_asleep else ""
        words = f"工单 {order_no} 签收时限已到，系统自动签收，{counted}请即办理"
        messages.to_unit(deed.writer, deed.order_id, part["unit_id"], "auto_signed", words, deed.at_ms)
    return lists.after(desk, deed.order_id)


def sweep_unsigned(desk: Desk) -> tuple[OrderRow, ...]:
    """自动签收 for every order of the centre that is past its limit (one page, most pressing first).

    Returns what was signed; an order that somebody takes in the same moment is left to them.
    """
    if not desk.settings.get("sign.auto_sign", True):
        return ()
    late = lists.load(desk, unit_lists.UNSIGNED, centre_id=desk.actor.centre_id, now=to_ms(desk.now()))
    signed: list[OrderRow] = []
    for row in late.rows:
        with suppress(NotNow):
            signed.append(auto_sign(desk, row.order_no))
    return tuple(signed)


def _take(deed: OrderDeed, *, by_force: bool) -> Row:
    part = unit_limit.steward_part(deed)
    actor_id = None if by_force else deed.desk.actor.id
    assignments.change(
        deed.writer, part["id"], signed_at=deed.at_ms, signed_by=actor_id, is_signed_by_force=by_force
    )
    dispatched_at = maybe_from_ms(deed.order["dispatched_at"]) or deed.at
    columns, data = clocks.on_signature(deed.desk, Urgency(deed.order["urgency"]), dispatched_at)
    deed.set(signed_at=deed.at_ms, **columns)
    deed.note(by_force=by_force or None, **data)
    return part


def hand_on(
    desk: Desk, order_no: str, section_id: int | None = None, staff_no: str | None = None
) -> OrderRow:
    """转科室/经办人: give the order to a section, or to a person of one's own unit, with an inner limit (P6).

    Raises BadInput for a section or person of another unit, or neither; NotNow before the signature.
    """
    with deed_on(desk, Deed.HAND_ON, order_no) as deed:
        part = unit_limit.steward_part(deed)
        person = _person(deed, part, staff_no) if staff_no else None
        section = _section(deed, part, section_id, person)
        if person is None and section is None:
            raise BadInput("请选一个科室或一名经办人", "科室/经办人")
        _hand_inside(deed, part, section, person)
    return lists.after(desk, deed.order_id)


def hand_on_all(
    desk: Desk, order_nos: Sequence[str], section_id: int | None = None, staff_no: str | None = None
) -> BulkRow:
    """转科室/经办人 for several orders at once; what is refused is named and stops nothing."""
    return _each(order_nos, lambda order_no: hand_on(desk, order_no, section_id, staff_no))


def _person(deed: OrderDeed, part: Row, staff_no: str) -> Row:
    person = units.staff_by_no(deed.writer, staff_no)
    if person is None or not person["is_active"] or person["unit_id"] != part["unit_id"]:
        raise BadInput(f"工号 {staff_no} 不是本单位在岗人员，请重选", "经办人")
    if str(Role.HANDLER) not in units.roles_of(deed.writer, person["id"]):
        raise BadInput(f"{person['name']}（{staff_no}）不是经办人，请重选", "经办人")
    return person


def _section(deed: OrderDeed, part: Row, section_id: int | None, person: Row | None) -> int | None:
    if section_id is None:
        return person["section_id"] if person is not None else None
    section = units.section(deed.writer, section_id)
    if section is None or section["unit_id"] != part["unit_id"]:
        raise BadInput("所选科室不属于本单位，请重选", "科室")
    return section_id


def _hand_inside(deed: OrderDeed, part: Row, section_id: int | None, person: Row | None) -> None:
    for earlier in assignments.current(deed.writer, deed.order_id, AssignmentPart.INNER):
        assignments.end(deed.writer, earlier["id"], deed.at_ms, "handed_on")
    outer = unit_limit.unit_due(deed)
    due = unit_limit.inner_due(deed, outer) if outer else None
    staff_id = person["id"] if person is not None else None
    assignments.add(
        deed.writer,
        order_id=deed.order_id,
        parent_id=part["id"],
        part=str(AssignmentPart.INNER),
        unit_id=part["unit_id"],
        section_id=section_id,
        staff_id=staff_id,
        round=deed.order["round"],
        sent_at=deed.at_ms,
        sent_by=deed.desk.actor.id,
        due_at=to_ms(due.at) if due else None,
        due_explanation=due.explanation if due else "",
    )
    deed.set(section_id=section_id, handler_id=staff_id)
    deed.note(
        section_id=section_id, handler=person["uid"] if person else None, inner_due=clocks.due_data(due)
    )


def note(desk: Desk, order_no: str, text: str) -> OrderRow:
    """办理记录: a line about what was done. Raises BadInput when empty or too long."""
    with deed_on(desk, Deed.NOTE, order_no) as deed:
        deed.quote(note=required(text, "办理记录", common.LONG))
    return lists.after(desk, deed.order_id)


def _each(order_nos: Sequence[str], deed: Callable[[str], object]) -> BulkRow:
    done, refusals = 0, []
    for order_no in order_nos:
        try:
            deed(order_no)
            done += 1
        except Refused as refusal:
            refusals.append(refusal.message)
    return BulkRow(done, tuple(refusals))
