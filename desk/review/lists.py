"""The lists of the review screen: one tab for each thing that waits, most pressing first, D on top."""

from dataclasses import dataclass
from typing import Any

from db.codes import RequestKind, Satisfaction, Status
from db.doors import Reader, Row
from db.queries import answers, cards, pages, pressing, work_orders
from db.times import to_ms
from desk import card, lists, pressure_listing, scopes
from desk.abilities import deeds_for
from desk.codes import word
from desk.context import Desk
from desk.errors import Refused
from desk.review.audit import surveyed_before
from desk.review.checked import checked
from desk.review.dressing import dressed, watched
from desk.review.obstacles import obstacles
from desk.review_rows import ReviewDetail, ReviewPage, TabRow
from desk.rows import CardRow
from desk.rules.callbacks import not_called_by
from desk.words import stored

D_FIRST = " ORDER BY o.pool_grade DESC, o.press_at, o.id"
CLOSED_FIRST = " ORDER BY o.closed_at, o.id"
_ASKED = "o.id IN (SELECT r.order_id FROM requests r WHERE r.verdict = 'pending' AND r.kind = '{kind}')"


_LONG_TERM = (
    "o.id IN (SELECT d.order_id FROM decisions d WHERE d.way = 'long_term' AND d.day_id IS NOT NULL"
    " AND d.done_at IS NULL)"
)


@dataclass(frozen=True, slots=True)
class _Tab:
    word: str
    where: str
    order_by: str = pages.PRESSING
    requests: tuple[RequestKind, ...] = ()


_TABS = {
    "close_review": _Tab("办结审核", "o.status = 'close_review'"),
    "callback": _Tab("回访", "o.status = 'to_call_back'"),
    "pool": _Tab("监测池", "o.pool_grade IS NOT NULL", D_FIRST),
    "long_term": _Tab("长期事项", _LONG_TERM, D_FIRST),
    "procedure": _Tab("法定程序", "o.status = 'in_procedure'"),
    "panel": _Tab(
        "评议",
        f"(o.status = 'to_panel' OR {_ASKED.format(kind='panel')})",
        D_FIRST,
        (RequestKind.PANEL,),
    ),
    "write_off": _Tab("销号审批", _ASKED.format(kind="write_off"), D_FIRST, (RequestKind.WRITE_OFF,)),
    "supervision": _Tab(
        "督办",
        pressing.PRESSED,
        pressing.FIRST_DUE,
    ),
    "to_archive": _Tab("待归档", "o.status = 'closed' AND o.pool_grade IS NULL", CLOSED_FIRST),
}


def tabs(desk: Desk) -> tuple[TabRow, ...]:
    """Return every tab with its count for this person, and whether something in it is overdue or D-level."""
    now = to_ms(desk.now())
    with desk.reading() as reader:
        return tuple(_tab_row(desk, reader, key, now) for key in _TABS)


def _tab_row(desk: Desk, reader: Reader, key: str, now: int) -> TabRow:
    where, parameters = _scope(desk, key)
    count = pages.count(reader, where, **parameters)
    pressing = f"{where} AND (o.press_at < :now OR o.pool_grade = 'D')"
    # What is closed and not watched presses nobody, and may be many: it is not searched for it.
    may_press = count > 0 and key != "to_archive"
    is_pressing = may_press and pages.count(reader, pressing, now=now, **parameters) > 0
    return TabRow(key, _TABS[key].word, count, is_pressing)


def _scope(desk: Desk, key: str) -> tuple[str, dict[str, Any]]:
    """The WHERE of a tab for this person; what is closed and not watched is open no more, and the centre's alone."""
    if key == "supervision" and pressure_listing.sees_only_leaders(desk.actor):
        mine, parameters = scopes.of(desk.actor)
        return f"{mine} AND {pressing.PRESSED_FOR_LEADERS}", {**parameters, "me": desk.actor.id}
    if key != "to_archive":
        mine, parameters = scopes.of(desk.actor)
        return f"{mine} AND {_TABS[key].where}", parameters
    centre_id = desk.actor.centre_id if desk.actor.is_at_the_centre else None
    return f"o.centre_id = :centre_id AND {_TABS[key].where}", {"centre_id": centre_id}


def page(desk: Desk, tab: str, offset: int = 0) -> ReviewPage:
    """Return one window of a tab's list. Raises Refused for an unknown tab, StoreUnusable."""
    if tab not in _TABS:
        raise Refused(f"没有“{tab}”这一页")
    where, parameters = _scope(desk, tab)
    found = lists.load(desk, where, offset=offset, order_by=_TABS[tab].order_by, **parameters)
    with desk.reading() as reader:
        rows = tuple(dressed(desk, reader, found.rows, _TABS[tab].requests, is_pressed=tab == "supervision"))
    return ReviewPage(rows, found.total, found.offset)


def detail(desk: Desk, order_no: str) -> ReviewDetail:
    """Return one order under review: claim, reply, everything logged since, and the deeds allowed now.

    Raises Refused for an unknown number, NotAllowed outside this person's sight.
    """
    full = card.card(desk, order_no)
    with desk.reading() as reader:
        order = work_orders.by_number(reader, full.order.order_no)
        assert order is not None, "the card was just read"
        allowed = deeds_for(desk, reader, order) - obstacles(desk, reader, order).keys()
        gist = _gist(reader, order)
        surveyed = _surveyed(reader, order)
        seen = tuple(watched(desk, reader, full.order))
        looked = checked(desk, reader, order)
    beside = {"工单", "诉求内容", "答复"}
    return ReviewDetail(
        order=full.order,
        claim=_lines(full, "诉求内容"),
        reply=_lines(full, "答复"),
        log=tuple(section for section in full.sections if section.heading not in beside),
        allowed=allowed,
        gist=gist,
        surveyed=surveyed,
        watched=seen,
        checked=looked,
    )


def _surveyed(reader: Reader, order: Row) -> str:
    """What was said when somebody called back about an earlier round, and whether the answer is the same again."""
    before = surveyed_before(reader, order) if order["status"] == Status.CLOSE_REVIEW else None
    if before is None or not_called_by(order) is not None:
        return ""
    said = f"第{before['round']}轮已回访：{word(Satisfaction(before['result']))}（{stored(before['called_at'])}）"
    texts = {row["round"]: row["public_reply"].split() for row in cards.replies(reader, order["id"])}
    is_same = texts.get(order["round"]) == texts.get(before["round"])
    return f"{said}，本轮答复与该轮相同" if is_same else said


def _gist(reader: Reader, order: Row) -> str:
    """What an auditor passes, in one line: the public reply of this round, else what the citizen was told."""
    drafts = [row for row in cards.replies(reader, order["id"]) if row["round"] == order["round"]]
    said = answers.latest(reader, order["id"], order["round"])
    words = drafts[-1]["public_reply"] if drafts else said["said"] if said else ""
    return str(words or "").strip().partition("\n")[0]


def _lines(full: CardRow, heading: str) -> tuple[str, ...]:
    return tuple(line for section in full.sections if section.heading == heading for line in section.lines)
