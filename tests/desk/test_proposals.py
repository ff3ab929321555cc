"""Proposals from the duty list: the right unit and section, for the right place, with a reason, or a word that it is unclear."""

from dataclasses import replace

import pytest

from db.codes import OrderKind
from desk import dispatch, intake, proposals
from desk.duty_item import item_from
from desk.duty_list import DutyList
from tests.desk.counter import COUNTER, MATTER
from tests.desk.dispatching import ITEMS, NAMES, add_unit, ask_return, fill_duty_list, section_id, unit_id
from tests.world import World


@pytest.fixture(autouse=True)
def _duty_list(world: World) -> None:
    fill_duty_list(world)


UNSAID = {
    "list_name": "duty",
    "co_unit_codes": "",
    "legal_basis": "",
    "version": 1,
    "valid_from": None,
    "valid_to": None,
}


def a_list() -> DutyList:
    rows = [dict(zip(NAMES, values, strict=True)) for values in ITEMS]
    return DutyList([item_from({**UNSAID, **row, "id": n}) for n, row in enumerate(rows, start=1)])


def test_the_item_whose_words_are_said_is_first_and_says_which() -> None:
    best = a_list().matches("夜间施工噪音", "工地打桩")[0]
    assert best.item.number == 118
    assert {"夜间施工噪音", "打桩"} <= set(best.words)


def test_a_word_in_the_title_outweighs_one_in_the_text() -> None:
    first = a_list().matches("工资", "垃圾")[0]
    assert first.item.number == 201
    assert a_list().matches("垃圾", "工资")[0].item.number == 7


def test_the_same_category_and_kind_count_for_an_item() -> None:
    words = "噪音"
    plain = a_list().matches("", words)[0].score
    assert a_list().matches("", words, category_code="010101")[0].score > plain
    assert a_list().matches("", words, category_code="010100")[0].score > plain
    assert a_list().matches("", words, category_code="020100")[0].score == plain
    assert a_list().matches("", words, kind="suggestion")[0].score < plain


@pytest.mark.parametrize("text", ["", "噪", "hello world", "1234567890" * 50, "🙂" * 100, "[/b]\x00"])
def test_a_text_without_words_of_the_list_matches_nothing(text: str) -> None:
    assert a_list().matches(text, text) == []


def test_full_width_and_case_do_not_matter() -> None:
    assert a_list().matches("", "ＡＢＣ垃圾")[0].item.number == 7


def test_an_order_gets_unit_section_share_and_reason(world: World) -> None:
    order = world.order()
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    first = found.rows[0]
    assert (first.unit, first.section, first.department) == ("县城管局", "执法大队", "城管局")
    assert first.section_id == section_id(world, "ZF")
    assert first.why.startswith("清单第118项 夜间施工噪音：")
    assert 0 < first.share <= 95
    assert found.unclear == ""


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("咨询噪音投诉怎么办", "", OrderKind.INQUIRY),
        ("噪音", "我要举报工地。建议处罚", OrderKind.TIP_OFF),
        ("噪音", "太吵。建议处罚", OrderKind.COMPLAINT),
    ],
)
def test_the_kind_that_is_said_is_offered_else_what_the_item_mostly_is(
    world: World, title: str, text: str, kind: OrderKind
) -> None:
    assert proposals.suggest(world.desk("1301"), text, title=title).rows[0].kind is kind


def test_shares_fall_and_never_pass_a_hundred(world: World) -> None:
    order = world.order(title="噪音和垃圾", content="工资也没发")
    rows = dispatch.proposals(world.desk("1301"), order.order_no).rows
    shares = [row.share for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) <= 100
    assert len(rows) == 2


def test_a_townships_own_matter_goes_to_the_township_of_the_place(world: World) -> None:
    order = world.order(title="村道坏了", content="通组路塌了半边", area_code="360725100001")
    assert dispatch.proposals(world.desk("1301"), order.order_no).rows[0].unit == "横水镇"


@pytest.mark.parametrize("is_confidential", [False, True])
def test_a_secret_matter_from_a_counter_is_not_proposed_to_the_clerk_s_own_township(
    world: World, is_confidential: bool
) -> None:
    form = replace(
        MATTER, content="村道坏了，通组路的钱不知去向", is_confidential=is_confidential, title="村道"
    )
    order_no = intake.register_at_counter(world.desk("2301"), form, COUNTER).order_no
    found = dispatch.proposals(world.desk("1301"), order_no)
    assert ("横水镇" in {row.unit for row in found.rows}) is not is_confidential
    assert any("密件在横水镇的站点登记" in note for note in found.notes) is is_confidential


