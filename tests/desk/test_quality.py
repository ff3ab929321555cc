"""质检 from the draw to the figures (practice P31), and what it must not tell (P25, P32)."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.codes import CallSummary, Deed, ItemVerdict, OrderKind, QualityReason, QualityState
from db.ids import new_uid
from db.queries import quality_records
from db.times import to_ms
from desk import counts, quality
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.rules import quality as rules
from tests.desk.quality_desk import (
    AGENT,
    AUDITOR,
    FAILED,
    NONE,
    OTHER_AGENT,
    PASSED,
    SECOND_AUDITOR,
    SUPERVISOR,
    all_passed,
    checks,
    filed,
    judged,
    registered,
    set_to,
    to_check,
)
from tests.world import START, World


def crisis_of(world: World, order_no: str) -> None:
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET is_crisis = 1 WHERE order_no = :no", no=order_no)


def special_of(world: World, order_no: str) -> None:
    with world.database.write() as writer:
        writer.run("UPDATE work_orders SET is_special = 1 WHERE order_no = :no", no=order_no)


def drawn(world: World) -> set[str]:
    return {row["record_uid"] for row in world.rows("SELECT record_uid FROM quality_checks")}


# -- the draw


def test_the_draw_is_the_share_that_the_hash_gives_and_every_nuisance(world: World) -> None:
    for number in range(120):
        summary = CallSummary.NUISANCE if number % 10 == 0 else CallSummary.WRONG_NUMBER
        filed(world, summary=summary, number=f"1380000{number:04d}")
    done = quality.draw(world.desk(SUPERVISOR))
    key = world.row("SELECT hash FROM events WHERE seq = 1")["hash"]
    expected = {
        row["uid"]
        for row in world.rows("SELECT uid, summary FROM calls")
        if row["summary"] == "nuisance" or rules.is_drawn(key, row["uid"], 0.05)
    }
    assert drawn(world) == expected
    assert done == quality.Drawn(120, len(expected))
    reasons = world.rows("SELECT reason, count(*) AS n FROM quality_checks GROUP BY reason")
    assert {row["reason"]: row["n"] for row in reasons}["nuisance"] == 12


def test_drawing_again_finds_only_what_is_new(world: World) -> None:
    for _ in range(3):
        filed(world, summary=CallSummary.NUISANCE)
    assert quality.draw(world.desk(SUPERVISOR)).drawn == 3
    with world.nothing_written():
        assert quality.draw(world.desk(AUDITOR)) == quality.Drawn(0, 0)
    filed(world, summary=CallSummary.NUISANCE)
    assert quality.draw(world.desk(AUDITOR)) == quality.Drawn(1, 1)


def kept_calls(world: World, records: list[tuple[str, str]]) -> None:
    """Write call records (uid, summary) as they come, one key after another."""
    staff = world.row("SELECT id FROM staff WHERE staff_no = '1203'")["id"]
    with world.database.write() as writer:
        for uid, summary in records:
            moment = {"rang_at": to_ms(START), "answered_at": to_ms(START), "ended_at": to_ms(START)}
            values = {"uid": uid, "direction": "inbound", "staff_id": staff, "summary": summary, **moment}
            writer.insert("calls", values)


@pytest.mark.parametrize("seed", range(3))
def test_neither_the_order_of_the_records_nor_when_one_draws_decides(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_records, "first_hash", lambda _: "the same key")
    chance = random.Random(seed)
    records = [(new_uid(), "nuisance" if chance.random() < 0.1 else "progress") for _ in range(300)]
    found = []
    for number, parts in enumerate((1, 7)):
        world = World(tmp_path / f"{number}.db")
        chance.shuffle(records)
        for start in range(parts):
            kept_calls(world, records[start::parts])
            quality.draw(world.desk(SUPERVISOR))
        found.append(drawn(world))
    by_rule = {
        uid for uid, summary in records if summary == "nuisance" or rules.is_drawn("the same key", uid, 0.05)
    }
    assert found == [by_rule, by_rule]


def test_a_draw_is_one_event_that_counts_by_reason(world: World) -> None:
    filed(world, summary=CallSummary.NUISANCE)
    quality.draw(world.desk(SUPERVISOR))
    event = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == Deed.DRAW_QUALITY
    assert json.loads(event["data"]) == {"drawn": 1, "looked_at": 1, "nuisance": 1}


def test_two_draws_at_once_check_a_record_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    filed(world, summary=CallSummary.NUISANCE)
    from desk.quality import drawing

    real = drawing._keep

    def late(*given: object) -> int:
        monkeypatch.setattr(drawing, "_keep", real)
        quality.draw(world.desk(AUDITOR))
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drawing, "_keep", late)
    assert quality.draw(world.desk(SUPERVISOR)).drawn == 0
    assert len(drawn(world)) == 1


def test_calls_that_nobody_took_and_those_of_units_are_no_records(world: World) -> None:
    filed(world, summary=CallSummary.NUISANCE)
    with world.database.write() as writer:
        writer.run("UPDATE calls SET answered_at = NULL")
    filed(world, summary=CallSummary.NUISANCE)
    unit_clerk = world.row("SELECT id FROM staff WHERE staff_no = '2101'")["id"]
    with world.database.write() as writer:
        writer.run("UPDATE calls SET staff_id = :id WHERE answered_at IS NOT NULL", id=unit_clerk)
    assert quality.draw(world.desk(SUPERVISOR)) == quality.Drawn(0, 0)


def test_every_call_about_a_crisis_is_checked_also_one_that_became_a_crisis_later(world: World) -> None:
    order_no = registered(world).order_no
    set_to(world, "quality.share", 1e-6)
    quality.draw(world.desk(SUPERVISOR))
    assert drawn(world) == set()
    crisis_of(world, order_no)
    assert quality.draw(world.desk(SUPERVISOR)).drawn == 1
    assert checks(world)[order_no].reason is QualityReason.CRISIS


def test_a_crisis_without_a_call_is_checked_by_whom_took_it(world: World) -> None:
    born = world.order(by=OTHER_AGENT, is_crisis=True)
    quality.draw(world.desk(SUPERVISOR))
    row = checks(world)[born.order_no]
    assert (row.reason, row.staff_no, row.recording_no) == (QualityReason.CRISIS, OTHER_AGENT, "")


@pytest.mark.parametrize(
    ("accused", "agent"),
    [("话务员王芳", AGENT), ("你们1204号话务员", OTHER_AGENT), ("那个接线员", OTHER_AGENT)],
)
def test_a_complaint_about_an_operator_is_checked_with_the_call_complained_of(
    world: World, accused: str, agent: str
) -> None:
    first = filed(world, by=AGENT, number="13700001111")
    second = filed(world, by=OTHER_AGENT, number="13700001111")
    order_no = registered(world, number="13700001111", accused_name=accused).order_no
    quality.draw(world.desk(SUPERVISOR))
    row = checks(world)[order_no]
    assert (row.reason, row.staff_no) == (QualityReason.COMPLAINT, agent)
    kept = world.row("SELECT call_id FROM quality_checks WHERE reason = 'complaint'")["call_id"]
    assert kept == (first if agent == AGENT else second)


def test_a_complaint_about_the_hotline_itself_waits_until_somebody_is_named(world: World) -> None:
    centre = world.row("SELECT id FROM units WHERE code = 'CY-12345'")["id"]
    born = world.order(accused_unit_id=centre)
    quality.draw(world.desk(SUPERVISOR))
    row = checks(world)[born.order_no]
    assert (row.agent, row.who) == ("", "未指明")
    with pytest.raises(BadInput, match="先按 k 指明"), world.nothing_written():
        quality.judge(world.desk(SUPERVISOR), row.id, all_passed())
    with pytest.raises(BadInput, match="没有这个工号"), world.nothing_written():
        quality.name_agent(world.desk(SUPERVISOR), row.id, "2101")
    call = filed(world, by=OTHER_AGENT, number="13800000000")
    with world.database.write() as writer:
        writer.run("UPDATE calls SET rang_at = rang_at - 3600000 WHERE id = :id", id=call)
    quality.name_agent(world.desk(SUPERVISOR), row.id, OTHER_AGENT)
    assert checks(world)[born.order_no].staff_no == OTHER_AGENT
    assert world.row("SELECT call_id FROM quality_checks WHERE id = :id", id=row.id)["call_id"] == call
    quality.judge(world.desk(SUPERVISOR), row.id, all_passed())
    with pytest.raises(NotNow, match="已评分"), world.nothing_written():
        quality.name_agent(world.desk(SUPERVISOR), row.id, AGENT)


def test_a_neighbour_who_is_called_like_an_operator_is_none(world: World) -> None:
    registered(world, accused_name="王芳")
    set_to(world, "quality.share", 1e-6)
    quality.draw(world.desk(SUPERVISOR))
    assert drawn(world) == set()


# -- by hand


def test_a_record_is_put_in_by_order_or_recording_and_only_once(world: World) -> None:
    order_no = registered(world).order_no
    desk = world.desk(AUDITOR)
    quality.add(desk, order_no, "群众表扬，抽听")
    with pytest.raises(NotNow, match="已列入质检"), world.nothing_written():
        quality.add(desk, order_no, "再来一次")
    filed(world, recording_no="REC-7")
    quality.add(desk, "REC-7", "班长旁听有疑问", is_complaint=True)
    assert checks(world)["REC-7"].reason is QualityReason.COMPLAINT
    for about in ("REC-8", ""):
        with pytest.raises(BadInput), world.nothing_written():
            quality.add(desk, about, "没有这条")
    with pytest.raises(NotAllowed), world.nothing_written():
        quality.add(world.desk(AGENT), "REC-7", "我要查")


def test_the_words_of_an_event_lie_where_they_can_be_erased(world: World) -> None:
    quality.add(world.desk(AUDITOR), registered(world).order_no, "群众反映态度生硬")
    event = world.row("SELECT uid, data FROM events ORDER BY seq DESC LIMIT 1")
    assert "态度" not in event["data"]
    texts = world.rows("SELECT field, body FROM event_texts WHERE event_uid = :uid", uid=event["uid"])
    assert [(row["field"], row["body"]) for row in texts] == [("why", "群众反映态度生硬")]


# -- judging


def test_a_sheet_is_judged_item_by_item_and_counted_by_weight(world: World) -> None:
    key = to_check(world)
    verdicts = all_passed(派单=FAILED, 答复与承诺=NONE)
    assert quality.judge(world.desk(AUDITOR), key, verdicts, "派错单位") == round(100 * 70 / 85)
    sheet = quality.sheet(world.desk(AUDITOR), key)
    assert sheet.row.state is QualityState.JUDGED
    assert [(mark.item, mark.verdict) for mark in sheet.marks] == [
        (item, ItemVerdict(verdict)) for item, verdict in verdicts.items()
    ]
    assert sheet.sections[0].heading == "评分"
    assert "82 分" in sheet.sections[0].lines[0]


def test_weights_that_change_later_leave_a_judged_sheet_as_it_was(world: World) -> None:
    key = judged(world)
    before = quality.sheet(world.desk(AUDITOR), key)
    set_to(world, "quality.items", {"礼貌": 10, "准确": 90})
    after = quality.sheet(world.desk(AUDITOR), key)
    assert (after.marks, after.row.points) == (before.marks, before.row.points)
    assert dict(after.items) == {"礼貌": 10, "准确": 90}


@pytest.mark.parametrize(
    ("verdicts", "words", "line"),
    [
        ({**all_passed(), "派单": ""}, "", "请给“派单”选"),
        ({}, "", "请给“受理五要素”选"),
        (all_passed(派单="maybe"), "", "请给“派单”选"),
        (all_passed(派单=FAILED), "", "请写评语"),
    ],
)
def test_a_sheet_that_is_not_whole_is_refused(
    world: World, verdicts: dict[str, str], words: str, line: str
) -> None:
    key = to_check(world)
    with pytest.raises(BadInput, match=line), world.nothing_written():
        quality.judge(world.desk(AUDITOR), key, verdicts, words)
    assert world.rows("SELECT * FROM quality_marks") == []


def test_nobody_judges_his_own_call_nor_one_that_was_judged(world: World) -> None:
    key = to_check(world, by=SUPERVISOR)
    with pytest.raises(NotAllowed, match="不能质检自己的话务"), world.nothing_written():
        quality.judge(world.desk(SUPERVISOR), key, all_passed())
    quality.judge(world.desk(AUDITOR), key, all_passed())
    with pytest.raises(NotNow, match="审核甲已评分"), world.nothing_written():
        quality.judge(world.desk(SECOND_AUDITOR), key, all_passed())


def test_another_number_of_the_same_person_is_the_same_person(world: World) -> None:
    key = to_check(world)
    with world.database.write() as writer:
        writer.run(
            "UPDATE staff SET person_uid = (SELECT person_uid FROM staff WHERE staff_no = '1203') WHERE staff_no = '1501'"
        )
    with pytest.raises(NotAllowed, match="不能质检自己的话务"), world.nothing_written():
        quality.judge(world.desk(AUDITOR), key, all_passed())


@pytest.mark.parametrize("staff_no", [AGENT, "1301", "1401", "1601", "1701", "2101", "2103"])
def test_others_neither_draw_nor_judge(world: World, staff_no: str) -> None:
    key = to_check(world, by=OTHER_AGENT)
    desk = world.desk(staff_no)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: quality.draw(desk),
        lambda: quality.judge(desk, key, all_passed()),
        lambda: quality.decide(desk, key, {}, "维持"),
        lambda: quality.name_agent(desk, key, AGENT),
        lambda: quality.sheet(desk, key),
        lambda: quality.page(desk, "to_check"),
    )
    for deed in deeds:
        with pytest.raises(Refused), world.nothing_written():
            deed()


# -- 申辩


def test_the_one_checked_sees_his_result_and_answers_another_decides(world: World) -> None:
    key = judged(world)
    assert checks(world, AGENT, "own") != {}
    assert checks(world, OTHER_AGENT, "own") == {}
    quality.answer(world.desk(AGENT), key, "当时职责清单第118项就是这家")
    assert [row.id for row in checks(world, SECOND_AUDITOR, "answered").values()] == [key]
    with pytest.raises(NotAllowed, match="评分的人不能裁定"), world.nothing_written():
        quality.decide(world.desk(AUDITOR), key, {"派单": PASSED}, "同意")
    assert quality.decide(world.desk(SECOND_AUDITOR), key, {"派单": PASSED}, "清单当时如此，改判") == 100
    sheet = quality.sheet(world.desk(AGENT), key)
    assert (sheet.row.state, sheet.row.points) == (QualityState.SETTLED, 100)
    assert sheet.marks[2].first_verdict is ItemVerdict.FAILED
    assert "申辩前 85 分" in sheet.sections[0].lines[0]
    assert any("裁定改判" in line for line in sheet.sections[1].lines)


def test_deciding_without_a_change_says_so_and_ends_it(world: World) -> None:
    key = judged(world)
    quality.answer(world.desk(AGENT), key, "我认为派得对")
    assert quality.decide(world.desk(SUPERVISOR), key, {}, "清单写明是另一家") == 85
    assert any("裁定维持" in line for line in quality.sheet(world.desk(AGENT), key).sections[1].lines)
    for deed in (
        lambda: quality.answer(world.desk(AGENT), key, "还是不服"),
        lambda: quality.decide(world.desk(SUPERVISOR), key, {}, "再裁一次"),
    ):
        with pytest.raises(NotNow), world.nothing_written():
            deed()


def test_an_answer_has_three_working_days(world: World) -> None:
    key = judged(world)
    world.clock.tick(days=2, hours=8)  # Wednesday 17:00
    assert quality.sheet(world.desk(AGENT), key).row.allowed >= {Deed.ANSWER_QUALITY}
    world.clock.tick(days=1, hours=3)  # Thursday 20:00: the third working day has ended
    assert Deed.ANSWER_QUALITY not in quality.sheet(world.desk(AGENT), key).row.allowed
    with pytest.raises(NotNow, match="已过申辩时限"), world.nothing_written():
        quality.answer(world.desk(AGENT), key, "晚了")


def test_nobody_answers_for_another_and_an_unknown_item_is_refused(world: World) -> None:
    key = judged(world)
    with pytest.raises(Refused), world.nothing_written():
        quality.answer(world.desk(OTHER_AGENT), key, "替他说")
    with pytest.raises(NotAllowed, match="只有被检的本人"), world.nothing_written():
        quality.answer(world.desk(SECOND_AUDITOR), key, "替他说")
    quality.answer(world.desk(AGENT), key, "不服")
    with pytest.raises(BadInput, match="没有“礼貌”"), world.nothing_written():
        quality.decide(world.desk(SUPERVISOR), key, {"礼貌": PASSED}, "改")


def test_what_is_not_judged_yet_is_not_shown_to_the_one_checked(world: World) -> None:
    key = to_check(world)
    assert checks(world, AGENT, "own") == {}
    with pytest.raises(BadInput, match="没有这条质检"):
        quality.sheet(world.desk(AGENT), key)


# -- what must not be told


@pytest.mark.parametrize("guard", [crisis_of, special_of])
def test_a_crisis_and_what_a_report_was_made_of_are_checked_by_the_supervisor_alone(
    world: World, guard: Callable[[World, str], None]
) -> None:
    order_no = registered(world).order_no
    guard(world, order_no)
    with pytest.raises(BadInput), world.nothing_written():
        quality.add(world.desk(AUDITOR), order_no, "听听")
    key = quality.add(world.desk(SUPERVISOR), order_no, "逐件检查")
    assert checks(world, AUDITOR) == {}
    assert quality.views(world.desk(AUDITOR))["to_check"] == 0
    assert quality.views(world.desk(SUPERVISOR))["to_check"] == 1
    for deed in (
        lambda: quality.sheet(world.desk(AUDITOR), key),
        lambda: quality.judge(world.desk(AUDITOR), key, all_passed()),
        lambda: quality.hear(world.desk(AUDITOR), key),
    ):
        with pytest.raises(BadInput, match="没有这条质检"), world.nothing_written():
            deed()
    quality.judge(world.desk(SUPERVISOR), key, all_passed(派单=FAILED), "说明")
    assert quality.sheet(world.desk(AGENT), key).row.points == 85
    quality.answer(world.desk(AGENT), key, "当时先派")
    with pytest.raises(BadInput), world.nothing_written():
        quality.decide(world.desk(AUDITOR), key, {}, "维持")
    assert QualityReason.CRISIS not in quality.figures(world.desk(AUDITOR)).by_reason


def leaked(world: World, staff_no: str, key: int) -> str:
    sheet = quality.sheet(world.desk(staff_no), key)
    return "\n".join([sheet.row.title, *(line for part in sheet.sections for line in part.lines)])


def test_a_secret_order_shows_only_its_kind_on_the_sheet(world: World) -> None:
    order_no = registered(
        world, kind=OrderKind.TIP_OFF, content="村支书侵占补助款", title="侵占补助", name="钟小兰"
    ).order_no
    key = quality.add(world.desk(SUPERVISOR), order_no, "保密规程检查")
    for staff_no in (SUPERVISOR, AUDITOR):
        words = leaked(world, staff_no, key)
        assert "举报（保密）" in words
        for secret in ("补助", "钟小兰", "13800001111", "老城社区"):
            assert secret not in words
    assert checks(world)[order_no].title == "举报（保密）"


def test_the_one_complained_of_does_not_see_who_complained(world: World) -> None:
    filed(world, number="13700001111", recording_no="REC-1")
    order_no = registered(
        world,
        by=OTHER_AGENT,
        number="13700001111",
        accused_name="话务员王芳",
        content="王芳挂我电话",
        name="钟小兰",
    ).order_no
    quality.draw(world.desk(SUPERVISOR))
    key = checks(world)[order_no].id
    quality.judge(world.desk(SUPERVISOR), key, all_passed(服务态度=FAILED), "语气生硬")
    own = quality.page(world.desk(AGENT), "own").rows[0]
    assert (own.order_no, own.title, own.recording_no) == ("", "", "REC-1")
    words = leaked(world, AGENT, key)
    assert "REC-1" in words
    for secret in ("挂我电话", "钟小兰", order_no, "13700001111"):
        assert secret not in words


def test_why_a_record_was_put_in_is_for_checkers(world: World) -> None:
    order_no = registered(world).order_no
    key = quality.add(world.desk(AUDITOR), order_no, "邻座钟小兰说他急躁")
    quality.judge(world.desk(AUDITOR), key, all_passed())
    assert "钟小兰" in leaked(world, SECOND_AUDITOR, key)
    assert "钟小兰" not in leaked(world, AGENT, key)


def test_of_a_confidential_complaint_not_even_the_call_is_told(world: World) -> None:
    filed(world, number="13700001111", recording_no="REC-1")
    order_no = registered(
        world, by=OTHER_AGENT, number="13700001111", accused_name="话务员王芳", is_confidential=True
    ).order_no
    quality.draw(world.desk(SUPERVISOR))
    key = checks(world)[order_no].id
    quality.judge(world.desk(SUPERVISOR), key, all_passed(服务态度=FAILED), "语气生硬")
    own = quality.page(world.desk(AGENT), "own").rows[0]
    assert (own.reason, own.recording_no, own.summary) == (QualityReason.BY_HAND, "", "")
    assert "REC-1" not in leaked(world, AGENT, key)
    with pytest.raises(NotAllowed, match="保密"), world.nothing_written():
        quality.hear(world.desk(AGENT), key)


# -- listening


def player(world: World, tmp_path: Path, body: str) -> Path:
    """Set a player that is a shell script of this body."""
    program, heard = tmp_path / "play", tmp_path / "heard"
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    program.chmod(0o700)
    set_to(world, "quality.player", [str(program), "{recording}", str(heard)])
    return heard


def test_a_recording_is_played_by_the_citys_program_and_who_heard_it_is_an_event(
    world: World, tmp_path: Path
) -> None:
    heard = player(world, tmp_path, 'echo "$1 $DESK_RECORDING" > "$2"')
    filed(world, recording_no="REC 9;$(id)")
    key = quality.add(world.desk(AUDITOR), "REC 9;$(id)", "抽听")
    assert quality.hear(world.desk(AUDITOR), key) == "REC 9;$(id)"
    assert heard.read_text(encoding="utf-8") == "REC 9;$(id) REC 9;$(id)\n"
    event = world.row("SELECT kind, data, actor_uid FROM events ORDER BY seq DESC LIMIT 1")
    assert event["kind"] == Deed.HEAR_RECORDING
    assert json.loads(event["data"])["recording"] == "REC 9;$(id)"
    assert event["actor_uid"] == world.desk(AUDITOR).actor.uid


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ([], "没有配置播放程序"),
        (["/nowhere/play"], "没有这个播放程序"),
    ],
)
def test_without_a_program_one_line_says_so(world: World, setting: list[str], line: str) -> None:
    set_to(world, "quality.player", setting)
    key = to_check(world)
    with pytest.raises(Refused, match=line), world.nothing_written():
        quality.hear(world.desk(AUDITOR), key)


def test_a_program_that_fails_says_how(world: World, tmp_path: Path) -> None:
    player(world, tmp_path, "exit 3")
    with pytest.raises(Refused, match="退出码 3"):
        quality.hear(world.desk(AUDITOR), to_check(world))


def test_a_program_that_others_may_change_is_not_run(world: World, tmp_path: Path) -> None:
    heard = player(world, tmp_path, 'echo x > "$2"')
    (tmp_path / "play").chmod(0o777)
    with pytest.raises(Refused, match="别人不能改"):
        quality.hear(world.desk(AUDITOR), to_check(world))
    assert not heard.exists()


def test_a_program_that_plays_for_ever_is_ended(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from desk.quality import hearing

    monkeypatch.setattr(hearing, "FAILS_WITHIN", 0.05)
    player(world, tmp_path, "sleep 600")
    set_to(world, "quality.player_seconds", 0.2)
    quality.hear(world.desk(AUDITOR), to_check(world))
    watching = [each for each in threading.enumerate() if each.name == "player"]
    assert len(watching) == 1
    watching[0].join(30)
    assert not watching[0].is_alive()


def test_hearing_a_secret_record_needs_a_reason(world: World, tmp_path: Path) -> None:
    player(world, tmp_path, "exit 0")
    order_no = registered(world, is_confidential=True).order_no
    key = quality.add(world.desk(SUPERVISOR), order_no, "规程检查")
    assert quality.needs_reason(world.desk(AUDITOR), key)
    with pytest.raises(BadInput, match="请填写事由"), world.nothing_written():
        quality.hear(world.desk(AUDITOR), key)
    quality.hear(world.desk(AUDITOR), key, "核对保密告知")


def test_the_one_checked_may_hear_his_own_and_nobody_elses(world: World, tmp_path: Path) -> None:
    player(world, tmp_path, "exit 0")
    key = judged(world)
    quality.hear(world.desk(AGENT), key)
    with pytest.raises(BadInput, match="没有这条质检"), world.nothing_written():
        quality.hear(world.desk(OTHER_AGENT), key)


# -- figures


def test_figures_say_what_is_owed_what_was_checked_the_mean_and_the_failing_items(world: World) -> None:
    for _ in range(39):
        filed(world)
    judged(world)
    judged(world, by=OTHER_AGENT, 服务态度=FAILED, 派单=FAILED)
    found = quality.figures(world.desk(SUPERVISOR), "2026-11")
    by_number = {each.staff_no: each for each in found.agents}
    mine = by_number[AGENT]
    assert (mine.records, mine.owed, mine.drawn, mine.checked, mine.mean) == (40, 2, 1, 1, 85.0)
    assert mine.share == 1 / 40
    assert dict(by_number[OTHER_AGENT].failed) == {"服务态度": 1, "派单": 1}
    assert (found.whole.records, found.whole.checked, found.whole.mean) == (41, 2, 75.0)
    assert found.by_reason[QualityReason.BY_HAND] == (2, 2)
    assert quality.figures(world.desk(SUPERVISOR), "2026-10").agents == ()


def test_an_agent_sees_only_his_own_figures(world: World) -> None:
    judged(world)
    judged(world, by=OTHER_AGENT)
    found = quality.figures(world.desk(AGENT))
    assert [each.staff_no for each in found.agents] == [AGENT]
    assert found.whole.checked == 1
    with pytest.raises(NotAllowed):
        quality.figures(world.desk("2101"))


def test_figures_go_out_as_a_sheet_with_an_event(world: World, tmp_path: Path) -> None:
    judged(world)
    path = tmp_path / "质检.xlsx"
    quality.export(world.desk(SUPERVISOR), path, "2026-11")
    rows = list(load_workbook(path).active.values)  # type: ignore[union-attr]
    assert rows[0][:5] == ("月份", "工号", "姓名", "话务", "应检")
    assert rows[1][:4] == ("2026-11", AGENT, "王芳", 1)
    assert rows[-1][2] == "合计"
    assert path.stat().st_mode & 0o777 == 0o600
    assert world.row("SELECT kind FROM events ORDER BY seq DESC LIMIT 1")["kind"] == Deed.EXPORTED
    with pytest.raises(NotAllowed), world.nothing_written():
        quality.export(world.desk(AGENT), tmp_path / "他人.xlsx")
    with pytest.raises(Refused), world.nothing_written():
        quality.export(world.desk(SUPERVISOR), path, "2026-11")


# -- hints


def test_a_checker_is_told_what_lacks_and_what_was_corrected(world: World) -> None:
    from desk import dispatch

    order_no = registered(world, name="", is_anonymous=False).order_no
    dispatch.correct(world.desk("1301"), order_no, reason="群众要求帮助", kind=OrderKind.HELP_REQUEST)
    key = quality.add(world.desk(AUDITOR), order_no, "抽听")
    found = {part.heading: part.lines for part in quality.sheet(world.desk(AUDITOR), key).sections}
    hints = "\n".join(found["系统提示（只供参考）"])
    assert "没有填姓名、时间" in hints
    assert "投诉 改 求助" in hints
    quality.judge(world.desk(AUDITOR), key, all_passed())
    own = [part.heading for part in quality.sheet(world.desk(AGENT), key).sections]
    assert "系统提示（只供参考）" not in own


def test_the_first_row_says_what_waits_for_an_answer(world: World) -> None:
    def waiting(staff_no: str) -> int:
        return counts.header_counts(world.desk(staff_no)).to_answer

    key = judged(world)
    assert [waiting(each) for each in (AGENT, OTHER_AGENT, AUDITOR, SECOND_AUDITOR)] == [1, 0, 0, 0]
    quality.answer(world.desk(AGENT), key, "派得对")
    assert [waiting(each) for each in (AGENT, AUDITOR, SECOND_AUDITOR, SUPERVISOR)] == [0, 0, 1, 1]
    quality.decide(world.desk(SUPERVISOR), key, {}, "维持")
    assert waiting(SECOND_AUDITOR) == 0
    judged(world, 派单=PASSED)
    assert waiting(AGENT) == 0
    judged(world)
    world.clock.tick(days=5)
    assert waiting(AGENT) == 0
