"""The tabs and pages of 我的工单: what a unit holds, what a person registered, what waits for a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.codes import Deed, RequestKind, Role
from db.doors import Reader
from db.queries import pages, requests, unit_lists
from db.queries.sight import BORN_BY, OF_THE_STATION
from db.times import to_ms
from desk import co_handling, lists
from desk.codes import word
from desk.context import Actor, Desk
from desk.my_tickets import deputies
from desk.my_tickets.common import ASKED_FOR
from desk.my_tickets_rows import TicketTab
from desk.rows import OrderRow, Page
from desk.rules import rights
from desk.rules.rights import Scope

PRESSED_FIRST = (
    f" ORDER BY o.status = 'closed', o.sort_rank <> 0, NOT {requests.PRESSED}, o.sort_rank, o.press_at, o.id"
)
"""A unit's open orders: emergencies, what is 督办 or 催办, D-level, then by time; what the pool alone watches comes last."""
NEWEST = " ORDER BY o.accepted_at DESC, o.id DESC"
REGISTERED_DAYS = 30
"""How many days back one's own registrations are listed, unless the setting `mine.days` says otherwise."""

SENT_BACK_WORDS = {Deed.SEND_BACK_REPLY: "审核退回", Deed.SEND_BACK_CLOSE_REVIEW: "办结退回"}
"""Who gave an order back to its 经办人: the unit's own 审核人, or 办结审核 at the centre."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its key and word, its WHERE over `o`, whether a count in it cries out, its order."""

    key: str
    label: str
    where: str
    parameters: dict[str, Any] = field(default_factory=dict)
    is_alarming: bool = False
    order_by: str = pages.PRESSING


def tabs(desk: Desk) -> tuple[TicketTab, ...]:
    """Return this person's tabs with how many orders stand in each. Raises StoreUnusable."""
    with desk.reading() as reader:
        return tuple(
            TicketTab(tab.key, tab.label, pages.count(reader, tab.where, **tab.parameters), tab.is_alarming)
            for tab in _tabs_of(desk, reader)
        )


def page(desk: Desk, tab: str = "all", offset: int = 0) -> Page:
    """Return one window of a tab, most pressing first; a tab that this person has not is their first one."""
    with desk.reading() as reader:
        own = _tabs_of(desk, reader)
    chosen = next((each for each in own if each.key == tab), own[0])
    return lists.load(desk, chosen.where, offset=offset, order_by=chosen.order_by, **chosen.parameters)


def waiting(desk: Desk, rows: Sequence[OrderRow]) -> dict[str, str]:
    """Return, by order number, what a list must say beside the status: `延期待批`, `退协办待批`, `办结退回`, `催单2次` …"""
    by_id = {row.id: row for row in rows}
    said: dict[str, str] = {}
    with desk.reading() as reader:
        for key, deed in unit_lists.sent_back(reader, list(by_id)).items():
            said[by_id[key].order_no] = SENT_BACK_WORDS[Deed(deed)]
        for kind in ASKED_FOR:
            for key, request in requests.pending_of_orders(reader, kind, list(by_id)).items():
                if request["round"] == by_id[key].round:
                    said[by_id[key].order_no] = f"{word(kind)}待批"
        if desk.actor.is_in_a_unit:
            for key in requests.orders_of_part_returns(reader, desk.actor.unit_path, list(by_id)):
                said.setdefault(by_id[key].order_no, f"{word(RequestKind.PART_RETURN)}待批")
        for key in unit_lists.suspended(reader, list(by_id)):
            said.setdefault(by_id[key].order_no, "挂起中")
        for key in co_handling.late_orders(reader, list(by_id), to_ms(desk.now())):
            said.setdefault(by_id[key].order_no, "协办逾期")
        for row in rows:
            if row.urge_count:
                said.setdefault(row.order_no, f"催单{row.urge_count}次")
    return said


def _tabs_of(desk: Desk, reader: Reader) -> tuple[Tab, ...]:
    actor = desk.actor
    if actor.is_at_the_centre:
        mine, decided = _registered(desk), tuple(_of_the_centre(actor))
        return (*mine, *decided) if Role.AGENT in actor.roles else (*decided, *mine)
    if actor.is_in_a_unit:
        more = (*_registered(desk)[:1], _of_the_station(desk)) if Role.STATION_CLERK in actor.roles else ()
        return (*_of_the_unit(desk, reader), *more)
    if Role.STATION_CLERK in actor.roles:
        return (*_registered(desk), _of_the_station(desk))
    return _registered(desk)


