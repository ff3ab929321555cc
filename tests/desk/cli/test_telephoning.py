"""`desk ring | answer | hangup`: what the telephone system tells, seats see; no call goes unrecorded."""

import getpass
import json
from dataclasses import replace

import pytest

from db.codes import CallSummary
from desk import seats, telephone
from desk.calls import CallNote
from desk.intake.calling import file_call
from tests.desk.cli.conftest import Command
from tests.world import World


def test_a_call_rings_is_answered_and_ends(command: Command, world: World) -> None:
    seat = world.desk("1203")
    assert command("ring", "138 0000 0000", "--call", "A1").out == "振铃：A1\n"
    assert [ring.phone for ring in seat.work.waiting_rings(seat.seat)] == ["13800000000"]
    world.clock.tick(seconds=8)
    assert command("answer", "--call", "A1", "--seat", seat.seat).status == 0
    running = telephone.running(seat)
    assert running is not None
    assert (running.call_id, running.phone, running.line, running.was_answered) == (
        "A1",
        "13800000000",
        "12345",
        True,
    )
    assert (running.answered_at - running.rang_at).seconds == 8  # type: ignore[operator]
    told = json.loads(command("hangup", "--call", "A1", "--json").out)
    assert told["ended_at"] == "2026-11-23T09:00:08+08:00"
    assert telephone.running(seat) is None
    assert world.rows("SELECT * FROM calls") == []


def test_a_call_that_nobody_hears_is_told(command: Command, world: World) -> None:
    seat = world.desk("1203")
    said = command("ring", "13800000000", "--seat", "77")
    assert said.status == 0
    assert said.err == "座席 77 现在没有人签入：来电在那里等着，请核对座席号\n"
    seats.sit_down(seat)
    assert command("ring", "13800000000", "--seat", seat.seat).err == ""
    assert command("ring", "13800000000").err == ""


def test_the_operators_record_learns_when_the_call_ended(command: Command, world: World) -> None:
    seat = world.desk("1203")
    command("ring", "13800000000", "--call", "A1", "--seat", seat.seat)
    command("answer", "--call", "A1")
    note = CallNote(number="13800000000", line="12345", outside_id="A1", summary=CallSummary.WRONG_NUMBER)
    file_call(seat, replace(note))
    world.clock.tick(minutes=2)
    command("hangup", "--call", "A1")
    row = world.row("SELECT summary, ended_at - answered_at AS lasted FROM calls")
    assert row == {"summary": "wrong_number", "lasted": 120_000}
    assert len(world.rows("SELECT * FROM calls")) == 1


def test_a_call_that_nobody_took_is_recorded_as_missed(command: Command, world: World) -> None:
    command("ring", "", "--line", "12333", "--call", "A1")
    assert "未接听，已记录" in command("hangup", "--call", "A1").out
    row = world.row("SELECT number, line, answered_at, staff_id, summary, uid FROM calls")
    uid = row.pop("uid")
    assert row == {"number": None, "line": "12333", "answered_at": None, "staff_id": None, "summary": None}
    event = world.row("SELECT kind, actor_uid, data FROM events ORDER BY seq DESC LIMIT 1")
    assert (event["kind"], event["actor_uid"]) == ("file_call", None)
    assert json.loads(event["data"]) == {"call": uid, "missed": True, "os_account": getpass.getuser()}
    assert command("check").status == 0


def test_the_same_call_told_twice_is_one(command: Command, world: World) -> None:
    command("ring", "13800000000", "--call", "A1")
    command("ring", "13900000000", "--call", "A1")
    rings = world.desk("1203").work.waiting_rings("T1203")
    assert [ring.phone for ring in rings] == ["13800000000"]


def test_a_call_without_an_id_gets_one(command: Command) -> None:
    told = json.loads(command("ring", "13800000000", "--json").out)
    assert command("hangup", "--call", told["call"]).status == 0


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("ring", "不是号码"), "来电号码不像电话号码"),
        (("ring", "13800000000", "--line", "110"), "拨打热线须为 12345、12333"),
        (("answer", "--call", "none", "--seat", "1"), "没有编号为 none 的通话"),
        (("answer", "--call", "open"), "请用 --seat 说明由谁接听"),
        (("answer", "--call", "taken", "--seat", "2"), "通话 taken 已由座席 1 接听"),
        (("answer", "--call", "over", "--seat", "2"), "通话 over 已结束"),
        (("hangup", "--call", "over"), "通话 over 此前已结束"),
        (("hangup", "--call", "none"), "没有编号为 none 的通话"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(command: Command, words: tuple[str, ...], line: str) -> None:
    for call in ("open", "taken", "over"):
        command("ring", "13800000000", "--call", call)
    command("answer", "--call", "taken", "--seat", "1")
    command("hangup", "--call", "over")
    ran = command(*words)
    assert (ran.status, ran.out) == (2, "")
    assert line in ran.err
    assert ran.err.count("\n") == 1
