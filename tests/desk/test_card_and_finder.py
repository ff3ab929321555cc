"""The card shows what one may see, and the finder finds what one may find (practice P32, P33)."""

import pytest

from db.codes import OrderKind
from desk.card import card
from desk.errors import NotAllowed, Refused
from desk.finder import LOOKS_AT_MOST, find
from tests.desk.unit_desk import sent
from tests.world import World

SECRET = {
    "kind": OrderKind.TIP_OFF,
    "requester_name": "赵钱孙",
    "contact_phone": "13812345678",
    "content": "我是城管局门口小卖部的，执法队员收烟",
    "title": "举报执法队员收烟",
    "place": "文昌路8号",
}


def test_the_card_of_a_plain_order_tells_the_matter_and_masks_the_number(world: World) -> None:
    order = world.order()
    lines = card(world.desk("1203"), order.order_no).as_lines
    text = "\n".join(lines)
    assert "夜里十二点还在打桩" in text
    assert "138****0000" in text
    assert "13800000000" not in text
    assert "受理" in lines[-1] or any("11-23 09:00 受理" in line for line in lines)


def test_an_unknown_number_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="没有编号"):
        card(world.desk("1203"), "CY01-20261123-0042")


def test_a_unit_does_not_see_an_order_it_does_not_hold(world: World) -> None:
    order = world.order()
    with pytest.raises(NotAllowed, match="权限"):
        card(world.desk("2102"), order.order_no)


def test_at_the_centre_only_those_with_the_right_read_a_secret_order(world: World) -> None:
    order = world.order(**SECRET)
    agent = "\n".join(card(world.desk("1204"), order.order_no).as_lines)
    auditor = "\n".join(card(world.desk("1501"), order.order_no).as_lines)
    for leak in ("赵钱孙", "13812345678", "138****5678", "小卖部", "文昌路", "收烟"):
        assert leak not in agent
    assert "小卖部" in auditor
    assert "赵钱孙" not in auditor


@pytest.mark.parametrize(
    "text", ["CY01-20261123-0001", "1123-0001", "13800000000", "138 0000 0000", "打桩", "夜间施工"]
)
def test_the_finder_takes_number_code_phone_and_words(world: World, text: str) -> None:
    order = world.order()
    assert [row.order_no for row in find(world.desk("1203"), text)] == [order.order_no]


def test_words_of_a_secret_order_find_it_only_with_the_right(world: World) -> None:
    order = world.order(**SECRET)
    assert find(world.desk("1204"), "小卖部") == []
    assert [row.order_no for row in find(world.desk("1501"), "小卖部")] == [order.order_no]
    assert [row.title for row in find(world.desk("1204"), order.order_no)] == ["举报（保密）"]


def test_a_unit_finds_its_own_among_many_newer_ones_with_the_same_words(world: World) -> None:
    own = sent(world)
    by_the_clerk = world.order(by="2301")
    for _ in range(LOOKS_AT_MOST + 1):
        world.order()
    for staff_no, order_no in (("2102", own), ("2301", by_the_clerk.order_no), ("2201", None)):
        found = [row.order_no for row in find(world.desk(staff_no), "夜间施工")]
        assert found == ([order_no] if order_no else [])


def test_secret_orders_take_nobody_elses_place_among_the_hits(world: World) -> None:
    plain = world.order(title="执法队员收烟")
    for _ in range(LOOKS_AT_MOST + 1):
        world.order(**SECRET)
    assert [row.order_no for row in find(world.desk("1204"), "收烟")] == [plain.order_no]


@pytest.mark.parametrize("text", ["", "  ", "'; DROP TABLE", "[/b]", '"', "*", "%%%", "噪" * 5000, "🙂"])
def test_hostile_words_find_nothing_and_break_nothing(world: World, text: str) -> None:
    world.order()
    assert find(world.desk("1203"), text) == []
