"""The unit's list as a sheet, and everything signed with one key."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.codes import Deed, OrderKind, Urgency
from desk import duties, exporting, my_tickets, review
from desk.errors import BadInput, NotAllowed, Refused
from desk.knowledge import exporting as knowledge_exporting
from tests.desk.unit_desk import drafted, sent, signed, unit_id
from tests.world import World

LIAISON, HANDLER, CHECKER = "2101", "2102", "2103"


def lines(path: Path) -> list[dict[str, Any]]:
    head, *rest = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_tab_leaves_as_the_list_shows_it_and_masked(world: World, tmp_path: Path) -> None:
    plain = signed(world, content="请回 13800000000", title="=1+1")
    back = drafted(world)
    my_tickets.send_back_reply(world.desk(CHECKER), back, "写明日期", ["other"])
    review.remind(world.desk("1501"), back, "请抓紧")
    sent(world, "CY-RSJ")
    world.clock.tick(days=9)
    done = my_tickets.export_list(world.desk(LIAISON), "in_progress", tmp_path / "清单.xlsx")
    first, second = lines(done.path)
    assert (done.count, first["工单编号"], second["工单编号"]) == (2, back, plain)
    assert (first["提示"], first["状态"], first["经办人"]) == ("催办 审核退回", "办理中", "经办甲")
    assert (second["提示"] or "", second["标题"], second["剩余"]) == ("", "=1+1", "!超期1天")
    assert (second["诉求人"], second["联系电话"]) == ("李先生", "138****0000")
    assert "13800000000" not in str(second)
    assert done.path.stat().st_mode & 0o777 == 0o600
    event = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert (event["kind"], event["data"]) == (
        "exported",
        '{"form":".xlsx","list":"in_progress","orders":2}',
    )


def test_of_a_secret_order_only_its_number_leaves(world: World, tmp_path: Path) -> None:
    order_no = sent(world, kind=OrderKind.TIP_OFF, title="王某倒卖指标")
    my_tickets.export_list(world.desk(HANDLER), "all", tmp_path / "a.xlsx")
    (line,) = lines(tmp_path / "a.xlsx")
    assert (line["工单编号"], line["标题"], line["诉求内容"] or "") == (order_no, "举报（保密）", "")


def test_a_long_list_leaves_whole(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.lists.PAGE_SIZE", 2)
    numbers = [sent(world) for _ in range(5)]
    done = my_tickets.export_list(world.desk(LIAISON), "to_sign", tmp_path / "a.csv")
    assert done.count == 5
    text = done.path.read_text(encoding="utf-8-sig")
    assert all(number in text for number in numbers)


def test_who_may_not_export_and_what_cannot_be_written_leave_nothing(world: World, tmp_path: Path) -> None:
    there = tmp_path / "there.xlsx"
    there.write_bytes(b"mine")
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="联络员"):
            my_tickets.export_list(world.desk("1203"), "registered", tmp_path / "a.xlsx")
        with pytest.raises(BadInput, match="格式"):
            my_tickets.export_list(world.desk(LIAISON), "all", tmp_path / "a.pdf")
        with pytest.raises(Refused, match="已存在"):
            my_tickets.export_list(world.desk(LIAISON), "all", there)
    assert there.read_bytes() == b"mine"
    assert list(tmp_path.glob(".*.new")) == []


def test_a_unit_that_exports_its_list_exports_nothing_of_the_house(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="请由班长、管理员办理"):
        exporting.export(world.desk(LIAISON), tmp_path / "a.xlsx")
    with pytest.raises(NotAllowed):
        knowledge_exporting.export(world.desk(LIAISON), tmp_path / "a.xlsx")
    with pytest.raises(NotAllowed):
        duties.export(world.desk(LIAISON), tmp_path / "a.xlsx")


def test_one_key_signs_what_waits_but_no_emergency_and_nothing_to_be_returned(world: World) -> None:
    plain, urgent = sent(world), sent(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.URGENT)
    critical = sent(world, kind=OrderKind.HELP_REQUEST, urgency=Urgency.CRITICAL)
    returning = sent(world)
    my_tickets.ask_return(
        world.desk(LIAISON), returning, "not_our_duty", unit_id(world, "CY-RSJ"), "不是我们的职责", "清单未列"
    )
    sent(world, "CY-RSJ")
    sent(world, accused_name="联络甲")
    numbers = my_tickets.to_sign(world.desk(LIAISON))
    assert set(numbers) == {plain, urgent}
    assert numbers[0] == urgent, "the most pressing first"
    done = my_tickets.sign_all(world.desk(LIAISON), numbers)
    assert (done.done, done.refusals) == (2, ())
    assert my_tickets.to_sign(world.desk(LIAISON)) == ()
    assert {world.status(critical), world.status(returning)} == {"to_sign"}
    assert world.events(plain)[-1] == Deed.SIGN
