"""One order in full: everything about it that this person may see, with every step taken (issue: 卡片)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from db.codes import Channel, ContactWay, Deed, OrderKind, Status
from db.doors import Reader, Row
from db.queries import (
    cards,
    channels,
    duty_items,
    house,
    links,
    notices,
    reports,
    station_orders,
    stewards,
    units,
    work_orders,
)
from db.queries import events as event_queries
from db.times import maybe_from_ms
from desk import (
    attachments,
    card_handling,
    card_history,
    card_rulings,
    card_station,
    card_steward,
    lists,
    merged,
    procedures,
    sight,
)
from desk.abilities import why_not
from desk.assessment.scores import score_lines
from desk.codes import word
from desk.context import Desk
from desk.errors import NotAllowed, Refused
from desk.history import data_of
from desk.rows import CardRow, CardSection
from desk.rules import lifecycle
from desk.rules.calendar import WEEKDAYS, local
from desk.rules.marks import marks_of
from desk.rules.spoken_places import place_marks
from desk.rules.time_words import accepted_day, time_left
from desk.stewardship.steps import why_not_closed
from desk.words import moment, stored

ON_THE_CARD = (Deed.WRITE_STEP, Deed.CHANGE_STEWARD, Deed.PROPOSE_CASE, Deed.PUBLISH_CASE)
"""The deeds that the card's own keys do."""


def card(desk: Desk, order_no: str) -> CardRow:
    """Return the card of an order by its number or 查询码.

    Raises Refused for an unknown number, NotAllowed for an order outside this person's sight (P32, P33).
    """
    with desk.reading() as reader:
        order = work_orders.by_number(reader, order_no.strip())
        if order is None:
            raise Refused(f"没有编号为 {order_no} 的工单，请核对编号，或按 Ctrl+P 查找")
        if not sight.may_see(reader, desk.actor, order):
            raise NotAllowed(f"工单 {order_no} 不在您的权限范围内，请联系班长")
        order = sight.opened(order)
        events = event_queries.of_order(reader, order["uid"])
        texts = _texts_for(desk, reader, order, events)
        sections = tuple(_sections(desk, reader, order, events, texts))
        history = card_history.lines(desk.actor, order, events, texts, _units_in(reader, events))
        allowed = frozenset(kind for kind in ON_THE_CARD if not why_not(desk, reader, kind, order))
        row, files = lists.opened(desk, reader, order["id"]), attachments.seen_by(desk.actor, reader, order)
    # The disk is looked at when the store is not held any more: a network folder may be slow.
    filed = (CardSection("附件", tuple(attachments.lines(files))),) if files else ()
    return CardRow(row, (*sections, *filed), tuple(history), allowed)


def _texts_for(desk: Desk, reader: Reader, order: Any, events: Iterable[Row]) -> Sequence[Row]:
    """The words of the order's events, without those that may speak of a 举报 split off since (P10, P32 b)."""
    texts = event_queries.texts_of_order(reader, order["uid"])
    split_at = None if desk.actor.reads_secrets else links.secret_part_made_at(reader, order["id"])
    if split_at is None:
        return texts
    earlier = {event["uid"] for event in events if event["at"] <= split_at}
    return [row for row in texts if row["event_uid"] not in earlier]


def _units_in(reader: Reader, events: Iterable[Any]) -> dict[str, str]:
    """The short names of the units that events name by their codes."""
    codes = {code for event in events if (code := data_of(event).get("unit"))}
    rows = (units.unit_by_code(reader, code) for code in codes)
    return {row["code"]: row["short_name"] for row in rows if row is not None}


def _sections(
    desk: Desk, reader: Reader, order: Any, events: Sequence[Row], texts: Sequence[Row]
) -> Iterator[CardSection]:
    hides = not sight.sees_caller(desk.actor, order)
    held = cards.assignments(reader, order["id"])
    parts: Iterable[tuple[str, Iterable[str]]] = (
        ("工单", _standing(desk, reader, order)),
        ("诉求人", _caller(desk, order)),
        (
            "服务站",
            card_station.lines(order, station_orders.of_order(reader, order["id"]), hides_words=hides),
        ),
        ("诉求内容", _matter(desk, reader, order)),
        ("时限", _dues(desk, order)),
        ("应急处置", card_handling.emergency(cards.emergency(reader, order["id"]))),
        ("公告", _notices(reader, order)),
        ("合并与关联", merged.lines(desk, reader, order)),
        ("工单管家", card_steward.stewards(held, events, texts)),
        ("管家六步", _steps(desk, reader, order, held)),
        ("快速处置专项队伍", _team(desk, reader, order)),
        ("承办", _handled(reader, order, held)),
        ("申请与审批", card_handling.requests(cards.requests(reader, order["id"]))),
        ("法定程序", procedures.lines(reader, order, hides_words=hides)),
        ("研判与热线日", card_rulings.lines(reader, order["id"], hides_words=hides)),
        ("答复", _replies(reader, order, hides_words=hides)),
        ("回访", card_handling.callbacks(cards.callbacks(reader, order["id"]), hides_words=hides)),
        (
            "评级与监测池",
            card_handling.grading(cards.grades(reader, order["id"]), cards.pool_entries(reader, order["id"])),
        ),
        ("评分", score_lines(desk, reader, order["id"])),
        ("告知", card_handling.messages(cards.messages(reader, order["id"]), hides_caller=hides)),
        ("通话", card_history.calls(reader, order)),
    )
    for heading, lines in parts:
        kept = tuple(line for line in lines if line)
        if kept:
            yield CardSection(heading, kept)


