"""公告与口径: drawn up by a unit, published by 班长, over by itself (practice P14)."""

from datetime import timedelta

import pytest

from db.codes import OrderKind
from desk import card, intake, notices
from desk.calls import CallNote
from desk.counts import header_counts
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.intake_rows import OrderForm
from desk.notices import NoticeForm
from tests.world import World

FORM = NoticeForm("老城停水", "老城一带停水，18点恢复，请储水", "18:00", area="横水镇")


ORDER = OrderForm(kind=OrderKind.COMPLAINT, content="停水三天", number="13800001111", place="老城")
STAFF = NoticeForm("新口径", "医保查询转 12393", "2026-12-01 18:00", for_staff=True)


def titles(world: World, staff_no: str = "1203") -> list[str]:
    return [notice.title for notice in intake.notices(world.desk(staff_no))]


def test_a_units_notice_waits_for_the_supervisor(world: World) -> None:
    row = notices.announce(world.desk("2101"), FORM)
    assert (row.is_waiting, row.unit, row.area) == (True, "县城管局", "横水镇")
    assert titles(world) == []
    assert titles(world, "1002") == ["老城停水"]
    assert [each.title for each in notices.board(world.desk("2101"))] == ["老城停水"]
    assert notices.board(world.desk("2201")) == ()
    assert not notices.publish(world.desk("1002"), row.id).is_waiting
    assert titles(world) == ["老城停水"]
    kinds = [row["kind"] for row in world.rows("SELECT kind FROM events ORDER BY seq DESC LIMIT 2")]
    assert kinds == ["publish_notice", "propose_notice"]


def test_it_is_over_by_itself(world: World) -> None:
    row = notices.announce(world.desk("1002"), FORM)
    assert row.ends_at - world.clock.now == timedelta(hours=9)
    world.clock.tick(hours=9)
    assert titles(world) == []
    with pytest.raises(NotNow, match="已经结束"):
        notices.end(world.desk("1002"), row.id, "恢复了")


def test_what_is_to_come_is_on_the_board_but_beside_no_form(world: World) -> None:
    notices.announce(
        world.desk("1002"), NoticeForm("停电", "明天停电", "2026-11-24 18:00", "2026-11-24 8:00")
    )
    assert titles(world) == []
    assert [each.title for each in notices.board(world.desk("1203"))] == ["停电"]
    world.clock.tick(hours=23)
    assert titles(world) == ["停电"]


def test_it_is_ended_early_and_its_record_stays(world: World) -> None:
    row = notices.announce(world.desk("1002"), FORM)
    with pytest.raises(NotAllowed):
        notices.end(world.desk("1203"), row.id, "恢复了")
    notices.end(world.desk("1002"), row.id, "提前恢复")
    assert titles(world) == []
    assert world.row("SELECT end_reason FROM notices")["end_reason"] == "提前恢复"
    with pytest.raises(NotNow):
        notices.publish(world.desk("1002"), notices.announce(world.desk("1002"), FORM).id)


def test_a_draft_is_withdrawn_by_its_writer_alone(world: World) -> None:
    row = notices.announce(world.desk("2101"), FORM)
    with pytest.raises(NotAllowed):
        notices.end(world.desk("2201"), row.id, "不是我的")
    notices.end(world.desk("2101"), row.id, "写错了")
    with pytest.raises(NotNow):
        notices.publish(world.desk("1002"), row.id)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"title": " "}, "标题"),
        ({"sentence": ""}, "告知语"),
        ({"ends": ""}, "结束时间"),
        ({"ends": "8:00"}, "晚于"),
        ({"ends": "后来"}, "结束时间"),
        ({"ends": "2027-11-24"}, "最长 90 天"),
        ({"area": "某地"}, "没有叫“某地”的地点"),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(world: World, changes: dict[str, str], line: str) -> None:
    form = {"title": "停水", "sentence": "停水了", "ends": "18:00", **changes}
    with pytest.raises(BadInput, match=line):
        notices.announce(world.desk("1002"), NoticeForm(**form))
    assert world.rows("SELECT id FROM notices") == []


