"""快报、专报、预警快报: called for, drafted without names, signed by another, numbered, sent, read, 批示 → 督办."""

from datetime import timedelta
from pathlib import Path

import docx
import pytest

from db.check import check
from db.codes import Deed, ReportKind, Status
from desk import card, counts, emergency, finder, lists, reports
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.reports import ReportRow
from tests.desk.emergencies import an_emergency, brought_to
from tests.world import World

OFFICER, SUPERVISOR, LEADER, AGENT = "1401", "1002", "1701", "1203"
CROWD = {"people_now": "约40人", "demand": "要求结清工资"}


def a_group(world: World, **values: object) -> str:
    return an_emergency(
        world,
        "群体事件",
        content="张三丰等四十人堵门讨薪，电话13812345678",
        requester_name="张三丰",
        **values,
    ).order_no


def drafted(world: World, order_no: str, by: str = OFFICER, **more: str) -> ReportRow:
    kind, words = reports.proposed(world.desk(by), order_no)
    crowd = CROWD if kind is ReportKind.SPECIAL else {}
    return reports.draft(world.desk(by), kind, {**words, **crowd, **more}, order_no)


def approved(world: World, order_no: str) -> ReportRow:
    return reports.approve(world.desk(SUPERVISOR), drafted(world, order_no).id)


def called(world: World) -> list[tuple[str, str]]:
    return [(row.why, row.stage) for row in reports.page(world.desk(OFFICER)) if not row.id]


def test_a_group_event_owes_a_first_report_within_half_an_hour(world: World) -> None:
    order_no = a_group(world)
    row = reports.page(world.desk(OFFICER))[0]
    assert (row.why, row.stage, row.order_no) == ("该报", "初报", order_no)
    assert row.due_at == world.clock.now + timedelta(minutes=30)
    assert counts.header_counts(world.desk(OFFICER)).reports == 1
    assert counts.header_counts(world.desk(AGENT)).reports == 0


def test_a_draft_says_what_where_since_when_who_and_what_next_and_names_nobody(world: World) -> None:
    order_no = a_group(world)
    brought_to(world, order_no, Deed.DEPART)
    kind, words = reports.proposed(world.desk(OFFICER), order_no)
    assert kind is ReportKind.SPECIAL
    assert "1 人 1 次反映，共 1 件工单" in words["what"]
    assert "13812345678" not in words["what"]
    assert "张三丰" not in words["what"]
    assert words["where"].endswith("老城社区二单元")
    assert words["since"] == "2026年11月23日 09:00 接到群众反映"
    assert "承办：崇义县城市管理局" in words["doing"]
    assert "09:01 应急派出，09:02 接令，09:03 出动" in words["doing"]
    assert "09:30 的控制时限" in words["next"]


def test_first_then_follow_ups_then_a_final_one_numbered_by_kind_and_year(world: World) -> None:
    order_no = a_group(world)
    first = approved(world, order_no)
    assert (first.stage, first.number) == ("初报", "12345专报〔2026〕1号")
    assert called(world) == [("该报", "续报1")]
    second = approved(world, order_no)
    assert (second.stage, second.number) == ("续报1", "12345专报〔2026〕2号")
    assert second.words["people_now"] == "约40人"
    brought_to(world, order_no, Deed.FINISH)
    assert called(world) == [("该报", "终报")]
    assert approved(world, order_no).stage == "终报"
    assert called(world) == []
    with pytest.raises(NotNow, match="已有终报"):
        drafted(world, order_no)
    assert approved(world, an_emergency(world).order_no).number == "12345快报〔2026〕1号"
    assert list(check(world.database)) == []


def test_a_follow_up_is_due_half_an_hour_after_the_last(world: World) -> None:
    order_no = a_group(world)
    world.clock.tick(minutes=10)
    last = approved(world, order_no)
    assert last.approved_at is not None
    assert reports.page(world.desk(OFFICER))[0].due_at == last.approved_at + timedelta(minutes=30)


def test_who_drafted_it_does_not_sign_it_and_what_is_signed_stays(world: World) -> None:
    order_no = a_group(world)
    row = drafted(world, order_no, SUPERVISOR)
    with world.nothing_written():
        with pytest.raises(NotAllowed, match="拟稿人不能签发"):
            reports.approve(world.desk(SUPERVISOR), row.id)
        with pytest.raises(NotAllowed):
            reports.approve(world.desk(OFFICER), row.id)
        with pytest.raises(NotNow, match="待签发"):
            drafted(world, order_no)
        with pytest.raises(NotNow, match="还没有签发"):
            reports.send(world.desk(OFFICER), row.id, "刘国平")
    reports.approve(world.desk(LEADER), row.id)
    with world.nothing_written(), pytest.raises(NotNow, match="已签发"):
        reports.rewrite(world.desk(OFFICER), row.id, {**row.words, "what": "改了"})