def test_a_townships_own_matter_without_a_township_is_unclear(world: World) -> None:
    order = world.order(title="村道坏了", content="通组路塌了半边", area_code="360725000000")
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert [(row.unit_id, row.department) for row in found.rows] == [(0, "街道乡镇")]
    assert "属地不明" in found.unclear


def test_the_township_is_taken_from_the_words_when_the_form_names_only_the_county(world: World) -> None:
    order = world.order(title="村道坏了", content="横水镇的通组路塌了", area_code="360725000000")
    assert dispatch.proposals(world.desk("1301"), order.order_no).rows[0].unit == "横水镇"


def test_what_no_item_speaks_of_is_unclear(world: World) -> None:
    order = world.order(title="您好", content="想问一下")
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert (found.rows, found.unclear[:3]) == ((), "不明确")


def test_two_units_alike_are_called_unclear(world: World) -> None:
    order = world.order(title="垃圾与工资", content="", category_code=None)
    assert dispatch.proposals(world.desk("1301"), order.order_no).unclear.startswith("不明确")


def test_the_accused_unit_is_never_proposed_and_that_is_said(world: World) -> None:
    order = world.order(accused_unit_id=unit_id(world, "CY-CGJ"))
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert "县城管局" not in [row.unit for row in found.rows]
    assert found.notes == ("县城管局是被反映对象或其下属，已回避",)


def test_a_part_of_the_accused_units_house_known_by_name_is_not_proposed(world: World) -> None:
    order = world.order(accused_name="县城管局执法大队某队员")
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert "县城管局" not in [row.unit for row in found.rows]
    assert "县城管局是被反映对象或其下属，已回避" in found.notes


def test_a_text_alone_is_answered_for_the_desks_own_place(world: World) -> None:
    found = proposals.suggest(world.desk("1301"), "拖欠工资三个月", title="欠薪")
    assert [(row.unit, row.section) for row in found.rows] == [("县人社局", "劳动监察大队")]


def test_a_text_that_names_a_place_is_answered_for_it(world: World) -> None:
    found = proposals.suggest(world.desk("1301"), "横水镇有条村道坏了")
    assert found.rows[0].unit == "横水镇"


def test_another_county_gets_its_own_unit_of_the_department_or_its_centre(world: World) -> None:
    add_unit(world, "GZ", "市中心", "CY-12345", is_centre=True, area_code="360700000000")
    other = add_unit(world, "XF-12345", "信丰中心", "GZ", is_centre=True, area_code="360722000000")
    with world.database.write() as writer:
        writer.insert("areas", {"code": "360722000000", "name": "信丰县", "level": "county", "parent": None})
        writer.insert("area_managers", {"area_code": "360722000000", "unit_id": other})
    desk = world.desk("1301")
    assert proposals.suggest(desk, "噪音", area_code="360722000000").rows[0].unit == "信丰中心"
    add_unit(world, "XF-CGJ", "信丰城管局", "XF-12345", area_code="360722000000")
    assert proposals.suggest(desk, "噪音", area_code="360722000000").rows[0].unit == "信丰城管局"
    assert proposals.suggest(desk, "信丰县这边噪音大").rows[0].unit == "信丰城管局"


def test_a_changed_list_is_read_again(world: World) -> None:
    desk = world.desk("1301")
    assert proposals.suggest(desk, "井盖丢了").rows == ()
    with world.database.write() as writer:
        writer.insert(
            "duty_items",
            {
                "number": 400,
                "item": "井盖",
                "keywords": "井盖",
                "area_scope": "county",
                "unit_code": "CY-CGJ",
            },
        )
    assert proposals.suggest(desk, "井盖丢了").rows[0].unit == "县城管局"


@pytest.mark.parametrize("text", ["", "   ", "a" * 10_000, "噪音" * 5_000, "县" * 5_000, "\x00\ud800"])
def test_odd_texts_are_answered_without_a_crash(world: World, text: str) -> None:
    found = proposals.suggest(world.desk("1301"), text)
    assert bool(found.rows) == ("噪音" in text)


def test_a_unit_whose_return_was_granted_is_not_proposed_again(world: World) -> None:
    order = world.order(kind=OrderKind.COMPLAINT)
    dispatch.send(world.desk("1301"), order.order_no, unit_id(world, "CY-CGJ"))
    ask_return(world, order.order_no)
    dispatch.grant_return(world.desk("1302"), order.order_no, "属实")
    found = dispatch.proposals(world.desk("1301"), order.order_no)
    assert "县城管局已退单，不再建议" in found.notes
    assert all(row.unit != "县城管局" for row in found.rows)
