"""典型案例: made without names, by two people, of no secret order, found again, and gone when it must be."""

import pytest

from db.check import check
from db.codes import OrderKind
from desk import card, cases, dispatch, review
from desk.case_rows import CaseText
from desk.cases.reading import alike
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from tests.desk import panel_life, review_life
from tests.world import World

MAKER, PUBLISHER, SUPERVISOR, DISPATCHER, AGENT, HANDLER = "1501", "1502", "1002", "1301", "1203", "2102"
MATTER, HANDLING = "老城社区工地夜里十二点还在打桩", "已责令停工，夜间不再施工"


def closed(world: World, **values: object) -> str:
    order_no = review_life.to_call_back(world, **values)
    review.close_satisfied(world.desk("1601"), order_no)
    return order_no


def proposed(world: World, order_no: str, title: str = "夜间施工噪音", **more: str) -> int:
    words = {"matter": MATTER, "handling": HANDLING, **more}
    return cases.propose(world.desk(MAKER), order_no, title, **words).row.id


def published(world: World, order_no: str | None = None, title: str = "夜间施工噪音", **more: str) -> int:
    case_id = proposed(world, order_no or closed(world), title, **more)
    words = {"matter": MATTER, "handling": HANDLING, **more}
    return cases.publish(world.desk(PUBLISHER), case_id, title, **words).row.id


def make_secret(world: World, order_no: str) -> None:
    """Reopened, the matter turns out to be a 举报: the 班长 names it so."""
    review.reopen(world.desk(MAKER), order_no, "来电人补充了线索")
    dispatch.correct(world.desk(SUPERVISOR), order_no, kind=OrderKind.TIP_OFF, reason="实为举报")


def titles(world: World, staff_no: str, text: str = "") -> list[str]:
    return [row.title for row in cases.page(world.desk(staff_no), text).rows]


# -- from order to library


def test_the_proposal_is_the_order_without_its_people(world: World) -> None:
    order_no = closed(
        world,
        requester_name="李小明",
        title="李小明反映夜间施工",
        content="李小明（13800000000）说老城社区3栋旁工地打桩，找过宏发公司陈经理，车牌赣B12345",
        accused_name="宏发公司",
        place="老城社区3栋",
    )
    found = cases.of_order(world.desk(MAKER), order_no)
    assert found.case_id is None
    assert found.proposal == CaseText(
        "某某反映夜间施工",
        "某某（某号码）说某处旁工地打桩，找过被反映对象某某经理，车牌某车牌",
        "已责令停工，夜间不再施工",
    )


def test_it_is_in_nobodys_list_until_a_second_person_has_published_it(world: World) -> None:
    order_no = closed(world)
    case_id = proposed(world, order_no)
    assert titles(world, AGENT) == titles(world, HANDLER) == []
    assert titles(world, PUBLISHER) == ["夜间施工噪音"]
    assert titles(world, AGENT, "施工") == []
    with pytest.raises(Refused):
        cases.full(world.desk(AGENT), case_id)
    with world.nothing_written(), pytest.raises(NotAllowed, match="第二人"):
        cases.publish(world.desk(MAKER), case_id, "夜间施工", MATTER, HANDLING)
    whole = cases.publish(world.desk(PUBLISHER), case_id, "夜间施工", MATTER, HANDLING, "联合执法见效快")
    assert whole.row.is_published
    assert titles(world, AGENT) == titles(world, HANDLER) == titles(world, AGENT, "打桩") == ["夜间施工"]
    assert world.events(order_no)[-2:] == ["propose_case", "publish_case"]
    assert list(check(world.database)) == []


def test_a_case_tells_who_handled_it_who_made_it_and_who_looked(world: World) -> None:
    case_id = published(world, lesson="先停工再取证")
    whole = cases.full(world.desk(AGENT), case_id)
    assert whole.text == CaseText("夜间施工噪音", MATTER, HANDLING, "先停工再取证")
    facts = "；".join(whole.facts)
    assert "县城管局" in facts
    assert "提出并核对 审核甲" in facts
    assert "发布 审核乙" in facts
    assert "【经验】" in whole.as_lines


def test_a_unit_is_not_told_of_which_order_a_case_was_made(world: World) -> None:
    order_no = closed(world)
    case_id = published(world, order_no)
    assert order_no in str(cases.full(world.desk(AGENT), case_id).facts)
    assert order_no not in str(cases.full(world.desk(HANDLER), case_id).as_lines)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("title", "找13912345678"),
        ("matter", "李小明反映"),
        ("handling", "经办甲到场，车牌赣B12345"),
        ("lesson", "见工单CY01-20261123-0001"),
    ],
)
def test_a_checked_text_that_still_points_to_somebody_is_refused(
    world: World, field: str, words: str
) -> None:
    order_no = closed(world, requester_name="李小明")
    given = {"title": "夜间施工", "matter": MATTER, "handling": HANDLING, "lesson": "", field: words}
    with world.nothing_written(), pytest.raises(BadInput, match="能认出人") as raised:
        cases.propose(world.desk(MAKER), order_no, **given)
    assert raised.value.field == {
        "title": "标题", "matter": "诉求", "handling": "办理情况", "lesson": "经验",
    }[field]  # fmt: skip


