"""合并, 拆开合并 and 关联: several orders of one matter, each caller with his own answer and callback (practice P10)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from db.codes import AssignmentPart, Deed, LinkKind, Outcome, Status, Urgency
from db.doors import Reader, Row
from db.queries import assignments, callers, links, pages, units
from db.times import to_ms
from desk import finder, lists, merged, sight
from desk.codes import word
from desk.context import Desk
from desk.deed import OrderDeed, deed_beside, deed_on
from desk.dispatch import common
from desk.errors import BadInput, NotNow
from desk.recusal import check_not_accused
from desk.rows import OrderRow, PickRow
from desk.rules.areas import area_prefix
from desk.rules.lifecycle import AT_THE_CENTRE, AT_THE_UNIT, ENDS
from desk.rules.likeness import likeness
from desk.rules.marks import column_of, marks_of
from desk.rules.text import address, required

_MAY_LEAD = (*AT_THE_CENTRE, *AT_THE_UNIT)
_COMPARED, _LEAST_LIKE, _MOST = 300, 0.12, 12
_TOWNSHIP_DIGITS = 9


def merge(desk: Desk, order_no: str, into: str) -> OrderRow:
    """合并: make an order the 从单 of `into`, the 主单; its caller keeps his own answer and callback (practice P10).

    Both get an event. The 主单 takes over the sooner citizen's limit and the marks. 举报 and 保密 orders only point to an order,
    they never merge; nor do emergencies, 主单 with 从单 of their own, and orders whose 主单 is with a unit that they are
    about. Raises BadInput, NotAllowed, NotNow, Refused.
    """
    if order_no == into:
        raise BadInput("主单和从单不能是同一工单", "主单")
    with deed_on(desk, Deed.MERGE, order_no) as deed:
        main = _other(deed, into)
        _refuse_merger(deed, main)
        links.add(deed.writer, LinkKind.MERGED, main["id"], deed.order_id, deed.at_ms, desk.actor.id)
        deed.set(main_order_id=main["id"], outcome=str(Outcome.MERGED), closed_at=deed.at_ms)
        deed.set(stage_due_at=None)
        deed.note(main=main["uid"])
        with deed_beside(deed, Deed.TAKE_IN, main) as lead:
            _take_in(lead, deed.order)
        merged.tell_unit(deed, main, "merged", "又有一件同一事项的工单并入，答复后请逐一答复诉求人")
    return lists.after(desk, deed.order_id)


def _other(deed: OrderDeed, order_no: str) -> Row:
    """The other order of a merger or a link; raises Refused for an unknown number, NotAllowed outside one's sight."""
    return common.seen_order(deed.desk, deed.writer, order_no)


def _refuse_merger(deed: OrderDeed, main: Row) -> None:
    order, number = deed.order, main["order_no"]
    if line := _why_no_merger(order, main):
        raise NotNow(line)
    leader = merged.main_of(deed.writer, main["id"])
    if leader is not None:
        raise NotNow(f"工单 {number} 自己是从单，请并入它的主单 {leader['order_no']}")
    if Status(main["status"]) not in _MAY_LEAD:
        raise NotNow(f"工单 {number} 已不在办理中，不能作主单")
    own = len(links.members(deed.writer, deed.order_id))
    if own:
        raise NotNow(f"本单是主单，下有 {own} 件从单：请先拆开合并，或把那一件并入本单")
    for part in _units_of(deed.writer, main["id"]):
        unit = units.unit(deed.writer, part["unit_id"])
        if unit is not None:
            check_not_accused(deed.writer, order, unit)


def _why_no_merger(order: Any, main: Any) -> str:
    """What stands against a merger in the two orders themselves."""
    if sight.is_secret(order) or sight.is_secret(main):
        return "举报、保密工单不合并，只能关联"
    if order["centre_id"] != main["centre_id"]:
        return f"工单 {main['order_no']} 由另一热线中心办理，不能合并，只能关联"
    if order["urgency"] == Urgency.CRITICAL:
        return "应急工单不作从单：可作主单，或只关联"
    if order["urgency"] == Urgency.URGENT and main["urgency"] == Urgency.NORMAL:
        return "从单比主单紧急：请先按 g 更正主单的紧急程度，或把那一件并入本单"
    return ""


def _units_of(reader: Reader, order_id: int) -> Iterator[Row]:
    for part in (AssignmentPart.STEWARD, AssignmentPart.CO_HANDLING):
        yield from assignments.current(reader, order_id, part)


def _take_in(lead: OrderDeed, member: Row) -> None:
    """The 主单 answers for both: the sooner of two limits and every mark count."""
    for column in ("citizen_due_at", "upstream_due_at"):
        dues = [due for due in (lead.order[column], member[column]) if due is not None]
        lead.set(**{column: min(dues, default=None)})
    lead.set(marks=column_of((*marks_of(lead.order["marks"]), *marks_of(member["marks"]))))
    lead.note(member=member["uid"], citizen_due_at=lead.value("citizen_due_at"))


