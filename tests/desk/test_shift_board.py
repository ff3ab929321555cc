"""当班: seats, calls against summaries, 待回拨, promises, queues, roles; and what is behind each line (practice P31, P27)."""

from datetime import timedelta
from typing import Any

import pytest

from db.codes import CallSummary, OrderKind
from desk import intake, promises, seats, shift_board, telephone
from desk.calls import CallNote
from desk.errors import BadInput, NotAllowed
from desk.session import Opening
from desk.shift_rows import BehindRow, Board, BoardKind, BoardLine
from tests.desk.quality_desk import registered
from tests.world import START, World

SUPERVISOR, AGENT, OTHER = "1002", "1203", "1204"


@pytest.fixture
def exchange(world: World) -> Opening:
    return Opening(world.database, world.clock, "pbx", site="CY01")


@pytest.fixture(autouse=True)
def two_at_their_seats(world: World) -> None:
    for staff_no in (AGENT, SUPERVISOR):
        seats.sit_down(world.desks[staff_no])


def rung(world: World, exchange: Opening, key: str, *, after: float | None = 5, seat: str = "T1203") -> None:
    """A call that rings, is answered after so many seconds (None: not at all)."""
    telephone.ring(exchange, f"1380000{key:0>4}", "12345", seat=seat, call_id=key)
    if after is not None:
        world.clock.tick(seconds=after)
        telephone.answer(exchange, key)


def hung_up(world: World, exchange: Opening, key: str, *, after: float = 20) -> None:
    world.clock.tick(seconds=after)
    telephone.hang_up(exchange, key, "pbx")


def summarised(world: World, key: str, by: str = AGENT) -> None:
    intake.file_call(
        world.desks[by],
        CallNote(number=f"1380000{key:0>4}", line="12345", summary=CallSummary.PROGRESS, outside_id=key),
    )


def look(world: World, by: str = SUPERVISOR) -> Board:
    for staff_no in (AGENT, SUPERVISOR):
        seats.be_seen(world.desks[staff_no])
    return shift_board.board(world.desks[by])


def lines(world: World, kind: BoardKind) -> list[BoardLine]:
    return [line for line in look(world).lines if line.kind is kind]


def behind(world: World, kind: BoardKind) -> list[BehindRow]:
    (line,) = lines(world, kind)[-1:]
    return list(shift_board.behind(world.desks[SUPERVISOR], line.key))


def seat_words(world: World, seat: str = "T1203") -> tuple[str, int]:
    line = next(each for each in lines(world, BoardKind.SEAT) if each.key == f"seat:{seat}")
    assert line.since is not None
    return line.words.partition("，")[0], int((world.clock.now - line.since).total_seconds())


def test_a_seat_goes_from_free_through_a_call_and_its_paper_work_to_free(
    world: World, exchange: Opening
) -> None:
    world.clock.tick(seconds=30)
    assert seat_words(world) == ("空闲", 30)
    rung(world, exchange, "1")
    world.clock.tick(seconds=9)
    assert seat_words(world) == ("通话", 9)
    hung_up(world, exchange, "1")
    world.clock.tick(seconds=40)
    assert seat_words(world) == ("话后整理", 40)
    summarised(world, "1")
    world.clock.tick(seconds=10)
    assert seat_words(world) == ("空闲", 50)
    seats.rest(world.desks[AGENT])
    world.clock.tick(seconds=10)
    assert seat_words(world) == ("小休", 10)
    for _ in range(20):
        world.clock.tick(minutes=1)
        seats.be_seen(world.desks[AGENT])
    (line,) = [each for each in lines(world, BoardKind.SEAT) if each.key == "seat:T1203"]
    assert line.is_alarming
    assert "签入 09:00" in line.words


