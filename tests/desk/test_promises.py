"""A question left with a promise: answered by who was asked, ended by ringing back, late at 班长 (practice P17)."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk import counts, intake, promises
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed, NotNow, Refused
from desk.promise_rows import PromiseRow
from tests.world import World

PHONE, TARGET = "13800000000", "specialist:驻点专员·市本级"
CALL = CallNote(PHONE, "12333", outside_id="A1")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "desk.db", settings={"transfer.desks": {"驻点专员·市本级": ["1204"]}})


def left(world: World, target: str = TARGET) -> PromiseRow:
    return promises.promise(world.desks["1203"], target, "外省的养老怎么转过来", CALL, caller_name="李先生")


def last_event(world: World) -> tuple[str, dict[str, Any]]:
    row = world.row("SELECT kind, data FROM events ORDER BY seq DESC LIMIT 1")
    return row["kind"], json.loads(row["data"])


def seen_by(world: World, staff_no: str) -> list[int]:
    return [row.id for row in promises.board(world.desks[staff_no])]


def test_a_question_is_left_with_ten_minutes_and_the_call_is_filed_by_one_event(world: World) -> None:
    row = left(world)
    assert row.due_at - world.clock.now == timedelta(minutes=10)
    assert world.row("SELECT count(*) AS n FROM events")["n"] == 1
    kind, data = last_event(world)
    assert (kind, "李先生" in str(data), PHONE in str(data)) == ("promise_answer", False, False)
    assert world.row("SELECT summary, outside_id FROM calls") == {"summary": "transfer", "outside_id": "A1"}
    (told,) = promises.board(world.desks["1204"])
    assert (told.question, told.number, told.asked_by) == ("外省的养老怎么转过来", PHONE, "王芳")
    assert (told.is_to_answer, told.is_asked_here) == (True, False)
    (mine,) = promises.board(world.desks["1203"])
    assert (mine.is_to_answer, mine.is_asked_here) == (False, True)
    assert [seen_by(world, staff_no) for staff_no in ("1002", "1301", "2101")] == [[], [], []]
    assert counts.header_counts(world.desks["1002"]).promises == 1


def test_late_it_stands_at_the_supervisor(world: World) -> None:
    row = left(world)
    world.clock.tick(minutes=10)
    assert seen_by(world, "1002") == [row.id]
    promises.keep(world.desks["1002"], row.id, "先办转移接续申请")
    assert last_event(world)[1]["is_late"] is True
    assert seen_by(world, "1002") == seen_by(world, "1203") == []


def test_who_was_asked_rings_back_himself(world: World) -> None:
    row = left(world)
    world.clock.tick(minutes=4)
    done = promises.keep(world.desks["1204"], row.id, "网上申请，45 个工作日")
    assert (done.is_over, done.answer, done.answered_by) == (True, "网上申请，45 个工作日", "话务乙")
    kind, data = last_event(world)
    assert (kind, data["outcome"], data["is_late"]) == ("keep_promise", "kept", False)
    out = world.row("SELECT * FROM calls WHERE direction = 'outbound'")
    assert (out["number"], out["line"], out["summary"]) == (PHONE, "12333", "call_out")
    assert out["answered_at"] is not None
    assert seen_by(world, "1204") == seen_by(world, "1203") == []
    for again in (promises.keep, promises.answer):
        with world.nothing_written(), pytest.raises(NotNow):
            again(world.desks["1204"], row.id, "再说一遍")


def test_or_writes_the_answer_and_whoever_left_the_question_rings_back(world: World) -> None:
    row = left(world)
    operator = world.desks["1203"]
    with world.nothing_written():
        with pytest.raises(BadInput, match="还没有答复"):
            promises.keep(operator, row.id)
        with pytest.raises(NotAllowed, match="驻点专员·市本级"):
            promises.keep(operator, row.id, "我猜可以")
        with pytest.raises(NotAllowed):
            promises.answer(operator, row.id, "我猜可以")
    assert promises.answer(world.desks["1204"], row.id, "网上申请").answer == "网上申请"
    assert last_event(world)[0] == "answer_promise"
    assert seen_by(world, "1203") == [row.id]
    assert promises.keep(operator, row.id, "网上申请").is_over


def test_three_attempts_in_vain_end_it(world: World) -> None:
    row, specialist = left(world), world.desks["1204"]
    for attempt in (1, 2, 3):
        row = promises.log_attempt(specialist, row.id)
        assert (row.attempts, row.is_over) == (attempt, attempt == 3)
    assert last_event(world)[1]["outcome"] == "unreached"
    missed = world.rows("SELECT note, answered_at FROM calls WHERE direction = 'outbound'")
    assert missed == [{"note": "承诺回电，未接通", "answered_at": None}] * 3


def test_a_call_that_led_to_an_order_is_one_record(world: World) -> None:
    intake.decline(world.desks["1203"], intake.OrderForm(content="养老转移"), "lawsuit", CALL)
    left(world)
    assert world.row("SELECT count(*) AS n FROM calls")["n"] == 1


@pytest.mark.parametrize(
    ("target", "question", "call", "error"),
    [
        ("seat:T1204", "问", CALL, Refused),
        ("specialist:无", "问", CALL, BadInput),
        (TARGET, " ", CALL, BadInput),
        (TARGET, "问", CallNote(""), BadInput),
    ],
)
def test_what_cannot_be_kept_is_refused(
    world: World, target: str, question: str, call: CallNote, error: type[Refused]
) -> None:
    with world.nothing_written(), pytest.raises(error):
        promises.promise(world.desks["1203"], target, question, call)
    with world.nothing_written(), pytest.raises(NotAllowed):
        promises.promise(world.desks["1301"], TARGET, "问", CALL)
    with world.nothing_written(), pytest.raises(BadInput):
        promises.log_attempt(world.desks["1204"], 99)


def test_a_desk_that_nobody_sits_at_takes_no_question(tmp_path: Path) -> None:
    world = World(tmp_path / "empty.db", settings={"transfer.desks": {"驻点专员·市本级": []}})
    with pytest.raises(Refused, match="请转或留给班长"):
        left(world)
    assert world.rows("SELECT * FROM promises") == world.rows("SELECT * FROM calls") == []
    assert left(world, "supervisor:班长").target == "班长"
