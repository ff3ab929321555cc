"""Until when an order may be returned, and which attempts count as made at different times."""

from datetime import UTC, datetime, timedelta

import pytest

from desk.rules.asking import attempts_apart, return_window_ends
from desk.rules.calendar import StateCouncilCalendar
from desk.rules.limits import Limits

CALENDAR = StateCouncilCalendar({})
START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("signed", "days", "ends"),
    [
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 1, datetime(2026, 11, 24, 10, 0, tzinfo=UTC)),
        (datetime(2026, 11, 27, 9, 0, tzinfo=UTC), 1, datetime(2026, 11, 30, 10, 0, tzinfo=UTC)),
        (datetime(2026, 9, 30, 2, 0, tzinfo=UTC), 1, datetime(2026, 10, 8, 10, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 3, datetime(2026, 11, 26, 10, 0, tzinfo=UTC)),
        (START, 0, START),
    ],
)
def test_the_window_of_a_return_ends_with_business_on_a_working_day(
    signed: datetime, days: int, ends: datetime
) -> None:
    assert return_window_ends(signed, days, Limits(), CALENDAR) == ends


@pytest.mark.parametrize(
    ("minutes", "count"),
    [((), 0), ((0,), 1), ((0, 59), 1), ((0, 60), 2), ((0, 40, 80), 2), ((200, 0, 100), 3), ((0, 0, 0), 1)],
)
def test_attempts_too_soon_after_a_counted_one_do_not_count(minutes: tuple[int, ...], count: int) -> None:
    moments = [START + timedelta(minutes=each) for each in minutes]
    assert attempts_apart(moments, 60) == count