def test_who_may_not_publish_is_told_so(world: World) -> None:
    row = notices.announce(world.desk("1203"), FORM)
    for staff_no in ("1203", "1301", "2101"):
        with pytest.raises(NotAllowed, match="班长"):
            notices.publish(world.desk(staff_no), row.id)
    with pytest.raises(NotAllowed, match="本单位"):
        notices.announce(world.desk("2101"), NoticeForm("停水", "停水了", "18:00", unit="县人社局"))
    with pytest.raises(BadInput, match="没有编号为 99"):
        notices.publish(world.desk("1002"), 99)


class TestForStaff:
    def test_it_stands_on_the_top_line_until_it_is_confirmed(self, world: World) -> None:
        row = notices.announce(world.desk("1002"), STAFF)
        agent = world.desk("1203")
        assert (header_counts(agent).unread, header_counts(world.desk("1002")).unread) == (1, 0)
        assert header_counts(world.desk("2101")).unread == 0
        assert titles(world) == []
        assert [(each.title, each.is_unread) for each in notices.board(agent)] == [("新口径", True)]
        assert notices.board(world.desk("2101")) == ()
        notices.confirm(agent, row.id)
        assert header_counts(agent).unread == 0
        last = world.row("SELECT kind, actor_uid FROM events ORDER BY seq DESC LIMIT 1")
        assert last == {"kind": "read_notice", "actor_uid": agent.actor.uid}
        for reader in (agent, world.desk("1002"), world.desk("2101")):
            with world.nothing_written(), pytest.raises(NotNow):
                notices.confirm(reader, row.id)

    def test_who_has_not_read_it_is_for_the_supervisor(self, world: World) -> None:
        row = notices.announce(world.desk("1002"), STAFF)
        notices.confirm(world.desk("1203"), row.id)
        found = notices.readers(world.desk("1002"), row.id)
        assert found[-1].staff_no == "1203"
        assert found[-1].read_at == world.clock.now
        assert [each.staff_no for each in found[:2]] == ["1001", "1204"]
        assert all(each.read_at is None for each in found[:-1])
        with pytest.raises(NotAllowed, match="班长"):
            notices.readers(world.desk("1203"), row.id)

    def test_an_agents_waits_and_a_unit_draws_none_up(self, world: World) -> None:
        row = notices.announce(world.desk("1203"), STAFF)
        assert header_counts(world.desk("1204")).unread == 0
        notices.publish(world.desk("1002"), row.id)
        assert header_counts(world.desk("1204")).unread == 1
        world.clock.tick(days=9)
        assert header_counts(world.desk("1204")).unread == 0
        with world.nothing_written(), pytest.raises(NotAllowed, match="热线中心"):
            notices.announce(world.desk("2101"), STAFF)


class TestAnOrderAllTheSame:
    def test_it_points_to_the_notice_and_is_counted_apart(self, world: World) -> None:
        row = notices.announce(world.desk("1002"), FORM)
        agent = world.desk("1203")
        call = CallNote("13800001111", "12345")
        born = intake.register(agent, ORDER, call, notice_id=row.id)
        told = intake.notices(agent)[0]
        assert (told.told_count, told.order_count) == (0, 1)
        assert world.event_data(born.order_no)["notice"] == world.row("SELECT uid FROM notices")["uid"]
        sections = {part.heading: part.lines for part in card.card(agent, born.order_no).sections}
        assert sections["公告"] == ("已告知公告“老城停水”（横水镇，至 11-23 18:00），诉求人仍要求登记",)

    def test_of_one_that_is_over_it_is_not(self, world: World) -> None:
        row = notices.announce(world.desk("1002"), FORM)
        world.clock.tick(hours=10)
        with world.nothing_written(), pytest.raises(Refused, match="已经结束"):
            intake.register(world.desk("1203"), ORDER, notice_id=row.id)
