"""A 举报人's known name, number and address leak 0 characters to a unit account, by any way out (practice P32)."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from db.codes import AnswerOutcome, OrderKind, ReturnReason
from desk import card, counts, dispatch, emergency, finder, intake, my_tickets, review
from desk.errors import NotAllowed, Refused
from desk.intake_rows import OrderForm
from tests.world import World

NAME, PHONE, ADDRESS, WORDS = "赵钱孙", "13812345678", "文昌路88号", "只有我知道他收了两条烟"
LEAKS = (NAME, "钱孙", PHONE, "138****", "5678", ADDRESS, "文昌路", "只有我知道", "两条烟", "老街小卖部")
FORWARD = "群众反映执法人员收受商户财物，请依法核实。"


@pytest.fixture
def tip_off(world: World) -> str:
    """A 举报 against 城管局, sent to 人社局 with 转办内容, signed there."""
    unit = {row["code"]: row["id"] for row in world.rows("SELECT id, code FROM units")}
    form = OrderForm(
        kind=OrderKind.TIP_OFF,
        number=PHONE,
        name=NAME,
        is_confidential=True,
        area_code="360725100000",
        place=f"{ADDRESS}老街小卖部",
        home_address=ADDRESS,
        title="执法人员收烟",
        accused_unit="CY-CGJ",
        content=f"我是{ADDRESS}老街小卖部的{NAME}，{WORDS}",
        purpose=f"为{NAME}保密",
    )
    order_no = intake.register(world.desk("1203"), form).order_no
    intake.supplement(world.desk("1203"), order_no, f"{NAME}补充：{WORDS}")
    dispatch.send(world.desk("1301"), order_no, unit["CY-RSJ"], forward_text=FORWARD)
    my_tickets.sign(world.desk("2201"), order_no)
    return order_no


def ways_out(order_no: str) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Everything a unit account can ask of the desk."""
    yield "counts", counts.header_counts
    yield "card", lambda desk: card.card(desk, order_no)
    for text in (order_no, order_no[-9:], NAME, PHONE, ADDRESS, "小卖部", "收烟", "两条烟"):
        yield f"find {text}", lambda desk, text=text: finder.find(desk, text)
    for tab, *_ in [("all",), ("in_progress",), ("co_handling",), ("overdue",)]:
        yield f"list {tab}", lambda desk, tab=tab: my_tickets.page(desk, tab)
    yield "detail", lambda desk: my_tickets.detail(desk, order_no)
    yield "tabs", my_tickets.tabs
    yield "number", lambda desk: my_tickets.reveal_phone(desk, order_no, "要联系")
    yield (
        "answer",
        lambda desk: my_tickets.log_answer(desk, order_no, AnswerOutcome.ANSWERED, "phone", PHONE, "已答复"),
    )
    yield "queue", dispatch.queue
    yield "dispatch detail", lambda desk: dispatch.order_detail(desk, order_no)
    yield "proposals", lambda desk: dispatch.proposals(desk, order_no)
    yield "forward text", lambda desk: dispatch.forward_text(desk, order_no)
    yield f"find {PHONE}", lambda desk: intake.caller(desk, PHONE)
    yield "similar", lambda desk: intake.similar(desk, f"{ADDRESS} 小卖部 收烟 执法人员", "360725100000")
    yield "progress", lambda desk: intake.progress(desk, order_no, phone=PHONE)
    yield "emergencies", emergency.running
    for tab in ("close_review", "to_call_back", "pool"):
        yield f"review {tab}", lambda desk, tab=tab: review.page(desk, tab)
    yield "review detail", lambda desk: review.detail(desk, order_no)
    yield "callback sheet", lambda desk: review.open_callback(desk, order_no)
    yield "wrong deed", lambda desk: dispatch.recall(desk, order_no, "x")


_CODES = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")


def words_of(text: str) -> str:
    """Return a text without its hashes and uids: now and then one of them holds four digits of anybody's number."""
    return _CODES.sub("", text)


def said(way: Callable[[Any], Any], desk: Any) -> str:
    """Return everything that comes out, a refusal's words and causes included."""
    try:
        return words_of(repr(way(desk)))
    except Refused as refusal:
        return f"{refusal} {refusal.__cause__!r} {refusal.__context__!r}"


@pytest.mark.parametrize("staff_no", ["2201", "2202", "2102", "2103", "2301"])
def test_nothing_of_the_informant_comes_out(world: World, tip_off: str, staff_no: str) -> None:
    desk = world.desk(staff_no)
    for name, way in ways_out(tip_off):
        words = said(way, desk)
        asked = {text for text in (NAME, PHONE, ADDRESS) if name == f"find {text}"}
        found = [leak for leak in LEAKS if leak in words and not any(leak in text for text in asked)]
        assert not found, f"{name}: {found} in {words[:600]}"


def test_the_handling_unit_reads_what_was_written_for_it(world: World, tip_off: str) -> None:
    assert FORWARD in repr(card.card(world.desk("2201"), tip_off))


def test_the_accused_unit_sees_nothing_and_is_never_sent_to(world: World, tip_off: str) -> None:
    for staff_no in ("2101", "2102", "2103"):
        with pytest.raises(NotAllowed):
            card.card(world.desk(staff_no), tip_off)
    accused = world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    with pytest.raises(Refused, match="回避|被举报"):
        dispatch.reassign(world.desk("1301"), tip_off, accused, reason="试一下", forward_text=FORWARD)
    with pytest.raises(Refused, match="回避|被举报"):
        dispatch.add_unit(world.desk("1301"), tip_off, accused)


def test_events_hold_no_personal_data(world: World, tip_off: str) -> None:
    events = words_of(json.dumps(world.rows("SELECT * FROM events"), ensure_ascii=False))
    assert not [leak for leak in LEAKS if leak in events]


def test_a_unit_cannot_ask_for_a_return_of_a_secret_order_and_learn_more(world: World, tip_off: str) -> None:
    unit = world.row("SELECT id FROM units WHERE code = 'CY-HSZ'")["id"]
    words = said(
        lambda d: my_tickets.ask_return(d, tip_off, ReturnReason.NOT_OUR_DUTY, unit, "不是我们", "清单未列"),
        world.desk("2201"),
    )
    assert not [leak for leak in LEAKS if leak in words]
