"""The city's own calendar rows, and what happens to 暂定 when a year is announced (design part 6)."""

from datetime import UTC, date, datetime

import pytest

from db.codes import Deed, OrderKind
from db.times import from_ms
from desk import card, my_tickets
from desk.announced import sweep_announced
from desk.context import Desk
from desk.rules.calendar import calendar_from, local
from desk.settings import Settings
from tests.desk import unit_desk as unit
from tests.world import World

YEAR_END = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)
"""Monday 2027-02-01 10:00 in Chongyi, a year whose holidays nobody has announced."""


def announced(world: World, **rows: object) -> Desk:
    """Return 班长's desk with these rows of the store."""
    desk = world.desk("1002")
    desk.take(Settings({**desk.settings, **{f"calendar.{name}": value for name, value in rows.items()}}))
    return desk


def due_day(world: World, order_no: str, column: str = "unit_due_at") -> date:
    return local(from_ms(unit.order_row(world, order_no)[column])).date()


@pytest.fixture
def order_no(world: World) -> str:
    world.clock.now = YEAR_END
    return unit.sent(world, kind=OrderKind.TIP_OFF)


def test_rows_of_the_store_beat_the_package() -> None:
    calendar = calendar_from({"calendar.off": ["2026-11-23"], "calendar.work": ["2026-11-22"]})
    assert not calendar.is_working_day(date(2026, 11, 23))
    assert calendar.is_working_day(date(2026, 11, 22))
    assert calendar.version != calendar_from({}).version


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("calendar.off", ["2026-02-30"]),
        ("calendar.off", "2026-02-03"),
        ("calendar.work", [20260203]),
        ("calendar.announced", ["next"]),
        ("calendar.announced", 2027),
    ],
)
def test_a_row_that_makes_no_sense_is_named(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=key):
        calendar_from({key: value})


def test_a_day_cannot_be_both() -> None:
    with pytest.raises(ValueError, match="2027-02-05"):
        calendar_from({"calendar.off": ["2027-02-05"], "calendar.work": ["2027-02-05"]})


def test_nothing_changes_while_the_year_is_not_announced(world: World, order_no: str) -> None:
    assert unit.order_row(world, order_no)["is_due_provisional"]
    with world.nothing_written():
        assert sweep_announced(world.desk("1002")) == 0


def test_a_later_date_is_given_with_one_event(world: World, order_no: str) -> None:
    before = due_day(world, order_no)
    desk = announced(world, off=["2027-02-15", "2027-02-16"], announced=[2027])
    assert my_tickets.sweep(desk) >= 1
    assert world.events(order_no).count(Deed.DUE_CHANGED) == 1
    assert due_day(world, order_no) > before
    assert due_day(world, order_no, "citizen_due_at") > before
    assert not unit.order_row(world, order_no)["is_due_provisional"]
    part = unit.steward(world, order_no)
    assert part["due_at"] == unit.order_row(world, order_no)["unit_due_at"]
    assert "暂定" not in repr(card.card(world.desk("1002"), order_no).sections)
    with world.nothing_written():
        assert sweep_announced(desk) == 0


def test_an_earlier_date_takes_nothing_from_the_unit(world: World, order_no: str) -> None:
    before = due_day(world, order_no)
    assert (
        sweep_announced(
            announced(world, work=["2027-02-06", "2027-02-07", "2027-02-13", "2027-02-14"], announced=[2027])
        )
        == 1
    )
    assert due_day(world, order_no) == before
    assert "仍从原定" in unit.steward(world, order_no)["due_explanation"]


def test_an_order_that_still_waits_has_a_citizen_to_answer(world: World) -> None:
    world.clock.now = YEAR_END
    order_no = world.order(kind=OrderKind.TIP_OFF).order_no
    assert sweep_announced(announced(world, off=["2027-02-15"], announced=[2027])) == 1
    assert not unit.order_row(world, order_no)["is_due_provisional"]
    assert unit.order_row(world, order_no)["unit_due_at"] is None


def test_a_date_promised_by_an_extension_stands(world: World) -> None:
    world.clock.now = YEAR_END
    order_no = unit.signed(world, kind=OrderKind.COMPLAINT)
    my_tickets.ask_extension(world.desk("2102"), order_no, 2, "设备未到", "已电话告知")
    my_tickets.grant_extension(world.desk("1002"), order_no)
    before = unit.order_row(world, order_no)["unit_due_at"]
    assert sweep_announced(announced(world, off=["2027-02-15"], announced=[2027])) == 1
    assert unit.order_row(world, order_no)["unit_due_at"] == before
    assert not unit.order_row(world, order_no)["is_due_provisional"]


def test_only_who_may_does_it(world: World, order_no: str) -> None:
    handler = world.desk("2102")
    handler.take(announced(world, announced=[2027]).settings)
    with world.nothing_written():
        assert sweep_announced(handler) == 0
