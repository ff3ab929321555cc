"""The right side of the form: callers, similar matters, notices, proposals; and never what is secret."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.codes import Deed, OrderKind, Urgency
from db.ids import new_uid
from db.times import to_ms
from desk import intake
from desk.deed import deed_on
from desk.errors import Refused
from desk.intake import CallNote
from desk.intake_rows import OrderForm
from desk.settings import Settings
from tests.world import World

PHONE = "13800000000"
FORM = OrderForm(
    kind=OrderKind.COMPLAINT,
    number=PHONE,
    name="李先生",
    area_code="360725100000",
    content="老城社区工地夜间施工打桩噪音很大，无法入睡",
)
CALL = CallNote(number=PHONE, line="12345")


def notice(world: World, title: str, area: str | None, *, hours: int = 3) -> int:
    now = to_ms(world.clock.now)
    with world.database.write() as writer:
        values = {"uid": new_uid(), "title": title, "sentence": f"{title}，请提前储水", "area_code": area}
        return writer.insert(
            "notices",
            {**values, "starts_at": now - 1, "published_at": now - 1, "ends_at": now + hours * 3_600_000},
        )


def test_a_number_shows_who_calls_and_open_orders_first(world: World) -> None:
    desk = world.desk("1203")
    over = intake.register(desk, FORM, CALL)
    intake.withdraw(desk, over.order_no, "好了", over.call_id)
    world.clock.tick(minutes=5)
    still_open = intake.register(desk, replace(FORM, content="路灯坏了"), CALL)
    world.clock.tick(minutes=5)
    newest_over = intake.register_direct_answer(desk, FORM, "答了", CALL)
    row = intake.caller(desk, "138 0000 0000")
    assert (row.name, row.call_count) == ("李先生", 3)
    numbers = [order.order_no for order in row.orders]
    assert numbers == [still_open.order_no, newest_over.order_no, over.order_no]


def test_an_order_left_under_another_number_is_found_by_its_call(world: World) -> None:
    desk = world.desk("1203")
    done = intake.register(desk, replace(FORM, contact_phone="13900000000"), CALL)
    assert [order.order_no for order in intake.caller(desk, PHONE).orders] == [done.order_no]
    assert [order.order_no for order in intake.caller(desk, "13900000000").orders] == [done.order_no]


@pytest.mark.parametrize("change", [{"kind": OrderKind.TIP_OFF}, {"is_confidential": True}])
def test_secret_orders_stand_beside_nobodys_form(world: World, change: dict[str, object]) -> None:
    form = replace(FORM, name="揭发人甲", **change)  # type: ignore[arg-type]
    intake.register(world.desk("1203"), form, CALL)
    for staff_no in ("1203", "1301", "1002"):
        desk = world.desk(staff_no)
        row = intake.caller(desk, PHONE)
        assert (row.name, row.orders) == ("", ())
        assert intake.similar(desk, FORM.content) == ()


@pytest.mark.parametrize("phone", ["", "138", "不是号码", "\x00"])
def test_a_number_half_typed_shows_nothing(world: World, phone: str) -> None:
    assert not intake.caller(world.desk("1203"), phone).is_known


def test_the_likest_order_of_the_area_stands_first(world: World) -> None:
    desk = world.desk("1203")
    same = intake.register(desk, FORM)
    intake.register(desk, replace(FORM, content="县城路灯不亮，晚上施工看不见"))
    found = intake.similar(desk, "老城社区工地夜间打桩噪音大，睡不着", "360725100001")
    assert found[0].order.order_no == same.order_no
    assert found[0].likeness > 0.3
    assert intake.similar(desk, "老城社区工地夜间打桩噪音大", "360702001000") == ()


def test_old_and_void_orders_are_not_similar(world: World) -> None:
    void = intake.register(world.desk("1203"), FORM)
    intake.void(world.desk("1002"), void.order_no, "录错")
    desk = world.desk("1203")
    assert intake.similar(desk, FORM.content) == ()
    old = intake.register(desk, FORM)
    assert [row.order.order_no for row in intake.similar(desk, FORM.content)] == [old.order_no]
    world.clock.tick(days=31)
    assert intake.similar(desk, FORM.content) == ()


@pytest.mark.parametrize("text", ["", "的", '"', "'; DROP", "[/b]", "* OR NEAR(", "😀", "噪" * 20_000])
def test_any_text_may_be_compared(world: World, text: str) -> None:
    world.order()
    assert isinstance(intake.matter(world.desk("1203"), text).similar, tuple)


def test_notices_that_fit_stand_first_and_end_by_themselves(world: World) -> None:
    notice(world, "铅厂镇封路", None, hours=1)
    near = notice(world, "横水镇停水", "360725100000", hours=2)
    desk = world.desk("1203")
    rows = intake.notices(desk, "", "360725100001")
    assert [(row.title, row.is_near, row.is_here) for row in rows] == [
        ("横水镇停水", False, True),
        ("铅厂镇封路", False, False),
    ]
    assert intake.notices(desk, "横水镇怎么停水了")[0].id == near
    world.clock.tick(hours=5)
    assert intake.notices(desk) == ()


def test_who_was_told_a_notice_is_counted(world: World) -> None:
    key = notice(world, "横水镇停水", "360725100000")
    desk = world.desk("1203")
    intake.tell_notice(desk, key, CALL)
    assert intake.notices(desk)[0].told_count == 1
    assert world.row("SELECT summary FROM calls")["summary"] == "direct_answer"
    with world.nothing_written(), pytest.raises(Refused):
        intake.tell_notice(desk, 999, CALL)


def test_a_notice_leads_only_when_it_says_what_is_typed(world: World) -> None:
    water = notice(world, "老城区上街片区停水", "360725100000", hours=1)
    wages = notice(world, "农民工工资专项检查", "360725000000", hours=2)
    notice(world, "铅厂镇工资发放日停水", "360702001000", hours=3)
    desk = world.desk("1203")
    asked = intake.notices(desk, "老城区上街工地拖欠农民工工资三个月", "360725100001")
    assert [row.id for row in asked[:2]] == [wages, water]
    assert [(row.is_near, row.is_here) for row in asked] == [(True, False), (False, True), (False, False)]
    assert intake.notices(desk, "家里停水了")[0].id == water
    assert not any(row.is_near for row in intake.notices(desk, "老城区上街居民楼漏雨", "360725100001"))


def test_words_propose_title_and_urgency(tmp_path: Path) -> None:
    words = {
        "urgent.words": ["停水"],
        "danger.words": ["着火"],
        "danger.negations": ["没有"],
        "crisis.words": ["跳楼"],
    }
    desk = World(tmp_path / "desk.db", settings=words).desk("1203")
    plain = intake.offer(desk, "您好，我想反映一下，上街路灯不亮。电话13800000000")
    assert (plain.title, plain.urgency) == ("上街路灯不亮", Urgency.NORMAL)
    assert intake.offer(desk, "我们小区停水三天").urgency is Urgency.URGENT
    danger = intake.offer(desk, "隔壁着火了，有人要跳楼")
    assert (danger.urgency, danger.words, danger.crisis_words) == (Urgency.CRITICAL, ("着火",), ("跳楼",))


def test_areas_are_found_by_any_part_with_their_township(world: World) -> None:
    rows = intake.areas(world.desk("1203"), "老城")
    assert [(row.key, row.name, row.hint) for row in rows] == [("360725100001", "老城社区", "横水镇")]
    assert intake.areas(world.desk("1203"), "%") == []


def test_categories_and_units_are_found(world: World) -> None:
    desk = world.desk("1203")
    assert [row.key for row in intake.categories(desk, "噪音")] == ["010101"]
    assert [row.name for row in intake.accused_units(desk, "城管")] == ["崇义县城市管理局"]


def test_progress_is_told_to_who_proves_to_be_the_caller(world: World) -> None:
    desk = world.desk("1203")
    done = intake.register(desk, FORM, CALL)
    sentence = intake.progress(desk, done.order_no, phone=PHONE, proof="李先生")
    assert done.query_code in sentence
    assert "正在转派承办单位" in sentence
    assert "11月30日（周一）前由承办单位答复您" in sentence
    assert intake.progress(desk, done.query_code, phone=PHONE) == sentence
    assert intake.progress(desk, done.query_code, proof="李先生") == sentence


@pytest.mark.parametrize(
    ("phone", "proof"), [("", ""), (PHONE, ""), (PHONE, "王先生"), ("13911112222", "李先生"), ("", "李先生")]
)
def test_progress_is_not_told_without_two_facts(world: World, phone: str, proof: str) -> None:
    desk = world.desk("1203")
    done = intake.register(desk, FORM, CALL)
    with pytest.raises(Refused, match="不能告知"):
        intake.progress(desk, done.order_no, phone=phone, proof=proof)
    with pytest.raises(Refused, match="不能告知"):
        intake.progress(desk, "CY01-19990101-0001", phone=PHONE, proof="李先生")


def test_progress_of_a_tip_off_takes_the_code_and_names_no_unit(world: World) -> None:
    desk = world.desk("1203")
    done = intake.register(desk, replace(FORM, kind=OrderKind.TIP_OFF), CALL)
    with pytest.raises(Refused):
        intake.progress(desk, done.order_no, phone=PHONE, proof="李先生")
    sentence = intake.progress(desk, done.query_code, phone=PHONE)
    assert "举报" not in sentence
    assert "热线中心答复" in sentence


def test_orders_sent_back_for_more_words_are_listed(world: World) -> None:
    order = world.order()
    desk = world.desk("1203")
    assert intake.to_complete(desk) == ()
    with deed_on(world.desk("1301"), Deed.ASK_COMPLETION, order.order_no) as deed:
        deed.quote(missing="缺楼栋号")
    assert [row.order_no for row in intake.to_complete(desk)] == [order.order_no]


def test_a_draft_is_kept_found_and_dropped(world: World) -> None:
    desk = world.desk("1203")
    key = intake.save_draft(desk, {"content": "漏水🚰"}, "漏水")
    assert key is not None
    assert intake.save_draft(desk, {"content": "漏水🚰了"}, "漏水", key, is_held=True) == key
    (draft,) = intake.drafts(desk)
    assert (draft.body, draft.is_held, draft.saved_at) == ({"content": "漏水🚰了"}, True, world.clock.now)
    assert intake.drafts(world.desk("1204")) == ()
    intake.drop_draft(desk, key)
    assert intake.drafts(desk) == ()


def test_the_directory_is_found_by_number_or_name(world: World) -> None:
    desk = world.desk("1203")
    assert [row.key for row in intake.outside_picks(desk, "消防")] == ["119"]
    assert [row.name for row in intake.outside_picks(desk, "110")] == ["公安报警"]
    assert [row.key for row in intake.outside_picks(desk, "急救")] == ["120"]
    assert all(row.hint for row in intake.outside_picks(desk, ""))


def test_the_directory_tells_where_a_matter_of_other_channels_goes(world: World) -> None:
    desk = world.desk("1203")
    city = {
        "directory.outside": {"12348": "法律服务"},
        "directory.purposes": {"12348": "法律咨询和援助"},
        "directory.declined": {"petition": "县信访局 3812345"},
    }
    desk.take(Settings(city))
    found = [(row.name, row.hint) for row in intake.directory(desk, "信访")]
    assert found == [("县信访局 3812345", "信访已受理")]
    assert [row.hint for row in intake.directory(desk, "12348")][:2] == ["法律咨询和援助", "仲裁"]
    born = intake.decline(desk, OrderForm(content="信访件"), "petition")
    assert born.sentence == "您反映的事项依法由其他渠道处理，请联系 县信访局 3812345"


def test_the_duty_list_proposes_units_for_more_than_a_few_words(world: World) -> None:
    with world.database.write() as writer:
        values = {
            "number": 1,
            "item": "噪音扰民",
            "keywords": "打桩;噪音",
            "unit_code": "CY-CGJ",
            "section_code": "ZF",
        }
        writer.insert("duty_items", values)
    desk = world.desk("1203")
    assert [unit.name for unit in intake.likely_units(desk, FORM.content)] == ["县城管局 执法大队"]
    assert intake.likely_units(desk, "噪") == ()


def test_nobody_outside_the_centre_is_told_who_calls(world: World) -> None:
    intake.register(world.desk("1203"), FORM, CALL)
    for staff_no in ("2101", "2301"):
        desk = world.desk(staff_no)
        assert not intake.caller(desk, PHONE).is_known
        assert intake.similar(desk, FORM.content) == ()


def test_an_area_is_found_by_initials_and_the_callers_own_first(world: World) -> None:
    with world.database.write() as writer:
        row = {"code": "360725102000", "name": "横市镇", "level": "township", "parent": "360725000000"}
        writer.insert("areas", row)
    desk = world.desk("1203")
    assert [row.name for row in intake.areas(desk, "hsz")] == ["横水镇", "横市镇"]
    intake.register(desk, replace(FORM, area_code="360725102000"), CALL)
    assert [row.name for row in intake.areas(desk, "hsz", phone=PHONE)] == ["横市镇", "横水镇"]
    assert [row.name for row in intake.areas(desk, "hsz", phone="13900000000")] == ["横水镇", "横市镇"]
    assert [row.name for row in intake.areas(world.desk("2101"), "hsz", phone=PHONE)] == ["横水镇", "横市镇"]


def test_a_secret_order_does_not_show_by_the_order_of_the_areas(world: World) -> None:
    with world.database.write() as writer:
        row = {"code": "360725102000", "name": "横市镇", "level": "township", "parent": "360725000000"}
        writer.insert("areas", row)
    desk = world.desk("1203")
    intake.register(desk, replace(FORM, area_code="360725102000", is_confidential=True), CALL)
    assert [row.name for row in intake.areas(desk, "hsz", phone=PHONE)] == ["横水镇", "横市镇"]


def test_the_citys_own_word_for_an_area_finds_it(tmp_path: Path) -> None:
    desk = World(tmp_path / "desk.db", settings={"areas.short_names": {"县城": "360725100000"}}).desk("1203")
    assert [row.name for row in intake.areas(desk, "县城")] == ["横水镇"]
    assert next(row.name for row in intake.areas(desk, "xc")) == "横水镇"
