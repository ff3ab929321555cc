"""夜间: at night only 紧急 and 特急 ring (practice P21)."""

from datetime import datetime

import pytest

from db.codes import Urgency
from desk.rules.calendar import CHINA
from desk.rules.night import is_night, rings


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-23 {clock}").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("clock", "hours", "wanted"),
    [
        ("21:59", ("22:00", "07:00"), False),
        ("22:00", ("22:00", "07:00"), True),
        ("00:00", ("22:00", "07:00"), True),
        ("06:59", ("22:00", "07:00"), True),
        ("07:00", ("22:00", "07:00"), False),
        ("03:00", ("01:00", "05:00"), True),
        ("05:00", ("01:00", "05:00"), False),
        ("03:00", ("00:00", "00:00"), False),
    ],
)
def test_the_night_lies_between_two_times_on_either_side_of_midnight(
    clock: str, hours: tuple[str, str], wanted: bool
) -> None:
    assert is_night(at(clock), hours) is wanted


def test_by_day_every_order_rings_at_night_what_cannot_wait() -> None:
    assert [rings(urgency, is_night=False) for urgency in Urgency] == [True, True, True]
    at_night = {urgency for urgency in Urgency if rings(urgency, is_night=True)}
    assert at_night == {Urgency.URGENT, Urgency.CRITICAL}


@pytest.mark.parametrize("hours", [("22:00",), ("late", "early"), ("22:00", "07:00", "08:00")])
def test_what_is_no_pair_of_times_is_refused(hours: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|unpack"):
        is_night(at("12:00"), hours)
