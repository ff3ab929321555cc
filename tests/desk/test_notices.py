"""公告与口径: drawn up by a unit, published by 班长, over by itself (practice P14)."""

from datetime import timedelta

import pytest

from desk import intake, notices
from desk.errors import BadInput, NotAllowed, NotNow
from desk.notices import NoticeForm
from tests.world import World

FORM = NoticeForm("老城停水", "老城一带停水，18点恢复，请储水", "18:00", area="横水镇")


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
