"""合并: what a 主单 and its 从单 do to each other, whichever desk the deed comes from (practice P10).

A 从单 waits in the status 合并 while its 主单 is handled, keeps its caller, its counts and its citizen's clock, and gets an
answer and a callback of its own once the 主单 is answered.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from db.codes import AssignmentPart, Deed, Grade, LinkKind, Status, Urgency, Verdict
from db.doors import Reader, Row
from db.queries import assignments, links, messages, pool, replies, units, work_orders
from db.times import from_ms, to_ms
from desk import clocks, sight
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_beside
from desk.errors import NotNow
from desk.recusal import check_not_accused
from desk.rules import deadlines
from desk.rules.lifecycle import AT_THE_UNIT
from desk.words import short_moment

NO_MAIN: dict[str, Any] = {"main_order_id": None, "closed_at": None, "outcome": None}
"""What an order loses that is a 从单 no longer."""


def main_of(reader: Reader, order_id: int) -> Row | None:
    """Return the 主单 of a 从单, or None."""
    link = links.to_main(reader, order_id)
    return None if link is None else work_orders.by_key(reader, link["order_id"])


def members_of(reader: Reader, order_id: int) -> list[Row]:
    """Return the 从单 of a 主单, the first that was merged first."""
    found = (work_orders.by_key(reader, link["other_id"]) for link in links.members(reader, order_id))
    return [order for order in found if order is not None]


def follow(deed: OrderDeed) -> None:
    """The 主单 has been answered: each 从单 that waits gets the same unit, its reply, and owes its caller an answer.

    One event each, within the deed.
    """
    part = assignments.current_steward(deed.writer, deed.order_id)
    waiting = _waiting(deed)
    if part is None or not waiting:
        return
    reply = replies.latest(deed.writer, deed.order_id, deed.order["round"])
    for order in waiting:
        with deed_beside(deed, Deed.FOLLOW_MAIN, order) as beside:
            _hand_to(beside, part, deed.order)
            _copy_reply(beside, reply, deed.order["order_no"])
    deed.note(followed=[order["uid"] for order in waiting])
    words = f"工单 {deed.order['order_no']} 的从单 {len(waiting)} 件，请逐一答复诉求人"
    messages.to_unit(deed.writer, deed.order_id, part["unit_id"], "follow", words, deed.at_ms)


def _waiting(deed: OrderDeed) -> list[Row]:
    return [row for row in members_of(deed.writer, deed.order_id) if row["status"] == Status.MERGED]


def _hand_to(deed: OrderDeed, part: Row, main: Row) -> None:
    assignments.add(
        deed.writer,
        order_id=deed.order_id,
        part=str(AssignmentPart.STEWARD),
        unit_id=part["unit_id"],
        section_id=part["section_id"],
        staff_id=part["staff_id"],
        round=deed.order["round"],
        sent_at=deed.at_ms,
        sent_by=deed.desk.actor.id,
        requirement=f"随主单 {main['order_no']} 答复本单诉求人",
        signed_at=deed.at_ms,
        is_signed_by_force=True,
    )
    deed.set(steward_id=main["steward_id"], section_id=main["section_id"], handler_id=main["handler_id"])
    deed.set(dispatched_at=deed.at_ms, signed_at=deed.at_ms, closed_at=None, outcome=None)
    deed.set(centre_id=main["centre_id"])  # a lower centre that answered the 主单 audits what follows it
    deed.note(main=main["uid"], unit=_code(deed.writer, part["unit_id"]))


def _code(reader: Reader, unit_id: int) -> str | None:
    unit = units.unit(reader, unit_id)
    return None if unit is None else str(unit["code"])


def _copy_reply(deed: OrderDeed, reply: Row | None, main_no: str) -> None:
    """The caller of a 从单 is told what the unit's own reviewer has passed for the 主单."""
    if reply is None or reply["verdict"] != Verdict.GRANTED:
        return
    replies.add(
        deed.writer,
        order_id=deed.order_id,
        round=deed.order["round"],
        drafted_at=reply["drafted_at"],
        drafted_by=reply["drafted_by"],
        internal_result=reply["internal_result"],
        public_reply=reply["public_reply"],
        verdict=reply["verdict"],
        checked_at=reply["checked_at"],
        checked_by=reply["checked_by"],
        check_note=f"随主单 {main_no} 的答复",
    )


def free_all(deed: OrderDeed) -> None:
    """The 主单 ends without an answer: every 从单 that waits goes back to 待派单 and stands for itself."""
    freed = _waiting(deed)
    for order in freed:
        with deed_beside(deed, Deed.UNMERGE, order) as beside:
            set_free(beside)
            beside.note(main=deed.order["uid"], cause=str(deed.kind))
    if freed:
        deed.note(freed=[order["uid"] for order in freed])