def unmerge(desk: Desk, order_no: str, reason: str) -> OrderRow:
    """拆开合并: a 从单 stands for itself again, back in 待派单, while its 主单 is not closed (practice P10).

    Its clocks go on as if it had never been merged; the sooner limit that the 主单 took over stays. Raises BadInput
    without a reason, NotNow for an order that is no 从单, has been answered, or whose 主单 is closed.
    """
    words = required(reason, "拆开理由")
    with deed_on(desk, Deed.UNMERGE, order_no) as deed:
        main = merged.main_of(deed.writer, deed.order_id)
        if main is not None and Status(main["status"]) in ENDS:
            raise NotNow(f"主单 {main['order_no']} 已{word(Status(main['status']))}，不能再拆开合并")
        merged.set_free(deed)
        deed.quote(reason=words)
        if main is not None:
            deed.note(main=main["uid"])
            with deed_beside(deed, Deed.LET_GO, main) as lead:
                lead.note(member=deed.order["uid"])
    return lists.after(desk, deed.order_id)


def relate(desk: Desk, order_no: str, to: str) -> OrderRow:
    """关联: let an order point to another of the same matter; each goes its own way (practice P10).

    The way for 举报 and 保密 orders, which never merge. Raises BadInput for itself or a second time, NotAllowed, Refused.
    """
    if order_no == to:
        raise BadInput("不能关联工单自己", "关联工单")
    with deed_on(desk, Deed.RELATE, order_no) as deed:
        other = _other(deed, to)
        if other["id"] in _linked_to(deed.writer, deed.order_id):
            raise BadInput(f"两件工单已有关联，详情的“合并与关联”里可见 {to}", "关联工单")
        links.add(deed.writer, LinkKind.RELATED, deed.order_id, other["id"], deed.at_ms, desk.actor.id)
        deed.note(other=other["uid"])
    return lists.after(desk, deed.order_id)


def main_candidates(desk: Desk, order_no: str, text: str = "") -> list[PickRow]:
    """Return orders that this one may be merged into or point to, by likeness, or by number, phone or words of `text`.

    Those that point to it already (关联, also the doubles that an import found) come first.

    Secret orders are never proposed by likeness (P32 c); one found by its number can only be pointed to. Raises
    Refused, NotAllowed.
    """
    if text.strip():
        found = finder.find(desk, text)
        return [_pick(row, "") for row in found if row.order_no != order_no]
    with desk.reading() as reader:
        order = common.seen_order(desk, reader, order_no)
        linked = _linked_to(reader, order["id"])
        liked = [] if sight.is_secret(order) else _alike(desk, reader, order)
        liked.sort(key=lambda pair: pair[1] not in linked)
        rows = pages.by_keys(reader, [key for _, key in liked])
        listed = [lists.order_row(desk.actor, row, desk.now()) for row in rows]
    pairs = zip(listed, liked, strict=True)
    return [
        _pick(row, f"{'已关联 ' if key in linked else ''}像 {round(like * 100)}% ")
        for row, (like, key) in pairs
        if row.status in _MAY_LEAD
    ]


def _linked_to(reader: Reader, order_id: int) -> set[int]:
    """The orders that an order points to and those that point to it, by key."""
    ends = ("order_id", "other_id")
    return {link[end] for link in links.of_order(reader, order_id) for end in ends} - {order_id}


def _alike(desk: Desk, reader: Reader, order: Row) -> list[tuple[float, int]]:
    since = to_ms(desk.now() - timedelta(days=int(desk.settings.get("similar.days", 30))))
    area = area_prefix(order["area_code"])[:_TOWNSHIP_DIGITS]
    text = f"{order['title']}\n{order['content']}"
    rows = callers.like_this(reader, text, desk.actor.centre_path, since, area)
    rated = [(_like(order, row), int(row["id"])) for row in rows if row["id"] != order["id"]]
    return sorted((pair for pair in rated if pair[0] >= _LEAST_LIKE), reverse=True)[:_MOST]


def _like(order: Row, row: Row) -> float:
    titles = likeness(order["title"], row["title"])
    return max(titles, likeness(order["content"][:_COMPARED], row["content"][:_COMPARED]))


def _pick(row: OrderRow, like: str) -> PickRow:
    """One row to pick: where it happened tells two alike orders apart."""
    where = address(row.area, row.place)
    only = "只能关联" if row.is_secret else ""
    parts = (only, where, word(row.status), row.steward)
    return PickRow(
        row.order_no, f"{row.query_code} {row.title}", like + " ".join(part for part in parts if part)
    )
