"""What the dispatch screen shows: the queues, one order in full, proposals."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from db.codes import Deed, Status
from db.doors import Reader, Row
from db.queries import (
    assignments,
    events,
    hotline_days,
    links,
    pages,
    requests,
    station_orders,
    units,
    work_orders,
)
from db.times import from_ms, to_ms
from desk import card, lists, proposals, rulings, scopes, sight
from desk.cases.reading import alike
from desk.context import Desk
from desk.deed import check_right
from desk.dispatch import declined, scope
from desk.dispatch.allowed import refusals
from desk.dispatch.carrying_out import waiting
from desk.dispatch.common import seen_order
from desk.dispatch.named import named_first
from desk.dispatch.part_returns import papers_of
from desk.dispatch.return_papers import paper_of
from desk.dispatch.scope import QueueScope
from desk.dispatch_rows import DispatchFigures, DispatchOrder, ForwardText, Proposal, Proposals
from desk.errors import NotAllowed
from desk.learning import keeping
from desk.proposals import Matter
from desk.rows import CardSection, OrderRow, Page
from desk.rules.calendar import local
from desk.rules.secrecy import marked_words
from desk.words import short_moment

TABS: dict[str, str] = {
    "to_dispatch": f"o.status = '{Status.TO_DISPATCH}'",
    "returned": requests.RETURN_ASKED,
    "to_complete": f"o.status = '{Status.TO_COMPLETE}'",
    "in_triage": f"o.status = '{Status.IN_TRIAGE}'",
    "unsigned": f"o.status = '{Status.TO_SIGN}'",
    "hotline_day": hotline_days.ON_DAY,
    "merged": links.MEMBERS,
    "declined": "",
}
"""The tabs 待派单, 退单, 待补充, 研判, 已派未签, 热线日, 从单, 不受理 (its own module says which) as parts of a WHERE over `o`."""

_CASES = 2
_FIRST_SHOWN = ("诉求内容", "研判与热线日", "合并与关联", "时限", "申请与审批", "承办")
_SAID = {
    Deed.ASK_COMPLETION: "退回补充",
    Deed.PUT_INTO_TRIAGE: "研判事由",
    Deed.RULE_TRIAGE: "研判结论",
    Deed.HAND_UP: "退回上级",
}


def queue(desk: Desk, tab: str = "to_dispatch", offset: int = 0) -> Page:
    """Return one window of a tab, most pressing first. Raises StoreUnusable."""
    where, parameters = _minded(desk, tab, scope.kept(desk))
    page = lists.load(desk, where, offset=offset, **parameters)
    if tab != "hotline_day":
        return page
    return replace(page, rows=tuple(_without_secrets(row) for row in page.rows))


def _without_secrets(row: OrderRow) -> OrderRow:
    """What a 热线日 looks at is looked at by many: a secret order is only its kind and number (P32 c)."""
    order = {"kind": row.kind, "is_confidential": row.is_secret, "title": row.title}
    return replace(row, title=sight.bare_title(order))


def _where(desk: Desk, tab: str) -> tuple[str, dict[str, Any]]:
    where, parameters = scopes.of(desk.actor)
    if tab == "declined":
        return declined.condition(desk), {"centre_id": desk.actor.centre_id}
    if tab == "merged":
        # A 从单 waits for its 主单, so it is open no more; it can still be taken out.
        where, parameters = "o.centre_id = :centre_id", {"centre_id": desk.actor.centre_id}
    return f"{where} AND {TABS[tab]}", parameters


def _minded(desk: Desk, tab: str, minded: QueueScope) -> tuple[str, dict[str, Any]]:
    """The WHERE of a tab for the part of the queue that this person minds."""
    where, parameters = _where(desk, tab)
    narrow, more = scope.condition(minded)
    return (f"{where} AND {narrow}", {**parameters, **more}) if narrow else (where, parameters)


def figures(desk: Desk) -> DispatchFigures:
    """Return how many orders wait in each tab, how many were first sent today, after how long on average."""
    minded = scope.kept(desk)
    midnight = local(desk.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    with desk.reading() as reader:
        counts = {tab: _count(reader, _minded(desk, tab, minded)) for tab in TABS}
        outside = {}
        if not minded.is_whole:
            outside = {tab: _count(reader, _where(desk, tab)) - counts[tab] for tab in TABS}
        wait = assignments.mean_wait(reader, desk.actor.centre_id, to_ms(midnight))
        taken = assignments.by_proposal(reader, desk.actor.centre_id, to_ms(midnight))
    mean = None if wait["mean"] is None else timedelta(milliseconds=round(wait["mean"]))
    first = round(100 * taken["first"] / taken["sent"]) if taken["sent"] else None
    return DispatchFigures(counts, mean, wait["sent"], scope.words(desk, minded), outside, first)


def _count(reader: Reader, condition: tuple[str, dict[str, Any]]) -> int:
    return pages.count(reader, condition[0], **condition[1])


def order_detail(desk: Desk, order_no: str, *, leaving: str | None = None) -> DispatchOrder:
    """Return an order in full, and say at the other desks that it is open here, and `leaving` no longer.

    Raises Refused, NotAllowed.
    """
    if leaving is not None and leaving != order_no:
        leave(desk, leaving)
    whole = card.card(desk, order_no)
    with desk.reading() as reader:
        order = seen_order(desk, reader, order_no)
        said = tuple(_said(reader, order))
        paper = paper_of(desk, reader, order)
        helpers = tuple(papers_of(reader, order))
        waits = declined.paper_of(desk, reader, order)
        refused = refusals(desk, reader, order)
        decision = waiting(reader, order)
        ruling = "" if decision is None else rulings.line(reader, decision)
    parts = sorted(whole.sections, key=lambda part: _rank(part.heading))
    first = (CardSection("待处理", said),) if said else ()
    needs_text = sight.is_secret(order) and not order["forward_text"]
    others = _others(desk, order["uid"])
    return DispatchOrder(
        whole.order, (*first, *parts), others, paper, needs_text, refused, ruling, helpers, waits
    )


def _rank(heading: str) -> int:
    return _FIRST_SHOWN.index(heading) if heading in _FIRST_SHOWN else len(_FIRST_SHOWN)


def _said(reader: Reader, order: Row) -> Iterator[str]:
    """What was last said about an order that could not be sent: what is missing, why it is unclear, the verdict."""
    words = {row["event_uid"]: row["body"] for row in events.texts_of_order(reader, order["uid"])}
    for event in reversed(events.of_order(reader, order["uid"])):
        heading = _SAID.get(Deed(event["kind"]))
        if heading is not None:
            at = short_moment(from_ms(event["at"]))
            yield f"{heading}（{event['actor_name']} {at}）：{words.get(event['uid']) or '已依法删除'}"
            return


def _others(desk: Desk, order_uid: str) -> tuple[str, ...]:
    """Enter this seat at the order and name the others that have it open, the first comer first."""
    if desk.work is None:
        return ()
    actor, now = desk.actor, to_ms(desk.now())
    desk.work.enter(
        order_uid,
        staff_uid=actor.uid,
        staff_name=actor.name,
        seat=desk.seat,
        doing="派单",
        now_ms=now,
    )
    present = desk.work.who_has(order_uid, now_ms=now)
    return tuple(each.staff_name for each in present if each.staff_uid != actor.uid)


def leave(desk: Desk, order_no: str) -> None:
    """Say that an order is no longer open at this desk; an unknown number is nothing to leave."""
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no)
    if order is not None and desk.work is not None:
        desk.work.leave(order["uid"], staff_uid=desk.actor.uid, seat=desk.seat)


def propose(desk: Desk, order_no: str, top: int = 5) -> Proposals:
    """Propose at most `top` units for an order, the best first, with share and reason; unclear ones say so.

    Accused units are left out (P32 a), as are those whose 退单 was granted; the unit that one of these named stands first. In a city's queue a county's matter is
    proposed to the county's centre (P6). Raises Refused, NotAllowed.
    """
    with desk.reading() as reader:
        order = seen_order(desk, reader, order_no)
        if sight.is_secret(order) and not desk.actor.reads_secrets:
            return Proposals(order_no, (), "举报、保密工单由派单员核对后派单")
        keeping.catch_up(desk, reader)
        matter = _matter(reader, order)
        found = proposals.propose(desk, reader, matter, order_no=order_no, top=top)
        rows = tuple(_through_centres(desk, reader, found.rows, matter.returned_by))
        like = alike(desk, reader, order["title"], order["content"], _CASES)
        return named_first(desk, reader, order, replace(found, rows=rows, alike=like), top)


def _matter(reader: Reader, order: Row) -> Matter:
    returned_by = frozenset(assignments.who_returned(reader, order["id"]))
    noted = station_orders.of_order(reader, order["id"]) if sight.is_secret(order) else None
    made_below = "" if noted is None else str(noted["clerk_path"] or "")
    plain = proposals.plain_matter(order)
    return replace(plain, accused=order, returned_by=returned_by, made_below=made_below)


def _through_centres(
    desk: Desk, reader: Reader, rows: tuple[Proposal, ...], returned_by: Iterable[int]
) -> Iterator[Proposal]:
    """Put the centre in the place of units below a lower centre; several of its units are one proposal.

    A centre that gave the order back is none.
    """
    own, seen = desk.actor.centre_path, dict.fromkeys(returned_by)
    for row in rows:
        unit = units.unit(reader, row.unit_id)
        centre = units.centre_above(reader, unit["path"]) if unit else None
        if centre is None or centre["path"] == own or not str(centre["path"]).startswith(own):
            yield row
        elif centre["id"] not in seen:
            seen[centre["id"]] = None
            yield _as_centre(row, centre)


def _as_centre(row: Proposal, centre: Row) -> Proposal:
    return Proposal(
        unit_id=centre["id"],
        unit_code=centre["code"],
        unit=centre["short_name"],
        section_id=None,
        section="",
        department=centre["department"],
        share=row.share,
        why=f"{row.unit}：{row.why}",
        duty_item_id=row.duty_item_id,
        is_centre=True,
        kind=row.kind,
    )


def forward_text(desk: Desk, order_no: str) -> ForwardText:
    """Return the original of an order with every word marked that may point to the caller (P32 b).

    Raises NotAllowed for who may not read originals.
    """
    with desk.reading() as reader:
        order = seen_order(desk, reader, order_no)
        check_right(desk, reader, Deed.SEND, order)
    if sight.is_secret(order) and not desk.actor.reads_secrets:
        raise NotAllowed("原文仅派单员、审核员、班长可阅")
    known = [str(order[column] or "") for column in ("requester_name", "contact_phone", "home_address")]
    spans = marked_words(order["content"], _markers(desk), known)
    return ForwardText(order_no, order["content"], spans, order["forward_text"])


def _markers(desk: Desk) -> dict[str, tuple[str, ...]]:
    kinds = desk.settings.words("secrecy.markers")
    return {kind: desk.settings.words(f"secrecy.{kind}_markers") for kind in kinds}