def set_free(deed: OrderDeed) -> None:
    """Take a 从单 out and put it back into the queue; the dispatch limit and the citizen's run from where they began."""
    link = links.to_main(deed.writer, deed.order_id)
    if link is None:
        raise NotNow(f"工单 {deed.order['order_no']} 不是从单，不用拆开合并")
    links.end(deed.writer, link["id"], deed.at_ms)
    assignments.end_running(deed.writer, deed.order_id, deed.at_ms, "unmerged")
    handed_down = assignments.current(deed.writer, deed.order_id, AssignmentPart.CENTRE)
    began = from_ms(handed_down[-1]["sent_at"] if handed_down else deed.order["accepted_at"])
    desk, urgency = deed.desk, Urgency(deed.order["urgency"])
    due = deadlines.dispatch_due(urgency, began, desk.settings.limits, desk.calendar)
    deed.set(**NO_MAIN, steward_id=None, section_id=None, handler_id=None, dispatched_at=None)
    deed.set(signed_at=None, unit_due_at=None, stage_due_at=to_ms(due.at))
    deed.note(stage_due=clocks.due_data(due))


def tell_unit(deed: OrderDeed, main: Row, template: str, words: str) -> None:
    """Queue a message to the unit that holds the 主单: its number and what happened, never who called (P19)."""
    if Status(main["status"]) in AT_THE_UNIT and main["steward_id"] is not None:
        body = f"工单 {main['order_no']} {words}"
        messages.to_unit(deed.writer, main["id"], main["steward_id"], template, body, deed.at_ms)


def check_unit(reader: Reader, order_id: int, unit: Row) -> None:
    """Raise NotAllowed when a 从单 of this order is about the unit: it would handle its own case (P32 a)."""
    for order in members_of(reader, order_id):
        check_not_accused(reader, order, unit)


def check_open(deed: OrderDeed) -> None:
    """Raise NotNow when a deed makes a merged order secret: 举报 and 保密 only point, they never merge (P10)."""
    is_merged = links.to_main(deed.writer, deed.order_id) or links.members(deed.writer, deed.order_id)
    if is_merged and sight.is_secret({name: deed.value(name) for name in ("kind", "is_confidential")}):
        raise NotNow("举报、保密工单不合并：请先拆开合并，再改类型")


def worst_grade(reader: Reader, order_id: int, grade: Grade) -> Grade:
    """Return the worst of `grade` and those of the order's 从单: a merged matter is graded by the worst."""
    grades = [Grade(link["grade"]) for link in links.members(reader, order_id) if link["grade"]]
    return max(grade, *grades) if grades else grade


def grade_main(deed: OrderDeed, grade: Grade) -> None:
    """A 从单 is graded worse than its 主单: the 主单 gets that grade too, with an event of its own."""
    main = main_of(deed.writer, deed.order_id)
    if main is None or (main["grade"] is not None and main["grade"] >= grade):
        return
    with deed_beside(deed, Deed.GRADE_BY_WORST, main) as beside:
        beside.set(grade=str(grade))
        beside.note(grade=str(grade), member=deed.order["uid"])
        pool.add_grade(
            beside.writer,
            {
                "order_id": beside.order_id,
                "round": beside.order["round"],
                "grade": str(grade),
                "graded_at": beside.at_ms,
                "graded_by": beside.desk.actor.id,
                "reason": f"从单 {deed.order['order_no']} 评为{word(grade)}",
            },
        )


def lines(desk: Desk, reader: Reader, order: Row) -> Iterator[str]:
    """Tell on a card which orders belong to this one; a unit is told figures and its 主单 only (P10, P32 c)."""
    members = links.members(reader, order["id"])
    if members:
        yield _figures(reader, order, members)
    main = main_of(reader, order["id"])
    if main is not None:
        yield f"从单：主单 {main['order_no']}（{word(Status(main['status']))}）"
    if desk.actor.is_at_the_centre:
        yield from _linked(desk, reader, order)


def _figures(reader: Reader, order: Row, members: Sequence[Row]) -> str:
    keys = [order["id"], *(row["other_id"] for row in members)]
    heard = links.heard_from(reader, keys)
    return f"反映 {heard['persons']}人 {heard['calls']}次 {len(keys)}件"


def _linked(desk: Desk, reader: Reader, order: Row) -> Iterator[str]:
    for link in links.of_order(reader, order["id"]):
        is_first = link["order_id"] == order["id"]
        other = work_orders.by_key(reader, link["other_id"] if is_first else link["order_id"])
        if other is None or not sight.may_see(reader, desk.actor, other):
            continue
        said = _SAID[LinkKind(link["kind"]), is_first]
        title = sight.title_for(desk.actor, other)
        if said:
            at = short_moment(from_ms(link["made_at"]))
            yield f"{said} {other['order_no']} {title}（{word(Status(other['status']))}）{at}"


_SAID = {
    (LinkKind.SPLIT, True): "拆出",
    (LinkKind.SPLIT, False): "拆自",
    (LinkKind.MERGED, True): "从单",
    (LinkKind.MERGED, False): "",
    (LinkKind.RELATED, True): "关联",
    (LinkKind.RELATED, False): "关联",
}