def test_who_wrote_it_first_does_not_sign_it_after_another_has_touched_it(world: World) -> None:
    row = drafted(world, a_group(world), SUPERVISOR)
    row = reports.rewrite(world.desk(OFFICER), row.id, {**row.words, "what": "补了一句"})
    with world.nothing_written(), pytest.raises(NotAllowed, match="拟稿人不能签发"):
        reports.approve(world.desk(SUPERVISOR), row.id)
    assert reports.approve(world.desk(LEADER), row.id).number


def test_what_must_be_said_is_asked_for_before_it_is_signed(world: World) -> None:
    row = drafted(world, a_group(world), people_now="")
    with world.nothing_written(), pytest.raises(BadInput, match="还没写现有人数"):
        reports.approve(world.desk(SUPERVISOR), row.id)
    reports.rewrite(world.desk(OFFICER), row.id, {**row.words, "people_now": "约30人"})
    assert reports.approve(world.desk(SUPERVISOR), row.id).number


def test_it_is_sent_read_and_a_word_on_it_becomes_a_supervision_with_a_limit(world: World) -> None:
    order_no = a_group(world)
    brought_to(world, order_no, Deed.ACKNOWLEDGE)
    row = approved(world, order_no)
    row = reports.send(world.desk(OFFICER), row.id, "刘国平", "电话")
    row = reports.mark_read(world.desk(OFFICER), row.readers[0].id)
    assert row.readers[0].read_at is not None
    row = reports.instruct(world.desk(LEADER), row.readers[0].id, "今晚结清工资", 1)
    assert row.readers[0].instruction == "今晚结清工资"
    asked = world.row("SELECT reason, due_at FROM requests WHERE kind = 'supervision'")
    assert asked["reason"] == "刘国平批示：今晚结清工资"
    assert asked["due_at"]
    with world.nothing_written(), pytest.raises(NotNow, match="批示已记下"):
        reports.instruct(world.desk(LEADER), row.readers[0].id, "再批")


def test_an_order_that_cannot_be_supervised_refuses_both(world: World) -> None:
    row = approved(world, a_group(world))
    reader = reports.send(world.desk(OFFICER), row.id, "刘国平").readers[0]
    with world.nothing_written(), pytest.raises(Refused):
        reports.instruct(world.desk(LEADER), reader.id, "查清", 1)
    assert reports.instruct(world.desk(LEADER), reader.id, "查清").readers[0].instruction == "查清"


def test_many_numbers_about_one_matter_call_for_a_report(world: World) -> None:
    same = {"area_code": "360725100001", "category_code": "010101"}
    for number in range(5):
        world.order(status=Status.TO_DISPATCH, contact_phone=f"1390000000{number}", **same)
    world.order(status=Status.TO_DISPATCH, contact_phone="13900000000", **same)
    assert called(world) == [("疑似群体事件", "初报"), ("诉求上升", "初报")]
    row = reports.page(world.desk(OFFICER))[0]
    assert row.title == "24 小时 5 个号码 6 件反映同一事"
    approved(world, row.order_no)
    assert ("疑似群体事件", "初报") not in called(world)


def test_the_same_number_five_times_is_no_crowd(world: World) -> None:
    for _ in range(5):
        world.order(status=Status.TO_DISPATCH, area_code="360725100001", category_code="010101")
    assert called(world) == []


def test_what_rises_in_a_place_is_warned_of_once(world: World) -> None:
    same = {"area_code": "360725100001", "category_code": "010101", "title": "打桩声吵，找李小明13812345678"}
    for _ in range(6):
        world.order(status=Status.TO_DISPATCH, **same)
    row = next(row for row in reports.page(world.desk(OFFICER)) if row.why == "诉求上升")
    assert row.title == "老城社区 噪音扰民 24 小时 6 件，此前日均 0.0 件"
    place = (row.area_code, row.category_code)
    kind, words = reports.proposed(world.desk(OFFICER), "", *place)
    assert kind is ReportKind.WARNING
    assert words["what"].startswith("近 24 小时噪音扰民诉求 6 件：")
    assert "13812345678" not in words["what"]
    reports.draft(world.desk(OFFICER), kind, words, "", *place)
    assert called(world) == []