def test_nor_does_the_publisher_put_a_name_back(world: World) -> None:
    case_id = proposed(world, closed(world, requester_name="李小明"))
    with world.nothing_written(), pytest.raises(BadInput):
        cases.publish(world.desk(PUBLISHER), case_id, "夜间施工", "李小明反映", HANDLING)


@pytest.mark.parametrize("missing", ["title", "matter", "handling"])
def test_a_case_without_its_words_is_refused(world: World, missing: str) -> None:
    given = {"title": "夜间施工", "matter": MATTER, "handling": HANDLING, missing: " "}
    order_no = closed(world)
    with world.nothing_written(), pytest.raises(BadInput, match="请填写"):
        cases.propose(world.desk(MAKER), order_no, **given)


# -- what becomes none


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"kind": OrderKind.TIP_OFF}, "举报、保密"),
        ({"is_confidential": True}, "举报、保密"),
        ({"content": "邻居说不想活了，要跳楼"}, "危机来电"),
        ({"title": "有人扬言杀人"}, "危机来电"),
    ],
)
def test_secret_orders_and_cries_for_help_never_become_cases(
    world: World, values: dict[str, object], why: str
) -> None:
    with world.database.write() as writer:
        writer.insert("settings", {"key": "crisis.words", "value": '["不想活", "杀人"]'})
    order_no = closed(world, **values)
    with world.nothing_written():
        with pytest.raises(NotNow, match=why):
            cases.of_order(world.desk(MAKER), order_no)
        with pytest.raises(NotNow, match=why):
            proposed(world, order_no)


def test_an_order_under_way_and_one_that_no_unit_held_become_none(world: World) -> None:
    running = review_life.sent(world)
    with world.nothing_written(), pytest.raises(NotNow, match="办理中"):
        proposed(world, running)
    with pytest.raises(NotNow):
        cases.of_order(world.desk(MAKER), running)
    undispatched = world.order().order_no
    with pytest.raises(NotNow, match="没有承办单位"):
        cases.of_order(world.desk(MAKER), undispatched)
    with pytest.raises(Refused, match="没有编号"):
        cases.of_order(world.desk(MAKER), "CY01-20261123-9999")


def test_an_order_not_accepted_becomes_one_only_after_the_panel(world: World) -> None:
    order_no = review_life.dissatisfied(world)
    with world.nothing_written(), pytest.raises(NotNow, match="社会评议"):
        proposed(world, order_no)
    judged = panel_life.judged(world, is_reasonable=False)
    assert proposed(world, judged)


@pytest.mark.parametrize("staff_no", [AGENT, HANDLER, "1601"])
def test_who_may_not_propose_is_told_who_may(world: World, staff_no: str) -> None:
    order_no = closed(world)
    with world.nothing_written(), pytest.raises(NotAllowed, match="审核员"):
        cases.propose(world.desk(staff_no), order_no, "夜间施工", MATTER, HANDLING)


def test_one_order_has_one_living_case(world: World) -> None:
    order_no = closed(world)
    case_id = proposed(world, order_no)
    assert cases.of_order(world.desk(MAKER), order_no).case_id == case_id
    with world.nothing_written(), pytest.raises(NotNow, match="已有案例"):
        proposed(world, order_no)
    cases.retire(world.desk(PUBLISHER), case_id, "写得不清楚")
    assert proposed(world, order_no) != case_id


# -- out of the library


def test_a_retired_case_is_gone_with_a_reason(world: World) -> None:
    order_no = closed(world)
    case_id = published(world, order_no)
    with world.nothing_written(), pytest.raises(BadInput, match="撤下理由"):
        cases.retire(world.desk(PUBLISHER), case_id, " ")
    cases.retire(world.desk(SUPERVISOR), case_id, "政策已变")
    assert titles(world, AGENT) == titles(world, AGENT, "施工") == titles(world, PUBLISHER) == []
    assert "撤下 班长甲" in str(cases.full(world.desk(PUBLISHER), case_id).facts)
    assert "政策已变" in str(card.card(world.desk(MAKER), order_no).history)
    for again in (
        lambda: cases.retire(world.desk(PUBLISHER), case_id, "再撤"),
        lambda: cases.publish(world.desk(PUBLISHER), case_id, "夜间施工", MATTER, HANDLING),
    ):
        with world.nothing_written(), pytest.raises(NotNow, match="已经撤下"):
            again()
    assert list(check(world.database)) == []


def test_a_case_goes_with_the_deed_that_makes_its_order_secret(world: World) -> None:
    order_no = closed(world)
    case_id = published(world, order_no)
    make_secret(world, order_no)
    assert world.row("SELECT retire_reason FROM cases")["retire_reason"] == "工单转为举报或保密"
    assert "case" in world.event_data(order_no)
    for staff_no in (AGENT, PUBLISHER, SUPERVISOR):
        assert titles(world, staff_no) == titles(world, staff_no, "施工") == []
        with pytest.raises(Refused):
            cases.full(world.desk(staff_no), case_id)
    assert _alike(world, AGENT, "夜间施工噪音") == []
    with pytest.raises(NotNow, match="举报、保密"):
        cases.of_order(world.desk(MAKER), order_no)


