"""拆单: one order with several matters becomes several, 一事一单 (practice P10)."""

import json
from typing import Any

import pytest

from db.check import check
from db.codes import OrderKind, Status, Urgency
from desk import card, dispatch, intake
from desk.calls import CallNote
from desk.dispatch_rows import SplitPart
from desk.errors import BadInput, NotAllowed, NotNow
from desk.intake_rows import OrderForm
from tests.desk.dispatching import D, add_unit, order_row, part_of, sent, unit_id
from tests.world import World

LAMP = SplitPart("路灯不亮", "老城社区巷口路灯坏了一周", OrderKind.HELP_REQUEST, "噪音扰民")


def several(world: World) -> str:
    """An order of two matters from one call."""
    form = OrderForm(
        kind=OrderKind.COMPLAINT,
        number="13800000000",
        name="李先生",
        title="噪音和路灯",
        content="工地夜里打桩；巷口路灯坏了一周",
        area_code="360725100001",
        place="老城社区12号",
    )
    call = CallNote(number="13800000000", line="12333")
    return intake.register(world.desk("1203"), form, call).order_no


def lines(world: World, order_no: str) -> tuple[str, ...]:
    found = card.card(world.desk(D), order_no).sections
    return next((part.lines for part in found if part.heading == "合并与关联"), ())


def test_each_matter_gets_its_own_number_and_the_citizens_clock_goes_on(world: World) -> None:
    order_no = several(world)
    first = order_row(world, order_no)
    world.clock.tick(hours=3)
    done = dispatch.split(world.desk(D), order_no, [LAMP, SplitPart("树枝压线", "门口树枝压着电线")])
    assert [row.title for row in done.parts] == ["路灯不亮", "树枝压线"]
    lamp, tree = (order_row(world, row.order_no) for row in done.parts)
    assert len({first["query_code"], lamp["query_code"], tree["query_code"]}) == 3
    kept = (
        "contact_phone",
        "requester_name",
        "area_code",
        "place",
        "channel",
        "line",
        "accepted_at",
        "raised_at",
    )
    for born in (lamp, tree):
        assert [born[name] for name in kept] == [first[name] for name in kept]
        assert (born["status"], born["stage_due_at"]) == (Status.TO_DISPATCH, first["stage_due_at"])
        assert born["press_at"] == first["press_at"]
    assert (lamp["kind"], lamp["category_code"]) == (OrderKind.HELP_REQUEST, "010101")
    assert (tree["kind"], tree["category_code"]) == (OrderKind.COMPLAINT, None)
    assert tree["citizen_due_at"] == first["citizen_due_at"]


def test_one_event_each_and_a_link_both_ways(world: World) -> None:
    order_no = several(world)
    done = dispatch.split(world.desk(D), order_no, [LAMP])
    lamp = done.parts[0].order_no
    assert world.events(order_no) == ["register", "split"]
    assert world.events(lamp) == ["split_off"]
    assert world.event_data(lamp)["split_from"] == order_row(world, order_no)["uid"]
    assert lines(world, order_no)[0].startswith(f"拆出 {lamp} 路灯不亮")
    assert lines(world, lamp)[0].startswith(f"拆自 {order_no} 噪音和路灯")


def test_the_call_was_about_each_of_them(world: World) -> None:
    order_no = several(world)
    done = dispatch.split(world.desk(D), order_no, [LAMP])
    rows = world.rows("SELECT call_id FROM call_orders WHERE order_id = :id", id=done.parts[0].id)
    assert rows == world.rows("SELECT call_id FROM call_orders WHERE order_id = :id", id=done.order.id)
    assert len(rows) == 1


def test_what_the_first_keeps_is_cut_and_the_old_words_stay_in_the_event(world: World) -> None:
    order_no = several(world)
    dispatch.split(world.desk(D), order_no, [LAMP], rest_title="夜间打桩", rest_content="工地夜里打桩")
    stored = order_row(world, order_no)
    assert (stored["title"], stored["content"]) == ("夜间打桩", "工地夜里打桩")
    bodies = {row["field"]: row["body"] for row in world.rows("SELECT field, body FROM event_texts")}
    assert bodies["content_before"] == "工地夜里打桩；巷口路灯坏了一周"
    assert list(check(world.database)) == []


def test_confidential_stays_confidential_and_a_tip_off_becomes_so(world: World) -> None:
    secret = world.order(kind=OrderKind.TIP_OFF, accused_name="县城管局").order_no
    done = dispatch.split(world.desk(D), secret, [SplitPart("路灯不亮", "巷口路灯坏了", OrderKind.COMPLAINT)])
    born = order_row(world, done.parts[0].order_no)
    assert (born["is_confidential"], born["accused_name"], born["forward_text"]) == (1, "县城管局", None)


