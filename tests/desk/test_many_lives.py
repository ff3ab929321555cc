"""从回复好到办好: whatever happens in whatever sequence, no C or D is lost and nothing is closed unheard.

`make lives` lets 2,000 orders live; here it is as many as the suite has time for.
"""

from pathlib import Path

import pytest

from db import check
from desk import assessment
from tests.desk import many_lives
from tests.desk.many_lives import table
from tests.desk.many_orders import EMERGENCIES, ManyOrders
from tests.world import World

SETTINGS = {
    "emergency.types": list(EMERGENCIES),
    "crisis.types": [EMERGENCIES[1]],
    "panel.repeat_months": 0,
}
SEEN = frozenset(
    {
        *("received", "signed_in_time", "signed_late", "answered_in_time", "answered_late", "left_late"),
        *("sent_back", "reworked", "graded_d", "solved", "unsolved", "satisfied", "dissatisfied", "left_out"),
        *("first_right", "first_wrong_since", "called_back", "not_called_back", "citizen_late", "excused"),
        *("helped", "unscored", "handling", "handling_points", "cooperation", "cooperation_points"),
    }
)
"""What the lives must have brought about, or they have shown nothing."""
NEVER_MISSED = frozenset(
    {"call_back", "rework", "write_off", "reopen", "unreached", "set_grade", "enter_procedure", "withdraw"}
)
"""What must have been done."""


def lived(path: Path, orders: int, seed: int) -> tuple[World, ManyOrders]:
    """Return a world in which so many orders have lived at random."""
    world = World(path, settings=SETTINGS)
    many = ManyOrders(world, seed)
    many.live(orders=orders, steps=orders * 20)
    return world, many


def flaws(world: World, orders: int) -> list[str]:
    """Return everything that does not hold after the lives, in words."""
    recounted = assessment.verify(world.desk("1002"))
    return [
        *many_lives.unwatched(world.path),
        *many_lives.closed_unheard(world.path),
        *many_lives.months_that_differ(world),
        *map(str, check.check(world.database)),
        *(["the replay differs"] if recounted.differing or recounted.orders != orders else []),
    ]


@pytest.mark.parametrize("seed", [2, 7, 8])
def test_no_c_or_d_is_lost_nothing_is_closed_unheard_and_the_scores_are_those_of_the_events(
    tmp_path: Path, seed: int
) -> None:
    world, many = lived(tmp_path / "desk.db", 80, seed)
    assert flaws(world, 80) == []
    assert many.done.keys() >= NEVER_MISSED
    months = many_lives.months(world)
    assert len(months) > 1, "the lives go on beyond one month"
    assert {name for month in months for each in table(world, month).values() for name in each} >= SEEN