def test_a_call_that_somebody_else_left_at_the_seat_is_not_the_sitters_paper_work(
    world: World, exchange: Opening
) -> None:
    rung(world, exchange, "1")
    hung_up(world, exchange, "1")
    seats.stand_up(world.desks[AGENT])
    world.clock.tick(seconds=5)
    seats.sit_down(world.desks[AGENT])
    assert seat_words(world)[0] == "空闲"
    assert [line.what for line in lines(world, BoardKind.NO_SUMMARY)] == ["1 通"]
    assert behind(world, BoardKind.NO_SUMMARY)[0].who == "T1203 没有人"


def test_calls_stand_against_summaries(world: World, exchange: Opening) -> None:
    for key in ("1", "2", "3"):
        rung(world, exchange, key)
        hung_up(world, exchange, key)
    summarised(world, "1")
    rung(world, exchange, "4")
    found = look(world)
    assert (found.figures.ended, found.figures.summarised, found.figures.running) == (3, 1, 1)
    (line,) = [each for each in found.lines if each.kind is BoardKind.CALLS]
    assert (line.what, line.words, line.is_alarming) == ("1/3", "有小结的/结束的通话，通话中 1", True)
    rows = behind(world, BoardKind.NO_SUMMARY)
    assert [(row.who, row.words) for row in rows] == [
        ("T1203 王芳 1203", "138****0002 没有小结，5 秒接听"),
        ("T1203 王芳 1203", "138****0003 没有小结，5 秒接听"),
    ]


def test_figures_of_the_line_are_those_of_the_standard(world: World, exchange: Opening) -> None:
    for key, after in (("1", 5), ("2", 15), ("3", 16), ("4", None)):
        rung(world, exchange, key, after=after)
        hung_up(world, exchange, key)
    intake.file_call(world.desks[AGENT], CallNote(number="13800005555", summary=CallSummary.PROGRESS))
    found = look(world).figures
    assert (found.offered, found.answered, found.missed) == (5, 4, 1)
    assert (found.timed, found.in_time) == (3, 2)
    assert found.answered_share == 0.8
    assert found.in_time_share == 2 / 3
    words = [row.words for row in behind(world, BoardKind.PICK_UP)]
    assert words == ["138****0004 未接", "138****0003 没有小结，16 秒接听"]


def test_what_rings_now_is_told_until_it_is_stale(world: World, exchange: Opening) -> None:
    rung(world, exchange, "1", after=None, seat="")
    world.clock.tick(seconds=30)
    ringing, whole = lines(world, BoardKind.PICK_UP)
    assert (ringing.what, ringing.since, ringing.is_alarming) == ("振铃 1 路", START, True)
    assert whole.what == "接通 --"
    world.clock.tick(minutes=10)
    assert len(lines(world, BoardKind.PICK_UP)) == 1


def test_calls_of_the_shift_before_count_no_more(world: World, exchange: Opening) -> None:
    rung(world, exchange, "1")
    hung_up(world, exchange, "1")
    world.clock.tick(hours=10)
    found = look(world)
    assert found.shift == "夜班 18:00-08:00"
    assert found.figures.offered == 0


def test_numbers_to_be_rung_back_are_counted_with_their_tries(world: World) -> None:
    desk = world.desks[AGENT]
    body: dict[str, Any] = {"values": {"number": "13700001111"}, "call": {"attempts": 3}}
    intake.save_draft(desk, body, "13700001111 断线", is_held=True)
    intake.save_draft(desk, {"values": {"number": "13700002222"}}, "13700002222", is_held=True)
    intake.save_draft(desk, {"values": {"number": "13700003333"}}, "正在填")
    (line,) = lines(world, BoardKind.RING_BACK)
    assert (line.what, line.is_alarming) == ("2 个", True)
    rows = behind(world, BoardKind.RING_BACK)
    assert [row.words for row in rows] == [
        "137****1111  已拨 3 次，在本人 F2 草稿里",
        "137****2222  还没有拨，在本人 F2 草稿里",
    ]
    assert all(row.who == "T1203 1203" for row in rows)


