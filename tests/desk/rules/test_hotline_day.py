"""热线日 on paper: who belongs on the agenda, when班长 is told, what the day is called (practice P22)."""

from datetime import UTC, datetime, timedelta

import pytest

from db.codes import AgendaReason
from desk.rules.hotline_day import Facts, Thresholds, day_name, days_as_c, is_unplanned, month_of, reasons

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
R = AgendaReason


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(), []),
        (Facts(is_referred=True), [R.ESCALATED]),
        (Facts(d_times=1), []),
        (Facts(d_times=2), [R.D_TWICE]),
        (Facts(c_since=NOW - timedelta(days=60)), []),
        (Facts(c_since=NOW - timedelta(days=61)), [R.C_LONG]),
        (Facts(callers=2), []),
        (Facts(callers=3), [R.MANY_CALLERS]),
        (
            Facts(is_referred=True, d_times=3, c_since=NOW - timedelta(days=99), callers=9),
            [R.ESCALATED, R.D_TWICE, R.C_LONG, R.MANY_CALLERS],
        ),
    ],
)
def test_an_order_is_proposed_for_each_rule_that_it_meets(facts: Facts, expected: list[R]) -> None:
    assert [reason for reason, _ in reasons(facts, Thresholds(), NOW)] == expected


def test_every_reason_says_its_figure() -> None:
    facts = Facts(d_times=2, c_since=NOW - timedelta(days=61), callers=4)
    assert [words for _, words in reasons(facts, Thresholds(), NOW)] == [
        "2次评为D级",
        "C级入池61天",
        "4人反映",
    ]


def test_the_city_sets_its_own_thresholds() -> None:
    least = Thresholds(d_times=1, c_days=10, callers=5)
    facts = Facts(d_times=1, c_since=NOW - timedelta(days=11), callers=4)
    assert [reason for reason, _ in reasons(facts, least, NOW)] == [R.D_TWICE, R.C_LONG]


def test_a_clock_that_was_set_back_makes_no_negative_days() -> None:
    assert days_as_c(NOW + timedelta(days=1), NOW) == days_as_c(None, NOW) == 0


def china(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "planned", "expected"),
    [
        (china(19, 23), [], False),
        (china(20, 0), [], True),
        (china(20, 0), [china(30, 15)], False),
        (china(20, 0), [china(1, 0)], False),
        (china(20, 0), [china(1, 0, month=12)], True),
        (china(20, 0), [china(31, 23, month=10)], True),
    ],
)
def test_a_month_without_a_session_is_missed_from_the_20th_on(
    now: datetime, planned: list[datetime], expected: bool
) -> None:
    assert is_unplanned(now, planned, 20) is expected


def test_a_month_is_that_of_the_clock_on_the_wall() -> None:
    assert month_of(china(1, 0, month=12)) == (
        china(1, 0, month=12),
        china(1, 0, month=13 - 12) + timedelta(days=365),
    )
    assert month_of(china(30, 23)) == (china(1), china(1, 0, month=12))


@pytest.mark.parametrize(
    ("level", "centre", "name"),
    [
        ("city", "赣州市12345热线中心", "市长热线日"),
        ("county", "崇义县12345热线中心", "县长热线日"),
        ("county", "章贡区12345热线中心", "区长热线日"),
        ("county", "瑞金市12345热线中心", "市长热线日"),
        ("county", "园区中心", "区长热线日"),
        ("county", "热线中心", "县长热线日"),
    ],
)
def test_the_day_is_called_after_who_holds_it(level: str, centre: str, name: str) -> None:
    assert day_name(level, centre) == name