_STAGES = (
    ("to_sign", "待签收", "o.status = 'to_sign'"),
    ("in_progress", "办理中", "o.status = 'in_progress'"),
    ("unit_review", "待审核", "o.status = 'unit_review'"),
    ("to_answer", "待答复", "o.status = 'to_answer'"),
)
_STANDING_OUT = (
    ("rework", "重办", "o.round > 1", False),
    ("overdue", "超期", "o.press_at < :now AND o.status <> 'closed'", True),
    ("d_level", "D级", "o.pool_grade = 'D'", True),
)


def _of_the_unit(desk: Desk, reader: Reader) -> Iterator[Tab]:
    actor = desk.actor
    own = {"unit_path": actor.unit_path + "%", "my_name": actor.name, "own_path": actor.unit_path}
    held = f"{unit_lists.HELD} AND {unit_lists.NOT_AGAINST_ME}"
    now = {"now": to_ms(desk.now())}
    yield Tab("all", "全部", held, own, order_by=PRESSED_FIRST)
    for key, label, condition in _STAGES:
        yield Tab(key, label, f"{held} AND {condition}", own, order_by=PRESSED_FIRST)
    yield Tab("co", "协办", f"{unit_lists.CO_HANDLED} AND {unit_lists.NOT_AGAINST_ME}", own)
    yield Tab("sent_back", "退回", f"{held} AND {unit_lists.SENT_BACK}", own, True, PRESSED_FIRST)
    for key, label, condition, is_alarming in _STANDING_OUT:
        more = now if ":now" in condition else {}
        yield Tab(key, label, f"{held} AND {condition}", {**own, **more}, is_alarming, PRESSED_FIRST)
    if theirs := deputies.work_of(deputies.absent(desk, reader)):
        yield Tab("deputy", "B角", f"{held} AND {theirs}", own, order_by=PRESSED_FIRST)


def _registered(desk: Desk) -> tuple[Tab, ...]:
    now = to_ms(desk.now())
    days = int(desk.settings.get("mine.days", REGISTERED_DAYS))
    own = {"my_uid": desk.actor.uid, "since": now - days * 86_400_000}
    running = f"{unit_lists.OPEN} AND {unit_lists.REGISTERED}"
    return (
        Tab("registered", "我登记的", running, own),
        Tab("overdue", "超期", f"{running} AND o.press_at < :now", {**own, "now": now}, is_alarming=True),
        Tab("d_level", "D级", f"{running} AND o.pool_grade = 'D'", own, is_alarming=True),
        Tab("over", "已办结", f"o.is_open = 0 AND {unit_lists.REGISTERED}", own, order_by=NEWEST),
    )


def _of_the_station(desk: Desk) -> Tab:
    """What a clerk's colleagues at the same 服务站 registered: whoever comes back meets another clerk."""
    others = f"{unit_lists.OPEN} AND {OF_THE_STATION} AND NOT ({BORN_BY})"
    return Tab("station", "同站登记", others, {"staff_uid": desk.actor.uid})


def _of_the_centre(actor: Actor) -> Iterator[Tab]:
    here = {"centre_id": actor.centre_id}
    for key, label, deed, kind in (
        ("extension", "待批延期", Deed.GRANT_EXTENSION, RequestKind.EXTENSION),
        ("suspension", "待批挂起", Deed.GRANT_SUSPENSION, RequestKind.SUSPENSION),
        ("escalation", "待批提级", Deed.RULE_ESCALATION, RequestKind.ESCALATION),
    ):
        if Scope.CENTRE in rights.scopes(actor.roles, deed):
            yield Tab(key, label, f"{unit_lists.OPEN} AND {unit_lists.PENDING}", {**here, "request": kind})
    if actor.reads_secrets and Scope.CENTRE in rights.scopes(actor.roles, Deed.LOG_ANSWER):
        yield Tab("for_the_unit", "代答复", unit_lists.ANSWERED_BY_CENTRE, here)
