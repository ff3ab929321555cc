"""按结论派: what a panel or a 热线日 decided is done by one key: sent, or given over, with its demand and limit (P22)."""

from datetime import datetime

from db.codes import AssignmentPart, OrderKind, Status
from db.doors import Reader, Row
from db.queries import assignments, panels, work_orders
from db.times import from_ms
from desk import rulings
from desk.context import Desk
from desk.dispatch.sending import add_unit, reassign, send
from desk.errors import NotNow
from desk.rows import OrderRow
from desk.rules.lifecycle import AT_THE_CENTRE

_GIVEN_OVER = (Status.TO_SIGN, Status.IN_PROGRESS, Status.UNIT_REVIEW)


def carry_out(
    desk: Desk, order_no: str, *, forward_text: str | None = None, kind: OrderKind | None = None
) -> OrderRow:
    """按结论派: send the order to the units of the newest decision, with its requirement and limit, each a deed.

    What waits at the centre is sent; what another unit holds is given over (改派), what lacks a 协办单位 gets it
    (加派). Raises NotNow without a decision, or when its units hold the order already; what `send` raises.
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
        decision = None if order is None else waiting(reader, order)
        if order is None or decision is None:
            raise NotNow(f"工单 {order_no} 没有待落实的研判结论或热线日决定")
        helpers = [row["id"] for row in panels.co_units(reader, decision["id"])]
    if order["status"] in AT_THE_CENTRE:
        return send(
            desk,
            order_no,
            decision["steward_id"],
            co_unit_ids=helpers,
            requirement=decision["requirement"],
            forward_text=forward_text,
            kind=kind,
            no_later_than=from_ms(decision["due_at"]),
        )
    return _give_over(desk, order_no, order, decision, helpers, forward_text)


def _give_over(
    desk: Desk, order_no: str, order: Row, decision: Row, helpers: list[int], forward_text: str | None
) -> OrderRow:
    row: OrderRow | None = None
    words, by = str(decision["requirement"]), from_ms(decision["due_at"])
    if order["steward_id"] != decision["steward_id"]:
        row = reassign(
            desk,
            order_no,
            decision["steward_id"],
            reason="按研判结论、热线日决定改派",
            requirement=words,
            forward_text=forward_text,
            no_later_than=by,
        )
    with desk.reading() as reader:
        parts = assignments.current(reader, order["id"], AssignmentPart.CO_HANDLING)
    for unit_id in set(helpers) - {part["unit_id"] for part in parts}:
        row = add_unit(desk, order_no, unit_id, requirement=words)
    assert row is not None, "a decision that waits names a unit that does not hold the order"
    return row


def waiting(reader: Reader, order: Row) -> Row | None:
    """Return the newest decision on an order (a row) if its units do not all hold the order yet, else None."""
    if order["status"] not in (*AT_THE_CENTRE, *_GIVEN_OVER):
        return None
    decision = panels.latest_decision(reader, order["id"])
    if decision is None or (decision["is_centre"] and order["centre_id"] == decision["steward_id"]):
        return None
    if order["status"] in AT_THE_CENTRE:
        return decision if _is_newer(reader, order, decision) else None
    parts = [part for part in assignments.of_order(reader, order["id"]) if part["ended_at"] is None]
    return decision if rulings.still_to_carry_out(reader, decision, parts) else None


def _is_newer(reader: Reader, order: Row, decision: Row) -> bool:
    """Whether nobody was given the order since it was decided: a unit that got it by the decision may have returned it."""
    sent: list[datetime] = [
        from_ms(part["sent_at"])
        for part in assignments.of_order(reader, order["id"])
        if part["part"] in (AssignmentPart.STEWARD, AssignmentPart.CENTRE)
    ]
    return all(moment < from_ms(decision["made_at"]) for moment in sent)
