"""The invented day is lively, whole, and the same every time (issue 2, point 1)."""

import fcntl
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.check import check
from db.codes import Deed, Status
from db.engine import Database
from db.queries import work_orders
from db.times import to_ms
from desk import abilities, counts, dispatch, hotline_day, my_tickets, session, special_seats
from desk.launch import LaunchOptions
from desk.session import Opening
from seed import demo, demo_day
from seed.cast import PIN
from seed.story import matters

NOW = datetime(2026, 11, 23, 6, 32, tzinfo=UTC)
RARE = {Status.TO_PANEL}


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A filled demo store as of NOW, filled once for all workers of a run: they read only."""
    shared = tmp_path_factory.getbasetemp().parent / "filled.db"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            filling = shared.with_suffix(".filling")
            database = demo_day.prepare(filling, NOW)
            demo_day.fill(database, NOW)
            database.close()
            filling.rename(shared)
    return Database(shared, is_throw_away=True)


def number(day: Database, sql: str) -> int:
    """Return the first figure of a SELECT on the day; `:now` is NOW in ms."""
    with day.read() as reader:
        return int(reader.value(sql, now=to_ms(NOW)) or 0)


def test_some_four_hundred_orders_stand_in_every_status(day: Database) -> None:
    assert 380 <= number(day, "SELECT count(*) FROM work_orders WHERE :now") <= 440
    with day.read() as reader:
        found = {Status(row["status"]) for row in reader.all("SELECT DISTINCT status FROM work_orders")}
    assert found >= set(Status) - RARE


def test_several_are_overdue_several_in_the_pool_and_one_emergency_runs(day: Database) -> None:
    assert number(day, "SELECT count(*) FROM work_orders WHERE is_open AND press_at < :now") >= 10
    assert number(day, "SELECT count(*) FROM work_orders WHERE pool_grade = 'D' AND :now") >= 8
    assert number(day, "SELECT count(*) FROM work_orders WHERE pool_grade = 'C' AND :now") >= 3
    assert (
        number(
            day, "SELECT count(*) FROM emergencies WHERE contained_at IS NULL AND ended_at IS NULL AND :now"
        )
        == 1
    )


def returns(day: Database, now: datetime) -> list[tuple[int, bool]]:
    """Return of each 退单 that waits how often its order was returned, and whether it may be decided in time."""
    sql = (
        "SELECT q.due_at > :now AS is_in_time, (SELECT count(*) FROM requests e WHERE e.order_id = q.order_id"
        " AND e.kind = 'return') AS times FROM requests q WHERE q.kind = 'return' AND q.verdict = 'pending'"
    )
    with day.read() as reader:
        return sorted((row["times"], bool(row["is_in_time"])) for row in reader.all(sql, now=to_ms(now)))


def test_a_helping_unit_waits_to_be_let_go(day: Database) -> None:
    sql = "SELECT count(*) FROM requests WHERE kind = 'part_return' AND verdict = 'pending' AND due_at > :now"
    with day.read() as reader:
        assert reader.value(sql, now=to_ms(NOW)) == 1


def test_three_returns_wait_for_a_verdict_one_of_them_the_second_of_its_order(day: Database) -> None:
    assert [times for times, is_in_time in returns(day, NOW) if is_in_time] == [1, 1, 2]


def test_each_of_them_names_the_unit_whose_matter_it_is(day: Database) -> None:
    department = {matter["title"]: matter["department"] for matter in matters()}
    sql = (
        "SELECT o.title, o.steward_id, u.id, u.department FROM requests q JOIN work_orders o ON o.id = q.order_id"
        " JOIN units u ON u.id = q.target_unit_id WHERE q.kind = 'return' AND q.verdict = 'pending'"
    )
    with day.read() as reader:
        waiting = reader.all(sql)
    assert len(waiting) >= 3
    for row in waiting:
        assert row["id"] != row["steward_id"]
        assert row["department"] == department[row["title"]]


def test_they_wait_in_the_small_hours_of_a_sunday_too(tmp_path: Path) -> None:
    night = datetime(2026, 11, 21, 19, 10, tzinfo=UTC)
    database = demo_day.prepare(tmp_path / "night.db", night)
    demo_day.fill(database, night)
    assert [times for times, is_in_time in returns(database, night) if is_in_time] == [1, 1, 2]


def test_a_session_was_held_one_is_to_come_and_a_request_waits_for_the_leader(day: Database) -> None:
    opening = session.named(Opening(day, lambda: NOW, "试"))
    supervisor, leader = session.sit_down(opening, demo.SUPERVISOR), session.sit_down(opening, "1003")
    board = hotline_day.board(supervisor)
    assert board.coming is not None
    assert (board.figures.sessions, board.figures.orders, board.coming.orders >= 2) == (2, 3, True)
    overdue = [
        line for line in hotline_day.lines(supervisor, "decisions") if line.due_at and line.due_at < NOW
    ]
    assert len(overdue) == 1
    assert my_tickets.page(leader, "escalation").total == 1


def test_the_supervisor_may_decide_each_of_them(day: Database) -> None:
    opening = session.named(Opening(day, lambda: NOW, "试"))
    supervisor = session.sit_down(opening, demo.SUPERVISOR)
    page = dispatch.queue(supervisor, "returned")
    with day.read() as reader:
        for row in page.rows:
            order = work_orders.by_number(reader, row.order_no)
            assert abilities.why_not(supervisor, reader, Deed.GRANT_RETURN, order) == ""
    assert page.total >= 3


def test_everybody_of_the_demo_logs_in_with_its_pin() -> None:
    opening = demo.open_demo(LaunchOptions(demo=True, at=NOW))
    assert PIN in opening.hint
    with opening.database.light_write():
        """The day is filled."""
    for staff_no in ("1203", "2102", demo.SUPERVISOR):
        desk = session.log_in(opening, staff_no, PIN)
        assert desk.actor.staff_no == staff_no
        assert not desk.actor.must_change_pin
    with opening.database.read() as reader:
        assert reader.value("SELECT count(*) FROM staff WHERE pin_hash IS NULL") == 0


def test_nothing_happens_after_now_and_the_chain_is_whole(day: Database) -> None:
    assert number(day, "SELECT count(*) FROM events WHERE at > :now") == 0
    assert list(check(day)) == []


def test_calls_are_on_record_with_their_summaries(day: Database) -> None:
    assert number(day, "SELECT count(*) FROM calls WHERE :now") > 300
    assert (
        number(day, "SELECT count(*) FROM calls WHERE direction = 'inbound' AND summary IS NULL AND :now")
        == 0
    )


def test_the_same_day_every_time(day: Database, tmp_path: Path) -> None:
    again = demo_day.prepare(tmp_path / "again.db", NOW)
    demo_day.fill(again, NOW)
    sql = "SELECT order_no, title, status, steward_id, press_at, grade FROM work_orders ORDER BY id"
    with day.read() as first, again.read() as second:
        assert [tuple(row) for row in first.all(sql)] == [tuple(row) for row in second.all(sql)]  # type: ignore[arg-type]


def test_the_supervisor_sits_there_at_once_and_sees_the_day_come(day: Database) -> None:
    opening: Opening = demo.open_demo(LaunchOptions(demo=True, at=NOW))
    desk = opening.desk
    assert desk is not None
    assert desk.actor.staff_no == demo.SUPERVISOR
    with desk.database.light_write():
        pass
    assert counts.header_counts(desk).to_dispatch >= 10
    assert abs((desk.now() - NOW).total_seconds()) < 120


def test_another_of_its_people_sits_there_when_named() -> None:
    opening = demo.open_demo(LaunchOptions(demo=True, as_staff_no="2101", at=NOW))
    assert opening.desk is not None
    assert opening.desk.actor.unit_name == "县城管局"


def test_an_unknown_number_is_told(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="没有工号 7777"):
        demo.open_demo(LaunchOptions(demo=True, as_staff_no="7777", at=NOW))


def test_the_clock_of_a_demo_goes_on_at_its_own_pace() -> None:
    clock = demo._clock(NOW)
    first = clock()
    time.sleep(0.01)
    assert NOW <= first < clock()
    assert demo._clock(None) is session.utc_now


def test_a_few_cases_without_a_number_and_teams_of_invented_people_are_there(day: Database) -> None:
    assert number(day, "SELECT count(*) FROM cases WHERE published_at IS NOT NULL AND :now") >= 3
    assert number(day, "SELECT count(*) FROM cases WHERE published_at IS NULL AND :now") == 1
    assert number(day, "SELECT count(*) FROM team_members WHERE name LIKE '演练%' AND :now") == 3
    assert (
        number(
            day,
            "SELECT count(*) FROM cases WHERE matter || handling GLOB '*1[3-9]' || replace(hex(zeroblob(9)), '00', '[0-9]') || '*' AND :now",
        )
        == 0
    )


def test_the_seats_have_applications_at_every_step_and_visits_of_every_fate(day: Database) -> None:
    with day.read() as reader:
        states = {row["state"] for row in reader.all("SELECT DISTINCT state FROM applications")}
        fates = {row["outcome"] for row in reader.all("SELECT DISTINCT outcome FROM visits")}
    assert states >= {"pending", "sent_back", "passed", "refused", "answered", "booked", "visited"}
    assert fates == {"booked", "done", "no_show"}
    opening = session.named(Opening(day, lambda: NOW, "试"))
    at_the_seat = special_seats.page(session.sit_down(opening, "1203")).rows
    assert sum(bool(row.to_tell) for row in at_the_seat) == 2
    assert any(row.is_overdue for row in at_the_seat)
    assert special_seats.page(session.sit_down(opening, "2171")).total >= 2
    visits = special_seats.page(session.sit_down(opening, "2181")).rows
    assert [row.reminder for row in visits] == ["明天上门", ""]


def test_records_were_checked_and_every_phoned_order_has_its_call(day: Database) -> None:
    with day.read() as reader:
        states = {row["state"] for row in reader.all("SELECT DISTINCT state FROM quality_checks")}
    assert states == {"to_check", "judged", "answered", "settled"}
    assert number(day, "SELECT count(*) FROM calls WHERE summary = 'nuisance' AND :now") == 3
    taken = "(SELECT count(*) FROM calls WHERE summary = 'new_order' AND recording_no IS NOT NULL)"
    assert number(day, f"SELECT {taken} WHERE :now") > 200