def _notices(reader: Reader, order: Any) -> Iterator[str]:
    for row in notices.of_order(reader, order["id"]):
        area = row["area_name"] or "全县"
        yield f"已告知公告“{row['title']}”（{area}，至 {stored(row['ends_at'])}），诉求人仍要求登记"


def _handled(reader: Reader, order: Any, held: Sequence[Row]) -> Iterator[str]:
    if order["duty_item_id"] is not None:
        item = duty_items.one(reader, order["duty_item_id"])
        assert item is not None, "a foreign key holds it"
        yield from card_handling.duty(item, duty_items.versions(reader, item["number"])[0])
    yield from card_handling.assignments(held)


def _steps(desk: Desk, reader: Reader, order: Any, held: Sequence[Row]) -> Iterable[str]:
    lacking = why_not_closed(desk, reader, order) if order["steward_id"] else ""
    answers = cards.answers(reader, order["id"])
    return card_steward.steps(stewards.steps_of(reader, order["id"]), held, answers, lacking)


def _team(desk: Desk, reader: Reader, order: Any) -> Iterable[str]:
    """The centre, and the unit itself, see whom the steward sends first while the order is open."""
    unit = units.unit(reader, order["steward_id"]) if order["steward_id"] and order["is_open"] else None
    is_own = unit is not None and str(unit["path"]).startswith(desk.actor.unit_path)
    if unit is None or not (desk.actor.is_at_the_centre or (is_own and desk.actor.is_in_a_unit)):
        return ()
    return card_steward.team(stewards.team_of(reader, unit["id"]))


def _replies(reader: Reader, order: Any, *, hides_words: bool) -> Iterable[str]:
    key = order["id"]
    parts = cards.assignments(reader, key)
    return card_handling.replies(
        cards.replies(reader, key),
        cards.answers(reader, key),
        parts,
        order["round"],
        hides_words=hides_words,
    )


def _standing(desk: Desk, reader: Reader, order: Any) -> Iterator[str]:
    status, kind = Status(order["status"]), OrderKind(order["kind"])
    grade = f"  {order['grade']}级" if order["grade"] else ""
    pooled = f"  监测池{order['pool_grade']}级" if order["pool_grade"] else ""
    round_ = f"  第{order['round']}轮" if order["round"] > 1 else ""
    yield f"{order['order_no']}  查询码 {order['query_code']}"
    yield f"{word(status)}{grade}{pooled}{round_}  {word(kind)}  {card_handling.urgency_word(order)}"
    accepted = _moment(order["accepted_at"])
    day = f"  {accepted_day(accepted, desk.now())}" if order["is_open"] else ""
    yield f"受理 {moment(accepted)}{day}  渠道 {_channel(order)}"
    outside = order["outside_no"] or order["upstream_no"]
    yield f"外部编号 {outside}" if outside else ""
    yield from _marks(desk, order)
    yield from _outside(desk, reader, order)
    yield f"群众催单 {order['urge_count']} 次" if order["urge_count"] else ""
    yield f"曾超期 {order['breach_count']} 次" if order["breach_count"] else ""
    yield "专报件" if reports.has_report(reader, order["id"]) else ""
    yield "不纳入考核" if order["excluded_from_assessment"] else ""


def _marks(desk: Desk, order: Any) -> Iterator[str]:
    marks = marks_of(order["marks"])
    yield f"标记 {'、'.join(map(word, marks))}" if marks else ""
    yield f"上级编号 {order['upstream_no']}" if order["upstream_no"] and order["outside_no"] else ""
    # An upper organ names the caller in its own words; a unit is not told them on a secret order (P32).
    demand = order["upstream_demand"] if sight.sees_caller(desk.actor, order) else ""
    yield f"上级要求 {demand}" if demand else ""


def _outside(desk: Desk, reader: Reader, order: Any) -> Iterator[str]:
    """What the upper platform says of its order; its words may name the caller (practice P20, P32)."""
    said = channels.of_order(reader, order["id"]) if order["outside_no"] else None
    if said is None or not sight.sees_caller(desk.actor, order):
        return
    yield f"上级状态 {said['state']}" if said["state"] else ""
    yield f"上级退回 {said['sent_back']}" if said["sent_back"] else ""


