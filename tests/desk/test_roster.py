"""值班表: who stands which shift, swaps and gaps; who is on duty is rung first."""

from datetime import date, timedelta

import pytest

from db.check import check
from db.codes import Deed, TeamName, TeamRole
from desk import counts, emergency, roster, stewardship
from desk.errors import BadInput, NotAllowed, Refused
from desk.rules.roster import DAY
from tests.desk.emergencies import an_emergency, unit_key
from tests.world import World

OFFICER, LIAISON, OTHER_UNIT, AGENT = "1401", "2101", "2201", "1203"
TODAY = date(2026, 11, 23)
NIGHT, BY_DAY = "夜班", "白班"


@pytest.fixture
def members(world: World) -> dict[str, int]:
    """Three people of 县城管局, by name."""
    people = (("演练甲", "13800000011"), ("演练乙", "13800000012"), ("演练丙", "13800000013"))
    for place, (name, phone) in enumerate(people):
        role = TeamRole.LEADER if place == 2 else TeamRole.MEMBER
        stewardship.add_member(world.desk(LIAISON), name, phone, team=TeamName.RESPONSE, role=role)
    return {each.name: each.key for each in roster.people(world.desk(OFFICER), unit_key(world, "CY-CGJ"))}


def changes(world: World) -> list[dict[str, object]]:
    return world.rows("SELECT * FROM events WHERE kind = :kind ORDER BY seq", kind=str(Deed.ROSTER_CHANGED))


def test_the_team_leader_comes_first_and_the_other_team_is_another(
    world: World, members: dict[str, int]
) -> None:
    assert list(members) == ["演练丙", "演练甲", "演练乙"]
    assert stewardship.teams(world.desk(LIAISON)) == ()
    assert len(stewardship.teams(world.desk(LIAISON), team=TeamName.RESPONSE)) == 3


def test_a_month_is_planned_and_every_gap_is_seen_before(world: World, members: dict[str, int]) -> None:
    desk = world.desk(OFFICER)
    assert counts.header_counts(desk).gaps == len(roster.gaps(desk)) == 16
    done = roster.plan(desk, TODAY, TODAY + 30 * DAY)
    assert (done.count, done.gaps) == (62, ())
    assert roster.gaps(desk, 30) == ()
    assert counts.header_counts(desk).gaps == 0
    assert counts.header_counts(world.desk(AGENT)).gaps == 0
    page = roster.day(desk, TODAY)
    assert [unit.unit for unit in page.units] == ["县城管局"]
    assert all(page.units[0].stands[name] for name in (BY_DAY, NIGHT))
    assert roster.plan(desk, TODAY, TODAY + 30 * DAY).count == 0, "what is there stays"
    assert len(changes(world)) == 1
    assert list(check(world.database)) == []


def test_who_is_on_duty_is_rung_first_then_the_team(world: World, members: dict[str, int]) -> None:
    world.clock.tick(hours=1)
    order_no = an_emergency(world).order_no
    roster.assign(world.desk(OFFICER), unit_key(world, "CY-CGJ"), TODAY, BY_DAY, members["演练乙"])
    rows = [
        row
        for row in emergency.callees(world.desk(OFFICER), order_no, "城管")
        if row.name.startswith("县城管局 ")
    ]
    assert [row.name.split()[1] for row in rows] == ["演练乙", "演练丙", "演练甲"]
    assert "白班值班" in rows[0].hint
    assert "队长" in rows[1].hint


def test_two_people_exchange_their_turns_and_the_reason_stays(world: World, members: dict[str, int]) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    mine = roster.assign(desk, unit, TODAY + DAY, NIGHT, members["演练甲"])
    theirs = roster.assign(desk, unit, TODAY + 3 * DAY, NIGHT, members["演练乙"])
    offered = [row.key for row in roster.swaps(desk, mine.key)]
    assert f"t{theirs.key}" in offered
    assert f"m{members['演练丙']}" in offered
    first, second = roster.swap(desk, mine.key, theirs.key, "家中有事")
    assert (first.name, second.name) == ("演练甲", "演练乙")
    page = roster.day(desk, TODAY + DAY).units[0]
    assert [each.name for each in page.stands[NIGHT]] == ["演练乙"]
    rows = world.rows("SELECT why FROM roster_shifts WHERE dropped_at IS NOT NULL")
    assert [row["why"] for row in rows] == ["家中有事", "家中有事"]
    with pytest.raises(BadInput, match="已改动"):
        roster.swap(desk, mine.key, second.key, "再换")