def test_what_a_tip_off_said_leaves_the_plain_order_whole(world: World) -> None:
    plain = several(world)
    parts = [LAMP, SplitPart("队员收钱", "县里队员收钱", OrderKind.TIP_OFF)]
    with world.nothing_written(), pytest.raises(BadInput, match="须删去举报的话"):
        dispatch.split(world.desk(D), plain, parts)
    old = order_row(world, plain)["content"]
    secret = dispatch.split(world.desk(D), plain, parts, rest_content="工地夜里打桩").parts[1]
    stored = order_row(world, secret.order_no)
    assert (secret.is_secret, stored["is_confidential"], stored["requester_id"]) == (True, 1, None)
    dispatch.send(world.desk(D), plain, unit_id(world, "CY-CGJ"))
    told = "".join(card.card(world.desk("2102"), plain).as_lines)
    assert old not in told
    assert "收钱" not in told
    assert secret.order_no not in told
    assert any(old in line for line in card.card(world.desk(D), secret.order_no).history)


def test_what_was_added_before_a_tip_off_was_split_off_is_told_to_no_unit(world: World) -> None:
    plain = several(world)
    intake.supplement(world.desk("1203"), plain, "那个收钱的队员姓赖")
    parts = [SplitPart("队员收钱", "县里姓赖的队员收钱", OrderKind.TIP_OFF)]
    dispatch.split(world.desk(D), plain, parts, rest_content="工地夜里打桩")
    world.clock.tick(minutes=1)
    intake.supplement(world.desk("1203"), plain, "昨夜又打到两点")
    dispatch.send(world.desk(D), plain, unit_id(world, "CY-CGJ"))
    told = "".join(card.card(world.desk("2102"), plain).as_lines)
    assert "姓赖" not in told
    assert "昨夜又打到两点" in told
    assert any("姓赖" in line for line in card.card(world.desk(D), plain).history)


def test_a_lower_centre_owes_each_part_within_the_outer_limit(world: World) -> None:
    lower = add_unit(world, "XF-12345", "信丰县12345热线中心", "CY-12345", is_centre=True)
    order_no = several(world)
    dispatch.send(world.desk(D), order_no, lower)
    outer = part_of(world, order_no, "centre")
    done = dispatch.split(world.desk(D), order_no, [LAMP])
    inner = part_of(world, done.parts[0].order_no, "centre")
    assert (inner["unit_id"], inner["due_at"], inner["sent_at"]) == (lower, outer["due_at"], outer["sent_at"])


@pytest.mark.parametrize(
    ("parts", "match"),
    [
        ([], "要拆出的事项"),
        ([LAMP] * 10, "最多 9 件"),
        ([SplitPart("", "路灯坏了")], "请填写标题"),
        ([SplitPart("路灯", "  ")], "请填写诉求内容"),
        ([SplitPart("灯" * 61, "路灯坏了")], "最多 60 字"),
        ([SplitPart("路灯", "坏了", category="没有这类")], "没有这个诉求分类"),
        ([SplitPart("路灯", "坏了", category="01")], "个诉求分类符合"),
        ([SplitPart("路灯", "坏了", kind="lamp")], "诉求类型"),  # type: ignore[arg-type]
    ],
)
def test_refused_without_its_words(world: World, parts: list[Any], match: str) -> None:
    order_no = several(world)
    with world.nothing_written(), pytest.raises(BadInput, match=match):
        dispatch.split(world.desk(D), order_no, parts)


def test_only_before_dispatch_by_a_dispatcher_and_never_an_emergency_or_a_main_order(world: World) -> None:
    gone, plain, main = sent(world), world.order().order_no, world.order().order_no
    critical = world.order(urgency=Urgency.CRITICAL).order_no
    dispatch.merge(world.desk(D), plain, main)
    waiting = world.order().order_no
    with world.nothing_written():
        with pytest.raises(NotNow, match="拆单"):
            dispatch.split(world.desk(D), gone, [LAMP])
        with pytest.raises(NotNow, match="应急工单不拆单"):
            dispatch.split(world.desk(D), critical, [LAMP])
        with pytest.raises(NotNow, match="先拆开合并"):
            dispatch.split(world.desk(D), main, [LAMP])
        with pytest.raises(NotNow):
            dispatch.split(world.desk(D), plain, [LAMP])
        with pytest.raises(NotAllowed, match="派单员"):
            dispatch.split(world.desk("1203"), waiting, [LAMP])
    for way in ("ask_completion", "put_into_triage"):
        order_no = world.order().order_no
        getattr(dispatch, way)(world.desk(D), order_no, "说不清")
        assert dispatch.split(world.desk(D), order_no, [LAMP]).parts[0].status is Status.TO_DISPATCH


def test_marks_go_along_and_the_outside_number_stays_with_the_first(world: World) -> None:
    order_no = world.order(outside_no="P-1", upstream_no="督1", marks="leader").order_no
    born = order_row(world, dispatch.split(world.desk(D), order_no, [LAMP]).parts[0].order_no)
    assert (born["outside_no"], born["upstream_no"], born["marks"]) == (None, "督1", "leader")
    events = world.rows("SELECT data FROM events WHERE kind = 'split'")
    assert json.loads(events[0]["data"])["parts"] == [born["uid"]]