def _channel(order: Any) -> str:
    try:
        channel = word(Channel(order["channel"]))
    except ValueError:
        channel = str(order["channel"])
    return f"{channel}  拨打热线 {order['line']}" if order["line"] else channel


def _caller(desk: Desk, order: Any) -> Iterator[str]:
    kind = "企业" if order["is_company"] else "个人"
    yield f"{sight.caller_name(desk.actor, order)}  {kind}  电话 {sight.caller_phone(order) or '未留'}"
    if not sight.sees_caller(desk.actor, order):
        return
    yield f"住址 {order['home_address']}" if order["home_address"] else ""
    yield f"语言 {order['language']}" if order["language"] else ""
    yield f"特殊需求 {order['special_needs']}" if order["special_needs"] else ""
    yield f"代诉 {order['on_behalf']}" if order["on_behalf"] else ""
    yield _wish(order)


def _wish(order: Any) -> str:
    if not order["needs_answer"]:
        return "不需答复"
    way = word(ContactWay(order["answer_way"]))
    return f"答复方式 {way}  方便时间 {order['answer_time'] or '不限'}"


def _matter(desk: Desk, reader: Reader, order: Any) -> Iterator[str]:
    secret = sight.is_secret(order) and not sight.sees_caller(desk.actor, order)
    yield f"标题 {sight.title_for(desk.actor, order)}"
    yield f"地点 {_area(reader, order['area_code'])} {'' if secret else order['place']}".rstrip()
    yield f"另涉 {_area(reader, order['other_area_code'])}" if order["other_area_code"] else ""
    yield from () if secret else _place_marks(order["place"])
    yield _occurred(order) if order["occurred_words"] and not secret else ""
    yield f"被反映对象 {order['accused_name']}" if order["accused_name"] and not secret else ""
    yield from sight.content_for(desk.actor, order).splitlines()
    yield f"诉求目的 {order['purpose']}" if order["purpose"] and not secret else ""
    yield f"已反映 {order['earlier_steps']}" if order["earlier_steps"] and not secret else ""
    if order["forward_text"] and desk.actor.reads_secrets:
        yield f"转办内容 {order['forward_text']}"


def _occurred(order: Any) -> str:
    """The caller's words, and the day that they were taken for: the hour is in the words, or nobody knows it."""
    at = maybe_from_ms(order["occurred_at"])
    day = f"（拟为 {local(at):%Y-%m-%d} 周{WEEKDAYS[local(at).weekday()]}）" if at else ""
    return f"发生时间 {order['occurred_words']}{day}"


def _place_marks(place: str) -> Iterator[str]:
    """桩号, 电杆号, 表号, 栋-单元 that the words of the place hold, so that whoever goes there finds it (practice P16)."""
    marks = [str(mark) for mark in place_marks(place)]
    if marks:
        yield f"定位 {'；'.join(marks)}"


def _area(reader: Reader, code: str | None) -> str:
    area = house.area(reader, code) if code else None
    if area is None:
        return "未定"
    return f"{area['parent_name'] or ''}{area['name']}" if area["level"] == "village" else str(area["name"])


_ENDED_OTHERWISE = frozenset(lifecycle.ENDS) - {Status.CLOSED, Status.ARCHIVED}
"""Ends without a result: nobody may read 办结 there (an order that left a 服务站 is worked on elsewhere)."""


def _dues(desk: Desk, order: Any) -> Iterator[str]:
    provisional = "  暂定（放假安排未公布）" if order["is_due_provisional"] else ""
    for name, column in (
        ("本环节时限", "stage_due_at"),
        ("单位时限", "unit_due_at"),
        ("诉求人时限", "citizen_due_at"),
        ("上级时限", "upstream_due_at"),
    ):
        due = maybe_from_ms(order[column])
        if due is not None:
            # 办结审核 and 回访 have limits of their own, which run on after the answer (P2).
            runs = order["is_open"] and (column == "stage_due_at" or order["answered_at"] is None)
            left = f"  {time_left(due, desk.now())}" if runs else ""
            # What an upper organ demands is a moment of the clock, whatever days off are announced.
            doubt = "" if column == "upstream_due_at" else provisional
            yield f"{name} {moment(due)}{left}{doubt}"
    for name, column in (
        ("派单", "dispatched_at"),
        ("签收", "signed_at"),
        ("答复", "answered_at"),
        ("办结审核通过", "review_passed_at"),
        ("办结", "closed_at"),
        ("归档", "archived_at"),
    ):
        at = maybe_from_ms(order[column])
        is_otherwise = column == "closed_at" and order["status"] in _ENDED_OTHERWISE
        said = word(Status(order["status"])) if is_otherwise else name
        yield f"{said} {moment(at)}" if at else ""
    yield "已挂起，单位时限暂停" if order["suspended_at"] else ""


def _moment(milliseconds: int) -> datetime:
    at = maybe_from_ms(milliseconds)
    assert at is not None
    return at