def test_check_finds_a_case_that_stayed_with_a_secret_order(world: World) -> None:
    order_no = closed(world)
    published(world, order_no)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET is_confidential = 1 WHERE order_no = :no", no=order_no)
    assert titles(world, AGENT) == []
    assert [str(fault.kind) for fault in check(world.database)] == ["secret_case"]


def test_a_unit_reads_no_case_about_itself(world: World) -> None:
    """An order that accuses one unit was handled by another; the first never sees it, not even without names (P32 a)."""
    accused = world.row("SELECT id FROM units WHERE code = 'CY-RSJ'")["id"]
    case_id = published(world, closed(world, accused_unit_id=accused))
    assert titles(world, "2201") == []
    assert _alike(world, "2201", "夜间施工噪音") == []
    with pytest.raises(Refused):
        cases.full(world.desk("2201"), case_id)
    assert titles(world, HANDLER) == titles(world, AGENT) == ["夜间施工噪音"]


# -- found again


def _alike(world: World, staff_no: str, title: str, text: str = "") -> list[str]:
    desk = world.desk(staff_no)
    with desk.reading() as reader:
        return [found.title for found in alike(desk, reader, title, text)]


def test_what_is_alike_stands_first_and_what_is_not_stands_nowhere(world: World) -> None:
    published(world)
    published(world, title="小区电梯困人", matter="电梯一周坏三回，住户被关", handling="更换曳引机")
    published(world, title="夜间烧烤油烟", matter="夜里烧烤摊油烟进窗", handling="摊点入市")
    assert _alike(world, DISPATCHER, "工地夜间施工", "半夜还在打桩")[0] == "夜间施工噪音"
    assert _alike(world, DISPATCHER, "电梯又困人", "电梯坏了没人修") == ["小区电梯困人"]
    assert _alike(world, DISPATCHER, "养老金认证怎么办", "") == []
    assert _alike(world, DISPATCHER, "", "") == []


def test_the_order_in_hand_brings_its_like_and_typed_words_bring_theirs(world: World) -> None:
    published(world)
    published(world, title="小区电梯困人", matter="电梯一周坏三回，住户被关", handling="更换曳引机")
    order_no = world.order(title="工地夜间施工扰民", content="夜里打桩").order_no
    desk = world.desk(DISPATCHER)
    (found,) = cases.page(desk, order_no=order_no).rows
    assert (found.title, found.share is not None) == ("夜间施工噪音", True)
    assert [row.title for row in cases.page(desk, "电梯", order_no=order_no).rows] == ["小区电梯困人"]
    assert [each.title for each in cases.beside(desk, order_no)] == ["夜间施工噪音"]
    assert cases.page(desk, order_no="CY01-20261123-9999").rows == ()
    assert cases.beside(desk, "CY01-20261123-9999") == ()


def test_the_words_of_a_secret_order_are_asked_for_only_by_who_may_read_them(world: World) -> None:
    published(world)
    order_no = world.order(is_confidential=True).order_no
    assert len(cases.page(world.desk(DISPATCHER), order_no=order_no).rows) == 1
    assert cases.page(world.desk(AGENT), order_no=order_no).rows == ()


def test_the_library_comes_in_pages(world: World) -> None:
    first = published(world)
    with world.database.write() as writer:
        writer.run("DROP INDEX uq_cases_order")
        columns = "order_id, kind, title, matter, handling, made_at, published_at"
        for number in range(120):
            writer.run(
                f"INSERT INTO cases (uid, {columns}) SELECT :uid, {columns} FROM cases WHERE id = :id",
                uid=f"copy {number}",
                id=first,
            )
    desk = world.desk(AGENT)
    found = [cases.page(desk, offset=offset) for offset in (0, 50, 100)]
    assert [(len(each.rows), each.total) for each in found] == [(50, 121), (50, 121), (21, 121)]
    assert len({row.id for each in found for row in each.rows}) == 121


@pytest.mark.parametrize("text", ['"', "*", "NEAR(", "[/b]", "%", "'; DROP TABLE cases; --"])
def test_no_question_breaks_the_search(world: World, text: str) -> None:
    published(world)
    assert cases.page(world.desk(AGENT), text).total in (0, 1)
    assert _alike(world, AGENT, text, text) == []


def test_an_order_stays_a_case_when_it_is_reopened(world: World) -> None:
    """It was handled as it says; whoever thinks otherwise retires it."""
    order_no = closed(world)
    case_id = published(world, order_no)
    review.reopen(world.desk(MAKER), order_no, "问题反复")
    assert titles(world, AGENT) == ["夜间施工噪音"]
    cases.retire(world.desk(MAKER), case_id, "问题反复，结论不成立")
    assert titles(world, AGENT) == []
