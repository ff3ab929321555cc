"""受理: the form becomes an order with its call in one transaction, or one line says what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from db.codes import CallSummary, OrderKind, Outcome, Satisfaction, Status, Urgency
from desk import intake
from desk.errors import BadInput, NotAllowed, Refused
from desk.intake import CallNote
from desk.intake_rows import OrderForm
from desk.settings import Settings
from tests.desk.counter import COUNTER
from tests.world import Clock, World

PHONE = "13800000000"
FORM = OrderForm(
    kind=OrderKind.COMPLAINT,
    number=PHONE,
    name="李先生",
    area_code="360725100000",
    content="你好，我要投诉老城社区工地夜里十二点还在打桩，影响睡觉。已经一个星期了",
)
CALL = CallNote(number=PHONE, line="12345")
HOSTILE = (
    "🚰漏水👨‍👩‍👧",
    "𠮷野家门口",
    "[/b] [bold]x",
    "'; DROP TABLE work_orders; --",
    "%s {0} \\",
    "１３８，全角",
)

TEXT_FIELDS = (
    *("name", "place", "title", "accused_name", "occurred_words", "purpose", "earlier_steps", "home_address"),
    *("answer_time", "language", "special_needs", "on_behalf", "content"),
)


def column(world: World, order_no: str, name: str) -> Any:
    return world.row(f"SELECT {name} AS found FROM work_orders WHERE order_no = :no", no=order_no)["found"]


def test_a_question_answered_on_the_line_may_be_of_no_place(world: World) -> None:
    desk = world.desk("1203")
    form = replace(FORM, kind=OrderKind.INQUIRY, area_code=None, place="")
    done = intake.register_direct_answer(desk, form, "带身份证到网点")
    assert (
        world.row("SELECT place FROM work_orders WHERE order_no = :no", no=done.order_no)["place"] == "不详"
    )
    with pytest.raises(BadInput, match="事发地点"), world.nothing_written():
        intake.register_direct_answer(desk, replace(form, kind=OrderKind.COMPLAINT), "已处理")


def test_an_order_is_registered_with_call_requester_event_and_sentence(tmp_path: Path) -> None:
    world = World(tmp_path / "desk.db", Clock(datetime(2026, 9, 30, 2, 0, tzinfo=UTC)))
    done = intake.register(world.desk("1203"), FORM, CALL)
    assert done.order_no == "CY01-20260930-0001"
    assert done.sentence == "已受理，查询码 0930-0001，最迟10月13日（周二）前由承办单位答复您"
    assert world.status(done.order_no) == Status.TO_DISPATCH
    assert world.events(done.order_no) == ["register"]
    call = world.row("SELECT c.* FROM calls c JOIN call_orders l ON l.call_id = c.id")
    assert (call["number"], call["summary"], call["id"]) == (PHONE, CallSummary.NEW_ORDER, done.call_id)
    requester = world.row("SELECT * FROM requesters")
    assert (requester["phone"], requester["name"]) == (PHONE, "李先生")
    assert column(world, done.order_no, "requester_id") == requester["id"]
    assert column(world, done.order_no, "title") == "老城社区工地夜里十二点还在打桩，影响睡觉"


def test_registering_leaves_one_event_only(world: World) -> None:
    before = world.row("SELECT seq FROM chain_head")["seq"]
    intake.register(world.desk("1203"), FORM, CALL)
    assert world.row("SELECT seq FROM chain_head")["seq"] == before + 1


def test_the_second_order_of_a_call_shares_it(world: World) -> None:
    desk = world.desk("1203")
    first = intake.register(desk, FORM, CALL)
    second = intake.register(desk, replace(FORM, content="路灯也坏了"), first.call_id)
    assert second.call_id == first.call_id
    assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1
    assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 2
    assert world.row("SELECT count(*) AS n FROM requesters")["n"] == 1


def test_what_is_newly_known_of_a_requester_is_kept(world: World) -> None:
    desk = world.desk("1203")
    intake.register(desk, replace(FORM, name=""))
    intake.register(desk, replace(FORM, name="李大山", language="客家话"))
    rows = world.rows("SELECT name, language FROM requesters")
    assert rows == [{"name": "李大山", "language": "客家话"}]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": None}, "诉求类型"),
        ({"kind": OrderKind.UNDETERMINED}, "诉求类型"),
        ({"number": ""}, "来电号码"),
        ({"number": "12ab"}, "来电号码"),
        ({"contact_phone": "这不是号码"}, "联系电话"),
        ({"area_code": None}, "事发地点"),
        ({"area_code": "999999999999"}, "事发地点"),
        ({"category_code": "990000"}, "诉求分类"),
        ({"accused_unit": "NO-SUCH"}, "被反映对象"),
        ({"content": " \n "}, "诉求内容"),
        ({"content": "长" * 20_001}, "诉求内容"),
        ({"content": "坏\x00字"}, "诉求内容"),
        ({"content": "半个\ud800字"}, "诉求内容"),
        ({"is_anonymous": True}, "姓名"),
        ({"name": "名" * 10_000}, "姓名"),
        ({"title": "题" * 10_000}, "标题"),
        ({"place": "\x1b[2J"}, "事发地点"),
        ({"line": "1" * 50}, "拨打热线"),
    ],
)
def test_what_is_missing_or_cannot_be_kept_is_named(world: World, change: dict[str, Any], field: str) -> None:
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(BadInput) as refusal:
        intake.register(desk, replace(FORM, **change), CALL)
    assert refusal.value.field == field
    assert field in str(refusal.value)


@pytest.mark.parametrize("text", HOSTILE)
def test_odd_text_is_kept_unharmed_in_every_field(world: World, text: str) -> None:
    form: dict[str, Any] = dict.fromkeys(TEXT_FIELDS, text)
    done = intake.register(world.desk("1203"), replace(FORM, **form), CALL)
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=done.id)
    kept = {name: row["requester_name" if name == "name" else name] for name in TEXT_FIELDS}
    assert kept == form


def test_ten_thousand_characters_are_kept(world: World) -> None:
    text = "夜里𠮷" * 3333 + "吵"
    done = intake.register(world.desk("1203"), replace(FORM, content=text), CALL)
    assert column(world, done.order_no, "content") == text


def test_full_width_digits_are_one_number(world: World) -> None:
    done = intake.register(world.desk("1203"), replace(FORM, number="１３８ ００００ ００００"))
    assert column(world, done.order_no, "contact_phone") == PHONE


def test_contact_and_calling_number_are_apart(world: World) -> None:
    done = intake.register(world.desk("1203"), replace(FORM, contact_phone="0797-3812345"), CALL)
    assert column(world, done.order_no, "contact_phone") == "07973812345"
    assert world.row("SELECT number FROM calls")["number"] == PHONE


def test_an_anonymous_caller_leaves_neither_name_nor_number(world: World) -> None:
    form = replace(FORM, name="", is_anonymous=True)
    done = intake.register(world.desk("1203"), form, CALL)
    assert column(world, done.order_no, "contact_phone") is None
    assert column(world, done.order_no, "requester_id") is None
    assert world.rows("SELECT * FROM requesters") == []
    assert "凭查询码" in done.sentence


def test_a_tip_off_is_secret_and_keeps_nobody_under_the_number(world: World) -> None:
    form = replace(FORM, kind=OrderKind.TIP_OFF, accused_name="县城管局")
    done = intake.register(world.desk("1203"), form, CALL)
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=done.id)
    assert row["is_confidential"]
    assert row["accused_unit_id"] == world.row("SELECT id FROM units WHERE code = 'CY-CGJ'")["id"]
    assert world.rows("SELECT * FROM requesters") == []
    assert "热线中心答复" in done.sentence


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": OrderKind.PRAISE}, "感谢您的表扬"),
        ({"needs_answer": False}, "不再答复"),
        ({"urgency": Urgency.URGENT}, "最迟11月24日（周二）09:30前由承办单位"),
        ({"kind": OrderKind.INQUIRY}, "最迟11月25日（周三）前由承办单位答复您"),
        ({"kind": OrderKind.TIP_OFF}, "最迟12月7日（周一）前由热线中心答复您"),
        ({"is_confidential": True}, "前由热线中心答复您"),
        ({"kind": OrderKind.TIP_OFF, "is_anonymous": True, "name": ""}, "后凭查询码来电查询结果"),
        ({"is_anonymous": True, "name": "", "needs_answer": False}, "不再答复，可凭查询码查询"),
    ],
)
def test_the_sentence_promises_only_what_will_be_done(
    world: World, change: dict[str, Any], words: str
) -> None:
    assert words in intake.register(world.desk("1203"), replace(FORM, **change)).sentence


def test_a_city_without_a_limit_promises_no_day_and_its_words_may_hold_braces(world: World) -> None:
    desk = world.desk("1203")
    desk.take(Settings({"limits.suggestion.answer_days": None, "read_out.accepted": "{code} {好} {"}))
    done = intake.register(desk, replace(FORM, kind=OrderKind.SUGGESTION))
    assert done.sentence == f"已受理，查询码 {done.query_code}，可凭查询码来电查询结果"
    done = intake.register(desk, FORM)
    assert done.sentence == f"{done.query_code} {{好}} {{"


def test_the_line_dialled_is_the_channel(world: World) -> None:
    desk = world.desk("1203")
    by_phone = intake.register(desk, replace(FORM, line="12333"))
    at_station = intake.register_at_counter(world.desk("2301"), FORM, COUNTER)
    assert column(world, by_phone.order_no, "channel") == "phone_12333"
    assert column(world, at_station.order_no, "channel") == "station"


def test_registering_needs_the_right(world: World) -> None:
    desk = world.desk("1601")
    with world.nothing_written(), pytest.raises(NotAllowed, match="话务员"):
        intake.register(desk, FORM, CALL)


def test_a_direct_answer_is_born_closed_with_what_was_said(world: World) -> None:
    done = intake.register_direct_answer(
        world.desk("1203"), FORM, "施工许可到22点", CALL, satisfaction=Satisfaction.SATISFIED
    )
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=done.id)
    assert (row["status"], row["outcome"], row["is_open"]) == (Status.CLOSED, Outcome.DIRECT_ANSWER, 0)
    assert row["answered_at"] == row["closed_at"] == row["accepted_at"]
    answer = world.row("SELECT * FROM answers")
    assert (answer["said"], answer["call_id"]) == ("施工许可到22点", done.call_id)
    assert world.row("SELECT result FROM callbacks")["result"] == Satisfaction.SATISFIED
    assert world.events(done.order_no) == ["register_direct_answer"]
    assert world.row("SELECT summary FROM calls")["summary"] == CallSummary.DIRECT_ANSWER


def test_a_direct_answer_needs_an_answer_and_a_caller_who_takes_it(world: World) -> None:
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(BadInput, match="答复内容"):
        intake.register_direct_answer(desk, FORM, "  ")
    with world.nothing_written(), pytest.raises(BadInput, match="受理"):
        intake.register_direct_answer(desk, FORM, "不行", satisfaction=Satisfaction.DISSATISFIED)


def test_an_emergency_needs_number_place_and_type_only(world: World) -> None:
    done = intake.register_emergency(world.desk("1203"), PHONE, "横水镇老街", "燃气泄漏", CALL)
    row = world.row("SELECT * FROM work_orders WHERE id = :id", id=done.id)
    assert (row["urgency"], row["sort_rank"], row["title"]) == (Urgency.CRITICAL, 0, "燃气泄漏：横水镇老街")
    emergency = world.row("SELECT * FROM emergencies")
    assert emergency["due_at"] - emergency["started_at"] == 30 * 60_000
    assert (emergency["order_id"], emergency["type"]) == (done.id, "燃气泄漏")
    assert world.events(done.order_no) == ["register_emergency"]
    assert "应急处置" in done.sentence


def test_an_emergency_keeps_what_the_form_holds(world: World) -> None:
    form = replace(FORM, kind=OrderKind.PRAISE, content="楼道里一股煤气味")
    done = intake.register_emergency(world.desk("1203"), "", "", "燃气泄漏", form=form)
    assert column(world, done.order_no, "content") == "楼道里一股煤气味"
    assert column(world, done.order_no, "kind") == OrderKind.HELP_REQUEST


def test_an_emergency_is_called_after_the_area_where_no_more_is_known(world: World) -> None:
    bare = replace(FORM, content="", title="", place="", area_code="360725100000")
    done = intake.register_emergency(world.desk("1203"), PHONE, "", "燃气泄漏", form=bare)
    assert column(world, done.order_no, "title") == "燃气泄漏：横水镇"
    assert column(world, done.order_no, "place") == ""


def test_an_emergency_without_place_or_type_is_refused(world: World) -> None:
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(BadInput, match="应急类型"):
        intake.register_emergency(desk, PHONE, "横水镇", "心情不好")
    with world.nothing_written(), pytest.raises(BadInput, match="事发地点"):
        intake.register_emergency(desk, PHONE, "", "燃气泄漏")


def test_a_call_is_declined_by_a_reason_of_the_list(world: World) -> None:
    desk = world.desk("1203")
    done = intake.decline(desk, OrderForm(content="法院判错了"), "lawsuit", CALL, explanation="已起诉")
    assert world.status(done.order_no) == Status.DECLINED
    assert world.event_data(done.order_no)["reason"] == "lawsuit"
    assert "12368" in done.sentence
    with world.nothing_written(), pytest.raises(BadInput, match="理由"):
        intake.decline(desk, OrderForm(content="法院判错了"), "bad mood")


def test_a_call_is_put_through_to_a_number_of_the_directory(world: World) -> None:
    desk = world.desk("1203")
    done = intake.transfer_out(desk, OrderForm(content="有人打架"), "110", CALL)
    assert world.status(done.order_no) == Status.TRANSFERRED_OUT
    assert world.row("SELECT summary FROM calls")["summary"] == CallSummary.TRANSFER
    assert "110" in done.sentence
    with world.nothing_written(), pytest.raises(BadInput, match="名录"):
        intake.transfer_out(desk, OrderForm(content="有人打架"), "999")


def test_a_call_without_an_order_is_filed_with_one_event(world: World) -> None:
    before = world.row("SELECT seq FROM chain_head")["seq"]
    filed = intake.file_call(world.desk("1203"), replace(CALL, summary=CallSummary.SILENT))
    assert filed.summary is CallSummary.SILENT
    assert world.row("SELECT id, summary FROM calls") == {"id": filed.id, "summary": "silent"}
    assert world.row("SELECT seq FROM chain_head")["seq"] == before + 1
    assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"] == "file_call"


def test_a_filed_call_may_be_about_old_orders(world: World) -> None:
    order = world.order()
    desk = world.desk("1203")
    filed = intake.file_call(desk, replace(CALL, summary=CallSummary.PROGRESS), (order.order_no,))
    assert world.row("SELECT * FROM call_orders") == {"call_id": filed.id, "order_id": order.id}
    with world.nothing_written(), pytest.raises(Refused, match="没有编号"):
        intake.file_call(desk, replace(CALL, summary=CallSummary.PROGRESS), ("CY01-1-1",))


def test_a_call_is_not_filed_without_summary_or_right(world: World) -> None:
    desk, other = world.desk("1203"), world.desk("2102")
    with world.nothing_written(), pytest.raises(BadInput, match="话务小结"):
        intake.file_call(desk, CALL)
    with world.nothing_written(), pytest.raises(NotAllowed):
        intake.file_call(other, replace(CALL, summary=CallSummary.SILENT))


def test_a_call_key_that_is_none_is_refused(world: World) -> None:
    desk = world.desk("1203")
    with world.nothing_written(), pytest.raises(Refused, match="来电的记录"):
        intake.register(desk, FORM, 999)


def test_one_call_stays_one_record_whatever_it_leads_to(world: World) -> None:
    desk = world.desk("1203")
    call = replace(CALL, outside_id="seat-7")
    first = intake.register(desk, FORM, call)
    intake.urge(desk, first.order_no, call)
    second = intake.register(desk, replace(FORM, content="路灯也坏了"), call)
    assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1
    assert world.row("SELECT count(*) AS n FROM call_orders")["n"] == 2
    assert second.call_id == first.call_id
    with world.nothing_written(), pytest.raises(Refused, match="已有话务小结"):
        intake.file_call(desk, replace(call, summary=CallSummary.SILENT))