def test_what_was_always_so_does_not_rise(world: World) -> None:
    same = {"area_code": "360725100001", "category_code": "010101"}
    for day in range(8):
        for _ in range(6):
            world.order(status=Status.TO_DISPATCH, **same)
        if day < 7:
            world.clock.tick(days=1)
    assert called(world) == []


@pytest.mark.parametrize("form", [".docx", ".md"])
def test_a_report_is_saved_and_says_whether_it_was_signed(world: World, tmp_path: Path, form: str) -> None:
    order_no = a_group(world)
    row = drafted(world, order_no, what="四十人堵门\n*喊话* # 不退", copied="值班长、刘国平")
    path = tmp_path / f"专报{form}"
    reports.save(world.desk(OFFICER), row.id, path)
    assert "草稿，未签发" in read(path)
    with pytest.raises(Refused, match="已存在"):
        reports.save(world.desk(OFFICER), row.id, path)
    reports.approve(world.desk(SUPERVISOR), row.id)
    reports.save(world.desk(OFFICER), row.id, path, may_overwrite=True)
    said = read(path)
    assert "12345专报〔2026〕1号  签发 班长甲" in said
    assert "值班长、刘国平" in said
    assert "四十人堵门" in said
    if form == ".md":
        assert r"\*喊话\* \# 不退" in said
    with pytest.raises(BadInput, match="只能存为"):
        reports.save(world.desk(OFFICER), row.id, tmp_path / "专报.pdf")


def read(path: Path) -> str:
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    page = docx.Document(str(path))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


def test_a_secret_order_is_in_no_report(world: World) -> None:
    order_no = a_group(world, is_confidential=True)
    for deed in (lambda: reports.proposed(world.desk(OFFICER), order_no), lambda: drafted(world, order_no)):
        with world.nothing_written(), pytest.raises(Refused, match="举报、保密"):
            deed()


@pytest.mark.parametrize("staff_no", [AGENT, "1301", "2101"])
def test_only_those_named_see_reports(world: World, staff_no: str) -> None:
    row = drafted(world, a_group(world))
    with pytest.raises(NotAllowed):
        reports.page(world.desk(staff_no))
    with pytest.raises(NotAllowed):
        reports.save(world.desk(staff_no), row.id, Path("/nowhere.md"))


def test_a_draft_that_is_not_needed_goes_with_a_reason(world: World) -> None:
    row = drafted(world, a_group(world))
    with pytest.raises(BadInput):
        reports.drop(world.desk(OFFICER), row.id, " ")
    reports.drop(world.desk(OFFICER), row.id, "误判")
    assert [row.id for row in reports.page(world.desk(OFFICER))] == [0]
    with pytest.raises(BadInput, match="没有这份报告"):
        reports.approve(world.desk(SUPERVISOR), row.id)


def test_others_see_only_that_there_is_a_report(world: World) -> None:
    order_no = a_group(world, title="群体事件：产业园讨薪")
    assert card.card(world.desk("1301"), order_no).order.title == "群体事件：产业园讨薪"
    approved(world, order_no)
    for staff_no in ("1301", "1501", "1204"):
        row = lists.load(world.desk(staff_no), "o.order_no = :no", no=order_no).rows[0]
        assert (row.title, row.place, row.caller) == ("专报件", "", "（保密）")
        with pytest.raises((NotAllowed, Refused)):
            card.card(world.desk(staff_no), order_no)
        assert finder.find(world.desk(staff_no), "产业园讨薪") == []
    for staff_no in (OFFICER, SUPERVISOR, LEADER, AGENT):
        shown = card.card(world.desk(staff_no), order_no)
        assert "专报件" in [line for part in shown.sections for line in part.lines]
        assert shown.order.title == "群体事件：产业园讨薪"


def test_a_flash_report_hides_nothing(world: World) -> None:
    order_no = an_emergency(world).order_no
    approved(world, order_no)
    assert card.card(world.desk("1301"), order_no).order.title.startswith("燃气泄漏")


def test_the_desk_is_reminded_of_a_first_report_until_there_is_one(world: World) -> None:
    order_no = a_group(world)
    said = [(row.words, row.after) for row in emergency.alarms(world.desk(OFFICER)).nudges]
    assert said == [
        ("群体事件电话报告到时限（F5 按 z）", timedelta(minutes=15)),
        ("群体事件书面初报到时限（F5 按 z）", timedelta(minutes=30)),
    ]
    approved(world, order_no)
    assert emergency.alarms(world.desk(OFFICER)).nudges == ()
    an_emergency(world)
    assert emergency.alarms(world.desk(OFFICER)).nudges == ()
