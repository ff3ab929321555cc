"""社会评议 from the unit's request to the verdict: checked, told, drawn, read without names, voted in secret (practice P29)."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.codes import (
    ContactWay,
    Grade,
    PanelChoice,
    PanelVerdict,
    PressureLevel,
    Profession,
    RecusalReason,
    Status,
)
from desk import card, exporting, finder, lists, my_tickets, review, social_review
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.panel_rows import FILE_FIELDS, FileText, PanelBoard
from desk.rules.calendar import local
from desk.social_review import NewPanelist
from tests.desk import panel_life as panels
from tests.desk import review_life as life
from tests.desk.review_life import AUDITOR, CALLER, HANDLER, LEADER, SECOND_AUDITOR
from tests.world import World

SUPERVISOR = "1002"


def board(world: World, session_id: int | None = None) -> PanelBoard:
    return social_review.board(world.desk(AUDITOR), session_id)


# -- asked, checked, told


def test_a_unit_asks_with_what_it_did_and_the_order_stays_d_in_the_pool(world: World) -> None:
    order_no = panels.asked(world)
    assert life.order_row(world, order_no)["pool_grade"] == Grade.D
    found = review.panel_request(world.desk(AUDITOR), order_no)
    assert (found.handled, found.explained, found.unit) == (panels.HANDLED, panels.EXPLAINED, "县城管局")
    assert all(check.is_right for check in found.checks)
    review.send_to_panel(world.desk(AUDITOR), order_no, "已核对", lawful=True, explained=True)
    row = life.order_row(world, order_no)
    assert (row["status"], row["pool_grade"]) == (Status.TO_PANEL, Grade.D)


def test_a_second_request_waits_for_the_first(world: World) -> None:
    order_no = panels.asked(world)
    with world.nothing_written(), pytest.raises(NotNow, match="等待裁定"):
        my_tickets.ask_panel(world.desk(HANDLER), order_no, "又一次", "又一次")


def test_without_a_request_nothing_goes_before_a_panel(world: World) -> None:
    order_no = life.dissatisfied(world)
    with world.nothing_written(), pytest.raises(NotNow, match="没有社会评议申请"):
        review.send_to_panel(world.desk(AUDITOR), order_no, "已核对", lawful=True, explained=True)


@pytest.mark.parametrize(("lawful", "explained"), [(False, True), (True, False)])
def test_what_a_person_judges_against_is_not_granted(world: World, lawful: bool, explained: bool) -> None:
    order_no = panels.asked(world)
    with world.nothing_written(), pytest.raises(NotNow, match="核查结果"):
        review.send_to_panel(world.desk(AUDITOR), order_no, "已核对", lawful=lawful, explained=explained)


def test_a_request_is_refused_with_a_reason_that_the_unit_reads(world: World) -> None:
    order_no = panels.asked(world)
    review.refuse_panel(world.desk(AUDITOR), order_no, "还没有当面解释，请先解释")
    assert world.status(order_no) == Status.DISSATISFIED
    told = "\n".join(
        line for part in card.card(world.desk(HANDLER), order_no).sections for line in part.lines
    )
    assert "还没有当面解释" in told
    my_tickets.ask_panel(world.desk(HANDLER), order_no, "已补办", "已当面解释")


def test_rework_lets_a_request_fall(world: World) -> None:
    order_no = panels.asked(world)
    review.rework(world.desk(AUDITOR), order_no, "现场再看")
    assert world.row("SELECT verdict FROM requests WHERE kind = 'panel'")["verdict"] == "lapsed"


def test_the_caller_is_told_by_a_call_and_may_add_a_page(world: World) -> None:
    order_no = panels.told(world, "我住三楼，每晚睡不着")
    call = world.row("SELECT direction, number FROM calls ORDER BY id DESC LIMIT 1")
    assert (call["direction"], call["number"]) == ("outbound", "13800000000")
    review.add_panel_page(world.desk(CALLER), order_no, "还有录像")
    file = world.row("SELECT own_words, told_by FROM panel_files")
    assert file["own_words"] == "我住三楼，每晚睡不着\n还有录像"
    with world.nothing_written(), pytest.raises(NotNow, match="已经告知过"):
        review.tell_of_panel(world.desk(CALLER), order_no, "再告知")


def test_without_a_number_he_is_told_another_way(world: World) -> None:
    order_no = panels.granted(world)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET contact_phone = '' WHERE order_no = :no", no=order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="没有联系电话"):
        review.tell_of_panel(world.desk(CALLER), order_no, "已告知")
    review.tell_of_panel(world.desk(CALLER), order_no, "已上门告知", way=ContactWay.VISIT)
    with pytest.raises(BadInput, match="怎样告知"):
        review.tell_of_panel(world.desk(CALLER), order_no, "已告知", way="pigeon")


# -- the file


SECRETS = {
    "requester_name": "钟秀梅",
    "contact_phone": "13812345678",
    "home_address": "老城社区翠竹苑3栋201室",
    "place": "翠竹苑东门",
    "content": "我叫钟秀梅，住老城社区翠竹苑3栋201室，电话13812345678，车牌赣B12345，身份证360725199001011234。"
    "工地是赣州鑫旺建设有限公司的，县城管局执法大队来过两次，夜里还在打桩",
    "title": "翠竹苑东门夜间打桩",
    "area_code": "360725100001",
}


def test_a_proposed_file_leaks_no_sign_of_name_number_or_address(world: World) -> None:
    order_no = panels.told(world, "钟秀梅补充：我家201室窗户都震，手机 138 1234 5678", **SECRETS)
    text = social_review.open_file(world.desk(AUDITOR), order_no).text
    assert text.place == "横水镇"
    words = "\n".join(getattr(text, name) for name in FILE_FIELDS)
    for secret in (
        "钟秀梅",
        "秀梅",
        "1381234",
        "5678",
        "老城",
        "翠竹苑",
        "201",
        "赣B",
        "360725",
        "鑫旺",
        "县城管局",
        "执法大队",
    ):
        assert secret not in words, (secret, words)
    assert "打桩" in words
    assert "承办单位" in words


@pytest.mark.parametrize(
    ("field", "words", "match"),
    [
        ("claim", "钟秀梅反映夜间打桩", "钟秀梅"),
        ("claim", "请打13812345678", "13812345678"),
        ("handling", "县城管局已到场", "承办单位"),
        ("page", "翠竹苑东门晚上很吵", "乡镇"),
        ("claim", "", "请填写诉求"),
    ],
)
def test_a_file_that_names_somebody_is_not_kept(world: World, field: str, words: str, match: str) -> None:
    order_no = panels.told(world, **SECRETS)
    text = social_review.open_file(world.desk(AUDITOR), order_no).text
    changed = FileText(**{**{name: getattr(text, name) for name in FILE_FIELDS}, field: words})
    with world.nothing_written(), pytest.raises(BadInput, match=match):
        social_review.edit_file(world.desk(AUDITOR), order_no, changed)


def test_what_may_point_to_somebody_is_marked_for_the_auditor(world: World) -> None:
    order_no = panels.told(world, "我老公在县医院上班，只有我知道")
    marks = social_review.open_file(world.desk(AUDITOR), order_no).marks
    assert any("只有我知道" in mark for mark in marks)


def test_of_a_confidential_order_a_panel_reads_what_the_unit_read(world: World) -> None:
    order_no = panels.told(
        world, is_confidential=True, forward_text="群众反映夜间打桩", content="我是李先生的邻居"
    )
    assert social_review.open_file(world.desk(AUDITOR), order_no).text.claim == "群众反映夜间打桩"


def test_a_file_is_released_after_it_was_mended_and_a_new_page_opens_it_again(world: World) -> None:
    order_no, desk = panels.told(world), world.desk(AUDITOR)
    with world.nothing_written(), pytest.raises(NotNow, match="还没有整理"):
        social_review.release_file(desk, order_no)
    social_review.edit_file(desk, order_no, social_review.open_file(desk, order_no).text)
    review.add_panel_page(world.desk(CALLER), order_no, "补一句")
    with pytest.raises(NotNow, match="还没有整理"):
        social_review.release_file(desk, order_no)
    social_review.edit_file(desk, order_no, social_review.open_file(desk, order_no).text)
    social_review.release_file(desk, order_no)
    with world.nothing_written(), pytest.raises(NotNow, match="已定稿"):
        review.add_panel_page(world.desk(CALLER), order_no, "太晚了")


# -- the session and its draw


def test_an_order_whose_caller_does_not_know_is_put_on_no_agenda(world: World) -> None:
    order_no = panels.granted(world)
    desk = world.desk(AUDITOR)
    with world.nothing_written(), pytest.raises(NotNow, match="还没有安排评议会"):
        social_review.put_all_on(desk)
    social_review.plan_session(desk, "2026-12-08 15:00", "评议室")
    found = social_review.put_all_on(desk)
    assert found.added == 0
    assert found.left[0][0] == order_no
    assert "没有告知诉求人" in found.words


def test_seven_are_drawn_by_profession_and_anybody_may_draw_them_again(world: World) -> None:
    panels.pooled(world, 24)
    session = panels.drawn(world, panels.told(world))
    seats = board(world, session.id).seats
    assert len(seats) == 7
    assert {Profession.PEOPLE_DEPUTY, Profession.CPPCC_MEMBER, Profession.LAWYER} <= {
        s.profession for s in seats
    }
    (again,) = social_review.replay(world.desk(SUPERVISOR), session.id)
    assert again.is_same
    assert sorted(again.names) == sorted(seat.name for seat in seats)
    assert again.eligible == 24


def test_who_is_close_to_the_matter_is_not_in_the_draw(world: World) -> None:
    panels.pooled(world, 10)
    close = [
        NewPanelist("9101", "甲一", "律师", employer_code="CY-CGJ"),
        NewPanelist("9102", "甲二", "律师", units="县城管局"),
        NewPanelist("9103", "甲三", "律师", people="李先生；王某"),
        NewPanelist("9104", "甲四", "律师", area_code="360725100001"),
        NewPanelist("9105", "甲五", "律师", mobile="13800000000"),
    ]
    for each in close:
        social_review.keep_panelist(world.desk(AUDITOR), each)
    social_review.leave_pool(world.desk(AUDITOR), "9010")
    session = panels.drawn(world, panels.told(world, area_code="360725100001"))
    data = json.loads(world.row("SELECT data FROM events WHERE kind = 'draw_panel'")["data"])
    assert sorted(data["recused"].values()) == sorted(
        map(
            str,
            (
                *(RecusalReason.EMPLOYER, RecusalReason.TIED_UNIT, RecusalReason.TIED_PERSON),
                *(RecusalReason.SAME_VILLAGE, RecusalReason.SAME_PERSON),
            ),
        )
    )
    assert len(data["eligible"]) == 9
    names = {seat.name for seat in board(world, session.id).seats}
    assert not names & {each.name for each in close}


def test_nobody_sits_twice_over_one_unit_within_three_months(world: World) -> None:
    panels.pooled(world, 36)
    first = panels.told(world)
    panels.held(world, first)
    sat = {seat.staff_no for seat in board(world, board(world).sessions[0].id).seats}
    second = panels.drawn(world, panels.told(world))
    assert not sat & {seat.staff_no for seat in board(world, second.id).seats}


def test_after_three_months_they_may_sit_again(world: World) -> None:
    panels.pooled(world, 12)
    panels.held(world, panels.told(world))
    later = panels.on_the_agenda(world, panels.told(world))
    with world.nothing_written(), pytest.raises(NotNow, match=r"不足.*人（\d+ 人须回避）"):
        social_review.draw(world.desk(AUDITOR), later.id)
    world.clock.tick(days=95)
    assert social_review.draw(world.desk(AUDITOR), later.id).sitting == 7


def test_a_pool_too_small_is_told_so(world: World) -> None:
    panels.pooled(world, 6)
    session = panels.on_the_agenda(world, panels.told(world))
    with world.nothing_written(), pytest.raises(NotNow, match="只有 6 人"):
        social_review.draw(world.desk(AUDITOR), session.id)


def test_a_draw_needs_an_agenda_with_released_files_and_happens_once(world: World) -> None:
    panels.pooled(world, 12)
    desk = world.desk(AUDITOR)
    session = social_review.plan_session(desk, "2026-12-08 15:00", "评议室")
    with pytest.raises(NotNow, match="还没有工单"):
        social_review.draw(desk, session.id)
    order_no = panels.told(world)
    social_review.put_on(desk, order_no)
    with pytest.raises(NotNow, match="还没有定稿"):
        social_review.draw(desk, session.id)
    social_review.edit_file(desk, order_no, social_review.open_file(desk, order_no).text)
    social_review.release_file(desk, order_no)
    social_review.draw(desk, session.id)
    with world.nothing_written(), pytest.raises(NotNow, match="已抽取"):
        social_review.draw(desk, session.id)
    with world.nothing_written(), pytest.raises(NotNow, match="不能再改"):
        social_review.edit_file(desk, order_no, social_review.open_file(desk, order_no).text)
    late = panels.told(world)
    with world.nothing_written(), pytest.raises(NotNow, match="不能再加工单"):
        social_review.put_on(desk, late)


def test_an_empty_seat_is_filled_from_the_same_profession(world: World) -> None:
    panels.pooled(world, 24)
    session, desk = panels.drawn(world, panels.told(world)), world.desk(AUDITOR)
    seat = next(each for each in board(world, session.id).seats if each.profession is Profession.LAWYER)
    with world.nothing_written(), pytest.raises(NotNow, match="没有空缺"):
        social_review.replace(desk, session.id)
    social_review.recuse(desk, seat.id, "是承办人的表兄")
    assert social_review.replace(desk, session.id).sitting == 7
    sitting = [each for each in board(world, session.id).seats if each.removed_at is None]
    assert seat.name not in {each.name for each in sitting}
    assert sum(each.profession is Profession.LAWYER for each in sitting) >= 1
    assert all(again.is_same for again in social_review.replay(desk, session.id))


# -- the ballots


def test_a_panelist_signs_reads_votes_and_may_change_his_mind(world: World) -> None:
    panels.pooled(world)
    session = panels.drawn(world, panels.told(world))
    desk = panels.panel(world, session)[0]
    assert social_review.ballot_page(desk).lines == ()
    with pytest.raises(NotNow, match="保密承诺"):
        social_review.cast(desk, 1, "reasonable", "x")
    page = social_review.sign_secrecy(desk)
    assert [line.text.place for line in page.lines] == ["横水镇"]
    with pytest.raises(NotNow, match="还没有开始"):
        social_review.cast(desk, page.lines[0].key, "reasonable", "x")
    for other in panels.panel(world, session)[1:]:
        social_review.sign_secrecy(other)
    social_review.open_session(world.desk(AUDITOR), session.id)
    social_review.cast(desk, page.lines[0].key, PanelChoice.REASONABLE, "问题还在")
    page = social_review.cast(desk, page.lines[0].key, PanelChoice.UNREASONABLE, "看了办理记录，依据充分")
    assert (page.lines[0].choice, page.lines[0].reason) == (
        PanelChoice.UNREASONABLE,
        "看了办理记录，依据充分",
    )
    assert world.row("SELECT count(*) AS n FROM panel_ballots")["n"] == 1
    assert sum(seat.ballots for seat in board(world, session.id).seats) == 1


def test_a_ballot_needs_a_choice_a_reason_and_a_line_of_ones_own_session(world: World) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    desk = panels.panel(world, session)[0]
    line = social_review.ballot_page(desk).lines[0].key
    for arguments in ((line, "maybe", "x"), (line, "reasonable", " "), (line + 99, "reasonable", "x")):
        with world.nothing_written(), pytest.raises(BadInput):
            social_review.cast(desk, *arguments)


def test_ballots_open_on_the_day_with_a_quorum_present(world: World) -> None:
    panels.pooled(world)
    desk = world.desk(AUDITOR)
    session = panels.drawn(world, panels.told(world))
    for each in panels.panel(world, session)[:4]:
        social_review.sign_secrecy(each)
    with world.nothing_written(), pytest.raises(NotNow, match="不足法定 5 人"):
        social_review.open_session(desk, session.id)
    social_review.sign_secrecy(panels.panel(world, session)[4])
    tomorrow = local(world.clock.now + timedelta(days=1))
    social_review.plan_session(desk, f"{tomorrow:%Y-%m-%d} 15:00", "评议室", session.id)
    with pytest.raises(NotNow, match="评议会定在"):
        social_review.open_session(desk, session.id)
    world.clock.tick(days=1)
    social_review.open_session(desk, session.id)


def test_whoever_leaves_takes_his_ballots_with_him(world: World) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    desk = panels.panel(world, session)[0]
    social_review.cast(desk, social_review.ballot_page(desk).lines[0].key, "reasonable", "问题还在")
    seat = next(each for each in board(world, session.id).seats if each.staff_no == desk.actor.staff_no)
    social_review.recuse(world.desk(AUDITOR), seat.id, "发现是亲戚")
    assert world.rows("SELECT * FROM panel_ballots") == []
    assert social_review.ballot_page(desk).planned_at is None


# -- the verdict


def test_unreasonable_goes_back_to_be_explained_and_written_off(world: World) -> None:
    order_no = panels.told(world)
    done = panels.held(world, order_no, 1, 5)
    assert (done.reasonable, done.unreasonable, done.no_quorum) == (0, 1, 0)
    assert world.status(order_no) == Status.DISSATISFIED
    assert life.order_row(world, order_no)["pool_grade"] == Grade.D
    data = world.event_data(order_no)
    assert (data["reasonable"], data["unreasonable"], data["seats"]) == (1, 5, 7)
    words = social_review.letter_words(world.desk(CALLER), order_no)
    assert panels.NO in words
    assert panels.YES not in words
    assert "李先生" not in words
    assert "城管" not in words


def test_reasonable_goes_back_under_a_supervision_one_level_up(world: World) -> None:
    order_no = panels.told(world)
    panels.held(world, order_no, 6, 1)
    row = life.order_row(world, order_no)
    assert (row["status"], row["round"], row["pool_grade"]) == (Status.IN_PROGRESS, 2, Grade.D)
    assert world.event_data(order_no)["level"] == PressureLevel.LEADER
    asked = world.row("SELECT reason FROM requests WHERE kind = 'supervision'")["reason"]
    assert asked.startswith("社会评议认为诉求合理")
    assert panels.YES in asked
    told = world.row("SELECT to_unit_id FROM messages WHERE template = 'pressed_leader'")
    assert told["to_unit_id"] == world.desk(AUDITOR).actor.centre_id
    with pytest.raises(NotNow, match="没有“诉求不合理”"):
        social_review.letter_words(world.desk(AUDITOR), order_no)


def test_a_tie_is_the_citizens(world: World) -> None:
    order_no = panels.told(world)
    assert panels.held(world, order_no, 3, 3).reasonable == 1


def test_without_a_quorum_the_ballots_are_destroyed_and_the_order_waits(world: World) -> None:
    order_no = panels.told(world)
    done = panels.held(world, order_no, 2, 2)
    assert done.no_quorum == 1
    assert world.status(order_no) == Status.TO_PANEL
    assert world.rows("SELECT * FROM panel_ballots") == []
    assert [row.order_no for row in board(world).waiting] == [order_no]
    (line,) = board(world, board(world).sessions[0].id).lines
    assert (line.verdict, line.counted) == (PanelVerdict.NO_QUORUM, None)


def test_an_order_withdrawn_meanwhile_is_not_counted(world: World) -> None:
    panels.pooled(world)
    gone, stays = panels.told(world), panels.told(world, content="另一件")
    session = panels.opened(world, gone, stays)
    panels.vote(world, session, 1, 6)
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET status = 'withdrawn' WHERE order_no = :no", no=gone)
    done = social_review.close_session(world.desk(AUDITOR), session.id)
    assert (done.unreasonable, done.left) == (1, ())
    assert [line.order_no for line in board(world, session.id).lines] == [stays]


def test_what_a_lost_line_left_undone_is_done_by_calling_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    panels.pooled(world)
    order_no = panels.told(world)
    session = panels.opened(world, order_no)
    panels.vote(world, session, 1, 6)
    with monkeypatch.context() as patch:
        patch.setattr("desk.social_review.closing.conclude", lambda *_: None)
        social_review.close_session(world.desk(AUDITOR), session.id)
    assert world.status(order_no) == Status.TO_PANEL
    social_review.close_session(world.desk(AUDITOR), session.id)
    assert world.status(order_no) == Status.DISSATISFIED
    events = world.events(order_no)
    social_review.close_session(world.desk(AUDITOR), session.id)
    assert world.events(order_no) == events


def test_the_year_is_counted(world: World) -> None:
    panels.judged(world, is_reasonable=False)
    figures = board(world).figures
    assert (figures.sessions, figures.orders, figures.reasonable, figures.unreasonable) == (1, 1, 0, 1)


# -- secrecy


def test_no_event_and_no_row_joins_a_ballot_to_a_name_once_the_session_is_closed(world: World) -> None:
    panels.pooled(world)
    order_no = panels.told(world)
    session = panels.opened(world, order_no)
    panels.vote(world, session, 2, 5)
    social_review.close_session(world.desk(AUDITOR), session.id)
    with closing(sqlite3.connect(world.path)) as store:
        columns = [row[1] for row in store.execute("PRAGMA table_info(panel_ballots)")]
        assert columns == ["ballot", "line_id", "choice", "reason"]
        assert store.execute("SELECT count(*) FROM panel_seats WHERE ballot_key IS NOT NULL").fetchone() == (
            0,
        )
        by_row = [row[0] for row in store.execute("SELECT choice FROM panel_ballots ORDER BY rowid")]
        assert by_row == sorted(by_row)
        ballots = [row[0] for row in store.execute("SELECT ballot FROM panel_ballots")]
        told = "\n".join(
            str(row)
            for row in store.execute(
                "SELECT data FROM events WHERE kind IN ('cast_ballot', 'close_panel', 'sign_secrecy')"
            )
        )
        words = "\n".join(
            str(row[0])
            for row in store.execute(
                "SELECT body FROM event_texts t JOIN events e ON e.uid = t.event_uid WHERE e.kind = 'cast_ballot'"
            )
        )
    assert not words
    assert not [ballot for ballot in ballots if ballot in told]


def test_a_cast_says_neither_what_nor_on_which_order(world: World) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    panels.vote(world, session, 1, 0)
    row = world.row("SELECT order_uid, data FROM events WHERE kind = 'cast_ballot'")
    assert row["order_uid"] is None
    assert set(json.loads(row["data"])) == {"session", "seat", "ballots"}


def test_while_ballots_are_taken_nobody_reads_them(world: World) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    panels.vote(world, session, 1, 5)
    for staff_no in (AUDITOR, SUPERVISOR):
        shown = repr(social_review.board(world.desk(staff_no), session.id))
        assert panels.NO not in shown
        assert panels.YES not in shown
        assert "unreasonable=5" not in shown


def test_nothing_that_reads_names_a_panelist_beside_a_choice(world: World) -> None:
    order_no = panels.judged(world, is_reasonable=False)
    names = [
        row["name"] for row in world.rows("SELECT s.name FROM panelists p JOIN staff s ON s.id = p.staff_id")
    ]
    shown = repr(card.card(world.desk(SUPERVISOR), order_no))
    assert panels.NO in shown
    assert not [name for name in names if name in shown]


def test_when_it_is_over_nothing_is_left_for_the_panelist(world: World) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    desks = panels.panel(world, session)
    panels.vote(world, session, 1, 6)
    social_review.close_session(world.desk(AUDITOR), session.id)
    for desk in desks:
        assert social_review.ballot_page(desk).planned_at is None
        with pytest.raises(NotNow, match="材料已收回"):
            social_review.cast(desk, 1, "reasonable", "x")
        assert desk.work.drafts_of(desk.actor.uid) == []
        pin = world.row("SELECT pin_hash FROM staff WHERE staff_no = :no", no=desk.actor.staff_no)["pin_hash"]
        assert pin is None


def test_a_panelist_reads_the_store_by_no_other_way(world: World, tmp_path: Path) -> None:
    panels.pooled(world)
    order_no = panels.told(world)
    session = panels.opened(world, order_no)
    desk = panels.panel(world, session)[0]
    ways = [
        lambda: card.card(desk, order_no),
        lambda: finder.find(desk, "打桩"),
        lambda: lists.load(desk, "o.is_open = 1"),
        lambda: exporting.export(desk, tmp_path / "all.csv"),
        lambda: review.page(desk, "panel"),
        lambda: review.detail(desk, order_no),
        lambda: my_tickets.tabs(desk),
        lambda: social_review.board(desk, session.id),
        lambda: social_review.pool(desk),
        lambda: social_review.open_file(desk, order_no),
        lambda: social_review.save_minutes(desk, session.id, tmp_path / "m.docx"),
        lambda: social_review.letter_words(desk, order_no),
    ]
    for way in ways:
        with pytest.raises(Refused):
            way()
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith("desk.")]


def test_whatever_else_somebody_is_as_a_panelist_the_store_is_shut(world: World) -> None:
    with world.database.write() as writer:
        key = world.row("SELECT id FROM staff WHERE staff_no = '1002'")["id"]
        writer.insert("staff_roles", {"staff_id": key, "role": "panelist"})
    desk = world.desk("1002")
    with pytest.raises(NotAllowed, match="评议员工号"), desk.reading():
        pass
    with pytest.raises(NotAllowed, match="评议员工号"), desk.writing():
        pass
    with pytest.raises(NotAllowed, match="评议员工号"), desk.light_writing():
        pass


# -- PINs, papers, pool


def test_a_pin_is_given_for_one_session(world: World) -> None:
    panels.pooled(world)
    session = panels.drawn(world, panels.told(world))
    desk = world.desk(AUDITOR)
    pins = social_review.give_pins(desk, session.id)
    assert len(pins) == 7
    assert len({row.pin for row in pins}) > 1
    assert all(len(row.pin) == 6 and row.pin.isdigit() for row in pins)
    kept = "\n".join(
        row["data"] for row in world.rows("SELECT data FROM events WHERE kind = 'give_panel_pins'")
    )
    assert not [row.pin for row in pins if f'"{row.pin}"' in kept]
    for each in panels.panel(world, session):
        social_review.sign_secrecy(each)
    with pytest.raises(NotNow, match="都已签到"):
        social_review.give_pins(desk, session.id)


def text_in(path: Path) -> str:
    import docx

    page = docx.Document(str(path))
    cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in page.paragraphs), *cells])


def test_minutes_say_counts_and_reasons_and_nobody_beside_a_ballot(world: World, tmp_path: Path) -> None:
    order_no = panels.judged(world, is_reasonable=False)
    session = board(world).sessions[0]
    path = social_review.save_minutes(world.desk(AUDITOR), session.id, tmp_path / "纪要.docx")
    words = text_in(path)
    assert order_no in words
    assert "合理 1，不合理 6" in words
    assert f"不合理意见：{panels.NO}" in words
    assert "李先生" not in words
    assert "13800000000" not in words
    assert "老城社区" not in words
    names = [seat.name for seat in board(world, session.id).seats]
    assert all(name in words for name in names)
    lines = [line for line in words.split("\n") if "意见：" in line]
    assert not [line for line in lines for name in names if name in line]
    assert world.row("SELECT data FROM events WHERE kind = 'exported'")


def test_minutes_wait_for_the_end(world: World, tmp_path: Path) -> None:
    panels.pooled(world)
    session = panels.opened(world, panels.told(world))
    with pytest.raises(NotNow, match="还没有结束"):
        social_review.save_minutes(world.desk(AUDITOR), session.id, tmp_path / "a.docx")
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith("desk.")]


def test_the_letter_names_nobody(world: World, tmp_path: Path) -> None:
    order_no = panels.judged(world, is_reasonable=False)
    words = text_in(social_review.save_letter(world.desk(SECOND_AUDITOR), order_no, tmp_path / "函.docx"))
    assert "尊敬的诉求人" in words
    assert panels.NO in words
    assert "12348" in words
    assert "李先生" not in words
    assert "13800000000" not in words
    assert "评议甲" not in words


@pytest.mark.parametrize("staff_no", [HANDLER, "1203", "2201"])
def test_who_may_bring_about_a_session(world: World, staff_no: str) -> None:
    desk = world.desk(staff_no)
    for way in (
        lambda: social_review.plan_session(desk, "2026-12-08 15:00", "评议室"),
        lambda: social_review.draw(desk, 1),
        lambda: social_review.close_session(desk, 1),
        lambda: social_review.pool(desk),
        lambda: social_review.give_pins(desk, 1),
        lambda: social_review.replay(desk, 1),
    ):
        with world.nothing_written(), pytest.raises(NotAllowed):
            way()


def test_only_a_panelist_votes(world: World) -> None:
    for staff_no in (AUDITOR, SUPERVISOR, LEADER):
        with pytest.raises(NotAllowed):
            social_review.ballot_page(world.desk(staff_no))
        with pytest.raises(NotAllowed):
            social_review.cast(world.desk(staff_no), 1, "reasonable", "x")


ROOT = Path(__file__).parents[2]


def test_no_question_to_the_store_joins_a_ballot_to_a_person() -> None:
    found = []
    for path in sorted((ROOT / "db" / "queries").glob("*.py")):
        for function in path.read_text(encoding="utf-8").split("\ndef "):
            if "panel_ballots" in function:
                found.append(function.partition("(")[0])
                assert not [word for word in ("staff", "panelist", "panel_seats") if word in function], (
                    function
                )
    assert {"ballots", "choices", "cast"} <= set(found)


def test_the_door_of_a_panelist_is_used_by_his_page_and_his_pin_alone() -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "desk").rglob("*.py"))
        if re.search(r"\.own_(?:reading|writing)\(", path.read_text(encoding="utf-8"))
    }
    assert users == {"desk/context.py", "desk/people.py", "desk/social_review/voting.py"}