def test_a_stand_in_takes_one_turn_and_a_shift_too_many_is_said(
    world: World, members: dict[str, int]
) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    mine = roster.assign(desk, unit, TODAY + DAY, BY_DAY, members["演练甲"])
    assert roster.assign(desk, unit, TODAY + DAY, NIGHT, members["演练乙"]).is_without_rest is False
    turn = roster.stand_in(desk, mine.key, members["演练乙"], "演练甲病假")
    assert turn.is_without_rest
    assert roster.day(desk, TODAY + DAY).units[0].stands[BY_DAY][0].name == "演练乙"
    roster.withdraw(desk, turn.key, "排错")
    assert roster.day(desk, TODAY + DAY).units[0].has_gap


def test_who_leaves_the_team_is_off_the_roster(world: World, members: dict[str, int]) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    roster.assign(desk, unit, TODAY + DAY, NIGHT, members["演练甲"])
    stewardship.remove_member(desk, members["演练甲"])
    assert roster.day(desk, TODAY + DAY).units[0].has_gap


def test_what_is_over_is_not_written_anew(world: World, members: dict[str, int]) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    turn = roster.assign(desk, unit, TODAY, BY_DAY, members["演练甲"])
    world.clock.tick(hours=9, minutes=1)
    with world.nothing_written():
        with pytest.raises(Refused, match="已过"):
            roster.withdraw(desk, turn.key, "没来")
        with pytest.raises(Refused, match="已过"):
            roster.assign(desk, unit, TODAY - DAY, NIGHT, members["演练乙"])
        with pytest.raises(BadInput, match="已过"):
            roster.plan(desk, TODAY - 2 * DAY, TODAY - DAY)
    assert not any(gap.duty.shift.name == BY_DAY and gap.duty.day == TODAY for gap in roster.gaps(desk))


def test_bad_input_is_one_line_and_writes_nothing(world: World, members: dict[str, int]) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    turn = roster.assign(desk, unit, TODAY, NIGHT, members["演练甲"])
    with world.nothing_written():
        for said, deed in (
            ("没有班次“午班”", lambda: roster.assign(desk, unit, TODAY, "午班", members["演练甲"])),
            ("已在 11-23", lambda: roster.assign(desk, unit, TODAY, NIGHT, members["演练甲"])),
            ("不是县城管局的应急队员", lambda: roster.assign(desk, unit, TODAY, NIGHT, 999)),
            ("请填写理由", lambda: roster.withdraw(desk, turn.key, " ")),
            ("一次最多排", lambda: roster.plan(desk, TODAY, TODAY + timedelta(days=200))),
            ("一次最多排", lambda: roster.plan(desk, TODAY + DAY, TODAY)),
        ):
            with pytest.raises(BadInput, match=said):
                deed()
        with pytest.raises(NotAllowed):
            roster.withdraw(world.desk(OTHER_UNIT), turn.key, "不归我管")
        with pytest.raises(NotAllowed):
            roster.plan(world.desk(AGENT), TODAY, TODAY)
        with pytest.raises(BadInput, match="还没有应急队员"):
            roster.plan(world.desk(OTHER_UNIT), TODAY, TODAY)


def test_without_any_team_nothing_is_owed(world: World) -> None:
    desk = world.desk(OFFICER)
    assert roster.gaps(desk) == ()
    assert counts.header_counts(desk).gaps == 0
    assert roster.day(desk, TODAY).units == ()


def test_what_one_shift_leaves_to_the_next_stands_with_it(world: World, members: dict[str, int]) -> None:
    desk, unit = world.desk(LIAISON), unit_key(world, "CY-CGJ")
    turn = roster.assign(desk, unit, TODAY, BY_DAY, members["演练甲"])
    world.clock.tick(hours=10)
    roster.leave_note(desk, turn.key, "燃气井盖已围挡，夜里再看一次")
    assert roster.day(desk, TODAY).units[0].stands[BY_DAY][0].note == "燃气井盖已围挡，夜里再看一次"
    assert changes(world)[-1]["data"].count('"act":"note"') == 1  # type: ignore[attr-defined]
    with world.nothing_written():
        with pytest.raises(BadInput):
            roster.leave_note(desk, turn.key, " ")
        with pytest.raises(NotAllowed):
            roster.leave_note(world.desk(OTHER_UNIT), turn.key, "不归我")