def test_a_promise_that_is_late_stands_out(world: World) -> None:
    call = CallNote(number="13700001111", line="12333")
    promises.promise(world.desks[AGENT], "supervisor:班长", "转移接续怎么办", call)
    (line,) = lines(world, BoardKind.PROMISE)
    assert (line.what, line.is_alarming) == ("未到时", False)
    world.clock.tick(minutes=30)
    (line,) = lines(world, BoardKind.PROMISE)
    assert (line.what, line.is_alarming) == ("超期 1", True)
    (row,) = behind(world, BoardKind.PROMISE)
    assert "王芳" in row.words
    assert "已超时" in row.words
    assert "转移接续" not in row.words


def test_each_queue_tells_its_longest_waiting_order(world: World) -> None:
    first = world.order(title="先来的").order_no
    world.clock.tick(minutes=7)
    secret = world.order(kind=OrderKind.TIP_OFF, title="侵占补助").order_no
    (line,) = lines(world, BoardKind.QUEUE)
    assert (line.what, line.order_no, line.since) == ("待派单 2 件", first, START)
    assert not line.is_alarming
    rows = behind(world, BoardKind.QUEUE)
    assert [row.order_no for row in rows] == [first, secret]
    assert "举报（保密）" in rows[1].words
    assert "补助" not in rows[1].words
    world.clock.tick(hours=5)
    assert lines(world, BoardKind.QUEUE)[0].is_alarming


def test_a_role_that_nobody_holds_falls_to_the_supervisor(world: World) -> None:
    found = {line.what: line for line in lines(world, BoardKind.ROLE)}
    assert set(found) == {"派单员", "应急值班员", "审核员", "回访员"}
    assert found["派单员"].words == "没有人签入，由值班长代：班长甲 1002"
    rows = shift_board.behind(world.desks[SUPERVISOR], found["派单员"].key)
    assert [(row.who, row.words) for row in rows] == [
        ("派单甲 1301", "没有签入"),
        ("派单乙 1302", "没有签入"),
    ]
    seats.sit_down(world.desks["1301"])
    assert "派单员" not in {line.what for line in lines(world, BoardKind.ROLE)}
    seats.stand_up(world.desks[SUPERVISOR])
    told = {line.what: line.words for line in shift_board.board(world.desks[SUPERVISOR]).lines}
    assert told["班长"] == "没有人签入"
    assert told["应急值班员"] == "没有人签入，也没有值班长"


def test_at_night_nobody_expects_auditors(world: World) -> None:
    world.clock.tick(hours=12)
    assert {line.what for line in lines(world, BoardKind.ROLE)} == {"派单员", "应急值班员"}


def test_behind_a_seat_stand_its_calls_with_their_orders(world: World, exchange: Opening) -> None:
    order_no = registered(world).order_no
    rung(world, exchange, "1")
    hung_up(world, exchange, "1")
    rows = shift_board.behind(world.desks[SUPERVISOR], "seat:T1203")
    assert [(row.words, row.order_no) for row in rows] == [
        ("138****0001 没有小结，5 秒接听", ""),
        ("138****1111 新建工单", order_no),
    ]


@pytest.mark.parametrize("staff_no", [AGENT, "1301", "1501", "1701", "2101"])
def test_the_page_is_the_supervisors(world: World, staff_no: str) -> None:
    for ask in (shift_board.board, lambda desk: shift_board.behind(desk, "calls:")):
        with pytest.raises(NotAllowed, match="当班页由班长查看"):
            ask(world.desk(staff_no))


@pytest.mark.parametrize("key", ["", "nothing:", "queue:closed", "queue:[/b]"])
def test_a_key_that_is_none_is_refused(world: World, key: str) -> None:
    with pytest.raises(BadInput, match="刷新后再选"):
        shift_board.behind(world.desks[SUPERVISOR], key)


def test_reading_the_page_writes_nothing(world: World) -> None:
    with world.nothing_written():
        look(world)
    assert look(world).begins == START - timedelta(hours=1)
