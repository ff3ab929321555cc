"""知识库: proposed by the owner unit, published by a second person, found by one hanzi, answered from on the line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.codes import CallSummary
from desk import card, intake, knowledge
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.intake_rows import OrderForm
from desk.knowledge_rows import EntryFull, EntryText
from tests.world import World

AGENT, SUPERVISOR, ADMIN, LIAISON, LABOUR = "1203", "1002", "1001", "2101", "2201"
CARD = EntryText(
    topic="社保",
    title="社会保障卡丢了怎么补办",
    answer="请先拨打12333挂失。再带身份证到服务网点补办。",
    line="12333",
    keywords="社保卡、挂失、补卡",
    basis="《社会保险法》第五十八条",
    owner="CY-RSJ",
    valid_from="2026-01-01",
    review_by="2027-06-30",
)
NOISE = EntryText(
    topic="城管",
    title="夜间施工噪音扰民向谁反映",
    answer="夜间二十二时到次日六时一般禁止施工。",
    keywords="噪音、夜间施工",
    owner="CY-CGJ",
)
FORM = OrderForm(number="13800000000", content="社保卡丢了，怎么补办")
CALL = CallNote(number="13800000000", line="12333", outside_id="call-1")


def published(world: World, text: EntryText = CARD) -> EntryFull:
    made = knowledge.propose(world.desk(LABOUR if text is CARD else LIAISON), text)
    return knowledge.publish(world.desk(SUPERVISOR), made.number)


def happened(world: World) -> list[str]:
    return [row["kind"] for row in world.rows("SELECT kind FROM events WHERE order_uid IS NULL ORDER BY seq")]


def found(world: World, words: str, **more: str) -> list[str]:
    return [row.title for row in knowledge.page(world.desk(AGENT), words, **more).rows]


def test_what_a_caller_asked_stands_beside_the_number_with_the_units_answer(world: World) -> None:
    published(world)
    agent = world.desk("1203")
    knowledge.ask_owner(agent, "异地能补吗", "ZSK-QT-0001", call_key="call-7")
    knowledge.ask_owner(agent, "别人问的", "ZSK-QT-0001", call_key="call-8")
    intake.file_call(
        agent, CallNote(number="13800000000", outside_id="call-7", summary=CallSummary.UNRELATED)
    )
    (asked,) = intake.caller(agent, "13800000000").questions
    assert (asked.words, asked.unit, asked.answer) == ("异地能补吗", "县人社局", "")
    (note, _) = sorted(knowledge.open_notes(world.desk("1002")), key=lambda row: row.words, reverse=True)
    knowledge.settle(world.desk("2201"), note.id, "可以，带社保卡")
    (asked,) = intake.caller(agent, "13800000000").questions
    assert asked.answer == "可以，带社保卡"
    assert intake.caller(agent, "13911112222").questions == ()
    assert intake.caller(world.desk("2201"), "13800000000").questions == ()


def test_a_proposed_entry_counts_once_a_second_person_has_published_it(world: World) -> None:
    made = knowledge.propose(world.desk(LABOUR), CARD)
    assert made.number == "ZSK-QT-0001"
    assert made.current is None
    assert [row.number for row in knowledge.waiting(world.desk(SUPERVISOR))] == [made.number]
    assert found(world, "社保卡") == []
    with pytest.raises(NotAllowed):
        knowledge.publish(world.desk(AGENT), made.number)
    done = knowledge.publish(world.desk(SUPERVISOR), made.number)
    assert done.current is not None
    assert done.current.owner == "县人社局"
    assert found(world, "社保卡") == [CARD.title]
    assert happened(world) == ["propose_entry", "publish_entry"]


def test_nobody_publishes_their_own_words(world: World) -> None:
    made = knowledge.propose(world.desk(SUPERVISOR), NOISE)
    with pytest.raises(NotAllowed, match="第二人"):
        knowledge.publish(world.desk(SUPERVISOR), made.number)
    assert knowledge.publish(world.desk(ADMIN), made.number).current is not None


def test_a_change_is_a_new_version_and_the_old_one_stays_readable(world: World) -> None:
    number = published(world).number
    newer = EntryText(topic="社保", title=CARD.title, answer="现在可以网上补办。", owner="CY-RSJ")
    waits = knowledge.propose(world.desk(LABOUR), newer, number, "开通网上办理")
    assert waits.current is not None
    assert waits.current.version == 1
    assert found(world, "网上") == []
    with pytest.raises(NotNow, match="待发布"):
        knowledge.propose(world.desk(LABOUR), newer, number)
    done = knowledge.publish(world.desk(SUPERVISOR), number)
    assert [(each.version, each.state) for each in done.versions] == [(2, "现行"), (1, "旧版")]
    assert done.versions[1].text.answer == CARD.answer
    assert found(world, "网上") == [CARD.title]
    assert found(world, "身份证") == []


def test_what_is_not_taken_leaves_the_old_version_in_force(world: World) -> None:
    number = published(world).number
    knowledge.propose(world.desk(LABOUR), NOISE_OF_LABOUR, number)
    done = knowledge.refuse(world.desk(SUPERVISOR), number, "没有依据")
    assert [each.state for each in done.versions] == ["未采用", "现行"]
    with pytest.raises(NotNow):
        knowledge.publish(world.desk(ADMIN), number)


NOISE_OF_LABOUR = EntryText(topic="社保", title="改了", answer="改了。", owner="CY-RSJ")


def test_a_unit_proposes_for_itself_alone(world: World) -> None:
    number = published(world).number
    with pytest.raises(NotAllowed):
        knowledge.propose(world.desk(LIAISON), CARD)
    with pytest.raises(NotAllowed):
        knowledge.propose(world.desk(LIAISON), NOISE, number)
    with pytest.raises(NotAllowed):
        knowledge.propose(world.desk(AGENT), NOISE)


@pytest.mark.parametrize("words", ["噪", "噪音", "夜间施工", "城管", "22 夜间", "二十二时"])
def test_words_of_one_hanzi_and_of_every_part_are_found(world: World, words: str) -> None:
    published(world, NOISE)
    published(world)
    expected = [] if words.startswith("22") else [NOISE.title]
    assert found(world, words) == expected


def test_the_lines_own_entries_come_first(world: World) -> None:
    published(world, NOISE)
    published(world)
    assert found(world, "", line="12333") == [CARD.title, NOISE.title]
    assert knowledge.topics(world.desk(AGENT), "12333") == (("社保", 1), ("城管", 1))
    assert found(world, "", topic="城管") == [NOISE.title]


def test_the_form_is_offered_what_answers_it(world: World) -> None:
    published(world, NOISE)
    published(world)
    matter = intake.matter(world.desk(AGENT), "请问社保卡丢了要怎么补办", None, "12333")
    assert [row.title for row in matter.entries] == [CARD.title]
    assert intake.matter(world.desk(AGENT), "今天天气不错").entries == ()
    assert intake.matter(world.desk(LABOUR), "社保卡丢了").entries == ()


def test_a_question_is_answered_from_an_entry_and_keeps_its_version(world: World) -> None:
    number = published(world).number
    desk = world.desk(AGENT)
    done = intake.answer_from_entry(desk, FORM, number, 1, CALL)
    assert world.status(done.order_no) == "closed"
    assert world.events(done.order_no) == ["register_direct_answer"]
    data = world.event_data(done.order_no)
    assert (data["entry"], data["entry_version"]) == (number, 1)
    lines = [line for section in card.card(desk, done.order_no).sections for line in section.lines]
    assert any(f"（据知识库 {number} 第1版）：{CARD.answer}" in str(line) for line in lines)


def test_a_form_with_a_number_alone_takes_the_question_of_the_entry(world: World) -> None:
    number = published(world).number
    done = intake.answer_from_entry(world.desk(AGENT), OrderForm(number="13800000000"), number, 1)
    order = world.row("SELECT * FROM work_orders WHERE order_no = :no", no=done.order_no)
    assert (order["kind"], order["content"], order["place"]) == ("inquiry", CARD.title, "不详")


def test_nothing_is_answered_from_an_old_retired_or_expired_version(world: World) -> None:
    number = published(world).number
    with pytest.raises(NotNow, match="请读新版"):
        intake.answer_from_entry(world.desk(AGENT), FORM, number, 2)
    knowledge.retire(world.desk(SUPERVISOR), number, "政策已变")
    with pytest.raises(Refused):
        intake.answer_from_entry(world.desk(AGENT), FORM, number, 1)
    assert found(world, "社保卡") == []
    assert knowledge.full(world.desk(AGENT), number).versions[0].state == "已停用"


def test_an_expired_entry_is_shown_with_its_trouble_and_not_offered(world: World) -> None:
    ended = EntryText(topic="社保", title=CARD.title, answer="旧。", owner="CY-RSJ", valid_to="2026-11-22")
    number = knowledge.propose(world.desk(LABOUR), ended).number
    knowledge.publish(world.desk(SUPERVISOR), number)
    row = knowledge.page(world.desk(AGENT), "社会保障卡").rows[0]
    assert "2026-11-22" in row.trouble
    assert intake.matter(world.desk(AGENT), "社会保障卡丢了").entries == ()
    with pytest.raises(NotNow, match="不能据此答复"):
        intake.answer_from_entry(world.desk(AGENT), FORM, number, 1)


def test_what_ends_or_is_to_be_checked_soon_is_listed(world: World) -> None:
    today = date(2026, 11, 23)
    for title, days in (("甲", 10), ("乙", 40)):
        text = EntryText(
            topic="社保",
            title=title,
            answer="答。",
            owner="CY-RSJ",
            review_by=(today + timedelta(days)).isoformat(),
        )
        number = knowledge.propose(world.desk(LABOUR), text).number
        knowledge.publish(world.desk(SUPERVISOR), number)
    desk = world.desk(AGENT)
    assert [(row.title, why) for row, why in knowledge.expiring(desk)] == [("甲", "应于 2026-12-03 前复核")]
    assert len(knowledge.expiring(desk, 60)) == 2


def test_a_report_goes_to_the_owner_unit_until_it_is_settled(world: World) -> None:
    number = published(world).number
    note = knowledge.report(world.desk(AGENT), number, "电话已改")
    assert (note.kind, note.unit, note.words) == ("有误或已过时", "县人社局", "电话已改")
    assert [each.id for each in knowledge.open_notes(world.desk(LABOUR))] == [note.id]
    assert knowledge.open_notes(world.desk(LIAISON)) == ()
    assert knowledge.full(world.desk(LIAISON), number).notes == ()
    with pytest.raises(NotAllowed):
        knowledge.settle(world.desk(LIAISON), note.id, "不归我们")
    done = knowledge.settle(world.desk(LABOUR), note.id, "已改", number)
    assert done.settlement == f"已改（见 {number}）"
    assert knowledge.open_notes(world.desk(AGENT)) == ()
    with pytest.raises(NotNow):
        knowledge.settle(world.desk(LABOUR), note.id, "再改")
    assert happened(world)[-2:] == ["report_entry", "settle_note"]


def test_a_question_goes_to_the_owner_of_the_entry_a_unit_named_or_the_centre(world: World) -> None:
    number = published(world).number
    desk = world.desk(AGENT)
    assert knowledge.ask_owner(desk, "异地能补吗", number).unit == "县人社局"
    assert knowledge.ask_owner(desk, "围挡多高", unit="县城管局").unit == "县城管局"
    assert knowledge.ask_owner(desk, "不知道问谁").unit == "崇义"
    assert [note.words for note in knowledge.open_notes(world.desk(LIAISON))] == ["围挡多高"]
    with pytest.raises(BadInput):
        knowledge.ask_owner(desk, "  ", number)


@pytest.mark.parametrize(
    ("field", "value"),
    [("line", "12328"), ("valid_to", "2026-13-01"), ("review_by", "明年"), ("title", ""), ("answer", " ")],
)
def test_what_cannot_be_kept_is_refused_by_its_field(world: World, field: str, value: str) -> None:
    before = happened(world)
    with pytest.raises(BadInput):
        knowledge.propose(world.desk(LABOUR), replace(CARD, **{field: value}))
    assert happened(world) == before
    assert knowledge.waiting(world.desk(SUPERVISOR)) == ()


def test_on_12345_what_fits_best_comes_first_whatever_its_line(world: World) -> None:
    alike = replace(NOISE, title="身份证怎么补办，要带什么材料", line="12345", keywords="身份证")
    published(world)
    published(world, alike)
    on = {
        line: [each.title for each in intake.matter(world.desk("1203"), CARD.title, line=line).entries]
        for line in ("12345", "12333")
    }
    assert on == {line: [CARD.title, alike.title] for line in on}
